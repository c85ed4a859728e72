"""A paper is no longer valid (Decree 45/2020, Art. 15): it stays, and is given out no more."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from digitize.errors import (
    ConflictError,
    InvalidRequestError,
    NotFoundError,
    NotPermittedError,
    NotReadyError,
    StorageUnavailableError,
    UnauthenticatedError,
)
from digitize.model import Status
from service.access import Access, permitted
from service.idempotency import KEY_REFUSALS, Once, once
from service.models import DocumentOut
from service.problems import documented
from service.reuse_models import RevocationRequest
from service.routes.documents import describe
from storage.api import Client, DocumentRow
from storage.object_api import ObjectStore
from storage.open_catalogue import OpenCatalogue
from storage.reuse_api import Revocation
from storage.revocations import keep_revocation


def build_router(
    access: Access, catalogue: OpenCatalogue, archive: ObjectStore, now: Callable[[], datetime]
) -> APIRouter:
    router = APIRouter(prefix="/v1/documents", tags=["documents"])
    holder = permitted(access, "revoke")
    keyed = once(access, catalogue, holder)

    @router.post(
        "/{document_id}/revocation",
        response_model=DocumentOut,
        summary="Revoke a published document",
        description=(
            "Thu hồi giấy tờ đã công bố, kèm lý do. Every scan of the same paper is revoked with it. Sent again it "
            "changes nothing; with another reason it is refused as `conflict`. There is no way back."
        ),
        responses=documented(
            UnauthenticatedError,
            NotPermittedError,
            NotFoundError,
            NotReadyError,
            ConflictError,
            StorageUnavailableError,
            *KEY_REFUSALS,
        ),
    )
    def revoke(
        document_id: str,
        request: RevocationRequest,
        client: Annotated[Client, Depends(holder)],
        only_once: Annotated[Once, Depends(keyed)],
    ) -> Response:
        return only_once(lambda _: revoke_now(document_id, request, client))

    def revoke_now(document_id: str, request: RevocationRequest, client: Client) -> DocumentOut:
        row = access.document(client, document_id, "access.revoke")
        if row.status not in (Status.PUBLISHED, Status.REVOKED):
            raise NotReadyError
        at = request.revoked_at or now()
        if at > now():
            raise InvalidRequestError(detail="body.revoked_at")
        if request.superseded_by is not None:
            newer = access.document(client, request.superseded_by, "access.revoke")
            if newer.status is not Status.PUBLISHED:
                raise NotReadyError
            if _first_scan(newer) == _first_scan(row):  # it would end with the paper, and nothing be left
                raise InvalidRequestError(detail="body.superseded_by")
        if row.status is Status.PUBLISHED:
            revocation = Revocation(at, request.reason, request.superseded_by)
            # The archive first: a catalogue that is lost must not come back with the paper valid again.
            catalogue.revoke(row.document_id, keep_revocation(archive, row.document_id, revocation), client.client_id)
        revoked = describe(access.document(client, document_id, "access.revoke"))
        if not _is_as_asked(revoked, request):
            raise ConflictError  # revoked before, otherwise; that stands
        return revoked

    return router


def _first_scan(row: DocumentRow) -> str:
    return row.same_as or row.document_id


def _is_as_asked(document: DocumentOut, request: RevocationRequest) -> bool:
    told = document.revocation
    return (
        told is not None
        and (told.reason, told.superseded_by) == (request.reason, request.superseded_by)
        and request.revoked_at in (None, told.at)
    )
