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

from sqlalchemy import Table, bindparam, select, text
from sqlalchemy.orm import Session

from storage.event_kinds import EventKind
from storage.log_api import Event, LogExtent
from storage.reuse_tables import UseEntry
from storage.statements import Held, Statement, Steps, answer
from storage.tables import EventEntry, LogHeadEntry

_DOMAIN = b"digitize event 1\0"
_READ_AHEAD = 1_000
_EVENTS, _HEAD, _USES = (cast("Table", entry.__table__) for entry in (EventEntry, LogHeadEntry, UseEntry))
_LOCKED_HEAD = Statement(select(_HEAD.c.sequence, _HEAD.c.hash).with_for_update())
_MOVE_HEAD = Statement(_HEAD.update().values(sequence=bindparam("last"), hash=bindparam("last_hash")))
_ENTER, _USE = Statement(_EVENTS.insert()), Statement(_USES.insert())
_APPEND = Statement(
    text(
        """
        WITH RECURSIVE head AS MATERIALIZED (SELECT sequence, hash FROM log_head FOR UPDATE),
        given AS (
            SELECT * FROM ROWS FROM (
                json_to_recordset(CAST(:given AS json)) AS (
                    at timestamptz, actor text, kind text, document_id text, data text, told text, used json
                )
            ) WITH ORDINALITY AS given (at, actor, kind, document_id, data, told, used, nth)
        ),
        chain (nth, sequence, hash) AS (
            SELECT CAST(0 AS bigint), sequence, CAST(hash AS text) FROM head
            UNION ALL
            SELECT given.nth, chain.sequence + 1, encode(sha256(
                CAST(:domain AS bytea) || decode(chain.hash, 'hex')
                || convert_to('[' || (chain.sequence + 1) || ',' || given.told, 'UTF8')
            ), 'hex')
            FROM chain JOIN given ON given.nth = chain.nth + 1
        ),
        moved AS (
            UPDATE log_head SET sequence = last.sequence, hash = last.hash
            FROM (SELECT sequence, hash FROM chain ORDER BY nth DESC LIMIT 1) AS last
        ),
        entered AS (
            INSERT INTO events (sequence, at, actor, kind, document_id, data, hash)
            SELECT sequence, at, actor, kind, document_id, data, hash FROM given JOIN chain USING (nth)
        ),
        used AS (
            INSERT INTO uses (sequence, document_id)
            SELECT sequence, json_array_elements_text(used) FROM given JOIN chain USING (nth)
        )
        SELECT sequence, hash FROM chain WHERE nth > 0 ORDER BY nth
        """
    ).columns(_HEAD.c.sequence, _HEAD.c.hash)
)
"""Takes the head, hangs the entries on behind it as ``_chain`` does, and moves it, in one message: other writers wait
for the database alone, and not until this process has its turn again. ``told`` is what is hashed of an entry behind
its sequence.
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """To be written down."""

    actor: str
    kind: EventKind
    document_id: str | None
    data: Mapping[str, object]
    documents: Sequence[str] = ()
    """Of which somebody is told something."""


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


def append_all(session: Session, now: datetime, entries: Sequence[Entry]) -> list[Event]:
    """Several at once, in this order; for who can, far cheaper than one by one."""
    session.flush()
    held = Held.by(session.connection())
    return answer(held, write(held.dialect.name, now, entries))


def entry_of_use(
    actor: str, kind: EventKind, document_ids: Sequence[str], data: Mapping[str, object] | None = None
) -> Entry:
    """Somebody is told something of these papers."""
    only = document_ids[0] if len(document_ids) == 1 else None
    return Entry(actor, kind, only, data or {}, document_ids)


def write(backend: str, now: datetime, entries: Sequence[Entry]) -> Steps[list[Event]]:
    """As ``append_all``, where no session has rows yet to be written; on PostgreSQL it is one statement."""
    data = [canonical_json(dict(one.data)) for one in entries]
    told = list(zip(entries, data, strict=True))
    places = yield from (_in_postgresql if backend == "postgresql" else _in_sqlite)(now, told)
    return [
        Event(sequence, now, one.actor, one.kind, one.document_id, json.loads(text), hashed)
        for (sequence, hashed), (one, text) in zip(places, told, strict=True)
    ]


def _in_postgresql(now: datetime, entries: Sequence[tuple[Entry, str]]) -> Steps[list[tuple[int, str]]]:
    given = [
        {
            "at": now.isoformat(),
            "actor": one.actor,
            "kind": one.kind,
            "document_id": one.document_id,
            "data": data,
            "told": _told(now, one.actor, one.kind, one.document_id, data),
            "used": list(one.documents),
        }
        for one, data in entries
    ]
    return (yield _APPEND.asking({"domain": _DOMAIN, "given": canonical_json(given)}))


def _in_sqlite(now: datetime, entries: Sequence[tuple[Entry, str]]) -> Steps[list[tuple[int, str]]]:
    sequence, hashed = yield from _take_head()
    places = []
    for one, data in entries:
        sequence += 1
        hashed = _chain(hashed, sequence, _told(now, one.actor, one.kind, one.document_id, data))
        parts = {"at": now, "actor": one.actor, "kind": one.kind, "document_id": one.document_id, "data": data}
        yield _ENTER.asking({"sequence": sequence, **parts, "hash": hashed})
        for document_id in one.documents:
            yield _USE.asking({"sequence": sequence, "document_id": document_id})
        places.append((sequence, hashed))
    yield _MOVE_HEAD.asking({"last": sequence, "last_hash": hashed})
    return places


def lock(session: Session) -> tuple[int, str]:
    """Until this transaction ends no other can add an entry, nor do what waits for this. Sequence and hash of the last
    entry.
    """
    return answer(Held.by(session.connection()), _take_head())


def _take_head() -> Steps[tuple[int, str]]:
    [head] = yield _LOCKED_HEAD.asking({})
    return head.sequence, head.hash


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
    told = _told(entry.at, entry.actor, entry.kind, entry.document_id, entry.data)
    return _chain(previous_hash, entry.sequence, told)


def _told(at: datetime, actor: str, kind: str, document_id: str | None, data: str) -> str:
    """What is hashed of an entry, behind its sequence: the rest of a list in JSON."""
    return canonical_json([at.astimezone(UTC).isoformat(timespec="microseconds"), actor, kind, document_id, data])[1:]


def _chain(previous_hash: str, sequence: int, told: str) -> str:
    message = _DOMAIN + bytes.fromhex(previous_hash) + f"[{sequence},{told}".encode()
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
