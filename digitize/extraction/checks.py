"""What Vietnamese papers let us check about a value: against itself, the other fields and closed lists.

A check answers True (it holds), False (it fails: a person has to look) or None (nothing to compare with).
A failed check never changes a value.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from digitize.extraction import normalisers, numerals, personal_ids
from digitize.extraction.letters import bare_letters, fold, is_syllable, squeeze
from digitize.extraction.schema import DocumentType
from digitize.extraction.vocabulary import AGENCY_TERMS, BODIES, CAPACITIES, ETHNICITIES, NATIONALITIES

FIRST_ISSUE_YEAR = 1900
PARENT_AGE_MIN = 12
PARENT_AGE_MAX = 80
NAME_WORDS = range(2, 7)
_SYMBOL = re.compile(r"\d{1,8}[A-Za-z]?/(?:\d{4}/)?([A-ZĐƯa-zđư]{1,12})((?:[-/&][A-ZĐƯa-zđư0-9]{1,12}){0,6})")
_FULL_DATE = 10
_REGISTER_NUMBER = re.compile(r"\d{1,6}(?:/(?:19|20)\d\d|/[A-ZĐ]{1,8}(?:-[A-ZĐ]{1,8}){0,3})?")
_AGENCY_WORD_BY_LETTERS: dict[str, set[str]] = {}
for _term in AGENCY_TERMS:
    _AGENCY_WORD_BY_LETTERS.setdefault(squeeze(_term), set()).add(_term)
_LEVELS = {"tinh", "xa", "phuong", "huyen", "quan", "thanh", "thi", "dac", "uy", "so", "bo", "cuc", "hoi"}
"""Words that open a line of an agency's name; there they have one right spelling."""
_LEVEL_SPELLINGS = {
    "tỉnh",
    "xã",
    "phường",
    "huyện",
    "quận",
    "thành",
    "thị",
    "đặc",
    "ủy",
    "uỷ",
    "sở",
    "bộ",
    "cục",
    "hội",
}
_CAPACITY = rf"(?:PHÓ )?(?:{'|'.join(CAPACITIES)})"
_POSITION = re.compile(
    rf"(?:TM\. (?:{'|'.join(BODIES)})(?: [A-ZÀ-ỸĐ]{{1,7}}){{0,8}} )?"
    rf"(?:(?:TL|TUQ)\. {_CAPACITY} )?"
    rf"(?P<deputy_for>KT\. {_CAPACITY} )?(?:Q\. )?(?P<capacity>{_CAPACITY})"
)


@dataclass(frozen=True)
class Candidate:
    """A field read and normalised, before it is judged."""

    name: str
    value: str | None
    text: str | None


Candidates = Mapping[str, Candidate]
Check = Callable[[Candidate, Candidates, Sequence[str], DocumentType], bool | None]


def valid_date(field: Candidate, _all: Candidates, _others: Sequence[str], _type: DocumentType) -> bool | None:
    """A full calendar date in a believable year, not after tomorrow (time zones); a partial date fails."""
    if field.value is None:
        return None
    if len(field.value) != _FULL_DATE or int(field.value[:4]) < FIRST_ISSUE_YEAR:
        return False
    return field.value <= (datetime.now(UTC) + timedelta(days=1)).date().isoformat()


def matches_words(field: Candidate, fields: Candidates, others: Sequence[str], _type: DocumentType) -> bool | None:
    """The date in digits is the date in words (``others[0]``), or the other way round."""
    other = fields.get(others[0])
    if other is None or field.value is None or other.value is None:
        return None
    for digits, words in ((field.value, other.value), (other.value, field.value)):
        said = numerals.read_date(words)
        if said is not None and normalisers.day(digits) is not None:
            return said.isoformat() == normalisers.day(digits)
    return None


def matches_personal_id(
    field: Candidate, fields: Candidates, others: Sequence[str], _type: DocumentType
) -> bool | None:
    """Birth date or sex agree with the personal number (``others[0]``)."""
    number = fields.get(others[0])
    if number is None or number.value is None or field.value is None:
        return None
    if field.value in {"male", "female"}:
        said = personal_ids.sex(number.value)
        return None if said is None else said == field.value
    year = personal_ids.birth_year(number.value)
    return None if year is None else field.value[:4] == str(year)


def valid_personal_id(field: Candidate, fields: Candidates, others: Sequence[str], _type: DocumentType) -> bool | None:
    """Province code, century, year and sex digits make sense, and agree with birth date and sex if named."""
    if field.value is None:
        return None
    if not personal_ids.is_well_formed(field.value):
        return False
    verdicts = [matches_personal_id(fields[o], {"": field}, ("",), _type) for o in others if o in fields]
    return False not in verdicts


def number_symbol_known(
    field: Candidate, fields: Candidates, others: Sequence[str], document_type: DocumentType
) -> bool | None:
    """The symbol (ký hiệu) is the one the printed kind takes; holds for the number as for the kind."""
    kind_field = fields.get(others[0]) if others else None
    number = field if field.value and "/" in field.value else kind_field
    kind_name = kind_field.value if number is field and kind_field else field.value
    if number is None or number.value is None or kind_name is None:
        return None
    match = _SYMBOL.fullmatch(number.value)
    if match is None:
        return False
    first = match[1]
    kinds = {kind.name: kind for kind in document_type.match.kinds}
    kind = kinds.get(kind_name)
    if kind is None:
        return None
    if kind.unprinted:
        taken = {symbol for other in document_type.match.kinds for symbol in other.symbols}
        return first not in taken and bool(match[2])
    return first in kind.symbols


def register_number(field: Candidate, _all: Candidates, _others: Sequence[str], _type: DocumentType) -> bool | None:
    """A number of the civil register: alone, with its year, or with a symbol in capitals."""
    return None if field.value is None else _REGISTER_NUMBER.fullmatch(field.value) is not None


def matches_agency(field: Candidate, fields: Candidates, others: Sequence[str], _type: DocumentType) -> bool | None:
    """The place is part of the agency's name (``others[0]``), letter for letter but for the case."""
    agency = fields.get(others[0])
    if agency is None or agency.value is None or field.value is None:
        return None
    place = [bare_letters(word).lower() for word in field.value.split()]
    words = [bare_letters(word).lower() for word in agency.value.split()]
    if any(words[i : i + len(place)] == place for i in range(len(words))):
        return True
    same_letters = [fold(word) for word in place]
    folded = [fold(word) for word in words]
    # The same letters with other marks: one of the two was read wrongly. Another place says nothing.
    return False if any(folded[i : i + len(place)] == same_letters for i in range(len(folded))) else None


def agency_words(field: Candidate, _all: Candidates, _others: Sequence[str], _type: DocumentType) -> bool | None:
    """Every word is a possible syllable, and words of level such as TỈNH are spelled right: scans read TINH."""
    if field.value is None:
        return None
    if any(word.endswith((".", ";", ":")) for word in field.value.split()):
        return False  # a speck at the end of a head line, read as a full stop
    words = [bare_letters(word).lower() for word in field.value.split()]
    words = [word for word in words if word.isalpha()]
    if not words or (words[0] not in _LEVEL_SPELLINGS and fold(words[0]) in _LEVELS):
        return False
    for before, word in pairwise(words):
        after_noun = before in {"dân", "đồng", "phố", "ban"}
        if after_noun and fold(word) in _LEVELS and word not in _LEVEL_SPELLINGS:
            return False
    return all(is_syllable(word) or word in {"ubnd", "hđnd"} for word in words)


def person_name(field: Candidate, _all: Candidates, _others: Sequence[str], _type: DocumentType) -> bool | None:
    """Two to six possible syllables, each with a capital."""
    if field.value is None:
        return None
    words = field.value.split()
    return len(words) in NAME_WORDS and all(w[0].isupper() and is_syllable(w.lower()) for w in words)


def known_capacity(field: Candidate, _all: Candidates, _others: Sequence[str], _type: DocumentType) -> bool | None:
    """The position is complete and put together as Decree 30/2020 has it (Appendix I, box 7a).

    ``TM. <body>`` is followed by a capacity, ``KT. <capacity>`` by a deputy's: a scan that lost a line under the
    seal fails here.
    """
    if field.value is None:
        return None
    words = field.value.upper().replace("UỶ", "ỦY").replace(".", ". ").split()
    match = _POSITION.fullmatch(" ".join(words))
    if match is None:
        return False
    return match["deputy_for"] is None or match["capacity"].startswith(("PHÓ ", "THỨ TRƯỞNG"))


def numeral_words(field: Candidate, _all: Candidates, _others: Sequence[str], _type: DocumentType) -> bool | None:
    """Every word is a Vietnamese numeral or date word in its right spelling."""
    if field.value is None:
        return None
    words = [bare_letters(word).lower() for word in field.value.split()]
    return all(word in numerals.SPELLINGS for word in words if word)


def parent_age(field: Candidate, fields: Candidates, others: Sequence[str], _type: DocumentType) -> bool | None:
    """A parent was 12 to 80 years old at the child's birth (``others[0]``)."""
    child = fields.get(others[0])
    if child is None or child.value is None or field.value is None:
        return None
    return PARENT_AGE_MIN <= int(child.value[:4]) - int(field.value[:4]) <= PARENT_AGE_MAX


def not_before(field: Candidate, fields: Candidates, others: Sequence[str], _type: DocumentType) -> bool | None:
    """The date is not before another (``others[0]``); equal parts of partial dates pass."""
    other = fields.get(others[0])
    if other is None or other.value is None or field.value is None:
        return None
    length = min(len(other.value), len(field.value))
    return field.value[:length] >= other.value[:length]


def known_ethnicity(field: Candidate, _all: Candidates, _others: Sequence[str], _type: DocumentType) -> bool | None:
    return None if field.value is None else field.value.lower() in _lower(ETHNICITIES)


def known_nationality(field: Candidate, _all: Candidates, _others: Sequence[str], _type: DocumentType) -> bool | None:
    return None if field.value is None else field.value.lower() in _lower(NATIONALITIES)


def _lower(words: Sequence[str]) -> set[str]:
    return {word.lower() for word in words}


CHECKS: dict[str, Check] = {
    "valid_date": valid_date,
    "matches_words": matches_words,
    "matches_personal_id": matches_personal_id,
    "valid_personal_id": valid_personal_id,
    "number_symbol_known": number_symbol_known,
    "register_number": register_number,
    "matches_agency": matches_agency,
    "agency_words": agency_words,
    "person_name": person_name,
    "known_capacity": known_capacity,
    "numeral_words": numeral_words,
    "parent_age": parent_age,
    "not_before": not_before,
    "known_ethnicity": known_ethnicity,
    "known_nationality": known_nationality,
}

CHECK_ARGUMENTS = {
    "matches_words": 1, "matches_personal_id": 1, "number_symbol_known": 1, "matches_agency": 1,
    "parent_age": 1, "not_before": 1,
}  # fmt: skip
"""How many other fields a check must name; others name none or, as valid_personal_id, any number."""

SUPPORT = {
    "matches_words": 0.2, "valid_personal_id": 0.5, "matches_personal_id": 0.4, "number_symbol_known": 0.25,
    "matches_agency": 0.3, "known_ethnicity": 0.2, "known_nationality": 0.2, "known_capacity": 0.3,
    "numeral_words": 0.3,
}  # fmt: skip
"""By how much a check that holds shrinks the doubt left in a value; a check not named here shrinks nothing.

Numbers with a symbol are in no dictionary, so Tesseract gives right ones anything from 0.3 to 0.95."""
