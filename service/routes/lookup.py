"""Does the state already hold this paper?"""

from typing import Annotated

from fastapi import APIRouter, Depends

from digitize.errors import CursorError, InvalidRequestError, NotPermittedError, UnauthenticatedError
from digitize.model import FieldValue, Validity
from service.access import Access, may_see, permitted
from service.models import FoundDocument, JsonAnswer, LookupAnswer, LookupRequest
from service.problems import documented
from storage.api import Client
from storage.pages import Window
from storage.papers_api import PaperRow
from storage.portal_api import Portal


def build_router(access: Access, catalogue: Portal) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["reuse"])
    reader = permitted(access, "lookup")

    @router.post(
        "/lookup",
        response_model=LookupAnswer,
        summary="Published documents of an owner",
        description=(
            "Giấy tờ còn hiệu lực đã số hóa của một chủ hồ sơ. A POST, so that no personal id ever stands in a "
            "URL. Gives what the client's units hold; an owner nobody knows gets an empty list."
        ),
        responses=documented(UnauthenticatedError, NotPermittedError, InvalidRequestError, CursorError),
    )
    async def lookup(request: LookupRequest, client: Annotated[Client, Depends(reader)]) -> JsonAnswer:
        await access.async_require_purpose(client, request.purpose)
        window = Window(client.client_id, request.limit, request.cursor)
        page = await catalogue.async_lookup(
            request.owner_id, window, units=client.units, types=client.types, document_type=request.document_type
        )
        # The catalogue is asked for no other; what may be seen is decided here all the same, as at every door.
        rows = [row for row in page.rows if may_see(client, row)]
        asked = {"document_type": request.document_type, "continued": request.cursor is not None}
        await access.async_record_use(
            client, "access.lookup", [row.document_id for row in rows], request.purpose, asked
        )
        return JsonAnswer(LookupAnswer(documents=[describe_found(row) for row in rows], cursor=page.cursor))

    return router


def describe_found(row: PaperRow) -> FoundDocument:
    return FoundDocument(
        document_id=row.document_id,
        document_type=row.type_code or "unknown",
        role=row.role,
        document_number=_accepted(row, "document_number"),
        issue_date=_accepted(row, "issue_date"),
        issuing_agency=_accepted(row, "issuing_agency"),
        owner_name=_accepted(row, "owner_name"),
        unit=row.unit,
        validity=row.record.validity if row.record else Validity(),
        published_at=row.published_at,
    )


def _accepted(row: PaperRow, name: str) -> FieldValue:
    field = row.record.fields.get(name) if row.record else None
    return field.value if field is not None and field.state != "review" else None
