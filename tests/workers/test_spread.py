"""A document of many pages: recognized range by range by whoever is free, and joined once, in order."""

from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from digitize.errors import DigitizeError, LeaseLostError, RecognizerError, StorageUnavailableError
from digitize.model import Status
from digitize.recognition.api import Recognized, RecognizedPage
from storage.api import AttemptStage, Lease, Reject
from storage.keys import page_key, pages_prefix
from tests.faults.deaths import start_child, wait_for_child
from tests.papers import write_numbered_pdf
from tests.workers.office import Office
from tests.workers.test_jobs import fail_at
from workers.accepted import blank_record, refuse
from workers.desk import ArchiveDesk, page_ranges

SPREAD_FROM = 17
MINUTE = timedelta(minutes=1)
PUBLICATION = ["original.pdf", "record.json", "record.json.p7s", "signed.pdf"]


@pytest.fixture(scope="session")
def thick(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_numbered_pdf(tmp_path_factory.mktemp("thick") / "tap ho so.pdf", SPREAD_FROM)


def count(office: Office, identity: str, kind: str) -> int:
    return [event.kind for event in office.bench.catalogue.events(identity)].count(kind)


def texts(office: Office, identity: str) -> list[str]:
    return [page.text for page in office.record(identity).pages]


def numbered(pages: int) -> list[str]:
    return [f"TỜ SỐ {number} CỦA TẬP HỒ SƠ" for number in range(1, pages + 1)]


@pytest.mark.parametrize("pages", [SPREAD_FROM, 24, 25, 40, 500, 1_000])
def test_ranges_are_alike_and_leave_no_page_out(pages: int) -> None:
    ranges = page_ranges(pages)
    assert (ranges[0].first, ranges[-1].last) == (1, pages)
    assert all(before.last + 1 == after.first for before, after in pairwise(ranges))
    lengths = [part.last - part.first + 1 for part in ranges]
    assert max(lengths) <= 8
    assert max(lengths) - min(lengths) <= 1


def test_forty_pages_are_recognized_by_two_workers_and_joined_in_order(office: Office, tmp_path: Path) -> None:
    identity = office.receive(write_numbered_pdf(tmp_path / "forty.pdf", 40))
    assert office.work(identity).stage == "inspect"
    assert count(office, identity, "spread") == 1

    workers = [start_child(office, identity, stage="recognize") for _ in range(2)]
    assert [wait_for_child(worker) for worker in workers] == [0, 0]
    recognized = [event.actor for event in office.bench.catalogue.events(identity) if event.kind == "recognized"]
    assert len(recognized) == 5
    assert len(set(recognized)) == 2
    assert count(office, identity, "joined") == 1
    assert [(due.stage, due.first_page) for due in office.bench.catalogue.due(10)] == [("extract", 0)]
    assert office.work(identity, "extract").status == Status.PUBLISHED
    assert texts(office, identity) == numbered(40)
    assert office.archived_versions(identity) == PUBLICATION
    assert office.verify(identity, tmp_path / "out").verdict == "TOTAL-PASSED"


def test_a_worker_goes_on_with_the_next_range_only_where_nobody_else_waits(
    office: Office, thick: Path, paper: Path
) -> None:
    identity = office.receive(thick)
    office.work(identity)
    other = office.receive(paper, unit="H99.02", dossier="H99.02-261122-0001")
    office.work(identity, "recognize")
    assert count(office, identity, "recognized") == 1
    assert [due.document_id for due in office.bench.catalogue.due(2)] == [identity, other]
    office.work(other)
    office.work(identity, "recognize")
    assert (count(office, identity, "recognized"), count(office, identity, "joined")) == (3, 1)


def test_a_document_of_few_pages_stays_with_one_worker(office: Office, thick: Path) -> None:
    desk = desk_of(office, office.receive(thick), "inspect")
    assert not desk.spread(SPREAD_FROM - 1)
    assert office.bench.catalogue.due(10) == []
    assert desk.spread(SPREAD_FROM)
    assert len(office.bench.catalogue.due(10)) == 3


def test_pages_that_expired_after_the_join_are_recognized_again(office: Office, thick: Path) -> None:
    identity = office.receive(thick)
    office.work(identity)
    office.work(identity, "recognize")
    office.bench.stores.work.delete(page_key(identity, 9, "json"))
    assert office.work(identity, "extract").status == Status.PUBLISHED
    assert texts(office, identity) == numbered(SPREAD_FROM)
    assert (count(office, identity, "spread"), count(office, identity, "joined")) == (1, 1)


def test_one_damaged_page_rejects_the_document_whole(office: Office, tmp_path: Path) -> None:
    identity = office.receive(write_numbered_pdf(tmp_path / "damaged.pdf", SPREAD_FROM, cut=2))
    assert office.work(identity).status == Status.PROCESSING
    row = office.work(identity, "recognize")
    assert (row.status, row.error_code) == (Status.REJECTED, "input_damaged")
    assert row.record is not None
    assert row.record.problem is not None
    status = office.status(identity)
    assert (status["status"], status["problem"]) == ("rejected", row.record.problem.model_dump(mode="json"))
    assert office.bench.catalogue.due(10) == []
    office.work(identity, "recognize")
    assert office.outcomes(identity) == [("inspect", "advance", None), ("recognize", "reject", "input_damaged")]


@pytest.mark.parametrize(
    ("error", "end"), [(RecognizerError(page=1), "quarantine"), (StorageUnavailableError(), "retry")]
)
def test_each_range_has_its_own_attempts(
    office: Office, thick: Path, error: DigitizeError, end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity = office.receive(thick)
    office.work(identity)
    fail_at(monkeypatch, "recognize", error)
    for _ in range(3):  # the first failure of each range
        office.work(identity, "recognize")
    assert office.find(identity).status == Status.PROCESSING
    assert office.bench.catalogue.due(10) == []
    for _ in range(2):
        office.clock.advance(600)
        office.work(identity, "recognize")  # the first range, as it comes first
    assert office.outcomes(identity)[-1] == ("recognize", end, error.code)
    assert office.find(identity).status == ("quarantined" if end == "quarantine" else "processing")


def test_a_range_that_always_kills_its_worker_holds_the_document_in_the_end(office: Office, thick: Path) -> None:
    identity = office.receive(thick)
    office.work(identity)
    for _ in range(office.config.workers.max_attempts):
        with office.another_worker() as other:  # claims, and is never heard of again
            claimed = other.bench.catalogue.claim(identity, "recognize", "gone", 0 * MINUTE)
        assert claimed is not None
        assert claimed.pages == page_ranges(SPREAD_FROM)[0]
        office.clock.advance(office.config.workers.lease_s)
    row = office.work(identity, "recognize")
    assert (row.status, row.error_code) == ("quarantined", "document_killed_worker")
    assert office.status(identity)["problem"]["code"] == "document_killed_worker"


def test_who_recognizes_pages_of_a_document_that_has_ended_stops_at_the_next_page(office: Office, thick: Path) -> None:
    identity = office.receive(thick)
    assert desk_of(office, identity, "inspect").spread(SPREAD_FROM)
    desk = desk_of(office, identity, "recognize")
    rejected = refuse(blank_record(office.find(identity)), Status.REJECTED, RecognizerError(page=9).problem())
    other = office.bench.catalogue.claim(identity, "recognize", "other", MINUTE)
    assert other is not None
    office.bench.catalogue.settle(other, Reject(rejected))
    desk.renew(MINUTE)
    with pytest.raises(LeaseLostError):
        desk.keep_page(Recognized(RecognizedPage(1, 874, 620, 150, ())))
    assert list(office.bench.stores.work.list(pages_prefix(identity))) == []


def desk_of(office: Office, identity: str, stage: AttemptStage) -> ArchiveDesk:
    bench = office.bench
    lease = bench.catalogue.claim(identity, stage, "me", MINUTE)
    assert isinstance(lease, Lease)
    return ArchiveDesk(lease, office.find(identity), bench.catalogue, bench.stores, bench.tools, Path("/nonexistent"))
