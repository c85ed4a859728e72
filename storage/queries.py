"""Statements to the catalogue that change nothing."""

from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, cast

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Table,
    and_,
    bindparam,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session, undefer

from digitize.identity import ID_LENGTH, ID_LETTERS
from digitize.model import Status
from storage import pages
from storage.api import Attempt, DocumentRow, Stand
from storage.catalogue_key import CatalogueKey
from storage.pages import Page, Window
from storage.papers_api import PaperRow
from storage.reuse_api import Holding
from storage.reuse_tables import DossierEntry
from storage.sealed_records import open_filename, open_record, open_told
from storage.search_tables import SearchEntry
from storage.statements import Statement, Steps
from storage.tables import AttemptEntry, DocumentEntry, OwnerEntry, UtcDateTime

_EPOCH, _TIME_BYTES = datetime(1970, 1, 1, tzinfo=UTC), 8
_DOCUMENTS, _OWNERS, _DOSSIERS, _SEARCHED = (
    cast("Table", one.__table__) for one in (DocumentEntry, OwnerEntry, DossierEntry, SearchEntry)
)


def find(session: Session, now: datetime, document_id: str) -> DocumentRow | None:
    entry = session.get(DocumentEntry, document_id, options=[undefer(DocumentEntry.pages)])
    return row_of(session, entry, now, pages=True) if entry else None


# By the least and the greatest id that begins so: of text in languages' order no index finds a prefix.
# By the least and the greatest id that begins so: of text in a language's order no index finds a prefix. That is right
# where digits come before letters and these as in English, as they do in Vietnamese.
_STANDS = Statement(
    select(_DOCUMENTS.c.document_id, _DOCUMENTS.c.status, _DOCUMENTS.c.error_code, _SEARCHED.c.position)
    .select_from(_DOCUMENTS.outerjoin(_SEARCHED, _SEARCHED.c.document_id == _DOCUMENTS.c.document_id))
    .where(_DOCUMENTS.c.document_id.between(bindparam("least"), bindparam("greatest")))
)
_CHANGED = (
    select(_DOCUMENTS.c.document_id)
    .where(_DOCUMENTS.c.updated_at >= bindparam("since", type_=UtcDateTime))
    .order_by(_DOCUMENTS.c.updated_at.desc(), _DOCUMENTS.c.document_id)
    .limit(bindparam("limit", type_=Integer))
)
_CHANGED_AT_ALL = Statement(_CHANGED)
_STOPPED = Statement(_CHANGED.where(_DOCUMENTS.c.error_code == bindparam("error_code")))


def read_stands(part: str) -> Steps[dict[str, Stand]]:
    least, greatest = (part.ljust(ID_LENGTH, letter) for letter in (ID_LETTERS[0], ID_LETTERS[-1]))
    rows = yield _STANDS.asking({"least": least, "greatest": greatest})
    return {one.document_id: Stand(Status(one.status), one.error_code, one.position is not None) for one in rows}


def list_changed(since: datetime, limit: int, error_code: str | None) -> Steps[list[str]]:
    asked = {"since": since, "limit": limit}
    statement = (
        _CHANGED_AT_ALL.asking(asked) if error_code is None else _STOPPED.asking({**asked, "error_code": error_code})
    )
    rows = yield statement
    return [one.document_id for one in rows]


def list_documents(
    session: Session, now: datetime, status: Status | None, units: frozenset[str], limit: int, named: str | None
) -> list[DocumentRow]:
    query = of_units(select(DocumentEntry), units)
    if status is not None:
        query = query.where(DocumentEntry.status == status)
    if named is not None:
        begins_so = DocumentEntry.document_id.startswith(named, autoescape=True)
        query = query.where(or_(DocumentEntry.dossier == named, begins_so))
    query = query.order_by(DocumentEntry.updated_at.desc(), DocumentEntry.document_id).limit(limit)
    return [row_of(session, entry, now) for entry in session.scalars(query)]


def list_attempts(session: Session, document_id: str) -> list[Attempt]:
    """Oldest first."""
    query = select(AttemptEntry).where(AttemptEntry.document_id == document_id).order_by(AttemptEntry.attempt_id)
    return [
        Attempt(
            stage=entry.stage,  # type: ignore[arg-type]  # a constraint of the table
            first_page=entry.first_page,
            number=entry.number,
            started_at=entry.started_at,
            ended_at=entry.ended_at,
            outcome=entry.outcome,
            error_code=entry.error_code,
        )
        for entry in session.scalars(query)
    ]


def count(session: Session) -> dict[tuple[str | None, Status], int]:
    query = select(DocumentEntry.unit, DocumentEntry.status, func.count()).group_by(
        DocumentEntry.unit, DocumentEntry.status
    )
    return {(unit, Status(status)): number for unit, status, number in session.execute(query)}


# Portals wait for these: nothing is asked for or decrypted that they are not told.
PAPER = (
    _DOCUMENTS.c.document_id,
    _DOCUMENTS.c.status,
    _DOCUMENTS.c.unit,
    _DOCUMENTS.c.dossier,
    _DOCUMENTS.c.role,
    _DOCUMENTS.c.type_code,
    _DOCUMENTS.c.received_at,
    _DOCUMENTS.c.published_at,
    _DOCUMENTS.c.record,
)


def look_up(
    key: CatalogueKey,
    owner_id: str,
    window: Window,
    units: frozenset[str],
    types: frozenset[str],
    document_type: str | None,
) -> Steps[Page[PaperRow]]:
    owner = key.blind(owner_id)
    asked = ("lookup", window.asker, owner, sorted(units), sorted(types), document_type)
    values: dict[str, object] = {"owner": owner, "limit": window.limit + 1}
    if units:
        values["units"] = sorted(units)
    if types:
        values["types"] = sorted(types)
    if document_type is not None:
        values["type"] = document_type
    if window.cursor is not None:
        place = pages.open_cursor(key, asked, window.cursor)
        microseconds, last = int.from_bytes(place[:_TIME_BYTES], "big"), place[_TIME_BYTES:].decode()
        values |= {"last_at": _EPOCH + timedelta(microseconds=microseconds), "last": last}
    statement = _found(
        of_units=bool(units),
        of_types=bool(types),
        of_type=document_type is not None,
        behind=window.cursor is not None,
    )
    found = yield statement.asking(values)
    given, cursor = pages.cut(key, asked, window.limit, found, _place_of)
    return Page(tuple(paper_of(key, one) for one in given), cursor)


@cache
def _found(*, of_units: bool, of_types: bool, of_type: bool, behind: bool) -> Statement:
    """Published papers that somebody vouches for as the owner's, but for those that another of them stands for."""

    def are_given(documents: FromClause, owners: FromClause) -> list[ColumnElement[bool]]:
        conditions = [
            owners.c.document_id == documents.c.document_id,
            owners.c.owner == bindparam("owner"),
            owners.c.attested,
            documents.c.status == Status.PUBLISHED.value,
        ]
        if of_units:
            conditions.append(documents.c.unit.in_(bindparam("units", expanding=True)))
        if of_types:
            conditions.append(documents.c.type_code.in_(bindparam("types", expanding=True)))
        if of_type:
            conditions.append(documents.c.type_code == bindparam("type"))
        return conditions

    first, its_owners = _DOCUMENTS.alias(), _OWNERS.alias()
    stands_for_it = exists().where(first.c.document_id == _DOCUMENTS.c.same_as, *are_given(first, its_owners))
    query = select(*PAPER).where(*are_given(_DOCUMENTS, _OWNERS), ~stands_for_it)
    if behind:
        at, last_at = _DOCUMENTS.c.published_at, bindparam("last_at", type_=UtcDateTime)
        later = _DOCUMENTS.c.document_id > bindparam("last")
        query = query.where(or_(at < last_at, and_(at == last_at, later)))
    by_time = _DOCUMENTS.c.published_at.desc(), _DOCUMENTS.c.document_id
    return Statement(query.order_by(*by_time).limit(bindparam("limit", type_=Integer)))


def _place_of(row: Any) -> bytes:
    microseconds = (row.published_at - _EPOCH) // timedelta(microseconds=1)
    return int(microseconds).to_bytes(_TIME_BYTES, "big") + str(row.document_id).encode()


def list_holdings(key: CatalogueKey, owner_id: str, units: frozenset[str]) -> Steps[list[Holding]]:
    values: dict[str, object] = {"owner": key.blind(owner_id)}
    if units:
        values["units"] = sorted(units)
    found = yield _held(of_units=bool(units)).asking(values)
    shown = {one.document_id for one in found}
    scans: dict[str, list[Any]] = {}
    for one in found:
        scans.setdefault(one.same_as if one.same_as in shown else one.document_id, []).append(one)
    holdings = []
    for first, of_paper in scans.items():
        # The first scan stands for the paper, unless nobody vouches for its owner and somebody does on another.
        best = min(of_paper, key=lambda one: (not _is_given(one), one.document_id != first))
        copies = tuple(paper_of(key, one) for one in of_paper if one is not best)
        holdings.append(Holding(paper_of(key, best), best.attested, best.procedure, copies))
    return holdings


def _is_given(one: Any) -> bool:
    return bool(one.attested) and one.status == Status.PUBLISHED


@cache
def _held(*, of_units: bool) -> Statement:
    query = (
        select(*PAPER, _DOCUMENTS.c.same_as, _OWNERS.c.attested, _DOSSIERS.c.procedure)
        .join(_OWNERS, _OWNERS.c.document_id == _DOCUMENTS.c.document_id)
        .outerjoin(_DOSSIERS, _DOSSIERS.c.code == _DOCUMENTS.c.dossier)
        .where(
            _OWNERS.c.owner == bindparam("owner"),
            _DOCUMENTS.c.status.in_([Status.PUBLISHED.value, Status.REVOKED.value, Status.NEEDS_REVIEW.value]),
        )
        .order_by(_DOCUMENTS.c.updated_at.desc(), _DOCUMENTS.c.document_id)
    )
    if of_units:
        query = query.where(_DOCUMENTS.c.unit.in_(bindparam("units", expanding=True)))
    return Statement(query)


def of_units(query: Select[DocumentEntry], units: frozenset[str]) -> Select[DocumentEntry]:
    """No units: every unit. A paper without a unit is shown to those who may see every unit only."""
    return query.where(DocumentEntry.unit.in_(sorted(units))) if units else query


def paper_of(key: CatalogueKey, row: Any) -> PaperRow:
    """``row``: has the columns of ``PAPER``."""
    return PaperRow(
        document_id=row.document_id,
        status=Status(row.status),
        unit=row.unit,
        dossier=row.dossier,
        role=row.role,
        type_code=row.type_code,
        received_at=row.received_at,
        published_at=row.published_at,
        record=open_told(key, row),
    )


def row_of(session: Session, entry: DocumentEntry, now: datetime, *, pages: bool = False) -> DocumentRow:
    return DocumentRow(
        document_id=entry.document_id,
        status=Status(entry.status),
        stage=entry.stage,  # type: ignore[arg-type]  # a constraint of the table, as are role and priority
        unit=entry.unit,
        dossier=entry.dossier,
        component=entry.component,
        role=entry.role,  # type: ignore[arg-type]
        filename=open_filename(session, entry),
        sha256=entry.sha256,
        size=entry.size,
        media_type=entry.media_type,
        page_count=entry.page_count,
        type_code=entry.type_code,
        priority=entry.priority,  # type: ignore[arg-type]
        attempts=entry.attempts,
        error_code=entry.error_code,
        received_at=entry.received_at,
        updated_at=entry.updated_at,
        published_at=entry.published_at,
        leased=entry.lease_until is not None and entry.lease_until > now,
        same_as=entry.same_as,
        record=open_record(session, entry, pages=pages),
    )
