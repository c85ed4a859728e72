"""What the archive tells of a published document, from which a catalogue that was lost is made again."""

from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import ValidationError

from digitize.errors import NotFoundError
from digitize.identity import document_id
from digitize.model import Record
from signing.detached import DetachedChecker
from storage.api import Arrival, Publication
from storage.keys import record_key, record_signature_key, signed_key
from storage.object_api import ObjectStore, StoredObject
from workers.accepted import EXTENSIONS
from workers.intake import arrival_from_metadata

RECORD = "record.json"
PARTS = frozenset({"signed.pdf", RECORD, "record.json.p7s"})
"""Of a whole publication, beside the original."""
REVOCATION = "revocation.json"
"""Where it was revoked."""
_MEDIA_TYPES = {extension: media_type for media_type, extension in EXTENSIONS.items()}
_ENDS, _ALGORITHM = "timestamp-ends", "timestamp-algorithm"


@dataclass(frozen=True, slots=True)
class PublicationReader:
    archive: ObjectStore
    checker: DetachedChecker

    def read(self, arrival: Arrival, published_at: datetime) -> Publication | None:
        """None where record, signature and original do not belong together: then nothing of it is believed.

        ``published_at``: since when the record is in the archive.
        """
        identity = arrival.document_id
        try:
            data = self.archive.get(record_key(identity))
            der = self.archive.get(record_signature_key(identity))
            record = Record.from_json(data)
        except (NotFoundError, ValidationError):
            return None
        sealed = self.archive.stat(signed_key(identity))
        derived = document_id(
            unit=arrival.unit, dossier=arrival.dossier, component=arrival.component, sha256=arrival.sha256
        )
        fits = record.document_id == identity == derived and record.source.sha256 == arrival.sha256
        if sealed is None or not fits or not self.checker.holds(data, der):
            return None
        ends = sealed.metadata.get(_ENDS)
        return Publication(
            arrival,
            record,
            published_at.astimezone(UTC),
            datetime.fromisoformat(ends) if ends else None,
            sealed.metadata.get(_ALGORITHM),
        )


def timestamp_metadata(ends: datetime, algorithm: str) -> dict[str, str]:
    """Kept beside a PDF with a document timestamp, so that a lost catalogue knows when it runs out."""
    return {_ENDS: ends.isoformat(), _ALGORITHM: algorithm}


def read_arrival(archive: ObjectStore, key: str) -> Arrival | None:
    """The arrival of an original in the archive; None where it is gone."""
    found: StoredObject | None = archive.stat(key)
    if found is None:
        return None
    return arrival_from_metadata(key.split("/")[1], found, _MEDIA_TYPES[key.rsplit(".", 1)[-1]])
