"""What is given out of the archive for a document that has been published."""

from datetime import timedelta

from digitize.ingestion.media import EXTENSIONS
from storage.api import DocumentRow
from storage.keys import original_key, signed_key
from storage.object_api import ObjectStore


def pdf_link(archive: ObjectStore, row: DocumentRow, lifetime: timedelta) -> str:
    """Link to the published PDF; where the input came signed, its own bytes stand under that key."""
    return archive.link(signed_key(row.document_id), lifetime, download_name=f"{row.document_id}.pdf")


def original_link(archive: ObjectStore, row: DocumentRow, lifetime: timedelta) -> str:
    extension = EXTENSIONS[row.media_type]
    return archive.link(
        original_key(row.document_id, extension), lifetime, download_name=f"{row.document_id}.{extension}"
    )
