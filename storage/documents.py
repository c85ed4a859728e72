"""How a document moves: arrival, lease, outcome, correction. Each function is part of one transaction.

Every writer locks the document's row first and the head of the log after it, so no two can wait for each
other. The state moves only along ``digitize.model.MOVES``.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from digitize.errors import LeaseLostError, NotFoundError, NotReadyError
from digitize.model import MOVES, FieldRecord, Record, Status
from storage import log
from storage.api import (
    Advance,
    Arrival,
    Due,
    Hold,
    Lease,
    Outcome,
    Priority,
    Publish,
    Quarantine,
    Reject,
    ResumeStage,
    Retry,
)
from storage.tables import WAITING, AttemptEntry, DocumentEntry, OwnerEntry

_ACCEPTING = "accept"
"""Actor of the entries that arrivals write."""
_URGENCY: tuple[Priority, ...] = ("urgent", "default", "bulk")
_TRUSTED_STATES = frozenset({"accepted", "corrected"})
_OUTCOMES: dict[type[Outcome], tuple[str, str]] = {
    Advance: ("advance", "advanced"),
    Hold: ("hold", "held"),
    Publish: ("publish", "published"),
    Reject: ("reject", "rejected"),
    Quarantine: ("quarantine", "quarantined"),
    Retry: ("retry", "retried"),
}
"""How an outcome is called in the attempt, and the kind of its event."""


def register(session: Session, now: datetime, arrival: Arrival) -> bool:
    known = not _insert(session, now, arrival)
    data = {} if known else {"unit": arrival.unit, "priority": arrival.priority, "sha256": arrival.sha256}
    kind = "duplicate" if known else "received"
    log.append(session, now, _ACCEPTING, kind, document_id=arrival.document_id, data=data)
    return not known


def _insert(session: Session, now: datetime, arrival: Arrival) -> bool:
    if session.get(DocumentEntry, arrival.document_id):
        return False
    try:
        with session.begin_nested():
            session.add(
                DocumentEntry(
                    document_id=arrival.document_id,
                    status=Status.RECEIVED,
                    stage="inspect",
                    unit=arrival.unit,
                    dossier=arrival.dossier,
                    component=arrival.component,
                    role=arrival.role,
                    filename=arrival.filename,
                    sha256=arrival.sha256,
                    size=arrival.size,
                    media_type=arrival.media_type,
                    page_count=0,
                    priority=arrival.priority,
                    attempts=0,
                    received_at=now,
                    updated_at=now,
                    not_before=now,
                    fence=0,
                )
            )
    except IntegrityError:  # another process was quicker; anything else is a fault of ours
        if session.get(DocumentEntry, arrival.document_id) is None:
            raise
        return False
    return True


def list_due(session: Session, now: datetime, limit: int) -> list[Due]:
    """Asks unit by unit along the index: numbering all of 100,000 waiting papers would take 0.3 s each time."""
    lines: dict[Priority, list[str | None]] = {priority: [] for priority in _URGENCY}
    for priority, unit in session.execute(select(DocumentEntry.priority, DocumentEntry.unit).where(WAITING).distinct()):
        lines[priority].append(unit)  # type: ignore[index]  # a constraint of the table
    due: list[Due] = []
    for priority, units in lines.items():
        left = limit - len(due)
        if left <= 0:
            break
        due += _take_turns(session, now, priority, units, left)
    return due


def _take_turns(session: Session, now: datetime, priority: Priority, units: list[str | None], limit: int) -> list[Due]:
    """The oldest of every unit, then the second of every unit, and so on; the longest wait goes first."""
    turns: list[tuple[int, datetime, Due]] = []
    for unit in units:
        # PostgreSQL finds IS NULL in the index, but not IS NOT DISTINCT FROM.
        of_unit = DocumentEntry.unit.is_(None) if unit is None else DocumentEntry.unit == unit
        query = (
            select(DocumentEntry.document_id, DocumentEntry.stage, DocumentEntry.attempts, DocumentEntry.received_at)
            .where(DocumentEntry.priority == priority, of_unit, _is_due(now))
            .order_by(DocumentEntry.received_at, DocumentEntry.document_id)
            .limit(limit)
        )
        for turn, (identity, stage, attempts, received_at) in enumerate(session.execute(query)):
            due = Due(identity, stage, priority, attempts)  # type: ignore[arg-type]  # a constraint of the table
            turns.append((turn, received_at, due))
    turns.sort(key=lambda one: (one[0], one[1], one[2].document_id))
    return [due for _, _, due in turns[:limit]]


def _is_due(now: datetime) -> ColumnElement[bool]:
    return and_(
        WAITING,
        DocumentEntry.not_before <= now,
        or_(DocumentEntry.lease_until.is_(None), DocumentEntry.lease_until <= now),
    )


def claim(
    session: Session, now: datetime, document_id: str, stage: ResumeStage, *, worker: str, length: timedelta
) -> Lease | None:
    entry = session.scalars(
        select(DocumentEntry)
        .where(DocumentEntry.document_id == document_id, DocumentEntry.stage == stage, _is_due(now))
        .with_for_update()
    ).one_or_none()
    if entry is None:
        return None
    if entry.lease_owner is not None:
        _end_attempt(session, entry, now, "lost")
        lost = {"stage": stage, "attempt": entry.attempts, "worker": entry.lease_owner}
        log.append(session, now, worker, "lost", document_id=document_id, data=lost)
    _move(entry, Status.PROCESSING, now)
    entry.fence += 1
    entry.lease_owner, entry.lease_until = worker, now + length
    _begin_attempt(session, entry, now, entry.attempts + 1)
    taken = {"stage": stage, "attempt": entry.attempts}
    log.append(session, now, worker, "claimed", document_id=document_id, data=taken)
    return Lease(document_id, stage, entry.fence, entry.attempts, now + length)


def renew(session: Session, now: datetime, lease: Lease, length: timedelta) -> Lease:
    entry = _leased(session, lease)
    entry.lease_until = now + length
    return Lease(lease.document_id, lease.stage, lease.fence, lease.attempt, now + length)


def settle(session: Session, now: datetime, lease: Lease, outcome: Outcome) -> None:
    entry = _leased(session, lease)
    worker, stage, attempt = entry.lease_owner or "", entry.stage, entry.attempts
    name, kind = _OUTCOMES[type(outcome)]
    error = _error_code(outcome)
    _end_attempt(session, entry, now, name, error)
    data: dict[str, object] = {"stage": stage, "attempt": attempt}
    match outcome:
        case Advance():
            _move(entry, Status.PROCESSING, now)
            entry.stage = data["to"] = outcome.stage
            _begin_attempt(session, entry, now, 1)
        case Retry():
            _move(entry, Status.PROCESSING, now)
            entry.not_before = outcome.not_before
        case Hold():
            _move(entry, Status.NEEDS_REVIEW, now)
            entry.held = log.canonical_json(outcome.fields)
            data["fields"] = list(outcome.fields)
        case Publish():
            _move(entry, Status.PUBLISHED, now)
            entry.published_at = now
            _index_owners(session, outcome.record)
        case Reject():
            _move(entry, Status.REJECTED, now)
        case Quarantine():
            _move(entry, Status.QUARANTINED, now)
    entry.error_code = error
    if error is not None:
        data["code"] = error
    if not isinstance(outcome, Retry) and outcome.record is not None:
        _keep_record(entry, outcome.record)
    if not isinstance(outcome, Advance):
        entry.lease_owner = entry.lease_until = None
    log.append(session, now, worker, kind, document_id=entry.document_id, data=data)


def _error_code(outcome: Outcome) -> str | None:
    match outcome:
        case Retry():
            return outcome.code
        case Reject() | Quarantine():
            return outcome.record.problem.code if outcome.record.problem else None
        case _:
            return None


def correct(session: Session, now: datetime, document_id: str, fields: Mapping[str, FieldRecord], actor: str) -> Record:
    entry = session.get(DocumentEntry, document_id, with_for_update=True)
    if entry is None:
        raise NotFoundError
    if entry.status != Status.NEEDS_REVIEW or entry.held is None or entry.record is None:
        raise NotReadyError
    record = Record.from_json(entry.record)
    record = record.model_copy(update={"fields": {**record.fields, **fields}})
    left = [
        name for name in json.loads(entry.held) if name not in record.fields or record.fields[name].state == "review"
    ]
    if not left:
        _move(entry, Status.PROCESSING, now)
        entry.stage, entry.attempts, entry.not_before, entry.held = "assemble", 0, now, None
    entry.updated_at = now
    _keep_record(entry, record)
    # Names of fields only: their values are personal data and stay in the record.
    done = {"fields": sorted(fields), "left": left}
    log.append(session, now, actor, "corrected", document_id=document_id, data=done)
    return record.model_copy(update={"status": Status(entry.status)})


def _leased(session: Session, lease: Lease) -> DocumentEntry:
    """The locked row of a lease that still holds. Raises LeaseLostError."""
    entry = session.get(DocumentEntry, lease.document_id, with_for_update=True)
    if entry is None or entry.fence != lease.fence or entry.lease_owner is None:
        raise LeaseLostError
    return entry


def _move(entry: DocumentEntry, to: Status, now: datetime) -> None:
    here = Status(entry.status)
    if to not in MOVES[here]:
        raise ValueError(f"no move from {here} to {to}")
    entry.status, entry.updated_at = to, now


def _keep_record(entry: DocumentEntry, record: Record) -> None:
    if record.document_id != entry.document_id:
        raise ValueError("the record is of another document")
    current = record.model_copy(update={"status": Status(entry.status)})
    entry.record = current.model_dump_json(by_alias=True)
    entry.type_code = record.document_type.code
    entry.page_count = record.source.page_count


def _begin_attempt(session: Session, entry: DocumentEntry, now: datetime, number: int) -> None:
    entry.attempts = number
    session.add(
        AttemptEntry(
            document_id=entry.document_id,
            stage=entry.stage,
            number=number,
            fence=entry.fence,
            worker=entry.lease_owner or "",
            started_at=now,
        )
    )


def _end_attempt(
    session: Session, entry: DocumentEntry, now: datetime, outcome: str, error_code: str | None = None
) -> None:
    running = session.scalars(
        select(AttemptEntry).where(AttemptEntry.document_id == entry.document_id, AttemptEntry.ended_at.is_(None))
    ).one()
    running.ended_at, running.outcome, running.error_code = now, outcome, error_code
    session.flush()  # before the next attempt begins: the table allows one that runs


def _index_owners(session: Session, record: Record) -> None:
    """Only what a rule or a person has vouched for may answer "the state holds this already"."""
    session.execute(delete(OwnerEntry).where(OwnerEntry.document_id == record.document_id))
    found = record.fields.get("owner_id")
    if found is None or found.value is None or found.state not in _TRUSTED_STATES:
        return
    owners = found.value if isinstance(found.value, list) else [found.value]
    session.add_all(OwnerEntry(owner_id=owner, document_id=record.document_id) for owner in dict.fromkeys(owners))
