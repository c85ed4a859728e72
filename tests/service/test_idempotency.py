"""What creates something, sent again with its key, through the door."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import httpx
import pytest

from digitize.errors import CatalogueUnavailableError
from storage.catalogue import SqlCatalogue
from storage.idempotency import KEPT_FOR
from storage.uploads import Uploads
from tests.service.conftest import Doors

KEY = {"Idempotency-Key": '"8e03978e-40d5-43e8-bc93-6894a57f9324"'}
HOOK = {"url": "https://portal.example/digitize"}
SCAN = {
    "unit": "H99.01", "dossier": "H99.01-261122-0001", "component": "TP01", "filename": "giay.pdf", "size": 1,
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
}  # fmt: skip


def subscribe(doors: Doors, headers: dict[str, str], **parts: object) -> httpx.Response:
    return doors.http.post("/v1/webhooks", json={**HOOK, **parts}, headers=KEY | headers)


def count(doors: Doors, headers: dict[str, str]) -> int:
    return len(doors.http.get("/v1/webhooks", headers=headers).json()["subscriptions"])


def test_a_request_sent_again_creates_nothing_more_and_is_answered_alike(doors: Doors) -> None:
    headers, other = doors.bearer("webhooks"), doors.bearer("webhooks")
    first, second = subscribe(doors, headers), subscribe(doors, headers)
    assert first.status_code == 200
    assert (second.status_code, second.content, second.headers["content-type"]) == (
        200,
        first.content,
        first.headers["content-type"],
    )
    assert count(doors, headers) == 1
    assert doors.kinds().count("subscribed") == doors.kinds().count("request.repeated") == 1
    assert subscribe(doors, other).json()["subscription_id"] != first.json()["subscription_id"]
    for parts in ({"kinds": ["revoked"]}, {"url": "https://portal.example/other"}):
        refused = subscribe(doors, headers, **parts)
        assert (refused.status_code, refused.json()["code"]) == (422, "idempotency_key_reused")
    path = f"/v1/webhooks/{first.json()['subscription_id']}/replay"
    assert doors.http.post(path, json=HOOK, headers=KEY | headers).json()["code"] == "invalid_request"
    assert doors.http.post(path, json={"since": 1}, headers=KEY | headers).json()["code"] == "idempotency_key_reused"
    doors.clock.now += KEPT_FOR
    assert subscribe(doors, headers, kinds=["revoked"]).status_code == 200
    assert count(doors, headers) == 2
    assert "8e03978e" not in doors.whole_log()


def test_of_two_at_the_same_time_one_waits(doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    headers = doors.bearer("webhooks")
    begun, go_on = threading.Event(), threading.Event()
    create = SqlCatalogue.subscribe

    def slow(self: SqlCatalogue, *rest: Any) -> Any:
        begun.set()
        assert go_on.wait(10)
        return create(self, *rest)

    monkeypatch.setattr(SqlCatalogue, "subscribe", slow)
    with ThreadPoolExecutor() as pool:
        first = pool.submit(subscribe, doors, headers)
        assert begun.wait(10)
        second = subscribe(doors, headers)
        go_on.set()
        assert first.result().status_code == 200
    assert (second.status_code, second.json()["code"]) == (409, "idempotency_key_in_use")
    assert 50 < int(second.headers["retry-after"]) <= 60
    assert subscribe(doors, headers).content == first.result().content
    assert count(doors, headers) == 1


def test_who_died_before_the_answer_was_kept_has_created_once(doors: Doors, monkeypatch: pytest.MonkeyPatch) -> None:
    headers = doors.bearer("webhooks", "documents:upload")

    def die(*_: object) -> None:
        raise CatalogueUnavailableError

    with monkeypatch.context() as cut:
        cut.setattr(SqlCatalogue, "keep_answer", die)
        assert subscribe(doors, headers).status_code == 503
        begin = {"url": "/v1/uploads", "json": SCAN, "headers": headers | {"Idempotency-Key": "other"}}
        assert doors.http.post(**begin).status_code == 503  # type: ignore[arg-type]
    assert subscribe(doors, headers).json()["code"] == "idempotency_key_in_use"
    doors.clock.now += timedelta(minutes=1)
    again = subscribe(doors, headers)
    assert again.status_code == 200
    assert [again.json()["subscription_id"]] == [
        one["subscription_id"] for one in doors.http.get("/v1/webhooks", headers=headers).json()["subscriptions"]
    ]
    answer = doors.http.post(**begin)  # type: ignore[arg-type]
    assert Uploads(doors.stores.work).find(answer.json()["upload_id"]) is not None
    assert doors.kinds().count("upload.begun") == 1


def test_what_was_refused_may_be_tried_again(doors: Doors) -> None:
    identity = doors.hold()
    headers = doors.bearer("revoke")

    def revoke(document_id: str) -> httpx.Response:
        path = f"/v1/documents/{document_id}/revocation"
        return doors.http.post(path, json={"reason": "Cấp nhầm"}, headers=KEY | headers)

    assert [revoke(identity).json()["code"] for _ in range(2)] == ["not_ready"] * 2
    published = doors.publish()
    assert revoke(published).json()["code"] == "idempotency_key_reused"
    assert doors.kinds(published).count("revoked") == 0


@pytest.mark.parametrize("key", ["", '""', '"', "a b", '"a', 'a"', '"\\"', "ả", "a" * 256, f'"{"a" * 256}"'])
def test_a_key_that_is_none_is_refused(doors: Doors, key: str) -> None:
    headers = doors.bearer("webhooks")
    sent = {name.encode(): value.encode() for name, value in {**headers, "Idempotency-Key": key}.items()}
    answer = doors.http.post("/v1/webhooks", json=HOOK, headers=sent)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")
    assert [part["location"] for part in answer.json()["errors"]] == ["header.Idempotency-Key"]
    assert count(doors, headers) == 0


@pytest.mark.parametrize("key", ["8e03978e-40d5-43e8-bc93-6894a57f9324", f'"{"a b" * 85}"'])
def test_a_key_is_any_text(doors: Doors, key: str) -> None:
    headers = doors.bearer("webhooks") | {"Idempotency-Key": key}
    assert len({doors.http.post("/v1/webhooks", json=HOOK, headers=headers).content for _ in range(2)}) == 1
    assert count(doors, headers) == 1
