"""Is the process alive, and can it serve? Without a key, and therefore without details."""

import logging
from collections.abc import Callable
from http import HTTPStatus

from fastapi import APIRouter, Response

from digitize.errors import DigitizeError
from digitize.identity import document_id
from service.models import HealthOut
from storage.api import Catalogue
from storage.object_api import ObjectStore

_log = logging.getLogger("digitize.service")
_ABSENT = document_id(unit=None, dossier=None, component=None, sha256="readiness")


def build_router(catalogue: Catalogue, archive: ObjectStore, work: ObjectStore) -> APIRouter:
    router = APIRouter(prefix="/health", tags=["health"])
    probes: dict[str, Callable[[], object]] = {
        "catalogue": lambda: catalogue.find(_ABSENT),
        "archive": lambda: archive.stat(_ABSENT),
        "work": lambda: work.stat(_ABSENT),
    }

    @router.get("/live", summary="The process runs")
    def live() -> HealthOut:
        return HealthOut(status="ok")

    @router.get(
        "/ready",
        summary="Catalogue and object store answer",
        responses={503: {"model": HealthOut, "description": "Something needed does not answer"}},
    )
    def ready(response: Response) -> HealthOut:
        for part, probe in probes.items():
            try:
                probe()
            except DigitizeError as error:
                _log.warning("not ready: %s: %s", part, error.code)
                response.status_code = HTTPStatus.SERVICE_UNAVAILABLE
                return HealthOut(status="unavailable")
        return HealthOut(status="ok")

    return router
