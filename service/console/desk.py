"""What every console route needs: who sits there, what may be shown, and how a page is drawn."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from fastapi import Request, Response

from digitize.config import Targets
from digitize.errors import DigitizeError, InvalidRequestError
from digitize.extraction.schema import DocumentType
from service.access import Access
from service.console.pages import Pages, reader_language
from service.console.sessions import COOKIE_NAME, Session, Sessions
from service.problems import describe
from storage.api import Client, DocumentRow
from storage.object_api import ObjectStore
from storage.open_catalogue import OpenCatalogue

_FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Seat:
    """Who asks, in which session."""

    client: Client
    session: Session


class SignInNeededError(Exception):
    """No session, or one that has run out or whose key was revoked."""


@dataclass(frozen=True, slots=True)
class Desk:
    access: Access
    catalogue: OpenCatalogue
    archive: ObjectStore
    work: ObjectStore
    sessions: Sessions
    link_lifetime: timedelta
    now: Callable[[], datetime]
    pages: Pages
    document_types: Mapping[str, DocumentType]
    targets: Targets

    def seat(self, request: Request) -> Seat:
        """Raises SignInNeededError."""
        session = self.sessions.read(request.cookies.get(COOKIE_NAME), self.now())
        if session is None:
            raise SignInNeededError
        for client in self.catalogue.clients():
            if client.client_id == session.client_id and "console" in client.scopes:
                return Seat(self.access.with_predecessors(client), session)
        raise SignInNeededError

    def type_of(self, row: DocumentRow) -> DocumentType | None:
        return self.document_types.get(row.type_code) if row.type_code else None

    def check_form(self, seat: Seat, untrusted_token: str) -> None:
        """Raises InvalidRequestError for a form this session was not given."""
        if not self.sessions.is_form_token(seat.session, untrusted_token):
            self.access.record(seat.client, "access.denied", None, {"use": "console", "reason": "form_token"})
            raise InvalidRequestError(detail="form token")

    def draw(
        self,
        request: Request,
        template: str,
        values: Mapping[str, object],
        *,
        seat: Seat | None = None,
        status: int = 200,
    ) -> Response:
        shared = {
            "client_name": seat.client.name if seat else None,
            "form_token": self.sessions.form_token(seat.session) if seat else None,
            "now": self.now(),
        }
        return self.pages.draw(request, template, {**shared, **values}, status)

    def draw_error(self, request: Request, error: DigitizeError) -> Response:
        details = describe(error, reader_language(request))
        return self.draw(request, "error.html", {"details": details}, status=details.status)


async def form_body(request: Request) -> bytes:
    """The bytes of a form of this site. Raises InvalidRequestError for anything else: a browser sends ``Origin``
    with every form, and another site's is refused before any cookie is looked at.
    """
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != request.headers.get("host"):
        raise InvalidRequestError(detail="Origin")
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        raise InvalidRequestError(detail="Content-Type")
    return await request.body()
