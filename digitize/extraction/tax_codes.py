"""The tax code (mã số thuế), which is also an enterprise's registration code (mã số doanh nghiệp).

Circular 86/2024/TT-BTC, Article 5: ten digits of an organisation, the last a check digit; thirteen for what depends on
it (``0123456789-001``); the twelve digits of the personal identification number for persons, households and household
businesses, in place of their own codes since 1 July 2025.
"""

from digitize.extraction import personal_ids

LENGTH = 10
_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_MODULUS = 11
_DEPENDENT = 3


def check_digit(first_nine: str) -> int | None:
    """The tenth digit; None for nine digits that no code begins with."""
    digit = 10 - sum(weight * int(c) for weight, c in zip(_WEIGHTS, first_nine, strict=True)) % _MODULUS
    return digit if digit < LENGTH else None


def is_well_formed(code: str) -> bool:
    number, dash, dependent = code.partition("-")
    if not (number + dependent).isascii() or not (number + dependent).isdigit():
        return False
    if len(number) == personal_ids.LENGTH:
        return not dash and personal_ids.is_well_formed(number)
    is_dependent = not dash or (len(dependent) == _DEPENDENT and dependent != "000")
    return len(number) == LENGTH and is_dependent and check_digit(number[:9]) == int(number[9])
