"""Who was given an owner's papers: for the owner, who may ask (Law 91/2025/QH15)."""

from typing import Annotated

from fastapi import APIRouter, Depends

from digitize.errors import CursorError, InvalidRequestError, NotPermittedError, UnauthenticatedError
from service.access import Access, permitted
from service.problems import documented
from service.reuse_models import AccessesAnswer, AccessesRequest, AccessOut
from storage.api import Client
from storage.open_catalogue import OpenCatalogue
from storage.pages import Window


def build_router(access: Access, catalogue: OpenCatalogue) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["reuse"])
    holder = permitted(access, "accesses")

    @router.post(
        "/accesses",
        summary="Who was given this owner's papers, when and what for",
        description=(
            "Ai đã được cung cấp hoặc đã xem giấy tờ của người này, khi nào và để làm gì. Looks of operators at the "
            "console are listed too."
        ),
        responses=documented(UnauthenticatedError, NotPermittedError, InvalidRequestError, CursorError),
    )
    def accesses(request: AccessesRequest, client: Annotated[Client, Depends(holder)]) -> AccessesAnswer:
        access.require_purpose(client, request.purpose)
        window = Window(client.client_id, request.limit, request.cursor)
        page = catalogue.uses(request.owner_id, window, units=client.units, types=client.types)
        data = {"count": len(page.rows), "purpose": request.purpose.model_dump()}
        access.record(client, "access.accesses", None, data)
        return AccessesAnswer(
            accesses=[
                AccessOut(
                    at=one.at,
                    client=one.client,
                    use=one.kind,
                    purpose="review" if one.purpose.get("task") == "review" else "reuse",
                    document_id=one.document_id,
                    dossier=one.purpose.get("dossier"),
                    procedure=one.purpose.get("procedure"),
                )
                for one in page.rows
            ],
            cursor=page.cursor,
        )

    return router
