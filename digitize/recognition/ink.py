"""Tells coloured ink (pens, stamps, seals) from black print, word by word."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitize.model import Box

_GREY_CHROMA_MAX = 1.0
"""Mean difference of the channels (0 to 255) up to which the page has no colour at all."""
_COLOURED_FROM = 50
"""Difference of the channels from which a dark pixel is ink of a colour and not the fringe of black print."""
_DARK_BELOW = 0.75
"""Share of the page's paper brightness below which a pixel belongs to a mark."""
_LONG_SIDE_PX = 1_800
"""A page is judged at about half of 300 dpi: strokes still stand out and the cost stays near 30 ms."""


class InkMap:
    """Marks and coloured marks of one page, small enough to be asked for every word."""

    def __init__(self, path: Path) -> None:
        """``path``: an image file Pillow reads."""
        with Image.open(path) as image:
            if image.mode not in {"RGB", "CMYK", "YCbCr"}:
                self._dark: NDArray[np.bool_] | None = None
                return
            image.draft("RGB", (_LONG_SIDE_PX // 2, _LONG_SIDE_PX // 2))  # JPEG: decoded at a fraction
            image.thumbnail((_LONG_SIDE_PX, _LONG_SIDE_PX), Image.Resampling.BOX)
            pixels = np.asarray(image.convert("RGB"))
        brightest, darkest = pixels.max(axis=2), pixels.min(axis=2)
        chroma = brightest - darkest
        if float(chroma.mean()) <= _GREY_CHROMA_MAX:
            self._dark = None
            return
        paper = float(np.percentile(darkest, 90))
        self._dark = darkest < paper * _DARK_BELOW
        self._coloured = self._dark & (chroma >= _COLOURED_FROM)

    def share(self, box: Box) -> float | None:
        """Coloured share (0 to 1) of the marks inside the box; None where the page has no colour."""
        if self._dark is None:
            return None
        height, width = self._dark.shape
        x0, y0, x1, y1 = box
        rows = slice(int(y0 * height), max(int(y0 * height) + 1, int(np.ceil(y1 * height))))
        columns = slice(int(x0 * width), max(int(x0 * width) + 1, int(np.ceil(x1 * width))))
        dark = int(self._dark[rows, columns].sum())
        return int(self._coloured[rows, columns].sum()) / dark if dark else 0.0
