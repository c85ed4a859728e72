"""Whatever is sent that the description allows or forbids: a problem with a code, and never an answer undescribed."""

import json

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from service.scopes import SCOPES
from tests.service.conftest import Doors

_CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
_EACH = 12
_TAKES_PDF = "/v1/verify"
"""Its hostile input is files: see test_verify.py."""


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_every_operation_answers_as_described(doors: Doors, mode: GenerationMode) -> None:
    doors.publish()
    base = str(doors.http.base_url)
    described = schemathesis.openapi.from_url(f"{base}/openapi.json")
    headers = doors.bearer(*SCOPES)
    before = len(doors.catalogue.documents(limit=100))
    for result in described.get_all_operations():
        operation = result.ok()
        if not operation.path.startswith("/v1/") or operation.path == _TAKES_PDF:
            continue

        @settings(
            max_examples=_EACH, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
        )
        @given(case=operation.as_strategy(generation_mode=mode))
        def send(case: schemathesis.Case) -> None:
            answer = case.call(base_url=base, headers=headers)
            case.validate_response(answer, checks=_CHECKS)
            if answer.status_code >= 400:
                assert json.loads(answer.content)["code"]
                assert "Traceback" not in answer.text

        try:
            send()
        except Unsatisfiable:  # nothing that can be sent is against the description
            continue
    assert len(doors.catalogue.documents(limit=100)) == before
    assert doors.catalogue.verify_log() is None
