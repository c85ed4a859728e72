"""Are the signatures of this PDF good?"""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.concurrency import run_in_threadpool

from digitize.errors import (
    DamagedInputError,
    DocumentTimeoutError,
    EmptyFileError,
    InputTooLargeError,
    NotPermittedError,
    UnauthenticatedError,
)
from service.access import Access, permitted
from service.models import VerificationOut
from service.problems import documented
from service.verification import Verifier
from storage.api import Client

_PDF_BODY = {"required": True, "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}


def build_router(access: Access, verifier: Verifier) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["verification"])
    holder = permitted(access, "verify")

    @router.post(
        "/verify",
        summary="Verify the signatures of a PDF",
        description=(
            "Kiểm tra chữ ký số của một tệp PDF bất kỳ. The body is the file itself. It is not kept. No revocation "
            "list is fetched; what the file carries is used."
        ),
        openapi_extra={"requestBody": _PDF_BODY},
        responses=documented(
            UnauthenticatedError,
            NotPermittedError,
            InputTooLargeError,
            EmptyFileError,
            DamagedInputError,
            DocumentTimeoutError,
        ),
    )
    async def verify(request: Request, client: Annotated[Client, Depends(holder)]) -> VerificationOut:
        report = await verifier.verify(request.stream())
        data = {"verdict": report.verdict, "signatures": len(report.signatures)}
        await run_in_threadpool(access.record, client, "access.verify", None, data)
        return report

    return router
