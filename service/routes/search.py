"""Which published documents say so?"""

from datetime import date, datetime, time, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends

from digitize.errors import (
    CursorError,
    InvalidRequestError,
    NotPermittedError,
    UnauthenticatedError,
    UnsearchableError,
)
from digitize.vietnam_time import VIETNAM_TIME
from service import sensitivity
from service.access import Access, may_see, permitted
from service.models import JsonAnswer, SearchAnswer, SearchRequest
from service.problems import documented
from service.routes.lookup import describe_found
from storage.api import Client
from storage.portal_api import Portal
from storage.search_api import SearchQuery


def build_router(access: Access, catalogue: Portal) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["reuse"])
    reader = permitted(access, "search")

    @router.post(
        "/search",
        response_model=SearchAnswer,
        summary="Published documents with these words",
        description=(
            "Giấy tờ chưa bị thu hồi có mọi từ được hỏi, mới công bố trước. Từ gõ không dấu tìm được mọi cách bỏ "
            'dấu; từ gõ có dấu chỉ tìm đúng dấu ấy; từ trong "ngoặc kép" phải đứng liền nhau. A POST, so that what is '
            "searched for stands in no URL. The words are those of the recognized text, so a word that was misread is "
            "not found by its right spelling. Each scan of a paper is an answer of its own."
        ),
        responses=documented(
            UnauthenticatedError, NotPermittedError, InvalidRequestError, UnsearchableError, CursorError
        ),
    )
    async def search(request: SearchRequest, client: Annotated[Client, Depends(reader)]) -> JsonAnswer:
        await access.async_require_purpose(client, request.purpose)
        query = SearchQuery(
            client_id=client.client_id,
            text=request.query,
            units=client.units,
            types=client.types,
            sensitive=sensitivity.may_see(client),
            unit=request.unit,
            document_type=request.document_type,
            published_from=_start(request.published_from),
            published_before=_start(request.published_to, days=1),
        )
        page = await catalogue.async_search(query, request.limit, request.cursor)
        # The index is asked for no other; what may be seen is decided here all the same, as at every door.
        rows = [
            row for row in page.rows if may_see(client, row) and (query.sensitive or not sensitivity.is_sensitive(row))
        ]
        asked = {
            "query": page.fingerprint,
            "unit": request.unit,
            "document_type": request.document_type,
            "continued": request.cursor is not None,
        }
        await access.async_record_use(
            client, "access.search", [row.document_id for row in rows], request.purpose, asked
        )
        return JsonAnswer(SearchAnswer(documents=[describe_found(row) for row in rows], cursor=page.cursor))

    return router


def _start(day: date | None, days: int = 0) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), VIETNAM_TIME) + timedelta(days)
