"""How the page ranges of a spread document move: lease, outcome, and the one join behind the last of them.

Each function is part of one transaction and locks the document's row first, as ``documents.py`` does: so the two
workers that settle the last two ranges at once come one after the other, and the second finds none left.
"""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from digitize.errors import LeaseLostError
from storage import attempts, log
from storage.api import Lease, Outcome, PageRange, PagesKept, Quarantine, Reject, ResumeStage, Retry
from storage.documents import OUTCOMES, error_code, refuse, tell_origin
from storage.tables import BUT_FOR_ITS_ID, DocumentEntry, PageRangeEntry
from storage.turns import has_ranges, is_free

_JOINED: ResumeStage = "extract"


def claim(session: Session, now: datetime, document_id: str, *, worker: str, length: timedelta) -> Lease | None:
    entry = session.get(DocumentEntry, document_id, with_for_update={"key_share": BUT_FOR_ITS_ID})
    part = session.scalars(
        select(PageRangeEntry)
        .where(PageRangeEntry.document_id == document_id, is_free(PageRangeEntry, now))
        .order_by(PageRangeEntry.first_page)
        .limit(1)
    ).one_or_none()
    if entry is None or part is None:
        return None
    if part.lease_owner is not None:
        attempts.end(session, part, now, "lost")
        lost = _describe(part) | {"worker": part.lease_owner}
        log.append(session, now, worker, "lost", document_id=document_id, data=lost)
    entry.fence += 1
    part.fence = entry.fence
    part.lease_owner, part.lease_until = worker, now + length
    attempts.begin(session, part, now, part.attempts + 1)
    log.append(session, now, worker, "claimed", document_id=document_id, data=_describe(part))
    pages = PageRange(part.first_page, part.last_page)
    return Lease(document_id, "recognize", part.fence, part.attempts, now + length, pages)


def renew(session: Session, now: datetime, lease: Lease, length: timedelta) -> Lease:
    _, part = _leased(session, lease)
    part.lease_until = now + length
    return Lease(lease.document_id, lease.stage, lease.fence, lease.attempt, now + length, lease.pages)


def settle(session: Session, now: datetime, lease: Lease, outcome: Outcome) -> None:
    entry, part = _leased(session, lease)
    worker, data = part.lease_owner or "", _describe(part)
    name, kind = OUTCOMES[type(outcome)]
    error = error_code(outcome)
    if error is not None:
        data["code"] = error
    attempts.end(session, part, now, name, error)
    match outcome:
        case PagesKept():
            session.delete(part)
        case Retry():
            part.not_before, part.lease_owner, part.lease_until = outcome.not_before, None, None
            entry.error_code, entry.updated_at = error, now
        case Reject() | Quarantine():
            _end_all(session, now, part)
            refuse(session, entry, now, outcome)
            data |= tell_origin(entry)
        case _:
            raise ValueError("a page range is kept, tried again, or ends its document")
    log.append(session, now, worker, kind, document_id=entry.document_id, data=data)
    session.flush()
    if isinstance(outcome, PagesKept) and not session.scalar(select(has_ranges(entry.document_id))):
        _join(session, entry, now, worker)


def give_up(session: Session, now: datetime, worker: str) -> int:
    held = select(PageRangeEntry.document_id, PageRangeEntry.first_page).where(PageRangeEntry.lease_owner == worker)
    given = 0
    for document_id, first_page in session.execute(held).all():
        session.get(DocumentEntry, document_id, with_for_update={"key_share": BUT_FOR_ITS_ID})
        part = session.get(PageRangeEntry, (document_id, first_page))
        if part is None or part.lease_owner != worker:  # the document has ended meanwhile
            continue
        attempts.end(session, part, now, "retry")
        part.not_before, part.lease_owner, part.lease_until = now, None, None
        log.append(session, now, worker, "retried", document_id=document_id, data=_describe(part))
        given += 1
    return given


def _join(session: Session, entry: DocumentEntry, now: datetime, worker: str) -> None:
    """All pages are kept: the document itself is due again."""
    entry.stage, entry.attempts, entry.error_code = _JOINED, 0, None
    entry.not_before = entry.updated_at = now
    log.append(session, now, worker, "joined", document_id=entry.document_id, data={"to": _JOINED})


def _end_all(session: Session, now: datetime, settled: PageRangeEntry) -> None:
    """Nobody has to recognize pages of a document that has ended; whoever does loses the lease."""
    for part in session.scalars(select(PageRangeEntry).where(PageRangeEntry.document_id == settled.document_id)):
        if part is not settled and part.lease_owner is not None:
            attempts.end(session, part, now, "lost")
        session.delete(part)


def _leased(session: Session, lease: Lease) -> tuple[DocumentEntry, PageRangeEntry]:
    """The locked row of the document, and that of a range whose lease still holds. Raises LeaseLostError."""
    entry = session.get(DocumentEntry, lease.document_id, with_for_update={"key_share": BUT_FOR_ITS_ID})
    first_page = 0 if lease.pages is None else lease.pages.first
    part = session.get(PageRangeEntry, (lease.document_id, first_page))
    if entry is None or part is None or part.fence != lease.fence or part.lease_owner is None:
        raise LeaseLostError
    return entry, part


def _describe(part: PageRangeEntry) -> dict[str, object]:
    return {"stage": "recognize", "pages": [part.first_page, part.last_page], "attempt": part.attempts}
