"""A second source: something other than the printed letters that says what a field holds."""

from dataclasses import dataclass
from typing import Literal

from digitize.model import Box, Method

Likeness = Literal["exact", "name", "letters", "place"]
"""When print and fact agree. exact: the same value. name: the same letters; marks and case are the fact's to say.
letters: the same letters, and the marks stay the print's. place: nearly the same letters, for a long line is seldom
read without a slip; the words are the fact's to say."""


@dataclass(frozen=True, slots=True)
class Fact:
    field: str
    value: str
    """Normalised as the field's own value is."""
    likeness: Likeness = "exact"
    refutes: bool = True
    """False: a difference says nothing, as between the day of signing and the date of a paper."""
    fills: bool = True
    """Whether it may stand alone where nothing is printed or read."""


@dataclass(frozen=True, slots=True)
class Witness:
    """One code, zone or signature with all it says of the paper."""

    method: Method
    facts: tuple[Fact, ...]
    page: int | None = None
    box: Box | None = None
    notes: tuple[str, ...] = ()
    """Put into ``checks`` of every field it speaks for, e.g. that a reading of it was mended."""

    def value(self, field: str) -> str | None:
        return next((fact.value for fact in self.facts if fact.field == field), None)
