"""Reads again, by itself, what coloured ink hides: print in red, and print below a signature.

Red ink fades before a page is recognized, for the sake of what a seal covers; with it fades what is printed in red,
such as the number of a licence. A pen stays, since numbers are written in with it; and the name below a signature is
lost in its strokes. Both are cut out, the one with nothing but red ink, the other without any ink of colour, and read
together as one small image; words that were not read before, or read worse, go into the page.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PIL import Image, ImageChops

from digitize.ingestion.turns import CLOCKWISE
from digitize.model import Box
from digitize.recognition.api import Line, RecognizedPage, Recognizer, Word
from digitize.recognition.direction import Mask
from digitize.recognition.mapping import coefficients, scaled, shift
from digitize.recognition.preparation import Prepared
from digitize.recognition.stamps import MM_PER_INCH, find_clusters, px_per_mm

_RED_WIDTH_MM, _RED_HEIGHT_MM = (7.0, 120.0), (1.8, 16.0)
"""Of a line or two of print."""
_LONGER_MIN = 1.4
_PEN_WIDTH_MM, _PEN_HEIGHT_MM = (10.0, 70.0), (7.0, 45.0)
"""Of a signature; words written in by hand are 3 to 6 mm high."""
_AROUND_MM = (6.0, 2.0)
"""By which a signature's surroundings are read with it, across and down: a name is not cut in the middle of a word."""
_MARGIN_PX = 60
_KNOWN_FROM = 0.9
"""Confidence of words from which print is not read again."""
_TRUSTED_FROM = 0.6
"""Confidence from which a word is heard: what is left of a pen's strokes reads as words of 0.2 to 0.5."""
_BETTER_BY, _SURE_FROM = 0.05, 0.85
_SAME_SHARE = 0.5
"""Of the smaller of two boxes, from which they hold the same print."""
_BESIDE_IN_HEIGHTS = 3.0
_READ_AT_PX_PER_MM = 9.0
"""230 dpi."""
_PEN_MARKS_MM2 = 10.0
"""Of a signature's strokes: 14 to 100 mm² on drawn papers."""
_UNREAD_FROM = 0.65
"""Black marks to marks of the pen. The dark edges of strokes are 0.06 to 0.6; names and offices crossed by a signature
had 0.78 to 1.7."""
_ABOVE_IN_HEIGHTS = 0.35
_WHITE = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class _Cut:
    picture: Image.Image
    box: Box
    """What it shows of the recognized image."""


def read_coloured(page: RecognizedPage, prepared: Prepared, recognizer: Recognizer, folder: Path) -> RecognizedPage:
    """``page``: as recognized, not placed. Raises what the recognizer raises."""
    if prepared.colours is None:
        return page
    cuts = [*_cut_red(page, prepared), *_cut_pens(page, prepared)]
    if not cuts:
        return page
    zoom = max(1.0, _READ_AT_PX_PER_MM / px_per_mm(prepared.grey.width, prepared))
    cuts = [replace(cut, picture=_enlarge(cut.picture, zoom)) for cut in cuts]
    sheet, tops = _paste(cuts)
    path = folder / f"{page.number:06d}_coloured.bmp"
    sheet.save(path)
    dpi = round(zoom * prepared.image.dpi)
    image = replace(prepared.image, path=path, width_px=sheet.width, height_px=sheet.height, dpi=dpi)
    lines = list(page.lines)
    for line in recognizer.recognize(image).lines:
        found = [_take_back(word, sheet.size, cuts, tops) for word in line.words]
        _put([word for word in found if word is not None], lines, page)
    return replace(page, lines=tuple(lines))


# --- what is read again -----------------------------------------------------------------------------------


def _cut_red(page: RecognizedPage, prepared: Prepared) -> Iterator[_Cut]:
    for box in _boxes(prepared.ink.red(), prepared, _RED_WIDTH_MM, _RED_HEIGHT_MM, _LONGER_MIN):
        if not _is_known(box, page):
            # In green light red ink is dark, with its edges as scanned.
            yield _Cut(_as_scanned(box, prepared).getchannel("G"), box)


def _cut_pens(page: RecognizedPage, prepared: Prepared) -> Iterator[_Cut]:
    width_px, height_px = prepared.mapping.recognized_px
    across, down = (mm * prepared.image.dpi / MM_PER_INCH for mm in _AROUND_MM)
    for x0, y0, x1, y1 in _boxes(prepared.ink.pens(), prepared, _PEN_WIDTH_MM, _PEN_HEIGHT_MM, 0.0):
        box = (
            max(0.0, x0 - across / width_px),
            max(0.0, y0 - down / height_px),
            min(1.0, x1 + across / width_px),
            min(1.0, y1 + down / height_px),
        )
        if _hides_print(box, page, prepared):
            yield _Cut(_without_colour(_as_scanned(box, prepared)), box)


def _without_colour(scanned: Image.Image) -> Image.Image:
    """Grey levels in which every ink of colour fades: the brightest channel, raised by twice what they differ."""
    red, green, blue = scanned.split()
    brightest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    darkest = ImageChops.darker(ImageChops.darker(red, green), blue)
    return ImageChops.add(brightest, ImageChops.subtract(brightest, darkest).point(lambda level: min(255, 2 * level)))


def _hides_print(box: Box, page: RecognizedPage, prepared: Prepared) -> bool:
    """Whether, beside the pen's strokes, black marks stand there that are in no word read well."""
    black = prepared.ink.black()
    height, width = black.shape
    left, top, right, bottom = _in_px(box, (width, height))
    pens = int(np.count_nonzero(prepared.ink.pens()[top:bottom, left:right]))
    if pens < _PEN_MARKS_MM2 * px_per_mm(width, prepared) ** 2:
        return False
    unread = black[top:bottom, left:right].copy()
    for word in (word for line in page.lines for word in line.words if word.confidence >= _KNOWN_FROM):
        more = _ABOVE_IN_HEIGHTS * (word.box[3] - word.box[1])
        x0, y0, x1, y1 = _in_px((word.box[0], word.box[1] - more, word.box[2], word.box[3] + more), (width, height))
        unread[max(0, y0 - top) : max(0, y1 - top), max(0, x0 - left) : max(0, x1 - left)] = False
    return int(np.count_nonzero(unread)) >= _UNREAD_FROM * pens


def _boxes(
    ink: Mask,
    prepared: Prepared,
    wide_mm: tuple[float, float],
    high_mm: tuple[float, float],
    longer_min: float,
) -> Iterator[Box]:
    if not ink.any():
        return
    height, width = ink.shape
    scale = px_per_mm(width, prepared)
    for x0, y0, x1, y1 in find_clusters(ink, scale, wide_mm, high_mm, longer_min):
        yield (x0 * scale / width, y0 * scale / height, x1 * scale / width, y1 * scale / height)


def _is_known(box: Box, page: RecognizedPage) -> bool:
    """Whether it was read well already, over its whole width."""
    words = [word for line in page.lines for word in line.words if _overlap(word.box, box) >= _SAME_SHARE]
    covered = sum(min(word.box[2], box[2]) - max(word.box[0], box[0]) for word in words)
    return covered >= _KNOWN_FROM * (box[2] - box[0]) and all(word.confidence >= _KNOWN_FROM for word in words)


def _as_scanned(box: Box, prepared: Prepared) -> Image.Image:
    """The part of the recognized image, made out of the colours of the page as scanned."""
    assert prepared.colours is not None  # noqa: S101 - who asks has seen its ink
    scanned = prepared.colours
    upright = scanned.transpose(CLOCKWISE[prepared.turn]) if prepared.turn else scanned
    matrix, size = scaled(prepared.mapping, upright.size)
    left, top, right, bottom = _in_px(box, size)
    return upright.transform(
        (right - left, bottom - top),
        Image.Transform.PERSPECTIVE,
        coefficients(matrix @ shift(left, top)),
        Image.Resampling.BILINEAR,
        fillcolor=_WHITE,
    )


def _in_px(box: Box, size: tuple[int, int]) -> tuple[int, int, int, int]:
    left, top = int(box[0] * size[0]), int(box[1] * size[1])
    return (left, top, max(left + 1, round(box[2] * size[0])), max(top + 1, round(box[3] * size[1])))


# --- reading ----------------------------------------------------------------------------------------------


def _enlarge(picture: Image.Image, zoom: float) -> Image.Image:
    size = (round(picture.width * zoom), round(picture.height * zoom))
    return picture.resize(size, Image.Resampling.BICUBIC) if zoom > 1 else picture


def _paste(cuts: Sequence[_Cut]) -> tuple[Image.Image, list[int]]:
    """All below each other on one sheet, and where each begins."""
    width = max(cut.picture.width for cut in cuts) + 2 * _MARGIN_PX
    height = sum(cut.picture.height + 2 * _MARGIN_PX for cut in cuts)
    sheet = Image.new("L", (width, height), "white")
    tops, y = [], _MARGIN_PX
    for cut in cuts:
        sheet.paste(cut.picture, (_MARGIN_PX, y))
        tops.append(y)
        y += cut.picture.height + 2 * _MARGIN_PX
    return sheet, tops


def _take_back(word: Word, size: tuple[int, int], cuts: Sequence[_Cut], tops: Sequence[int]) -> Word | None:
    """The word with its box on the recognized image; None where it is not trusted."""
    if word.confidence < _TRUSTED_FROM or not any(map(str.isalnum, word.text)):
        return None
    x0, y0, x1, y1 = (side * length for side, length in zip(word.box, size * 2, strict=True))
    middle = (y0 + y1) / 2
    cut, top = next((c, t) for c, t in reversed(list(zip(cuts, tops, strict=True))) if t - _MARGIN_PX <= middle)
    left, upper, right, lower = cut.box
    wide, high = (right - left) / cut.picture.width, (lower - upper) / cut.picture.height
    box = (
        left + (x0 - _MARGIN_PX) * wide,
        upper + (y0 - top) * high,
        left + (x1 - _MARGIN_PX) * wide,
        upper + (y1 - top) * high,
    )
    clipped = tuple(min(1.0, max(0.0, side)) for side in box)
    return replace(word, box=clipped)  # type: ignore[arg-type]  # four of them


def _is_better(word: Word, same: Sequence[Word]) -> bool:
    """Than what was read in its place: surely more of it, or the same more surely."""
    if not same:
        return True
    surest = max(one.confidence for one in same)
    more = len(word.text) > sum(len(one.text) for one in same) and word.confidence >= _SURE_FROM
    return more or word.confidence >= surest + _BETTER_BY


def _put(words: Sequence[Word], lines: list[Line], page: RecognizedPage) -> None:
    """Words of one line, each into the line it stands in, in place of what was read there worse; not where that was
    read as well. Those that stand in no line make a new one.
    """
    alone: list[Word] = []
    for word in words:
        same = [one for line in lines for one in line.words if _overlap(one.box, word.box) >= _SAME_SHARE]
        if not _is_better(word, same):
            continue
        home = _find_line(word, lines, page)
        for number, line in enumerate(lines):
            kept = [one for one in line.words if one not in same]
            if number == home:
                kept = sorted([*kept, word], key=lambda one: one.box[0])
            lines[number] = Line(tuple(kept), line.block)
        lines[:] = [line for line in lines if line.words]
        if home is None:
            alone.append(word)
    if alone:
        new = Line(tuple(alone), 0)
        after = max((n for n, line in enumerate(lines) if _is_above(line.box, new.box)), default=-1)
        block = lines[max(0, after)].block if lines else 0
        lines.insert(after + 1, replace(new, block=block))


def _is_above(one: Box, other: Box) -> bool:
    """In the same column."""
    return one[3] <= (other[1] + other[3]) / 2 and one[0] < other[2] and other[0] < one[2]


def _find_line(word: Word, lines: Sequence[Line], page: RecognizedPage) -> int | None:
    """Of the lines at its height, that which it is in or beside."""
    reach = _BESIDE_IN_HEIGHTS * (word.box[3] - word.box[1]) * page.height_px / page.width_px
    apart = {
        number: gap
        for number, line in enumerate(lines)
        if _is_level(word, line) and (gap := _gap(word.box, line.box)) <= reach
    }
    return min(apart, key=lambda number: apart[number], default=None)


def _is_level(word: Word, line: Line) -> bool:
    nearest = min(line.words, key=lambda one: _gap(one.box, word.box))
    shared = min(word.box[3], nearest.box[3]) - max(word.box[1], nearest.box[1])
    return shared >= _SAME_SHARE * min(word.box[3] - word.box[1], nearest.box[3] - nearest.box[1])


def _gap(one: Box, other: Box) -> float:
    return max(0.0, one[0] - other[2], other[0] - one[2])


def _overlap(one: Box, other: Box) -> float:
    """Share of the smaller box that lies in the other."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    least = min((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return wide * high / least if wide > 0 and high > 0 and least > 0 else 0.0
