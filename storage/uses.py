"""Codes given to papers, and who was given which paper. Each function is part of one transaction."""

import json
from collections.abc import Sequence
from typing import cast

from sqlalchemy import Table, and_, or_, select
from sqlalchemy.orm import Session

from digitize.errors import ConflictError, NotFoundError
from storage import log, pages
from storage.pages import Page, Window
from storage.reuse_api import Use
from storage.reuse_tables import CodeEntry, UseEntry
from storage.sealed_records import key_of
from storage.tables import BUT_FOR_ITS_ID, ClientEntry, DocumentEntry, EventEntry, OwnerEntry

_SEQUENCE_BYTES = 8
_CODES = cast("Table", CodeEntry.__table__)


def assign_code(session: Session, document_id: str, candidates: Sequence[str]) -> str:
    key, place = key_of(session), f"{document_id}/code"
    # The document's row keeps two workers on it apart, the log's head all who ask for codes.
    if session.get(DocumentEntry, document_id, with_for_update={"key_share": BUT_FOR_ITS_ID}) is None:
        raise NotFoundError
    log.lock(session)
    own = session.scalar(select(CodeEntry.sealed).where(CodeEntry.document_id == document_id))
    if own is not None:
        return key.open(own, place)
    for code in candidates:
        hidden = key.blind(code)
        if session.get(CodeEntry, hidden) is None:
            session.add(CodeEntry(code=hidden, document_id=document_id, sealed=key.seal(code, place)))
            return code
    raise ConflictError


def give_back_codes(session: Session, codes: Sequence[tuple[str, str]]) -> None:
    """Documents that have none in this catalogue, each with the code it once got. One that another paper has stays that
    paper's. Called when the log's head is locked.
    """
    key = key_of(session)
    first: dict[str, tuple[str, str]] = {}
    for document_id, code in codes:
        first.setdefault(key.blind(code), (document_id, code))
    taken = set(session.scalars(select(CodeEntry.code).where(CodeEntry.code.in_(list(first)))))
    rows = [
        {"code": hidden, "document_id": document_id, "sealed": key.seal(code, f"{document_id}/code")}
        for hidden, (document_id, code) in first.items()
        if hidden not in taken
    ]
    if rows:
        session.connection().execute(_CODES.insert(), rows)


def of_owner(
    session: Session, owner_id: str, window: Window, units: frozenset[str], types: frozenset[str]
) -> Page[Use]:
    key = key_of(session)
    owner = key.blind(owner_id)
    asked = ("uses", window.asker, owner)
    query = (
        select(UseEntry.document_id, EventEntry, ClientEntry.name)
        .join(OwnerEntry, OwnerEntry.document_id == UseEntry.document_id)
        .join(EventEntry, EventEntry.sequence == UseEntry.sequence)
        .outerjoin(ClientEntry, ClientEntry.client_id == EventEntry.actor)
        .where(OwnerEntry.owner == owner, OwnerEntry.attested)
        .order_by(EventEntry.sequence.desc(), UseEntry.document_id)
        .limit(window.limit + 1)
    )
    if units or types:
        query = query.join(DocumentEntry, DocumentEntry.document_id == UseEntry.document_id)
        query = query.where(*([DocumentEntry.unit.in_(units)] if units else ()))
        query = query.where(*([DocumentEntry.type_code.in_(types)] if types else ()))
    if window.cursor is not None:
        place = pages.open_cursor(key, asked, window.cursor)
        sequence, document_id = int.from_bytes(place[:_SEQUENCE_BYTES], "big"), place[_SEQUENCE_BYTES:].decode()
        same = and_(EventEntry.sequence == sequence, UseEntry.document_id > document_id)
        query = query.where(or_(EventEntry.sequence < sequence, same))
    given, cursor = pages.cut(
        key, asked, window.limit, session.execute(query).all(), lambda row: _place(row[1].sequence, row[0])
    )
    told = (
        Use(event.at, name or event.actor, event.kind, document_id, json.loads(event.data).get("purpose", {}))
        for document_id, event, name in given
    )
    return Page(tuple(told), cursor)


def _place(sequence: int, document_id: str) -> bytes:
    return sequence.to_bytes(_SEQUENCE_BYTES, "big") + document_id.encode()
