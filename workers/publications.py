"""What the archive tells of a published document, from which a catalogue that was lost is made again."""

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from pydantic import ValidationError

from digitize.errors import NotFoundError
from digitize.identity import document_id
from digitize.model import Record
from signing.detached import DetachedChecker, signer_info
from storage.api import Arrival, Priority, Publication
from storage.keys import record_key, record_signature_key, signed_key
from storage.object_api import ObjectStore, StoredObject
from storage.revocations import read_revocation
from workers.accepted import EXTENSIONS
from workers.intake import PRIORITY_METADATA, arrival_from_metadata, read_priority

SEALED, RECORD, SIGNATURE = "signed.pdf", "record.json", "record.json.p7s"
PARTS = frozenset({SEALED, RECORD, SIGNATURE})
"""Of a whole publication, beside the original."""
REVOCATION = "revocation.json"
"""Where it was revoked."""
_SHA256 = re.compile(r"[0-9a-f]{64}")
_MEDIA_TYPES = {extension: media_type for media_type, extension in EXTENSIONS.items()}
_SEALED_SIZE = "sealed-size"
_SIGNER, _SIGNATURE_TAG = "signer-info", "signature-tag"
_SIGNER_LONGEST = 1_600
"""Letters; all metadata of an object may have 2 KB."""
_ENDS, _ALGORITHM = "timestamp-ends", "timestamp-algorithm"


@dataclass(frozen=True, slots=True)
class Part:
    """An object of a document, as the archive lists it."""

    size: int
    since: datetime
    tag: str = ""
    """The store's for the bytes of a signature; not kept of other parts."""


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
            record = Record.from_json(data)
        except (NotFoundError, ValidationError):
            return None
        source, place = record.source, record.dossier
        derived = document_id(unit=place.unit, dossier=place.code, component=place.component, sha256=source.sha256)
        fits = record.document_id == identity == derived
        fits = fits and (parts[name].size, _media_type(name)) == (source.size, source.media_type)
        if not fits or not self._is_signed(identity, data, stored.metadata, parts[SIGNATURE].tag):
            return None
        stamped: Mapping[str, str] = {}
        if stored.metadata.get(_SEALED_SIZE) != str(parts[SEALED].size):
            sealed = self.archive.stat(signed_key(identity))
            if sealed is None:
                return None
            stamped = sealed.metadata
        ends, algorithm = _read_timestamp(stamped)
        return Publication(
            _arrival(record, read_priority(stored)),
            record,
            parts[RECORD].since.astimezone(UTC),
            ends,
            algorithm,
            read_revocation(self.archive, identity) if REVOCATION in parts else None,
        )

    def _is_signed(self, identity: str, data: bytes, beside: Mapping[str, str], tag: str) -> bool:
        """The signature is fetched only where what lies beside the record does not suffice: each question to the store
        takes longer than all else that is done for a paper.
        """
        if tag and beside.get(_SIGNATURE_TAG) == tag and self.checker.holds_by(data, _decode(beside.get(_SIGNER, ""))):
            return True
        try:
            return self.checker.holds(data, self.archive.get(record_signature_key(identity)))
        except NotFoundError:
            return False


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


def record_metadata(priority: Priority, sealed_size: int, signature: bytes) -> dict[str, str]:
    """Kept beside a record, so that a lost catalogue costs fewer questions. ``sealed_size``: bytes of the PDF as it was
    published; with every timestamp it gets longer. ``signature``: DER of the record's CMS; its signer's part is kept,
    and the tag that the store will give the whole, by which another one is noticed.
    """
    kept = {PRIORITY_METADATA: priority, _SEALED_SIZE: str(sealed_size)}
    signer = base64.urlsafe_b64encode(signer_info(signature)).decode()
    if len(signer) <= _SIGNER_LONGEST:
        kept |= {_SIGNER: signer.rstrip("="), _SIGNATURE_TAG: hashlib.md5(signature, usedforsecurity=False).hexdigest()}
    return kept


def _decode(text: str) -> bytes:
    """Nothing where it is no base 64."""
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return b""


def timestamp_metadata(ends: datetime, algorithm: str) -> dict[str, str]:
    """Kept beside a PDF with a document timestamp, so that a lost catalogue knows when it runs out."""
    return {_ENDS: ends.isoformat(), _ALGORITHM: algorithm}


def _read_timestamp(metadata: Mapping[str, str]) -> tuple[datetime | None, str | None]:
    """What cannot be read counts as no timestamp: then the paper gets one early."""
    try:
        ends = datetime.fromisoformat(metadata[_ENDS])
        return (ends, metadata[_ALGORITHM]) if ends.tzinfo is not None else (None, None)
    except (KeyError, ValueError):
        return None, None


def read_arrival(archive: ObjectStore, key: str) -> Arrival | None:
    """The arrival of an original in the archive; None where it is gone. Its hash is made anew where the archive was
    copied without what lay beside the bytes.
    """
    found: StoredObject | None = archive.stat(key)
    if found is None:
        return None
    arrival = arrival_from_metadata(key.split("/")[1], found, _media_type(key))
    return arrival if _SHA256.fullmatch(arrival.sha256) else replace(arrival, sha256=archive.digest(key))


def original_of(names: Iterable[str]) -> str | None:
    """The name of the original among all that lies in a document's folder; one that we may have written comes before
    others. None where there is none.
    """
    found = [name for name in names if name.startswith("original.")]
    return min(found, key=lambda name: (_extension(name) not in _MEDIA_TYPES, name), default=None)


def _media_type(name: str) -> str:
    """Raises NotFoundError where nothing of ours is named so."""
    if _extension(name) not in _MEDIA_TYPES:
        raise NotFoundError
    return _MEDIA_TYPES[_extension(name)]


def _extension(name: str) -> str:
    return name.rsplit(".", 1)[-1]
