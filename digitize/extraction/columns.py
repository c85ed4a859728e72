"""The lines of a form in the order a person fills them in: what stands side by side is taken apart.

A marriage certificate has husband and wife next to each other, with the same labels twice (``Họ và tên chồng: …
Họ và tên vợ: …``), or one column of labels and a cell for each of the two. Read row by row, the birth dates of both
would be one value; so the left column is given from top to bottom, then the right one. A grid of different labels
(``Giới tính … Dân tộc … Quốc tịch``) is no such form and stays as it is.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from digitize.extraction.layout import Segment, Sheet, Token

ALIGNED_ROWS_MIN = 2
"""Rows in which a label of the right column begins at one edge."""
SHARED_LABELS_MIN = 2
"""Labels that stand in both columns: one (``Năm sinh`` beside mother and father) may be a grid."""
EDGE_TOLERANCE = 0.012
"""Of the page's width: a photographed edge drifts by less from row to row."""
INSIDE_SHARE = 0.2
"""A second column begins at least this share of the text's width from its left."""
UNCLEAR_ROWS_MAX = 2
"""Rows in which words seem to lie across the edge, between rows in which they do not."""
STEP_MAX = 3.2
"""Usual row distances between two rows of one band."""
CELL_GAP_MIN = 0.8
"""Word heights between two cells; justified words stand closer, but for a line here and there."""


class Found(NamedTuple):
    """A label in a row: its squeezed text, its tokens ``start`` to ``end``, and how well it fits, 0 to 100."""

    label: str
    start: int
    end: int
    score: float


@dataclass(frozen=True)
class FormLine:
    """A row of the page, or the part of one that stands in a column."""

    sheet: int
    tokens: tuple[Token, ...]
    middle: float
    left: float
    right: float
    """Where its column begins and ends."""
    part: int
    """Lines of one part carry on each other."""


Finder = Callable[[Sequence[Token]], list[Found]]


@dataclass(frozen=True)
class _Row:
    tokens: tuple[Token, ...]
    segments: tuple[Segment, ...]
    middle: float
    found: tuple[Found, ...]


Cell = tuple[tuple[Token, ...], float]
"""Words of one line of a column, and the line's middle."""


@dataclass(frozen=True)
class _Band:
    """Rows ``start`` to ``end`` with their columns, left to right, and the bounds of each column."""

    end: int
    columns: tuple[tuple[Cell, ...], ...]
    bounds: tuple[tuple[float, float], ...]


def unfold(sheet: Sheet, rows_max: int, find: Finder, headings: Collection[str]) -> list[FormLine]:
    """``headings``: squeezed texts that name a column where they stand alone, such as ``vo`` and ``chong``."""
    rows = [_row(row.segments, row.middle, find) for row in sheet.rows[:rows_max]]
    lines: list[FormLine] = []
    at, part = 0, 0
    while at < len(rows):
        band = _headed(sheet, rows, at, headings) or _side_by_side(sheet, rows, at, headings)
        if band is None:
            lines.append(FormLine(sheet.number, rows[at].tokens, rows[at].middle, sheet.text_left, sheet.text_right, 0))
            at += 1
            continue
        for cells, (left, right) in zip(band.columns, band.bounds, strict=True):
            part += 1
            lines += [FormLine(sheet.number, tokens, middle, left, right, part) for tokens, middle in cells if tokens]
        at = band.end
    return lines


def _row(segments: tuple[Segment, ...], middle: float, find: Finder) -> _Row:
    tokens = tuple(token for segment in segments for token in segment.tokens)
    return _Row(tokens, segments, middle, tuple(find(tokens)))


def _near(sheet: Sheet, above: _Row, row: _Row) -> bool:
    return row.middle - above.middle <= STEP_MAX * sheet.pitch


def _is_heading(row: _Row, headings: Collection[str]) -> bool:
    """``VỢ | CHỒNG``: two or more columns named in one row."""
    names = [segment.squeezed for segment in row.segments if segment.squeezed]
    return len(set(names)) > 1 and sum(name in headings for name in names) > 1 and names[-1] in headings


# --- two columns, each with its labels ----------------------------------------------------------------------


def _side_by_side(sheet: Sheet, rows: Sequence[_Row], at: int, headings: Collection[str]) -> _Band | None:
    first = at + 1 if _is_heading(rows[at], headings) and at + 1 < len(rows) else at
    inside = sheet.text_left + INSIDE_SHARE * (sheet.text_right - sheet.text_left)
    for found in rows[first].found:
        edge = rows[first].tokens[found.start].left
        if edge > inside:
            edges = _follow(sheet, rows, first, edge, headings)
            if edges is not None:
                return _split(sheet, rows[at : first + len(edges)], [edges[0]] * (first - at) + edges, at)
    return None


def _follow(
    sheet: Sheet, rows: Sequence[_Row], first: int, edge: float, headings: Collection[str]
) -> list[float] | None:
    """The edge in each row of the band that begins with row ``first``; None where there are no two columns."""
    tolerance = EDGE_TOLERANCE * sheet.width
    edges: list[float] = []
    left: set[str] = set()
    right: set[str] = set()
    aligned = sure = 0
    for index in range(first, len(rows)):
        row = rows[index]
        if edges and (not _near(sheet, rows[index - 1], row) or len(edges) - sure > UNCLEAR_ROWS_MAX):
            break
        begins = next((t.left for f in row.found if abs((t := row.tokens[f.start]).left - edge) <= tolerance), None)
        if begins is None and not _carries_on(row, aligned, headings):
            break
        edge = edge if begins is None else begins
        edges.append(edge)
        if begins is not None or (_keeps_clear(sheet, row, edge) and sure == len(edges) - 1):
            sure = len(edges)
        aligned += begins is not None
        for found in row.found:
            (right if row.tokens[found.start].left >= edge - tolerance else left).add(found.label)
    if aligned < ALIGNED_ROWS_MIN or len(left & right) < SHARED_LABELS_MIN:
        return None
    return edges[:sure]


def _keeps_clear(sheet: Sheet, row: _Row, edge: float, *, cells: bool = False) -> bool:
    """Whether no word lies across the edge, and what stands right of it begins there, apart from what is left of it.
    Of ``cells`` any may be empty.
    """
    tolerance = EDGE_TOLERANCE * sheet.width
    at = next((i for i, token in enumerate(row.tokens) if token.right > edge), None)
    if at is None:
        return True
    apart = at == 0 or row.tokens[at].left - row.tokens[at - 1].right >= CELL_GAP_MIN * sheet.word_height
    begins = row.tokens[at].left - edge
    return apart and (begins >= -tolerance if cells else abs(begins) <= tolerance)


def _carries_on(row: _Row, aligned: int, headings: Collection[str]) -> bool:
    """Whether no other part of the form begins in the row (``Nơi đăng ký kết hôn``)."""
    return aligned < ALIGNED_ROWS_MIN or not any(found.label in headings for found in row.found)


def _split(sheet: Sheet, rows: Sequence[_Row], edges: Sequence[float], at: int) -> _Band:
    """A last row that stays left and opens with another label than the columns share belongs to the whole width."""
    tolerance = EDGE_TOLERANCE * sheet.width
    cut = len(rows)
    known = {f.label for row, edge in zip(rows, edges, strict=True) for f in row.found if _is_right(row, f, edge)}
    while cut > 1 and _is_full_width(rows[cut - 1], edges[cut - 1] - tolerance, known):
        cut -= 1
    columns: tuple[list[Cell], list[Cell]] = ([], [])
    for row, edge in zip(rows[:cut], edges[:cut], strict=True):
        cell = _cut(row, edge - tolerance)
        columns[0].append((row.tokens[:cell], row.middle))
        columns[1].append((row.tokens[cell:], row.middle))
    edge = min(edges[:cut])
    bounds = ((sheet.text_left, edge), (edge, sheet.text_right))
    return _Band(at + cut, (tuple(columns[0]), tuple(columns[1])), bounds)


def _cut(row: _Row, border: float) -> int:
    """Index of the first word of the right column. A sign that lies across, such as a leader, stays left."""
    return next((i for i, token in enumerate(row.tokens) if token.left >= border), len(row.tokens))


def _is_right(row: _Row, found: Found, edge: float) -> bool:
    return row.tokens[found.start].left >= edge - 1


def _is_full_width(row: _Row, border: float, known: Collection[str]) -> bool:
    reaches_right = any(token.left >= border for token in row.tokens)
    return not reaches_right and any(found.label not in known for found in row.found)


# --- one column of labels, a cell for each person -----------------------------------------------------------


def _headed(sheet: Sheet, rows: Sequence[_Row], at: int, headings: Collection[str]) -> _Band | None:
    """Below a row of headings: rows that open with a label and hold a cell under each heading."""
    if not _is_heading(rows[at], headings):
        return None
    named = [segment for segment in rows[at].segments if segment.squeezed in headings]
    borders = [(a.centre + b.centre) / 2 for a, b in pairwise(named)]
    columns: list[list[Cell]] = [[(segment.tokens, rows[at].middle)] for segment in named]
    end, labelled, cells_left = at + 1, 0, sheet.text_right
    while end < len(rows) and _near(sheet, rows[end - 1], rows[end]):
        row = rows[end]
        if not labelled and row.tokens and row.tokens[-1].right < named[0].left:
            end += 1  # the heading of the labels goes on: Phần khai về cha, | mẹ
            continue
        label = next((f for f in row.found if f.start == 0 and row.tokens[f.end - 1].right < named[0].right), None)
        if label is None and (not labelled or row.found or not _has_cells(sheet, row, borders)):
            break
        if label is not None and (
            sum(found.label == label.label for found in row.found) > 1  # each column has labels of its own
            or (labelled and label.label in headings)  # another part of the form
        ):
            break
        start = label.end if label else next((i for i, t in enumerate(row.tokens) if t.right > cells_left), 0)
        words = row.tokens[start:]
        if label is not None and labelled:
            if not _keeps_clear(sheet, row, cells_left, cells=True):
                break  # a line of text below the table
            words = tuple(token for token in words if token.right > cells_left)
        if label is not None:
            labelled += 1
            cells_left = min([cells_left, *(token.left for token in words)])
        for column, cell in zip(columns, _cells(sheet, words, borders), strict=True):
            column.append(((*row.tokens[: label.end], *cell) if label else cell, row.middle))
        end += 1
    if labelled < ALIGNED_ROWS_MIN:
        return None
    edges = [cells_left, *borders, sheet.text_right]
    return _Band(end, tuple(map(tuple, columns)), tuple(pairwise(edges)))


def _has_cells(sheet: Sheet, row: _Row, borders: Sequence[float]) -> bool:
    return all(
        not any(token.left < border - sheet.word_height and token.right > border for token in row.tokens)
        for border in borders
    )


def _cells(sheet: Sheet, words: Sequence[Token], borders: Sequence[float]) -> list[tuple[Token, ...]]:
    """Words by column: cut at the widest gap around each border, else at the border itself."""
    cells: list[tuple[Token, ...]] = []
    start = 0
    for border in borders:
        gaps = [
            (words[i].left - words[i - 1].right, i)
            for i in range(start + 1, len(words))
            if abs((words[i].left + words[i - 1].right) / 2 - border) < 0.15 * sheet.width
        ]
        widest = max(gaps, default=(0.0, start))
        if widest[0] >= CELL_GAP_MIN * sheet.word_height:
            cut = widest[1]
        else:
            cut = next((i for i in range(start, len(words)) if words[i].left + words[i].right > 2 * border), len(words))
        cells.append(tuple(words[start:cut]))
        start = cut
    cells.append(tuple(words[start:]))
    return cells
