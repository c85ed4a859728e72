"""Which way up a page lies and how far it is skewed, from where the edges of its marks line up.

The letters of a line stand on one baseline, while their tops are strewn by capitals, ascenders and the marks of
Vietnamese. So of the four directions, the one in which lower edges gather most sharply is down.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.bool_]
Turn = int
"""0, 90, 180 or 270: degrees clockwise that set the page upright."""

SKEW_MAX_DEG = 10.0
_COARSE_DEG, _FINE_DEG = 0.5, 0.05
_EDGES_MAX = 20_000
"""Edges looked at per direction: more only cost time (a page of print has 10,000 to 40,000 at 150 dpi)."""
_EDGES_MIN = 250
_RUN_MAX_SHARE = 1 / 140
"""Of the page's long side: longer straight edges belong to rules and frames, not to letters."""
_CROSS_MIN = 1.3
"""Real pages, certificates with frames and tables included, gather 1.65 to 7 times as much along their lines
as across."""
_UPRIGHT_MIN = 1.03
"""Baselines gather 1.03 to 1.6 times as much as tops; two of 42 pages measured stood below."""


@dataclass(frozen=True, slots=True)
class Direction:
    turn: Turn
    skew_deg: float
    """By how much lines fall to the right (clockwise) once turned, -10 to 10."""
    sure: bool
    """False: the turn wants a second opinion."""
    lined: bool
    """Lines run clearly along one axis of the page, so that only one turn and its opposite are open."""
    has_lines: bool = True
    """False: too few marks to tell; turn and skew are 0."""


@dataclass(frozen=True, slots=True)
class _Peak:
    sharpness: float
    """Mean number of edges that share an edge's line, over those that would by chance on a page of even noise."""
    angle_deg: float


def find_direction(marks: Mask) -> Direction:
    """``marks``: True where there is ink, at about 150 dpi."""
    down, up = find_edges(marks), find_edges(marks[::-1])
    right, left = find_edges(marks.T), find_edges(marks[:, ::-1].T)
    if max(len(down[0]), len(right[0])) < _EDGES_MIN:
        return Direction(0, 0.0, sure=True, lined=False, has_lines=False)
    height, width = marks.shape
    peaks = {
        0: _peak(down, height),
        180: _peak(up, height),
        90: _peak(right, width),
        270: _peak(left, width),
    }
    turn = max(peaks, key=lambda key: peaks[key].sharpness)
    along, against = peaks[turn], peaks[(turn + 180) % 360]
    across = max(peaks[(turn + 90) % 360].sharpness, peaks[(turn + 270) % 360].sharpness)
    ratio = along.sharpness / max(against.sharpness, 1e-9)
    lined = along.sharpness >= _CROSS_MIN * across
    # A page is hardly ever handed in upside down: what says so needs a second opinion however clear it looks.
    sure = turn == 0 and ratio >= _UPRIGHT_MIN and lined
    skew_deg = round(_SIGN[turn] * along.angle_deg, 2) if lined else 0.0
    return Direction(turn, skew_deg, sure=sure, lined=lined)


_SIGN = {0: 1, 180: -1, 90: -1, 270: 1}
"""Slopes are measured in mirrored or transposed images; see ``find_direction``."""


def find_edges(marks: Mask) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Columns and rows of marks with paper below them, those of long straight edges left out."""
    y, x = np.nonzero(marks[:-1] & ~marks[1:])
    if not len(x):
        return x.astype(np.float32), y.astype(np.float32)
    starts = np.ones(len(x), np.bool_)
    starts[1:] = (y[1:] != y[:-1]) | (x[1:] != x[:-1] + 1)
    run = np.cumsum(starts) - 1
    kept = np.bincount(run)[run] <= max(marks.shape) * _RUN_MAX_SHARE
    x, y = x[kept], y[kept]
    step = len(x) // _EDGES_MAX + 1
    return x[::step].astype(np.float32), y[::step].astype(np.float32)


def _peak(edges: tuple[NDArray[np.float32], NDArray[np.float32]], rows: int) -> _Peak:
    x, y = edges
    if len(x) < _EDGES_MIN:
        return _Peak(0.0, 0.0)
    coarse = np.arange(-SKEW_MAX_DEG, SKEW_MAX_DEG + _COARSE_DEG / 2, _COARSE_DEG)
    around = coarse[int(np.argmax([_gathering(x, y, angle) for angle in coarse]))]
    fine = around + np.arange(-_COARSE_DEG, _COARSE_DEG + _FINE_DEG / 2, _FINE_DEG)
    scores = [_gathering(x, y, angle) for angle in fine]
    best = int(np.argmax(scores))
    return _Peak(scores[best] * rows / len(x) ** 2, float(fine[best]))


def _gathering(x: NDArray[np.float32], y: NDArray[np.float32], angle_deg: float) -> float:
    """Sum over lines at this angle of the square of the edges on each."""
    across = y - x * np.float32(math.tan(math.radians(angle_deg)))
    counts = np.bincount((across - across.min()).astype(np.int32)).astype(np.float64)
    return float(np.dot(counts, counts))
