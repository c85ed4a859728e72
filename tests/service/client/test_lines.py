"""What the client does where line or service fail: it repeats what may be repeated, and nothing else."""

import json
from pathlib import Path
from typing import Any

import pytest

from digitize.client.errors import ApiError
from digitize.client.models import Purpose
from digitize.client.portal import PortalClient
from digitize.client.transport import TRIES
from tests.service.client.conftest import Naps, Told
from tests.service.conftest import PURPOSE

Answer = tuple[int, dict[str, str], bytes]
FOR = Purpose(**PURPOSE)
NOTHING: Answer = (200, {}, b'{"documents": [], "cursor": null}')
REPLAYED = b'{"notices": 3}'
PROBLEM: dict[str, Any] = {
    "type": "urn:digitize:error:too_many_requests", "title": "Too Many Requests", "status": 429,
    "code": "too_many_requests", "detail": "…", "detail_vi": "Quá nhiều.", "detail_en": "Too many.", "trace_id": "4bf9",
}  # fmt: skip


@pytest.fixture
def naps() -> Naps:
    return Naps()


@pytest.fixture
def portal(told: Told, naps: Naps) -> PortalClient:
    return PortalClient(told.url, "dgz_key", silence_s=5, sleep=naps)


def test_what_may_be_repeated_is_until_it_is_answered(portal: PortalClient, told: Told, naps: Naps) -> None:
    told.answers = [None, (502, {}, b"<html>"), (503, {}, b"{}"), NOTHING]
    assert portal.lookup("001", purpose=FOR) == []
    assert len({body for _, _, _, body in told.requests}) == 1
    first, second, third = naps.seconds
    assert 0.25 <= first <= 0.5 <= second <= 1 <= third <= 2


def test_further_pages_are_asked_for(portal: PortalClient, told: Told) -> None:
    told.answers = [(200, {}, b'{"notices": [], "cursor": "behind"}'), (200, {}, b'{"notices": [], "cursor": null}')]
    assert portal.undelivered("abc") == []
    path = "/v1/webhooks/abc/undelivered"
    assert [one[1] for one in told.requests] == [path, f"{path}?cursor=behind"]


@pytest.mark.parametrize(("answer", "code"), [(None, "unreachable"), ((504, {}, b""), "answer_unreadable")])
def test_what_goes_on_failing_is_told(portal: PortalClient, told: Told, answer: Any, code: str) -> None:
    told.answers = [answer]
    with pytest.raises(ApiError) as failed:
        portal.lookup("001", purpose=FOR)
    assert failed.value.code == code
    assert len(told.requests) == TRIES


@pytest.mark.parametrize("answer", [None, (503, {}, b"")])
def test_what_may_have_been_done_is_not_done_again(portal: PortalClient, told: Told, answer: Any) -> None:
    told.answers = [answer]
    with pytest.raises(ApiError):
        portal.unsubscribe("abc")
    assert len(told.requests) == 1


def test_what_creates_something_is_sent_again_with_its_key(portal: PortalClient, told: Told, naps: Naps) -> None:
    in_use = {**PROBLEM, "status": 409, "code": "idempotency_key_in_use"}
    told.answers = [None, (503, {}, b""), (409, {"Retry-After": "9"}, json.dumps(in_use).encode()), (200, {}, REPLAYED)]
    assert [portal.replay("abc", 1) for _ in range(2)] == [3, 3]
    keys = [headers["Idempotency-Key"] for _, _, headers, _ in told.requests]
    assert len(keys) == 5
    assert len(set(keys[:4])) == 1
    assert keys[4] != keys[0]
    assert naps.seconds[2:] == [9]


def test_who_comes_too_often_waits_as_long_as_told(portal: PortalClient, told: Told, naps: Naps) -> None:
    refused = (429, {"Retry-After": "7"}, json.dumps(PROBLEM).encode())
    told.answers = [refused, (200, {}, REPLAYED)]
    assert portal.replay("abc", 1) == 3
    assert naps.seconds == [7]
    told.answers = [(429, {"Retry-After": "3600"}, json.dumps(PROBLEM).encode())]
    with pytest.raises(ApiError) as error:
        portal.replay("abc", 1)
    assert (error.value.code, error.value.trace_id) == ("too_many_requests", "4bf9")
    assert naps.seconds == [7]


def test_an_answer_that_is_not_the_apis_is_an_error_that_quotes_nothing(portal: PortalClient, told: Told) -> None:
    told.answers = [(200, {}, b'{"documents": "NGUY"}'), (302, {"Location": told.url}, b"")]
    for _ in range(2):
        with pytest.raises(ApiError) as error:
            portal.lookup("001", purpose=FOR)
        assert error.value.code == "answer_unreadable"
        assert "NGUY" not in repr(error.value.__cause__) + str(error.value)
    assert len(told.requests) == 2


def test_a_download_cut_short_is_begun_again_and_the_key_is_not_shown(
    portal: PortalClient, told: Told, tmp_path: Path
) -> None:
    whole = b"0123456789"
    sha256 = "84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882"
    source = {"filename": "a.pdf", "sha256": sha256, "media_type": "application/pdf", "size": 10, "signed": True}
    record = {"schema": 1, "document_id": "0" * 26, "status": "published", "source": source}
    link = {"url": f"{told.url}/bucket/signed.pdf", "expires_at": "2026-11-20T08:30:00Z"}
    told.answers = [
        (200, {}, json.dumps(record).encode()),
        (200, {}, json.dumps(link).encode()),
        (200, {"Content-Length": "10"}, whole[:4]),
        (200, {}, whole),
    ]
    portal.download_pdf("0" * 26, tmp_path / "a.pdf", purpose=FOR)
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]
    assert (tmp_path / "a.pdf").read_bytes() == whole
    assert ["Authorization" in headers for _, _, headers, _ in told.requests] == [True, True, False, False]
