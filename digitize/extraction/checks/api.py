"""What a check is: a question that Vietnamese papers let us ask of a value.

A check answers True (it holds), False (it fails: a person has to look) or None (nothing to compare with).
A failed check never changes a value.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from digitize.extraction.schema import DocumentType


@dataclass(frozen=True)
class Candidate:
    """A field read and normalised, before it is judged."""

    name: str
    value: str | None
    text: str | None


Candidates = Mapping[str, Candidate]
Check = Callable[[Candidate, Candidates, Sequence[str], DocumentType], bool | None]
"""The field, every field by name, the other fields the check names, and the type."""


def value_of(fields: Candidates, others: Sequence[str]) -> str | None:
    """Of the first other field the check names; None where it names none or the paper has none."""
    other = fields.get(others[0]) if others else None
    return None if other is None else other.value
