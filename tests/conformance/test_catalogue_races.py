"""A Catalogue under many hands at once, on SQLite and on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from digitize.errors import LeaseLostError
from digitize.model import FieldRecord, Status
from storage import log
from storage.api import Advance, Hold, Publish, Retry
from storage.catalogue import SqlCatalogue
from storage.database import open_engine
from storage.log_api import Event
from storage.reuse_api import Revocation
from tests.catalogue_keys import KEY
from tests.conformance.conftest import MINUTE, Clock, Desk, at_once, record


def test_of_many_claims_one_gets_the_lease(desk: Desk) -> None:
    for _ in range(5):
        identity = desk.receive()
        leases = at_once(
            8, lambda number, one=identity: desk.catalogue.claim(one, "inspect", f"worker-{number}", MINUTE)
        )
        assert len([lease for lease in leases if lease is not None]) == 1
        assert len(desk.catalogue.attempts(identity)) == 1
    assert desk.catalogue.verify_log() is None


def test_of_many_claims_on_a_lost_lease_one_gets_it(desk: Desk) -> None:
    identity = desk.receive()
    stale = desk.claim(identity)
    desk.clock.advance(MINUTE)
    leases = at_once(8, lambda number: desk.catalogue.claim(identity, "inspect", f"worker-{number}", MINUTE))
    won = [lease for lease in leases if lease is not None]
    assert [lease.attempt for lease in won] == [2]
    assert won[0].fence > stale.fence
    assert [attempt.outcome for attempt in desk.catalogue.attempts(identity)] == ["lost", None]


def test_a_stale_settlement_and_a_claim_never_both_win(desk: Desk) -> None:
    for _ in range(5):
        identity = desk.receive()
        stale = desk.claim(identity)
        desk.clock.advance(MINUTE)

        def act(number: int, identity: str = identity, stale: object = stale) -> bool:
            if number % 2:
                return desk.catalogue.claim(identity, "inspect", f"worker-{number}", MINUTE) is not None
            try:
                desk.catalogue.settle(stale, Publish(record(identity)))  # type: ignore[arg-type]
            except LeaseLostError:
                return False
            return True

        assert at_once(6, act).count(True) == 1
        row = desk.catalogue.find(identity)
        assert row is not None
        assert (row.status is Status.PUBLISHED) != row.leased


def test_of_many_equal_arrivals_one_is_registered(desk: Desk) -> None:
    arrival = desk.arrival(1)
    assert sorted(at_once(8, lambda _: desk.catalogue.register(arrival))) == [False] * 7 + [True]
    kinds = [event.kind for event in desk.catalogue.events()]
    assert sorted(kinds) == ["duplicate"] * 7 + ["received"]


def test_the_log_holds_under_many_writers(desk: Desk) -> None:
    def write(number: int) -> list[int]:
        return [desk.catalogue.log(f"client-{number}", "access.lookup").sequence for _ in range(12)]

    sequences = [sequence for written in at_once(8, write) for sequence in written]
    assert sorted(sequences) == list(range(1, 8 * 12 + 1))
    assert desk.catalogue.verify_log() is None


def test_many_documents_pass_through_many_workers(desk: Desk) -> None:
    identities = [desk.receive(f"H99.0{number % 3}") for number in range(12)]

    def work(number: int) -> int:
        done = 0
        while due := desk.catalogue.due(len(identities)):
            for one in due:
                lease = desk.catalogue.claim(one.document_id, one.stage, f"worker-{number}", MINUTE)
                if lease is None:
                    continue
                if lease.attempt == 1:
                    desk.catalogue.settle(lease, Retry("internal_error", desk.clock.now))
                    continue
                desk.catalogue.settle(lease, Advance("assemble", record(one.document_id)))
                desk.catalogue.settle(lease, Publish(record(one.document_id)))
                done += 1
        return done

    assert sum(at_once(6, work)) == len(identities)
    assert len(desk.papers_of("001090000001")) == len(identities)
    for identity in identities:
        assert [one.outcome for one in desk.catalogue.attempts(identity)] == ["retry", "advance", "publish"]
    assert desk.catalogue.verify_log() is None


def test_two_reviewers_lose_no_word_of_each_other(desk: Desk) -> None:
    identity = desk.receive()
    names = tuple(f"field_{number}" for number in range(6))
    desk.catalogue.settle(desk.claim(identity), Hold(record(identity), names))

    def correct(number: int) -> None:
        said = FieldRecord(value=str(number), text=None, confidence=1.0, state="corrected")
        desk.catalogue.correct(identity, {names[number]: said}, f"client-{number}")

    at_once(6, correct)
    row = desk.catalogue.find(identity)
    assert row is not None
    assert row.record is not None
    assert [row.record.fields[name].value for name in names] == ["0", "1", "2", "3", "4", "5"]
    assert (row.status, row.stage) == (Status.PROCESSING, "assemble")


@pytest.mark.parametrize("units", [frozenset[str](), frozenset({"H99.01"})])
def test_readers_are_not_kept_waiting_by_writers(desk: Desk, units: frozenset[str]) -> None:
    for _ in range(4):
        desk.receive()

    def act(number: int) -> int:
        if number == 0:
            return sum(desk.catalogue.log("client", "access.lookup").sequence > 0 for _ in range(20))
        return sum(len(desk.catalogue.documents(units=units)) for _ in range(20))

    assert at_once(4, act) == [20, 80, 80, 80]


def test_a_paper_is_given_out_while_it_is_changed(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever changes it has its row and will want the log's head; who gives it out has the head and names the paper.
    SQLite lets one write at a time.
    """
    engine = open_engine(postgresql_url)
    desk = Desk(SqlCatalogue(engine, KEY, Clock()), Clock())
    identity = desk.receive()
    desk.catalogue.settle(desk.claim(identity), Publish(record(identity)))
    append = log.append
    given_out: list[None] = []

    def give_out_first(*arguments: Any, **more: Any) -> Event:
        with ThreadPoolExecutor(1) as other:
            given_out.append(other.submit(desk.catalogue.record_use, "portal", "access.record", [identity]).result(10))
        return append(*arguments, **more)

    monkeypatch.setattr("storage.papers.log.append", give_out_first)
    desk.catalogue.revoke(identity, Revocation(desk.clock.now, "Cấp sai"), "registrar")
    monkeypatch.undo()
    assert given_out
    assert [one.kind for one in desk.catalogue.events(identity)][:2] == ["revoked", "access.record"]
    assert desk.catalogue.verify_log() is None
    engine.dispose()
