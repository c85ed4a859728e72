"""Published documents come back into a catalogue that lost them. Part of one transaction."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, delete, select
from sqlalchemy.orm import Session

from digitize.model import ON_THE_WAY, Status
from storage import attempts, log, papers, search_index, uses
from storage.api import Publication
from storage.documents import add_owners
from storage.reuse_tables import CodeEntry
from storage.sealed_records import seal_filename, seal_parts
from storage.search_index import Searchable
from storage.tables import BUT_FOR_ITS_ID, DocumentEntry, OwnerEntry, PageRangeEntry, PreservationEntry

_ACTOR = "reindex"
_DOCUMENTS, _PRESERVATIONS = (cast("Table", one.__table__) for one in (DocumentEntry, PreservationEntry))


def restore(session: Session, now: datetime, publications: Sequence[Publication]) -> int:
    """Rows of a kind together: one by one they would take as long as fetching the papers does."""
    behind, known = _take_over(session, now, [one.arrival.document_id for one in publications])
    back = [one for one in publications if one.arrival.document_id in behind or one.arrival.document_id not in known]
    if not back:
        return 0
    back.sort(key=lambda one: one.published_at)
    # What takes long comes before the log's head is taken, for which everybody waits.
    rows = [_row(session, one) for one in back]
    words = [(one, search_index.terms_of(session, one)) for one in map(_searchable, back)]
    keys = [papers.paper_key(session, one.record) for one in back]
    papers.lock_known(session, keys)
    log.lock(session)
    shared = _shared(session, keys)
    for row, key in zip(rows, keys, strict=True):
        row["paper_key"] = None if key in shared else key
    _write_rows(session, behind, rows)
    log.append_all(session, now, [_told(one) for one in back])
    add_owners(session, [one.record for one in back])
    session.connection().execute(_PRESERVATIONS.insert(), [_preservation(one) for one in back])
    for one, key in zip(back, keys, strict=True):
        if key in shared:
            entry = session.get_one(DocumentEntry, one.arrival.document_id)
            papers.identify(session, now, entry, one.record, _ACTOR, came_back=True)
    for one in back:
        if one.revocation is not None:
            papers.revoke(session, now, one.arrival.document_id, one.revocation, _ACTOR)
    search_index.insert_all(session, words)
    coded = _coded(session, behind)
    codes = [(one.arrival.document_id, one.record.code) for one in back if one.arrival.document_id not in coded]
    uses.give_back_codes(session, [(identity, code) for identity, code in codes if code is not None])
    return len(back)


def _take_over(
    session: Session, now: datetime, identities: Sequence[str]
) -> tuple[dict[str, DocumentEntry], frozenset[str]]:
    """Documents that are still on their way here though the archive has them published, as in a database put back from
    an older copy, and that nobody works on; and all that are known. Whoever works on one goes on, and settles it.
    """
    query = select(DocumentEntry).where(DocumentEntry.document_id.in_(identities))
    query = query.order_by(DocumentEntry.document_id).with_for_update(key_share=BUT_FOR_ITS_ID)
    known = {entry.document_id: entry for entry in session.scalars(query)}
    behind = {}
    for identity, entry in known.items():
        parts = session.scalars(select(PageRangeEntry).where(PageRangeEntry.document_id == identity)).all()
        all_of_it: list[DocumentEntry | PageRangeEntry] = [entry, *parts]
        if entry.status not in ON_THE_WAY or any(one.lease_until and one.lease_until > now for one in all_of_it):
            continue
        for one in all_of_it:
            if one.lease_owner is not None:
                attempts.end(session, one, now, "lost")
        for part in parts:
            session.delete(part)
        behind[identity] = entry
    if behind:  # of a paper in review
        session.execute(delete(OwnerEntry).where(OwnerEntry.document_id.in_(list(behind))))
    return behind, frozenset(known)


def _write_rows(session: Session, behind: dict[str, DocumentEntry], rows: Sequence[dict[str, Any]]) -> None:
    new = []
    for row in rows:
        entry = behind.get(row["document_id"])
        if entry is None:
            new.append(row)
            continue
        # Whoever had it and comes back finds that its lease is lost.
        kept = {"received_at": min(entry.received_at, row["published_at"]), "fence": entry.fence + 1}
        ended = {"lease_owner": None, "lease_until": None, "held": None, "error_code": None}
        for name, value in {**row, **kept, **ended}.items():
            setattr(entry, name, value)
    if new:
        session.connection().execute(_DOCUMENTS.insert(), new)
    session.flush()


def _coded(session: Session, behind: dict[str, DocumentEntry]) -> set[str]:
    """Those of them that have a code."""
    if not behind:
        return set()
    return set(session.scalars(select(CodeEntry.document_id).where(CodeEntry.document_id.in_(list(behind)))))


def _shared(session: Session, keys: Sequence[str | None]) -> set[str]:
    """Those that two of these documents have, or one of before: they may be one paper."""
    counted = Counter(key for key in keys if key is not None)
    before = select(_DOCUMENTS.c.paper_key).where(_DOCUMENTS.c.paper_key.in_(list(counted)))
    return {*session.connection().scalars(before), *(key for key, count in counted.items() if count > 1)}


def _told(one: Publication) -> log.Entry:
    data = {"sha256": one.arrival.sha256, "published_at": one.published_at.isoformat()}
    return log.Entry(_ACTOR, "restored", one.arrival.document_id, data)


def _searchable(one: Publication) -> Searchable:
    return Searchable(one.arrival.document_id, one.arrival.unit, one.published_at, one.record)


def _row(session: Session, one: Publication) -> dict[str, Any]:
    """But for its paper's key."""
    arrival = one.arrival
    record, pages = seal_parts(session, arrival.document_id, Status.PUBLISHED, one.record)
    return {
        "document_id": arrival.document_id,
        "status": Status.PUBLISHED.value,
        "stage": "assemble",
        "unit": arrival.unit,
        "dossier": arrival.dossier,
        "component": arrival.component,
        "role": arrival.role,
        "filename": seal_filename(session, arrival.document_id, arrival.filename),
        "sha256": arrival.sha256,
        "size": arrival.size,
        "media_type": arrival.media_type,
        "page_count": one.record.source.page_count,
        "type_code": one.record.document_type.code,
        "priority": arrival.priority,
        "attempts": 0,
        "received_at": one.published_at,
        "updated_at": one.published_at,
        "published_at": one.published_at,
        "not_before": one.published_at,
        "fence": 0,
        "record": record,
        "pages": pages,
    }


def _preservation(one: Publication) -> dict[str, Any]:
    return {
        "document_id": one.arrival.document_id,
        "due_at": one.ends or one.published_at,
        "not_before": one.published_at,
        "ends": one.ends,
        "algorithm": one.algorithm,
        "attempts": 0,
        "fence": 0,
    }
