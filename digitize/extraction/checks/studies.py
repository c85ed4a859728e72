"""Checks of what diplomas say."""

import re
from collections.abc import Sequence

from digitize.extraction.checks.api import Candidate, Candidates, value_of
from digitize.extraction.schema import DocumentType

CLASSIFICATIONS = frozenset(
    {"xuất sắc", "giỏi", "khá", "trung bình khá", "trung bình - khá", "trung bình", "đạt", "tb khá", "tb", "yếu"}
)
"""Of schools and universities (Circulars 08/2021 and 31/2023/TT-BGDĐT, and those before them)."""
CONFERRED_WITHIN_YEARS = 1

_NUMBER = re.compile(r"(?:[A-ZĐ]{1,4}[ ./-]{0,2})?[0-9]{4,10}")
_REGISTER = re.compile(
    r"(?:[A-ZĐ0-9.-]{1,12}/){0,3}[0-9]{1,6}(?:[/-](?:19|20)?[0-9]{2})?(?:[/-][A-ZĐ0-9.-]{1,12}){0,3}"
)


def known_classification(
    field: Candidate, _all: Candidates, _others: Sequence[str], _type: DocumentType
) -> bool | None:
    return None if field.value is None else field.value.lower() in CLASSIFICATIONS


def diploma_number(field: Candidate, _all: Candidates, _others: Sequence[str], _type: DocumentType) -> bool | None:
    """Up to four letters and four to ten digits (``A 04898524``, ``QC 012345``)."""
    return None if field.value is None else _NUMBER.fullmatch(field.value) is not None


def diploma_register(field: Candidate, _all: Candidates, _others: Sequence[str], _type: DocumentType) -> bool | None:
    """A number with the year or the signs of a faculty beside it (``443/2020``, ``CN.12/2019``)."""
    return None if field.value is None else _REGISTER.fullmatch(field.value) is not None


def year_of(field: Candidate, fields: Candidates, others: Sequence[str], _type: DocumentType) -> bool | None:
    """The year is that of the date (``others[0]``) or the one before; a diploma written out later says nothing.

    False: a year after the date.
    """
    date = value_of(fields, others)
    if field.value is None or date is None:
        return None
    later = int(date[:4]) - int(field.value[:4])
    return None if later > CONFERRED_WITHIN_YEARS else later >= 0
