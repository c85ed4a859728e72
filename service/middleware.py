"""What holds for every request, whatever door it knocks at: size, headers, and no failure shown raw."""

import logging
import traceback
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from digitize.errors import InternalError
from service.problems import BodyTooLargeError, problem_response, too_large_response

_log = logging.getLogger("digitize.service")

API_POLICY = "default-src 'none'; frame-ancestors 'none'"
CONSOLE_POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class BodyLimit:
    """Refuses bodies over ``limit_for(path)`` bytes: by Content-Length at once, else while they stream in."""

    def __init__(self, app: ASGIApp, limit_for: Callable[[str], int]) -> None:
        self.app = app
        self.limit_for = limit_for

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self.limit_for(scope["path"])
        headers = Headers(scope=scope)
        declared = headers.get("content-length", "0")
        if not declared.isdecimal() or int(declared) > limit:
            await too_large_response(limit, headers.get("accept-language"))(scope, receive, send)
            return
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                raise BodyTooLargeError(limit)
            return message

        await self.app(scope, counted, send)


class SecurityHeaders:
    """Answers hold personal data: nothing between here and the reader may keep, frame or guess about them."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        console = scope["path"].startswith("/console")

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("Cache-Control", "no-store")
                headers["X-Content-Type-Options"] = "nosniff"
                # Under "no-referrer" a browser hides the origin of the site's own forms from the site too.
                headers["Referrer-Policy"] = "same-origin" if console else "no-referrer"
                headers["X-Frame-Options"] = "DENY"
                headers["Cross-Origin-Resource-Policy"] = "same-origin"
                headers["Content-Security-Policy"] = CONSOLE_POLICY if console else API_POLICY
            await send(message)

        await self.app(scope, receive, with_headers)


class LastResort:
    """Any failure nobody foresaw becomes ``internal_error``.

    It is caught here, not by the framework, because the framework hands it on to the server, which would
    print the message, and the message of a database error holds the values it was about.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:  # noqa: BLE001 - this is the last door
            kind = type(error).__name__
            frames = "".join(traceback.format_tb(error.__traceback__))
            _log.error("internal_error kind=%s\n%s", kind, frames)
            if not started:
                accepted = Headers(scope=scope).get("accept-language")
                await problem_response(InternalError(kind=kind), accepted)(scope, receive, send)
