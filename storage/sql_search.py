"""The part of the catalogue that finds documents by what is written on them."""

from collections.abc import Callable
from datetime import datetime

from storage import search, search_index
from storage.database import Database
from storage.search_api import SearchPage, SearchQuery


class SqlSearch:
    """Implements Search; ``SqlCatalogue`` builds on it."""

    _database: Database
    _clock: Callable[[], datetime]

    def search(self, query: SearchQuery, limit: int, cursor: str | None = None) -> SearchPage:
        steps = search.search(self._database.key, self._database.backend, query, limit, cursor)
        return self._database.answer(steps)

    def index_missing(self, limit: int, after: str = "") -> str | None:
        with self._database.write() as session:
            return search_index.add_missing(session, limit, after)
