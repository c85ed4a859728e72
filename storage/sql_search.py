"""The part of the catalogue that keeps documents findable by what is written on them."""

from storage import search_index
from storage.database import Database


class SqlSearch:
    """Implements Search; ``SqlCatalogue`` builds on it."""

    _database: Database

    def index_missing(self, limit: int, after: str = "") -> str | None:
        with self._database.write() as session:
            return search_index.add_missing(session, limit, after)
