"""The index behind text search: hidden terms of each published document. Each function is part of one transaction.

Terms are those of its words, and of its unit, its type and whether it shows nothing sensitive, so that what a client
may not see costs nothing to pass over.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    BigInteger,
    BindParameter,
    ColumnClause,
    ColumnElement,
    Integer,
    Select,
    Table,
    bindparam,
    column,
    func,
    insert,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session, undefer

from digitize.model import Record, Status
from digitize.search_terms import index_terms
from digitize.sensitivity import shows_sensitive
from storage import log
from storage.catalogue_key import CatalogueKey
from storage.sealed_records import key_of, open_record
from storage.search_tables import SearchEntry
from storage.statements import Statement, Steps
from storage.tables import BUT_FOR_ITS_ID, DocumentEntry

NOT_SENSITIVE = "not sensitive, rule 2"
"""With the number of the rule it was decided by: what a program of before wrote is not found without the scope."""
_LOOKED_AT_FIRST, _LOOKED_THROUGH = 5, 50
"""For each answer asked for, so many of the newest documents are gone through before PostgreSQL's index is asked: what
many papers bear is found among them, and the index would list every one. To look at one takes 10 µs.
"""
_SECOND = 1_000
_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")
_ENTRIES = cast("Table", SearchEntry.__table__)
_LAST_WITHIN = select(func.max(_ENTRIES.c.position)).where(
    _ENTRIES.c.position >= bindparam("start"), _ENTRIES.c.position < bindparam("end")
)
_WORDS = table("search_words", column("position", BigInteger), column("words", ARRAY(BigInteger)))
_FTS = table("search_words", column("rowid", BigInteger), column("words"))
_FTS_WHOLE: ColumnClause[str] = column("search_words")
"""FTS5 takes its questions in a column called like the table."""


def of_unit(unit: str | None) -> str:
    return f"unit {unit}"


def of_type(type_code: str | None) -> str:
    return f"type {type_code}"


def place_of(published_at: datetime) -> int:
    return (published_at - _EPOCH) // timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Searchable:
    """A published document."""

    document_id: str
    unit: str | None
    published_at: datetime
    record: Record


def add(session: Session, entry: DocumentEntry, record: Record) -> None:
    """Make a published document searchable. Called when the log's head is locked: no two take one place."""
    if entry.published_at is None:
        raise ValueError("only what is published is searched")
    session.flush()
    add_all(session, [Searchable(entry.document_id, entry.unit, entry.published_at, record)])


def add_all(session: Session, published: Sequence[Searchable]) -> None:
    """As ``add``. What was published last had better come last: the index takes a row at its end far sooner."""
    insert_all(session, [(one, terms_of(session, one)) for one in published])


def insert_all(session: Session, published: Sequence[tuple[Searchable, list[int]]]) -> None:
    """As ``add_all``, for who has made their terms before the log's head was locked."""
    taken = _Taken(session)
    rows = [(taken.next(place_of(one.published_at)), one.document_id, terms) for one, terms in published]
    if rows:
        insert_rows(session, rows)


def terms_of(session: Session, one: Searchable) -> list[int]:
    return hidden_terms(key_of(session), one.unit, one.record)


class _Taken:
    """Places that are taken; each second is asked for once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._last: dict[int, int] = {}
        """By second, the last place of it that is taken; the one before the first where none is."""

    def next(self, place: int) -> int:
        """Take this one or, since what comes back from the archive has its time to the second only, the one behind the
        last of its second.
        """
        while (last := self._last_of(place // _SECOND)) >= place:
            place = last + 1
        self._last[place // _SECOND] = place
        return place

    def _last_of(self, second: int) -> int:
        if second not in self._last:
            start = second * _SECOND
            found = self._session.connection().scalar(_LAST_WITHIN, {"start": start, "end": start + _SECOND})
            self._last[second] = start - 1 if found is None else found
        return self._last[second]


def hidden_terms(key: CatalogueKey, unit: str | None, record: Record) -> list[int]:
    terms = {*index_terms(record), of_unit(unit), of_type(record.document_type.code)}
    if not shows_sensitive(record.document_type.code, record.fields, record.pages):
        terms.add(NOT_SENSITIVE)
    return sorted(map(key.hide_term, terms))


def insert_rows(session: Session, rows: Sequence[tuple[int, str, list[int]]]) -> None:
    """Place, document and hidden terms of each."""
    connection = session.connection()
    connection.execute(
        insert(_ENTRIES), [{"position": place, "document_id": document_id} for place, document_id, _ in rows]
    )
    if _is_sqlite(session):
        words = [{"rowid": place, "words": " ".join(map(_as_word, hidden))} for place, _, hidden in rows]
        connection.execute(insert(_FTS), words)
    else:
        connection.execute(insert(_WORDS), [{"position": place, "words": hidden} for place, _, hidden in rows])


def add_missing(session: Session, document_ids: Sequence[str]) -> None:
    entries = session.scalars(
        select(DocumentEntry)
        .where(DocumentEntry.document_id.in_(document_ids), DocumentEntry.status == Status.PUBLISHED)
        .order_by(DocumentEntry.document_id)
        .options(undefer(DocumentEntry.pages))
        .with_for_update(key_share=BUT_FOR_ITS_ID)
    ).all()
    missing = []
    for entry in sorted(entries, key=lambda one: one.published_at or _EPOCH):
        record = open_record(session, entry, pages=True)
        if record is not None and entry.published_at is not None:
            one = Searchable(entry.document_id, entry.unit, entry.published_at, record)
            missing.append((one, terms_of(session, one)))
    log.lock(session)
    # Asked behind the lock: another process may have been here while this one waited.
    made = set(session.scalars(select(_ENTRIES.c.document_id).where(_ENTRIES.c.document_id.in_(document_ids))))
    insert_all(session, [(one, terms) for one, terms in missing if one.document_id not in made])


def find(
    key: CatalogueKey, backend: str, every: set[str], any_of: Sequence[set[str]], *, since: int, before: int, limit: int
) -> Steps[list[int]]:
    """Places of documents with every term and one of each of the groups, the highest first."""
    asked, groups = sorted(map(key.hide_term, every)), [sorted(map(key.hide_term, group)) for group in any_of]
    values: dict[str, object] = {"since": since, "before": before, "limit": limit}
    if backend == "sqlite":
        parts = [_as_word(term) for term in asked]
        parts += ["(" + " OR ".join(map(_as_word, group)) + ")" for group in groups]
        return _places((yield _IN_SQLITE.asking({**values, "asked": " AND ".join(parts)})))
    values |= {"asked": asked, **{f"group_{number}": group for number, group in enumerate(groups)}}
    # The newest, one by one, and if they do not suffice all by the index. The planner would choose one of the two by
    # how often it thinks the terms come together, and is wrong by thousands where they never do; a few papers tell.
    newest, indexed = _in_postgresql(len(groups))
    found = yield newest.asking({**values, "looked": _LOOKED_AT_FIRST * limit})
    is_frequent = len(found) * _LOOKED_THROUGH >= _LOOKED_AT_FIRST * limit
    if len(found) < limit and is_frequent:
        found = yield newest.asking({**values, "looked": _LOOKED_THROUGH * limit})
    if len(found) < limit:
        found = yield indexed.asking(values)
    return _places(found)


def _places(rows: Sequence[Any]) -> list[int]:
    return [row.position for row in rows]


_IN_SQLITE = Statement(
    select(_FTS.c.rowid.label("position"))
    .where(
        _FTS_WHOLE.op("MATCH")(bindparam("asked")),
        _FTS.c.rowid >= bindparam("since"),
        _FTS.c.rowid < bindparam("before"),
    )
    .order_by(_FTS.c.rowid.desc())
    .limit(bindparam("limit", type_=Integer))
)


@cache
def _in_postgresql(groups: int) -> tuple[Statement, Statement]:
    """Among the newest ``looked``, and by the index of words."""
    words = column("words", ARRAY(BigInteger))
    conditions = [words.contains(bindparam("asked", type_=ARRAY(BigInteger)))]
    conditions += [words.overlap(bindparam(f"group_{n}", type_=ARRAY(BigInteger))) for n in range(groups)]
    since, before = (bindparam(name, type_=BigInteger) for name in ("since", "before"))
    looked, limit = (bindparam(name, type_=Integer) for name in ("looked", "limit"))

    def highest(question: Select[Any], place: ColumnElement[int], count: BindParameter[int]) -> Select[Any]:
        return question.where(place >= since, place < before).order_by(place.desc()).limit(count)

    newest = highest(select(_WORDS), _WORDS.c.position, looked).subquery()
    indexed = select(_WORDS.c.position).where(*conditions).cte("found").prefix_with("MATERIALIZED")
    return (
        Statement(highest(select(newest.c.position).where(*conditions), newest.c.position, limit)),
        Statement(highest(select(indexed.c.position), indexed.c.position, limit)),
    )


def _as_word(hidden: int) -> str:
    return format(hidden, "x")


def _is_sqlite(session: Session) -> bool:
    return session.connection().dialect.name == "sqlite"
