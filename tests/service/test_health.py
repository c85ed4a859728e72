"""Health without a key, and so without details."""

import socket
from collections.abc import Iterator

import pytest

from digitize.config import Config
from storage.api import Publish
from storage.objects import Stores, open_stores
from tests.service.conftest import NAMED, Doors, birth_certificate


def test_alive_and_ready(doors: Doors) -> None:
    for path in ("/health/live", "/health/ready"):
        answer = doors.http.get(path)
        assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


class TestObjectStoreDown:
    @pytest.fixture
    def stores(self, config: Config) -> Iterator[Stores]:
        with socket.socket() as bound_but_not_listening:
            bound_but_not_listening.bind(("127.0.0.1", 0))
            endpoint = f"127.0.0.1:{bound_but_not_listening.getsockname()[1]}"
            yield open_stores(config.storage.model_copy(update={"endpoint": endpoint}))

    def test_alive_but_not_ready(self, doors: Doors) -> None:
        assert doors.http.get("/health/live").status_code == 200
        answer = doors.http.get("/health/ready")
        assert (answer.status_code, answer.json()) == (503, {"status": "unavailable"})

    def test_what_needs_it_says_so_and_may_be_tried_again(self, doors: Doors) -> None:
        identity = doors.receive()
        doors.settle(identity, Publish(doors.record(identity, birth_certificate())))
        answer = doors.http.get(
            f"/v1/documents/{identity}/record{NAMED}", headers=doors.bearer("documents:read", "sensitive")
        )
        assert (answer.status_code, answer.json()["code"]) == (503, "storage_unavailable")


def test_catalogue_down(doors: Doors) -> None:
    with doors.catalogue._database.write() as session:
        session.connection().exec_driver_sql("ALTER TABLE documents RENAME TO lost")
    answer = doors.http.get("/health/ready")
    assert (answer.status_code, answer.json()) == (503, {"status": "unavailable"})
