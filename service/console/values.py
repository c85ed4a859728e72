"""Values of fields as a person reads and types them, and back to the record's form."""

import re
import unicodedata
from datetime import date
from typing import Literal

from digitize.model import FieldValue

Kind = Literal["date", "year", "person_number", "sex", "text"]

TEXT_LENGTH_MAX = 2_000
_PERSON_NUMBERS = frozenset({"personal_id", "wife_id", "husband_id", "old_id"})
_DATES = frozenset({"valid_until", "first_registered"})
_CONTROL_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
_ISO_DATE = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?\Z")
_TYPED_DATE = re.compile(r"(?:(?:(?P<day>[0-9]{1,2})[/.-])?(?P<month>[0-9]{1,2})[/.-])?(?P<year>[0-9]{4})\Z")
NOTHING = frozenset({"-", "–", "—"})
"""What a reviewer types to say that the paper has no such thing, where an empty box could be an oversight."""

_FIRST_YEAR, _LAST_YEAR = 1800, 2200
_PERSON_NUMBER = re.compile(r"[0-9]{9}(?:[0-9]{3})?\Z")


class ValueRefusedError(ValueError):
    """What was typed does not fit the field; ``phrase`` names the sentence that says so."""

    def __init__(self, phrase: str) -> None:
        super().__init__(phrase)
        self.phrase = phrase


def kind_of(name: str) -> Kind:
    """By the field's name, since the record gives names one meaning in every document type."""
    if name.endswith("_words"):
        return "text"
    if name.endswith("_year"):
        return "year"
    if name in _DATES or name.endswith("_date") or "date_of_" in name:
        return "date"
    if name in _PERSON_NUMBERS:
        return "person_number"
    return "sex" if name == "sex" else "text"


def shown(name: str, value: FieldValue) -> str:
    """Lists one a line; dates day first, as on paper, so that eyes compare like with like."""
    if value is None:
        return ""
    if isinstance(value, list):
        return "\n".join(shown(name, part) for part in value)
    found = _ISO_DATE.match(value) if kind_of(name) == "date" else None
    return "/".join(part for part in reversed(found.groups()) if part) if found else value


def read_typed(name: str, untrusted_text: str, *, several: bool) -> FieldValue:
    """The record's form of what a reviewer typed; None for nothing or a dash. Raises ValueRefusedError."""
    if len(untrusted_text) > TEXT_LENGTH_MAX:
        raise ValueRefusedError("bad_text")
    lines = unicodedata.normalize("NFC", untrusted_text).replace("\r\n", "\n").split("\n")
    values = [line if line in NOTHING else _one(name, line) for line in map(str.strip, lines) if line]
    if not values or (len(values) == 1 and values[0] in NOTHING):
        return None
    if several:
        return values
    if len(values) > 1:
        raise ValueRefusedError("bad_text")
    return values[0]


def _one(name: str, line: str) -> str:
    text = " ".join(line.split())
    if any(unicodedata.category(letter) in _CONTROL_CATEGORIES for letter in text):
        raise ValueRefusedError("bad_text")
    match kind_of(name):
        case "date":
            return _date(text)
        case "year":
            if not re.fullmatch(r"[0-9]{4}", text):
                raise ValueRefusedError("bad_year")
        case "person_number":
            text = text.replace(" ", "")
            if not _PERSON_NUMBER.match(text):
                raise ValueRefusedError("bad_number")
        case "sex":
            if text not in {"male", "female"}:
                raise ValueRefusedError("bad_sex")
        case "text":
            pass
    return text


def _date(text: str) -> str:
    found = _ISO_DATE.match(text) or _TYPED_DATE.match(text.replace(" ", ""))
    if found is None:
        raise ValueRefusedError("bad_date")
    year, month, day = int(found["year"]), int(found["month"] or 1), int(found["day"] or 1)
    try:
        date(year, month, day)
    except ValueError:
        raise ValueRefusedError("bad_date") from None
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise ValueRefusedError("bad_date")
    parts = [f"{year:04d}"]
    if found["month"]:
        parts.append(f"{month:02d}")
    if found["day"]:
        parts.append(f"{day:02d}")
    return "-".join(parts)
