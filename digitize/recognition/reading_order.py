"""Puts lines in the order in which a person reads them where two columns stand side by side.

Tesseract reads the two heads of an official paper, and the list of recipients beside the signature, straight across.
Both have a fixed place in the layout of Decree 30/2020/NĐ-CP (Appendix I), and are found by the words that open them;
columns anywhere else may be a table's, whose rows a person reads across, and are left as they are.
"""

from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from digitize.recognition.api import Line

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


def order_lines(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The same words; lines that ran across two columns are cut in two."""
    head = _find_head(lines)
    ordered = list(lines)
    if head:
        ordered[: head + 1] = _by_columns(ordered[: head + 1])
    foot = next((i for i, line in enumerate(ordered) if _opens_recipients(line)), None)
    if foot is None:
        return tuple(ordered)
    first = ordered[foot]
    while foot and _is_right(ordered[foot - 1]) and ordered[foot - 1].box[3] > first.box[1] - _height(first):
        foot -= 1  # the signature's first line may stand a little higher
    end = next((i for i in range(foot, len(ordered)) if _spans(ordered[i])), len(ordered))
    ordered[foot:end] = _by_columns(ordered[foot:end])
    return tuple(ordered)


def _find_head(lines: Sequence[Line]) -> int | None:
    """Index of the line that ends the motto, where its first line stands beside the agency's name."""
    for index, line in enumerate(lines[:_HEAD_LINES_MAX]):
        if line.box[1] > _HEAD_BELOW:
            return None
        cut = _cut(line)
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


def _by_columns(lines: Sequence[Line]) -> list[Line]:
    parts = [part for line in lines for part in _cut(line)]
    left = [part for part in parts if not _is_right(part)]
    right = [part for part in parts if _is_right(part)]
    return [*sorted(left, key=_top), *sorted(right, key=_top)]


def _cut(line: Line) -> tuple[Line, ...]:
    """In two at the widest gap, where that divides a left column from a right one."""
    gaps = [(after.box[0] - before.box[2], n) for n, (before, after) in enumerate(pairwise(line.words), 1)]
    allowed = [(gap, n) for gap, n in gaps if line.words[n].box[0] >= _RIGHT_FROM and line.box[0] < _LEFT_FROM]
    if not allowed:
        return (line,)
    gap, place = max(allowed)
    if gap < _GAP_IN_HEIGHTS * _height(line):
        return (line,)
    return (Line(line.words[:place], line.block), Line(line.words[place:], line.block))


def _is_right(line: Line) -> bool:
    return line.box[0] >= _RIGHT_FROM


def _spans(line: Line) -> bool:
    return len(_cut(line)) == 1 and line.box[0] < _LEFT_FROM and line.box[2] > _FULL_TO


def _height(line: Line) -> float:
    """Of a middle word, as a share of the page's width, A4 upright taken for granted."""
    heights = sorted(word.box[3] - word.box[1] for word in line.words)
    return heights[len(heights) // 2] * 2**0.5


def _top(line: Line) -> float:
    return line.box[1]
