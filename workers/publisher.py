"""Puts a publication into the archive. What lies there already, an earlier attempt's or a stranger's, stays only where
it is believed; else it is replaced, and the bucket keeps it as an older version.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from digitize.assembly.document import read_embedded_record
from digitize.errors import LeaseLostError, NotFoundError
from digitize.ingestion.foreign import PDF_ERRORS
from digitize.model import Record, SignatureRecord
from signing.detached import DetachedChecker
from signing.verdicts import FAILED
from signing.verification import verify_pdf
from storage.api import Priority
from storage.keys import record_key, record_signature_key, signed_key
from storage.object_api import ObjectStore
from storage.retention import lock_alike
from workers.publications import record_metadata
from workers.stages import SignedDocument, Tools

log = logging.getLogger(__name__)

_JSON = "application/json"
_CMS = "application/pkcs7-signature"
_PDF = "application/pdf"
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Put:
    record: Record
    """As it lies in the archive."""
    was_begun: bool
    """Something of it lay there before."""


@dataclass(frozen=True, slots=True)
class Publisher:
    """Of one attempt."""

    archive: ObjectStore
    tools: Tools
    folder: Path
    check_lease: Callable[[], None]
    """Raises LeaseLostError; asked before anything is replaced."""

    def put(self, signed: SignedDocument, priority: Priority) -> Put:
        """Write once, in the order PDF, record, its signature. Whatever an earlier attempt wrote stands, and what is
        written after it is made to fit it; so any attempt may be cut off anywhere.

        Raises LeaseLostError where somebody else replaces the same at this instant.
        """
        archive, document_id = self.archive, signed.document_id
        was_begun = not archive.put(signed_key(document_id), signed.path, _PDF, write_once=True)
        if was_begun:
            signed = self._adopt(signed)
        record, signature, data = signed.record, signed.record_signature, signed.record.to_json()
        beside = record_metadata(priority, signed.path.stat().st_size, signature)
        if not archive.put(record_key(document_id), data, _JSON, write_once=True, metadata=beside):
            was_begun = True
            lying, stored = archive.fetch(record_key(document_id))
            if self._is_record_of(lying, signed):
                data, record = lying, Record.from_json(lying)
                signature = self.tools.policy.agency.sign_detached(data)
            else:
                self._replace(record_key(document_id), data, _JSON, stored.etag, beside)
        if not archive.put(record_signature_key(document_id), signature, _CMS, write_once=True):
            was_begun = True
            lying, stored = archive.fetch(record_signature_key(document_id))
            if not self._is_signature_over(data, lying):
                self._replace(record_signature_key(document_id), signature, _CMS, stored.etag)
        return Put(record, was_begun)

    def _adopt(self, signed: SignedDocument) -> SignedDocument:
        """The published PDF is an earlier attempt's: describe that one. It is replaced where its seal is broken, or
        where it is not of this document.
        """
        path, key = self.folder / "published.pdf", signed_key(signed.document_id)
        stored = self.archive.download(key, path)
        if signed.record.source.signed:
            # The input's own bytes, the same in every attempt; timestamps may stand behind them.
            if not self._is_continued(signed.path, path):
                self._replace(key, signed.path, _PDF, stored.etag)
            return signed
        embedded, report = _embedded_record(path), verify_pdf(path, self.tools.trust_roots)
        if embedded is None or not _is_of(embedded, signed) or report.verdict == FAILED:
            self._replace(key, signed.path, _PDF, stored.etag)
            return signed
        made = tuple(one.model_copy(update={"made_by": "digitize"}) for one in report.signatures)
        record = embedded.model_copy(update={"signatures": made})
        signature = self.tools.policy.agency.sign_detached(record.to_json())
        return SignedDocument(signed.document_id, path, record, signature)

    def _is_continued(self, begin: Path, path: Path) -> bool:
        with begin.open("rb") as first, path.open("rb") as whole:
            while chunk := first.read(_CHUNK):
                if whole.read(len(chunk)) != chunk:
                    return False
            if not whole.read(1):
                return True
        return verify_pdf(path, self.tools.trust_roots).verdict != FAILED

    def _is_record_of(self, data: bytes, signed: SignedDocument) -> bool:
        """Whether this is what the PDF says of itself, with signatures that it bears; what they are worth changes with
        time. Of a paper that came signed, which says nothing, whether it is ours is told by its signature too.
        """
        try:
            found = Record.from_json(data)
        except ValidationError:
            return False
        told = Record.from_json(signed.record.to_json())
        if _names(found.signatures) <= _names(told.signatures) and _unsigned(found) == _unsigned(told):
            return True
        if not told.source.signed or not _is_of(found, signed):
            return False
        try:
            return self._is_signature_over(data, self.archive.get(record_signature_key(signed.document_id)))
        except NotFoundError:
            return False

    def _is_signature_over(self, data: bytes, der: bytes) -> bool:
        return DetachedChecker(self.tools.trust_roots).holds(data, der)

    def _replace(
        self, key: str, data: bytes | Path, media_type: str, etag: str, metadata: Mapping[str, str] | None = None
    ) -> None:
        self.check_lease()
        _, document_id, name = key.split("/")
        log.warning("document %s: its %s in the archive is not believed, and is replaced", document_id, name)
        if not self.archive.put(key, data, media_type, replaces=etag, metadata=metadata):
            raise LeaseLostError
        lock_alike(self.archive, key, key)


def _embedded_record(path: Path) -> Record | None:
    try:
        return read_embedded_record(path)
    except PDF_ERRORS:  # what stands in it is no record, or no PDF
        return None


def _is_of(record: Record, signed: SignedDocument) -> bool:
    return (record.document_id, record.source.sha256) == (signed.document_id, signed.record.source.sha256)


def _names(signatures: tuple[SignatureRecord, ...]) -> set[tuple[object, ...]]:
    return {(one.field, one.signer, one.signing_time) for one in signatures}


def _unsigned(record: Record) -> Record:
    return record.model_copy(update={"signatures": ()})
