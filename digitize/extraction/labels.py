"""Where the printed labels of a form stand (``Họ, chữ đệm, tên:``), all fields of a type at once.

A value ends where the next label begins, so labels are found for the whole paper before any value is read;
where two labels fit, the longer wins (``Ngày, tháng, năm sinh`` over ``Năm sinh``).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

from digitize.extraction.columns import FormLine, Found, unfold
from digitize.extraction.layout import GAP_IN_HEIGHTS, Sheet, Token
from digitize.extraction.letters import squeeze
from digitize.extraction.schema import DocumentType

SCORE_MIN = 84.0
"""Of 100, before a colon: ``noisinh`` and ``namsinh`` score 71, one wrong letter in eight 87."""
SCORE_MIN_WITHOUT_COLON = 92.0
SCORE_TIE = 4.0
"""Scores this close are equal, and the longer label wins."""
LABEL_WORDS_MAX = 16
REMARK_WORDS_MAX = 8
COLONS_PER_ROW_MAX = 24
ROWS_PER_PAGE_MAX = 400
SHORTEST_WITHOUT_COLON = 6
"""Letters; a shorter label without its colon is an ordinary word."""
BAR = "|"
"""A ruled line between two cells, as recognizers write it."""


@dataclass(frozen=True)
class Hit:
    """A label found: tokens ``start`` to ``end`` of a line."""

    label: str
    """Squeezed."""
    line: int
    start: int
    end: int
    score: float
    """0 to 1."""
    section: str | None


@dataclass(frozen=True)
class LabelIndex:
    hits: tuple[Hit, ...]
    """In reading order."""
    lines: tuple[FormLine, ...]
    """Of the whole paper, in reading order."""

    def find(self, labels: Sequence[str], section: str | None) -> list[Hit]:
        wanted = {squeeze(label) for label in labels}
        return [hit for hit in self.hits if hit.label in wanted and hit.section == section]

    @cached_property
    def _by_line(self) -> dict[int, list[Hit]]:
        found: dict[int, list[Hit]] = {}
        for hit in self.hits:
            found.setdefault(hit.line, []).append(hit)
        return found

    def on(self, line: int) -> list[Hit]:
        """Labels of one line, left to right."""
        return self._by_line.get(line, [])


def index_labels(sheets: Sequence[Sheet], document_type: DocumentType) -> LabelIndex:
    printed = [label for field in document_type.fields for label in field.labels]
    printed += [label for labels in document_type.sections.values() for label in labels]
    printed += document_type.stop_labels
    labels = sorted({squeeze(label) for label in printed}, key=len, reverse=True)
    opens = {squeeze(label): section for section, texts in document_type.sections.items() for label in texts}

    translated = _count_translations(printed)

    def find(tokens: Sequence[Token]) -> list[Found]:
        found = _find_in_row(tokens, labels, opens)
        starts = [*(one.start for one in found), len(tokens)]
        return [_with_what_belongs(one, tokens, end, translated) for one, end in zip(found, starts[1:], strict=True)]

    lines = [line for sheet in sheets for line in unfold(sheet, ROWS_PER_PAGE_MAX, find, opens)]
    section: str | None = None
    hits: list[Hit] = []
    for number, line in enumerate(lines):
        for found in find(line.tokens):
            section = opens.get(found.label, section)
            hits.append(Hit(found.label, number, found.start, found.end, found.score / 100, section))
    return LabelIndex(tuple(hits), tuple(lines))


def _count_translations(labels: Sequence[str]) -> dict[str, int]:
    """How many words of another language stand behind a label on bilingual papers: ``Ngày sinh / Date of birth``."""
    halves = (label.partition(" / ") for label in labels)
    return {squeeze(own): len(other.split()) for own, _, other in halves if other}


def _with_what_belongs(found: Found, tokens: Sequence[Token], end: int, translated: Mapping[str, int]) -> Found:
    """The label with its translation, however broken (``/ Date of binh``), its unit (``(m²)``), and what it remarks in
    brackets before its colon (``(viết chữ in hoa):``).
    """
    at = found.end
    if at < end and tokens[at - 1].text == "/":
        at -= 1
    if at < end and tokens[at].text.startswith("/") and found.label in translated:
        at += translated[found.label] + (tokens[at].text == "/")
    if at < end and not tokens[at - 1].text.endswith(":") and tokens[at].text.startswith("("):
        reach = range(at, min(end, at + REMARK_WORDS_MAX))
        closed = next((index for index in reach if ")" in tokens[index].text), None)
        if closed is not None and (
            closed == at or tokens[closed].text.endswith(":") or _fills_brackets(tokens, closed)
        ):
            at = closed + 1
    return found._replace(end=min(at, end))


def _fills_brackets(tokens: Sequence[Token], closed: int) -> bool:
    """Whether a column ends behind the brackets: ``Số CMND (hộ chiếu)   255995533``."""
    return closed + 1 < len(tokens) and _are_apart(tokens[closed], tokens[closed + 1])


def _find_in_row(tokens: Sequence[Token], labels: Sequence[str], opens: dict[str, str]) -> list[Found]:
    if not labels:
        return []
    whole = "".join(token.squeezed for token in tokens)
    if whole in opens:  # a heading: VỢ over a column
        return [Found(whole, 0, len(tokens), 100.0)]
    found: list[Found] = []
    free = 0
    colons = [i + 1 for i, token in enumerate(tokens) if token.text.endswith((":", ":.", ";.", ":-"))]
    for end in colons[:COLONS_PER_ROW_MAX]:
        best = _best_before(tokens, free, end, labels)
        if best is not None:
            found.append(best)
            free = end
    for start in _openings(tokens):
        limit = next((other.start for other in found if other.start >= start), len(tokens))
        if limit == start or any(other.start <= start < other.end for other in found):
            continue
        best = _best_from(tokens, start, limit, labels)
        if best is not None:
            found = sorted([*found, best], key=lambda other: other.start)
    return found


def _openings(tokens: Sequence[Token]) -> Iterator[int]:
    """Where a label that lost its colon may begin: the row itself, a column in it, a cell."""
    for index, token in enumerate(tokens):
        before = tokens[index - 1] if index else None
        if before is None or (token.text[:1].isupper() and _are_apart(before, token)):
            yield index


def _are_apart(before: Token, token: Token) -> bool:
    return before.text == BAR or token.left - before.right > GAP_IN_HEIGHTS * max(before.height, token.height)


def _best_before(tokens: Sequence[Token], free: int, end: int, labels: Sequence[str]) -> Found | None:
    best: Found | None = None
    text = ""
    for start in range(end - 1, max(free, end - LABEL_WORDS_MAX) - 1, -1):
        text = tokens[start].squeezed + text
        match = process.extractOne(text, labels, scorer=fuzz.ratio, score_cutoff=SCORE_MIN)
        if match is not None and (best is None or match[1] > best.score - SCORE_TIE):
            better = best is None or match[1] > best.score + SCORE_TIE or len(match[0]) > len(best.label)
            if better:
                best = Found(match[0], start, end, match[1])
    return best


def _best_from(tokens: Sequence[Token], start: int, limit: int, labels: Sequence[str]) -> Found | None:
    """A label at the beginning of a row or a cell whose colon the scan has lost, or that never had one."""
    long_labels = [label for label in labels if len(label) >= SHORTEST_WITHOUT_COLON]
    best: Found | None = None
    text = ""
    for end in range(start + 1, min(limit, start + LABEL_WORDS_MAX, len(tokens)) + 1):
        text += tokens[end - 1].squeezed
        match = process.extractOne(text, long_labels, scorer=fuzz.ratio, score_cutoff=SCORE_MIN_WITHOUT_COLON)
        if match is not None and (best is None or match[1] > best.score - SCORE_TIE):
            best = Found(match[0], start, end, match[1])
    return best
