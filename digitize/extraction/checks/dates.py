"""Checks of dates: against the calendar, other dates, and the same date in words."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from digitize.extraction import normalisers, numerals
from digitize.extraction.checks.api import Candidate, Candidates, value_of
from digitize.extraction.letters import bare_letters
from digitize.extraction.schema import DocumentType

FIRST_ISSUE_YEAR = 1900
PARENT_AGE_MIN = 12
PARENT_AGE_MAX = 80
LONGEST_VALIDITY_YEARS = 60
LONGEST_LIFE_YEARS = 120
YEARS_OF_IDENTITY_CARDS = 15
CARD_AGES = frozenset({14, 25, 40, 60})
_FULL_DATE = 10
_YEAR_IN_NUMBER = re.compile(r"/((?:19|20)\d\d)(?:/|$)")


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


def expiry_date(field: Candidate, fields: Candidates, others: Sequence[str], _type: DocumentType) -> bool | None:
    """A full date within 60 years from now, after the issue date (``others[0]``) where one is named."""
    if field.value is None:
        return None
    last_year = datetime.now(UTC).year + LONGEST_VALIDITY_YEARS
    if len(field.value) != _FULL_DATE or not FIRST_ISSUE_YEAR <= int(field.value[:4]) <= last_year:
        return False
    issued = value_of(fields, others)
    return issued is None or field.value > issued


def expires_on_birthday(
    field: Candidate, fields: Candidates, others: Sequence[str], _type: DocumentType
) -> bool | None:
    """A citizen's card expires on the 14th, 25th, 40th or 60th birthday (Law 26/2023/QH15, Art. 21).

    None of one that expires 15 years after its issue, as identity cards did until 2015 (Circular 04/1999/TT-BCA). The
    birth date is ``others[0]``; the same check may stand at the birth date with the expiry as ``others[0]``.
    """
    other = value_of(fields, others)
    if other is None or field.value is None or not len(other) == len(field.value) == _FULL_DATE:
        return None
    born, expires = sorted((field.value, other))
    issued = value_of(fields, ["issue_date"])
    if issued and issued[4:] == expires[4:] and int(expires[:4]) - int(issued[:4]) == YEARS_OF_IDENTITY_CARDS:
        return None
    return born[4:] == expires[4:] and int(expires[:4]) - int(born[:4]) in CARD_AGES


def number_matches_date(
    field: Candidate, fields: Candidates, others: Sequence[str], _type: DocumentType
) -> bool | None:
    """The year inside a number, ``84/2019/NĐ-CP`` or ``31/2019``, is the year of the date.

    One is the field, the other ``others[0]``. Only for numbers given on the day of that date: the extract of a
    register (trích lục) carries a number of its own.
    """
    other = value_of(fields, others)
    if field.value is None or other is None:
        return None
    number, date = (field.value, other) if "/" in field.value else (other, field.value)
    year = _YEAR_IN_NUMBER.search(number)
    return None if year is None or "/" in date else year[1] == date[:4]


def age_fits(field: Candidate, fields: Candidates, others: Sequence[str], _type: DocumentType) -> bool | None:
    """The person was 0 to 120 years old on the date ``others[0]``; the field is the birth date or year."""
    other = value_of(fields, others)
    if field.value is None or other is None:
        return None
    return 0 <= int(other[:4]) - int(field.value[:4]) <= LONGEST_LIFE_YEARS
