"""Vietnamese number words as they stand on certificates: ``Ngày bảy tháng ba năm hai nghìn không trăm mười chín``.

Words are compared folded, since scans lose tone marks: no two numerals fold to the same letters. ``năm`` is both
*five* and *year*; the word before ``nghìn`` tells them apart.
"""

# ruff: noqa: SIM905 - long word lists are read and checked as text, not as lists of quoted words

from collections.abc import Sequence
from datetime import date

from digitize.extraction.letters import fold

_UNITS = {
    "khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "nham": 5, "sau": 6,
    "bay": 7, "tam": 8, "chin": 9,
}  # fmt: skip
_MONTH_NAMES = {"gieng": 1, "chap": 12}
_THOUSAND = {"nghin", "ngan"}
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
