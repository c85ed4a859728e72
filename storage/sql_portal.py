"""The part of the catalogue that portals wait for, asked from an event loop."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from storage import log, queries, search
from storage.database import Database
from storage.event_kinds import EventKind
from storage.group_commit import AsyncGroupCommit
from storage.log import Entry
from storage.log_api import Event
from storage.pages import Page, Window
from storage.papers_api import PaperRow
from storage.reuse_api import Holding
from storage.search_api import SearchPage, SearchQuery


class SqlPortal:
    """Implements Portal; ``SqlCatalogue`` builds on it."""

    _database: Database
    _clock: Callable[[], datetime]
    _async_log: AsyncGroupCommit[Entry, Event]

    async def async_lookup(
        self,
        owner_id: str,
        window: Window,
        *,
        units: frozenset[str] = frozenset(),
        types: frozenset[str] = frozenset(),
        document_type: str | None = None,
    ) -> Page[PaperRow]:
        steps = queries.look_up(self._database.key, owner_id, window, units, types, document_type)
        return await self._database.async_answer(steps, is_quick=True)

    async def async_holdings(self, owner_id: str, *, units: frozenset[str] = frozenset()) -> list[Holding]:
        steps = queries.list_holdings(self._database.key, owner_id, units)
        return await self._database.async_answer(steps, is_quick=True)

    async def async_search(self, query: SearchQuery, limit: int, cursor: str | None = None) -> SearchPage:
        database = self._database
        return await database.async_answer(search.search(database.key, database.backend, query, limit, cursor))

    async def async_record_use(
        self, actor: str, kind: EventKind, document_ids: Sequence[str], data: Mapping[str, object] | None = None
    ) -> None:
        await self._async_log.add(log.entry_of_use(actor, kind, document_ids, data))

    async def close(self) -> None:
        await self._database.async_close()

    async def _async_write_log(self, entries: Sequence[Entry]) -> list[Event]:
        return await self._database.async_append(log.write(self._database.backend, self._clock(), entries))
