"""Published documents come back into a catalogue that lost them. Part of one transaction."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from digitize.errors import ConflictError
from digitize.model import Status
from storage import log, papers, search_index, uses
from storage.api import Publication
from storage.documents import add_owners
from storage.sealed_records import seal_filename, seal_record
from storage.tables import DocumentEntry, PreservationEntry

_ACTOR = "reindex"


def restore(session: Session, now: datetime, publications: Sequence[Publication]) -> int:
    identities = [one.arrival.document_id for one in publications]
    known = set(session.scalars(select(DocumentEntry.document_id).where(DocumentEntry.document_id.in_(identities))))
    missing = [one for one in publications if one.arrival.document_id not in known]
    missing.sort(key=lambda one: one.published_at)  # the index of words takes what comes last far sooner
    entries = [_insert(session, one) for one in missing]
    session.flush()  # before the rows that speak of them
    if missing:
        log.append_all(session, now, [_told(one) for one in missing])
    for one, entry in zip(missing, entries, strict=True):
        add_owners(session, one.record)
        session.add(_preservation(one))
        papers.identify(session, now, entry, one.record, _ACTOR)
        search_index.add(session, entry, one.record)
        if one.record.code is not None:
            with suppress(ConflictError):  # another paper has it: this one is found by its id
                uses.assign_code(session, entry.document_id, [one.record.code])
    return len(missing)


def _told(one: Publication) -> log.Entry:
    data = {"sha256": one.arrival.sha256, "published_at": one.published_at.isoformat()}
    return log.Entry(_ACTOR, "restored", one.arrival.document_id, data)


def _insert(session: Session, one: Publication) -> DocumentEntry:
    arrival, record = one.arrival, one.record
    entry = DocumentEntry(
        document_id=arrival.document_id,
        status=Status.PUBLISHED,
        stage="assemble",
        unit=arrival.unit,
        dossier=arrival.dossier,
        component=arrival.component,
        role=arrival.role,
        filename=seal_filename(session, arrival.document_id, arrival.filename),
        sha256=arrival.sha256,
        size=arrival.size,
        media_type=arrival.media_type,
        page_count=record.source.page_count,
        type_code=record.document_type.code,
        priority=arrival.priority,
        attempts=0,
        received_at=one.published_at,
        updated_at=one.published_at,
        published_at=one.published_at,
        not_before=one.published_at,
        fence=0,
    )
    seal_record(session, entry, record)
    session.add(entry)
    return entry


def _preservation(one: Publication) -> PreservationEntry:
    return PreservationEntry(
        document_id=one.arrival.document_id,
        due_at=one.ends or one.published_at,
        not_before=one.published_at,
        ends=one.ends,
        algorithm=one.algorithm,
        attempts=0,
        fence=0,
    )
