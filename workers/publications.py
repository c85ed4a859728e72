"""What the archive tells of a published document, from which a catalogue that was lost is made again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import ValidationError

from digitize.errors import NotFoundError
from digitize.identity import document_id
from digitize.model import Record
from signing.detached import DetachedChecker
from storage.api import Arrival, Priority, Publication
from storage.keys import record_key, record_signature_key, signed_key
from storage.object_api import ObjectStore, StoredObject
from workers.accepted import EXTENSIONS
from workers.intake import PRIORITY_METADATA, arrival_from_metadata, read_priority

SEALED, RECORD = "signed.pdf", "record.json"
PARTS = frozenset({SEALED, RECORD, "record.json.p7s"})
"""Of a whole publication, beside the original."""
REVOCATION = "revocation.json"
"""Where it was revoked."""
_MEDIA_TYPES = {extension: media_type for media_type, extension in EXTENSIONS.items()}
_SEALED_SIZE = "sealed-size"
_ENDS, _ALGORITHM = "timestamp-ends", "timestamp-algorithm"


@dataclass(frozen=True, slots=True)
class Part:
    """An object of a document, as the archive lists it."""

    size: int
    since: datetime


@dataclass(frozen=True, slots=True)
class PublicationReader:
    archive: ObjectStore
    checker: DetachedChecker

    def read(self, original: str, parts: Mapping[str, Part]) -> Publication | None:
        """None where record, signature and original do not belong together: then nothing of it is believed.

        The record is believed for its signature; the original for lying where it does, since its id is made of what the
        record says of it, and for its size. ``original``: its key. ``parts``: all that lies beside it, and itself.
        """
        _, identity, name = original.split("/")
        try:
            data, stored = self.archive.fetch(record_key(identity))
            der = self.archive.get(record_signature_key(identity))
            record = Record.from_json(data)
        except (NotFoundError, ValidationError):
            return None
        source, place = record.source, record.dossier
        derived = document_id(unit=place.unit, dossier=place.code, component=place.component, sha256=source.sha256)
        fits = record.document_id == identity == derived
        fits = fits and (parts[name].size, _media_type(name)) == (source.size, source.media_type)
        if not fits or not self.checker.holds(data, der):
            return None
        stamped: Mapping[str, str] = {}
        if stored.metadata.get(_SEALED_SIZE) != str(parts[SEALED].size):
            sealed = self.archive.stat(signed_key(identity))
            if sealed is None:
                return None
            stamped = sealed.metadata
        ends = stamped.get(_ENDS)
        return Publication(
            _arrival(record, read_priority(stored)),
            record,
            parts[RECORD].since.astimezone(UTC),
            datetime.fromisoformat(ends) if ends else None,
            stamped.get(_ALGORITHM),
        )


def _arrival(record: Record, priority: Priority) -> Arrival:
    return Arrival(
        document_id=record.document_id,
        unit=record.dossier.unit,
        dossier=record.dossier.code,
        component=record.dossier.component,
        role=record.role,
        filename=record.source.filename,
        sha256=record.source.sha256,
        size=record.source.size,
        media_type=record.source.media_type,
        priority=priority,
    )


def record_metadata(priority: Priority, sealed_size: int) -> dict[str, str]:
    """Kept beside a record, so that a lost catalogue costs fewer questions. ``sealed_size``: bytes of the PDF as it was
    published; with every timestamp it gets longer.
    """
    return {PRIORITY_METADATA: priority, _SEALED_SIZE: str(sealed_size)}


def timestamp_metadata(ends: datetime, algorithm: str) -> dict[str, str]:
    """Kept beside a PDF with a document timestamp, so that a lost catalogue knows when it runs out."""
    return {_ENDS: ends.isoformat(), _ALGORITHM: algorithm}


def read_arrival(archive: ObjectStore, key: str) -> Arrival | None:
    """The arrival of an original in the archive; None where it is gone."""
    found: StoredObject | None = archive.stat(key)
    if found is None:
        return None
    return arrival_from_metadata(key.split("/")[1], found, _media_type(key))


def _media_type(name: str) -> str:
    return _MEDIA_TYPES[name.rsplit(".", 1)[-1]]
