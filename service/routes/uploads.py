"""Scans handed in by the API, in parts that can be sent again: for portals, and stations behind weak lines."""

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path as FilePath
from tempfile import TemporaryDirectory
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Path, Request
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from digitize.config import Config
from digitize.door_errors import UnknownUnitError
from digitize.errors import (
    ConflictError,
    InputTooLargeError,
    InvalidRequestError,
    NotFoundError,
    NotPermittedError,
    StorageUnavailableError,
    UnauthenticatedError,
)
from digitize.upload_errors import PartDamagedError, UploadIncompleteError, UploadMismatchError
from service.access import Access, permitted
from service.idempotency import KEY_REFUSALS, Once, once
from service.problems import documented
from service.upload_models import PartOut, ReceiptOut, UploadOut, UploadRequest
from storage.api import Client
from storage.idempotency_api import IdempotencyKeys
from storage.keys import MAX_PART_NUMBER, parse_inbox_key, status_key, wrong_parts
from storage.object_api import ObjectStore
from storage.uploads import PART_BYTES, Upload, Uploads

_MIB = 1024 * 1024
_PART_PATH = re.compile(r"/v1/uploads/[^/]*/parts/[^/]*")
_DIGEST = r"^sha-256=:[A-Za-z0-9+/]{43}=:$"
_PART_BODY = {
    "required": True,
    "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
}
PartNumber = Annotated[int, Path(ge=1, le=MAX_PART_NUMBER, description="from 1")]
ContentDigest = Annotated[str, Header(pattern=_DIGEST, description="SHA-256 of the part (RFC 9530)")]


def body_limit(path: str) -> int | None:
    """Bytes that the body of a part may have; None where the path is not a part's."""
    return PART_BYTES if _PART_PATH.fullmatch(path) else None


@dataclass(frozen=True, slots=True)
class Reception:
    """Takes parts in, and hands the whole on."""

    access: Access
    uploads: Uploads
    lifetime: timedelta
    max_input_mib: int
    units: frozenset[str]
    """That have a station: whose scans are taken."""
    now: Callable[[], datetime]

    def begin(self, client: Client, request: UploadRequest, upload_id: str) -> UploadOut:
        """By an id that may have been given to the same upload already."""
        if client.units and request.unit not in client.units:
            self.access.record(client, "access.denied", None, {"use": "upload", "reason": "unit_or_type"})
            raise NotPermittedError
        if request.unit not in self.units:
            raise UnknownUnitError
        place = request.model_dump(include={"unit", "dossier", "component", "filename"})
        if wrong := wrong_parts(**place):
            raise InvalidRequestError(detail=", ".join(f"body.{name}" for name in wrong))
        if request.size > self.max_input_mib * _MIB:
            raise InputTooLargeError(limit_mib=self.max_input_mib)
        if self.uploads.find(upload_id) is not None:
            return self.show(client, upload_id)
        upload = Upload(
            upload_id=upload_id,
            client_id=client.client_id,
            expires_at=self.now() + self.lifetime,
            **request.model_dump(),
        )
        self.access.record(client, "upload.begun", None, {"upload": upload.upload_id, "unit": upload.unit})
        self.uploads.begin(upload)
        return self._show(upload, [])

    def show(self, client: Client, untrusted_id: str) -> UploadOut:
        upload = self._own(client, untrusted_id)
        if self.uploads.is_complete(upload.upload_id):
            return self._show(upload, list(range(1, upload.part_count + 1)), _receipt(upload))
        return self._show(upload, self.uploads.arrived(upload))

    def put_part(self, client: Client, untrusted_id: str, number: int, data: bytes, content_digest: str) -> PartOut:
        upload = self._own(client, untrusted_id)
        digest = hashlib.sha256(data)
        as_sent = f"sha-256=:{base64.b64encode(digest.digest()).decode()}:"
        if number > upload.part_count:
            raise InvalidRequestError(detail=f"path.number: 1 to {upload.part_count}")
        if len(data) != upload.part_length(number) or as_sent != content_digest:
            raise PartDamagedError(number=number)
        if self.uploads.is_complete(upload.upload_id):
            raise ConflictError
        self.uploads.put_part(upload, number, data)
        return PartOut(number=number, size=len(data), sha256=digest.hexdigest())

    def complete(self, client: Client, untrusted_id: str) -> ReceiptOut:
        upload = self._own(client, untrusted_id)
        if not self.uploads.is_complete(upload.upload_id):
            try:
                self._hand_on(client, upload)
            except (UploadIncompleteError, NotFoundError):
                # Completed by another request meanwhile, and its parts are no longer needed?
                if not self.uploads.is_complete(upload.upload_id):
                    raise
        return _receipt(upload)

    def _hand_on(self, client: Client, upload: Upload) -> None:
        with TemporaryDirectory(prefix="digitize-") as folder:
            path = FilePath(folder) / "whole"
            self.uploads.assemble(upload, path)
            told = {"upload": upload.upload_id, "document": upload.document_id}
            self.access.record(client, "upload.completed", None, told)
            self.uploads.complete(upload, path)

    def _own(self, client: Client, untrusted_id: str) -> Upload:
        """Raises NotFoundError for what is another's, too old or not there, alike."""
        upload = self.uploads.find(untrusted_id)
        if upload is None or upload.client_id != client.client_id or upload.expires_at <= self.now():
            self.access.record(client, "access.denied", None, {"use": "upload", "reason": "unknown"})
            raise NotFoundError
        return upload

    def _show(self, upload: Upload, parts: list[int], receipt: ReceiptOut | None = None) -> UploadOut:
        return UploadOut(
            upload_id=upload.upload_id,
            size=upload.size,
            sha256=upload.sha256,
            part_size=upload.part_bytes,
            part_count=upload.part_count,
            parts=parts,
            expires_at=upload.expires_at,
            receipt=receipt,
        )


def _receipt(upload: Upload) -> ReceiptOut:
    # The name is forgotten by now, and says nothing of the role.
    role = parse_inbox_key(f"{upload.unit}/{upload.dossier}/{upload.component}/scan").role
    return ReceiptOut(
        upload_id=upload.upload_id,
        document_id=upload.document_id,
        unit=upload.unit,
        dossier=upload.dossier,
        component=upload.component,
        role=role,
        size=upload.size,
        sha256=upload.sha256,
        status_path=f"/v1/documents/{upload.document_id}",
        status_key=status_key(upload.unit, upload.document_id),
    )


def build_router(
    access: Access, keys: IdempotencyKeys, work: ObjectStore, config: Config, now: Callable[[], datetime]
) -> APIRouter:
    router = APIRouter(prefix="/v1/uploads", tags=["uploads"])
    sender = permitted(access, "documents:upload")
    keyed = once(access, keys, sender)
    lifetime = timedelta(hours=config.service.upload_lifetime_h)
    units = frozenset(station.unit for station in config.stations)
    reception = Reception(access, Uploads(work), lifetime, config.limits.max_input_mib, units, now)
    refusals = (UnauthenticatedError, NotPermittedError, StorageUnavailableError)

    @router.post(
        "",
        response_model=UploadOut,
        summary="Announce a scan",
        description=(
            "Báo trước một bản quét sẽ gửi theo từng phần. Every part but the last has `part_size` bytes; they are "
            "sent in any order until `expires_at`, and again wherever the line broke."
        ),
        responses=documented(*refusals, InputTooLargeError, UnknownUnitError, *KEY_REFUSALS),
    )
    def begin(
        request: UploadRequest,
        client: Annotated[Client, Depends(sender)],
        only_once: Annotated[Once, Depends(keyed)],
    ) -> Response:
        return only_once(lambda upload_id: reception.begin(client, request, upload_id))

    @router.get("/{upload_id}", summary="Which parts have arrived", responses=documented(*refusals, NotFoundError))
    def show(upload_id: str, client: Annotated[Client, Depends(sender)]) -> UploadOut:
        return reception.show(client, upload_id)

    @router.put(
        "/{upload_id}/parts/{number}",
        summary="Send a part",
        description="The body is the part itself. Sent twice, the later counts, until the upload is completed.",
        openapi_extra={"requestBody": _PART_BODY},
        responses=documented(
            *refusals, NotFoundError, ConflictError, InputTooLargeError, PartDamagedError, InvalidRequestError
        ),
    )
    async def put_part(
        upload_id: str,
        number: PartNumber,
        content_digest: ContentDigest,
        request: Request,
        client: Annotated[Client, Depends(sender)],
    ) -> PartOut:
        try:
            data = await request.body()
        except ClientDisconnect:  # nobody hears it; a weak line is no failure of ours
            raise PartDamagedError(number=number) from None
        return await run_in_threadpool(reception.put_part, client, upload_id, number, data, content_digest)

    @router.post(
        "/{upload_id}/complete",
        response_model=ReceiptOut,
        summary="Hand the whole in",
        description=(
            "Checks size and SHA-256 of the whole, which then goes where a station would have dropped it, once. "
            "Asking again gives the same receipt."
        ),
        responses=documented(*refusals, NotFoundError, UploadIncompleteError, UploadMismatchError, *KEY_REFUSALS),
    )
    def complete(
        upload_id: str, client: Annotated[Client, Depends(sender)], only_once: Annotated[Once, Depends(keyed)]
    ) -> Response:
        return only_once(lambda _: reception.complete(client, upload_id))

    return router
