"""What a Catalogue must do with the page ranges of a large document, on SQLite and on PostgreSQL."""

import pytest

from digitize.errors import LeaseLostError
from digitize.model import Status
from storage.api import Advance, Due, Lease, Outcome, PageRange, PagesKept, Publish, Quarantine, Reject, Retry, Spread
from tests.conformance.conftest import MINUTE, Desk, at_once, record

RANGES = (PageRange(1, 8), PageRange(9, 16), PageRange(17, 20))


def spread(desk: Desk, unit: str = "H99.01", ranges: tuple[PageRange, ...] = RANGES) -> str:
    identity = desk.receive(unit)
    desk.catalogue.settle(desk.claim(identity), Spread(ranges))
    return identity


def take(desk: Desk, identity: str, worker: str = "worker-1") -> Lease:
    lease = desk.catalogue.claim(identity, "recognize", worker, MINUTE)
    assert lease is not None
    return lease


def due(desk: Desk) -> list[tuple[str, int, int]]:
    return [(one.stage, one.first_page, one.attempt) for one in desk.catalogue.due(10)]


def ended(desk: Desk, identity: str) -> list[tuple[str, int, int, str | None, str | None]]:
    return [
        (one.stage, one.first_page, one.number, one.outcome, one.error_code)
        for one in desk.catalogue.attempts(identity)
    ]


def kinds(desk: Desk, identity: str) -> list[str]:
    return [event.kind for event in desk.catalogue.events(identity)]


def test_a_spread_document_is_due_range_by_range_and_once_more_when_joined(desk: Desk) -> None:
    identity = spread(desk)
    assert desk.catalogue.due(10) == [Due(identity, "recognize", "default", 0, first_page) for first_page in (1, 9, 17)]
    leases = [take(desk, identity, f"worker-{number}") for number in range(3)]
    assert [lease.pages for lease in leases] == list(RANGES)
    assert len({lease.fence for lease in leases}) == 3
    assert desk.catalogue.claim(identity, "recognize", "worker-4", MINUTE) is None
    assert desk.catalogue.due(10) == []
    for lease in reversed(leases):
        assert "joined" not in kinds(desk, identity)
        desk.catalogue.settle(lease, PagesKept())
    assert desk.catalogue.due(10) == [Due(identity, "extract", "default", 0)]
    assert ended(desk, identity) == [
        ("inspect", 0, 1, "advance", None),
        ("recognize", 1, 1, "advance", None),
        ("recognize", 9, 1, "advance", None),
        ("recognize", 17, 1, "advance", None),
    ]
    assert kinds(desk, identity)[:2] == ["joined", "recognized"]
    desk.catalogue.settle(desk.claim(identity), Publish(record(identity)))
    assert desk.catalogue.verify_log() is None


@pytest.mark.parametrize("stage", ["inspect", "extract", "assemble"])
def test_nobody_takes_the_whole_of_a_spread_document(desk: Desk, stage: str) -> None:
    identity = spread(desk)
    take(desk, identity)
    assert desk.catalogue.claim(identity, stage, "worker-2", MINUTE) is None  # type: ignore[arg-type]


def test_only_a_spread_document_has_ranges(desk: Desk) -> None:
    identity = desk.receive()
    assert desk.catalogue.claim(identity, "recognize", "worker-1", MINUTE) is None
    assert desk.catalogue.claim("0" * 26, "recognize", "worker-1", MINUTE) is None


def test_a_lost_range_is_done_again_and_its_first_worker_can_write_nothing(desk: Desk) -> None:
    identity = spread(desk)
    stale = take(desk, identity)
    desk.clock.advance(MINUTE / 2)
    others = [take(desk, identity), take(desk, identity)]
    desk.clock.advance(MINUTE / 2)
    assert due(desk) == [("recognize", 1, 1)]
    fresh = take(desk, identity, "worker-2")
    assert (fresh.pages, fresh.attempt) == (PageRange(1, 8), 2)
    for outcome in (PagesKept(), Retry("internal_error", desk.clock.now), Reject(record(identity))):
        with pytest.raises(LeaseLostError):
            desk.catalogue.settle(stale, outcome)
    with pytest.raises(LeaseLostError):
        desk.catalogue.renew(stale, MINUTE)
    for lease in (*others, fresh):
        desk.catalogue.settle(lease, PagesKept())
    with pytest.raises(LeaseLostError):
        desk.catalogue.settle(fresh, PagesKept())
    assert kinds(desk, identity).count("joined") == 1
    assert ended(desk, identity)[1:] == [
        ("recognize", 1, 1, "lost", None),
        ("recognize", 9, 1, "advance", None),
        ("recognize", 17, 1, "advance", None),
        ("recognize", 1, 2, "advance", None),
    ]


def test_a_renewed_range_lasts(desk: Desk) -> None:
    identity = spread(desk, ranges=RANGES[:1])
    lease = take(desk, identity)
    desk.clock.advance(MINUTE / 2)
    renewed = desk.catalogue.renew(lease, MINUTE)
    assert (renewed.pages, renewed.fence, renewed.until) == (lease.pages, lease.fence, desk.clock.now + MINUTE)
    desk.clock.advance(MINUTE / 2)
    assert desk.catalogue.due(10) == []
    desk.catalogue.settle(lease, PagesKept())


def test_a_range_that_is_tried_again_holds_the_join_back_and_nothing_else(desk: Desk) -> None:
    identity = spread(desk, ranges=RANGES[:2])
    desk.catalogue.settle(take(desk, identity), Retry("recognizer_failed", desk.clock.now + MINUTE))
    row = desk.catalogue.find(identity)
    assert row is not None
    assert (row.status, row.stage, row.error_code) == (Status.PROCESSING, "inspect", "recognizer_failed")
    assert due(desk) == [("recognize", 9, 0)]
    desk.catalogue.settle(take(desk, identity), PagesKept())
    assert due(desk) == []
    desk.clock.advance()
    assert due(desk) == [("recognize", 1, 1)]
    desk.catalogue.settle(take(desk, identity), PagesKept())
    assert due(desk) == [("extract", 0, 0)]
    row = desk.catalogue.find(identity)
    assert row is not None
    assert row.error_code is None


@pytest.mark.parametrize(("outcome", "status"), [(Reject, "rejected"), (Quarantine, "quarantined")])
def test_one_range_ends_the_document_and_the_work_on_all_others(
    desk: Desk, outcome: type[Reject | Quarantine], status: str
) -> None:
    identity = spread(desk)
    first, second = take(desk, identity), take(desk, identity)
    desk.catalogue.settle(second, outcome(record(identity, problem="input_damaged")))
    row = desk.catalogue.find(identity)
    assert row is not None
    assert row.record is not None
    assert (row.status, row.error_code, row.record.status) == (status, "input_damaged", status)
    assert desk.catalogue.due(10) == []
    assert desk.catalogue.claim(identity, "recognize", "worker-2", MINUTE) is None
    for settled in (PagesKept(), outcome(record(identity, problem="input_damaged"))):
        with pytest.raises(LeaseLostError):
            desk.catalogue.settle(first, settled)
    assert ended(desk, identity)[1:] == [
        ("recognize", 1, 1, "lost", None),
        ("recognize", 9, 1, outcome.__name__.lower(), "input_damaged"),
    ]


def test_outcomes_that_make_no_sense_change_nothing(desk: Desk) -> None:
    identity = spread(desk)
    lease = take(desk, identity)
    before = (desk.catalogue.find(identity), desk.catalogue.attempts(identity), desk.catalogue.events())
    wrong: tuple[Outcome, ...] = (Advance("extract"), Publish(record(identity)), Spread(RANGES))
    for outcome in wrong:
        with pytest.raises(ValueError, match="page range"):
            desk.catalogue.settle(lease, outcome)
    assert (desk.catalogue.find(identity), desk.catalogue.attempts(identity), desk.catalogue.events()) == before
    whole = desk.claim(desk.receive())
    with pytest.raises(ValueError, match="page ranges"):
        desk.catalogue.settle(whole, PagesKept())
    with pytest.raises(ValueError, match="one range at least"):
        desk.catalogue.settle(whole, Spread(()))
    desk.catalogue.settle(whole, Advance("extract"))
    with pytest.raises(ValueError, match="from inspect"):
        desk.catalogue.settle(whole, Spread(RANGES))


def test_a_large_document_takes_its_turn_like_any_other(desk: Desk) -> None:
    large = spread(desk, "H99.01")
    desk.clock.advance()
    small, behind = desk.receive("H99.02"), desk.receive("H99.01")
    desk.clock.advance()
    urgent = desk.receive("H99.02", "urgent")
    assert [(one.document_id, one.first_page) for one in desk.catalogue.due(10)] == [
        (urgent, 0),
        (large, 1),
        (small, 0),
        (large, 9),
        (large, 17),
        (behind, 0),
    ]
    assert [one.first_page for one in desk.catalogue.due(4)] == [0, 1, 0, 9]


# --- many hands -------------------------------------------------------------------------------------------


def test_of_many_claims_each_range_goes_to_one(desk: Desk) -> None:
    identity = spread(desk)
    leases = at_once(8, lambda number: desk.catalogue.claim(identity, "recognize", f"worker-{number}", MINUTE))
    taken = [lease.pages for lease in leases if lease is not None]
    assert sorted(taken, key=lambda pages: pages.first if pages else 0) == list(RANGES)
    assert desk.catalogue.verify_log() is None


def test_workers_that_settle_the_last_ranges_at_once_join_once(desk: Desk) -> None:
    for _ in range(10):
        identity = spread(desk)
        leases = [take(desk, identity) for _ in RANGES]
        at_once(len(leases), lambda number, leases=leases: desk.catalogue.settle(leases[number], PagesKept()))  # type: ignore[misc]
        assert kinds(desk, identity).count("joined") == 1
        row = desk.catalogue.find(identity)
        assert row is not None
        assert (row.stage, row.attempts) == ("extract", 0)
        desk.catalogue.settle(desk.claim(identity), Publish(record(identity)))
    assert desk.catalogue.verify_log() is None


def test_a_stale_settlement_and_a_claim_of_one_range_never_both_win(desk: Desk) -> None:
    for _ in range(5):
        identity = spread(desk, ranges=RANGES[:1])
        stale = take(desk, identity)
        desk.clock.advance()

        def act(number: int, identity: str = identity, stale: Lease = stale) -> bool:
            if number % 2:
                return desk.catalogue.claim(identity, "recognize", f"worker-{number}", MINUTE) is not None
            try:
                desk.catalogue.settle(stale, PagesKept())
            except LeaseLostError:
                return False
            return True

        assert at_once(6, act).count(True) == 1
        assert len([one for one in ended(desk, identity) if one[0] == "recognize"]) in {1, 2}


def test_a_document_is_never_taken_whole_while_it_is_being_spread(desk: Desk) -> None:
    for _ in range(10):
        identity = desk.receive()
        lease = desk.claim(identity)
        desk.clock.advance()  # the lease has run out, so that a claim and the settlement are both possible

        def act(number: int, identity: str = identity, lease: Lease = lease) -> bool:
            if number:
                return desk.catalogue.claim(identity, "inspect", f"worker-{number}", MINUTE) is not None
            try:
                desk.catalogue.settle(lease, Spread(RANGES))
            except LeaseLostError:
                return False
            return True

        assert at_once(4, act).count(True) == 1


def test_one_rejection_and_the_last_pages_at_once_end_one_way(desk: Desk) -> None:
    for _ in range(5):
        identity = spread(desk, ranges=RANGES[:2])
        leases = [take(desk, identity) for _ in range(2)]

        def act(number: int, identity: str = identity, leases: list[Lease] = leases) -> bool:
            outcome = PagesKept() if number else Reject(record(identity, problem="input_damaged"))
            try:
                desk.catalogue.settle(leases[number], outcome)
            except LeaseLostError:
                return False
            return True

        assert at_once(2, act)[0]
        row = desk.catalogue.find(identity)
        assert row is not None
        assert row.status == Status.REJECTED
        assert "joined" not in kinds(desk, identity)
        assert desk.catalogue.due(10) == []


def test_a_large_document_passes_through_many_workers(desk: Desk) -> None:
    identity = spread(desk, ranges=tuple(PageRange(page, page) for page in range(1, 31)))

    def work(number: int) -> int:
        done = 0
        while lease := desk.catalogue.claim(identity, "recognize", f"worker-{number}", MINUTE):
            retry = number % 2 and lease.attempt == 1
            desk.catalogue.settle(lease, Retry("internal_error", desk.clock.now) if retry else PagesKept())
            done += not retry
        return done

    assert sum(at_once(6, work)) == 30
    assert kinds(desk, identity).count("joined") == 1
    assert due(desk) == [("extract", 0, 0)]
    assert desk.catalogue.verify_log() is None
