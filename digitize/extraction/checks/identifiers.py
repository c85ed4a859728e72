"""Checks of numbers of persons and enterprises."""

import re
from collections.abc import Sequence

from digitize.extraction import personal_ids, tax_codes
from digitize.extraction.checks.api import Candidate, Candidates, value_of
from digitize.extraction.schema import DocumentType
from digitize.extraction.vocabulary import LICENCE_CLASSES

_PHONE = re.compile(r"0(?:[35789]\d{8}|2\d{9})")
_LAND_SERIAL = re.compile(r"[A-ZĐ]{1,2} ?\d{6,8}")


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
    """Province code, century, year and sex digits make sense, and agree with birth date and sex if named. None for a
    number of the old card, of which hardly anything can be told.
    """
    if field.value is None:
        return None
    if not personal_ids.is_well_formed(field.value):
        return False
    if len(field.value) == personal_ids.OLD_LENGTH:
        return None
    verdicts = [matches_personal_id(fields[o], {"": field}, ("",), _type) for o in others if o in fields]
    return False not in verdicts


def id_is_female(field: Candidate, _all: Candidates, _others: Sequence[str], _type: DocumentType) -> bool | None:
    """The number is a woman's by its sex digit; None for a number of the old card."""
    said = None if field.value is None else personal_ids.sex(field.value)
    return None if said is None else said == "female"


def id_is_male(field: Candidate, _all: Candidates, _others: Sequence[str], _type: DocumentType) -> bool | None:
    """The number is a man's by its sex digit; None for a number of the old card."""
    said = None if field.value is None else personal_ids.sex(field.value)
    return None if said is None else said == "male"


def licence_number(field: Candidate, _all: Candidates, _others: Sequence[str], _type: DocumentType) -> bool | None:
    """Twelve digits, of which two and more differ; of the older numbers with letters nothing is known."""
    if field.value is None or not field.value.isdigit():
        return None
    return len(field.value) == personal_ids.LENGTH and len(set(field.value)) > 1


def licence_class(field: Candidate, _all: Candidates, _others: Sequence[str], _type: DocumentType) -> bool | None:
    """A class of the Road Traffic Law of 2008 (Art. 59) or of the law that took its place in 2025 (36/2024/QH15,
    Art. 57).
    """
    return None if field.value is None else all(part in LICENCE_CLASSES for part in field.value.split(", "))


def tax_code(field: Candidate, _all: Candidates, _others: Sequence[str], _type: DocumentType) -> bool | None:
    """A tax code (mã số thuế, mã số doanh nghiệp) of an organisation, its branch, or a person; see ``tax_codes``."""
    return None if field.value is None else tax_codes.is_well_formed(field.value)


def matches_number(field: Candidate, fields: Candidates, others: Sequence[str], _type: DocumentType) -> bool | None:
    """The same number printed twice on one paper, here and as ``others[0]``."""
    other = value_of(fields, others)
    return None if field.value is None or other is None else field.value == other


def phone(field: Candidate, _all: Candidates, _others: Sequence[str], _type: DocumentType) -> bool | None:
    """Ten digits of a mobile network or eleven of a landline (numbering plan of Circular 22/2014/TT-BTTTT)."""
    return None if field.value is None else _PHONE.fullmatch(field.value) is not None


def land_serial(field: Candidate, _all: Candidates, _others: Sequence[str], _type: DocumentType) -> bool | None:
    """Number of a land certificate's form (số phát hành): one or two letters and six to eight digits."""
    return None if field.value is None else _LAND_SERIAL.fullmatch(field.value) is not None
