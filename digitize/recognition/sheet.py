"""Finds the sheet of paper on a photograph: the four sides along which a darker table ends.

A phone seldom looks straight down, so lines of print fan out, and no one turn straightens them. The sides are looked
for on a copy of about 420 px. What is in doubt counts as no sheet: a page warped for nothing only loses sharpness.
"""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from digitize.recognition.mapping import Mapping, Size, homography

Levels = NDArray[np.float32]

_LOOK_LONG_SIDE_PX = 420
_SIDE_MIN_PX = 120
_REACH_SHARE = 0.4
"""Of the picture: as far in as a side of the sheet is looked for."""
_STEP_PX = 3
"""Pixels on either side of an edge whose means are compared."""
_STEP_MIN = 14
"""Grey levels by which paper is brighter than the table at its edge."""
_SLOPE_MAX = math.tan(math.radians(12))
_SLOPES = 49
_NEAR_PX = 1.5
_TRIES = 4
_HELD_FROM = 0.6
"""Share of the picture's side along which the sheet's is seen: a thumb or a pen may lie over it."""
_TABLE_BELOW = 0.85
"""Brightness of the table over that of the paper beside it."""
_PAPER_FROM = 0.5
"""Brightness of the paper at its side over that in the middle of the picture; else a table ends here on a floor."""
_BESIDE_FROM = 0.85
"""Share of the side along which both hold."""
_BRIGHT = 80
"""Percentile that stands for the brightness of paper with print on it."""
_TABLE_MIN_PX = 2
_BESIDE_PX = 12
_FAN_MIN_DEG = 0.6
"""Opposite sides closer to parallel than this are those of a sheet below a scanner's lid: a turn is enough."""


@dataclass(frozen=True, slots=True)
class _Side:
    """x = start + slope * y, in px of the view in which it is the left one."""

    start: float
    slope: float

    def at(self, y: NDArray[Any]) -> NDArray[np.float64]:
        across: NDArray[np.float64] = self.start + self.slope * y
        return across

    def mirrored(self, width: int) -> "_Side":
        return _Side(width - self.start, -self.slope)


def find_sheet(page: Image.Image) -> Mapping | None:
    """From the sheet as seen straight from above to the page; None where no whole sheet is seen aslant.

    ``page``: as scanned, in any mode.
    """
    look = _look(page)
    height, width = look.shape
    if min(look.shape) < _SIDE_MIN_PX:
        return None
    if not _lies_on_a_table(look):
        return None
    left, right = _find_left(look), _find_left(look[:, ::-1])
    if left is None or right is None:
        return None
    top, bottom = _find_left(look.T), _find_left(look[::-1].T)
    if top is None or bottom is None:
        return None
    right, bottom = right.mirrored(width), bottom.mirrored(height)
    if max(_fan_deg(left, right), _fan_deg(top, bottom)) < _FAN_MIN_DEG:
        return None
    corners = np.array([_meet(left, top), _meet(right, top), _meet(right, bottom), _meet(left, bottom)])
    return _flatten(corners * (page.width / width, page.height / height), page.size)


def _look(page: Image.Image) -> Levels:
    """The darkest of the channels, in which wood and cloth differ most from paper; some pixels as they are, since a
    line is fitted through hundreds of them.
    """
    factor = max(1, round(max(page.size) / _LOOK_LONG_SIDE_PX))
    size = (max(1, page.width // factor), max(1, page.height // factor))
    levels = np.asarray(page.resize(size, Image.Resampling.NEAREST).convert("RGB"))
    darkest: Levels = np.minimum(np.minimum(levels[..., 0], levels[..., 1]), levels[..., 2]).astype(np.float32)
    return darkest


def _lies_on_a_table(look: Levels) -> bool:
    """Whether the picture is darker all along its rim than in its middle: no scan is that fills the glass."""
    rim = (look[:, :_TABLE_MIN_PX], look[:, -_TABLE_MIN_PX:], look[:_TABLE_MIN_PX], look[-_TABLE_MIN_PX:])
    return all(float(np.median(side)) <= _TABLE_BELOW * _middle(look) for side in rim)


def _middle(look: Levels) -> float:
    rows, columns = (slice(length // 3, -(length // 3), 2) for length in look.shape)
    return float(np.percentile(look[rows, columns], _BRIGHT))


def _find_left(view: Levels) -> _Side | None:
    """The outermost line that parts a table on the left from paper on the right."""
    y, x = _steps(view)
    found: list[_Side] = []
    for _ in range(_TRIES):
        if len(x) < _HELD_FROM * len(view):
            break
        side = _fit(x, y, len(view))
        near = np.abs(x - side.at(y)) <= _NEAR_PX
        if len(np.unique(y[near])) < _HELD_FROM * len(view):
            break
        if _parts_table_from_paper(side, view):
            found.append(side)
        x, y = x[~near], y[~near]
    return min(found, key=lambda side: side.start + side.slope * len(view) / 2, default=None)


def _steps(view: Levels) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows and columns of the places where it grows brighter to the right, each the steepest around."""
    reach = int(view.shape[1] * _REACH_SHARE)
    sums = np.cumsum(np.pad(view[:, : reach + _STEP_PX], ((0, 0), (1, 0))), axis=1)
    means = (sums[:, _STEP_PX:] - sums[:, :-_STEP_PX]) / _STEP_PX
    steps = means[:, _STEP_PX:] - means[:, :-_STEP_PX]
    steepest = (steps[:, 1:-1] >= steps[:, :-2]) & (steps[:, 1:-1] > steps[:, 2:]) & (steps[:, 1:-1] >= _STEP_MIN)
    y, x = np.nonzero(steepest)
    return y, x + 1 + _STEP_PX


def _fit(x: NDArray[np.int64], y: NDArray[np.int64], rows: int) -> _Side:
    """The line with most of the places on it."""
    best, held = _Side(0, 0), -1
    for slope in np.linspace(-_SLOPE_MAX, _SLOPE_MAX, _SLOPES):
        starts = x - slope * (y - rows / 2)
        first = starts.min()
        counts = np.bincount((starts - first).astype(np.int64), minlength=2)
        pairs = counts[1:] + counts[:-1]
        if pairs.max() > held:
            held = int(pairs.max())
            best = _Side(first + int(np.argmax(pairs)) + 1 - slope * rows / 2, slope)
    near = np.abs(x - best.at(y)) <= 2 * _NEAR_PX
    slope, start = np.polyfit(y[near] + 0.5, x[near], 1)
    return _Side(float(start), float(slope))


def _parts_table_from_paper(side: _Side, view: Levels) -> bool:
    rows, width = view.shape
    middle = _middle(view)
    y = np.arange(rows // 10, rows - rows // 10)
    edge = np.rint(side.at(y + 0.5)).astype(np.int64)
    if edge.min() < _TABLE_MIN_PX or edge.max() + _BESIDE_PX >= width:
        return False
    outside, inside = edge[:, None] - 2 - np.arange(_BESIDE_PX), edge[:, None] + 1 + np.arange(_BESIDE_PX)
    table = np.percentile(view[y[:, None], np.maximum(outside, 0)], _BRIGHT, axis=1)
    paper = np.percentile(view[y[:, None], inside], _BRIGHT, axis=1)
    return bool(np.mean((table <= _TABLE_BELOW * paper) & (paper >= _PAPER_FROM * middle)) >= _BESIDE_FROM)


def _fan_deg(one: _Side, other: _Side) -> float:
    return math.degrees(abs(math.atan(one.slope) - math.atan(other.slope)))


def _meet(upright: _Side, level: _Side) -> tuple[float, float]:
    x = (upright.start + upright.slope * level.start) / (1 - upright.slope * level.slope)
    return x, level.start + level.slope * x


def _flatten(corners: NDArray[np.float64], page_px: Size) -> Mapping:
    a, b, c, d = corners
    width = round((math.dist(a, b) + math.dist(d, c)) / 2)
    height = round((math.dist(a, d) + math.dist(b, c)) / 2)
    sheet = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float64)
    return Mapping((width, height), page_px, homography(sheet, corners))
