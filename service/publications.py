"""What is given out of the archive for a document that has been published."""

import json
from datetime import timedelta

from digitize.ingestion.media import EXTENSIONS
from digitize.model import Status
from storage.api import DocumentRow
from storage.keys import original_key, record_key, signed_key
from storage.object_api import ObjectStore


def stored_record(archive: ObjectStore, row: DocumentRow) -> bytes:
    """``record.json`` byte for byte, as it was signed.

    A revoked document's stored record still says ``published``: it is write-once. Whoever reads that one is
    told the present state instead, since a revoked paper taken for a valid one is worse than a signature that
    has to be checked over other bytes.
    """
    stored = archive.get(record_key(row.document_id))
    if row.status is not Status.REVOKED:
        return stored
    record = json.loads(stored)
    record["status"] = row.status.value
    if row.record is not None:
        record["validity"] = row.record.validity.model_dump(mode="json")
    return json.dumps(record, ensure_ascii=False, indent=2).encode() + b"\n"


def pdf_link(archive: ObjectStore, row: DocumentRow, lifetime: timedelta) -> str:
    """Link to the published PDF; where the input came signed, its own bytes stand under that key."""
    return archive.link(signed_key(row.document_id), lifetime, download_name=f"{row.document_id}.pdf")


def original_link(archive: ObjectStore, row: DocumentRow, lifetime: timedelta) -> str:
    extension = EXTENSIONS[row.media_type]
    return archive.link(
        original_key(row.document_id, extension), lifetime, download_name=f"{row.document_id}.{extension}"
    )
