"""Values beside their printed labels, as on forms and certificates."""

from digitize.extraction.api import Doubt
from digitize.extraction.labels import Hit
from digitize.extraction.layout import GAP_IN_HEIGHTS, Token
from digitize.extraction.paper import Paper, Reading, read
from digitize.extraction.schema import FieldSpec

ROW_GAP_MAX = 2.4
"""In usual row distances: a value goes on in the next row only if that is this near."""
FULL_LINE_SHARE = 0.72
"""A line that ends left of this share of the text width is not full, so nothing follows below."""


def find_by_label(paper: Paper, field: FieldSpec) -> Reading | None:
    """The first label of the field, in its section, that has a value; else the label with nothing behind it."""
    empty: Reading | None = None
    for hit in paper.labels.find(field.labels, field.section):
        reading = _read_value(paper, field, hit)
        if reading.text is not None:
            return reading
        empty = empty or reading
    return empty


def _read_value(paper: Paper, field: FieldSpec, hit: Hit) -> Reading:
    row = paper.labels.rows[hit.page, hit.row]
    label = row[hit.start : hit.end]
    tokens: list[Token] = []
    doubts: list[Doubt] = []
    if "right" in field.places:
        end = min((s for s in paper.labels.starts(hit.page, hit.row) if s >= hit.end), default=len(row))
        tokens, gapped = _until_gap(row[hit.end : end])
        if gapped:
            doubts.append("gap")
        ends_row = end == len(row) and not gapped
    else:
        ends_row = True
    lines_left = field.lines - (1 if tokens else 0)
    goes_on = lines_left > 0 if tokens else "below" in field.places
    if ends_row and goes_on:
        tokens += _following(paper, hit, tokens, max(lines_left, 1))
    reading = read(tuple(tokens), hit.page, hit.score, doubts=tuple(doubts), row=label)
    return reading if tokens else Reading(label, hit.page, None, label_score=hit.score)


def _until_gap(tokens: tuple[Token, ...]) -> tuple[list[Token], bool]:
    """The value's words, and whether more words stand behind a column gap."""
    kept = [token for token in tokens if token.squeezed or len(token.text) == 1]
    for index in range(1, len(kept)):
        before, after = kept[index - 1], kept[index]
        if after.left - before.right > GAP_IN_HEIGHTS * 1.5 * max(before.height, after.height):
            return kept[:index], any(token.squeezed for token in kept[index:])
    return kept, False


def _following(paper: Paper, hit: Hit, tokens: list[Token], lines: int) -> list[Token]:
    """Words of the rows below that carry on the value: near, not labelled, and only under a full line."""
    sheet = paper.sheet(hit.page)
    found: list[Token] = []
    last, row_number = tokens, hit.row
    for _ in range(lines):
        width = sheet.text_right - sheet.text_left
        if last and last[-1].right < sheet.text_left + FULL_LINE_SHARE * width:
            break
        row_number += 1
        below = paper.labels.rows.get((hit.page, row_number))
        if not below or paper.labels.starts(hit.page, row_number):
            break
        if sheet.rows[row_number].middle - sheet.rows[row_number - 1].middle > ROW_GAP_MAX * sheet.pitch:
            break
        last, _gapped = _until_gap(below)
        found += last
    return found
