"""The machine-readable zone on the back of the citizen's card: three lines of 30 signs (ICAO Doc 9303, part 5, TD1).

    IDVNM0901234562001090123456<<3     document, state, last nine digits of the number, their check digit, all twelve,
    9001011M3001019VNM<<<<<<<<<<<4     their check digit; birth date, sex, expiry, each date with a check digit; state,
    NGUYEN<<VAN<A<<<<<<<<<<<<<<<<<     check digit over the lines above; name without marks

A value is taken only where its check digit holds. What a scan reads as a letter where a digit must stand is mended
only as far as the check digit proves it, and then said so in ``checks``.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle

from digitize.extraction import personal_ids
from digitize.extraction.letters import fold
from digitize.extraction.normalisers import day
from digitize.extraction.sources.api import Fact, Witness
from digitize.recognition.api import Line, RecognizedPage

MENDED = "mended:mrz"
_LINES_PER_PAGE_MAX = 400
_SIGNS_MAX = 60
_FILLERS = str.maketrans({"«": "<<", "‹": "<", "»": "<<", "›": "<", "(": "<", "{": "<", "[": "<"})
_DIGITS = str.maketrans("OQDUILZSBG", "0000112586")
_NO_EXPIRY = "991231"
_FIRST = re.compile(r"[I1L][DO0]VNM(?P<number>.{9})(?P<check>.)(?P<whole>.{12})<{1,3}(?P<whole_check>[^<])$")
_SECOND = re.compile(r"(?P<birth>.{6})(?P<birth_check>.)(?P<sex>[MF])(?P<expiry>.{6})(?P<expiry_check>.)VNM")
_NAME = re.compile(r"[A-Z]{1,20}(?:<{1,2}[A-Z]{1,20}){1,8}<{0,30}")


@dataclass(frozen=True, slots=True)
class _Proven:
    """Signs whose check digit holds."""

    digits: str
    mended: bool


def find_mrz(pages: Sequence[RecognizedPage]) -> Iterator[Witness]:
    """One witness for each first line found, with the lines that follow it."""
    for page in pages:
        lines = [line for line in page.lines[:_LINES_PER_PAGE_MAX] if _looks_like_zone(line)]
        for index, line in enumerate(lines):
            if _FIRST.match(_signs(line)):
                witness = _read_zone(page.number, lines[index : index + 3])
                if witness is not None:
                    yield witness


def check_digit(signs: str) -> int:
    """Weights 7, 3, 1 over digits as they are, A to Z as 10 to 35 and the filler as 0, modulo 10."""
    return sum(weight * _value(sign) for weight, sign in zip(cycle((7, 3, 1)), signs, strict=False)) % 10


def _value(sign: str) -> int:
    return 0 if sign == "<" else int(sign, 36)


def _read_zone(page: int, lines: Sequence[Line]) -> Witness | None:
    """None where the check digits of the number do not hold."""
    first = _FIRST.match(_signs(lines[0]))
    if first is None:
        return None
    number = _prove(first["number"], first["check"])
    whole = _prove(first["whole"], first["whole_check"])
    if number is None or whole is None or whole.digits[3:] != number.digits:
        return None
    if not personal_ids.is_well_formed(whole.digits):
        return None
    facts = [Fact("personal_id", whole.digits)]
    mended = whole.mended
    for line in lines[1:]:
        found, was_mended = _read_dates(_signs(line), whole.digits)
        facts += found or _read_name(_signs(line))
        mended = mended or was_mended
    return Witness("mrz", tuple(facts), page, _whole(lines).box, (MENDED,) if mended else ())


def _read_dates(signs: str, number: str) -> tuple[list[Fact], bool]:
    """Birth date, sex and expiry of the second line, and whether any sign was mended."""
    second = _SECOND.match(signs)
    if second is None:
        return [], False
    facts, mended = [], False
    birth = _prove(second["birth"], second["birth_check"])
    year = personal_ids.birth_year(number)
    if birth is not None and year is not None and birth.digits[:2] == f"{year:04}"[2:]:
        facts += _date("date_of_birth", f"{year:04}{birth.digits[2:]}")
        mended = birth.mended
    facts.append(Fact("sex", "male" if second["sex"] == "M" else "female", refutes=False, fills=False))
    expiry = _prove(second["expiry"], second["expiry_check"])
    if expiry is not None and expiry.digits != _NO_EXPIRY:
        facts += _date("expiry_date", f"20{expiry.digits}")
        mended = mended or expiry.mended
    return facts, mended


def _date(field: str, digits: str) -> list[Fact]:
    value = day(f"{digits[:4]}-{digits[4:6]}-{digits[6:]}")
    return [] if value is None else [Fact(field, value)]


def _read_name(signs: str) -> list[Fact]:
    if not _NAME.fullmatch(signs):
        return []
    name = " ".join(part for part in signs.split("<") if part)
    return [Fact("full_name", name, "letters", refutes=False, fills=False)]


def _prove(signs: str, check: str) -> _Proven | None:
    digits, last = signs.translate(_DIGITS), check.translate(_DIGITS)
    if not (digits + last).isascii() or not (digits + last).isdigit() or check_digit(digits) != int(last):
        return None
    return _Proven(digits, mended=digits + last != signs + check)


def _looks_like_zone(line: Line) -> bool:
    signs = _signs(line)
    return "<" in signs and sum(c.isalnum() or c == "<" for c in signs) >= 0.9 * len(signs)


def _signs(line: Line) -> str:
    """The line without spaces, in capitals, its fillers as ``<``."""
    return fold("".join(word.text for word in line.words)[:_SIGNS_MAX]).upper().translate(_FILLERS)


def _whole(lines: Sequence[Line]) -> Line:
    return Line(tuple(word for line in lines for word in line.words), lines[0].block)
