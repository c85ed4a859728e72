"""The history of a document: every attempt of every worker, begun and ended inside the transaction of its cause."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.tables import AttemptEntry, DocumentEntry, PageRangeEntry


def begin(session: Session, held: DocumentEntry | PageRangeEntry, now: datetime, number: int) -> None:
    """Attempt ``number`` of whoever has just leased the document or page range."""
    held.attempts = number
    session.add(
        AttemptEntry(
            document_id=held.document_id,
            stage=held.stage if isinstance(held, DocumentEntry) else "recognize",
            first_page=_first_page(held),
            number=number,
            fence=held.fence,
            worker=held.lease_owner or "",
            started_at=now,
        )
    )


def end(
    session: Session,
    held: DocumentEntry | PageRangeEntry,
    now: datetime,
    outcome: str,
    error_code: str | None = None,
) -> None:
    running = session.scalars(
        select(AttemptEntry).where(
            AttemptEntry.document_id == held.document_id,
            AttemptEntry.first_page == _first_page(held),
            AttemptEntry.ended_at.is_(None),
        )
    ).one()
    running.ended_at, running.outcome, running.error_code = now, outcome, error_code
    session.flush()  # before the next attempt begins: the table allows one that runs


def _first_page(held: DocumentEntry | PageRangeEntry) -> int:
    return held.first_page if isinstance(held, PageRangeEntry) else 0
