"""The desk of a worker: pages in the work bucket, the record in the catalogue, the result in the archive."""

import threading
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from pydantic import TypeAdapter

from digitize.errors import LeaseLostError, NotFoundError, SignerAskedError
from digitize.model import Record
from digitize.recognition.api import Recognized, RecognizedPage
from signing.api import Answer, Preparation
from storage.api import Advance, DocumentRow, Hold, Lease, PageRange, PagesKept, Publish, Seal, Spread
from storage.keys import page_key, pages_prefix, prepared_key
from storage.objects import Stores
from storage.open_catalogue import OpenCatalogue
from storage.retention import end_of, retain
from storage.reuse_api import Revocation
from storage.revocations import read_revocation
from workers.codes import code_candidates
from workers.prepared import delete_prepared
from workers.publisher import Publisher
from workers.stages import (
    Accepted,
    AssembledDocument,
    PreparedDocument,
    SignedDocument,
    Tools,
    signing_steps,
)

_PAGE = TypeAdapter(RecognizedPage)
_PREPARATION = TypeAdapter(Preparation)
_JSON = "application/json"
_PDF = "application/pdf"


_RANGE_PAGES = 8
_SPREAD_FROM = 2 * _RANGE_PAGES + 1
"""Pages; up to two ranges are done by one worker sooner than they are handed round."""


class ArchiveDesk:
    """Desk of one attempt under one lease, on a document or on a page range of it."""

    holds_for_review = True
    wants_previews = True

    def __init__(
        self, lease: Lease, row: DocumentRow, catalogue: OpenCatalogue, stores: Stores, tools: Tools, folder: Path
    ) -> None:
        self._lease = lease
        self._row = row
        self._catalogue = catalogue
        self._stores = stores
        self._tools = tools
        self._folder = folder
        self._lost = threading.Event()
        self._decides_anew = False

    def renew(self, length: timedelta) -> None:
        """Called from the heartbeat's thread; a lost lease stops the run where its next stage begins."""
        try:
            self._lease = self._catalogue.renew(self._lease, length)
        except LeaseLostError:
            self._lost.set()

    def begin(self, stage: str) -> None:  # noqa: ARG002 - stages differ in the local desk's progress only
        self._check_lease()

    def _check_lease(self) -> None:
        if self._lost.is_set():
            raise LeaseLostError

    def kept_pages(self) -> list[RecognizedPage]:
        if self._lease.stage == "inspect":
            return []
        work, document_id = self._stores.work, self._row.document_id
        keys = {stored.key for stored in work.list(pages_prefix(document_id))}
        return [_PAGE.validate_json(work.get(key)) for key in sorted(key for key in keys if key.endswith(".json"))]

    def spread(self, page_count: int) -> bool:
        """Only at ``inspect``: pages that were kept once and have expired are recognized by the worker that misses
        them, so that a document never goes round in circles.
        """
        if self._lease.stage != "inspect" or page_count < _SPREAD_FROM:
            return False
        self._catalogue.settle(self._lease, Spread(page_ranges(page_count)))
        return True

    def keep_page(self, page: Recognized) -> None:
        self._check_lease()  # a document rejected for one page does not keep the other workers busy
        work, document_id, number = self._stores.work, self._row.document_id, page.page.number
        if page.preview is not None:
            work.put(page_key(document_id, number, "jpg"), page.preview, "image/jpeg")
        # Last: a page counts as kept once its words are there.
        work.put(page_key(document_id, number, "json"), _PAGE.dump_json(page.page), _JSON)

    def pages_kept(self) -> None:
        if self._lease.stage == "inspect":
            self._catalogue.settle(self._lease, Advance("extract"))
        elif self._lease.stage == "recognize":
            self._catalogue.settle(self._lease, PagesKept())

    def kept_record(self) -> Record | None:
        return self._row.record if self._lease.stage == "assemble" else None

    def keep_record(self, record: Record) -> bool:
        if self._lease.stage == "assemble":
            return True
        hands_over = self._tools.config.signing.waits
        self._catalogue.settle(self._lease, Advance("assemble", record, hands_over=hands_over))
        return not hands_over

    def hold(self, record: Record, fields: tuple[str, ...]) -> None:
        self._catalogue.settle(self._lease, Hold(record, fields))

    def give_code(self, record: Record) -> Record:
        code = record.dossier.code
        dossier = None if code is None else self._catalogue.dossier(code)
        procedure = None if dossier is None else dossier.procedure
        candidates = code_candidates(record, procedure, self._tools.config.storage.component_code)
        if not candidates:
            return record
        return record.model_copy(update={"code": self._catalogue.assign_code(self._row.document_id, candidates)})

    def kept_preparation(self, accepted: Accepted) -> PreparedDocument | None:
        seals = [] if self._lease.stage != "assemble" else self._catalogue.seals(self._row.document_id)
        if not seals:
            return None
        kept = self._fetch_prepared(accepted, seals[-1])
        # Gone from the work bucket, or the key was changed: it is decided anew, and told.
        self._decides_anew = kept is None
        return kept

    def _fetch_prepared(self, accepted: Accepted, seal: Seal) -> PreparedDocument | None:
        path = self._folder / "prepared.pdf"
        preparation = _PREPARATION.validate_json(seal.preparation)
        try:
            self._stores.work.download(prepared_key(self._row.document_id, seal.digest, "pdf"), path)
            record = Record.from_json(self._stores.work.get(prepared_key(self._row.document_id, seal.digest, "json")))
        except NotFoundError:
            return None
        document = AssembledDocument(accepted, path, record)
        steps = signing_steps(document, self._tools)
        if seal.step >= len(steps) or not steps[seal.step].signer.can_complete(preparation):
            return None
        return PreparedDocument(document, preparation, seal.step)

    def keep_preparation(self, document: PreparedDocument) -> PreparedDocument:
        """The PDF before the row: whoever finds the row finds what it speaks of."""
        if document.preparation is None:
            return document
        self._check_lease()
        work, document_id, digest = self._stores.work, self._row.document_id, document.preparation.digest
        work.put(prepared_key(document_id, digest, "pdf"), document.document.path, _PDF)
        work.put(prepared_key(document_id, digest, "json"), document.document.record.to_json(), _JSON)
        seal = Seal(document.step, digest, _PREPARATION.dump_json(document.preparation).decode())
        self._catalogue.begin_seal(self._lease, seal, anew=self._decides_anew)
        self._decides_anew = False
        return document

    def kept_signature(self, step: int) -> tuple[str | None, bytes | None]:
        seal = self._seal(step)
        return seal.transaction_id, seal.signature

    def keep_answer(self, step: int, answer: Answer) -> bytes:
        seal = self._seal(step)
        if answer.transaction is not None:
            self._catalogue.keep_transaction(self._lease, seal, answer.transaction)
        if answer.signature is None:
            raise SignerAskedError
        return self._catalogue.keep_signature(self._lease, seal, answer.signature).signature or answer.signature

    def _seal(self, step: int) -> Seal:
        seals = self._catalogue.seals(self._row.document_id)
        if step >= len(seals):
            raise LeaseLostError
        return seals[step]

    def publish(self, signed: SignedDocument) -> None:
        """Put it into the archive, lock it, and delete what was prepared for it. Raises LeaseLostError."""
        archive, document_id = self._stores.archive, signed.document_id
        put = Publisher(archive, self._tools, self._folder, self._check_lease).put(signed, self._row.priority)
        until = end_of(self._tools.config.retention, put.record.document_type.code, self._tools.clock())
        if until is not None:
            retain(archive, document_id, until)
        revocation = self._revocation() if put.was_begun else None
        self._catalogue.settle(self._lease, Publish(put.record, revocation))
        if not put.record.source.signed:  # else nothing was prepared
            delete_prepared(self._stores.work, document_id)

    def _revocation(self) -> Revocation | None:
        """Of a paper that was published once, and that the catalogue had lost or forgotten."""
        try:
            return read_revocation(self._stores.archive, self._row.document_id)
        except NotFoundError:
            return None


def page_ranges(page_count: int) -> tuple[PageRange, ...]:
    """Of equal length, as far as that goes: a short one left over would cost what a whole one does."""
    count = -(-page_count // _RANGE_PAGES)
    ends = [page_count * number // count for number in range(count + 1)]
    return tuple(PageRange(before + 1, last) for before, last in pairwise(ends))
