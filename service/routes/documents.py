"""One document: where it stands, its record, its signed PDF."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from digitize.errors import (
    NotFoundError,
    NotPermittedError,
    NotReadyError,
    StorageUnavailableError,
    UnauthenticatedError,
)
from digitize.model import Record, Status
from service.access import Access, permitted
from service.models import DocumentOut, DossierOut, LinkOut
from service.problems import documented
from service.publications import pdf_link, stored_record
from storage.api import Client, DocumentRow
from storage.object_api import ObjectStore

_OUT = (Status.PUBLISHED, Status.REVOKED)


def build_router(
    access: Access, archive: ObjectStore, link_lifetime: timedelta, now: Callable[[], datetime]
) -> APIRouter:
    router = APIRouter(prefix="/v1/documents", tags=["documents"])
    reader = permitted(access, "documents:read")
    refusals = (UnauthenticatedError, NotPermittedError, NotFoundError)

    def published(client: Client, untrusted_id: str, kind: str) -> DocumentRow:
        row = access.document(client, untrusted_id, kind)
        if row.status not in _OUT:
            access.record(client, kind, row.document_id, {"answer": NotReadyError.code})
            raise NotReadyError
        return row

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
            "over them. A revoked document's record is given with its present state instead."
        ),
        response_model=Record,
        responses=documented(*refusals, NotReadyError),
    )
    def record(document_id: str, client: Annotated[Client, Depends(reader)]) -> Response:
        row = published(client, document_id, "access.record")
        data = stored_record(archive, row)
        access.record(client, "access.record", row.document_id, {"status": row.status.value})
        return Response(data, media_type="application/json")

    @router.get(
        "/{document_id}/pdf",
        summary="A short-lived link to the signed PDF",
        responses=documented(*refusals, NotReadyError, StorageUnavailableError),
    )
    def pdf(document_id: str, client: Annotated[Client, Depends(reader)]) -> LinkOut:
        row = published(client, document_id, "access.pdf")
        expires_at = now().astimezone(UTC).replace(microsecond=0) + link_lifetime
        url = pdf_link(archive, row, link_lifetime)
        access.record(client, "access.pdf", row.document_id, {"status": row.status.value})
        return LinkOut(url=url, expires_at=expires_at)

    return router


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
    )
