"""Fictional people with the numbers they would bear."""

from dataclasses import dataclass, field
from random import Random

from samples.generator.stock.names import draw_name, draw_named
from samples.generator.stock.places import Place, draw_address, draw_place
from samples.generator.words import Date

PROVINCE_CODES = (
    "001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042 "
    "044 045 046 048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087 "
    "089 091 092 093 094 095 096"
).split()
"""The 63 provinces that gave numbers (Circular 07/2016/TT-BCA); they did not change with the mergers of 2025."""


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    female: bool
    born: Date
    ethnicity: str
    personal_id: str
    old_id: str
    """Nine digits, as until 2016."""
    home: Place
    residence: str
    capitals: bool = field(default=False)
    """The register writes names in capitals."""

    @property
    def shown(self) -> str:
        return self.name.upper() if self.capitals else self.name

    @property
    def sex(self) -> str:
        return "Nữ" if self.female else "Nam"

    @property
    def sex_value(self) -> str:
        return "female" if self.female else "male"

    @property
    def title(self) -> str:
        return "Bà" if self.female else "Ông"


def draw_date(rng: Random, first: int, last: int, *, after: Date | None = None) -> Date:
    """A day of the years from ``first`` to ``last``; with ``after``, one of the same month or later if need be."""
    year = rng.randint(first, last)
    # No paper comes from the future of those who first drew this corpus.
    month = rng.randint(1, 10 if year == 2026 else 12)
    day = 30 if month != 2 and rng.random() < 0.06 else rng.randint(1, 28)
    date = Date(day, month, year)
    if after is None or date.iso >= after.iso:
        return date
    return Date(after.day if after.month == 2 else max(after.day, 30), after.month, after.year)


def draw_person(
    rng: Random,
    *,
    born: tuple[int, int],
    year: int,
    female: bool | None = None,
    surname: str | None = None,
    capitals: bool | None = None,
) -> Person:
    """A person born in one of these years, as a paper of ``year`` shows them."""
    woman = rng.random() < 0.5 if female is None else female
    name, group = draw_named(rng, female=woman)
    if surname is not None:
        name, group = draw_name(rng, female=woman, surname=surname), "Kinh"
    day = draw_date(rng, *born)
    place = draw_place(rng, year)
    return Person(
        name=name,
        female=woman,
        born=day,
        ethnicity=group,
        personal_id=draw_personal_id(rng, day.year, female=woman),
        old_id=f"{rng.randint(1, 38):02}{rng.randint(0, 9)}99{rng.randint(1000, 9999)}",
        home=draw_place(rng, year),
        residence=draw_address(rng, place),
        capitals=rng.random() < 0.5 if capitals is None else capitals,
    )


def draw_personal_id(rng: Random, birth_year: int, *, female: bool) -> str:
    """Twelve digits (Decree 137/2015, art. 13) with a serial that no registrar reaches."""
    century = 2 * (birth_year // 100 - 19) + female
    return f"{rng.choice(PROVINCE_CODES)}{century}{birth_year % 100:02}99{rng.randint(0, 9999):04}"


def draw_tax_code(rng: Random) -> str:
    """Ten digits with a right check digit (mod 11); the province part 99 was never given out."""
    weights = (31, 29, 23, 19, 17, 13, 7, 5, 3)
    while True:
        digits = f"99{rng.randint(0, 9_999_999):07}"
        check = 10 - sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11
        if check < 10:
            return f"{digits}{check}"


def draw_phone(rng: Random) -> str:
    return f"0{rng.choice((32, 38, 70, 79, 86, 90, 91, 97, 98))}{rng.randint(0, 9_999_999):07}"
