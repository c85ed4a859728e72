"""Of a secret paper nothing is kept but that it was there: not in the archive, not in the work bucket, not in a log."""

import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from digitize.errors import StorageUnavailableError
from digitize.model import Status
from storage.keys import status_key
from storage.object_api import StoredObject
from tests.faults.deaths import die, work_in_child
from tests.papers import draw_page, stamp, write_jpeg, write_scanned_pdf
from tests.workers.office import UNIT, Office
from workers import jobs
from workers.reconciler import reconcile
from workers.secret_papers import delete_left_behind
from workers.statuses import put_statuses_right

NAME = "Nông Minh Khuê"


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("secret")
    return write_jpeg(folder / f"{NAME}.jpg", stamp(draw_page(), "MẬT", "red", (20, 15)))


def left_of(office: Office, identity: str) -> list[str]:
    """Keys of every version of every object that holds something of the document, statuses aside."""
    stores = office.bench.stores
    found: list[StoredObject] = [*stores.archive.list(versions=True), *stores.work.list(), *waiting(office)]
    return [stored.key for stored in found if identity in stored.key or NAME in stored.key]


def waiting(office: Office) -> list[StoredObject]:
    return [found for found in office.bench.stores.inbox.list(versions=True) if "/_status/" not in found.key]


def assert_gone(office: Office, identity: str) -> None:
    row = office.find(identity)
    assert (row.status, row.error_code, row.filename) == (Status.REJECTED, "secret_paper", "")
    assert left_of(office, identity) == []
    assert row.record is not None
    assert (row.record.pages, row.record.fields, row.record.source.filename) == ((), {}, "")
    assert NAME not in row.record.to_json().decode()
    assert office.bench.catalogue.due(10) == []
    assert office.bench.catalogue.verify_log() is None
    assert reconcile(office.bench.catalogue, office.bench.stores, office.config).is_whole


def test_it_is_rejected_deleted_and_told(office: Office, secret: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        identity = office.receive(secret)
        assert office.archived(identity) == ["original.jpg"]
        office.work(identity)
    assert_gone(office, identity)
    status = office.status(identity)
    assert (status["status"], status["problem"]["code"], status["filename"]) == ("rejected", "secret_paper", "")
    own = [r for r in caplog.records if r.name.startswith(("workers", "storage", "digitize"))]
    assert not [r for r in own if NAME in r.getMessage() or "CỘNG" in r.getMessage()]


def test_sender_and_time_stand_in_the_audit(office: Office, secret: Path) -> None:
    identity = office.receive(secret)
    office.work(identity)
    row = office.find(identity)
    events = {event.kind: event.data for event in office.bench.catalogue.events(identity)}
    assert events["rejected"] == {
        "stage": "inspect",
        "attempt": 1,
        "code": "secret_paper",
        "unit": UNIT,
        "sha256": row.sha256,
        "received_at": row.received_at.isoformat(),
    }
    assert events["secret_deleted"] == {"objects": 1}


def test_pages_read_before_the_mark_was_found_are_deleted_too(office: Office, tmp_path: Path) -> None:
    pages = [draw_page(), stamp(draw_page(), "TỐI MẬT", "red", (20, 15))]
    pages[0].save(tmp_path / "two.tiff", save_all=True, append_images=pages[1:], dpi=(150, 150))
    identity = office.receive(tmp_path / "two.tiff")
    office.work(identity)
    assert_gone(office, identity)
    (deleted,) = [e.data for e in office.bench.catalogue.events(identity) if e.kind == "secret_deleted"]
    assert deleted == {"objects": 3}  # words and preview of the first page, and the original


def test_dropped_again_it_is_not_stored_again(office: Office, secret: Path) -> None:
    identity = office.receive(secret)
    office.work(identity)
    assert office.receive(secret, filename="lại.jpg") == identity
    assert_gone(office, identity)
    assert office.status(identity)["problem"]["code"] == "secret_paper"
    assert office.bench.catalogue.events(identity)[0].kind == "duplicate"


def cut_before_settling(_: Office) -> None:
    jobs._settle = lambda *_: die()  # type: ignore[assignment]


def cut_before_deleting(_: Office) -> None:
    jobs.delete_scan = lambda *_: die()  # type: ignore[assignment]  # in the child only


def cut_within_deleting(office: Office) -> None:
    work: Any = office.bench.stores.work
    delete = work.delete

    def delete_then_die(key: str, **options: Any) -> None:
        delete(key, **options)
        die()

    work.delete = delete_then_die


def cut_before_telling(_: Office) -> None:
    jobs.write_status = lambda *_: die()  # type: ignore[assignment]  # in the child only


@pytest.mark.parametrize("cut", [cut_before_settling, cut_before_deleting, cut_within_deleting, cut_before_telling])
def test_a_worker_that_dies_on_the_way_leaves_nothing_for_good(
    office: Office, cut: Callable[[Office], None], tmp_path: Path
) -> None:
    pages = [draw_page(), stamp(draw_page(), "MẬT", "red", (20, 15))]
    pages[0].save(tmp_path / "two.tiff", save_all=True, append_images=pages[1:], dpi=(150, 150))
    identity = office.receive(tmp_path / "two.tiff")
    assert work_in_child(office, identity, cut) < 0
    statement = reconcile(office.bench.catalogue, office.bench.stores, office.config)
    assert statement.registered_again == ()
    office.clock.advance(office.config.workers.lease_s)
    for due in office.bench.catalogue.due(10):
        office.work(due.document_id, due.stage)
    assert_gone(office, identity)
    put_statuses_right(office.bench.catalogue, office.bench.stores.inbox, None)
    assert office.status(identity)["problem"]["code"] == "secret_paper"


def test_a_store_that_is_away_is_asked_again(office: Office, secret: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    identity = office.receive(secret)
    with monkeypatch.context() as patch:
        patch.setattr(jobs, "delete_scan", raise_unavailable)
        office.work(identity)
    assert office.archived(identity) == ["original.jpg"]
    assert office.status(identity)["problem"]["code"] == "secret_paper"
    delete_left_behind(office.bench.catalogue, office.bench.stores, office.clock() + timedelta(seconds=1))
    assert office.archived(identity) == ["original.jpg"]
    delete_left_behind(office.bench.catalogue, office.bench.stores, office.clock() - timedelta(days=1))
    assert_gone(office, identity)


def raise_unavailable(*_: object, **__: object) -> int:
    raise StorageUnavailableError


def test_a_store_that_will_not_delete_is_named(office: Office, secret: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    identity = office.receive(secret)
    monkeypatch.setattr(office.bench.stores.archive, "delete", raise_unavailable)
    office.work(identity)
    statement = reconcile(office.bench.catalogue, office.bench.stores, office.config)
    assert statement.secret_left == (identity,)
    assert not statement.is_whole
    monkeypatch.undo()
    assert reconcile(office.bench.catalogue, office.bench.stores, office.config).is_whole
    assert_gone(office, identity)


def test_what_a_slow_worker_lays_down_afterwards_is_deleted(office: Office, secret: Path) -> None:
    identity = office.receive(secret)
    office.work(identity)
    office.bench.stores.work.put(f"{identity}/pages/0001.json", b"{}", "application/json")
    reconcile(office.bench.catalogue, office.bench.stores, office.config)
    assert_gone(office, identity)


def test_a_scanned_pdf_is_no_exception(office: Office, tmp_path: Path) -> None:
    path = write_scanned_pdf(tmp_path / "scan.pdf", page=stamp(draw_page(), "TUYỆT MẬT", "black", (20, 15)))
    identity = office.receive(path)
    office.work(identity)
    assert_gone(office, identity)
    assert status_key(UNIT, identity) in {found.key for found in office.bench.stores.inbox.list()}
