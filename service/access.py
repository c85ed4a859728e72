"""Who may do what: API keys, scopes, units, and the log entry written before any answer leaves."""

import logging
import math
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from http import HTTPStatus
from threading import Lock
from typing import Annotated

from anyio import to_thread
from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from digitize.errors import (
    DigitizeError,
    NotFoundError,
    NotPermittedError,
    TooManyRequestsError,
    UnauthenticatedError,
)
from digitize.identity import is_document_id
from digitize.vietnam_time import VIETNAM_TIME
from service.certificates import CertificateReader
from service.models import Purpose
from service.problems import problem_response
from service.recent import Recent
from service.scopes import AccessScope
from service.tokens import TokenChecker
from storage.api import Client, DocumentRow
from storage.clients import KEY_PREFIX
from storage.event_kinds import EventKind
from storage.open_catalogue import OpenCatalogue
from storage.papers_api import PaperRow
from storage.successors import Predecessors, find_predecessors, with_predecessors

REVIEWING = {"task": "review"}
"""Purpose of what is seen at the console; portals name a dossier and its procedure instead."""
_KEY_LENGTH_MAX = 512
_TOKEN_LENGTH_MAX = 16_384
_KNOWN_FOR_S = 1.0
"""A key that was good so lately is not looked up again; one that is revoked is good for as long."""
_UNITS_KNOWN_FOR_S = 10.0
_UNAUTHENTICATED_LOG_INTERVAL_S = 60.0
_log = logging.getLogger("digitize.service")

# Declares the scheme in the OpenAPI description; the check itself is ``Authentication`` below.
_bearer = HTTPBearer(
    auto_error=False, scheme_name="api_key", description="An API key made by the operator, or an access token."
)
Presented = tuple[str | None, str | None]
"""The header ``Authorization``, and the credential of the certificate that a proxy names."""


class Access:
    """The gatekeeper of one web process. Safe to call from several threads."""

    def __init__(self, catalogue: OpenCatalogue, requests_per_minute: int, tokens: TokenChecker | None = None) -> None:
        self._tokens = tokens
        self._per_minute = requests_per_minute
        self._allowances: dict[str, tuple[float, float]] = {}
        """Requests left, and when that was so."""
        self._catalogue = catalogue
        self._clients: Recent[Presented, Client] = Recent(self._client_of, _KNOWN_FOR_S)
        self._predecessors: Recent[date, Predecessors] = Recent(
            lambda today: find_predecessors(catalogue.units(), today), _UNITS_KNOWN_FOR_S
        )
        self._refused = 0
        self._refused_logged_at: float | None = None
        self._lock = Lock()

    def authenticate(self, authorization: str | None, certificate: str | None = None) -> Client:
        """The client whose key, or access token, the header ``Authorization: Bearer <key>`` carries; without that
        header the one whose ``certificate`` a proxy names.

        Raises UnauthenticatedError; no key and a wrong key are told apart nowhere.
        """
        client = self._clients((authorization, certificate))
        if client is None:
            self._note_unauthenticated()
            raise UnauthenticatedError
        return client

    async def async_authenticate(self, authorization: str | None, certificate: str | None = None) -> Client:
        """As ``authenticate``, from an event loop."""
        client = await self._clients.on_loop((authorization, certificate))
        if client is None:
            await to_thread.run_sync(self._note_unauthenticated)
            raise UnauthenticatedError
        return client

    def with_predecessors(self, client: Client) -> Client:
        """The client of a unit reaches what the units left behind that it took over from."""
        if not client.units:
            return client
        before = self._predecessors(datetime.now(VIETNAM_TIME).date()) or {}
        return replace(client, units=with_predecessors(client.units, before))

    def _client_of(self, presented: Presented) -> Client | None:
        client = self._registered(presented)
        return None if client is None else self.with_predecessors(client)

    def _registered(self, presented: Presented) -> Client | None:
        authorization, certificate = presented
        if authorization is None:
            return None if certificate is None else self._catalogue.authenticate(certificate)
        scheme, _, key = authorization.partition(" ")
        key = key.strip()
        if scheme.lower() != "bearer":
            return None
        if key.startswith(KEY_PREFIX):
            return self._catalogue.authenticate(key) if len(key) <= _KEY_LENGTH_MAX else None
        if self._tokens is None or not 0 < len(key) <= _TOKEN_LENGTH_MAX:
            return None
        try:
            caller = self._tokens.check(key)
        except UnauthenticatedError:
            return None
        client = self._catalogue.authenticate(caller.credential)
        if client is None or caller.scopes is None:
            return client
        return replace(client, scopes=client.scopes & caller.scopes)

    def admit(self, client: Client) -> None:
        """Raises TooManyRequestsError where the client has used up its share of the minute."""
        now = time.monotonic()
        left, at = self._allowances.get(client.client_id, (float(self._per_minute), now))
        left = min(self._per_minute, left + (now - at) * self._per_minute / 60)
        self._allowances[client.client_id] = (max(0.0, left - 1), now)
        if left < 1:
            raise TooManyRequestsError(seconds=max(1, math.ceil((1 - left) * 60 / self._per_minute)))

    def record(
        self,
        client: Client,
        kind: EventKind,
        document_id: str | None = None,
        data: Mapping[str, object] | None = None,
    ) -> None:
        """Write the use down. Raises CatalogueUnavailableError, and then no answer may leave."""
        self._catalogue.log(client.client_id, kind, document_id, data or {})

    def record_use(
        self,
        client: Client,
        kind: EventKind,
        document_ids: Sequence[str],
        purpose: Purpose,
        data: Mapping[str, object] | None = None,
    ) -> None:
        """Write down what is given out and what for, by surrogate ids, never for whom. Raises as ``record``."""
        self._catalogue.record_use(client.client_id, kind, document_ids, _use(document_ids, purpose, data))

    async def async_record_use(
        self,
        client: Client,
        kind: EventKind,
        document_ids: Sequence[str],
        purpose: Purpose,
        data: Mapping[str, object] | None = None,
    ) -> None:
        """As ``record_use``, from an event loop."""
        entry = _use(document_ids, purpose, data)
        await self._catalogue.async_record_use(client.client_id, kind, document_ids, entry)

    def record_look(
        self, client: Client, kind: EventKind, document_id: str, data: Mapping[str, object] | None = None
    ) -> None:
        """Write down what the console shows, of which the owner may be told as of any use. Raises as ``record``."""
        self._catalogue.record_use(client.client_id, kind, [document_id], {**(data or {}), "purpose": REVIEWING})

    def require_purpose(self, client: Client, purpose: Purpose) -> None:
        """Raises NotPermittedError, after logging it, where the client may not act for this procedure."""
        if client.procedures and purpose.procedure not in client.procedures:
            self.record(client, "access.denied", None, {"reason": "procedure", "purpose": purpose.model_dump()})
            raise NotPermittedError

    async def async_require_purpose(self, client: Client, purpose: Purpose) -> None:
        """As ``require_purpose``, from an event loop; takes a thread only where there is something to refuse."""
        if client.procedures and purpose.procedure not in client.procedures:
            await to_thread.run_sync(self.require_purpose, client, purpose)

    def require(self, client: Client, scope: AccessScope) -> None:
        """Raises NotPermittedError, after logging it, where the client's key lacks the scope."""
        if scope not in client.scopes:
            self.record(client, "access.denied", None, {"scope": scope, "reason": "scope"})
            raise NotPermittedError

    def document(self, client: Client, untrusted_id: str, kind: EventKind) -> DocumentRow:
        """The document, where it exists and the client may see it.

        A client bound to units or types gets NotPermittedError for what is another's and for what is not there
        alike, so that it cannot learn which ids exist; a client of everything gets NotFoundError. An id of
        the wrong form is one that is not there. The log names a document only where there is one: a text of
        the caller's making may hold anything.
        """
        row = self._catalogue.find(untrusted_id) if is_document_id(untrusted_id) else None
        if row is not None and may_see(client, row):
            return row
        reason = "unknown" if row is None else "unit_or_type"
        known_id = None if row is None else row.document_id
        self.record(client, "access.denied", known_id, {"use": kind, "reason": reason})
        raise NotPermittedError if client.units or client.types else NotFoundError

    def _note_unauthenticated(self) -> None:
        """Log tries without a valid key at most once a minute, with their number: the log is kept for ever,
        and whoever has no key must not be able to make it grow.
        """
        with self._lock:
            self._refused += 1
            now = time.monotonic()
            logged_at = self._refused_logged_at
            if logged_at is not None and now - logged_at < _UNAUTHENTICATED_LOG_INTERVAL_S:
                return
            count, self._refused, self._refused_logged_at = self._refused, 0, now
        self._catalogue.log("anonymous", "access.unauthenticated", None, {"count": count})


def _use(document_ids: Sequence[str], purpose: Purpose, data: Mapping[str, object] | None) -> dict[str, object]:
    told = {"count": len(document_ids), "documents": list(document_ids), "purpose": purpose.model_dump()}
    return {**(data or {}), **told}


def may_see(client: Client, row: PaperRow) -> bool:
    return (not client.units or row.unit in client.units) and (not client.types or row.type_code in client.types)


class Authentication:
    """Everything under ``/v1`` needs a valid key, checked before a byte of the body is read."""

    def __init__(self, app: ASGIApp, access: Access, certificates: CertificateReader) -> None:
        self.app = app
        self.access = access
        self.certificates = certificates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith("/v1/"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        presented = headers.get("authorization"), self.certificates.credential(scope)
        try:
            client = await self.access.async_authenticate(*presented)
            self.access.admit(client)
        except DigitizeError as error:
            if error.http_status not in (HTTPStatus.UNAUTHORIZED, HTTPStatus.TOO_MANY_REQUESTS):
                _log.warning("authentication failed: %s", error.code)
            response = problem_response(error, headers.get("accept-language"))
            await response(scope, receive, send)
            return
        scope.setdefault("state", {})["client"] = client
        await self.app(scope, receive, send)


def permitted(access: Access, scope: AccessScope) -> Callable[..., Awaitable[Client]]:
    """A route's dependency: the client, if its key has the scope."""

    # Asynchronous, so that it costs no thread where there is nothing to refuse.
    async def client_with_scope(
        request: Request,
        _declared: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
    ) -> Client:
        client: Client = request.state.client
        if scope not in client.scopes:
            await to_thread.run_sync(access.require, client, scope)
        return client

    return client_with_scope
