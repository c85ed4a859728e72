"""The object store dies under a document, and comes back."""

import logging
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from digitize.config import Config, Workers
from digitize.errors import StorageUnavailableError
from digitize.model import Status
from digitize.vietnam_time import VIETNAM_TIME
from storage.catalogue import SqlCatalogue
from storage.database import open_engine
from storage.objects import open_stores
from tests.catalogue_keys import KEY
from tests.servers import STATIONS, require
from tests.workers.office import Clock, Office
from workers.desk import ArchiveDesk
from workers.embedded import ServerProcess, embedded_servers, start, stop, wait_until_ready, with_embedded
from workers.jobs import Bench
from workers.stages import Tools
from workers.workbench import open_tools


class ObjectServer:
    """SeaweedFS of one test, to be killed."""

    def __init__(self, server: ServerProcess, log: Path) -> None:
        self._server = server
        self._log = log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = start(self._server, self._log)
        wait_until_ready(self._server, self._process)

    def kill(self) -> None:
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        if self._process is not None:
            stop(self._process)


@pytest.fixture
def objects(tmp_path: Path) -> Iterator[ObjectServer]:
    require("redis-server")
    (server, _) = embedded_servers(Config(data_dir=tmp_path / "var", stations=STATIONS))
    running = ObjectServer(server, tmp_path / "objects.log")
    running.start()
    yield running
    running.stop()


@pytest.fixture
def mortal_office(objects: ObjectServer, tmp_path: Path, sqlite_url: str) -> Iterator[Office]:
    workers = Workers(count=1, max_attempts=3)
    config = with_embedded(Config(data_dir=tmp_path / "var", stations=STATIONS, workers=workers))
    clock, engine = Clock(), open_engine(sqlite_url)
    tools: Tools = replace(open_tools(config), clock=lambda: clock().astimezone(VIETNAM_TIME))
    yield Office(Bench(tools, SqlCatalogue(engine, KEY, clock), open_stores(config.storage)), clock, sqlite_url)
    engine.dispose()


def test_the_object_store_is_killed_in_the_middle_of_a_document(
    mortal_office: Office, objects: ObjectServer, paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, begin = mortal_office, ArchiveDesk.begin
    identity = office.receive(paper)

    def kill_then_begin(self: ArchiveDesk, stage: str) -> None:
        if stage == "publish":
            objects.kill()
        begin(self, stage)

    with monkeypatch.context() as patch:
        patch.setattr(ArchiveDesk, "begin", kill_then_begin)
        row = office.work(identity)
    assert (row.status, row.stage, row.error_code) == ("processing", "assemble", "storage_unavailable")
    objects.start()
    work_until_published(office, identity)
    office.assert_published_once(identity, tmp_path / "out")


def test_what_was_put_is_there_after_the_object_store_was_killed(
    mortal_office: Office, objects: ObjectServer, paper: Path, tmp_path: Path
) -> None:
    office = mortal_office
    accepted = office.receive(paper)
    waiting = office.drop(paper, component="TP02")
    objects.kill()
    objects.start()
    assert wait_until(lambda: office.accept() == 1)
    for identity in (accepted, waiting):
        work_until_published(office, identity)
        office.assert_published_once(identity, tmp_path / identity)


def test_what_the_object_store_is_asked_for_in_vain_is_not_logged(
    mortal_office: Office, objects: ObjectServer, caplog: pytest.LogCaptureFixture
) -> None:
    objects.kill()
    with caplog.at_level(logging.DEBUG), pytest.raises(StorageUnavailableError):
        mortal_office.bench.stores.inbox.get("H99.01/D1/TP01/Minh Khuê.jpg")
    told = [record.getMessage() for record in caplog.records if record.levelno >= logging.INFO]
    assert not [line for line in told if "TP01" in line or "Minh" in line]


def work_until_published(office: Office, identity: str) -> None:
    """A store that was just started may refuse a few more writes; no document is given up for that."""

    def is_published() -> bool:
        row = office.work(identity, office.find(identity).stage)
        office.clock.advance(600)
        return row.status == Status.PUBLISHED

    assert wait_until(is_published), office.outcomes(identity)


def wait_until(condition: Callable[[], bool], within_s: float = 60) -> bool:
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.2)
    return False
