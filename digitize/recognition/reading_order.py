"""Puts lines in the order in which a person reads them where two columns stand side by side.

Tesseract reads the two heads of an official paper, the list of recipients beside the signature, and the two people of a
marriage certificate straight across. The heads and recipients have a fixed place in the layout of Decree 30/2020/NĐ-CP
(Appendix I), and are found by the words that open them; a signature elsewhere by its place and date above an office in
capitals, two people by their labels (``twin_columns``). Columns anywhere else may be a table's, whose rows a person
reads across, and are left as they are.
"""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from digitize.recognition.api import Line
from digitize.recognition.columns import cut_at, gaps_of
from digitize.recognition.twin_columns import part_twins

_MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
_MOTTO_END = "Độc lập - Tự do - Hạnh phúc"
_RECIPIENTS = "Nơi nhận:"
_ALIKE_FROM = 80.0
"""Ratio of 100: two or three letters of the motto may be misread."""
_HEAD_LINES_MAX, _HEAD_BELOW = 8, 0.3
_GAP_IN_HEIGHTS = 0.9
"""Between two columns; words of one line, justified ones too, stand closer on real scans."""
_LEFT_FROM, _RIGHT_FROM = 0.35, 0.4
"""Where a left column's lines begin at the latest, and a right column's at the earliest, as shares of the width."""
_MIDDLE = 0.5
_FULL_TO = 0.75
"""A line without a gap that begins on the left and reaches this far spans both columns."""
_SIGNED_BELOW = 0.4
"""Share of the height above which a place and date belong to the head."""
_DATED = re.compile(r"[^:]{0,40}ngày\W{0,3}\S{0,4} tháng\W{0,3}\S{0,4} năm\W{0,3}\S{0,6}")
_CENTRED_WITHIN = 0.1
"""Share of the width by which the office stands off the middle of the date above it."""


def order_lines(lines: Sequence[Line], aspect: float) -> tuple[Line, ...]:
    """The same words; lines across two columns are cut in two. ``aspect``: the page's width over its height."""
    head = _find_head(lines, aspect)
    ordered = list(lines)
    if head:
        ordered[: head + 1] = _by_columns(ordered[: head + 1], aspect)
    ordered = part_twins(ordered, aspect)
    foot = next((i for i, line in enumerate(ordered) if _opens_recipients(line)), None)
    if foot is None:
        return tuple(_part_signature(ordered, aspect))
    first = ordered[foot]
    while foot and _is_right(ordered[foot - 1]) and ordered[foot - 1].box[3] > first.box[1] - _height(first, aspect):
        foot -= 1  # the signature's first line may stand a little higher
    end = _end_of_columns(ordered, foot, aspect)
    ordered[foot:end] = _by_columns(ordered[foot:end], aspect)
    return tuple(ordered)


def _find_head(lines: Sequence[Line], aspect: float) -> int | None:
    """Index of the line that ends the motto, where its first line stands beside the agency's name."""
    for index, line in enumerate(lines[:_HEAD_LINES_MAX]):
        if line.box[1] > _HEAD_BELOW:
            return None
        cut = _cut(line, aspect)
        if len(cut) == 2 and fuzz.ratio(cut[1].text.upper(), _MOTTO) >= _ALIKE_FROM:  # noqa: PLR2004 - two columns
            following = lines[index + 1 : index + 4]
            ends = (n for n, other in enumerate(following, index + 1) if _ends_motto(other))
            end = next(ends, index)
            while end + 1 < len(lines) and _continues_agency(lines[end + 1]):
                end += 1
            return end
    return None


def _continues_agency(line: Line) -> bool:
    """A third line of the agency's name stands below the motto; the number begins another row."""
    return line.box[2] < _MIDDLE and not line.text.lower().startswith("số")


def _ends_motto(line: Line) -> bool:
    return fuzz.partial_ratio(_MOTTO_END, line.text) >= _ALIKE_FROM


def _opens_recipients(line: Line) -> bool:
    opening = " ".join(word.text for word in line.words[:2])
    return line.box[0] < _LEFT_FROM and fuzz.ratio(opening, _RECIPIENTS) >= _ALIKE_FROM


def _part_signature(lines: list[Line], aspect: float) -> list[Line]:
    """A signature beside notes (numbers of a register, a card's expiry): it goes first, since it begins above them."""
    for index, line in enumerate(lines[:-1]):
        dated = _cut(line, aspect)[-1]
        if not (_is_right(dated) and dated.box[1] > _SIGNED_BELOW and _DATED.fullmatch(dated.text)):
            continue
        if not any(_is_office(_cut(below, aspect)[-1], dated) for below in lines[index + 1 : index + 4]):
            continue
        end = _end_of_columns(lines, index, aspect)
        parts = [part for one in lines[index:end] for part in _cut(one, aspect)]
        before = [part for part in parts if not _is_right(part) and part.box[3] <= dated.box[3]]
        right = [part for part in parts if _is_right(part)]
        after = [part for part in parts if not _is_right(part) and part not in before]
        return [*lines[:index], *before, *right, *after, *lines[end:]]
    return lines


def _is_office(line: Line, dated: Line) -> bool:
    """``GIÁM ĐỐC``, ``TM. ỦY BAN NHÂN DÂN …``"""
    apart = abs((line.box[0] + line.box[2]) - (dated.box[0] + dated.box[2])) / 2
    return _is_right(line) and line.text.isupper() and apart <= _CENTRED_WITHIN


def _end_of_columns(lines: Sequence[Line], start: int, aspect: float) -> int:
    return next((i for i in range(start, len(lines)) if _spans(lines[i], aspect)), len(lines))


def _by_columns(lines: Sequence[Line], aspect: float) -> list[Line]:
    parts = [part for line in lines for part in _cut(line, aspect)]
    left = [part for part in parts if not _is_right(part)]
    right = [part for part in parts if _is_right(part)]
    return [*sorted(left, key=_top), *sorted(right, key=_top)]


def _cut(line: Line, aspect: float) -> tuple[Line, ...]:
    """In two at the widest gap, where that divides a left column from a right one."""
    if line.box[0] >= _LEFT_FROM:
        return (line,)
    allowed = [(gap, n) for gap, n in gaps_of(line) if line.words[n].box[0] >= _RIGHT_FROM]
    gap, place = max(allowed, default=(0.0, 0))
    return cut_at(line, place) if place and gap >= _GAP_IN_HEIGHTS * _height(line, aspect) else (line,)


def _is_right(line: Line) -> bool:
    return line.box[0] >= _RIGHT_FROM


def _spans(line: Line, aspect: float) -> bool:
    return len(_cut(line, aspect)) == 1 and line.box[0] < _LEFT_FROM and line.box[2] > _FULL_TO


def _height(line: Line, aspect: float) -> float:
    """Of a middle word, as a share of the page's width."""
    heights = sorted(word.box[3] - word.box[1] for word in line.words)
    return heights[len(heights) // 2] / aspect


def _top(line: Line) -> float:
    return line.box[1]
