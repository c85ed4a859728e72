"""Tells coloured ink (pens, stamps, seals) from black print, word by word."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops

from digitize.model import Box

_GREY_CHROMA_MAX = 1.0
"""Mean difference of the channels (0 to 255) up to which a page is grey, unless it has strong colour somewhere:
scanners tint even white paper (1.35 to 4.4 on real colour scans)."""
_GREY_COLOURED_MAX = 1e-4
"""Share of strongly coloured pixels up to which a page is grey: a seal alone covers a hundred times that."""
_COLOURED_FROM = 50
"""Difference of the channels from which a dark pixel is ink of a colour and not the fringe of black print."""
_DARK_BELOW = 0.75
"""Share of the page's paper brightness below which a pixel belongs to a mark."""
_PAPER_PERCENTILE = 0.9
_LONG_SIDE_PX = 1_800
"""A page is judged at about half of 300 dpi: strokes still stand out at a third of the cost."""


class InkMap:
    """Marks and coloured marks of one page, small enough to be asked for every word."""

    def __init__(self, path: Path) -> None:
        """``path``: an image file Pillow reads."""
        self._dark: NDArray[np.bool_] | None = None
        with Image.open(path) as image:
            if image.mode != "RGB":
                return
            shrink = max(1, max(image.size) // _LONG_SIDE_PX)
            image.draft("RGB", (image.width // shrink, image.height // shrink))  # JPEG: decoded at a fraction
            page = image.reduce(max(1, max(image.size) // _LONG_SIDE_PX))
            red, green, blue = page.split()
        brightest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
        darkest = ImageChops.darker(ImageChops.darker(red, green), blue)
        chroma = ImageChops.subtract(brightest, darkest)
        if _is_grey(chroma.histogram()):
            return
        paper = _percentile(darkest.histogram(), _PAPER_PERCENTILE)
        self._dark = np.asarray(darkest) < paper * _DARK_BELOW
        self._coloured = self._dark & (np.asarray(chroma) >= _COLOURED_FROM)

    def share(self, box: Box) -> float | None:
        """Coloured share (0 to 1) of the marks inside the box; None where the page has no colour."""
        if self._dark is None:
            return None
        height, width = self._dark.shape
        x0, y0, x1, y1 = box
        rows = slice(int(y0 * height), max(int(y0 * height) + 1, int(np.ceil(y1 * height))))
        columns = slice(int(x0 * width), max(int(x0 * width) + 1, int(np.ceil(x1 * width))))
        dark = int(np.count_nonzero(self._dark[rows, columns]))
        return int(np.count_nonzero(self._coloured[rows, columns])) / dark if dark else 0.0


def _is_grey(chroma: list[int]) -> bool:
    pixels = sum(chroma)
    mean = sum(value * count for value, count in enumerate(chroma)) / pixels
    return mean <= _GREY_CHROMA_MAX and sum(chroma[_COLOURED_FROM:]) / pixels <= _GREY_COLOURED_MAX


def _percentile(histogram: list[int], share: float) -> int:
    below = np.cumsum(histogram)
    return int(np.searchsorted(below, share * below[-1]))
