"""Where the printed labels of a form stand (``Họ, chữ đệm, tên:``), all fields of a type at once.

A value ends where the next label begins, so labels are found for the whole paper before any value is read;
where two labels fit, the longer wins (``Ngày, tháng, năm sinh`` over ``Năm sinh``).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from digitize.extraction.layout import Row, Sheet, Token
from digitize.extraction.letters import squeeze
from digitize.extraction.schema import DocumentType

SCORE_MIN = 84.0
"""Of 100, before a colon: ``noisinh`` and ``namsinh`` score 71, one wrong letter in eight 87."""
SCORE_MIN_WITHOUT_COLON = 92.0
SCORE_TIE = 4.0
"""Scores this close are equal, and the longer label wins."""
LABEL_WORDS_MAX = 16
COLONS_PER_ROW_MAX = 24
ROWS_PER_PAGE_MAX = 400
SHORTEST_WITHOUT_COLON = 6
"""Letters; a shorter label without its colon is an ordinary word."""


@dataclass(frozen=True)
class Hit:
    """A label found: tokens ``start`` to ``end`` of a row."""

    label: str
    """Squeezed."""
    page: int
    row: int
    start: int
    end: int
    score: float
    """0 to 1."""
    section: str | None


@dataclass(frozen=True)
class LabelIndex:
    hits: tuple[Hit, ...]
    """In reading order."""
    rows: dict[tuple[int, int], tuple[Token, ...]]
    """Tokens by page number and row index."""

    def find(self, labels: Sequence[str], section: str | None) -> list[Hit]:
        wanted = {squeeze(label) for label in labels}
        return [hit for hit in self.hits if hit.label in wanted and hit.section == section]

    def starts(self, page: int, row: int) -> list[int]:
        """Token indices of the row where labels begin."""
        return [hit.start for hit in self.hits if hit.page == page and hit.row == row]


def index_labels(sheets: Sequence[Sheet], document_type: DocumentType) -> LabelIndex:
    printed = [label for field in document_type.fields for label in field.labels]
    printed += [label for labels in document_type.sections.values() for label in labels]
    printed += document_type.stop_labels
    labels = sorted({squeeze(label) for label in printed}, key=len, reverse=True)
    opens = {squeeze(label): section for section, texts in document_type.sections.items() for label in texts}
    section: str | None = None
    hits: list[Hit] = []
    rows: dict[tuple[int, int], tuple[Token, ...]] = {}
    for sheet in sheets:
        for number, row in enumerate(sheet.rows[:ROWS_PER_PAGE_MAX]):
            tokens = _tokens(row)
            rows[sheet.number, number] = tokens
            for label, start, end, score in _find_in_row(tokens, labels):
                section = opens.get(label, section)
                hits.append(Hit(label, sheet.number, number, start, end, score / 100, section))
    return LabelIndex(tuple(hits), rows)


def _tokens(row: Row) -> tuple[Token, ...]:
    return tuple(token for segment in row.segments for token in segment.tokens)


def _find_in_row(tokens: Sequence[Token], labels: Sequence[str]) -> list[tuple[str, int, int, float]]:
    if not labels:
        return []
    found: list[tuple[str, int, int, float]] = []
    free = 0
    colons = [i + 1 for i, token in enumerate(tokens) if token.text.endswith((":", ":.", ";.", ":-"))]
    for end in colons[:COLONS_PER_ROW_MAX]:
        best = _best_before(tokens, free, end, labels)
        if best is not None:
            found.append(best)
            free = end
    if not found or found[0][1] > 0:
        start = _best_at_start(tokens, found[0][1] if found else len(tokens), labels)
        if start is not None:
            found.insert(0, start)
    return found


def _best_before(
    tokens: Sequence[Token], free: int, end: int, labels: Sequence[str]
) -> tuple[str, int, int, float] | None:
    best: tuple[str, int, int, float] | None = None
    text = ""
    for start in range(end - 1, max(free, end - LABEL_WORDS_MAX) - 1, -1):
        text = tokens[start].squeezed + text
        match = process.extractOne(text, labels, scorer=fuzz.ratio, score_cutoff=SCORE_MIN)
        if match is not None and (best is None or match[1] > best[3] - SCORE_TIE):
            better = best is None or match[1] > best[3] + SCORE_TIE or len(match[0]) > len(best[0])
            if better:
                best = (match[0], start, end, match[1])
    return best


def _best_at_start(tokens: Sequence[Token], limit: int, labels: Sequence[str]) -> tuple[str, int, int, float] | None:
    """A label at the beginning of a row whose colon the scan has lost."""
    long_labels = [label for label in labels if len(label) >= SHORTEST_WITHOUT_COLON]
    best: tuple[str, int, int, float] | None = None
    text = ""
    for end in range(1, min(limit, LABEL_WORDS_MAX, len(tokens)) + 1):
        text += tokens[end - 1].squeezed
        match = process.extractOne(text, long_labels, scorer=fuzz.ratio, score_cutoff=SCORE_MIN_WITHOUT_COLON)
        if match is not None and (best is None or match[1] > best[3] - SCORE_TIE):
            best = (match[0], 0, end, match[1])
    return best
