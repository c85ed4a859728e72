"""kill -9 wherever a document may be: published once in the end, nothing lost, everything verifiable."""

import os
import signal
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from storage.api import AttemptStage
from storage.catalogue import open_catalogue
from tests.catalogue_keys import put_key
from tests.e2e.stack import wait_until
from tests.faults.deaths import STAGES, WRITES, die_after_writing, die_at, start_child, wait_for_child, work_in_child
from tests.papers import write_numbered_pdf
from tests.servers import HANGS_AFTER_S
from tests.workers.office import Office
from workers import jobs
from workers.dispatcher import Dispatcher
from workers.processes import open_redis, run_worker
from workers.reconciler import reconcile
from workers.statuses import put_statuses_right

DEATHS: dict[str, Callable[[Office], None]] = {
    **{f"as {stage} begins": die_at(stage) for stage in STAGES},
    **{f"after writing {name}": die_after_writing(name) for name in WRITES},
}


@pytest.mark.parametrize("death", DEATHS)
def test_a_document_survives_the_death_of_its_worker(office: Office, paper: Path, death: str, tmp_path: Path) -> None:
    identity = office.receive(paper)
    assert work_in_child(office, identity, DEATHS[death]) == -signal.SIGKILL
    assert office.find(identity).status == "processing"
    assert office.bench.catalogue.due(10) == []  # nobody else may begin while the lease runs
    office.clock.advance(office.config.workers.lease_s)
    assert [due.document_id for due in office.bench.catalogue.due(10)] == [identity]
    office.work(identity, office.find(identity).stage)
    office.assert_published_once(identity, tmp_path / "out")
    assert [outcome for _, outcome, _ in office.outcomes(identity)].count("lost") == 1
    assert reconcile(office.bench.catalogue, office.bench.stores, office.config).is_whole


def test_a_worker_that_dies_before_it_told_the_station(office: Office, paper: Path, tmp_path: Path) -> None:
    identity = office.receive(paper)
    assert work_in_child(office, identity, die_at("told")) == -signal.SIGKILL
    assert office.status(identity)["status"] == "received"
    bench = office.bench
    assert put_statuses_right(bench.catalogue, bench.stores.inbox, None) == 1
    office.assert_published_once(identity, tmp_path / "out")


def test_a_worker_told_twice_to_stop_gives_back_what_it_had_in_hand(
    office: Office, paper: Path, tmp_path: Path
) -> None:
    """As the supervisor stops it: the job gets its time, then is dropped, and is due with no lease to wait for."""
    identity = office.receive(paper)
    storage = office.config.storage.model_copy(update={"database_url": office.database})
    config = office.config.model_copy(update={"storage": storage, "data_dir": tmp_path})
    put_key(config)
    with open_redis(config) as redis:
        redis.flushall()
        assert Dispatcher(config, office.bench.catalogue, redis).run_once() == 1

    def claim_and_hang(document_id: str, stage: AttemptStage) -> None:
        open_catalogue(config).claim(document_id, stage, jobs.worker_name(os.getpid()), timedelta(hours=1))
        time.sleep(HANGS_AFTER_S)

    child = os.fork()
    if child == 0:
        try:
            jobs.tools, jobs.work = lambda: None, claim_and_hang  # type: ignore[assignment]
            run_worker(config)
        finally:
            os._exit(0)
    assert wait_until(lambda: office.find(identity).leased, HANGS_AFTER_S)
    for _ in range(2):
        os.kill(child, signal.SIGTERM)
        time.sleep(1.2)  # RQ takes two within a second for one
    assert wait_for_child(child) == 0
    assert [due.document_id for due in office.bench.catalogue.due(10)] == [identity]
    assert office.outcomes(identity) == [("inspect", "retry", None)]


def test_one_document_survives_death_after_death(office: Office, paper: Path, tmp_path: Path) -> None:
    """Every stage is begun anew by a worker that dies in it; what was kept is never made again in vain."""
    identity = office.receive(paper)
    for stage in ("recognize", "extract", "assemble", "publish"):
        assert work_in_child(office, identity, die_at(stage)) == -signal.SIGKILL
        office.clock.advance(office.config.workers.lease_s)
    office.work(identity, office.find(identity).stage)
    office.assert_published_once(identity, tmp_path / "out")


def test_a_worker_that_dies_within_a_page_range_holds_nobody_up_and_its_pages_are_done_again(
    office: Office, tmp_path: Path
) -> None:
    identity = office.receive(write_numbered_pdf(tmp_path / "thick.pdf", 17))
    office.work(identity)
    dying = die_after_writing("page 0003.json")
    assert work_in_child(office, identity, dying, "recognize") == -signal.SIGKILL
    assert [due.first_page for due in office.bench.catalogue.due(10)] == [6, 12]  # only its own pages are leased
    office.work(identity, "recognize")
    assert office.bench.catalogue.due(10) == []
    office.clock.advance(office.config.workers.lease_s)
    assert [(due.first_page, due.attempt) for due in office.bench.catalogue.due(10)] == [(1, 1)]
    office.work(identity, "recognize")
    assert work_in_child(office, identity, die_at("assemble")) == -signal.SIGKILL
    office.clock.advance(office.config.workers.lease_s)
    assert office.work(identity, office.find(identity).stage).status == "published"
    assert [page.number for page in office.record(identity).pages] == list(range(1, 18))
    kinds = [event.kind for event in office.bench.catalogue.events(identity)]
    assert [kinds.count(kind) for kind in ("spread", "recognized", "joined", "published")] == [1, 3, 1, 1]
    assert [outcome for _, outcome, _ in office.outcomes(identity)].count("lost") == 2
    assert office.verify(identity, tmp_path / "out").verdict == "TOTAL-PASSED"
    assert reconcile(office.bench.catalogue, office.bench.stores, office.config).is_whole


def test_two_workers_on_one_document(office: Office, paper: Path, tmp_path: Path) -> None:
    identity = office.receive(paper)
    children = [start_child(office, identity) for _ in range(2)]
    assert [wait_for_child(child) for child in children] == [0, 0]
    office.assert_published_once(identity, tmp_path / "out")
    claimed = [event for event in office.bench.catalogue.events(identity) if event.kind == "claimed"]
    assert len(claimed) == 1
