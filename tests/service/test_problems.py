"""Errors as problem details: complete, in two languages, and silent about what was sent."""

import logging

import httpx
import pytest

from digitize.config import Config
from digitize.errors import DigitizeError, UnreadablePagesError
from service.app import create_app
from service.problems import describe
from storage.catalogue import SqlCatalogue
from storage.database import open_engine
from storage.objects import Stores
from tests.catalogue_keys import KEY
from tests.servers import HANGS_AFTER_S
from tests.service.conftest import OWNER, Doors, serving

SECRET = f"Nguyễn Thị Minh An {OWNER}"


def leaves(root: type[DigitizeError]) -> list[type[DigitizeError]]:
    below = root.__subclasses__()
    return [leaf for sub in below for leaf in leaves(sub)] if below else [root]


@pytest.mark.parametrize("error", leaves(DigitizeError), ids=lambda error: error.__name__)
def test_every_error_has_a_problem(error: type[DigitizeError]) -> None:
    values = dict.fromkeys(
        ("limit", "limit_mib", "limit_s", "pages", "megapixels", "reason", "page", "kind", "detail", "seconds",
         "number", "parts", "reason_vi", "reason_en"), 1
    )  # fmt: skip
    raised = error(pages=[1], causes=["blurred"]) if error is UnreadablePagesError else error(**values)
    vi, en = (describe(raised, language) for language in ("vi", "en"))
    assert (vi.status, vi.code, vi.type) == (error.http_status, error.code, f"urn:digitize:error:{error.code}")
    assert vi.detail == vi.detail_vi == en.detail_vi
    assert en.detail == en.detail_en != vi.detail


def test_unknown_route_and_wrong_method(doors: Doors) -> None:
    headers = doors.bearer("lookup")
    unknown = doors.http.get("/v1/nothing", headers=headers)
    assert (unknown.status_code, unknown.json()["code"]) == (404, "not_found")
    wrong = doors.http.get("/v1/lookup", headers=headers)
    assert (wrong.status_code, wrong.json()["code"], wrong.headers["allow"]) == (405, "invalid_request", "POST")
    for answer in (unknown, wrong):
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["detail_vi"] != answer.json()["detail_en"]


def test_unknown_route_is_not_shown_to_a_stranger(doors: Doors) -> None:
    assert doors.http.get("/v1/nothing").status_code == 401


@pytest.mark.parametrize(("accepted", "language"), [("en-GB,en;q=0.9", "en"), ("vi", "vi"), ("de", "vi"), ("", "vi")])
def test_detail_is_in_the_language_asked_for(doors: Doors, accepted: str, language: str) -> None:
    answer = doors.http.get("/v1/nothing", headers={"Accept-Language": accepted}).json()
    assert answer["detail"] == answer[f"detail_{language}"]


def test_headers_keep_answers_out_of_caches_and_frames(doors: Doors) -> None:
    identity = doors.publish()
    for path in (f"/v1/documents/{identity}", "/v1/nothing", "/health/live", "/console/login"):
        headers = doors.http.get(path, headers=doors.bearer("documents:read")).headers
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert "server" not in headers


def test_failure_nobody_foresaw_shows_and_logs_no_value(
    config: Config, sqlite_url: str, stores: Stores, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(config, SqlCatalogue(open_engine(sqlite_url), KEY), stores.archive, stores.work)

    @app.get("/boom")
    def boom() -> None:
        raise RuntimeError(SECRET)

    with caplog.at_level(logging.DEBUG), serving(app) as base_url:
        answer = httpx.get(f"{base_url}/boom", timeout=HANGS_AFTER_S)
    assert (answer.status_code, answer.json()["code"]) == (500, "internal_error")
    assert answer.headers["content-type"] == "application/problem+json"
    assert OWNER not in answer.text
    assert "Traceback" not in answer.text
    assert "internal_error kind=RuntimeError" in caplog.text
    assert OWNER not in caplog.text


def test_nothing_that_is_asked_for_is_logged_by_the_server(doors: Doors, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        doors.http.get(f"/v1/documents/{OWNER}", headers=doors.bearer("documents:read"))
        doors.http.post("/v1/lookup", json={"owner_id": OWNER}, headers=doors.bearer("lookup"))
    ours = [record for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))]
    assert OWNER not in "\n".join(record.getMessage() for record in ours)
