"""The operator console: plain HTML forms behind a session; works without a line of script."""

from collections.abc import Callable, Coroutine
from datetime import date
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, RedirectResponse
from fastapi.routing import APIRoute
from pydantic import Field

from digitize.errors import DigitizeError, InvalidRequestError, NotFoundError, UnauthenticatedError
from digitize.model import Status
from digitize.vietnam_time import VIETNAM_TIME
from service.console.corrections import Corrections, ReviewForm, parse_form, read_review, review
from service.console.desk import Desk, Seat, SignInNeededError, form_body
from service.console.document import Returned, draw_document
from service.console.overview import draw_overview
from service.console.sessions import COOKIE_NAME, LIFETIME
from service.models import Code
from service.publications import pdf_link
from service.rates import choose_period, draw_report
from storage.keys import MAX_PAGE_NUMBER, page_key

STATIC_DIR = Path(__file__).parent.parent / "static"
_DAY = "public, max-age=86400"
_FirstPage = Annotated[int, Query(ge=1, le=MAX_PAGE_NUMBER)]
_Find = Annotated[Code | Annotated[str, Field(pattern=r"^[0-9a-z]{26}$")] | Literal[""], Query()]
"""Dossier code or id, or the beginning of one. It stands in the URL, so nothing of a person is looked for."""
_Day = date | Literal[""] | None
"""As a browser sends it; empty where nothing was chosen."""
_FRESH = Returned({}, frozenset(), {})
_Body = Annotated[bytes, Depends(form_body)]


class Asked(NamedTuple):
    """Who wants to see which document."""

    request: Request
    seat: Seat
    untrusted_id: str


def build_router(desk: Desk) -> APIRouter:
    router = APIRouter(
        prefix="/console", include_in_schema=False, route_class=_route_class(desk), redirect_slashes=False
    )
    _add_static(router)
    _add_sign_in(router, desk)
    _add_reading(router, desk)
    _add_review(router, desk)

    @router.get("/{elsewhere:path}")
    def nowhere(elsewhere: str) -> Response:  # noqa: ARG001 - whatever it is
        raise NotFoundError

    return router


def _route_class(desk: Desk) -> type[APIRoute]:
    """Routes whose errors are pages: a person reads them, not a program."""

    class ConsoleRoute(APIRoute):
        def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
            handle = super().get_route_handler()

            async def handle_with_pages(request: Request) -> Response:
                try:
                    return await handle(request)
                except SignInNeededError:
                    return RedirectResponse("/console/login", HTTPStatus.SEE_OTHER)
                except RequestValidationError:
                    return desk.draw_error(request, InvalidRequestError(detail="URL"))
                except DigitizeError as error:
                    return desk.draw_error(request, error)

            return handle_with_pages

    return ConsoleRoute


def _add_static(router: APIRouter) -> None:
    @router.get("/static/console.css")
    def style() -> FileResponse:
        return FileResponse(STATIC_DIR / "console.css", media_type="text/css", headers={"Cache-Control": _DAY})

    @router.get("/static/icon.svg")
    def icon() -> FileResponse:
        return FileResponse(STATIC_DIR / "icon.svg", media_type="image/svg+xml", headers={"Cache-Control": _DAY})


def _add_sign_in(router: APIRouter, desk: Desk) -> None:
    @router.get("/login")
    def login_page(request: Request) -> Response:
        return desk.draw(request, "login.html", {"refused": False})

    @router.post("/login")
    def login(request: Request, body: _Body) -> Response:
        key = dict(parse_form(body)).get("key", "")
        try:
            client = desk.access.authenticate(f"Bearer {key}")
            desk.access.require(client, "console")
        except DigitizeError as error:
            if error.http_status not in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
                raise
            # One answer for both: whether a key exists is nobody's business who cannot use it here.
            return desk.draw(request, "login.html", {"refused": True}, status=UnauthenticatedError.http_status)
        desk.access.record(client, "console.sign_in")
        _, cookie = desk.sessions.open(client.client_id, desk.now())
        response = RedirectResponse("/console", HTTPStatus.SEE_OTHER)
        response.set_cookie(
            COOKIE_NAME,
            cookie,
            max_age=int(LIFETIME.total_seconds()),
            path="/console",
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="strict",
        )
        return response

    @router.post("/logout")
    def logout(request: Request, body: _Body) -> Response:
        seat = desk.seat(request)
        desk.check_form(seat, dict(parse_form(body)).get("token", ""))
        desk.access.record(seat.client, "console.sign_out")
        response = RedirectResponse("/console/login", HTTPStatus.SEE_OTHER)
        response.delete_cookie(COOKIE_NAME, path="/console", httponly=True, samesite="strict")
        return response


def _add_reading(router: APIRouter, desk: Desk) -> None:
    @router.get("")
    def overview(request: Request, state: Status | None = None, refresh: bool = False, find: _Find = "") -> Response:
        seat = desk.seat(request)
        view = draw_overview(desk.catalogue, seat.client, state, find)
        return desk.draw(request, "overview.html", {"view": view, "refresh": refresh}, seat=seat)

    @router.get("/rates")
    def rates(
        request: Request,
        first: Annotated[_Day, Query(alias="from")] = None,
        last: Annotated[_Day, Query(alias="to")] = None,
    ) -> Response:
        seat = desk.seat(request)
        period = choose_period(first or None, last or None, desk.now().astimezone(VIETNAM_TIME).date())
        report = draw_report(desk.catalogue, period, desk.targets, seat.client.units)
        return desk.draw(request, "rates.html", {"report": report, "units": sorted(seat.client.units)}, seat=seat)

    @router.get("/documents/{document_id}")
    def document(request: Request, document_id: str, page: _FirstPage = 1, saved: bool = False) -> Response:
        seat = desk.seat(request)
        return _draw_document(desk, Asked(request, seat, document_id), page=page, notice="saved" if saved else None)

    @router.get("/documents/{document_id}/pages/{number}.jpg")
    def page_image(request: Request, document_id: str, number: int, view: str = "") -> Response:
        seat = desk.seat(request)
        if not desk.sessions.is_image_token(seat.session, document_id, number, view):
            raise NotFoundError
        row = desk.access.document(seat.client, document_id, "console.page")
        return Response(desk.work.get(page_key(row.document_id, number, "jpg")), media_type="image/jpeg")

    @router.get("/documents/{document_id}/pdf")
    def pdf(request: Request, document_id: str) -> Response:
        seat = desk.seat(request)
        row = desk.access.document(seat.client, document_id, "console.pdf")
        if row.status not in (Status.PUBLISHED, Status.REVOKED):
            raise NotFoundError
        url = pdf_link(desk.archive, row, desk.link_lifetime)
        desk.access.record_look(seat.client, "console.pdf", row.document_id)
        return RedirectResponse(url, HTTPStatus.SEE_OTHER)


def _add_review(router: APIRouter, desk: Desk) -> None:
    @router.post("/documents/{document_id}")
    def correct(request: Request, document_id: str, body: _Body) -> Response:
        seat = desk.seat(request)
        asked = Asked(request, seat, document_id)
        form = read_review(body)
        desk.check_form(seat, form.token)
        row = desk.access.document(seat.client, document_id, "console.correct")
        if row.status is not Status.NEEDS_REVIEW or row.record is None:
            return _give_back(desk, asked, form, Corrections(stale=True))
        found = review(row.record, form, desk.type_of(row))
        if found.stale or found.refused or not found.fields:
            return _give_back(desk, asked, form, found)
        states = {name: field.state for name, field in found.fields.items()}
        desk.access.record(seat.client, "console.correct", row.document_id, {"fields": states})
        desk.catalogue.correct(row.document_id, found.fields, seat.client.client_id)
        return RedirectResponse(f"/console/documents/{row.document_id}?saved=true", HTTPStatus.SEE_OTHER)


def _give_back(desk: Desk, asked: Asked, form: ReviewForm, found: Corrections) -> Response:
    """The form again, nothing saved, and why. A stale one comes back empty: it must be read anew."""
    if found.stale:
        return _draw_document(desk, asked, notice="changed_meanwhile", status=HTTPStatus.CONFLICT)
    return _draw_document(
        desk,
        asked,
        notice="mend_marked" if found.refused else "nothing_ticked",
        status=HTTPStatus.UNPROCESSABLE_ENTITY,
        returned=Returned(form.values, form.checked, found.refused),
    )


def _draw_document(
    desk: Desk,
    asked: Asked,
    *,
    page: int = 1,
    notice: str | None = None,
    status: int = HTTPStatus.OK,
    returned: Returned = _FRESH,
) -> Response:
    request, seat, document_id = asked
    row = desk.access.document(seat.client, document_id, "console.document")
    view = draw_document(desk.catalogue, desk.work, row, desk.type_of(row), first_page=page, returned=returned)
    desk.access.record_look(
        seat.client, "console.document", row.document_id, {"pages": [shown.number for shown in view.pages]}
    )

    def image_url(number: int) -> str:
        token = desk.sessions.image_token(seat.session, row.document_id, number)
        return f"/console/documents/{row.document_id}/pages/{number}.jpg?view={token}"

    values = {
        "view": view,
        "notice": notice,
        "image_url": image_url,
        "link_lifetime_s": int(desk.link_lifetime.total_seconds()),
    }
    return desk.draw(request, "document.html", values, seat=seat, status=status)
