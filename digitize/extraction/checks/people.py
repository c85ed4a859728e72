"""Checks of what is said of a person: name, ethnic group, nationality."""

from collections.abc import Sequence

from digitize.extraction.checks.api import Candidate, Candidates
from digitize.extraction.letters import fold, is_syllable
from digitize.extraction.schema import DocumentType
from digitize.extraction.vocabulary import CAUSES_OF_DEATH, ETHNICITIES, MARITAL_STATUSES, NATIONALITIES

NAME_WORDS = range(2, 7)
_OF_MARRIAGE = ("hon", "vo", "chong", "doc than", "goa")


def person_name(field: Candidate, _all: Candidates, _others: Sequence[str], _type: DocumentType) -> bool | None:
    """Two to six possible syllables, each with a capital."""
    if field.value is None:
        return None
    words = field.value.split()
    return len(words) in NAME_WORDS and all(w[0].isupper() and is_syllable(w.lower()) for w in words)


def known_ethnicity(field: Candidate, _all: Candidates, _others: Sequence[str], _type: DocumentType) -> bool | None:
    return None if field.value is None else field.value.lower() in _lower(ETHNICITIES)


def known_marital_status(
    field: Candidate, _all: Candidates, _others: Sequence[str], _type: DocumentType
) -> bool | None:
    """The sentence says one of the states a register knows, letter for letter; other wordings say nothing, but for a
    sentence that is not about marriage at all.
    """
    if field.value is None:
        return None
    said = field.value.lower()
    if any(status in said for status in MARITAL_STATUSES):
        return True
    return None if any(f" {word} " in f" {fold(said)} " for word in _OF_MARRIAGE) else False


def known_cause(field: Candidate, _all: Candidates, _others: Sequence[str], _type: DocumentType) -> bool | None:
    """One of the causes of which most people die; others say nothing."""
    return True if field.value is not None and field.value.lower() in CAUSES_OF_DEATH else None


def known_nationality(field: Candidate, _all: Candidates, _others: Sequence[str], _type: DocumentType) -> bool | None:
    return None if field.value is None else field.value.lower() in _lower(NATIONALITIES)


def _lower(words: Sequence[str]) -> set[str]:
    return {word.lower() for word in words}
