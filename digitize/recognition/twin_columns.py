"""Two people side by side, as on a marriage certificate: each column bears the labels of the other.

Such columns are read one person after the other. Rows of other forms hold labels that differ (sex, nation,
nationality), and are read across.
"""

from collections.abc import Sequence

from rapidfuzz import fuzz

from digitize.recognition.api import Line
from digitize.recognition.columns import cut_at, gaps_of

_LABELS_MIN = 3
"""That stand in both columns, from which these are two people's."""
_ALIKE_FROM = 75.0
"""Ratio of 100: ``Họ, chữ đệm, tên vợ`` and ``… tên chồng`` have 83."""
_LABEL_LETTERS_MIN = 4
_SAME_COLUMN = 0.025
"""Share of the width by which the lines of one column begin apart, on photographed pages too."""
_GAP_MIN_IN_HEIGHTS, _CLEAR_GAP_IN_HEIGHTS = 0.2, 0.9
"""Between two people's words, which may nearly touch where the columns are known; and where they end is not."""


def part_twins(lines: Sequence[Line], aspect: float) -> list[Line]:
    """The same words, with each person's lines together. ``aspect``: the page's width over its height."""
    found = _find_twins(lines)
    if not found:
        return list(lines)
    left = _middle([lines[index].box[0] for index, _ in found])
    right = _middle([lines[index].words[place].box[0] for index, place in found])
    first, last = found[0][0], found[-1][0]
    # The lines around are the first name, where its label was misread, and addresses that go on.
    while first and _fits(lines[first - 1], left, right, aspect):
        first -= 1
    while last + 1 < len(lines) and _fits(lines[last + 1], left, right, aspect):
        last += 1
    parts = [part for line in lines[first : last + 1] for part in _cut(line, right, _GAP_MIN_IN_HEIGHTS / aspect)]
    of_left = [part for part in parts if part.box[0] < right - _SAME_COLUMN]
    of_right = [part for part in parts if part.box[0] >= right - _SAME_COLUMN]
    return [*lines[:first], *of_left, *of_right, *lines[last + 1 :]]


def _find_twins(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Lines, and in each the word at which a label begins that opens another line (or this one); none where there are
    too few, or where they begin in different columns.
    """
    opening = {label for line in lines if (label := _label(line, 0))}
    inside = [(index, max(gaps)[1]) for index, line in enumerate(lines) if (gaps := gaps_of(line))]
    again: dict[tuple[int, int], str] = {}
    for index, place in inside:
        label = _label(lines[index], place)
        twin = next((one for one in sorted(opening) if label and fuzz.ratio(one, label) >= _ALIKE_FROM), None)
        if twin:
            again[index, place] = twin
    if not again:
        return []
    column = _middle([lines[index].words[place].box[0] for index, place in again])
    kept = [at for at in again if _begins(lines[at[0]].words[at[1]].box[0], column)]
    return kept if len({again[at] for at in kept}) >= _LABELS_MIN else []


def _label(line: Line, start: int) -> str:
    """The words up to the first colon; nothing where there is none, or too few letters to tell a label by."""
    words: list[str] = []
    for word in line.words[start:]:
        before, colon, _ = word.text.partition(":")
        words.append(before)
        if colon:
            label = " ".join(words)
            return label if len(label) >= _LABEL_LETTERS_MIN else ""
    return ""


def _fits(line: Line, left: float, right: float, aspect: float) -> bool:
    """Whether the line is made of nothing but the two columns."""
    parts = _cut(line, right, _CLEAR_GAP_IN_HEIGHTS / aspect)
    if len(parts) == 1 and not _begins(line.box[0], right):
        return _begins(line.box[0], left) and line.box[2] <= right
    return _begins(parts[-1].box[0], right) and _begins(line.box[0], left if len(parts) > 1 else right)


def _cut(line: Line, right: float, gap_min: float) -> tuple[Line, ...]:
    """``gap_min``: in the line's height, as it is in shares of the page's height and width."""
    least = gap_min * _middle([word.box[3] - word.box[1] for word in line.words])
    for gap, place in gaps_of(line):
        if gap >= least and _begins(line.words[place].box[0], right):
            return cut_at(line, place)
    return (line,)


def _begins(x: float, column: float) -> bool:
    return abs(x - column) <= _SAME_COLUMN


def _middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]
