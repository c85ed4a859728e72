"""From the text as printed to the value of the record (RECORD, "Values").

A normaliser changes how a value is written, never what it says: where the text is no such value it gives None,
and the text alone goes to a reviewer. Each is idempotent, gives NFC and looks at a bounded part of the text.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from itertools import product

from digitize.extraction.letters import fold
from digitize.extraction.personal_ids import LENGTH, OLD_LENGTH

Normaliser = Callable[[str], str | None]

TEXT_MAX = 2_000
"""Characters; a longer value is not one field of a paper."""
NAME_WORDS_MAX = 12
FIRST_YEAR = 1800
LAST_YEAR = 2200

_ISO = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_DAY_MONTH_YEAR = re.compile(
    r"(?:ngay\s{0,3})?(\d{1,2})\s{0,3}[/.\-ijl|]\s{0,3}(\d{1,2})\s{0,3}[/.\-ijl|]\s{0,3}(\d{4})(?!\d)"
)
"""Small print without serifs shows the stroke as I, J, l or |."""
_STROKE = frozenset("/.-1ijl|")
_STROKE_SIGNS_MAX = 2
"""Where it shows as 1, as two signs, or not at all: ``0710812034``, ``07082034``, ``15i032029``, ``10i07i12025``."""
_DATE_IN_WORDS = re.compile(
    r"(?:ngay\s{0,3})?(\d{1,2})[\s,]{1,4}thang[\s,]{0,4}(\d{1,2})[\s,]{1,4}nam[\s,]{0,4}(\d{4})(?!\d)"
)
_MONTH_YEAR = re.compile(r"(?:thang\s{0,3})?(\d{1,2})(?:\s{0,3}[/.\-]\s{0,3}|\s{1,3}nam\s{1,3})(\d{4})(?!\d)")
_YEAR = re.compile(r"(?:nam\s{1,3})?(\d{4})(?!\d)")
_YEAR_DIGITS = 4
_NUMBER = re.compile(r"\d{1,8}[A-Za-z]?(?:/[0-9A-Za-zĐđƯư]{1,12}(?:[-./&][0-9A-Za-zĐđƯư]{1,12}){0,6})?")

_ENGLISH = re.compile(r"(?<=ngay|hang)\s?/\s?(?=[a-z0-9]{0,3}[a-z])[a-z0-9]{3,6}|(?<=nam)\s?/\s?[a-z]{3,5}")
"""``ngày/date … tháng/month … năm/year``, whose small English is read as anything: ``0ate``, ``monfh``."""
_CLASS = re.compile(r"[A-F][12]?[CE]?")
_CLASSES_MAX = 12
_OLD_LICENCE = re.compile(r"([A-ZĐ]{1,2})\s{0,3}([0-9]{6})")
_COMB = re.compile(r"[0-9](?:[|\[\]1IlJ!][0-9]){11}")
"""A number of twelve digits in boxes, whose sides are read as bars, brackets or 1: ``0|3|6|1|9|1[9|9|913|3]2``."""
_BETWEEN_DIGITS = str.maketrans(dict.fromkeys(".|[]", " "))
_TAX_CODE = re.compile(r"[0-9]{10}(?:-[0-9]{3})?|[0-9]{12}")
_REGISTRATION_CODE = re.compile(r"[0-9]{2}[A-ZĐ][0-9]{6,8}")
_LAND_SERIAL = re.compile(r"([A-ZĐ]{1,2})[\s.-]{0,3}([0-9]{6,8})")
_AMOUNT = re.compile(r"[0-9](?:[0-9.,]|\s(?=[0-9]{3}(?![0-9]))){0,24}")
_NO_UNIT = re.compile(r"$|[(;:/]")
_SQUARE_METRES = re.compile(r"m(?![a-z])|met vuong")
_DONG = re.compile(r"d(?![a-z])|dong|vnd")
_GROUPED = re.compile(r"([0-9]{1,3}(?:(?:\.[0-9]{3}){1,6}|(?:\s[0-9]{3}){1,6}|(?:,[0-9]{3}){2,6}))(?:,([0-9]{1,3}))?")
_VIETNAMESE_DECIMAL = re.compile(r"([0-9]{1,9}),([0-9]{1,2}|[0-9]{4})")
_PLAIN_DECIMAL = re.compile(r"[0-9]{1,9}\.(?:[0-9]{1,2}|[0-9]{4})")


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
    printed = _ENGLISH.sub("", fold(untrusted[:TEXT_MAX])).strip(" .,;:()_-…")
    if match := _ISO.fullmatch(printed):
        return _compose(match[1], match[2], match[3])
    if match := _DAY_MONTH_YEAR.fullmatch(printed) or _DATE_IN_WORDS.fullmatch(printed):
        return _compose(match[3], match[2], match[1])
    if strokes_lost := _without_strokes(printed):
        return strokes_lost
    if match := _MONTH_YEAR.fullmatch(printed):
        return _compose(match[2], match[1], None)
    if match := _YEAR.fullmatch(printed):
        return _compose(match[1], None, None)
    return None


def _without_strokes(printed: str) -> str | None:
    """The one date that the digits can be; None also where they can be two (``1101112034``)."""
    found = set()
    for first, second in product(range(_STROKE_SIGNS_MAX + 1), repeat=2):
        month, end = 2 + first, 4 + first
        parts = printed[:2], printed[month:end], printed[end + second :]
        strokes = printed[2:month], printed[end : end + second]
        is_date = all(part.isascii() and part.isdigit() for part in parts) and parts[2].startswith(("19", "20"))
        if is_date and len(parts[2]) == _YEAR_DIGITS and all(map(_may_be_stroke, strokes)):
            found.add(_compose(parts[2], parts[1], parts[0]))
    found.discard(None)
    return found.pop() if len(found) == 1 else None


def _may_be_stroke(signs: str) -> bool:
    return _STROKE.issuperset(signs) and signs != "11"


def year(untrusted: str) -> str | None:
    """``YYYY`` of a year or of a date."""
    value = day(untrusted)
    return value[:4] if value else None


def sex(untrusted: str) -> str | None:
    printed = fold(untrusted[:TEXT_MAX]).strip(" .,;:()_-…")
    return {"nam": "male", "male": "male", "nu": "female", "female": "female"}.get(printed)


def personal_id(untrusted: str) -> str | None:
    """12 digits, or 9 of the old card; spaces, dots and the sides of boxes between the digits go.

    Nine in other groups than three are what is left of twelve when a scan loses some.
    """
    groups = untrusted[:TEXT_MAX].translate(_BETWEEN_DIGITS).split()
    digits = "".join(groups)
    is_old = len(digits) == OLD_LENGTH and len(groups) in {1, 3} and len({len(group) for group in groups}) == 1
    if digits.isascii() and digits.isdigit() and (len(digits) == LENGTH or is_old):
        return digits
    return _from_boxes("".join(untrusted[:TEXT_MAX].split()))


def _from_boxes(signs: str) -> str | None:
    """Digit and side of a box by turns."""
    return signs[::2] if _COMB.fullmatch(signs) else None


def citizen_id(untrusted: str) -> str | None:
    """12 digits; spaces and dots between them go."""
    value = personal_id(untrusted)
    return value if value is not None and len(value) == LENGTH else None


def licence_number(untrusted: str) -> str | None:
    """12 digits; before 2012 letters and six digits, of which one space stays between: ``AA 990710``."""
    old = _OLD_LICENCE.fullmatch(unicodedata.normalize("NFC", untrusted[:TEXT_MAX]).strip(" .,;:"))
    return f"{old[1]} {old[2]}" if old else citizen_id(untrusted)


def document_number(untrusted: str) -> str | None:
    """Number and symbol without spaces (``84/QĐ-UBND``); None unless it begins with digits."""
    value = "".join(unicodedata.normalize("NFC", untrusted[:TEXT_MAX]).split()).strip(".,;:")
    return value if _NUMBER.fullmatch(value) else None


def tax_code(untrusted: str) -> str | None:
    """10 digits, 10 and 3 as ``0123456789-001``, or 12 of a person; spaces and dots between the digits go."""
    code = "".join(c for c in unicodedata.normalize("NFC", untrusted[:TEXT_MAX]) if c not in " .").replace("–", "-")
    return code if _TAX_CODE.fullmatch(code) else None


def registration_code(untrusted: str) -> str | None:
    """Code of a household business: a tax code, or province, letter of the district and number (``60A8322849``)."""
    code = "".join(c for c in unicodedata.normalize("NFC", untrusted[:TEXT_MAX]).upper() if c not in " .")
    return code if _REGISTRATION_CODE.fullmatch(code) else tax_code(untrusted)


def area(untrusted: str) -> str | None:
    """Square metres as a decimal string with a point, from ``1.234,5 m²``; what follows the unit is not looked at.

    None where it is open whether a sign divides thousands or decimals: ``12,345``.
    """
    number, unit = _split_amount(untrusted)
    if number is None or not (_NO_UNIT.match(unit) or _SQUARE_METRES.match(unit)):
        return None
    if _PLAIN_DECIMAL.fullmatch(number):
        return number
    return _plain_number(number, decimals=True)


def money(untrusted: str) -> str | None:
    """Đồng as an integer string, from ``10.000.000.000 đồng``; what follows the unit is not looked at."""
    number, unit = _split_amount(untrusted)
    if number is None or not (_NO_UNIT.match(unit) or _DONG.match(unit)):
        return None  # 500 triệu
    return _plain_number(number, decimals=False)


def phone(untrusted: str) -> str | None:
    """Digits only, ``+84`` written as ``0``."""
    digits = "".join(c for c in untrusted[:TEXT_MAX] if c not in " .-()")
    digits = "0" + digits[3:] if digits.startswith("+84") else digits
    return digits if digits.isascii() and digits.isdigit() and len(digits) in {10, 11} else None


def land_serial(untrusted: str) -> str | None:
    """Number of a land certificate's form: capitals, one space, digits (``CH 01234567``)."""
    match = _LAND_SERIAL.fullmatch(unicodedata.normalize("NFC", untrusted[:TEXT_MAX]).upper().strip(" .,;:"))
    return f"{match[1]} {match[2]}" if match else None


def _split_amount(untrusted: str) -> tuple[str | None, str]:
    """The number the text begins with, and what follows it, folded."""
    printed = unicodedata.normalize("NFC", untrusted[:TEXT_MAX]).strip()
    match = _AMOUNT.match(printed)
    if match is None:
        return None, ""
    return match[0].rstrip(".,"), fold(printed[match.end() :]).strip()


def _plain_number(number: str, *, decimals: bool) -> str | None:
    if grouped := _GROUPED.fullmatch(number):
        whole = "".join(c for c in grouped[1] if c.isdigit())
        return f"{whole}.{grouped[2]}" if grouped[2] and decimals else None if grouped[2] else whole
    if number.isdigit():
        return number
    match = _VIETNAMESE_DECIMAL.fullmatch(number)
    return f"{match[1]}.{match[2]}" if match and decimals else None


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


def licence_class(untrusted: str) -> str | None:
    """Class of a driving licence, or several as printed: ``B2``, ``A1, B``; letters with at most one digit."""
    printed = unicodedata.normalize("NFC", untrusted[:TEXT_MAX]).upper().replace("/", ",")
    classes = [part for part in printed.replace(",", " ").split() if part]
    return ", ".join(classes) if 0 < len(classes) <= _CLASSES_MAX and all(map(_CLASS.fullmatch, classes)) else None


_FULL_DATE = 10

SHAPES: dict[str, Callable[[str], bool]] = {
    "date": lambda value: len(value) == _FULL_DATE,
    "personal_id": lambda value: len(value) in {LENGTH, OLD_LENGTH},
    "citizen_id": lambda value: len(value) == LENGTH,
    "licence_number": bool,
    "licence_class": bool,
}
"""Values that cannot be mistaken for anything else, so that they are taken out of the words around them."""

NORMALISERS: dict[str, Normaliser] = {
    "text": text,
    "name": name,
    "date": day,
    "year": year,
    "sex": sex,
    "personal_id": personal_id,
    "citizen_id": citizen_id,
    "licence_number": licence_number,
    "document_number": document_number,
    "tax_code": tax_code,
    "registration_code": registration_code,
    "area": area,
    "money": money,
    "phone": phone,
    "land_serial": land_serial,
    "licence_class": licence_class,
}
