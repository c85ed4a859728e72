"""The signatures embedded in a paper that came signed: who signed, and on which day.

A number and a date are often put into the paper by the signing system, or written by hand before it is scanned and
signed; what a verified certificate and time say alike confirms them. A difference says nothing: a paper is dated before
it is sealed, and an agency's certificate names the agency.
"""

from collections.abc import Iterable, Iterator

from digitize.extraction.checks.people import NAME_WORDS
from digitize.extraction.letters import is_syllable
from digitize.extraction.normalisers import name
from digitize.extraction.sources.api import Fact, Witness
from digitize.extraction.vocabulary import AGENCY_TERMS
from digitize.model import SignatureRecord
from digitize.vietnam_time import VIETNAM_TIME

PASSED = "TOTAL-PASSED"


def witnesses_of(signatures: Iterable[SignatureRecord]) -> Iterator[Witness]:
    """One for all signatures that passed verification, of what they agree on; none where they say nothing."""
    passed = [one for one in signatures if one.verdict == PASSED and one.intact and one.trusted]
    people = {person for one in passed if (person := _person(one.signer)) is not None}
    days = {day for one in passed if (day := _day(one)) is not None}
    facts = []
    if len(people) == 1:
        facts.append(Fact("signer_name", people.pop(), "name", refutes=False, fills=False))
    if len(days) == 1:
        facts.append(Fact("issue_date", days.pop(), refutes=False, fills=False))
    if facts:
        yield Witness("signature", tuple(facts))


def _person(signer: str) -> str | None:
    """The certificate's common name where it is a person's; None for an agency's."""
    value = name(signer)
    words = [] if value is None else value.split()
    if len(words) not in NAME_WORDS or not all(is_syllable(word.lower()) for word in words):
        return None
    return None if all(word.lower() in AGENCY_TERMS for word in words[:2]) else value


def _day(signature: SignatureRecord) -> str | None:
    """Of a trusted timestamp, else as the signer says; in Vietnam."""
    time = signature.timestamp_time if signature.timestamp_trusted else signature.signing_time
    return None if time is None else time.astimezone(VIETNAM_TIME).date().isoformat()
