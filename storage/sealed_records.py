"""Records and file names as the tables keep them: encrypted, each for its own document. Part of one transaction."""

import json
from typing import Any, cast

from pydantic import BaseModel, ConfigDict, TypeAdapter
from sqlalchemy import Row
from sqlalchemy.orm import Session

from digitize.model import FieldState, Method, PageRecord, Record, Status, Validity
from storage.catalogue_key import CatalogueKey
from storage.papers_api import ToldRecord
from storage.tables import DocumentEntry


class _Field(BaseModel):
    model_config = ConfigDict(frozen=True)

    value: str | list[str] | None
    state: FieldState
    method: Method = "ocr"


class _Told(BaseModel):
    """Of a record, what portals are told. That it is right was seen to before it was sealed."""

    model_config = ConfigDict(frozen=True)

    fields: dict[str, _Field]
    validity: Validity


_PAGES = TypeAdapter(tuple[PageRecord, ...])


def key_of(session: Session) -> CatalogueKey:
    return cast("CatalogueKey", session.info["key"])


def seal_filename(session: Session, document_id: str, filename: str) -> str:
    return key_of(session).seal(filename, f"{document_id}/filename")


def open_filename(session: Session, entry: DocumentEntry | Row[Any]) -> str:
    return key_of(session).open(entry.filename, f"{entry.document_id}/filename")


def seal_record(session: Session, entry: DocumentEntry, record: Record) -> None:
    """With the state that the row has."""
    entry.record, entry.pages = seal_parts(session, entry.document_id, Status(entry.status), record)


def seal_parts(session: Session, document_id: str, status: Status, record: Record) -> tuple[str, str]:
    """For the columns ``record`` and ``pages``."""
    key = key_of(session)
    bare = record.model_copy(update={"status": status, "pages": ()})
    return (
        key.seal(bare.model_dump_json(by_alias=True), f"{document_id}/record"),
        key.seal(_PAGES.dump_json(record.pages).decode(), f"{document_id}/pages"),
    )


def open_told(key: CatalogueKey, row: Any) -> ToldRecord | None:
    """For portals, which wait for it: less than half the time that the whole record takes. None while there is none."""
    if row.record is None:
        return None
    return _Told.model_validate_json(key.open(row.record, f"{row.document_id}/record"))


def open_record(session: Session, entry: DocumentEntry | Row[Any], *, pages: bool) -> Record | None:
    """Without its pages unless asked for; None while there is none."""
    if entry.record is None:
        return None
    key, identity = key_of(session), entry.document_id
    text = key.open(entry.record, f"{identity}/record")
    if not pages or entry.pages is None:
        return Record.from_json(text)
    return Record.model_validate({**json.loads(text), "pages": json.loads(key.open(entry.pages, f"{identity}/pages"))})
