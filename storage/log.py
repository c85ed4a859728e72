"""The log: append-only, each entry carrying the hash of the one before.

Hash of an entry = SHA-256 over a domain tag, the hash of the entry before (64 zeros before the first) and
the entry's own parts as canonical JSON. Changing, removing, inserting or reordering entries breaks the chain
from there on; cutting off its end is seen by ``log_head``.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from sqlalchemy import Connection, Table, bindparam, select, text
from sqlalchemy.orm import Session

from storage.api import Event, LogExtent
from storage.event_kinds import EventKind
from storage.reuse_tables import UseEntry
from storage.tables import EventEntry, LogHeadEntry

_DOMAIN = b"digitize event 1\0"
_READ_AHEAD = 1_000
_EVENTS, _HEAD, _USES = (cast("Table", entry.__table__) for entry in (EventEntry, LogHeadEntry, UseEntry))
_LOCKED_HEAD = select(_HEAD.c.sequence, _HEAD.c.hash).with_for_update()
_MOVE_HEAD = _HEAD.update().values(sequence=bindparam("last"), hash=bindparam("last_hash"))
_WRITE = text(
    """
    WITH head AS (UPDATE log_head SET sequence = CAST(:last AS bigint), hash = CAST(:last_hash AS text)),
    new AS (
        INSERT INTO events (sequence, at, actor, kind, document_id, data, hash)
        SELECT * FROM unnest(
            CAST(:sequence AS bigint[]), CAST(:at AS timestamptz[]), CAST(:actor AS text[]), CAST(:kind AS text[]),
            CAST(:document_id AS text[]), CAST(:data AS text[]), CAST(:hash AS text[])
        )
    )
    INSERT INTO uses (sequence, document_id) SELECT * FROM unnest(CAST(:used_in AS bigint[]), CAST(:used AS text[]))
    """
)
"""Entries, where they end, and the documents they give out."""


@dataclass(frozen=True, slots=True)
class Entry:
    """To be written down."""

    actor: str
    kind: EventKind
    document_id: str | None
    data: Mapping[str, object]


def append(
    session: Session,
    now: datetime,
    actor: str,
    kind: EventKind,
    *,
    document_id: str | None = None,
    data: Mapping[str, object] | None = None,
) -> Event:
    """Add an entry; other writers wait at the head row until this transaction ends.

    Call it after the rows of the document are locked, so that all writers lock in one order.
    """
    return append_all(session, now, [Entry(actor, kind, document_id, data or {})])[0]


def append_all(
    session: Session, now: datetime, entries: Sequence[Entry], given_out: Sequence[Sequence[str]] = ()
) -> list[Event]:
    """Several at once, in this order; for who can, far cheaper than one by one. ``given_out``: of each entry, the
    documents of which somebody is told.
    """
    session.flush()
    sequence, previous = lock(session)
    rows: list[dict[str, object]] = []
    events: list[Event] = []
    for number, one in enumerate(entries, start=sequence + 1):
        text = canonical_json(dict(one.data))
        previous = _chain(previous, (number, now, one.actor, one.kind, one.document_id, text))
        rows.append(
            {
                "sequence": number,
                "at": now,
                "actor": one.actor,
                "kind": one.kind,
                "document_id": one.document_id,
                "data": text,
                "hash": previous,
            }
        )
        events.append(Event(number, now, one.actor, one.kind, one.document_id, json.loads(text), previous))
    uses = [(event.sequence, one) for event, documents in zip(events, given_out, strict=False) for one in documents]
    _write(session.connection(), rows, uses)
    return events


def _write(connection: Connection, rows: Sequence[Mapping[str, object]], uses: Sequence[tuple[int, str]]) -> None:
    """On PostgreSQL in one message: other writers wait at the head until the last of them is answered."""
    last = rows[-1]
    if connection.dialect.name == "postgresql":
        columns = {column.name: [row[column.name] for row in rows] for column in _EVENTS.c}
        used = {"used_in": [sequence for sequence, _ in uses], "used": [document_id for _, document_id in uses]}
        connection.execute(_WRITE, {**columns, **used, "last": last["sequence"], "last_hash": last["hash"]})
        return
    connection.execute(_EVENTS.insert(), rows)
    connection.execute(_MOVE_HEAD, {"last": last["sequence"], "last_hash": last["hash"]})
    if uses:
        connection.execute(_USES.insert(), [{"sequence": one, "document_id": document_id} for one, document_id in uses])


def lock(session: Session) -> tuple[int, str]:
    """Until this transaction ends no other can add an entry, nor do what waits for this. Sequence and hash of the last
    entry.
    """
    found = session.connection().execute(_LOCKED_HEAD).one()
    return found.sequence, found.hash


def read(session: Session, document_id: str | None, limit: int, kind: EventKind | None = None) -> list[Event]:
    query = select(EventEntry).order_by(EventEntry.sequence.desc()).limit(limit)
    if document_id is not None:
        query = query.where(EventEntry.document_id == document_id)
    if kind is not None:
        query = query.where(EventEntry.kind == kind)
    return [_event(entry) for entry in session.scalars(query)]


def extent(session: Session) -> LogExtent:
    head = session.scalars(select(LogHeadEntry)).one()
    since = session.scalars(select(EventEntry.at).order_by(EventEntry.sequence).limit(1)).first()
    return LogExtent(head.sequence, since, head.hash)


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
            if entry.sequence != sequence or entry.hash != _chain_entry(last_hash, entry):
                return sequence
            last_hash = entry.hash
            session.expunge(entry)
    if sequence != head.sequence:
        return sequence + 1
    return None if last_hash == head.hash else sequence


def canonical_json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _chain_entry(previous_hash: str, entry: EventEntry) -> str:
    parts = (entry.sequence, entry.at, entry.actor, entry.kind, entry.document_id, entry.data)
    return _chain(previous_hash, parts)


def _chain(previous_hash: str, parts: tuple[int, datetime, str, str, str | None, str]) -> str:
    sequence, at, *rest = parts
    told = [sequence, at.astimezone(UTC).isoformat(timespec="microseconds"), *rest]
    message = _DOMAIN + bytes.fromhex(previous_hash) + canonical_json(told).encode()
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
