"""Text search. Each function is part of one transaction."""

import base64
import binascii
import json
from collections.abc import Sequence
from datetime import datetime
from hmac import compare_digest
from typing import Any, cast

from sqlalchemy import Row, Select, Table, select
from sqlalchemy.orm import Session

from digitize.errors import CursorError
from digitize.model import Status
from digitize.search_terms import query_terms
from storage import search_index
from storage.queries import WITHOUT_PAGES, row_of
from storage.sealed_records import key_of
from storage.search_api import SearchPage, SearchQuery
from storage.search_tables import SearchEntry
from storage.tables import DocumentEntry

_AFTER_ALL = 2**63 - 1
_PLACE_BYTES = 8
_ENTRIES, _DOCUMENTS = (cast("Table", one.__table__) for one in (SearchEntry, DocumentEntry))


def search(session: Session, now: datetime, query: SearchQuery, limit: int, cursor: str | None) -> SearchPage:
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
        before = min(before, _open_cursor(session, query, cursor))
    found: list[Row[Any]] = []
    is_last = False
    while len(found) <= limit and not is_last:
        places = search_index.find(session, every, any_of, since=since, before=before, limit=limit + 1)
        found += _published(session, places)
        is_last = len(places) <= limit
        before = places[-1] if places else before
    given = found[:limit]
    return SearchPage(
        rows=tuple(row_of(session, one, now) for one in given),
        cursor=_seal_cursor(session, query, given[-1].position) if len(found) > limit else None,
        fingerprint=key_of(session).blind("\n".join(sorted(terms))),
    )


def _published(session: Session, places: Sequence[int]) -> Sequence[Row[Any]]:
    """Their state is asked of their rows, so that a revocation counts at once."""
    question: Select[Any] = (
        select(*WITHOUT_PAGES, _ENTRIES.c.position)
        .join(_ENTRIES, _ENTRIES.c.document_id == _DOCUMENTS.c.document_id)
        .where(_ENTRIES.c.position.in_(places), _DOCUMENTS.c.status == Status.PUBLISHED.value)
        .order_by(_ENTRIES.c.position.desc())
    )
    return session.connection().execute(question).all()


def _seal_cursor(session: Session, query: SearchQuery, place: int) -> str:
    where = place.to_bytes(_PLACE_BYTES, "big")
    return base64.urlsafe_b64encode(where + _tag(session, query, where)).decode("ascii")


def _open_cursor(session: Session, query: SearchQuery, untrusted: str) -> int:
    try:
        message = base64.b64decode(untrusted, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise CursorError from None
    where, tag = message[:_PLACE_BYTES], message[_PLACE_BYTES:]
    if not compare_digest(tag, _tag(session, query, where)):
        raise CursorError
    return int.from_bytes(where, "big")


def _tag(session: Session, query: SearchQuery, where: bytes) -> bytes:
    """Good for this query of this client only."""
    asked = [
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
    return key_of(session).authenticate(where + json.dumps(asked, ensure_ascii=False).encode("utf-8", "surrogatepass"))
