"""What is finished gets into the inbox once, wherever the way there is cut off."""

import errno
import hashlib
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from time import monotonic

import pytest

from digitize.config import Config
from digitize.errors import ConfigError, StorageUnavailableError
from storage.catalogue import SqlCatalogue
from storage.database import open_engine
from storage.uploads import Upload, Uploads
from tests.catalogue_keys import KEY, put_key
from tests.workers.office import COMPONENT, DOSSIER, UNIT, Office
from tests.workers.test_intake import CutError, waiting
from workers.processes import run_dispatcher, run_intake
from workers.uploads import drop_uploads


def finish(office: Office, paper: Path, number: int = 1, **place: str) -> Upload:
    """An upload whose every part has come and been checked."""
    uploads = Uploads(office.bench.stores.work)
    content = paper.read_bytes()
    upload = Upload(
        upload_id=f"{number:032x}",
        client_id="one",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        priority="urgent",
        expires_at=datetime.now(UTC),
        **{"unit": UNIT, "dossier": DOSSIER, "component": COMPONENT, "filename": "tờ giấy.jpg", **place},  # type: ignore[arg-type]
    )
    uploads.begin(upload)
    uploads.put_part(upload, 1, content)
    uploads.complete(upload, paper)
    return upload


def _cut_behind(patch: pytest.MonkeyPatch, owner: object, name: str) -> None:
    call = getattr(owner, name)

    def cut(*arguments: object, **options: object) -> None:
        call(*arguments, **options)
        raise CutError

    patch.setattr(owner, name, cut)


CUTS: dict[str, Callable[[Office, pytest.MonkeyPatch], None]] = {
    "fetching": lambda _, patch: _cut_behind(patch, Uploads, "fetch"),
    "dropping": lambda office, patch: _cut_behind(patch, office.bench.stores.inbox, "put"),
    "marking": lambda _, patch: _cut_behind(patch, Uploads, "_write"),
    "deleting a part": lambda office, patch: _cut_behind(patch, office.bench.stores.work, "delete"),
}


@pytest.mark.parametrize("step", CUTS)
def test_cut_off_behind_any_step_it_is_dropped_once(
    office: Office, paper: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = finish(office, paper)
    with monkeypatch.context() as patch:
        CUTS[step](office, patch)
        with pytest.raises(CutError):
            drop_uploads(office.bench.stores)
    drop_uploads(office.bench.stores)
    (dropped,) = waiting(office)
    assert dropped.key == f"{UNIT}/{DOSSIER}/{COMPONENT}/tờ giấy.jpg"
    assert office.accept() == 1
    assert drop_uploads(office.bench.stores) == office.accept() == 0
    row = office.find(upload.document_id)
    assert (row.status, row.priority, row.media_type) == ("received", "urgent", "image/jpeg")
    assert [event.kind for event in office.bench.catalogue.events(upload.document_id)] == ["received"]


def test_one_that_fails_does_not_stop_the_rest(office: Office, paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    finish(office, paper, 1, component="TP01")
    finish(office, paper, 2, component="TP02")
    put = office.bench.stores.inbox.put

    def fail_for_one(key: str, *arguments: object, **options: object) -> bool:
        if "/TP01/" in key:
            raise StorageUnavailableError
        return put(key, *arguments, **options)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(office.bench.stores.inbox, "put", fail_for_one)
        assert drop_uploads(office.bench.stores) == 1
    assert drop_uploads(office.bench.stores) == 1
    assert len(waiting(office)) == 2


def test_one_that_does_not_fit_into_the_temporary_folder_does_not_stop_the_rest(
    office: Office, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    large, _ = finish(office, paper, 1, component="TP01"), finish(office, paper, 2, component="TP02")
    fetch = Uploads.fetch

    def fill_up(self: Uploads, upload_id: str, path: Path) -> None:
        if upload_id == large.upload_id:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        fetch(self, upload_id, path)

    with monkeypatch.context() as patch:
        patch.setattr(Uploads, "fetch", fill_up)
        assert drop_uploads(office.bench.stores) == 1
    assert drop_uploads(office.bench.stores) == 1


def test_the_processes_take_in_what_is_finished_and_forget_what_is_old(
    office: Office, paper: Path, tmp_path: Path
) -> None:
    storage = office.config.storage.model_copy(update={"database_url": office.database})
    workers = office.config.workers.model_copy(update={"poll_s": 0.01})
    config = office.config.model_copy(update={"storage": storage, "workers": workers, "data_dir": tmp_path})
    put_key(config)
    new = finish(office, paper)
    old = new.model_copy(update={"upload_id": f"{2:032x}", "expires_at": datetime.now(UTC) - timedelta(days=1)})
    Uploads(office.bench.stores.work).begin(old)
    _run_until(run_intake, config, lambda: office.bench.catalogue.find(new.document_id) is not None)
    assert waiting(office) == []
    engine = open_engine(office.database)
    two_days_ago = SqlCatalogue(engine, KEY, lambda: datetime.now(UTC) - timedelta(days=2))
    two_days_ago.claim_key("portal", "a key", b"asked", timedelta(minutes=1))
    _run_until(run_dispatcher, config, lambda: Uploads(office.bench.stores.work).find(old.upload_id) is None)
    assert SqlCatalogue(engine, KEY).delete_expired_keys() == 0
    engine.dispose()
    assert Uploads(office.bench.stores.work).is_complete(new.upload_id)


def _run_until(run: Callable[[Config, Event], None], config: Config, done: Callable[[], bool]) -> None:
    stopping = Event()
    thread = Thread(target=run, args=(config, stopping))
    thread.start()
    try:
        deadline = monotonic() + 30
        while not done():
            assert thread.is_alive()
            assert monotonic() < deadline
    finally:
        stopping.set()
        thread.join()


def test_intake_takes_nothing_from_an_inbox_that_keeps_no_versions(
    office: Office, paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether it does may not have been known when the stack was started: the store was away."""
    storage = office.config.storage.model_copy(update={"database_url": office.database})
    workers = office.config.workers.model_copy(update={"poll_s": 0.01})
    config = office.config.model_copy(update={"storage": storage, "workers": workers, "data_dir": tmp_path})
    put_key(config)
    identity, turns = office.drop(paper), iter(range(3))

    def refuse(*_: object, **__: object) -> None:
        if next(turns, None) is not None:
            raise ConfigError(detail="storage.inbox_bucket: keeps no versions")
        assert office.bench.catalogue.find(identity) is None

    monkeypatch.setattr("workers.processes.require_buckets", refuse)
    _run_until(run_intake, config, lambda: office.bench.catalogue.find(identity) is not None)
