"""What is said of a file the moment it is accepted."""

import hashlib
import unicodedata
from pathlib import Path

from digitize.errors import EmptyFileError, InvalidKeyError, SecretPaperError, UnsupportedTypeError
from digitize.ingestion import media
from digitize.model import Dossier, Problem, Quality, Record, Source, Status
from storage.api import DocumentRow

_CHUNK_BYTES = 1 << 20
UNKNOWN_MEDIA_TYPE = "application/octet-stream"
EXTENSIONS = {**media.EXTENSIONS, UNKNOWN_MEDIA_TYPE: "bin"}
"""Of the original in the archive, by what the bytes are."""


def describe_file(path: Path, filename: str) -> Source:
    """Hash, size and media type; an unsupported file is described too, so that its refusal has a record."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
    try:
        media_type = media.sniff(path)
    except (EmptyFileError, UnsupportedTypeError):
        media_type = UNKNOWN_MEDIA_TYPE
    return Source(
        filename=as_text(filename),
        sha256=digest.hexdigest(),
        media_type=media_type,
        size=path.stat().st_size,
    )


def as_text(filename: str) -> str:
    """The name in letters, composed; bytes of another encoding, which Python carries along unread, become U+FFFD."""
    return unicodedata.normalize("NFC", filename.encode("utf-8", "surrogateescape").decode("utf-8", "replace"))


def blank_record(row: DocumentRow) -> Record:
    """What is known before anything is read."""
    return Record(
        document_id=row.document_id,
        status=row.status,
        role=row.role,
        dossier=Dossier(code=row.dossier, component=row.component, unit=row.unit),
        source=Source(filename=row.filename, sha256=row.sha256, media_type=row.media_type, size=row.size),
    )


def check_place(row: DocumentRow) -> None:
    """Raises InvalidKeyError where the key it came in under named no dossier or component.

    Intake holds such a document itself; where it was cut off before that, the worker must not publish it.
    """
    if row.dossier is None or row.component is None:
        raise InvalidKeyError


def refuse(record: Record, status: Status, problem: Problem) -> Record:
    if problem.code == SecretPaperError.code:
        record = _forget(record)
    quality = Quality(verdict="rescan", problems=problem.causes) if problem.causes else record.quality
    return record.model_copy(update={"status": status, "problem": problem, "quality": quality})


def _forget(record: Record) -> Record:
    """Of a secret paper: id, hash, size, media type and where it came from; no name, no text, no field (ADR 5)."""
    source = Source(
        filename="", sha256=record.source.sha256, media_type=record.source.media_type, size=record.source.size
    )
    return Record(
        document_id=record.document_id,
        status=record.status,
        role=record.role,
        dossier=record.dossier,
        source=source,
    )
