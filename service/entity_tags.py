"""Strong entity tags (RFC 9110, 8.8.3): who has an answer already is told that it still holds, and gets no second copy.

Every use is logged and permitted as ever, for the answer is made before it is compared. No cache may keep it
all the same (``no-store``): the tag is for a portal that holds the data in its own right.
"""

from hashlib import sha256

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_OK, _NOT_MODIFIED = 200, 304


class EntityTags:
    """For GET below ``prefix``; answers there are small, and held back until they are whole."""

    def __init__(self, app: ASGIApp, prefix: str) -> None:
        self.app = app
        self.prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "GET" or not scope["path"].startswith(self.prefix):
            await self.app(scope, receive, send)
            return
        started: list[Message] = []
        body = bytearray()

        async def hold(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.append(message)
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body", False):
                await _answer(started[0], bytes(body), Headers(scope=scope).get("if-none-match"), send)

        await self.app(scope, receive, hold)


async def _answer(start: Message, body: bytes, known: str | None, send: Send) -> None:
    if start["status"] == _OK:
        headers = MutableHeaders(scope=start)
        tag = f'"{sha256(body).hexdigest()[:32]}"'
        headers["ETag"] = tag
        if tag in _tags(known) or known == "*":
            start["status"], body = _NOT_MODIFIED, b""
            del headers["Content-Length"]
    await send(start)
    await send({"type": "http.response.body", "body": body})


def _tags(header: str | None) -> list[str]:
    """Compared weakly, as the header asks for (RFC 9110, 13.1.2)."""
    return [tag.strip().removeprefix("W/") for tag in (header or "").split(",")]
