"""A POST that creates something and is sent again with its key creates nothing more
(draft-ietf-httpapi-idempotency-key-header-07).
"""

import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from fastapi import Depends, Header, Request
from pydantic import BaseModel
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from digitize.errors import DigitizeError, InvalidRequestError
from digitize.idempotency_errors import KeyInUseError, KeyReusedError
from service.access import Access
from service.models import JsonAnswer
from storage.api import Client
from storage.idempotency_api import IdempotencyKeys

KEY_REFUSALS = (InvalidRequestError, KeyReusedError, KeyInUseError)
"""What a request may be answered for its key's sake."""
_KEY = r'^(?:"[ !#-\[\]-~]{1,255}"|[0-9A-Za-z._:~-]{1,255})$'
_LEASE = timedelta(minutes=1)
"""Longer than anything takes of which a second at the same time could do harm."""

IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        pattern=_KEY,
        description=(
            "any text of the caller's making, best a UUID: the same request sent again with it within 24 hours does "
            "no more and is answered alike"
        ),
        examples=['"8e03978e-40d5-43e8-bc93-6894a57f9324"'],
    ),
]


@dataclass(frozen=True, slots=True)
class Once:
    """A request, and by which key it is known."""

    access: Access
    keys: IdempotencyKeys
    client: Client
    key: str | None
    asked: bytes
    route: str

    def __call__(self, create: Callable[[str], BaseModel]) -> Response:
        """What ``create`` answers, or did when it was asked the same. ``create`` takes 32 hexadecimal digits to know
        by what it creates, and looks whether it did so already: a process may die before its answer is kept.

        An answer is kept if something was created; whatever is refused may be tried again.
        """
        if self.key is None:
            return JsonAnswer(create(secrets.token_hex(16)))
        claim = self.keys.claim_key(self.client.client_id, self.key, self.asked, _LEASE)
        if isinstance(claim, str):
            self.access.record(self.client, "request.repeated", None, {"route": self.route})
            return Response(claim, media_type=JsonAnswer.media_type)
        try:
            answer = create(claim.identity)
        except BaseException:
            with suppress(DigitizeError):  # then the lease ends by itself
                self.keys.release_key(claim)
            raise
        self.keys.keep_answer(claim, answer.model_dump_json())
        return JsonAnswer(answer)


def once(access: Access, keys: IdempotencyKeys, client: Callable[..., object]) -> Callable[..., object]:
    """A route's dependency; ``client``: the one that tells who asks."""

    async def request_with_key(
        request: Request, caller: Annotated[Client, Depends(client)], idempotency_key: IdempotencyKey = None
    ) -> Once:
        try:
            body = await request.body()
        except ClientDisconnect:  # nobody hears it
            raise InvalidRequestError(detail="body") from None
        asked = f"{request.method} {request.url.path}?{request.url.query}\n".encode() + body
        key = None if idempotency_key is None else idempotency_key.strip('"')
        return Once(access, keys, caller, key, asked, request.scope["route"].path)

    return request_with_key
