"""Published documents come back into a catalogue that lost them. Part of one transaction."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from digitize.model import Status
from storage import log, papers, search_index, uses
from storage.api import Publication
from storage.documents import add_owners
from storage.sealed_records import seal_filename, seal_parts
from storage.search_index import Searchable
from storage.tables import DocumentEntry, PreservationEntry

_ACTOR = "reindex"
_DOCUMENTS, _PRESERVATIONS = (cast("Table", one.__table__) for one in (DocumentEntry, PreservationEntry))


def restore(session: Session, now: datetime, publications: Sequence[Publication]) -> int:
    """Rows of a kind together: one by one they would take as long as fetching the papers does."""
    identities = [one.arrival.document_id for one in publications]
    known = set(session.scalars(select(DocumentEntry.document_id).where(DocumentEntry.document_id.in_(identities))))
    missing = [one for one in publications if one.arrival.document_id not in known]
    if not missing:
        return 0
    missing.sort(key=lambda one: one.published_at)
    keys = [papers.paper_key(session, one.record) for one in missing]
    revoked = [(one, key) for one, key in zip(missing, keys, strict=True) if one.revocation is not None]
    if revoked:
        papers.lock_known(session, [key for _, key in revoked if key is not None])
    shared = _shared(session, keys)
    rows = session.connection()
    rows.execute(
        _DOCUMENTS.insert(),
        [_row(session, one, None if key in shared else key) for one, key in zip(missing, keys, strict=True)],
    )
    log.append_all(session, now, [_told(one) for one in missing])
    add_owners(session, [one.record for one in missing])
    rows.execute(_PRESERVATIONS.insert(), [_preservation(one) for one in missing])
    for one, key in zip(missing, keys, strict=True):
        if key in shared:
            entry = session.get_one(DocumentEntry, one.arrival.document_id)
            papers.identify(session, now, entry, one.record, _ACTOR, came_back=True)
    for one, _ in revoked:
        if one.revocation is not None:
            papers.revoke(session, now, one.arrival.document_id, one.revocation, _ACTOR)
    search_index.add_all(
        session,
        [Searchable(one.arrival.document_id, one.arrival.unit, one.published_at, one.record) for one in missing],
    )
    uses.give_back_codes(
        session, [(one.arrival.document_id, one.record.code) for one in missing if one.record.code is not None]
    )
    return len(missing)


def _shared(session: Session, keys: Sequence[str | None]) -> set[str]:
    """Those that two of these documents have, or one of before: they may be one paper."""
    counted = Counter(key for key in keys if key is not None)
    before = select(_DOCUMENTS.c.paper_key).where(_DOCUMENTS.c.paper_key.in_(list(counted)))
    return {*session.connection().scalars(before), *(key for key, count in counted.items() if count > 1)}


def _told(one: Publication) -> log.Entry:
    data = {"sha256": one.arrival.sha256, "published_at": one.published_at.isoformat()}
    return log.Entry(_ACTOR, "restored", one.arrival.document_id, data)


def _row(session: Session, one: Publication, paper_key: str | None) -> dict[str, Any]:
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
        "paper_key": paper_key,
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
