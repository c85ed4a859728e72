"""Takes the dots out of the dotted lines of a form (leaders).

Tesseract's layout analysis takes rows of dots for a screened picture and passes over all that is written on them: on
48 of 312 drawn pages it lost a third to two thirds of the text that way, and was confident about the rest.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Mask = NDArray[np.bool_]

_PITCH_PX = (2, 10)
"""From one dot to the next, on a look at 110 to 150 dpi."""
_REGULAR_MIN = 8
"""Dots of one row that follow each other evenly."""
_EVEN_MIN = 400
"""Such dots on a form with leaders: 14 drawn ones had 790 to 2,300, 34 pages without leaders 0 to 200."""
_AROUND_MM = 1.5
_MM_PER_IN = 25.4
_REACHES_MM = (0.2, 0.3, 0.45)
"""A dot lies alone in a ring of one of these half widths; a full stop of 14 pt is 0.5 mm wide."""
_RUN_MM, _ROW_MM = 12.0, 0.3
_DOTS_MIN = 8
"""Within a run of a row: leaders have 10 to 17, print with its stops, tones and dots of i at most 5."""
_MARK_BELOW = 0.8
"""Share of the paper's brightness."""
_GROWN_PX = 1


def find_leaders(marks: Mask) -> Mask:
    """Rows of the page, as it was looked at, through which dotted lines run; none where it is not a form of such."""
    y, x = np.nonzero(marks[:, 1:] & ~marks[:, :-1])
    rows = np.zeros(len(marks), np.bool_)
    pitch = np.diff(x)
    beside = (np.diff(y) == 0) & (pitch >= _PITCH_PX[0]) & (pitch <= _PITCH_PX[1])
    even = beside[1:] & beside[:-1] & (np.abs(np.diff(pitch)) <= 1)
    changes = np.flatnonzero(np.diff(np.concatenate([[0], even.astype(np.int8), [0]])))
    starts, lengths = changes[::2], changes[1::2] - changes[::2]
    long = lengths >= _REGULAR_MIN
    if lengths[long].sum() >= _EVEN_MIN:
        rows[y[starts[long]]] = True
    return rows


def without_leaders(grey: Image.Image, dpi: int, rows: Mask) -> Image.Image:
    """``grey``: mode L. ``rows``: where to look, in rows of any smaller copy of it."""
    cleared = grey.copy()
    paper = int(np.percentile(np.asarray(grey)[::4, ::4], 80))
    for top, bottom in _bands(rows, grey.height, round(_AROUND_MM * dpi / _MM_PER_IN)):
        band = grey.crop((0, top, grey.width, bottom))
        dots = Image.fromarray(_find_dots(np.asarray(band) < paper * _MARK_BELOW, dpi).astype(np.uint8) * 255)
        cleared.paste(paper, (0, top), dots.filter(ImageFilter.MaxFilter(2 * _GROWN_PX + 1)))
    return cleared


def _bands(rows: Mask, height: int, around: int) -> Iterator[tuple[int, int]]:
    """From and to which rows of the page; those that touch are one."""
    scale = height / len(rows)
    wanted = np.zeros(height + 1, np.bool_)
    for row in np.flatnonzero(rows):
        wanted[max(0, int(row * scale) - around) : min(height, int((row + 1) * scale) + around)] = True
    edges = np.flatnonzero(np.diff(wanted.astype(np.int8), prepend=0)).tolist()
    yield from zip(edges[::2], edges[1::2], strict=True)


def _find_dots(marks: Mask, dpi: int) -> Mask:
    per_mm = dpi / _MM_PER_IN
    alone = np.zeros_like(marks)
    for reach_mm in _REACHES_MM:
        alone |= marks & _ringed(marks, max(2, round(reach_mm * per_mm)))
    firsts = alone.copy()  # one pixel of each dot
    firsts[1:] &= ~alone[:-1]
    firsts[:, 1:] &= ~alone[:, :-1]
    near = _count(firsts, max(1, round(_RUN_MM / 2 * per_mm)), max(1, round(_ROW_MM * per_mm)))
    dots: Mask = alone & (near >= _DOTS_MIN)
    return dots


def _ringed(marks: Mask, reach: int) -> Mask:
    """Whether the square ring at this distance holds no mark."""
    whole: Mask = _count(marks, reach, reach) == _count(marks, reach - 1, reach - 1)
    return whole


def _count(marks: Mask, across: int, down: int) -> NDArray[np.int32]:
    """Marks in the rectangle that reaches so far from each pixel."""
    sums = np.pad(marks, ((down + 1, down), (across + 1, across))).cumsum(0, np.int32).cumsum(1, np.int32)
    height, width = 2 * down + 1, 2 * across + 1
    counts: NDArray[np.int32] = (
        sums[height:, width:] - sums[:-height, width:] - sums[height:, :-width] + sums[:-height, :-width]
    )
    return counts
