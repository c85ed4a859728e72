"""What of a procedure's components an owner need not hand in again, and what a form can be filled with.

Pure: from what the catalogue holds to an answer. Whatever is not sure is said to be doubtful, never taken for held.
"""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from digitize.extraction.letters import squeeze
from digitize.model import Status
from storage.papers import contradictions
from storage.papers_api import PaperRow, ToldField, ToldRecord
from storage.reuse_api import Component, Holding, Substitute

HoldingState = Literal["held", "doubtful", "expired", "revoked", "not_held"]
_BEST_FIRST: tuple[HoldingState, ...] = ("held", "doubtful", "expired", "revoked")
_DASHES = 2
"""Of a whole date."""
_TRUSTED_STATES = frozenset({"accepted", "corrected"})

_OWN = (
    "full_name",
    "date_of_birth",
    "sex",
    "ethnicity",
    "nationality",
    "place_of_birth",
    "hometown",
    "residence",
    "personal_id",
    "old_id",
    "mother_name",
    "father_name",
    "marital_status",
    "phone",
)
_SPOUSES = {
    "full_name": "name",
    "date_of_birth": "date_of_birth",
    "personal_id": "id",
}
"""Of a marriage certificate, behind ``wife_`` or ``husband_``."""
_ORGANISATION = ("enterprise_code", "enterprise_name", "head_office", "charter_capital", "legal_representative")
_MAY_CHANGE = frozenset({"residence", "marital_status", "phone"})
PURPOSE_BOUND = frozenset({"marital_status_certificate"})
"""Worth nothing for another purpose than the one that it names (Decree 123/2015, Art. 23)."""
STATUS_MONTHS = 6
"""For how long such a certificate tells the marital status (the same article)."""
FORM_FIELDS = (*_OWN, *_ORGANISATION)
"""What a form may ask of a person, and of an enterprise."""

Attestation = Literal["second_source", "person", "reading"]
"""second_source: a code or signature on the paper says so too; person: a reviewer; reading: checks alone."""
_ATTESTATIONS: tuple[Attestation, ...] = ("second_source", "person", "reading")


@dataclass(frozen=True, slots=True)
class Match:
    """A paper that could stand in for a component."""

    holding: Holding
    state: HoldingState
    valid_until: date | None
    """Last day on which it may be used so; None: no end is known."""


@dataclass(frozen=True, slots=True)
class ComponentAnswer:
    component: Component
    state: HoldingState
    matches: tuple[Match, ...]
    """The most useful first, then the newest."""


@dataclass(frozen=True, slots=True)
class Attested:
    """One document's word on one field of a form."""

    value: str
    holding: Holding
    field: str
    attestation: Attestation
    issued: str | None


@dataclass(frozen=True, slots=True)
class FormValue:
    """A value and all documents that have it; the best attested first, then the newest."""

    value: str
    sources: tuple[Attested, ...]
    newest: bool
    best_attested: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for, and when."""

    procedure: str
    """Its name."""
    today: date
    expiring: frozenset[str]
    """Types of papers that say until when they are valid, or that they are for good."""


def answer_component(component: Component, holdings: Sequence[Holding], asked: Asked) -> ComponentAnswer:
    matches = []
    revoked = [one for one in holdings if one.row.status is Status.REVOKED]
    for holding in holdings:
        fitting = [_match(holding, one, asked, revoked) for one in component.substitutes if _fits(holding, one)]
        if fitting:
            matches.append(min(fitting, key=_usefulness))
    matches.sort(key=_usefulness)
    return ComponentAnswer(component, matches[0].state if matches else "not_held", tuple(matches))


def _usefulness(match: Match) -> int:
    return _BEST_FIRST.index(match.state)


def _fits(holding: Holding, substitute: Substitute) -> bool:
    if substitute.document_type is not None:
        return holding.row.type_code == substitute.document_type
    return holding.row.role == "result" and holding.procedure == substitute.result_of


def _match(holding: Holding, substitute: Substitute, asked: Asked, revoked: Sequence[Holding]) -> Match:
    row, record = holding.row, holding.row.record
    if row.status is Status.REVOKED:
        return Match(holding, "revoked", None)
    if row.status is not Status.PUBLISHED or record is None or not holding.attested:
        return Match(holding, "doubtful", None)
    ends = list(_ends(row.type_code, record, substitute.months, asked))
    known = [one for one in ends if one is not None]
    if any(latest < asked.today for _, latest in known):
        return Match(holding, "expired", min(latest for _, latest in known))
    is_sure = len(known) == len(ends) and all(earliest >= asked.today for earliest, _ in known)
    if any(_may_be_one_paper(row, one.row) for one in revoked):
        return Match(holding, "doubtful", None)
    if not is_sure or not _is_for(row.type_code, record, asked.procedure):
        return Match(holding, "doubtful", None)
    return Match(holding, "held", min((earliest for earliest, _ in known), default=None))


def _may_be_one_paper(one: PaperRow, other: PaperRow) -> bool:
    """Of one type and owner, where nothing sure on them differs: by nothing else is a revoked paper known that was
    scanned again and whose number was not read.
    """
    if one.type_code != other.type_code or one.record is None or other.record is None:
        return False
    return not contradictions(one.record, other.record)


def _ends(
    type_code: str | None, record: ToldRecord, months: int | None, asked: Asked
) -> Iterator[tuple[date, date] | None]:
    """The earliest and the latest last day that each of its limits may mean; None: there is one, and nobody can say
    when.
    """
    until, issued = record.validity.valid_until, record.validity.issued
    if until is not None:
        last = last_day(until)
        yield None if last is None else (last, last)
    elif type_code in asked.expiring and not _is_for_good(record):
        yield None
    first, last = first_day(issued), last_day(issued)
    if first is not None and first > asked.today:
        yield None  # misread or mistyped
    if months is not None:
        yield None if first is None or last is None else (add_months(first, months), add_months(last, months))


def _is_for_good(record: ToldRecord) -> bool:
    """The paper says that it does not end, or a person who looked at it does."""
    said = record.fields.get("valid_until")
    return said is not None and said.value is None and said.state in _TRUSTED_STATES


def _is_for(type_code: str | None, record: ToldRecord, procedure: str) -> bool:
    """Whether the paper may be used in this procedure, as far as it is bound to a purpose."""
    if type_code not in PURPOSE_BOUND:
        return True
    said = record.fields.get("purpose")
    if said is None or said.state not in _TRUSTED_STATES or not isinstance(said.value, str):
        return False
    return squeeze(procedure).removeprefix(squeeze("thủ tục")) in squeeze(said.value)


def first_day(printed: str | None) -> date | None:
    """As ``last_day``, the other end."""
    last = last_day(printed)
    if last is None or printed is None or printed.count("-") == _DASHES:
        return last
    return last.replace(day=1) if "-" in printed else last.replace(month=1, day=1)


def last_day(printed: str | None) -> date | None:
    """Of ``YYYY-MM-DD``, ``YYYY-MM`` or ``YYYY``; None for anything else."""
    try:
        year, *rest = (int(part) for part in (printed or "").split("-"))
        month = rest[0] if rest else 12
        return date(year, month, rest[1] if len(rest) > 1 else monthrange(year, month)[1])
    except (ValueError, IndexError):
        return None


def add_months(day: date, months: int) -> date:
    """The same day so many months on, or the last of that month (Civil Code 2015, Art. 148)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def fill_form(holdings: Sequence[Holding], owner_id: str, asked: Asked) -> dict[str, tuple[FormValue, ...]]:
    """From published, unrevoked papers that are this owner's for sure; fields nobody has a word on are left out, and so
    is what may have changed since a paper that has ended.
    """
    told: dict[str, list[Attested]] = {}
    revoked = [one.row for one in holdings if one.row.status is Status.REVOKED]
    for holding in holdings:
        record = holding.row.record
        if holding.row.status is not Status.PUBLISHED or record is None or not holding.attested:
            continue
        if any(_may_be_one_paper(holding.row, one) for one in revoked):
            continue
        months = STATUS_MONTHS if holding.row.type_code in PURPOSE_BOUND else None
        ends = _ends(holding.row.type_code, record, months, asked)
        has_ended = any(one is not None and one[0] < asked.today for one in ends)
        for form_field, name, found in _fields_of_owner(record, owner_id):
            value = found.value
            if has_ended and form_field in _MAY_CHANGE:
                continue
            if found.state in _TRUSTED_STATES and isinstance(value, str) and value:
                word = Attested(value, holding, name, _attestation(found), record.validity.issued)
                told.setdefault(form_field, []).append(word)
    return {name: _weigh(words) for name, words in told.items()}


def _fields_of_owner(record: ToldRecord, owner_id: str) -> Iterator[tuple[str, str, ToldField]]:
    """Name in the form, name on the paper, and what stands there."""
    fields = record.fields
    names = {one: one for one in FORM_FIELDS}
    for spouse in ("wife", "husband"):
        told = fields.get(f"{spouse}_id")
        if told is not None and told.value == owner_id:
            names |= {form: f"{spouse}_{part}" for form, part in _SPOUSES.items()}
    for form_field, name in names.items():
        if name in fields:
            yield form_field, name, fields[name]


def _attestation(found: ToldField) -> Attestation:
    if found.method in ("qr", "mrz", "signature"):
        return "second_source"
    return "person" if found.state == "corrected" or found.method == "manual" else "reading"


def _weigh(words: Sequence[Attested]) -> tuple[FormValue, ...]:
    """Equal values together; where they differ, which is newer and which is better attested."""
    ranked = sorted(words, key=lambda one: one.issued or "", reverse=True)
    ranked.sort(key=lambda one: _ATTESTATIONS.index(one.attestation))
    groups: dict[str, list[Attested]] = {}
    for word in ranked:
        groups.setdefault(" ".join(word.value.casefold().split()), []).append(word)
    newest = max(word.issued or "" for word in words)
    best = ranked[0].attestation
    return tuple(
        FormValue(
            group[0].value,
            tuple(group),
            newest=any((word.issued or "") == newest for word in group),
            best_attested=group[0].attestation == best,
        )
        for group in groups.values()
    )
