"""Which published PDF needs a document timestamp next. Each function is part of one transaction.

Beside the documents and not in their state: a paper is published and reused while this goes on, for decades.
"""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, update
from sqlalchemy.orm import Session

from digitize.errors import LeaseLostError
from storage import log
from storage.preservation_api import Outlook, Postponed, PreservationLease, Preserved
from storage.tables import PreservationEntry

_ACTOR = "preservation"


def begin(session: Session, now: datetime, document_id: str) -> None:
    """Of a document just published."""
    session.add(PreservationEntry(document_id=document_id, due_at=now, not_before=now, attempts=0, fence=0))


def claim(
    session: Session, now: datetime, *, worker: str, length: timedelta, due: ColumnElement[bool], limit: int
) -> list[PreservationLease]:
    query = (
        select(PreservationEntry)
        .where(due)
        .order_by(PreservationEntry.due_at, PreservationEntry.document_id)
        .with_for_update(skip_locked=True)
    )
    # What failed before comes last: papers of an authority that is gone for good would keep all others waiting.
    entries = list(session.scalars(query.where(PreservationEntry.error_code.is_(None)).limit(limit)))
    if len(entries) < limit:
        entries += session.scalars(query.where(PreservationEntry.error_code.is_not(None)).limit(limit - len(entries)))
    leases = []
    for entry in entries:
        entry.fence += 1
        entry.attempts += 1
        entry.lease_owner, entry.lease_until = worker, now + length
        leases.append(PreservationLease(entry.document_id, entry.fence, entry.attempts, now + length))
    return leases


def is_due(now: datetime, grace: timedelta, ahead: timedelta) -> ColumnElement[bool]:
    entry = PreservationEntry
    first = and_(entry.ends.is_(None), entry.due_at <= now - grace)
    next_one = and_(entry.ends.is_not(None), entry.due_at <= now + ahead)
    free = or_(entry.lease_until.is_(None), entry.lease_until <= now)
    return and_(or_(first, next_one), entry.not_before <= now, free)


def exist(session: Session, due: ColumnElement[bool]) -> bool:
    return bool(session.scalar(select(exists().where(due))))


def settle(session: Session, now: datetime, lease: PreservationLease, outcome: Preserved | Postponed) -> None:
    entry = session.get(PreservationEntry, lease.document_id, with_for_update=True)
    if entry is None or entry.fence != lease.fence or entry.lease_owner is None:
        raise LeaseLostError
    entry.lease_owner = entry.lease_until = None
    match outcome:
        case Preserved():
            entry.ends = entry.due_at = outcome.ends
            entry.algorithm = outcome.algorithm
            entry.attempts, entry.error_code, entry.not_before = 0, None, now
            done = {"ends": outcome.ends.isoformat(), "algorithm": outcome.algorithm, "sha256": outcome.sha256}
            log.append(session, now, _ACTOR, "preserved", document_id=lease.document_id, data=done)
        case Postponed():
            # Of an attempt that fails day after day the log is told once.
            if entry.error_code != outcome.code:
                failed = {"code": outcome.code, "attempt": lease.attempt}
                log.append(session, now, _ACTOR, "not_preserved", document_id=lease.document_id, data=failed)
            entry.error_code, entry.not_before = outcome.code, outcome.not_before


def renew(session: Session, now: datetime, ends_before: datetime | None, algorithm: str | None) -> int:
    chosen: list[ColumnElement[bool]] = [PreservationEntry.ends.is_not(None)]
    if ends_before is not None:
        chosen.append(PreservationEntry.ends < ends_before)
    if algorithm is not None:
        chosen.append(PreservationEntry.algorithm == algorithm)
    done = session.execute(update(PreservationEntry).where(*chosen).values(due_at=now, not_before=now))
    renewed: int = done.rowcount  # type: ignore[attr-defined]  # an UPDATE has one
    log.append(session, now, _ACTOR, "renewal_ordered", data={"documents": renewed})
    return renewed


def outlook(session: Session) -> list[Outlook]:
    entry = PreservationEntry
    months: dict[tuple[str | None, str | None], list[int]] = {}
    query = select(entry.ends, entry.algorithm, func.count(), func.count(entry.error_code)).group_by(
        entry.ends, entry.algorithm
    )
    for ends, algorithm, documents, failing in session.execute(query):
        sums = months.setdefault((ends.strftime("%Y-%m") if ends else None, algorithm), [0, 0])
        sums[0] += documents
        sums[1] += failing
    return [Outlook(month, algorithm, *months[month, algorithm]) for month, algorithm in sorted(months, key=_nearest)]


def _nearest(key: tuple[str | None, str | None]) -> tuple[str, str]:
    month, algorithm = key
    return month or "", algorithm or ""
