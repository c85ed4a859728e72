"""Dossiers received and resolved: what rates are counted against, and what tells a paper's procedure."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends

from digitize.errors import InvalidRequestError, NotPermittedError, UnauthenticatedError
from digitize.vietnam_time import is_to_come
from service.access import Access, permitted
from service.problems import documented
from service.reuse_models import DossiersAnswer, DossiersRequest
from storage.api import Client
from storage.open_catalogue import OpenCatalogue
from storage.reuse_api import DossierRow


def build_router(access: Access, catalogue: OpenCatalogue, now: Callable[[], datetime]) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["dossiers"])
    holder = permitted(access, "dossiers")

    def _not_permitted(client: Client) -> NotPermittedError:
        access.record(client, "access.denied", None, {"use": "dossiers", "reason": "unit_or_type"})
        return NotPermittedError()

    @router.put(
        "/dossiers",
        summary="Report dossiers received or resolved",
        description=(
            "Báo hồ sơ đã tiếp nhận hoặc đã giải quyết, tối đa 500 hồ sơ một lần. Each replaces what was known of it, "
            "so that sending it again changes nothing. No day may lie in the future."
        ),
        responses=documented(UnauthenticatedError, NotPermittedError, InvalidRequestError),
    )
    def report(request: DossiersRequest, client: Annotated[Client, Depends(holder)]) -> DossiersAnswer:
        if client.units and not {one.unit for one in request.dossiers} <= client.units:
            raise _not_permitted(client)
        for number, one in enumerate(request.dossiers):
            if is_to_come(one.received_at, now()):
                raise InvalidRequestError(detail=f"body.dossiers.{number}.received_at")
            resolved_at = one.resolved_at
            if resolved_at is not None and (resolved_at < one.received_at or is_to_come(resolved_at, now())):
                raise InvalidRequestError(detail=f"body.dossiers.{number}.resolved_at")
        told = [
            (DossierRow(one.code, one.procedure, one.unit, one.received_at, one.resolved_at), one.owner_id)
            for one in request.dossiers
        ]
        try:
            new = catalogue.record_dossiers(told, units=client.units)
        except NotPermittedError:  # one of these codes is another unit's dossier
            raise _not_permitted(client) from None
        access.record(client, "dossiers.reported", None, {"received": len(request.dossiers), "new": new})
        return DossiersAnswer(received=len(request.dossiers), new=new)

    return router
