"""The head of an official paper (Decree 30/2020, Appendix I, boxes 1 to 5b and 9a).

Left: parent agency over issuing agency over number (or ``V/v``). Right: national motto over place and date.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from digitize.extraction.layout import GAP_IN_HEIGHTS, Row, Segment, Sheet, Token

HEAD_SHARE = 0.5
"""The head lies in this upper part of the first page."""
PLACE_WORDS_MAX = 8
TRANSLATION_LETTERS_MAX = 4
"""Under the agency of a bilingual card: ``BỘ GTVT``, ``MOT``."""
TRANSLATION_SCORE_MIN = 75.0
"""Of 100; small capitals are read as ``MINSTRY OE PUBLIC SECUEITY``."""
_ENGLISH_OFFICES = ("ministryofpublicsecurity", "ministryoftransport")
_PLACE_NOUNS = frozenset({"pho", "thi", "xa", "tran", "phuong", "quan", "huyen", "tinh", "khu", "dao"})
_IA_AS_READ = "la"
"""Ia, with which communes of the highlands begin: ``la Dom, ngày``."""
OFFICE_CAPITAL_SHARE = 0.9
_PHRASE_REACH = 5
"""Words between ``ngày``, ``tháng`` and ``năm``, at most: OCR breaks handwriting into pieces."""

NUMBER_WITH_SYMBOL = re.compile(r"[0-9A-Za-z]{1,8}\s{0,3}/\s{0,3}(?:\d{4}\s?/\s?)?[A-ZĐa-zđ0-9Ưư]{1,12}")


@dataclass(frozen=True)
class DatePhrase:
    """``<place>, ngày … tháng … năm …`` in one row; any part may be empty."""

    place: tuple[Token, ...]
    date: tuple[Token, ...]
    """From ``ngày`` to the year."""
    middle: float
    sheet: int
    labelled: bool
    """A colon stands before place and date: they are the value of a label."""


@dataclass(frozen=True)
class Head:
    motto: Segment | None
    number: Segment | None
    """The segment that starts with ``Số``."""
    place_and_date: DatePhrase | None
    agency_lines: tuple[Segment, ...]
    """What stands left of the motto and above the number, top to bottom."""
    about: Segment | None
    """The line that starts with ``V/v`` under the number."""
    addressee: Segment | None
    """The line that starts with ``Kính gửi``."""

    @property
    def bottom(self) -> float:
        """Where the head ends and a title may begin; 0 where there is no head."""
        ends = [self.motto.bottom] if self.motto else []
        if self.number:
            ends.append(self.number.top)
        return max(ends, default=0.0)


def find_head(sheet: Sheet) -> Head:
    limit = sheet.height * HEAD_SHARE
    rows = [row for row in sheet.rows if row.middle < limit]
    segments = [segment for row in rows for segment in row.segments]
    motto = next((s for s in segments if _is_motto(s)), None)
    date = _find_head_date(sheet, rows)
    number = _find_number(sheet, segments, date)
    about = next((s for s in segments if _starts_about(s) and s.centre < sheet.width * 0.5), None)
    return Head(
        motto=motto,
        number=number,
        place_and_date=date,
        agency_lines=_agency_lines(sheet, segments, motto, number),
        about=about,
        addressee=next((s for s in segments if s.squeezed.startswith("kinhgui")), None),
    )


def find_date_phrases(rows: Sequence[Row], sheet: int) -> list[DatePhrase]:
    """Every ``ngày … tháng … năm …`` with what stands before it, top to bottom; one a row at most."""
    found: list[DatePhrase] = []
    for row in rows:
        tokens = [token for segment in row.segments for token in segment.tokens]
        span = find_date_span(tokens)
        if span is None:
            continue
        start, end = span
        place = _place_before(tokens, start)
        before = start - len(place) - 1
        labelled = before >= 0 and tokens[before].text.endswith(":")
        found.append(DatePhrase(place, tuple(tokens[start:end]), row.middle, sheet, labelled))
    return found


def find_date_span(tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Index range from ``ngày`` to the year, or None."""
    for start, token in enumerate(tokens):
        if not token.squeezed.startswith("ngay"):
            continue
        month = _next(tokens, start, "thang")
        year = None if month is None else _next(tokens, month, "nam")
        if year is None:
            continue
        has_year = any(c.isdigit() for c in tokens[year].squeezed)
        end = min(len(tokens), year + (1 if has_year else 2))
        if _is_label(tokens[start:end]):
            continue
        return start, end
    return None


def _is_label(tokens: Sequence[Token]) -> bool:
    """``Ngày, tháng, năm sinh``: a word where the year should be, and no digit anywhere."""
    letters = tokens[-1].bare
    return letters.isalpha() and not letters.isupper() and not any(c.isdigit() for token in tokens for c in token.text)


def is_date_with_place(phrase: DatePhrase) -> bool:
    """``<Place>, ngày …``: a capital first and a comma last, as the line of place and date is printed.

    Words of a sentence are no place: ``Đăng ký lần đầu, ngày …``.
    """
    place = phrase.place[1:] if len(phrase.place) > 1 and phrase.place[0].bare == _IA_AS_READ else phrase.place
    if not place or not place[0].bare[:1].isupper() or not place[-1].text.endswith((",", ".")):
        return False
    return not any(token.bare.islower() and token.squeezed not in _PLACE_NOUNS for token in place)


def _next(tokens: Sequence[Token], start: int, word: str) -> int | None:
    reach = range(start + 1, min(len(tokens), start + 1 + _PHRASE_REACH))
    return next((index for index in reach if tokens[index].squeezed.lstrip("0123456789").startswith(word)), None)


def _place_before(tokens: Sequence[Token], end: int) -> tuple[Token, ...]:
    start = end
    while start > 0 and end - start < PLACE_WORDS_MAX:
        before, after = tokens[start - 1], tokens[start] if start < len(tokens) else tokens[start - 1]
        height = max(before.height, 1.0)
        if after.left - before.right > GAP_IN_HEIGHTS * height or "/" in before.text or before.text.endswith(":"):
            break
        start -= 1
    return tuple(tokens[start:end])


def _is_motto(segment: Segment) -> bool:
    text = segment.squeezed
    if text == "cong":  # its first word, parted from it on a bent page
        return True
    return "xahoichunghia" in text or text.startswith(("conghoaxa", "doclaptudo")) or text.endswith("hanhphuc")


def _starts_about(segment: Segment) -> bool:
    return segment.folded.startswith(("v/v", "v/ v", "vv:", "v/ v:"))


def _find_head_date(sheet: Sheet, rows: Sequence[Row]) -> DatePhrase | None:
    phrases = [phrase for phrase in find_date_phrases(rows, sheet.number) if not phrase.labelled]
    right = [p for p in phrases if p.date[-1].right > sheet.width * 0.6 and p.date[0].left > sheet.width * 0.35]
    return next((p for p in right if is_date_with_place(p)), right[0] if right else None)


def _find_number(sheet: Sheet, segments: Sequence[Segment], date: DatePhrase | None) -> Segment | None:
    candidates = [
        s
        for s in segments
        if s.tokens[0].squeezed in {"so", "s0"} and len(s.tokens) > 1 and not _is_office(s) and not _is_other_number(s)
    ]
    if not candidates:
        return None

    def rank(segment: Segment) -> tuple[bool, float, bool]:
        level = abs(segment.middle - date.middle) if date else segment.middle
        return (segment.left > sheet.width * 0.6, level, NUMBER_WITH_SYMBOL.search(segment.text) is None)

    return min(candidates, key=rank)


def _is_office(segment: Segment) -> bool:
    """``SỞ TÀI CHÍNH``, whose first word has the letters of ``Số``."""
    return segment.capital_share > OFFICE_CAPITAL_SHARE and not any(c.isdigit() for c in segment.text)


def _is_other_number(segment: Segment) -> bool:
    """``Số định danh cá nhân``, ``Số vào sổ``: a number that is not the paper's own."""
    return (
        not segment.tokens[0].text.endswith(":")
        and segment.tokens[1].bare.isalpha()
        and segment.tokens[1].bare.islower()
    )


def _is_translation(line: Segment) -> bool:
    """``MOT``, ``MINISTRY OF PUBLIC SECURITY``."""
    ratios = (fuzz.ratio(line.squeezed, office) for office in _ENGLISH_OFFICES)
    return len(line.squeezed) <= TRANSLATION_LETTERS_MAX or max(ratios) >= TRANSLATION_SCORE_MIN


def _agency_lines(
    sheet: Sheet, segments: Sequence[Segment], motto: Segment | None, number: Segment | None
) -> tuple[Segment, ...]:
    top = motto.top - 1.5 * sheet.pitch if motto else 0.0
    bottom = number.top if number else (motto.bottom + 4 * sheet.pitch if motto else 0.0)
    border = motto.left if motto else sheet.width * 0.5
    lines = [
        s
        for s in segments
        if top <= s.middle < bottom and s.right <= border + sheet.word_height and s.has_letters and s is not number
    ]
    if sheet.is_card and len(lines) > 1 and _is_translation(lines[-1]):
        lines.pop()
    return tuple(lines)
