"""From the text as printed to the value of the record (RECORD, "Values").

A normaliser changes how a value is written, never what it says: where the text is no such value it gives None,
and the text alone goes to a reviewer. Each is idempotent, gives NFC and looks at a bounded part of the text.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date

from digitize.extraction.letters import fold
from digitize.extraction.personal_ids import LENGTH, OLD_LENGTH

Normaliser = Callable[[str], str | None]

TEXT_MAX = 2_000
"""Characters; a longer value is not one field of a paper."""
NAME_WORDS_MAX = 12
FIRST_YEAR = 1800
LAST_YEAR = 2200

_ISO = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_DAY_MONTH_YEAR = re.compile(r"(?:ngay\s{0,3})?(\d{1,2})\s{0,3}[/.\-]\s{0,3}(\d{1,2})\s{0,3}[/.\-]\s{0,3}(\d{4})(?!\d)")
_DATE_IN_WORDS = re.compile(
    r"(?:ngay\s{0,3})?(\d{1,2})[\s,]{1,4}thang[\s,]{0,4}(\d{1,2})[\s,]{1,4}nam[\s,]{0,4}(\d{4})(?!\d)"
)
_MONTH_YEAR = re.compile(r"(?:thang\s{0,3})?(\d{1,2})(?:\s{0,3}[/.\-]\s{0,3}|\s{1,3}nam\s{1,3})(\d{4})(?!\d)")
_YEAR = re.compile(r"(?:nam\s{1,3})?(\d{4})(?!\d)")
_NUMBER = re.compile(r"\d{1,8}[A-Za-z]?(?:/[0-9A-Za-zĐđƯư]{1,12}(?:[-./&][0-9A-Za-zĐđƯư]{1,12}){0,6})?")


def text(untrusted: str) -> str | None:
    """One space between words, NFC."""
    return " ".join(unicodedata.normalize("NFC", untrusted[:TEXT_MAX]).split()) or None


def name(untrusted: str) -> str | None:
    """A person's name in the case printed; None with digits or signs in it."""
    value = text(untrusted)
    if value is None or len(value.split()) > NAME_WORDS_MAX:
        return None
    return value if all(c.isalpha() or c in " '’.-" for c in value) and value[0].isalpha() else None


def day(untrusted: str) -> str | None:
    """``YYYY-MM-DD``, or ``YYYY-MM`` or ``YYYY`` where only that is printed. A date that never was gives None."""
    printed = fold(untrusted[:TEXT_MAX]).strip(" .,;:()_-…")
    if match := _ISO.fullmatch(printed):
        return _compose(match[1], match[2], match[3])
    if match := _DAY_MONTH_YEAR.fullmatch(printed) or _DATE_IN_WORDS.fullmatch(printed):
        return _compose(match[3], match[2], match[1])
    if match := _MONTH_YEAR.fullmatch(printed):
        return _compose(match[2], match[1], None)
    if match := _YEAR.fullmatch(printed):
        return _compose(match[1], None, None)
    return None


def year(untrusted: str) -> str | None:
    """``YYYY`` of a year or of a date."""
    value = day(untrusted)
    return value[:4] if value else None


def sex(untrusted: str) -> str | None:
    printed = fold(untrusted[:TEXT_MAX]).strip(" .,;:()_-…")
    return {"nam": "male", "male": "male", "nu": "female", "female": "female"}.get(printed)


def personal_id(untrusted: str) -> str | None:
    """12 digits, or 9 of the old card; spaces and dots between the digits go."""
    digits = "".join(c for c in untrusted[:TEXT_MAX] if c not in " .")
    right = digits.isascii() and digits.isdigit() and len(digits) in {LENGTH, OLD_LENGTH}
    return digits if right else None


def document_number(untrusted: str) -> str | None:
    """Number and symbol without spaces (``84/QĐ-UBND``); None unless it begins with digits."""
    value = "".join(unicodedata.normalize("NFC", untrusted[:TEXT_MAX]).split()).strip(".,;:")
    return value if _NUMBER.fullmatch(value) else None


def _compose(year_digits: str, month_digits: str | None, day_digits: str | None) -> str | None:
    year_number = int(year_digits)
    if not FIRST_YEAR <= year_number <= LAST_YEAR:
        return None
    if month_digits is None:
        return f"{year_number:04}"
    try:
        full = date(year_number, int(month_digits), int(day_digits or 1))
    except ValueError:
        return None
    return full.isoformat() if day_digits else full.isoformat()[:7]


NORMALISERS: dict[str, Normaliser] = {
    "text": text,
    "name": name,
    "date": day,
    "year": year,
    "sex": sex,
    "personal_id": personal_id,
    "document_number": document_number,
}
