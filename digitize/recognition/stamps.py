"""Finds what may be a rectangular stamp on a page, in a frame of any ink or in red ink, and draws it to be read.

A frame makes Tesseract misread what it holds, and red ink is taken out before recognition; so a stamp is looked for by
its shape and read by itself. Sizes are of the stamps for secrecy marks: 20 to 40 mm by 8 mm.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageDraw, ImageOps

from digitize.ingestion.turns import CLOCKWISE
from digitize.recognition.direction import Mask
from digitize.recognition.mapping import coefficients, scaled
from digitize.recognition.preparation import Prepared

_WIDTH_MM, _HEIGHT_MM = (12.0, 62.0), (5.0, 16.0)
_BARE_WIDTH_MM, _BARE_HEIGHT_MM = (7.0, 62.0), (2.5, 16.0)
"""Without a frame."""
_LONGER_MIN = 1.4
"""Width over height."""
_ALIKE_MM = 2.5
"""By which top and bottom of a frame may be out of line: 2.5 degrees over 40 mm, and worn ends."""
_SIDE_MM = 1.2
_SIDE_COVERED, _BEYOND_COVERED = 0.7, 0.5
_STROKE_MM = 5.0
"""Of one row of a stroke: at a skew of 2.5 degrees one of 0.5 mm has 11 mm in each; letters have shorter ones."""
_STROKES_NEAR = 40
_BLOCK_MM = 1.0
_READ_AT_PX_PER_MM = 12.0
"""300 dpi."""
_MARGIN_PX = 40
_STAMPS_MAX = 12
"""Read at most: each costs up to 0.1 s."""
_RED_GAIN = 3
_DARK_TO = 150
_INSET_MM = 1.1
"""Of a frame, which blurs to a millimetre; the letters stand 2 mm from it."""
MM_PER_INCH = 25.4

Corners = tuple[float, float, float, float]
"""x0, y0, x1, y1 in mm of the recognized image."""


@dataclass(slots=True)
class _Stroke:
    """A straight stroke across, in px; a skewed one takes several rows."""

    highest: int
    lowest: int
    left: int
    right: int

    @property
    def row(self) -> float:
        return (self.highest + self.lowest) / 2

    def meets(self, left: int, right: int) -> bool:
        return left <= self.right and right >= self.left


def draw_stamps(prepared: Prepared) -> Iterator[Image.Image]:
    """Each possible stamp as black on white, those in red ink first."""
    if prepared.colours is not None:
        red = prepared.ink.red()
        scale = px_per_mm(red.shape[1], prepared)
        places = list(find_clusters(red, scale, _BARE_WIDTH_MM, _BARE_HEIGHT_MM, _LONGER_MIN))
        if places:
            drawn = redness(prepared)
            yield from _cut_out(drawn, places, prepared, inset_mm=0.0)
            framed = [place for place in places if place[3] - place[1] >= _HEIGHT_MM[0]]
            yield from _cut_out(drawn, framed, prepared, inset_mm=_INSET_MM)
    framed = list(_frames(prepared.marks, px_per_mm(prepared.marks.shape[1], prepared)))
    yield from _cut_out(prepared.grey, framed, prepared, inset_mm=_INSET_MM)


def px_per_mm(width_px: int, prepared: Prepared) -> float:
    """Of a copy of the recognized image that is so wide."""
    return prepared.image.dpi / MM_PER_INCH * width_px / prepared.image.width_px


def _cut_out(page: Image.Image, places: list[Corners], prepared: Prepared, *, inset_mm: float) -> Iterator[Image.Image]:
    scale = px_per_mm(page.width, prepared)
    for x0, y0, x1, y1 in places[:_STAMPS_MAX]:
        box = ((x0 + inset_mm) * scale, (y0 + inset_mm) * scale, (x1 - inset_mm) * scale, (y1 - inset_mm) * scale)
        cut = page.crop(tuple(round(side) for side in box))  # type: ignore[arg-type]  # four of them
        if inset_mm:
            cut = _without_edges(cut)
        zoom = max(1.0, _READ_AT_PX_PER_MM / scale)
        large = cut.resize((round(cut.width * zoom), round(cut.height * zoom)), Image.Resampling.BICUBIC)
        yield ImageOps.expand(large, _MARGIN_PX, 255)


def _without_edges(cut: Image.Image) -> Image.Image:
    """Without what is left of the frame: the dark that reaches the edge, which the letters do not."""
    edged = ImageOps.expand(cut, 1, 0)
    ImageDraw.floodfill(edged, (0, 0), 255, thresh=_DARK_TO)
    return edged.crop((1, 1, 1 + cut.width, 1 + cut.height))


def redness(prepared: Prepared) -> Image.Image:
    """The recognized page with nothing but its red ink, black on white. The page must have colour."""
    assert prepared.colours is not None  # noqa: S101 - who asks has seen red ink
    red, green, blue = prepared.colours.convert("RGB").split()
    ink = ImageChops.subtract(red, ImageChops.lighter(green, blue)).point(
        lambda level: 255 - min(255, _RED_GAIN * level)
    )
    if prepared.turn:
        ink = ink.transpose(CLOCKWISE[prepared.turn])
    if prepared.mapping.is_identity:
        return ink
    matrix, size = scaled(prepared.mapping, ink.size)
    return ink.transform(
        size, Image.Transform.PERSPECTIVE, coefficients(matrix), Image.Resampling.BILINEAR, fillcolor=255
    )


# --- frames -----------------------------------------------------------------------------------------------


def _frames(marks: Mask, scale: float) -> Iterator[Corners]:
    """Boxes that stand by themselves: their sides end at their corners, as those of a table's cells do not."""
    strokes = _long_strokes(marks, scale)
    for number, top in enumerate(strokes):
        for bottom in strokes[number + 1 :]:
            if bottom.row - top.row > _HEIGHT_MM[1] * scale:
                break
            if _is_frame(marks, top, bottom, scale):
                left, right = min(top.left, bottom.left), max(top.right, bottom.right)
                yield (left / scale, top.row / scale, right / scale, bottom.row / scale)
                break


def _is_frame(marks: Mask, top: _Stroke, bottom: _Stroke, scale: float) -> bool:
    high = bottom.row - top.row
    alike = _ALIKE_MM * scale
    return (
        high >= _HEIGHT_MM[0] * scale
        and abs(top.left - bottom.left) <= alike
        and abs(top.right - bottom.right) <= alike
        and top.right - top.left >= _LONGER_MIN * high
        and all(_has_side(marks, top.row, bottom.row, ends, scale) for ends in _ends(top, bottom))
        and not all(_goes_on(marks, top.row, bottom.row, ends, scale) for ends in _ends(top, bottom))
    )


def _ends(top: _Stroke, bottom: _Stroke) -> tuple[tuple[float, float], tuple[float, float]]:
    return (top.left, bottom.left), (top.right, bottom.right)


def _has_side(marks: Mask, top: float, bottom: float, ends: tuple[float, float], scale: float) -> bool:
    return _covered(marks, top, bottom, ends, scale) >= _SIDE_COVERED


def _goes_on(marks: Mask, top: float, bottom: float, ends: tuple[float, float], scale: float) -> bool:
    """Whether the side goes on above or below, as a table's line does."""
    far, near = 3 * scale, scale
    above = _covered(marks, top - far, top - near, ends, scale)
    return max(above, _covered(marks, bottom + near, bottom + far, ends, scale)) >= _BEYOND_COVERED


def _covered(marks: Mask, top: float, bottom: float, ends: tuple[float, float], scale: float) -> float:
    """Share of the rows that hold a mark about where the side stands."""
    left, right = min(ends) - _SIDE_MM * scale, max(ends) + _SIDE_MM * scale
    part = marks[max(0, round(top)) : max(0, round(bottom)), max(0, int(left)) : max(0, int(right) + 1)]
    return float(part.any(axis=1).mean()) if part.size else 0.0


def _long_strokes(marks: Mask, scale: float) -> list[_Stroke]:
    """Straight strokes across as long as a stamp's side, from top to bottom; thick ones once."""
    padded = np.zeros((marks.shape[0] + 2, marks.shape[1] + 2), np.int8)
    padded[1:-1, 1:-1] = marks
    thick = np.maximum(np.maximum(padded[:-2], padded[1:-1]), padded[2:])  # a skewed stroke steps from row to row
    rows, starts = np.nonzero((thick[:, 1:] == 1) & (thick[:, :-1] == 0))
    _, ends = np.nonzero((thick[:, 1:] == 0) & (thick[:, :-1] == 1))
    lengths = ends - starts
    long = (lengths >= _STROKE_MM * scale) & (lengths <= _WIDTH_MM[1] * scale)
    strokes: list[_Stroke] = []
    for row, left, right in zip(rows[long].tolist(), starts[long].tolist(), ends[long].tolist(), strict=True):
        beside = (s for s in reversed(strokes[-_STROKES_NEAR:]) if s.lowest >= row - scale / 2 and s.meets(left, right))
        known = next(beside, None)
        if known is None:
            strokes.append(_Stroke(row, row, left, right))
        else:
            known.lowest, known.left, known.right = row, min(known.left, left), max(known.right, right)
    return [s for s in strokes if _WIDTH_MM[0] * scale <= s.right - s.left <= _WIDTH_MM[1] * scale]


# --- red ink ----------------------------------------------------------------------------------------------


def find_clusters(
    ink: Mask, scale: float, wide_mm: tuple[float, float], high_mm: tuple[float, float], longer_min: float
) -> Iterator[Corners]:
    """What stands together in one ink and has such a size. ``scale``: px a mm; ``longer_min``: width over height."""
    block = max(1, round(_BLOCK_MM * scale))
    rows, columns = ink.shape[0] // block, ink.shape[1] // block
    if not rows or not columns:
        return
    cut = ink[: rows * block, : columns * block].reshape(rows, block, columns, block)
    blocks: Mask = np.logical_or.reduce(cut, axis=(1, 3))
    boxes = _connected(blocks)
    for top, left, bottom, right in boxes:
        x0, y0, x1, y1 = (float(side * block / scale) for side in (left, top, right, bottom))
        wide, high = x1 - x0, y1 - y0
        fits = wide_mm[0] <= wide <= wide_mm[1] and high_mm[0] <= high <= high_mm[1]
        # What lies within another group is the middle of a round seal.
        inside = any(o[0] < top and o[1] < left and o[2] > bottom and o[3] > right for o in boxes)
        if fits and wide >= longer_min * high and not inside:
            yield (x0, y0, x1, y1)


def _connected(blocks: Mask) -> list[tuple[int, int, int, int]]:
    """Boxes (top, left, bottom, right; ends not included) of groups of blocks that touch, corners and one block between
    them in a row included.
    """
    boxes: list[list[int]] = []
    groups: list[int] = []  # of each box, the box it has become part of
    above: list[tuple[int, int, int]] = []
    for row in range(len(blocks)):
        here = []
        for left, right in _runs(blocks[row]):
            touched = {_follow(groups, n) for start, end, n in above if start <= right + 1 and end + 1 >= left}
            number = min(touched, default=len(boxes))
            if not touched:
                boxes.append([row, left, row + 1, right])
                groups.append(number)
            for other in touched:
                groups[other] = number
                old = boxes[other]
                new = boxes[number]
                boxes[number] = [min(new[0], old[0]), min(new[1], old[1], left), row + 1, max(new[3], old[3], right)]
            here.append((left, right, number))
        above = here
    return [(box[0], box[1], box[2], box[3]) for number, box in enumerate(boxes) if groups[number] == number]


def _follow(groups: list[int], number: int) -> int:
    while groups[number] != number:
        number = groups[number]
    return number


def _runs(row: NDArray[np.bool_]) -> Iterator[tuple[int, int]]:
    """From and to (not included) which column, gaps of one block left out."""
    columns = np.flatnonzero(row)
    if len(columns):
        cuts = np.flatnonzero(np.diff(columns) > 2) + 1  # noqa: PLR2004 - one block between them
        starts, ends = columns[np.concatenate([[0], cuts])], columns[np.concatenate([cuts - 1, [-1]])]
        yield from zip(starts.tolist(), (ends + 1).tolist(), strict=True)
