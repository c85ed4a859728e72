"""One document: where it stands, its record, its signed PDF."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from digitize.door_errors import RevokedError
from digitize.errors import (
    InvalidRequestError,
    NotFoundError,
    NotPermittedError,
    NotReadyError,
    SensitiveError,
    StorageUnavailableError,
    UnauthenticatedError,
)
from digitize.model import Record, Status, Validity
from digitize.sensitivity import SENSITIVE_FIELDS
from service import sensitivity
from service.access import Access, permitted
from service.models import DocumentOut, DossierOut, LinkOut, Purpose, RevocationOut
from service.problems import documented
from service.publications import original_link, pdf_link
from service.purposes import NamedPurpose
from service.reuse_models import FieldOut, FieldsOut
from storage.api import Client, DocumentRow
from storage.event_kinds import EventKind
from storage.keys import record_key
from storage.object_api import ObjectStore

DrawLink = Callable[[ObjectStore, DocumentRow, timedelta], str]


@dataclass(frozen=True, slots=True)
class Handout:
    """Gives published documents out, each time for a purpose, and says so to the log."""

    access: Access
    archive: ObjectStore
    link_lifetime: timedelta
    now: Callable[[], datetime]

    def published(self, client: Client, untrusted_id: str, kind: EventKind, purpose: Purpose) -> DocumentRow:
        self.access.require_purpose(client, purpose)
        row = self.access.document(client, untrusted_id, kind)
        if row.status is Status.PUBLISHED:
            return row
        error = RevokedError() if row.status is Status.REVOKED else NotReadyError()
        self.access.record(client, kind, row.document_id, {"answer": error.code})
        raise error

    def whole(self, client: Client, untrusted_id: str, kind: EventKind, purpose: Purpose) -> DocumentRow:
        """Image and text too, as far as the client may see what is sensitive."""
        row = self.published(client, untrusted_id, kind, purpose)
        if sensitivity.is_sensitive(row) and not sensitivity.may_see(client):
            self.access.record(client, "access.denied", row.document_id, {"use": kind, "reason": "sensitive"})
            raise SensitiveError
        return row

    def link(self, client: Client, untrusted_id: str, kind: EventKind, purpose: Purpose, draw: DrawLink) -> LinkOut:
        row = self.whole(client, untrusted_id, kind, purpose)
        expires_at = self.now().astimezone(UTC).replace(microsecond=0) + self.link_lifetime
        url = draw(self.archive, row, self.link_lifetime)
        self.access.record_use(client, kind, [row.document_id], purpose)
        return LinkOut(url=url, expires_at=expires_at)


def build_router(
    access: Access, archive: ObjectStore, link_lifetime: timedelta, now: Callable[[], datetime]
) -> APIRouter:
    router = APIRouter(prefix="/v1/documents", tags=["documents"])
    reader = permitted(access, "documents:read")
    refusals = (UnauthenticatedError, NotPermittedError, NotFoundError)
    given = (*refusals, NotReadyError, RevokedError, InvalidRequestError)
    whole = (*given, SensitiveError)
    handout = Handout(access, archive, link_lifetime, now)

    @router.get("/{document_id}", summary="State, type and times", responses=documented(*refusals))
    def document(document_id: str, client: Annotated[Client, Depends(reader)]) -> DocumentOut:
        row = access.document(client, document_id, "access.document")
        access.record(client, "access.document", row.document_id, {"status": row.status.value})
        return describe(row)

    @router.get(
        "/{document_id}/record",
        summary="The record of a published document",
        description=(
            "The bytes as stored beside the PDF, so that the detached signature `record.json.p7s` can be checked "
            "over them."
        ),
        response_model=Record,
        responses=documented(*whole),
    )
    def record(document_id: str, client: Annotated[Client, Depends(reader)], purpose: NamedPurpose) -> Response:
        row = handout.whole(client, document_id, "access.record", purpose)
        data = archive.get(record_key(row.document_id))
        access.record_use(client, "access.record", [row.document_id], purpose)
        return Response(data, media_type="application/json")

    @router.get(
        "/{document_id}/fields",
        summary="The fields of a published document",
        description="Without ethnicity, unless the key has the scope `sensitive`.",
        responses=documented(*given),
    )
    def fields(document_id: str, client: Annotated[Client, Depends(reader)], purpose: NamedPurpose) -> FieldsOut:
        row = handout.published(client, document_id, "access.fields", purpose)
        access.record_use(client, "access.fields", [row.document_id], purpose)
        return tell_fields(row, sensitive=sensitivity.may_see(client))

    @router.get(
        "/{document_id}/pdf",
        summary="A short-lived link to the signed PDF",
        responses=documented(*whole, StorageUnavailableError),
    )
    def pdf(document_id: str, client: Annotated[Client, Depends(reader)], purpose: NamedPurpose) -> LinkOut:
        return handout.link(client, document_id, "access.pdf", purpose, pdf_link)

    @router.get(
        "/{document_id}/original",
        summary="A short-lived link to the file as it was handed in",
        responses=documented(*whole, StorageUnavailableError),
    )
    def original(document_id: str, client: Annotated[Client, Depends(reader)], purpose: NamedPurpose) -> LinkOut:
        return handout.link(client, document_id, "access.original", purpose, original_link)

    return router


def tell_fields(row: DocumentRow, *, sensitive: bool) -> FieldsOut:
    record = row.record
    found = {} if record is None else record.fields
    return FieldsOut(
        document_id=row.document_id,
        document_type=row.type_code or "unknown",
        fields={
            name: FieldOut(
                value=one.value,
                text=one.text,
                confidence=one.confidence,
                state=one.state,
                method=one.method,
                checks=one.checks,
            )
            for name, one in found.items()
            if sensitive or name not in SENSITIVE_FIELDS
        },
        validity=record.validity if record is not None else Validity(),
    )


def describe(row: DocumentRow) -> DocumentOut:
    return DocumentOut(
        document_id=row.document_id,
        status=row.status,
        role=row.role,
        document_type=row.type_code,
        dossier=DossierOut(code=row.dossier, component=row.component, unit=row.unit),
        page_count=row.page_count,
        received_at=row.received_at,
        updated_at=row.updated_at,
        published_at=row.published_at,
        problem=row.record.problem if row.record else None,
        revocation=_revocation(row),
    )


def _revocation(row: DocumentRow) -> RevocationOut | None:
    ended = row.record.validity if row.record else None
    if row.status is not Status.REVOKED or ended is None or ended.revoked_at is None:
        return None
    return RevocationOut(
        at=datetime.fromisoformat(ended.revoked_at),
        reason=ended.revocation_reason,
        superseded_by=(ended.model_extra or {}).get("superseded_by"),
    )
