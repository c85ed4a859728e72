"""How a document moves: arrival, lease, outcome, correction. Each function is part of one transaction.

Every writer locks the document's row first and the head of the log after it, so no two can wait for each
other. The state moves only along ``digitize.model.MOVES``. Page ranges move in ``ranges.py``.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Table, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from digitize.door_errors import RetryRefusedError
from digitize.errors import (
    InvalidKeyError,
    LeaseLostError,
    NotFoundError,
    NotReadyError,
    SecretPaperError,
    SignerDeclinedError,
)
from digitize.model import MOVES, FieldRecord, Record, Status
from storage import attempts, log, papers, preservations, search_index
from storage.api import (
    Advance,
    Arrival,
    AttemptStage,
    Hold,
    Lease,
    Outcome,
    PagesKept,
    Publish,
    Quarantine,
    Reject,
    Retry,
    Spread,
)
from storage.event_kinds import EventKind
from storage.sealed_records import key_of, open_record, seal_filename, seal_record
from storage.tables import BUT_FOR_ITS_ID, WAITING, DocumentEntry, OwnerEntry, PageRangeEntry, SealEntry
from storage.turns import has_ranges, is_free

_OWNERS = cast("Table", OwnerEntry.__table__)
_ACCEPTING = "accept"
"""Actor of the entries that arrivals write."""
_STAYS_HELD = frozenset({InvalidKeyError.code, SecretPaperError.code})
OUTCOMES: dict[type[Outcome], tuple[str, EventKind]] = {
    Advance: ("advance", "advanced"),
    Spread: ("advance", "spread"),
    PagesKept: ("advance", "recognized"),
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
    kind: EventKind = "duplicate" if known else "received"
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
                    filename=seal_filename(session, arrival.document_id, arrival.filename),
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


def claim(
    session: Session, now: datetime, document_id: str, stage: AttemptStage, *, worker: str, length: timedelta
) -> Lease | None:
    entry = session.scalars(
        select(DocumentEntry)
        .where(
            DocumentEntry.document_id == document_id, DocumentEntry.stage == stage, WAITING, is_free(DocumentEntry, now)
        )
        .with_for_update(key_share=BUT_FOR_ITS_ID)
    ).one_or_none()
    # Asked behind the lock: PostgreSQL would answer as things stood before the wait for it.
    if entry is None or session.scalar(select(has_ranges(document_id))):
        return None
    if entry.lease_owner is not None:
        attempts.end(session, entry, now, "lost")
        lost = {"stage": stage, "attempt": entry.attempts, "worker": entry.lease_owner}
        log.append(session, now, worker, "lost", document_id=document_id, data=lost)
    _move(entry, Status.PROCESSING, now)
    entry.fence += 1
    entry.lease_owner, entry.lease_until = worker, now + length
    attempts.begin(session, entry, now, entry.attempts + 1)
    taken = {"stage": stage, "attempt": entry.attempts}
    log.append(session, now, worker, "claimed", document_id=document_id, data=taken)
    return Lease(document_id, stage, entry.fence, entry.attempts, now + length)


def renew(session: Session, now: datetime, lease: Lease, length: timedelta) -> Lease:
    entry = leased(session, lease)
    entry.lease_until = now + length
    return Lease(lease.document_id, lease.stage, lease.fence, lease.attempt, now + length)


def settle(session: Session, now: datetime, lease: Lease, outcome: Outcome) -> None:
    entry = leased(session, lease)
    worker, stage, attempt = entry.lease_owner or "", entry.stage, entry.attempts
    name, kind = OUTCOMES[type(outcome)]
    error = error_code(outcome)
    attempts.end(session, entry, now, name, error)
    data: dict[str, object] = {"stage": stage, "attempt": attempt}
    match outcome:
        case Advance():
            _move(entry, Status.PROCESSING, now)
            entry.stage = data["to"] = outcome.stage
            if outcome.hands_over:
                entry.attempts = 0
            else:
                attempts.begin(session, entry, now, 1)
        case Spread():
            _move(entry, Status.PROCESSING, now)
            _spread(session, entry, now, outcome)
            data["ranges"] = len(outcome.ranges)
        case Retry():
            _move(entry, Status.PROCESSING, now)
            entry.not_before = outcome.not_before
        case Hold():
            _move(entry, Status.NEEDS_REVIEW, now)
            index_owners(session, outcome.record)
            entry.held = log.canonical_json(outcome.fields)
            data["fields"] = list(outcome.fields)
        case Publish():
            kind = _publish(session, now, entry, outcome)
        case Reject() | Quarantine():
            refuse(session, entry, now, outcome)
            data |= tell_origin(entry)
        case PagesKept():
            raise ValueError("only page ranges keep pages")
    entry.error_code = error
    if error is not None:
        data["code"] = error
    if isinstance(outcome, Advance | Hold | Publish) and outcome.record is not None:
        _keep_record(session, entry, outcome.record)
    if not isinstance(outcome, Advance) or outcome.hands_over:
        entry.lease_owner = entry.lease_until = None
    log.append(session, now, worker, kind, document_id=entry.document_id, data=data)
    if isinstance(outcome, Publish):
        _find_its_scans(session, now, entry, outcome, worker)


def _publish(session: Session, now: datetime, entry: DocumentEntry, outcome: Publish) -> EventKind:
    """The kind of its event."""
    _move(entry, Status.PUBLISHED, now)
    entry.published_at = now
    index_owners(session, outcome.record)
    preservations.begin(session, now, entry.document_id)
    if outcome.revocation is None:
        return "published"
    papers.lock_known(session, [papers.paper_key(session, outcome.record)])
    return "restored"  # of which nobody is told where the paper is revoked


def _find_its_scans(session: Session, now: datetime, entry: DocumentEntry, outcome: Publish, worker: str) -> None:
    """Behind the log's head."""
    papers.identify(session, now, entry, outcome.record, worker)
    if outcome.revocation is not None:
        papers.revoke(session, now, entry.document_id, outcome.revocation, worker)
    search_index.add(session, entry, outcome.record)


def give_up(session: Session, now: datetime, worker: str) -> int:
    held = select(DocumentEntry).where(WAITING, DocumentEntry.lease_owner == worker)
    given = session.scalars(held.with_for_update(key_share=BUT_FOR_ITS_ID)).all()
    for entry in given:
        attempts.end(session, entry, now, "retry")
        entry.lease_owner = entry.lease_until = None
        entry.not_before = entry.updated_at = now
        data = {"stage": entry.stage, "attempt": entry.attempts}
        log.append(session, now, worker, "retried", document_id=entry.document_id, data=data)
    return len(given)


def _spread(session: Session, entry: DocumentEntry, now: datetime, outcome: Spread) -> None:
    if entry.stage != "inspect" or not outcome.ranges:
        raise ValueError("a document is spread from inspect, over one range at least")
    session.add_all(
        PageRangeEntry(
            document_id=entry.document_id,
            first_page=pages.first,
            last_page=pages.last,
            attempts=0,
            not_before=now,
            fence=entry.fence,
        )
        for pages in outcome.ranges
    )


def tell_origin(entry: DocumentEntry) -> dict[str, object]:
    """Who sent it and when, beside its refusal: of a secret paper they are nearly all that is kept."""
    return {"unit": entry.unit, "sha256": entry.sha256, "received_at": entry.received_at.isoformat()}


def refuse(session: Session, entry: DocumentEntry, now: datetime, outcome: Reject | Quarantine) -> None:
    """End the document, with the reason in its record."""
    _move(entry, Status.REJECTED if isinstance(outcome, Reject) else Status.QUARANTINED, now)
    entry.error_code = error_code(outcome)
    _keep_record(session, entry, outcome.record)


def error_code(outcome: Outcome) -> str | None:
    match outcome:
        case Retry():
            return outcome.code
        case Reject() | Quarantine():
            return outcome.record.problem.code if outcome.record.problem else None
        case _:
            return None


def correct(session: Session, now: datetime, document_id: str, fields: Mapping[str, FieldRecord], actor: str) -> Record:
    entry = session.get(DocumentEntry, document_id, with_for_update={"key_share": BUT_FOR_ITS_ID})
    if entry is None:
        raise NotFoundError
    record = open_record(session, entry, pages=True)
    if entry.status != Status.NEEDS_REVIEW or entry.held is None or record is None:
        raise NotReadyError
    record = record.model_copy(update={"fields": {**record.fields, **fields}})
    left = [
        name for name in json.loads(entry.held) if name not in record.fields or record.fields[name].state == "review"
    ]
    if not left:
        _move(entry, Status.PROCESSING, now)
        entry.stage, entry.attempts, entry.not_before, entry.held = "assemble", 0, now, None
    entry.updated_at = now
    _keep_record(session, entry, record)
    if "owner_id" in fields:  # while it waits for others it is perhaps this person's, and no more another's
        index_owners(session, record)
    # Names of fields only: their values are personal data and stay in the record.
    done = {"fields": sorted(fields), "left": left}
    log.append(session, now, actor, "corrected", document_id=document_id, data=done)
    return record.model_copy(update={"status": Status(entry.status)})


def resume(session: Session, now: datetime, document_id: str, actor: str) -> None:
    entry = session.get(DocumentEntry, document_id, with_for_update={"key_share": BUT_FOR_ITS_ID})
    if entry is None:
        raise NotFoundError
    is_placed = entry.dossier is not None and entry.component is not None
    if entry.status != Status.QUARANTINED or entry.error_code in _STAYS_HELD or not is_placed:
        raise RetryRefusedError
    record = open_record(session, entry, pages=True)
    done = {"stage": entry.stage, "code": entry.error_code}
    _move(entry, Status.PROCESSING, now)
    if entry.stage == "assemble" and record is not None:
        _keep_record(session, entry, record.model_copy(update={"problem": None}))
    else:  # nothing but the refusal
        entry.record = entry.pages = entry.type_code = None
        entry.page_count = 0
    if entry.error_code == SignerDeclinedError.code:
        declined = update(SealEntry).where(SealEntry.document_id == document_id, SealEntry.signature.is_(None))
        session.execute(declined.values(transaction_id=None))
    entry.attempts, entry.not_before, entry.error_code = 0, now, None
    log.append(session, now, actor, "resumed", document_id=document_id, data=done)


def leased(session: Session, lease: Lease) -> DocumentEntry:
    """The locked row of a lease that still holds. Raises LeaseLostError."""
    entry = session.get(DocumentEntry, lease.document_id, with_for_update={"key_share": BUT_FOR_ITS_ID})
    if entry is None or entry.fence != lease.fence or entry.lease_owner is None:
        raise LeaseLostError
    return entry


def _move(entry: DocumentEntry, to: Status, now: datetime) -> None:
    here = Status(entry.status)
    if to not in MOVES[here]:
        raise ValueError(f"no move from {here} to {to}")
    entry.status, entry.updated_at = to, now


def _keep_record(session: Session, entry: DocumentEntry, record: Record) -> None:
    if record.document_id != entry.document_id:
        raise ValueError("the record is of another document")
    seal_record(session, entry, record)
    # Of a secret paper the name is taken out.
    entry.filename = seal_filename(session, entry.document_id, record.source.filename)
    entry.type_code = record.document_type.code
    entry.page_count = record.source.page_count


def index_owners(session: Session, record: Record) -> None:
    session.execute(delete(OwnerEntry).where(OwnerEntry.document_id == record.document_id))
    add_owners(session, [record])


def add_owners(session: Session, records: Sequence[Record]) -> None:
    """What no rule and no person has vouched for is marked, and answers nothing but "perhaps"."""
    key = key_of(session)
    rows = []
    for record in records:
        found = record.fields.get("owner_id")
        if found is None or found.value is None:
            continue
        owners = found.value if isinstance(found.value, list) else [found.value]
        rows += [
            {
                "owner": key.blind(owner),
                "document_id": record.document_id,
                "number": key.seal(owner, f"{record.document_id}/owner"),
                "attested": found.state in papers.TRUSTED_STATES,
            }
            for owner in dict.fromkeys(owners)
        ]
    if rows:
        session.connection().execute(_OWNERS.insert(), rows)
