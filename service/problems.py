"""Every error that leaves a door: problem details (RFC 9457), never a stack trace, never what was sent in."""

import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Annotated, Any

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from digitize.errors import (
    DigitizeError,
    InputTooLargeError,
    InternalError,
    InvalidRequestError,
    NotFoundError,
    TooManyRequestsError,
)
from service.negotiation import Language, preferred_language

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:digitize:error:"
_MIB = 1024 * 1024
_NAME = re.compile(r"[a-z][a-z_]{0,39}", re.IGNORECASE)


class InvalidPart(BaseModel):
    """One part of the request that is wrong; the value sent is never repeated, it may be personal data."""

    location: str = Field(examples=["body.owner_id"])
    message: str = Field(examples=["Field required"])


class ProblemDetails(BaseModel):
    """RFC 9457. ``code`` is stable; programs decide by it, people read ``detail``."""

    type: str = Field(examples=[f"{TYPE_PREFIX}not_ready"])
    title: str = Field(examples=["Conflict"])
    status: int = Field(examples=[409])
    code: str = Field(examples=["not_ready"])
    detail: Annotated[str, Field(description="detail_vi or detail_en, after Accept-Language")]
    detail_vi: str = Field(examples=["Tài liệu chưa được công bố; hãy thử lại sau."])
    detail_en: str = Field(examples=["The document is not published yet; try again later."])
    errors: list[InvalidPart] | None = None


def describe(
    error: DigitizeError,
    language: Language,
    *,
    status: int | None = None,
    errors: Sequence[InvalidPart] | None = None,
) -> ProblemDetails:
    """``status`` where HTTP has a more exact one than the error's own (405, 413)."""
    problem = error.problem()
    code = status or error.http_status
    return ProblemDetails(
        type=TYPE_PREFIX + problem.code,
        title=HTTPStatus(code).phrase,
        status=code,
        code=problem.code,
        detail=problem.vi if language == "vi" else problem.en,
        detail_vi=problem.vi,
        detail_en=problem.en,
        errors=list(errors) if errors is not None else None,
    )


def problem_response(
    error: DigitizeError,
    accept_language: str | None,
    *,
    status: int | None = None,
    errors: Sequence[InvalidPart] | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    details = describe(error, preferred_language(accept_language), status=status, errors=errors)
    extra = dict(headers or {})
    if details.status == HTTPStatus.UNAUTHORIZED:
        extra["WWW-Authenticate"] = 'Bearer realm="digitize"'
    if "seconds" in error.values:
        extra["Retry-After"] = str(error.values["seconds"])
    return JSONResponse(
        details.model_dump(exclude_none=True),
        status_code=details.status,
        headers=extra,
        media_type=MEDIA_TYPE,
    )


def documented(*errors: type[DigitizeError]) -> dict[int | str, dict[str, Any]]:
    """``responses=`` of a route: the problems it may answer, by HTTP status; too many requests are one of each."""
    answers: dict[int | str, dict[str, Any]] = {}
    everything: tuple[type[DigitizeError], ...] = (*errors, TooManyRequestsError)
    for error in everything:
        answer = answers.setdefault(
            error.http_status,
            {
                "description": HTTPStatus(error.http_status).phrase,
                "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}},
            },
        )
        codes = answer.setdefault("x-codes", [])
        codes.append(error.code)
    for answer in answers.values():
        answer["description"] += f" ({', '.join(answer.pop('x-codes'))})"
    return answers


class BodyTooLargeError(HTTPException):
    """Raised while a body is read; an HTTPException, so that the framework's body reader lets it through."""

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        self.limit_bytes = limit_bytes


def too_large_response(limit_bytes: int, accept_language: str | None) -> JSONResponse:
    error: DigitizeError = (
        InputTooLargeError(limit_mib=limit_bytes // _MIB)
        if limit_bytes >= _MIB
        else InvalidRequestError(detail=f"body over {limit_bytes} bytes")
    )
    return problem_response(
        error,
        accept_language,
        status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        headers={"Connection": "close"},  # what the sender still has to say is not read
    )


async def on_digitize_error(request: Request, error: Exception) -> Response:
    known = error if isinstance(error, DigitizeError) else InternalError(kind=type(error).__name__)
    return problem_response(known, request.headers.get("accept-language"))


async def on_invalid_request(request: Request, error: Exception) -> Response:
    """A request that does not fit its model. pydantic's ``input`` and ``ctx`` are left out on purpose."""
    found = error.errors() if isinstance(error, RequestValidationError) else []
    parts = [InvalidPart(location=_location(dict(e)), message=str(e["msg"])) for e in found]
    names = ", ".join(sorted({part.location for part in parts})) or "body"
    return problem_response(InvalidRequestError(detail=names), request.headers.get("accept-language"), errors=parts)


def _is_a_name(untrusted_key: str) -> bool:
    return _NAME.fullmatch(untrusted_key) is not None


def _location(error: Mapping[str, Any]) -> str:
    parts = list(error["loc"])
    if error["type"] == "json_invalid":
        parts.pop()  # a byte offset
    if error["type"] == "extra_forbidden" and not _is_a_name(str(parts[-1])):
        parts.pop()  # a key of the sender's own making may be anything, a person's number too
    return ".".join(str(part) for part in parts)


async def on_http_exception(request: Request, error: Exception) -> Response:
    """What the framework itself refuses: unknown routes, wrong methods, bodies it cannot read."""
    if isinstance(error, BodyTooLargeError):
        return too_large_response(error.limit_bytes, request.headers.get("accept-language"))
    status = error.status_code if isinstance(error, HTTPException) else 500
    if status == HTTPStatus.BAD_REQUEST:  # a body that is no text; for whoever sent it as wrong as any other
        status = InvalidRequestError.http_status
    headers = error.headers if isinstance(error, HTTPException) else None
    known: DigitizeError = (
        NotFoundError() if status == HTTPStatus.NOT_FOUND else InvalidRequestError(detail=HTTPStatus(status).phrase)
    )
    return problem_response(known, request.headers.get("accept-language"), status=status, headers=headers)
