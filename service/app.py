"""The web application, composed of what it is given; importing this loads neither OCR nor signing code."""

import os
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib.metadata import version

from anyio import to_thread
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException

from digitize.config import Config
from digitize.errors import DigitizeError
from digitize.extraction.doctypes import load_document_types
from service.access import Access, Authentication
from service.certificates import CertificateReader
from service.console.desk import Desk
from service.console.pages import Pages
from service.console.routes import build_router as build_console
from service.console.sessions import Sessions
from service.entity_tags import EntityTags
from service.middleware import BodyLimit, LastResort, SecurityHeaders
from service.problems import ProblemDetails, on_digitize_error, on_http_exception, on_invalid_request
from service.proxies import ForwardedScheme
from service.routes import (
    accesses,
    documents,
    dossiers,
    health,
    lookup,
    prefill,
    revocation,
    search,
    uploads,
    verify,
    webhooks,
)
from service.scopes import SCOPES
from service.tokens import open_token_checker
from service.verification import Verifier
from storage.database import CONNECTIONS
from storage.object_api import ObjectStore
from storage.open_catalogue import OpenCatalogue
from storage.secret_file import read_or_make_secret

SESSION_SECRET_FILE = "console-session.key"  # noqa: S105 - a file name
_THREADS = 4 * CONNECTIONS
_MIB = 1024 * 1024
_JSON_BYTES_MAX = 64 * 1024
_FORM_BYTES_MAX = 512 * 1024

_DESCRIPTION = """Look up, fetch and verify digitized dossier papers (giấy tờ số hóa).

Every request carries `Authorization: Bearer <key>`. A key has scopes and may be bound to units:

{scopes}

Errors are problem details (RFC 9457); `code` is stable. Every use is written to the access log before the
answer leaves."""


def _now() -> datetime:
    return datetime.now(UTC)


@asynccontextmanager
async def _few_threads(catalogue: OpenCatalogue, _app: FastAPI) -> AsyncIterator[None]:
    """More than the catalogue has connections: most wait, with none, until their use is in the log, and on a slow disk
    as many answers as wait together leave with each commit.
    """
    to_thread.current_default_thread_limiter().total_tokens = _THREADS
    yield
    await catalogue.close()


def _body_limit(max_upload_mib: int, path: str) -> int:
    if path == "/v1/verify":
        return max_upload_mib * _MIB
    part = uploads.body_limit(path)
    if part is not None:
        return part
    return _FORM_BYTES_MAX if path.startswith("/console") else _JSON_BYTES_MAX


def create_app(
    config: Config,
    catalogue: OpenCatalogue,
    archive: ObjectStore,
    work: ObjectStore,
    now: Callable[[], datetime] = _now,
) -> FastAPI:
    """Doors over the given parts: portal API under ``/v1``, operator console under ``/console``, health.

    Makes the console's session key in ``config.secrets_dir`` on first use.
    """
    settings, types = config.service, load_document_types()
    per_minute = max(1, settings.requests_per_minute // settings.processes)
    access = Access(catalogue, per_minute, open_token_checker(settings))
    certificates = CertificateReader(settings.certificate_header, settings.proxies)
    verifier = Verifier(
        config.limits,
        secrets_dir=config.secrets_dir,
        trust_roots_file=config.signing.trust_roots_file,
        at_once=os.cpu_count() or 1,
    )
    link_lifetime = timedelta(seconds=config.storage.link_lifetime_s)
    app = FastAPI(
        lifespan=partial(_few_threads, catalogue),
        title="digitize",
        version=version("digitize"),
        description=_DESCRIPTION.format(scopes="\n".join(f"- `{scope}`: {told}" for scope, told in SCOPES.items())),
        docs_url=None,  # the framework's pages load their scripts from elsewhere
        redoc_url=None,
        openapi_url="/openapi.json",
        redirect_slashes=False,
    )
    # Routes are tried one after another: first what is asked most.
    expiring = frozenset(code for code, one in types.items() if "valid_until" in one.repeated)
    app.include_router(prefill.build_router(access, catalogue, expiring, now))
    app.include_router(lookup.build_router(access, catalogue))
    app.include_router(search.build_router(access, catalogue))
    app.include_router(documents.build_router(access, archive, link_lifetime, now))
    app.include_router(revocation.build_router(access, catalogue, archive, now))
    app.include_router(health.build_router(catalogue, archive, work))
    app.include_router(dossiers.build_router(access, catalogue, now))
    app.include_router(accesses.build_router(access, catalogue))
    app.include_router(webhooks.build_router(access, catalogue, frozenset(config.service.webhook_hosts)))
    app.include_router(uploads.build_router(access, catalogue, work, config, now))
    app.include_router(verify.build_router(access, verifier))
    sessions = Sessions(read_or_make_secret(config.secrets_dir / SESSION_SECRET_FILE))
    desk = Desk(access, catalogue, archive, work, sessions, link_lifetime, now, Pages(), types, config.targets)
    app.include_router(build_console(desk))

    @app.get("/", include_in_schema=False)
    def root() -> RedirectResponse:
        return RedirectResponse("/console")

    _answer_with_problems(app)

    # The last one added is the outermost.
    app.add_middleware(EntityTags, prefix="/v1/documents/")
    app.add_middleware(BodyLimit, limit_for=partial(_body_limit, settings.max_upload_mib))
    app.add_middleware(Authentication, access=access, certificates=certificates)
    app.add_middleware(LastResort)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(ForwardedScheme, proxies=settings.proxies)
    return app


def _answer_with_problems(app: FastAPI) -> None:
    app.add_exception_handler(DigitizeError, on_digitize_error)
    app.add_exception_handler(RequestValidationError, on_invalid_request)
    app.add_exception_handler(HTTPException, on_http_exception)
    _describe_problems(app)


def _describe_problems(app: FastAPI) -> None:
    """Make the description say what this service answers: problem details, not the framework's own errors."""
    draw = app.openapi
    reference = "#/components/schemas/{model}"

    def openapi() -> dict[str, object]:
        schema = draw()
        schemas = schema.setdefault("components", {}).setdefault("schemas", {})
        if "ProblemDetails" not in schemas:
            problem = ProblemDetails.model_json_schema(ref_template=reference)
            schemas.update(problem.pop("$defs", {}))
            schemas["ProblemDetails"] = problem
            for operation in (one for methods in schema["paths"].values() for one in methods.values()):
                # Added by the framework wherever there is a parameter; ids of the wrong form are unknown here.
                if "application/json" in operation["responses"].get("422", {}).get("content", {}):
                    del operation["responses"]["422"]
            schemas.pop("HTTPValidationError", None)
            schemas.pop("ValidationError", None)
        return schema

    app.openapi = openapi  # type: ignore[method-assign]
