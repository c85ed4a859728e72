"""Acceptance: nothing a station drops is lost, doubled or left without an answer."""

import errno
import logging
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from digitize.config import Limits
from digitize.errors import StorageUnavailableError
from digitize.identity import document_id
from digitize.model import Status
from storage.keys import original_key
from storage.object_api import StoredObject
from tests.workers.office import COMPONENT, DOSSIER, UNIT, Office
from workers import intake
from workers import intake as intake_module
from workers.accepted import describe_file
from workers.intake import Intake, arrival_from_metadata


class CutError(Exception):
    """Stands for the end of the process at one point."""


def put_raw(office: Office, key: str, data: bytes) -> None:
    office.station(UNIT).put(key, data, "application/octet-stream")


def waiting(office: Office) -> list[StoredObject]:
    return [found for found in office.bench.stores.inbox.list(versions=True) if "/_status/" not in found.key]


def test_whatever_depth_a_scan_lies_at_it_is_seen_and_a_status_never_is(office: Office) -> None:
    inbox = office.bench.stores.inbox
    keys = {"odd.pdf", f"{UNIT}/odd.pdf", f"{UNIT}/D1/odd.pdf", f"{UNIT}/D1/TP01/a.pdf", f"{UNIT}/D1/TP01/deep/a.pdf"}
    for key in (*keys, f"{UNIT}/_status/x.json"):
        inbox.put(key, b"content", "application/pdf")
    assert {found.key for found in intake.waiting(inbox)} == keys


def test_a_drop_is_safe_under_its_own_hash_before_the_inbox_is_emptied(office: Office, paper: Path) -> None:
    identity = office.receive(paper, filename="tờ giấy.jpg")
    source = describe_file(paper, "tờ giấy.jpg")
    assert identity == document_id(unit=UNIT, dossier=DOSSIER, component=COMPONENT, sha256=source.sha256)
    original = office.bench.stores.archive.stat(original_key(identity, "jpg"))
    assert original is not None
    assert original.metadata == {
        "unit": UNIT,
        "dossier": DOSSIER,
        "component": COMPONENT,
        "role": "component",
        "filename": "tờ giấy.jpg",
        "sha256": source.sha256,
        "priority": "default",
    }
    assert office.bench.stores.archive.get(original.key) == paper.read_bytes()
    assert waiting(office) == []
    row = office.find(identity)
    assert (row.status, row.stage, row.filename) == (Status.RECEIVED, "inspect", "tờ giấy.jpg")
    rebuilt = arrival_from_metadata(identity, original, "image/jpeg")
    assert (rebuilt.unit, rebuilt.dossier, rebuilt.component, rebuilt.filename, rebuilt.sha256, rebuilt.size) == (
        row.unit, row.dossier, row.component, row.filename, row.sha256, row.size,
    )  # fmt: skip


def test_the_same_drop_twice_is_one_document(office: Office, paper: Path) -> None:
    first = office.receive(paper)
    again = office.receive(paper, filename="another name.jpg")
    assert first == again
    assert office.archived_versions(first) == ["original.jpg"]
    assert [event.kind for event in office.bench.catalogue.events(first)] == ["duplicate", "received"]


def test_the_same_paper_for_another_dossier_is_another_document(office: Office, paper: Path) -> None:
    assert office.receive(paper) != office.receive(paper, dossier="H99.01-261122-0002")
    assert office.receive(paper) != office.receive(paper, unit="H99.02")


def test_a_key_written_over_before_acceptance_gives_both_documents(office: Office, paper: Path, tmp_path: Path) -> None:
    other = tmp_path / paper.name
    other.write_bytes(paper.read_bytes() + b"\0")
    identities = {office.drop(paper), office.drop(other)}
    assert len(identities) == 2
    assert office.accept() == 2
    assert {row.document_id for row in office.bench.catalogue.documents()} == identities
    assert waiting(office) == []


def test_exactly_the_version_that_was_read_is_deleted(
    office: Office, paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / paper.name
    other.write_bytes(paper.read_bytes() + b"\0")
    office.drop(paper)
    register = office.bench.catalogue.register

    def write_over_then_register(arrival: object) -> bool:
        monkeypatch.setattr(office.bench.catalogue, "register", register)
        office.drop(other)  # while the first is being accepted
        return register(arrival)  # type: ignore[arg-type]

    monkeypatch.setattr(office.bench.catalogue, "register", write_over_then_register)
    assert office.accept() == 1
    assert len(waiting(office)) == 1
    assert office.accept() == 1
    assert len(office.bench.catalogue.documents()) == 2


def _cut_before(patch: pytest.MonkeyPatch, owner: object, name: str) -> None:
    def cut(*_: object, **__: object) -> None:
        raise CutError

    patch.setattr(owner, name, cut)


CUTS: dict[str, Callable[[Office, pytest.MonkeyPatch], None]] = {
    "storing the original": lambda office, patch: _cut_before(patch, office.bench.stores.archive, "put"),
    "registering": lambda office, patch: _cut_before(patch, office.bench.catalogue, "register"),
    "telling the station": lambda _, patch: _cut_before(patch, intake_module, "write_status"),
    "emptying the inbox": lambda office, patch: _cut_before(patch, office.bench.stores.inbox, "delete"),
}


@pytest.mark.parametrize("step", CUTS)
def test_cut_off_before_any_step_it_is_done_again_harmlessly(
    office: Office, paper: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity = office.drop(paper)
    with monkeypatch.context() as patch:
        CUTS[step](office, patch)
        with pytest.raises(CutError):
            office.accept()
    assert len(waiting(office)) == 1
    assert office.accept() == 1
    assert waiting(office) == []
    assert office.archived_versions(identity) == ["original.jpg"]
    assert office.find(identity).status == Status.RECEIVED
    assert office.status(identity)["status"] == "received"
    assert [event.kind for event in office.bench.catalogue.events(identity)].count("received") == 1


@pytest.mark.parametrize(
    ("key", "vi", "en"),
    [
        (f"{UNIT}/only-a-file.pdf", "thiếu hồ sơ và thành phần", "dossier and component are missing"),
        (f"{UNIT}/{DOSSIER}/scan.pdf", "thiếu hồ sơ hoặc thành phần", "the dossier or the component is missing"),
        (f"{UNIT}/{DOSSIER}/{COMPONENT}/d/e/scan.pdf", "thừa 2 thư mục", "2 folder(s) too many"),
        (f"{UNIT}/H99..01/{COMPONENT}/scan.pdf", "hồ sơ trống hoặc", "the dossier cannot be used"),
        (f"{UNIT}/hồ sơ/thành phần/scan.pdf", "hồ sơ, thành phần trống", "the dossier, the component cannot be used"),
        (f"{UNIT}/{DOSSIER}/{COMPONENT}/two\nlines.pdf", "tên tệp trống hoặc", "the file name cannot be used"),
    ],
)
def test_a_broken_key_is_held_and_its_station_told_which_part(office: Office, key: str, vi: str, en: str) -> None:
    put_raw(office, key, b"%PDF-1.7 " + key.encode())
    assert office.accept() == 1
    assert waiting(office) == []
    (row,) = office.bench.catalogue.documents()
    assert (row.status, row.error_code, row.unit, row.dossier) == ("quarantined", "inbox_key_invalid", UNIT, None)
    assert office.archived(row.document_id) == ["original.pdf"]
    status = office.status(row.document_id)
    assert (status["status"], status["problem"]["code"]) == ("quarantined", "inbox_key_invalid")
    assert vi in status["problem"]["vi"]
    assert en in status["problem"]["en"]
    assert "đơn vị/hồ sơ/thành phần/tệp" in status["problem"]["vi"]
    assert "unit/dossier/component/file" in status["problem"]["en"]


def test_a_broken_key_stays_held_where_intake_was_cut_off_before_holding_it(
    office: Office, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_raw(office, f"{UNIT}/{DOSSIER}/scan.jpg", paper.read_bytes())
    with monkeypatch.context() as patch:
        _cut_before(patch, office.bench.catalogue, "claim")
        with pytest.raises(CutError):
            office.accept()
    (row,) = office.bench.catalogue.documents()
    after = office.work(row.document_id)  # a worker is quicker than the next round of intake
    assert (after.status, after.error_code) == ("quarantined", "inbox_key_invalid")
    assert office.archived(row.document_id) == ["original.jpg"]


def test_a_file_over_the_limit_is_rejected_and_its_original_kept(office: Office, tmp_path: Path) -> None:
    large = tmp_path / "large.pdf"
    large.write_bytes(b"%PDF-1.7\n" + bytes(1 << 20))
    identity = office.drop(large)
    small = office.config.model_copy(update={"limits": Limits(max_input_mib=1)})
    assert Intake(small, office.bench.catalogue, office.bench.stores).run_once() == 1
    row = office.find(identity)
    assert (row.status, row.error_code) == (Status.REJECTED, "input_too_large")
    assert office.archived(identity) == ["original.pdf"]
    assert "1 MiB" in office.status(identity)["problem"]["vi"]


def test_one_bad_object_does_not_stop_the_rest(office: Office, paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bad, good = office.drop(paper, dossier="H99.01-261122-0001"), office.drop(paper, dossier="H99.01-261122-0002")
    put = office.bench.stores.archive.put

    def fail_for_one(key: str, *arguments: object, **options: object) -> bool:
        if bad in key:
            raise StorageUnavailableError
        return put(key, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(office.bench.stores.archive, "put", fail_for_one)
    assert office.accept() == 1
    assert [row.document_id for row in office.bench.catalogue.documents()] == [good]
    assert len(waiting(office)) == 1


def test_one_that_does_not_fit_into_the_temporary_folder_stays_and_the_rest_is_taken(
    office: Office, paper: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    large, small = office.drop(paper, dossier="H99.01-261122-0001"), office.drop(paper, dossier="H99.01-261122-0002")
    download = office.bench.stores.inbox.download

    def fill_up(key: str, *arguments: object, **options: object) -> StoredObject:
        if "0001" in key:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return download(key, *arguments, **options)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(office.bench.stores.inbox, "download", fill_up)
        assert office.accept() == 1
    assert "out of disk space" in caplog.text
    assert [row.document_id for row in office.bench.catalogue.documents()] == [small]
    assert office.accept() == 1  # there is room again
    assert office.find(large).status == Status.RECEIVED


@pytest.mark.parametrize(
    ("wish", "priority"),
    [("urgent", "urgent"), ("bulk", "bulk"), ("default", "default"), ("at once!", "default"), (None, "default")],
)
def test_the_station_says_how_urgent_it_is(office: Office, paper: Path, wish: str | None, priority: str) -> None:
    identity = office.receive(paper, metadata={"priority": wish} if wish else None)
    assert office.find(identity).priority == priority


def test_a_result_of_the_procedure_is_told_by_its_component(office: Office, paper: Path) -> None:
    assert office.find(office.receive(paper, component="KQ1")).role == "result"
    assert office.find(office.receive(paper, component="TP01")).role == "component"


def test_the_log_names_documents_only(office: Office, paper: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        identity = office.receive(paper, filename="Nông Minh Khuê 004319990127.jpg")
        put_raw(office, f"{UNIT}/Nông Minh Khuê.jpg", b"no scan")
        office.accept()
    own = [
        record.getMessage() for record in caplog.records if record.name.startswith(("workers", "storage", "digitize"))
    ]
    assert any(identity in line for line in own)
    assert not [line for line in own if "Khuê" in line or "004319990127" in line or ".jpg" in line]


def test_what_an_empty_file_is_called_is_left_to_the_worker(office: Office, tmp_path: Path) -> None:
    empty = tmp_path / "empty.pdf"
    empty.write_bytes(b"")
    identity = office.receive(empty)
    assert office.archived(identity) == ["original.bin"]
    row = office.work(identity)
    assert (row.status, row.error_code) == (Status.REJECTED, "input_empty")
    assert replace(row, record=None).media_type == "application/octet-stream"
