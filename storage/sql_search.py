"""The part of the catalogue that keeps documents findable by what is written on them."""

from collections.abc import Sequence

from storage import search_index
from storage.database import Database


class SqlSearch:
    """Implements Search; ``SqlCatalogue`` builds on it."""

    _database: Database

    def make_searchable(self, document_ids: Sequence[str]) -> None:
        with self._database.write() as session:
            search_index.add_missing(session, document_ids)
