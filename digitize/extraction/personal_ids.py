"""The personal identification number (số định danh cá nhân), 12 digits.

Decree 137/2015/NĐ-CP, Article 13: province of birth registration (3), century and sex (1), last two digits of the
birth year (2), serial (6). There is no check digit. Codes are of the 63 provinces before 2025 and do not change
when provinces merge. A person whose sex or birth date was corrected keeps an old number: a mismatch is a reason
to look, not to refuse.
"""

# ruff: noqa: SIM905 - long word lists are read and checked as text, not as lists of quoted words

from typing import Literal

LENGTH = 12
OLD_LENGTH = 9
"""Old identity card (chứng minh nhân dân)."""
OLD_CODE_MAX = 38

PROVINCE_CODES = frozenset(
    (
        "001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 "
        "040 042 044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 "
        "083 084 086 087 089 091 092 093 094 095 096"
    ).split()
)
_CENTURY_OF_FIRST_PAIR = 1900


def is_well_formed(number: str) -> bool:
    """Twelve digits with a province (or foreign country, 100 and above) code, or nine digits of the old card with the
    code of the police of a province, 01 to 38.
    """
    if not number.isascii() or not number.isdigit():
        return False
    if len(number) == OLD_LENGTH:
        return 1 <= int(number[:2]) <= OLD_CODE_MAX
    return len(number) == LENGTH and (number[:3] in PROVINCE_CODES or "100" <= number[:3] <= "999")


def birth_year(number: str) -> int | None:
    """None for a number of the old card, which says nothing about its holder."""
    if len(number) != LENGTH or not number.isdigit():
        return None
    return _CENTURY_OF_FIRST_PAIR + 100 * (int(number[3]) // 2) + int(number[4:6])


def sex(number: str) -> Literal["male", "female"] | None:
    if len(number) != LENGTH or not number.isdigit():
        return None
    return "female" if int(number[3]) % 2 else "male"
