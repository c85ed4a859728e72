"""Sends what is asked and reads what is answered: HTTP, pauses between tries, errors.

urllib3, because the object store's SDK brings it anyway: the client adds no dependency.
"""

import json
import random
import time
import uuid
from collections.abc import Callable, Mapping
from http import HTTPStatus
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote, urlencode

import urllib3
from pydantic import ValidationError

from digitize.client.errors import ApiError
from digitize.client.models import ProblemDetails, Question
from digitize.client.operations import AnswerT, Operation

TRIES = 5
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.5, 60.0
_CONNECT_TIME_LIMIT_S = 5.0
_CHUNK_BYTES = 1 << 20
_KEY_IN_USE = "idempotency_key_in_use"
_PASSING = frozenset({HTTPStatus.BAD_GATEWAY, HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT})

Sink = Callable[[bytes], object]
Result = TypeVar("Result")


class _AgainError(Exception):
    """A try failed with ``error``; another may do better, ``after_s`` seconds from now (None: our own choice)."""

    def __init__(self, error: ApiError, after_s: float | None = None) -> None:
        self.error, self.after_s = error, after_s


class Transport:
    """Safe to call from several threads."""

    def __init__(
        self, base_url: str, key: str, *, silence_s: float, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        """``silence_s``: longest silence on an open connection."""
        self._base_url = base_url.rstrip("/")
        self._key = key
        self._sleep = sleep
        # No redirects: the key goes to this address and nowhere else.
        self._http = urllib3.PoolManager(
            timeout=urllib3.Timeout(connect=_CONNECT_TIME_LIMIT_S, read=silence_s), retries=False
        )

    def ask(
        self,
        operation: Operation[AnswerT],
        parts: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
        question: Question | None = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> AnswerT:
        """``parts`` fill the braces of the path; ``content``: a body that is not JSON. Raises ApiError."""
        path = operation.path.format_map({name: quote(part, safe="") for name, part in (parts or {}).items()})
        url = self._base_url + path + ("?" + urlencode(query) if query else "")
        sent = {"Authorization": f"Bearer {self._key}", "Accept": "application/json", **(headers or {})}
        if operation.keyed:
            sent["Idempotency-Key"] = f'"{uuid.uuid4()}"'
        if question is not None:
            content = question.model_dump_json(exclude_none=True).encode()
            sent["Content-Type"] = "application/json"

        def one_try() -> AnswerT:
            try:
                response = self._http.request(operation.method, url, body=content, headers=sent)
            except urllib3.exceptions.HTTPError as error:
                raise _may_be_repeated(operation, ApiError.unreachable()) from error
            return _read(operation, response)

        return self._with_pauses(one_try)

    def fetch(self, url: str, path: Path, begin: Callable[[], Sink]) -> None:
        """Stream what a link opens to a file, and each piece to what ``begin`` gives anew for each try.

        The key is not sent: the link leads to another server and opens without it. Raises ApiError.
        """

        def one_try() -> None:
            sink = begin()
            try:
                response = self._http.request("GET", url, preload_content=False)
                try:
                    if response.status in _PASSING:
                        raise _AgainError(ApiError.unreadable(response.status))
                    if response.status != HTTPStatus.OK:
                        raise ApiError.unreadable(response.status)
                    with path.open("wb") as file:
                        for chunk in response.stream(_CHUNK_BYTES):
                            file.write(chunk)
                            sink(chunk)
                finally:
                    response.close()
            except urllib3.exceptions.HTTPError as error:
                raise _AgainError(ApiError.unreachable()) from error

        self._with_pauses(one_try)

    def _with_pauses(self, one_try: Callable[[], Result]) -> Result:
        for number in range(TRIES - 1):
            try:
                return one_try()
            except _AgainError as again:
                # Portals that failed together shall not come back together.
                pause = _FIRST_PAUSE_S * 2**number * random.uniform(0.5, 1.0)  # noqa: S311 - no secret
                if again.after_s is not None and again.after_s > _LONGEST_PAUSE_S:
                    raise again.error from again.__cause__
                self._sleep(pause if again.after_s is None else again.after_s)
        try:
            return one_try()
        except _AgainError as again:
            raise again.error from again.__cause__


def _may_be_repeated(operation: Operation[AnswerT], error: ApiError) -> _AgainError | ApiError:
    return _AgainError(error) if operation.repeatable or operation.keyed else error


def _read(operation: Operation[AnswerT], response: urllib3.BaseHTTPResponse) -> AnswerT:
    if response.status in operation.answered_by:
        try:
            return operation.answer.model_validate_json(response.data)
        except ValidationError:
            raise ApiError.unreadable(response.status) from None  # its text would quote the answer
    error = _problem(response)
    # Refused before anything was done, or while our own first try is still at it: safe to send again.
    if response.status == HTTPStatus.TOO_MANY_REQUESTS or error.code == _KEY_IN_USE:
        after = response.headers.get("Retry-After", "")
        raise _AgainError(error, float(after) if after.isdecimal() else None)
    if response.status in _PASSING:
        raise _may_be_repeated(operation, error)
    raise error


def _problem(response: urllib3.BaseHTTPResponse) -> ApiError:
    try:
        content = json.loads(response.data)
        problem = ProblemDetails.model_validate(content)
    except ValueError:
        return ApiError.unreadable(response.status)
    trace_id = content.get("trace_id")
    return ApiError.of(problem, trace_id if isinstance(trace_id, str) else None)
