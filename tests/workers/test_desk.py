"""What one attempt leaves behind for the next, and what it may not write."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from digitize.assembly.document import read_embedded_record
from digitize.errors import StorageUnavailableError
from digitize.model import SignatureRecord, Status
from storage.api import Lease
from storage.keys import pages_prefix, prepared_prefix, signed_key
from tests.workers.office import Office
from workers import pipeline
from workers.desk import ArchiveDesk


class RecognizedAgainError(AssertionError):
    """Raised where OCR runs although its pages are kept."""


def forbid_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise RecognizedAgainError

    monkeypatch.setattr(pipeline, "recognize_pages", refuse)


def fail_once_at(monkeypatch: pytest.MonkeyPatch, stage: str) -> Callable[[], None]:
    """The store falls silent as the stage begins; what is returned mends it."""
    begin = ArchiveDesk.begin

    def fall(self: ArchiveDesk, name: str) -> None:
        if name == stage:
            raise StorageUnavailableError
        begin(self, name)

    monkeypatch.setattr(ArchiveDesk, "begin", fall)
    return lambda: monkeypatch.setattr(ArchiveDesk, "begin", begin)


@pytest.mark.parametrize(("falls_at", "resumes_at"), [("extract", "extract"), ("assemble", "assemble")])
def test_a_document_resumes_behind_what_is_kept(
    office: Office, paper: Path, falls_at: str, resumes_at: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    identity = office.receive(paper)
    mend = fail_once_at(monkeypatch, falls_at)
    row = office.work(identity)
    assert (row.status, row.stage, row.error_code) == ("processing", resumes_at, "storage_unavailable")
    mend()
    forbid_recognition(monkeypatch)
    office.clock.advance(office.config.workers.retry_first_delay_s)
    office.work(identity, resumes_at)
    office.assert_published_once(identity, tmp_path / "out")


def test_pages_that_expired_are_recognized_again(
    office: Office, paper: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    identity = office.receive(paper)
    mend = fail_once_at(monkeypatch, "assemble")
    office.work(identity)
    mend()
    for kept in office.bench.stores.work.list(pages_prefix(identity)):
        office.bench.stores.work.delete(kept.key)
    office.clock.advance(office.config.workers.retry_first_delay_s)
    office.work(identity, "assemble")
    office.assert_published_once(identity, tmp_path / "out")


def test_a_page_is_kept_with_its_words_and_its_picture(office: Office, paper: Path) -> None:
    identity = office.receive(paper)
    office.work(identity)
    prefix = pages_prefix(identity)
    kept = [found.key.removeprefix(prefix) for found in office.bench.stores.work.list(prefix)]
    assert kept == ["0001.jpg", "0001.json"]


def prepared(office: Office, identity: str) -> list[str]:
    return [found.key for found in office.bench.stores.work.list(prepared_prefix(identity))]


def test_what_was_prepared_for_signing_is_deleted_with_the_publication_and_not_before(
    office: Office, paper: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    identity = office.receive(paper)
    with monkeypatch.context() as patch:
        cut_after(patch, office, "record.json")
        office.work(identity)
    assert len(prepared(office, identity)) == 2
    office.clock.advance(office.config.workers.retry_first_delay_s)
    office.work(identity, "assemble")
    office.assert_published_once(identity, tmp_path / "out")
    assert prepared(office, identity) == []


def test_a_paper_is_published_though_what_was_prepared_cannot_be_deleted(
    office: Office,
    paper: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    identity = office.receive(paper)

    def fail(*_: object, **__: object) -> None:
        raise StorageUnavailableError

    with monkeypatch.context() as patch:
        patch.setattr(office.bench.stores.work, "delete", fail)
        office.work(identity)
    office.assert_published_once(identity, tmp_path / "out")
    assert f"document {identity}: what was prepared for its seal is not deleted: storage_unavailable" in caplog.messages


def cut_after(monkeypatch: pytest.MonkeyPatch, office: Office, name: str) -> None:
    """The store falls silent once the named part of the publication is written."""
    put = office.bench.stores.archive.put

    def put_then_fall(key: str, *arguments: Any, **options: Any) -> bool:
        put(key, *arguments, **options)
        if key.endswith(name):
            raise StorageUnavailableError
        return True

    monkeypatch.setattr(office.bench.stores.archive, "put", put_then_fall)


@pytest.mark.parametrize("last_written", ["signed.pdf", "record.json", "record.json.p7s"])
def test_a_publication_begun_by_an_earlier_attempt_is_adopted(
    office: Office, paper: Path, last_written: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    identity = office.receive(paper)
    with monkeypatch.context() as patch:
        cut_after(patch, office, last_written)
        assert office.work(identity).status == Status.PROCESSING
    pdf = office.bench.stores.archive.get(signed_key(identity))
    office.clock.advance(office.config.workers.retry_first_delay_s)
    office.work(identity, "assemble")
    office.assert_published_once(identity, tmp_path / "out")
    assert office.bench.stores.archive.get(signed_key(identity)) == pdf
    # The record beside it describes this very PDF: its embedded record and its one signature.
    embedded = read_embedded_record(tmp_path / "out" / "signed.pdf")
    record = office.record(identity)
    assert embedded is not None
    assert record.model_copy(update={"signatures": ()}) == embedded
    verified = office.verify(identity, tmp_path / "out").signatures
    assert [_facts(one) for one in record.signatures] == [_facts(one) for one in verified]


def _facts(signature: SignatureRecord) -> tuple[object, ...]:
    return signature.field, signature.signer, signature.level, signature.signing_time, signature.verdict


def test_the_record_says_what_the_seal_is(office: Office, paper: Path) -> None:
    identity = office.receive(paper)
    office.work(identity)
    (signature,) = office.record(identity).signatures
    assert (signature.made_by, signature.level, signature.verdict) == ("digitize", "B-B", "TOTAL-PASSED")
    assert (signature.intact, signature.trusted, signature.covers) == (True, True, "whole_file")


# --- a lease that is lost ---------------------------------------------------------------------------------


def overtaken_at(monkeypatch: pytest.MonkeyPatch, office: Office, stage: str) -> list[str]:
    """As the stage begins, this worker stalls past its lease and another one does the whole document."""
    begin = ArchiveDesk.begin
    done: list[str] = []

    def stall(self: ArchiveDesk, name: str) -> None:
        begin(self, name)
        if name == stage and not done:
            done.append(name)
            office.clock.advance(office.config.workers.lease_s + 1)
            identity = self._row.document_id
            with office.another_worker() as other:
                other.work(identity, other.find(identity).stage)

    monkeypatch.setattr(ArchiveDesk, "begin", stall)
    return done


@pytest.mark.parametrize("stage", ["recognize", "assemble", "publish"])
def test_a_worker_that_was_overtaken_changes_nothing(
    office: Office, paper: Path, stage: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    identity = office.receive(paper)
    assert overtaken_at(monkeypatch, office, stage) == []
    office.work(identity)
    office.assert_published_once(identity, tmp_path / "out")
    assert [outcome for _, outcome, _ in office.outcomes(identity)].count("lost") == 1
    assert [outcome for _, outcome, _ in office.outcomes(identity)].count("publish") == 1


def test_a_heartbeat_that_finds_the_lease_lost_stops_the_run(
    office: Office, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity = office.receive(paper)
    begin = ArchiveDesk.begin
    begun: list[str] = []

    def lose(self: ArchiveDesk, name: str) -> None:
        if name == "recognize":
            office.clock.advance(office.config.workers.lease_s + 1)
            taken = office.bench.catalogue.claim(identity, "inspect", "another", timedelta(seconds=60))
            assert isinstance(taken, Lease)
            self.renew(timedelta(seconds=60))
        begin(self, name)
        begun.append(name)

    monkeypatch.setattr(ArchiveDesk, "begin", lose)
    row = office.work(identity)
    assert begun == ["inspect"]
    assert (row.status, row.leased, row.record) == ("processing", True, None)
    assert list(office.bench.stores.work.list(pages_prefix(identity))) == []
    assert office.archived(identity) == ["original.jpg"]


def test_a_heartbeat_keeps_a_long_document(office: Office, paper: Path) -> None:
    identity = office.receive(paper)
    lease = office.bench.catalogue.claim(identity, "inspect", "me", timedelta(seconds=60))
    assert lease is not None
    desk = _desk(office, lease)
    for _ in range(3):
        office.clock.advance(50)
        desk.renew(timedelta(seconds=60))
    assert office.find(identity).leased
    desk.begin("recognize")


def _desk(office: Office, lease: Lease) -> ArchiveDesk:
    bench = office.bench
    row = office.find(lease.document_id)
    return ArchiveDesk(lease, row, bench.catalogue, bench.stores, bench.tools, Path(os.devnull))
