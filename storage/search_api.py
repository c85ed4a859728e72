"""The port of the catalogue that finds published documents by what is written on them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from storage.pages import Page
from storage.papers_api import PaperRow


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What is searched for, and what whoever asks may see: a cursor is good for exactly the same once more."""

    client_id: str
    text: str
    """As typed; ``digitize/search_terms.py`` says how it is read."""
    units: frozenset[str] = frozenset()
    """Of the client, as are ``types``; empty: every one."""
    types: frozenset[str] = frozenset()
    sensitive: bool = False
    """Papers that show what is sensitive, too."""
    unit: str | None = None
    """Asked for, as are the others below."""
    document_type: str | None = None
    published_from: datetime | None = None
    published_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class SearchPage(Page[PaperRow]):
    fingerprint: str
    """Keyed hash of the words, the same for the same words: for the log, which holds no word of a query."""


class Search(Protocol):
    """Part of the catalogue; every method is one transaction."""

    def make_searchable(self, document_ids: Sequence[str]) -> None:
        """Those of them that are published and are not yet searched. A few hundred at once: others wait meanwhile."""
        ...
