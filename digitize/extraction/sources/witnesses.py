"""Hears the second sources of a paper: what they say against what was read, field by field.

A second source wins over letters: a QR code carries its own error correction, a machine-readable zone its check
digits, while a scan loses tone marks. It is believed only as far as it and the print are of one person: something of
it must stand on the paper letter for letter, and where the two differ a person has to look.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from digitize.extraction.api import Doubt
from digitize.extraction.checks.api import Candidate
from digitize.extraction.letters import squeeze
from digitize.extraction.sources.api import Fact, Witness

PLACE_SCORE_MIN = 85.0
_ORDER = ("qr", "mrz", "signature")


@dataclass(frozen=True, slots=True)
class Testimony:
    """What the second sources make of one field."""

    candidate: Candidate
    """The value to believe."""
    witness: Witness
    held: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    replaces: bool = True
    """The witness settles the value; False: it is still judged as read, with one check more."""


def hear(printed: Mapping[str, Candidate], witnesses: Sequence[Witness], fields: Sequence[str]) -> dict[str, Testimony]:
    """By field name, of the type's ``fields`` only. Of two codes that speak of two people, only the one whose number
    is printed is heard.
    """
    heard: dict[str, Testimony] = {}
    for witness in _one_of_each(printed, witnesses):
        known = [fact for fact in witness.facts if fact.field in fields]
        told = {name: testimony.candidate for name, testimony in heard.items()}
        vouched = any(_identifies(fact) and _agrees(fact, (dict(printed) | told).get(fact.field)) for fact in known)
        for fact in known:
            testimony = _weigh(fact, witness, heard.get(fact.field), printed.get(fact.field), vouched=vouched)
            if testimony is not None:
                heard[fact.field] = testimony
    return heard


def _one_of_each(printed: Mapping[str, Candidate], witnesses: Sequence[Witness]) -> list[Witness]:
    chosen = []
    for method in _ORDER:
        same = [witness for witness in witnesses if witness.method == method]
        if len({witness.facts for witness in same}) > 1:
            same = [witness for witness in same if _is_of_this_paper(witness, printed)]
        if len({witness.facts for witness in same}) == 1:
            chosen.append(same[0])
    return chosen


def _is_of_this_paper(witness: Witness, printed: Mapping[str, Candidate]) -> bool:
    return any(_identifies(fact) and _agrees(fact, printed.get(fact.field)) for fact in witness.facts)


def _identifies(fact: Fact) -> bool:
    """A number or a date; half of all people are of one sex."""
    return fact.likeness == "exact" and fact.refutes and any(c.isdigit() for c in fact.value)


def _weigh(
    fact: Fact, witness: Witness, before: Testimony | None, printed: Candidate | None, *, vouched: bool
) -> Testimony | None:
    """``before``: what a stronger witness said already; its value stands."""
    check = f"matches_{witness.method}"
    against = before.candidate if before is not None else printed
    agrees = _agrees(fact, against)
    if agrees is None:
        if not fact.fills:
            return None
        # Cards print names in capitals, codes do not.
        return Testimony(
            Candidate(fact.field, fact.value.upper() if fact.likeness == "name" else fact.value, None),
            witness,
            doubts=() if vouched and fact.refutes else ("unconfirmed",),
        )
    if against is None or (not agrees and not fact.refutes):
        return None
    held, failed = ((check,), ()) if agrees else ((), (check,))
    if before is not None:
        return replace(before, held=(*before.held, *held), failed=(*before.failed, *failed))
    if fact.likeness == "letters":
        return Testimony(against, witness, held, failed, replaces=False)
    doubts: tuple[Doubt, ...] = () if vouched or not agrees else ("unconfirmed",)
    return Testimony(Candidate(fact.field, _value(fact, against), against.text), witness, held, failed, doubts)


def _agrees(fact: Fact, printed: Candidate | None) -> bool | None:
    """None where nothing is printed or read."""
    if printed is None or printed.value is None:
        return None
    if fact.likeness == "exact":
        return printed.value == fact.value
    if fact.likeness == "place":
        return fuzz.ratio(squeeze(printed.value), squeeze(fact.value)) >= PLACE_SCORE_MIN
    return squeeze(printed.value) == squeeze(fact.value)


def _value(fact: Fact, printed: Candidate) -> str:
    """The fact's, but for the case of a name, which the record wants as printed."""
    if fact.likeness == "name" and printed.value and printed.value.isupper():
        return fact.value.upper()
    return fact.value
