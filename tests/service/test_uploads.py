"""Scans handed in by the API, in parts: what is taken, what is refused, and how it reaches the inbox."""

import base64
import hashlib
import logging
import os
import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from digitize.identity import document_id
from storage.keys import status_key
from storage.uploads import PART_BYTES, Uploads
from tests.service.conftest import Doors
from workers.intake import Intake
from workers.uploads import drop_uploads

PLACE = {"unit": "H99.01", "dossier": "H99.01-261122-0001", "component": "TP01", "filename": "giấy khai sinh.pdf"}


@dataclass
class Sender:
    """A portal with a scan of three parts, the last a short one."""

    doors: Doors
    headers: dict[str, str]
    content: bytes = field(default_factory=lambda: b"%PDF-1.7\n" + os.urandom(2 * PART_BYTES + 100))

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    def begin(self, **other: Any) -> httpx.Response:
        body = {**PLACE, "size": len(self.content), "sha256": self.sha256, **other}
        return self.doors.http.post("/v1/uploads", json=body, headers=self.headers)

    def begun(self) -> str:
        answer = self.begin()
        assert answer.status_code == 200, answer.text
        return str(answer.json()["upload_id"])

    def part(self, number: int) -> bytes:
        return self.content[(number - 1) * PART_BYTES : number * PART_BYTES]

    def put(self, upload: str, number: int, part: bytes | None = None, digest: bytes | None = None) -> httpx.Response:
        content = self.part(number) if part is None else part
        told = base64.b64encode(hashlib.sha256(content).digest() if digest is None else digest).decode()
        headers = {**self.headers, "Content-Digest": f"sha-256=:{told}:"}
        return self.doors.http.put(f"/v1/uploads/{upload}/parts/{number}", content=content, headers=headers)

    def show(self, upload: str) -> dict[str, Any]:
        answer: dict[str, Any] = self.doors.http.get(f"/v1/uploads/{upload}", headers=self.headers).json()
        return answer

    def complete(self, upload: str) -> httpx.Response:
        return self.doors.http.post(f"/v1/uploads/{upload}/complete", headers=self.headers)

    def line(self, upload: str, length: int) -> socket.socket:
        """On which the head of a request has been sent, with the digest of part 1, and none of its body."""
        address = urlsplit(str(self.doors.http.base_url))
        digest = base64.b64encode(hashlib.sha256(self.part(1)).digest()).decode()
        head = [
            f"PUT /v1/uploads/{upload}/parts/1 HTTP/1.1", f"Host: {address.netloc}", f"Content-Length: {length}",
            f"Authorization: {self.headers['Authorization']}", f"Content-Digest: sha-256=:{digest}:", "", "",
        ]  # fmt: skip
        line = socket.create_connection((address.hostname or "", address.port or 0))
        line.sendall("\r\n".join(head).encode())
        return line

    def send(self) -> str:
        upload = self.begun()
        for number in (1, 2, 3):
            assert self.put(upload, number).status_code == 200
        return upload


@pytest.fixture
def sender(doors: Doors) -> Sender:
    for store in (doors.stores.inbox, doors.stores.work):  # the same for all these tests
        for left in list(store.list(versions=True)):
            store.delete(left.key, version=left.version)
    return Sender(doors, doors.bearer("documents:upload", "documents:read", units=("H99.01",)))


def stored(doors: Doors) -> list[str]:
    return [found.key.split("/")[-1] for found in doors.stores.work.list("uploads/") if "/parts/" in found.key]


def in_inbox(doors: Doors) -> list[str]:
    return [found.key for found in doors.stores.inbox.list(versions=True) if "/_status/" not in found.key]


def test_parts_in_any_order_become_what_a_station_would_have_dropped(sender: Sender) -> None:
    doors = sender.doors
    upload = sender.begun()
    for number in (3, 1):
        sender.put(upload, number)
    assert sender.put(upload, 1, part=b"\0" * PART_BYTES).status_code == 200  # other bytes, until completion
    shown = sender.show(upload)
    assert (shown["parts"], shown["part_count"], shown["part_size"], shown["receipt"]) == ([1, 3], 3, PART_BYTES, None)
    sender.put(upload, 2)
    refused = sender.complete(upload)
    assert (refused.status_code, refused.json()["code"]) == (422, "upload_mismatch")
    sender.put(upload, 1)
    assert in_inbox(doors) == []

    receipt = sender.complete(upload).json()
    identity = document_id(unit="H99.01", dossier=PLACE["dossier"], component="TP01", sha256=sender.sha256)
    assert (receipt["document_id"], receipt["role"]) == (identity, "component")
    assert drop_uploads(doors.stores) == 1
    (key,) = in_inbox(doors)
    assert key == "/".join(PLACE.values())
    assert doors.stores.inbox.get(key) == sender.content
    assert Intake(doors.config, doors.catalogue, doors.stores).run_once() == 1
    row = doors.catalogue.find(identity)
    assert row is not None
    assert (row.filename, row.sha256, row.priority) == (PLACE["filename"], sender.sha256, "default")
    state = doors.http.get(receipt["status_path"], headers=sender.headers).json()
    assert state["status"] == "received"
    assert receipt["status_key"] == status_key("H99.01", identity)
    assert doors.stores.inbox.stat(receipt["status_key"]) is not None

    assert sender.complete(upload).json() == sender.show(upload)["receipt"] == receipt
    assert (sender.put(upload, 1).json()["code"], stored(doors)) == ("conflict", [])
    assert "khai sinh" not in doors.whole_log()
    assert [kind for kind in doors.kinds() if kind.startswith("upload.")] == ["upload.completed", "upload.begun"]


def test_completed_by_many_at_once_it_is_dropped_once(sender: Sender) -> None:
    upload = sender.send()
    with ThreadPoolExecutor(5) as pool:
        asked = [pool.submit(sender.complete, upload) for _ in range(4)]
        while not all(one.done() for one in asked):
            drop_uploads(sender.doors.stores)
        answers = [one.result() for one in asked]
    assert {(answer.status_code, answer.text) for answer in answers} == {(200, sender.complete(upload).text)}
    drop_uploads(sender.doors.stores)
    assert len(in_inbox(sender.doors)) == 1
    assert stored(sender.doors) == []


def test_a_part_that_came_to_harm_is_not_kept(sender: Sender) -> None:
    upload = sender.begun()
    wrong = [
        sender.put(upload, 1, digest=bytes(32)),
        sender.put(upload, 1, part=sender.part(1)[:-1]),
        sender.put(upload, 3, part=sender.part(1)),
        sender.put(upload, 2, part=b""),
    ]
    assert {(answer.status_code, answer.json()["code"]) for answer in wrong} == {(422, "upload_part_damaged")}
    with sender.line(upload, PART_BYTES + 1) as line:  # refused before it is sent
        assert b" 413 " in line.recv(100).splitlines()[0]
    for number in (0, 4, 10**6):
        assert sender.put(upload, number, part=b"x").json()["code"] == "invalid_request"
    headers = {**sender.headers, "Content-Digest": "md5=:AAAA:"}
    path = f"/v1/uploads/{upload}/parts/1"
    assert sender.doors.http.put(path, content=sender.part(1), headers=headers).json()["code"] == "invalid_request"
    assert stored(sender.doors) == []
    assert sender.complete(upload).json()["detail_en"].startswith("The parts 1-3 are missing")


def test_a_line_that_breaks_within_a_part_leaves_nothing(sender: Sender, caplog: pytest.LogCaptureFixture) -> None:
    upload = sender.begun()
    with sender.line(upload, PART_BYTES) as line:
        line.sendall(sender.part(1)[:1000])
    with caplog.at_level(logging.INFO):
        assert sender.put(upload, 2).status_code == 200
    assert sender.show(upload)["parts"] == [2]
    assert "internal_error" not in caplog.text


@pytest.mark.parametrize(
    "change",
    [
        {"unit": "a/b"}, {"dossier": "a..b"}, {"component": "Thành phần"}, {"filename": "a/b.pdf"}, {"filename": "\n"},
        {"size": 0}, {"sha256": "0"}, {"priority": "at once"}, {"more": 1},
    ],
)  # fmt: skip
def test_a_place_that_the_inbox_would_not_take_is_refused(sender: Sender, change: dict[str, Any]) -> None:
    answer = sender.begin(**change)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_request")


def test_the_part_of_a_place_that_is_wrong_is_named(sender: Sender) -> None:
    wrong = sender.begin(dossier="a..b", filename="a\u202eb.pdf")
    assert "(body.dossier, body.filename)" in wrong.json()["detail_en"]


def test_a_unit_without_a_station_hands_nothing_in(sender: Sender) -> None:
    anyone = Sender(sender.doors, sender.doors.bearer("documents:upload"), sender.content)
    answer = anyone.begin(unit="H99.77")
    assert (answer.status_code, answer.json()["code"]) == (422, "unit_unknown")


def test_units_and_sizes_have_limits(sender: Sender) -> None:
    answer = sender.begin(unit="H99.02")
    assert (answer.status_code, answer.json()["code"]) == (403, "not_permitted")
    large = sender.begin(size=sender.doors.config.limits.max_input_mib * (1 << 20) + 1)
    assert (large.status_code, large.json()["code"]) == (413, "input_too_large")


def test_anothers_an_old_and_no_upload_look_alike(sender: Sender) -> None:
    upload = sender.begun()
    other = Sender(sender.doors, sender.doors.bearer("documents:upload", units=("H99.01",)), sender.content)
    asked = [(other, upload), (sender, "0" * 32), (sender, "..%2f"), (sender, "x" * 3_000)]
    answers = [by.doors.http.get(f"/v1/uploads/{name}", headers=by.headers) for by, name in asked]
    answers += [other.put(upload, 1), other.complete(upload)]
    sender.doors.clock.now += timedelta(hours=sender.doors.config.service.upload_lifetime_h)
    answers += [sender.put(upload, 1), sender.complete(upload)]
    assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(404, "not_found")}
    assert stored(sender.doors) == []
    assert Uploads(sender.doors.stores.work).delete_expired(sender.doors.clock() + timedelta(hours=2)) >= 1
