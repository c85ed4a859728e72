"""The description of the API says what a portal's engineer has to know."""

import json
import re
from typing import Any

import pytest

from tests.service.conftest import Doors


@pytest.fixture
def description(doors: Doors) -> dict[str, Any]:
    answer = doors.http.get("/openapi.json")
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def operations(description: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, method, one) for path, methods in description["paths"].items() for method, one in methods.items()]


def test_every_operation_is_described(description: dict[str, Any]) -> None:
    for path, method, operation in operations(description):
        assert operation["summary"], (path, method)
        good = operation["responses"]["200"]["content"]["application/json"]["schema"]
        assert good.get("$ref"), f"{method} {path} has no response model"


def test_operations_of_the_api_need_a_key_and_name_their_problems(description: dict[str, Any]) -> None:
    guarded = [one for path, _, one in operations(description) if path.startswith("/v1/")]
    assert guarded
    for operation in guarded:
        assert operation["security"] == [{"api_key": []}]
        assert {"401", "403"} <= set(operation["responses"])
        for status, answer in operation["responses"].items():
            if status != "200":
                assert list(answer["content"]) == ["application/problem+json"], (operation["summary"], status)
    assert description["components"]["securitySchemes"]["api_key"]["scheme"] == "bearer"


def test_every_reference_leads_somewhere(description: dict[str, Any]) -> None:
    references = re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(description))
    assert set(references) <= set(description["components"]["schemas"])
    assert "ProblemDetails" in references


def test_health_needs_no_key(description: dict[str, Any]) -> None:
    for path, _, operation in operations(description):
        assert ("security" in operation) == path.startswith("/v1/")
