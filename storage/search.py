"""Text search."""

from typing import Any, cast

from sqlalchemy import Table, bindparam, select

from digitize.model import Status
from digitize.search_terms import query_terms
from storage import pages, search_index
from storage.catalogue_key import CatalogueKey
from storage.queries import PAPER, paper_of
from storage.search_api import SearchPage, SearchQuery
from storage.search_tables import SearchEntry
from storage.statements import Statement, Steps
from storage.tables import DocumentEntry

_AFTER_ALL = 2**63 - 1
_PLACE_BYTES = 8
_ENTRIES, _DOCUMENTS = (cast("Table", one.__table__) for one in (SearchEntry, DocumentEntry))
_PUBLISHED = Statement(
    select(*PAPER, _ENTRIES.c.position)
    .join(_ENTRIES, _ENTRIES.c.document_id == _DOCUMENTS.c.document_id)
    .where(
        _ENTRIES.c.position.in_(bindparam("places", expanding=True)),
        _DOCUMENTS.c.status == Status.PUBLISHED.value,
    )
    .order_by(_ENTRIES.c.position.desc())
)
"""Their state is asked of their rows, so that a revocation counts at once."""


def search(key: CatalogueKey, backend: str, query: SearchQuery, limit: int, cursor: str | None) -> Steps[SearchPage]:
    """``backend``: sqlite or postgresql."""
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
        before = min(before, int.from_bytes(pages.open_cursor(key, _asked(query), cursor), "big"))
    found: list[Any] = []
    is_last = False
    while len(found) <= limit and not is_last:
        places = yield from search_index.find(key, backend, every, any_of, since=since, before=before, limit=limit + 1)
        if places:
            found += yield _PUBLISHED.asking({"places": places})
        is_last = len(places) <= limit
        before = places[-1] if places else before
    given, further = pages.cut(key, _asked(query), limit, found, _place_of)
    return SearchPage(
        rows=tuple(paper_of(key, one) for one in given),
        cursor=further,
        fingerprint=key.blind("\n".join(sorted(terms))),
    )


def _place_of(row: Any) -> bytes:
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
