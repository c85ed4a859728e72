"""The table of what can be searched.

Its terms stand beside it in ``search_words``, which is a table of PostgreSQL with a GIN index, or an FTS5 index of
SQLite without content of its own: see the migration 0007 and ``search.py``.
"""

from sqlalchemy import BigInteger, ForeignKey, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables import Base


class SearchEntry(Base):
    """A searchable document."""

    __tablename__ = "search_entries"

    position: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    """Milliseconds from 1970 to its publication, or one behind another of that second."""
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.document_id"))

    __table_args__ = (Index("uq_search_entries_document_id", "document_id", unique=True),)
