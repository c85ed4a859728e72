"""The portal API from Python: what is held already, documents, reuse, uploads, webhooks (docs/portal.md)."""

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeVar

from digitize.client import downloads, operations, uploading
from digitize.client.models import (
    AccessesAnswer,
    AccessesQuestion,
    Document,
    DocumentFields,
    DossiersAnswer,
    DossiersQuestion,
    FoundDocument,
    Link,
    LookupAnswer,
    LookupQuestion,
    NoticeKind,
    Prefill,
    PrefillQuestion,
    Priority,
    Purpose,
    Receipt,
    ReplayQuestion,
    ReportedDossier,
    RevocationQuestion,
    SearchAnswer,
    SearchQuestion,
    Subscription,
    SubscriptionQuestion,
    Undelivered,
    UndeliveredAnswer,
    Upload,
    UploadQuestion,
    Use,
    Verification,
)
from digitize.client.transport import Transport
from digitize.model import Record

SILENCE_S = 60.0


class PortalClient:
    """One caller of one service. Safe to call from several threads; every method raises ApiError.

    What may be sent twice without harm is tried up to five times, with growing pauses, where the line or the service
    fails, what creates something with an ``Idempotency-Key``; and whatever is refused for coming too fast is sent again
    when the service says.
    """

    def __init__(
        self, base_url: str, key: str, *, silence_s: float = SILENCE_S, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        """``base_url``: up to before ``/v1``. ``silence_s``: longest silence, in seconds, that an answer may keep."""
        self._transport = Transport(base_url, key, silence_s=silence_s, sleep=sleep)

    # --- what is held already -----------------------------------------------------------------------------

    def lookup(self, owner_id: str, *, purpose: Purpose, document_type: str | None = None) -> list[FoundDocument]:
        """Published papers of an owner, one for each paper however often it was scanned."""

        def ask(cursor: str | None) -> LookupAnswer:
            question = LookupQuestion(owner_id=owner_id, document_type=document_type, cursor=cursor, purpose=purpose)
            return self._transport.ask(operations.LOOKUP, question=question)

        return [document for page in _pages(ask) for document in page.documents]

    def search(
        self, query: str, *, purpose: Purpose, document_type: str | None = None, unit: str | None = None
    ) -> Iterator[FoundDocument]:
        """Published papers with all these words, published last first; further pages are asked for as they are read."""

        def ask(cursor: str | None) -> SearchAnswer:
            question = SearchQuestion(
                query=query, unit=unit, document_type=document_type, cursor=cursor, purpose=purpose
            )
            return self._transport.ask(operations.SEARCH, question=question)

        return (document for page in _pages(ask) for document in page.documents)

    def prefill(self, procedure: str, owner_id: str, *, purpose: Purpose) -> Prefill:
        """What of a procedure's components need not be handed in, and what its form can be filled with."""
        question = PrefillQuestion(procedure=procedure, owner_id=owner_id, purpose=purpose)
        return self._transport.ask(operations.PREFILL, question=question)

    # --- one document -------------------------------------------------------------------------------------

    def document(self, document_id: str) -> Document:
        """Where it stands; nothing that is written on the paper."""
        return self._transport.ask(operations.DOCUMENT, _one(document_id))

    def record(self, document_id: str, *, purpose: Purpose) -> Record:
        return self._transport.ask(operations.RECORD, _one(document_id), purpose.model_dump())

    def fields(self, document_id: str, *, purpose: Purpose) -> DocumentFields:
        return self._transport.ask(operations.FIELDS, _one(document_id), purpose.model_dump())

    def pdf_link(self, document_id: str, *, purpose: Purpose) -> Link:
        return self._transport.ask(operations.PDF, _one(document_id), purpose.model_dump())

    def original_link(self, document_id: str, *, purpose: Purpose) -> Link:
        return self._transport.ask(operations.ORIGINAL, _one(document_id), purpose.model_dump())

    def download_pdf(self, document_id: str, path: Path, *, purpose: Purpose) -> Record:
        """Stream the signed PDF to a file, which appears only when it is whole and fits its record; the record."""
        record = self.record(document_id, purpose=purpose)
        downloads.fetch_pdf(self._transport, self.pdf_link(document_id, purpose=purpose).url, path, record)
        return record

    def download_original(self, document_id: str, path: Path, *, purpose: Purpose) -> Record:
        """Stream the file as it was handed in, which appears only when its SHA-256 is the record's; the record."""
        record = self.record(document_id, purpose=purpose)
        downloads.fetch_original(self._transport, self.original_link(document_id, purpose=purpose).url, path, record)
        return record

    def revoke(
        self, document_id: str, reason: str, *, revoked_at: datetime | None = None, superseded_by: str | None = None
    ) -> Document:
        """``revoked_at``: with its zone; None: now. ``superseded_by``: document id of the paper in its place."""
        question = RevocationQuestion(reason=reason, revoked_at=revoked_at, superseded_by=superseded_by)
        return self._transport.ask(operations.REVOKE, _one(document_id), question=question)

    def verify(self, pdf: bytes | Path) -> Verification:
        """Whether the signatures of any PDF are good; the service does not keep the file."""
        content = pdf if isinstance(pdf, bytes) else pdf.read_bytes()
        return self._transport.ask(operations.VERIFY, content=content, headers={"Content-Type": "application/pdf"})

    # --- dossiers, accesses -------------------------------------------------------------------------------

    def report_dossiers(self, dossiers: Sequence[ReportedDossier]) -> DossiersAnswer:
        """Received or resolved; at most 500 at a time, each replaces what was known of it."""
        return self._transport.ask(operations.DOSSIERS, question=DossiersQuestion(dossiers=list(dossiers)))

    def accesses(self, owner_id: str, *, purpose: Purpose) -> Iterator[Use]:
        """Who was given this owner's papers, the newest first; further pages are asked for as they are read."""

        def ask(cursor: str | None) -> AccessesAnswer:
            question = AccessesQuestion(owner_id=owner_id, cursor=cursor, purpose=purpose)
            return self._transport.ask(operations.ACCESSES, question=question)

        return (use for page in _pages(ask) for use in page.accesses)

    # --- uploads ------------------------------------------------------------------------------------------

    def begin_upload(
        self, path: Path, *, unit: str, dossier: str, component: str, priority: Priority = "default"
    ) -> Upload:
        """Announce a scan. Keep ``upload_id``, and go on with ``send_upload``."""
        question = UploadQuestion(
            unit=unit,
            dossier=dossier,
            component=component,
            filename=path.name,
            size=path.stat().st_size,
            sha256=uploading.sha256_of(path),
            priority=priority,
        )
        return self._transport.ask(operations.BEGIN_UPLOAD, question=question)

    def upload(self, upload_id: str) -> Upload:
        """What has arrived so far."""
        return self._transport.ask(operations.UPLOAD, {"upload_id": upload_id})

    def send_upload(self, upload_id: str, path: Path) -> Receipt:
        """Send the parts that are missing, and hand the whole in. After any failure, or in another process: call it
        again, and it goes on with the rest.
        """
        return uploading.send(self._transport, self.upload(upload_id), path)

    # --- webhooks -----------------------------------------------------------------------------------------

    def subscribe(self, url: str, kinds: Sequence[NoticeKind] = ("published", "revoked")) -> Subscription:
        """Its ``secret``, for ``verify_webhook``, is given this once."""
        question = SubscriptionQuestion(url=url, kinds=tuple(kinds))
        return self._transport.ask(operations.SUBSCRIBE, question=question)

    def subscriptions(self) -> list[Subscription]:
        return self._transport.ask(operations.SUBSCRIPTIONS).subscriptions

    def unsubscribe(self, subscription_id: str) -> list[Subscription]:
        """Those that are left."""
        return self._transport.ask(operations.UNSUBSCRIBE, {"subscription_id": subscription_id}).subscriptions

    def replay(self, subscription_id: str, since: int) -> int:
        """Have the notices from this ``sequence`` on sent once more; how many."""
        parts = {"subscription_id": subscription_id}
        return self._transport.ask(operations.REPLAY, parts, question=ReplayQuestion(since=since)).notices

    def undelivered(self, subscription_id: str) -> list[Undelivered]:
        """What waits or was given up, the oldest first."""

        def ask(cursor: str | None) -> UndeliveredAnswer:
            query = None if cursor is None else {"cursor": cursor}
            return self._transport.ask(operations.UNDELIVERED, {"subscription_id": subscription_id}, query)

        return [notice for page in _pages(ask) for notice in page.notices]

    # --- health -------------------------------------------------------------------------------------------

    def is_live(self) -> bool:
        return self._transport.ask(operations.LIVE).status == "ok"

    def is_ready(self) -> bool:
        """False: catalogue or object store do not answer."""
        return self._transport.ask(operations.READY).status == "ok"


class _Page(Protocol):
    @property
    def cursor(self) -> str | None: ...


PageT = TypeVar("PageT", bound=_Page)


def _pages(ask: Callable[[str | None], PageT]) -> Iterator[PageT]:
    cursor: str | None = None
    while True:
        page = ask(cursor)
        yield page
        cursor = page.cursor
        if cursor is None:
            return


def _one(document_id: str) -> dict[str, str]:
    return {"document_id": document_id}
