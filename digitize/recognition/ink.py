"""Tells coloured ink (pens, stamps, seals) from black print, word by word."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops

from digitize.inspection.quality import percentile
from digitize.model import Box
from digitize.recognition.mapping import Mapping, coefficients, scaled

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
_MARK, _COLOURED, _RED = 1, 3, 4
"""Levels of the map; coloured marks are marks too, and red ones coloured."""


@dataclass(frozen=True, slots=True, eq=False)
class InkMap:
    """Marks and coloured marks of one page, small enough to be asked for every word."""

    levels: Image.Image | None
    """Mode L: 0 paper, 1 mark, 3 coloured mark, 4 red mark; None where the page has no colour."""

    def share(self, box: Box) -> float | None:
        """Coloured share (0 to 1) of the marks inside the box; None where the page has no colour."""
        if self.levels is None:
            return None
        width, height = self.levels.size
        x0, y0, x1, y1 = box
        left, top = int(x0 * width), int(y0 * height)
        right, bottom = int(np.ceil(x1 * width)), int(np.ceil(y1 * height))
        counts = self.levels.crop((left, top, max(left + 1, right), max(top + 1, bottom))).histogram()
        coloured = counts[_COLOURED] + counts[_RED]
        dark = counts[_MARK] + coloured
        return coloured / dark if dark else 0.0

    def black(self) -> NDArray[np.bool_]:
        """True where there is a mark without colour; the page must have colour, as below."""
        return self._at(_MARK)

    def red(self) -> NDArray[np.bool_]:
        return self._at(_RED)

    def pens(self) -> NDArray[np.bool_]:
        """True where there is ink of another colour than red."""
        return self._at(_COLOURED)

    def _at(self, level: int) -> NDArray[np.bool_]:
        found: NDArray[np.bool_] = np.asarray(self.levels) == level
        return found

    def turned(self, turn: Image.Transpose) -> "InkMap":
        return InkMap(self.levels.transpose(turn) if self.levels else None)

    def warped(self, mapping: Mapping) -> "InkMap":
        """As seen on the recognized image."""
        if self.levels is None:
            return self
        matrix, size = scaled(mapping, self.levels.size)
        return InkMap(
            self.levels.transform(
                size, Image.Transform.PERSPECTIVE, coefficients(matrix), Image.Resampling.NEAREST, fillcolor=0
            )
        )


def map_ink(page: Image.Image) -> InkMap:
    """``page``: as scanned, in any mode."""
    if page.mode != "RGB":
        return InkMap(None)
    factor = max(1, round(max(page.size) / _LONG_SIDE_PX))
    # Every second pixel is taken as it is: a mean of several would wash colours out, and costs more.
    size = (page.width // factor, page.height // factor)
    red, green, blue = (page.resize(size, Image.Resampling.NEAREST) if factor > 1 else page).split()
    brightest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    darkest = ImageChops.darker(ImageChops.darker(red, green), blue)
    chroma = ImageChops.subtract(brightest, darkest)
    if _is_grey(chroma.histogram()):
        return InkMap(None)
    paper = percentile(darkest.histogram(), _PAPER_PERCENTILE)
    dark: NDArray[np.bool_] = np.asarray(darkest) < paper * _DARK_BELOW
    coloured = dark & (np.asarray(chroma) >= _COLOURED_FROM)
    reddest = coloured & (np.asarray(ImageChops.subtract(red, ImageChops.lighter(green, blue))) >= _COLOURED_FROM)
    levels = dark.astype(np.uint8) * _MARK
    levels[coloured], levels[reddest] = _COLOURED, _RED
    return InkMap(Image.fromarray(levels))


def _is_grey(chroma: list[int]) -> bool:
    pixels = sum(chroma)
    mean = sum(value * count for value, count in enumerate(chroma)) / pixels
    return mean <= _GREY_CHROMA_MAX and sum(chroma[_COLOURED_FROM:]) / pixels <= _GREY_COLOURED_MAX
