"""What portals ask of a catalogue, from an event loop of its own for each question."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from storage.catalogue import SqlCatalogue
from storage.reuse_api import Holding
from storage.search_api import SearchPage, SearchQuery

Answer = TypeVar("Answer")


def holdings(catalogue: SqlCatalogue, owner_id: str, *, units: frozenset[str] = frozenset()) -> list[Holding]:
    return _ask(catalogue, catalogue.async_holdings(owner_id, units=units))


def search(catalogue: SqlCatalogue, query: SearchQuery, limit: int, cursor: str | None = None) -> SearchPage:
    return _ask(catalogue, catalogue.async_search(query, limit, cursor))


def _ask(catalogue: SqlCatalogue, question: Coroutine[Any, Any, Answer]) -> Answer:
    async def ask() -> Answer:
        try:
            return await question
        finally:
            await catalogue.close()

    return asyncio.run(ask())
