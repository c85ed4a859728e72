"""How attempts end: retried, rejected, quarantined, and never with a word of the paper in a log."""

import errno
import logging
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from rq import Worker

from digitize.config import Limits
from digitize.errors import (
    ConfigError,
    DigitizeError,
    InternalError,
    NotFoundError,
    NotPermittedError,
    RecognizerError,
    StorageUnavailableError,
)
from digitize.model import Status
from tests.catalogue_keys import put_key
from tests.papers import draw_page, write_jpeg, write_scanned_pdf
from tests.workers.office import Office
from workers import jobs
from workers.desk import ArchiveDesk
from workers.jobs import worker_name
from workers.processes import run_worker

NAME = "NÔNG MINH KHUÊ"


def fail_at(patch: pytest.MonkeyPatch, stage: str, error: Exception) -> None:
    begin = ArchiveDesk.begin

    def fall(self: ArchiveDesk, name: str) -> None:
        if name == stage:
            raise error
        begin(self, name)

    patch.setattr(ArchiveDesk, "begin", fall)


def test_a_failing_part_is_tried_again_after_growing_delays_then_held(
    office: Office, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity = office.receive(paper)
    errors: list[DigitizeError] = [InternalError(kind="KeyError"), RecognizerError(page=1), RecognizerError(page=1)]
    for error, delay_s in zip(errors[:2], (5, 20), strict=True):
        with monkeypatch.context() as patch:
            fail_at(patch, "inspect", error)
            row = office.work(identity)
        assert (row.status, row.error_code) == ("processing", error.code)
        assert office.status(identity)["status"] == "processing"
        office.clock.advance(delay_s - 1)
        assert office.bench.catalogue.due(10) == []
        office.clock.advance(1)
        assert [due.document_id for due in office.bench.catalogue.due(10)] == [identity]
    with monkeypatch.context() as patch:
        fail_at(patch, "inspect", errors[2])
        row = office.work(identity)
    assert (row.status, row.error_code) == ("quarantined", "recognizer_failed")
    assert office.outcomes(identity) == [
        ("inspect", "retry", "internal_error"),
        ("inspect", "retry", "recognizer_failed"),
        ("inspect", "quarantine", "recognizer_failed"),
    ]
    assert office.status(identity)["problem"]["code"] == "recognizer_failed"
    assert office.bench.catalogue.due(10) == []


def test_a_document_outlasts_a_store_that_is_away_for_long(
    office: Office, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity = office.receive(paper)
    with monkeypatch.context() as patch:
        fail_at(patch, "inspect", StorageUnavailableError())
        for _ in range(3 * office.config.workers.max_attempts):
            assert office.work(identity).status == Status.PROCESSING
            office.clock.advance(600)
            assert [due.document_id for due in office.bench.catalogue.due(10)] == [identity]
    assert office.work(identity).status == Status.PUBLISHED


@pytest.mark.parametrize(
    "error", [NotPermittedError(), ConfigError(detail="signing.pkcs11_pin_file cannot be read"), NotFoundError()]
)
def test_a_document_outlasts_wrong_keys_and_a_wrong_configuration(
    office: Office, paper: Path, monkeypatch: pytest.MonkeyPatch, error: DigitizeError
) -> None:
    identity = office.receive(paper)
    with monkeypatch.context() as patch:
        fail_at(patch, "sign", error)
        row = office.work(identity)
        assert (row.status, row.stage, row.error_code) == ("processing", "assemble", error.code)
        for _ in range(2 * office.config.workers.max_attempts):
            office.clock.advance(600)
            assert office.work(identity, "assemble").status == Status.PROCESSING
        office.clock.advance(599)  # no worker is kept busy by it
        assert office.bench.catalogue.due(10) == []
        office.clock.advance(1)
    assert office.work(identity, "assemble").status == Status.PUBLISHED


@pytest.mark.parametrize(
    ("number", "code", "end"),
    [(errno.EROFS, "file_inaccessible", "processing"), (errno.ENOMEM, "internal_error", "quarantined")],
)
def test_a_disk_holds_no_document_and_a_document_that_takes_all_memory_is_held(
    office: Office, paper: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str, end: str
) -> None:
    identity = office.receive(paper)
    fail_at(monkeypatch, "inspect", OSError(number, os.strerror(number)))
    for _ in range(office.config.workers.max_attempts):
        row = office.work(identity)
        office.clock.advance(600)
    assert (row.status, row.error_code) == (end, code)


def test_a_document_sent_back_from_quarantine_has_all_its_attempts_anew_and_nothing_left_of_the_problem(
    office: Office, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity, most = office.receive(paper), office.config.workers.max_attempts
    with monkeypatch.context() as patch:
        fail_at(patch, "assemble", InternalError(kind="KeyError"))
        for stage in ("inspect", *["assemble"] * (most - 1)):
            row = office.work(identity, stage)  # type: ignore[arg-type]
            office.clock.advance(600)
        assert (row.status, row.stage) == ("quarantined", "assemble")
        office.bench.catalogue.resume(identity, "cli")
        for _ in range(most - 1):
            assert office.work(identity, "assemble").status == Status.PROCESSING
            office.clock.advance(600)
        assert office.work(identity, "assemble").status == Status.QUARANTINED
    office.clock.advance(1)
    office.bench.catalogue.resume(identity, "cli")
    row = office.work(identity, "assemble")
    assert row.record is not None
    assert (row.status, row.record.problem, office.record(identity).problem) == ("published", None, None)
    assert "problem" not in office.status(identity) or office.status(identity)["problem"] is None


def test_each_stage_has_its_own_attempts(office: Office, paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    identity = office.receive(paper)
    for stage in ("inspect", "inspect", "assemble"):
        with monkeypatch.context() as patch:
            fail_at(patch, stage, StorageUnavailableError())
            row = office.work(identity)
        office.clock.advance(60)
    assert (row.status, row.stage, row.attempts) == ("processing", "assemble", 1)
    assert office.work(identity, "assemble").status == Status.PUBLISHED


def test_a_document_held_late_keeps_what_was_read(office: Office, paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    identity = office.receive(paper)
    one_attempt = office.config.workers.model_copy(update={"max_attempts": 1})
    object.__setattr__(office.config, "workers", one_attempt)
    fail_at(monkeypatch, "assemble", InternalError(kind="KeyError"))
    row = office.work(identity)
    assert row.status == Status.QUARANTINED
    assert row.record is not None
    assert "CỘNG" in row.record.pages[0].text


def empty(folder: Path) -> Path:
    path = folder / "empty.pdf"
    path.write_bytes(b"")
    return path


def text(folder: Path) -> Path:
    path = folder / "text.pdf"
    path.write_text("Đây không phải là PDF.", "utf-8")
    return path


def encrypted(folder: Path) -> Path:
    path = write_scanned_pdf(folder / "open.pdf")
    with pikepdf.open(path) as pdf:
        pdf.save(folder / "locked.pdf", encryption=pikepdf.Encryption(owner="a", user="b"))
    return folder / "locked.pdf"


def truncated(folder: Path) -> Path:
    path = write_jpeg(folder / "cut.jpg")
    path.write_bytes(path.read_bytes()[:-9_000])
    return path


def blank(folder: Path) -> Path:
    return write_jpeg(folder / "blank.jpg", Image.new("RGB", (874, 1240), "white"))


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (empty, "input_empty"),
        (text, "input_unsupported"),
        (encrypted, "input_encrypted"),
        (truncated, "input_damaged"),
        (blank, "input_unreadable"),
    ],
)
def test_a_wrong_input_is_rejected_with_advice(
    office: Office, make: Callable[[Path], Path], code: str, tmp_path: Path
) -> None:
    path = make(tmp_path)
    identity = office.receive(path)
    row = office.work(identity)
    assert (row.status, row.error_code) == (Status.REJECTED, code)
    assert row.record is not None
    assert row.record.problem is not None
    assert row.record.problem.code == code
    status = office.status(identity)
    assert (status["status"], status["problem"]) == ("rejected", row.record.problem.model_dump(mode="json"))
    (original,) = office.archived(identity)
    assert office.bench.stores.archive.get(f"{identity[:2]}/{identity}/{original}") == path.read_bytes()
    assert office.bench.catalogue.due(10) == []


def test_an_unexpected_error_says_what_kind_it_is_and_nothing_of_the_paper(
    office: Office, paper: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    identity = office.receive(paper, filename=f"{NAME}.jpg")
    with caplog.at_level(logging.DEBUG):
        for _ in range(3):
            with monkeypatch.context() as patch:
                fail_at(patch, "extract", KeyError(NAME))
                row = office.work(identity, office.find(identity).stage)
            office.clock.advance(600)
    assert (row.status, row.error_code) == ("quarantined", "internal_error")
    assert row.record is not None
    assert row.record.problem == InternalError(kind="KeyError").problem()
    own = [record for record in caplog.records if record.name.startswith(("workers", "storage", "digitize"))]
    assert any("KeyError" in record.getMessage() for record in own)
    assert not [record for record in own if NAME in logging.Formatter().format(record)]
    events = office.bench.catalogue.events(identity)
    assert not [event for event in events if NAME in str(event.data)]


def test_running_out_of_memory_is_the_documents_matter(
    office: Office, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity = office.receive(paper)
    fail_at(monkeypatch, "recognize", MemoryError())
    assert office.work(identity).error_code == "document_killed_worker"


def test_a_document_that_always_kills_its_worker_is_held_in_the_end(office: Office, paper: Path) -> None:
    identity = office.receive(paper)
    lease = office.config.workers.lease_s
    for _ in range(office.config.workers.max_attempts):
        with office.another_worker() as other:  # claims, and is never heard of again
            claimed = other.bench.catalogue.claim(identity, "inspect", "gone", office.clock.ahead.resolution * 0)
        assert claimed is not None
        office.clock.advance(lease)
    row = office.work(identity)
    assert (row.status, row.error_code) == ("quarantined", "document_killed_worker")
    assert [outcome for _, outcome, _ in office.outcomes(identity)] == ["lost", "lost", "lost", "quarantine"]


def test_what_is_not_due_is_left_alone(office: Office, paper: Path) -> None:
    identity = office.receive(paper)
    assert office.work(identity, "assemble").status == Status.RECEIVED
    assert office.outcomes(identity) == []


def test_a_pixel_bomb_is_quarantined_before_it_is_decoded(office: Office, tmp_path: Path) -> None:
    path = write_jpeg(tmp_path / "wide.jpg", draw_page(size=(1_500, 1_000)))
    identity = office.receive(path)
    object.__setattr__(office.config, "limits", Limits(max_page_megapixels=1))
    row = office.work(identity)
    assert (row.status, row.error_code) == ("quarantined", "input_bomb")


def test_a_stack_that_is_stopped_again_and_again_holds_no_document(
    office: Office, paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """RQ's worker, told a second time to stop, kills the process of its job and ends with SystemExit."""
    identity = office.receive(paper)
    storage = office.config.storage.model_copy(update={"database_url": office.database})
    config = office.config.model_copy(update={"storage": storage, "data_dir": tmp_path})
    put_key(config)

    def stop_cold(self: Worker, **_: object) -> None:
        self._horse_pid = 4_000_000
        lease = timedelta(hours=1)
        assert office.bench.catalogue.claim(identity, "inspect", worker_name(self._horse_pid), lease) is not None
        raise SystemExit

    monkeypatch.setattr(Worker, "work", stop_cold)
    monkeypatch.setattr(jobs, "tools", lambda: None)
    for _ in range(config.workers.max_attempts):
        with pytest.raises(SystemExit):
            run_worker(config)
        office.clock.advance(1)
        assert [due.document_id for due in office.bench.catalogue.due(10)] == [identity]
    assert office.work(identity).status == Status.PUBLISHED
    assert [outcome for _, outcome, _ in office.outcomes(identity)][:3] == ["retry"] * 3
