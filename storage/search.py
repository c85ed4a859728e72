"""Text search. Each function is part of one transaction."""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Row, Select, Table, select
from sqlalchemy.orm import Session

from digitize.model import Status
from digitize.search_terms import query_terms
from storage import pages, search_index
from storage.queries import PAPER, paper_of
from storage.sealed_records import key_of
from storage.search_api import SearchPage, SearchQuery
from storage.search_tables import SearchEntry
from storage.tables import DocumentEntry

_AFTER_ALL = 2**63 - 1
_PLACE_BYTES = 8
_ENTRIES, _DOCUMENTS = (cast("Table", one.__table__) for one in (SearchEntry, DocumentEntry))


def search(session: Session, query: SearchQuery, limit: int, cursor: str | None) -> SearchPage:
    terms = query_terms(query.text)
    every = {*terms} if query.sensitive else {*terms, search_index.NOT_SENSITIVE}
    if query.unit is not None:
        every.add(search_index.of_unit(query.unit))
    if query.document_type is not None:
        every.add(search_index.of_type(query.document_type))
    groups = [{*map(search_index.of_unit, query.units)}, {*map(search_index.of_type, query.types)}]
    any_of = [group for group in groups if group]
    since = 0 if query.published_from is None else search_index.place_of(query.published_from)
    before = _AFTER_ALL if query.published_before is None else search_index.place_of(query.published_before)
    if cursor is not None:
        before = min(before, int.from_bytes(pages.open_cursor(key_of(session), _asked(query), cursor), "big"))
    found: list[Row[Any]] = []
    is_last = False
    while len(found) <= limit and not is_last:
        places = search_index.find(session, every, any_of, since=since, before=before, limit=limit + 1)
        found += _published(session, places)
        is_last = len(places) <= limit
        before = places[-1] if places else before
    given, further = pages.cut(key_of(session), _asked(query), limit, found, _place_of)
    return SearchPage(
        rows=tuple(paper_of(session, one) for one in given),
        cursor=further,
        fingerprint=key_of(session).blind("\n".join(sorted(terms))),
    )


def _published(session: Session, places: Sequence[int]) -> Sequence[Row[Any]]:
    """Their state is asked of their rows, so that a revocation counts at once."""
    question: Select[Any] = (
        select(*PAPER, _ENTRIES.c.position)
        .join(_ENTRIES, _ENTRIES.c.document_id == _DOCUMENTS.c.document_id)
        .where(_ENTRIES.c.position.in_(places), _DOCUMENTS.c.status == Status.PUBLISHED.value)
        .order_by(_ENTRIES.c.position.desc())
    )
    return session.connection().execute(question).all()


def _place_of(row: Row[Any]) -> bytes:
    return int(row.position).to_bytes(_PLACE_BYTES, "big")


def _asked(query: SearchQuery) -> list[object]:
    """A cursor is good for this query of this client only."""
    return [
        "search",
        query.client_id,
        sorted(query_terms(query.text)),
        sorted(query.units),
        sorted(query.types),
        query.sensitive,
        query.unit,
        query.document_type,
        str(query.published_from),
        str(query.published_before),
    ]
