"""The client knows every operation of the API's description, and every property of what it takes and gives."""

from collections.abc import Mapping
from typing import Any

import pytest
from pydantic import BaseModel

from digitize.client import operations
from digitize.client.models import ProblemDetails
from digitize.client.operations import Operation
from tests.service.conftest import Doors

OPERATIONS: list[Operation[Any]] = [one for one in vars(operations).values() if isinstance(one, Operation)]
_SAID_TO_PEOPLE = {"title", "description", "examples", "default"}
_LIMITS = {"pattern", "minLength", "maxLength", "minItems", "maxItems", "minimum", "maximum", "additionalProperties"}
"""Of what is sent: the service checks them, and says so better than a client could."""


@pytest.fixture
def description(doors: Doors) -> dict[str, Any]:
    found: dict[str, Any] = doors.http.get("/openapi.json").json()
    return found


def plain(schema: Any, named: Mapping[str, Any], *, limits: bool) -> Any:
    """The schema with its references put in, without what is for people; and, of questions, without ``_LIMITS``."""
    if isinstance(schema, list):
        return [plain(part, named, limits=limits) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return plain(named[schema["$ref"].rsplit("/", 1)[-1]], named, limits=limits)
    left_out = _SAID_TO_PEOPLE if limits else _SAID_TO_PEOPLE | _LIMITS
    found: dict[str, Any] = {}
    for name, part in schema.items():
        if name == "properties":  # whose names may be any
            found[name] = {one: plain(inner, named, limits=limits) for one, inner in part.items()}
        elif name == "required":
            found[name] = sorted(part)
        elif name not in left_out:
            found[name] = plain(part, named, limits=limits)
    return found


def as_described(schema: dict[str, Any], description: dict[str, Any], *, limits: bool = True) -> Any:
    return plain(schema, description["components"]["schemas"], limits=limits)


def as_known(model: type[BaseModel], *, limits: bool = True) -> Any:
    schema = model.model_json_schema(mode="serialization" if limits else "validation")
    named = schema.pop("$defs", {})
    return plain(schema, named, limits=limits)


def test_no_operation_is_missing_and_none_is_made_up(description: dict[str, Any]) -> None:
    described = {(method.upper(), path) for path, methods in description["paths"].items() for method in methods}
    assert {(one.method, one.path) for one in OPERATIONS} == described


def test_questions_and_answers_are_as_described(description: dict[str, Any]) -> None:
    for operation in OPERATIONS:
        name = f"{operation.method} {operation.path}"
        described = description["paths"][operation.path][operation.method.lower()]
        for status in operation.answered_by:
            answer = described["responses"][str(status)]["content"]["application/json"]["schema"]
            assert as_known(operation.answer) == as_described(answer, description), name
        headers = {one["name"] for one in described.get("parameters", ()) if one["in"] == "header"}
        assert operation.keyed == ("Idempotency-Key" in headers), name
        assert operation.keyed or operation.repeatable or operation.method != "POST", name
        body = described.get("requestBody", {"content": {}})["content"]
        if operation.question is None:
            assert "application/json" not in body, name
        else:
            asked = as_described(body["application/json"]["schema"], description, limits=False)
            assert as_known(operation.question, limits=False) == asked, name


def test_problems_are_as_described(description: dict[str, Any]) -> None:
    described = as_described({"$ref": "#/components/schemas/ProblemDetails"}, description)
    assert as_known(ProblemDetails) == described
