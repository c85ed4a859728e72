"""The log: append-only, each entry carrying the hash of the one before.

Hash of an entry = SHA-256 over a domain tag, the hash of the entry before (64 zeros before the first) and
the entry's own parts as canonical JSON. Changing, removing, inserting or reordering entries breaks the chain
from there on; cutting off its end is seen by ``log_head``.
"""

import hashlib
import json
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.api import Event
from storage.tables import EventEntry, LogHeadEntry

_DOMAIN = b"digitize event 1\0"
_READ_AHEAD = 1_000


def append(
    session: Session,
    now: datetime,
    actor: str,
    kind: str,
    *,
    document_id: str | None = None,
    data: Mapping[str, object] | None = None,
) -> Event:
    """Add an entry; other writers wait at the head row until this transaction ends.

    Call it after the rows of the document are locked, so that all writers lock in one order.
    """
    session.flush()
    head = lock(session)
    entry = EventEntry(
        sequence=head.sequence + 1,
        at=now,
        actor=actor,
        kind=kind,
        document_id=document_id,
        data=canonical_json(dict(data or {})),
    )
    entry.hash = _chain(head.hash, entry)
    head.sequence, head.hash = entry.sequence, entry.hash
    session.add(entry)
    session.flush()
    return _event(entry)


def lock(session: Session) -> LogHeadEntry:
    """Until this transaction ends no other can add an entry, nor do what waits for this."""
    return session.scalars(select(LogHeadEntry).with_for_update().execution_options(populate_existing=True)).one()


def read(session: Session, document_id: str | None, limit: int) -> list[Event]:
    query = select(EventEntry).order_by(EventEntry.sequence.desc()).limit(limit)
    if document_id is not None:
        query = query.where(EventEntry.document_id == document_id)
    return [_event(entry) for entry in session.scalars(query)]


def find_break(session: Session) -> int | None:
    """Sequence of the first entry that is missing or not as it was written; None where all hold."""
    head = session.scalars(select(LogHeadEntry)).one()
    query = (
        select(EventEntry)
        .where(EventEntry.sequence <= head.sequence)
        .order_by(EventEntry.sequence)
        .execution_options(yield_per=_READ_AHEAD)
    )
    sequence, last_hash = 0, "0" * 64
    with closing(session.scalars(query)) as entries:
        for entry in entries:
            sequence += 1
            if entry.sequence != sequence or entry.hash != _chain(last_hash, entry):
                return sequence
            last_hash = entry.hash
            session.expunge(entry)
    if sequence != head.sequence:
        return sequence + 1
    return None if last_hash == head.hash else sequence


def canonical_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _chain(previous_hash: str, entry: EventEntry) -> str:
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    parts = [entry.sequence, at, entry.actor, entry.kind, entry.document_id, entry.data]
    message = _DOMAIN + bytes.fromhex(previous_hash) + canonical_json(parts).encode()
    return hashlib.sha256(message).hexdigest()


def _event(entry: EventEntry) -> Event:
    return Event(
        sequence=entry.sequence,
        at=entry.at,
        actor=entry.actor,
        kind=entry.kind,
        document_id=entry.document_id,
        data=json.loads(entry.data),
        hash=entry.hash,
    )
