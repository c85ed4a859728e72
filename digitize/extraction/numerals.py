"""Vietnamese number words as they stand on certificates: ``Ngày bảy tháng ba năm hai nghìn không trăm mười chín``,
``Một trăm hai mươi phẩy năm mét vuông``.

Words are compared folded, since scans lose tone marks: no two numerals fold to the same letters. ``năm`` is both
*five* and *year*; the word before ``nghìn`` tells them apart.
"""

# ruff: noqa: SIM905 - long word lists are read and checked as text, not as lists of quoted words

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from digitize.extraction.letters import fold

_UNITS = {
    "khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "nham": 5, "sau": 6,
    "bay": 7, "tam": 8, "chin": 9,
}  # fmt: skip
_MONTH_NAMES = {"gieng": 1, "chap": 12}
_THOUSAND = {"nghin", "ngan"}
_SCALES = {"nghin": 10**3, "ngan": 10**3, "trieu": 10**6}
_BILLION = {"ty", "ti"}
_POINT = {"phay", "cham"}
_UNITS_OF_MEASURE = {"met", "m", "dong", "vnd"}
_OPENINGS = {"bang", "chu", "viet", "ghi", "so", "tien", "dien", "tich", "la"}
"""Words that may stand before an amount in words."""
_ZERO_TENS = {"linh", "le"}
_DAY_PREFIX = {"mong", "mung"}
SPELLINGS = frozenset(
    (
        "ngày tháng năm không một mốt hai ba bốn tư lăm nhăm sáu bảy bẩy tám chín mười mươi trăm nghìn ngàn linh lẻ "
        "mồng mùng giêng chạp"
    ).split()
)
"""Words of a date in words, as they are spelled."""

WORDS_MAX = 24
"""No date takes more words: the longest has 17."""
AMOUNT_WORDS_MAX = 48


def read_date(text: str) -> date | None:
    """The date the words say; None where they say none. Looks at the first ``WORDS_MAX`` words."""
    words = ["".join(c for c in fold(word) if c.isalpha()) for word in text[:400].split()[:WORDS_MAX]]
    words = [word for word in words if word]
    if "thang" not in words:
        return None
    month_at = words.index("thang")
    day_at = words.index("ngay") + 1 if "ngay" in words[:month_at] else 0
    year_at = next((i for i in range(month_at + 2, len(words) - 2) if _starts_year(words, i)), None)
    if year_at is None:
        return None
    day = read_small_number([word for word in words[day_at:month_at] if word not in _DAY_PREFIX])
    month_words = words[month_at + 1 : year_at]
    month = _MONTH_NAMES.get(month_words[0]) if len(month_words) == 1 else None
    month = month or read_small_number(month_words)
    year = read_year(words[year_at + 1 :])
    if day is None or month is None or year is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _starts_year(words: Sequence[str], index: int) -> bool:
    return words[index] == "nam" and words[index + 1] in _UNITS and words[index + 2] in _THOUSAND


def read_year(words: Sequence[str]) -> int | None:
    """``hai nghìn không trăm linh tám`` → 2008; words behind the number are not looked at."""
    match words:
        case [thousands, thousand, hundreds, "tram", *rest] if thousand in _THOUSAND and hundreds in _UNITS:
            year = _UNITS.get(thousands, 0) * 1000 + _UNITS[hundreds] * 100
        case [thousands, thousand, *rest] if thousand in _THOUSAND:
            year = _UNITS.get(thousands, 0) * 1000
        case _:
            return None
    small = next((n for length in (3, 2, 1) if (n := read_small_number(rest[:length])) is not None), 0)
    return year + small if thousands in _UNITS else None


def read_small_number(words: Sequence[str]) -> int | None:
    """0 to 99; None where the words are no such number."""
    match words:
        case ["muoi"]:
            return 10
        case [unit]:
            return _UNITS.get(unit)
        case [zero, unit] if zero in _ZERO_TENS:
            return _UNITS.get(unit)
        case ["muoi", unit] if unit in _UNITS:
            return 10 + _UNITS[unit]
        case [tens, "muoi"] if tens in _UNITS:
            return _UNITS[tens] * 10
        case [tens, "muoi", unit] if tens in _UNITS and unit in _UNITS:
            return _UNITS[tens] * 10 + _UNITS[unit]
    return None


def read_amount(text: str) -> Decimal | None:
    """What an area or a sum in words says; None where the words before the unit are no number."""
    words = ["".join(c for c in fold(word) if c.isalpha()) for word in text[:600].split()[:AMOUNT_WORDS_MAX]]
    words = [word for word in words if word]
    start = next((i for i, word in enumerate(words) if word not in _OPENINGS), len(words))
    end = next((i for i, word in enumerate(words) if i > start and word in _UNITS_OF_MEASURE), len(words))
    words = words[start:end]
    point = next((i for i, word in enumerate(words) if word in _POINT), None)
    whole = _read_whole(words[:point])
    if whole is None or point is None:
        return None if whole is None else Decimal(whole)
    digits = _read_decimals(words[point + 1 :])
    return None if digits is None else Decimal(f"{whole}.{digits}")


def _read_whole(words: Sequence[str]) -> int | None:
    """``hai tỷ ba trăm triệu không trăm linh năm nghìn`` → 2 300 005 000; scales fall from left to right."""
    billions, section, limit = 0, 0, 10**9
    group: list[str] = []
    for word in words:
        if word in _SCALES:
            number = _read_hundreds(group)
            if number is None or _SCALES[word] >= limit:
                return None
            limit = _SCALES[word]
            section += number * limit
            group = []
        elif word in _BILLION:
            number = _read_hundreds(group) if group else 0
            if number is None or billions or not section + number:
                return None
            billions, section, limit, group = section + number, 0, 10**9, []
        else:
            group.append(word)
    number = _read_hundreds(group) if group else 0
    if number is None or not words:
        return None
    return billions * 10**9 + section + number


def _read_hundreds(words: Sequence[str]) -> int | None:
    """0 to 999."""
    match words:
        case [hundreds, "tram"] if hundreds in _UNITS:
            return _UNITS[hundreds] * 100
        case [hundreds, "tram", *rest] if hundreds in _UNITS:
            small = read_small_number(rest)
            return None if small is None else _UNITS[hundreds] * 100 + small
    return read_small_number(words)


def _read_decimals(words: Sequence[str]) -> str | None:
    """Digits behind the point, said one by one (``không năm``) or as one number (``hai mươi lăm``)."""
    if words and all(word in _UNITS for word in words):
        return "".join(str(_UNITS[word]) for word in words)
    number = _read_whole(words)
    return None if number is None else str(number)
