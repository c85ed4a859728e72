"""The port of the catalogue that portals wait for, for an event loop: the same questions as its other ports have."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from storage.event_kinds import EventKind
from storage.pages import Page, Window
from storage.papers_api import PaperRow
from storage.reuse_api import Holding
from storage.search_api import SearchPage, SearchQuery


class Portal(Protocol):
    """Part of the catalogue, asked from one event loop only."""

    async def async_lookup(
        self,
        owner_id: str,
        window: Window,
        *,
        units: frozenset[str] = frozenset(),
        types: frozenset[str] = frozenset(),
        document_type: str | None = None,
    ) -> Page[PaperRow]:
        """As ``Catalogue.lookup``."""
        ...

    async def async_holdings(self, owner_id: str, *, units: frozenset[str] = frozenset()) -> list[Holding]:
        """Published, revoked or held for review; newest first; one for each paper, however often it was scanned."""
        ...

    async def async_search(self, query: SearchQuery, limit: int, cursor: str | None = None) -> SearchPage:
        """Published and not revoked at this instant, what was published last first. Raises UnsearchableError,
        CursorError.
        """
        ...

    async def async_record_use(
        self, actor: str, kind: EventKind, document_ids: Sequence[str], data: Mapping[str, object] | None = None
    ) -> None: ...

    async def close(self) -> None:
        """The connections that were opened for the event loop."""
        ...
