"""The boxes of an official paper's head (Decree 30/2020, Appendix I, boxes 2 to 5)."""

from collections.abc import Sequence
from statistics import median

from digitize.extraction.api import Doubt
from digitize.extraction.head import DatePhrase, find_date_phrases, is_date_with_place
from digitize.extraction.layout import Segment, Token
from digitize.extraction.paper import Paper, Reading, read
from digitize.extraction.schema import FieldSpec
from digitize.extraction.titles import find_kind
from digitize.extraction.vocabulary import AGENCY_NOUNS

NUMBER_WORDS_MAX = 4
NUMBER_GAP_MAX = 8
"""Word heights between a number and its symbol."""
PEN_HEIGHT_SHARE = 0.18
DATE_NUMBERS = 2
"""Day and month; the year is the last word."""
AGENCY_CAPITAL_SHARE = 0.75
AGENCY_LETTERS_MIN = 3
ROW_PARTED_MAX = 4.0
"""Word heights between two pieces of one row of a subject."""
HEADING_CAPITAL_SHARE = 0.8
SUBJECT_ROWS_MAX = 8
SUBJECT_STEP_MAX = 1.45
"""In usual row distances; the rule under a subject makes the step to the body 1.6 or more."""
ABOUT_STEP_MAX = 1.3
_BODY_OPENINGS = ("can cu", "kinh gui", "xet ", "theo de nghi", "thuc hien ", "dieu 1")
_SUBJECT_OPENINGS = ("ve viec", "v/v", "vv", "ve")


# --- agencies ---------------------------------------------------------------------------------------------


def find_issuing_agency(paper: Paper, _field: FieldSpec) -> Reading | None:
    _, issuing = _agencies(paper)
    return _join(issuing)


def find_parent_agency(paper: Paper, _field: FieldSpec) -> Reading | None:
    parent, _ = _agencies(paper)
    return _join(parent)


def _agencies(paper: Paper) -> tuple[list[Segment], list[Segment]]:
    """Parent and issuing agency. A line that does not open with an agency's noun continues the one above."""
    lines = [
        s
        for s in paper.head.agency_lines
        if s.capital_share >= AGENCY_CAPITAL_SHARE
        and len(s.squeezed) >= AGENCY_LETTERS_MIN
        and _is_over_title(paper, s)
    ]
    blocks: list[list[Segment]] = []
    for line in lines:
        if blocks and not _opens_agency(line):
            blocks[-1].append(line)
        else:
            blocks.append([line])
    if not blocks:
        return [], []
    parent = [segment for block in blocks[:-1] for segment in block]
    return parent, blocks[-1]


def _is_over_title(paper: Paper, segment: Segment) -> bool:
    return paper.title is None or segment.middle < paper.title.segments[0].top


def _opens_agency(line: Segment) -> bool:
    return (line.folded + " ").startswith(AGENCY_NOUNS)


def _join(segments: Sequence[Segment]) -> Reading | None:
    if not segments:
        return None
    return read(tuple(token for segment in segments for token in segment.tokens), segments[0].sheet)


# --- number, place, date ----------------------------------------------------------------------------------


def find_number(paper: Paper, _field: FieldSpec) -> Reading | None:
    """What follows ``Số`` in the head. Its doubts say how pen marks betray themselves without colour."""
    segment = paper.head.number
    if segment is None or _is_of_section(paper, segment):
        return None
    label, rest = segment.tokens[:1], segment.tokens[1 : 1 + NUMBER_WORDS_MAX]
    length = next((i for i, token in enumerate(rest) if _is_place(token) and i > 0), len(rest))
    tokens = rest[:length]
    if not tokens:
        return None
    if not any("/" in token.text for token in tokens):
        tokens += _symbol_beside(paper, segment)
    in_pieces = len(tokens) > 1 and any(token.squeezed for token in tokens[1:])
    return read(tokens, segment.sheet, doubts=("pieces",) if in_pieces else (), row=label)


def _is_of_section(paper: Paper, segment: Segment) -> bool:
    """``Số: 38/2020  Ngày, tháng, năm đăng ký: …``: the number of the registration that the paper tells of."""
    word = segment.tokens[0].word
    lines = (n for n, line in enumerate(paper.labels.lines) if any(token.word is word for token in line.tokens))
    return any(hit.section is not None for number in lines for hit in paper.labels.on(number))


def _symbol_beside(paper: Paper, number: Segment) -> tuple[Token, ...]:
    """``/TB-UBND`` that stands apart: a signing system put the number into a gap it left too wide."""
    reach = number.right + NUMBER_GAP_MAX * paper.first.word_height
    for other in paper.first.segments:
        beside = abs(other.middle - number.middle) < paper.first.word_height / 2
        if beside and other.text.startswith("/") and number.right - 1 <= other.left < reach:
            return other.tokens[:1]
    return ()


def _is_place(token: Token) -> bool:
    return "/" not in token.text and token.bare.istitle() and token.bare.isalpha() and len(token.bare) > 1


def find_place(paper: Paper, _field: FieldSpec) -> Reading | None:
    phrase = paper.head.place_and_date
    return _place_of(phrase) if phrase and is_date_with_place(phrase) else None


def find_date(paper: Paper, _field: FieldSpec) -> Reading | None:
    phrase = paper.head.place_and_date
    return _date_of(phrase) if phrase else None


def find_closing_place(paper: Paper, _field: FieldSpec) -> Reading | None:
    phrase = _closing_phrase(paper)
    return _place_of(phrase) if phrase else None


def find_closing_date(paper: Paper, _field: FieldSpec) -> Reading | None:
    phrase = _closing_phrase(paper)
    return _date_of(phrase) if phrase else None


def _closing_phrase(paper: Paper) -> DatePhrase | None:
    """The lowest ``<Place>, ngày …`` of the paper, right of the middle but on a wide one: above the signature."""
    for sheet in reversed(paper.sheets):
        for phrase in reversed(find_date_phrases(sheet.rows, sheet.number)):
            is_right = phrase.date[-1].right > sheet.width * 0.55 or sheet.lies_across
            if is_date_with_place(phrase) and is_right:
                return phrase
    return None


def _place_of(phrase: DatePhrase) -> Reading:
    return read(phrase.place, phrase.sheet, row=phrase.date)


def _date_of(phrase: DatePhrase) -> Reading:
    return read(phrase.date, phrase.sheet, row=phrase.place, doubts=tuple(_pen_marks(phrase.date)))


def _pen_marks(tokens: Sequence[Token]) -> list[Doubt]:
    """Whether the day differs from the printed year: a day written by pen is taller and stands in pieces.

    On 12 scans printed digits stayed within 10 in 100 of the height of the year; pen digits were 25 or more higher.
    """
    year = tokens[-1]
    digits = [token for token in tokens[1:-1] if any(c.isdigit() for c in token.text)]
    usual = year.height if year.bare.isdigit() else median(token.height for token in tokens)
    doubts: list[Doubt] = []
    if any(abs(token.height - usual) > PEN_HEIGHT_SHARE * usual for token in digits if token.text.isdigit()):
        doubts.append("height")
    if any(not token.bare.isdigit() for token in digits) or len(digits) > DATE_NUMBERS:
        doubts.append("pieces")
    return doubts


# --- kind and subject -------------------------------------------------------------------------------------


def find_printed_kind(paper: Paper, _field: FieldSpec) -> Reading | None:
    """The kind in the type's own spelling: one of a closed list; ``text`` is what the scan says."""
    found = find_kind(paper.first, paper.head, paper.document_type.match.kinds)
    if found is None:
        return None
    if found.title is None:
        about = paper.head.about or paper.head.addressee
        return Reading(about.tokens[:1] if about else (), paper.first.number, None, value=found.kind.name)
    reading = read(found.title.tokens, paper.first.number, found.title.score)
    return Reading(reading.tokens, reading.sheet, reading.text, found.kind.name, found.title.score)


def find_subject(paper: Paper, _field: FieldSpec) -> Reading | None:
    """The lines under the printed kind, up to a wider step or the opening of the body."""
    found = find_kind(paper.first, paper.head, paper.document_type.match.kinds)
    if found is None or found.title is None:
        return None
    title = found.title.segments[-1]
    lines: list[Segment] = []
    above = title
    for segment in (s for s in paper.first.segments if s.middle > title.middle and _bears_text(s, after=lines)):
        if segment.middle - above.middle < 0.6 * paper.first.word_height and above is not title:
            if 0 < segment.left - above.right < ROW_PARTED_MAX * paper.first.word_height:
                lines.append(segment)
            continue  # beside the line just taken: a stamp in the margin
        if lines and segment.capital_share >= HEADING_CAPITAL_SHARE > lines[0].capital_share:
            break  # the office that decides
        step = SUBJECT_STEP_MAX if lines else 1.8
        if segment.middle - above.middle > step * paper.first.pitch or _opens_body(segment):
            break
        if segment.centre < paper.first.width * 0.3 or len(lines) >= SUBJECT_ROWS_MAX:
            continue  # a receiver's stamp in the left margin
        lines.append(segment)
        above = segment
    return _join_subject(lines)


def find_about(paper: Paper, _field: FieldSpec) -> Reading | None:
    """``V/v …`` under the number and the lines under it in the same column (công văn)."""
    first = paper.head.about
    if first is None:
        return None
    lines = [first]
    border = paper.first.width * 0.55
    for segment in (s for s in paper.first.segments if s.middle > first.middle + 1):
        step = segment.middle - lines[-1].middle
        if step > ABOUT_STEP_MAX * paper.first.pitch or _opens_body(segment):
            break
        if segment.centre < border and segment.left < first.right and _bears_text(segment, after=lines):
            lines.append(segment)
    return _join_subject(lines)


def _bears_text(segment: Segment, *, after: Sequence[Segment]) -> bool:
    """Letters, or the year alone that a subject's last line often is: without it the subject would be another."""
    return segment.has_letters or (bool(after) and all(token.bare.isdigit() for token in segment.tokens))


def _opens_body(segment: Segment) -> bool:
    return segment.folded.startswith(_BODY_OPENINGS)


def _join_subject(lines: Sequence[Segment]) -> Reading | None:
    if not lines:
        return None
    tokens = [token for segment in lines for token in segment.tokens]
    texts = [token.folded for token in tokens]
    start = next(
        (i for i in range(min(len(tokens) - 1, 12)) if " ".join(texts[i : i + 2]).startswith(_SUBJECT_OPENINGS[:2])),
        0,
    )
    return read(tuple(tokens[start:]), lines[0].sheet)
