"""What a catalogue that lost its documents makes of those that the archive tells of, on SQLite and on PostgreSQL."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from digitize.errors import LeaseLostError
from digitize.model import PageRecord, Record
from storage.api import Hold, Lease, PageRange, Publication, Publish, Quarantine, Reject, Spread
from storage.reuse_api import Revocation
from storage.search_api import SearchQuery
from tests.conformance.conftest import MINUTE, Desk, record
from tests.conformance.test_catalogue_notices import KINDS, URL, client_of
from tests.conformance.test_catalogue_notices import told as told_of
from tests.conformance.test_catalogue_reuse import OWNER, paper
from tests.portals import holdings, search


def told(desk: Desk, number: int, after_s: int, record: Record | None = None, **fields: str) -> Publication:
    """Published so many seconds after the desk's time, which the archive knows to the second."""
    arrival = desk.arrival(number)
    published_at = desk.clock.now.replace(microsecond=0) + timedelta(seconds=after_s)
    return Publication(arrival, record or paper(arrival.document_id, **fields), published_at)


def test_one_paper_is_one_again_in_whichever_order_its_scans_come_back(desk: Desk) -> None:
    later, first = told(desk, 1, 9), told(desk, 2, 3)
    another = told(desk, 3, 5, document_number="13/2026")
    contradicting = told(desk, 4, 7, full_name="LÊ THỊ NĂM")
    assert desk.catalogue.restore([later, another, first]) == 3
    earliest = told(desk, 5, 1)
    assert desk.catalogue.restore([contradicting, later, earliest]) == 2
    held = {one.row.document_id: {copy.document_id for copy in one.copies} for one in holdings(desk.catalogue, OWNER)}
    first_scan = earliest.arrival.document_id
    assert held[first_scan] == {first.arrival.document_id, later.arrival.document_id}
    assert held.keys() == {first_scan, another.arrival.document_id, contradicting.arrival.document_id}
    assert desk.catalogue.verify_log() is None
    kinds = [event.kind for event in desk.catalogue.events(later.arrival.document_id)]
    assert kinds == ["same_paper", "restored"]


def test_what_was_published_in_one_second_is_found_and_stands_before_the_next_second(desk: Desk) -> None:
    page = PageRecord(number=1, text="Giấy khai sinh", dpi=300)
    papers = []
    for number in range(9):
        record = paper(desk.arrival(number).document_id, document_number=f"{number}/2026")
        papers.append(told(desk, number, number // 3, record.model_copy(update={"pages": (page,)})))
    assert desk.catalogue.restore(papers[4:]) + desk.catalogue.restore(papers[:4]) == 9
    found = search(desk.catalogue, SearchQuery("client", "khai sinh", sensitive=True), 50).rows
    assert [row.published_at for row in found] == sorted((one.published_at for one in papers), reverse=True)
    assert {row.document_id for row in found} == {one.arrival.document_id for one in papers}


def test_a_code_that_two_papers_claim_is_the_firsts(desk: Desk) -> None:
    first, second = (
        told(desk, number, number, paper(desk.arrival(number).document_id).model_copy(update={"code": "D1-KQ1"}))
        for number in (1, 2)
    )
    assert desk.catalogue.restore([second]) + desk.catalogue.restore([first]) == 2
    assert desk.catalogue.assign_code(second.arrival.document_id, ["another"]) == "D1-KQ1"
    assert desk.catalogue.assign_code(first.arrival.document_id, ["another"]) == "another"


def test_what_was_revoked_comes_back_revoked_with_every_scan_and_nobody_hears_that_it_is_valid(desk: Desk) -> None:
    desk.catalogue.subscribe(client_of(desk), URL, KINDS, frozenset())
    known, other = told(desk, 1, 1), told(desk, 4, 4, document_number="13/2026")
    assert desk.catalogue.restore([known, other]) == 2
    assert len(desk.catalogue.claim_notices(10)) == 2
    revocation = Revocation(desk.clock.now, "Cấp sai thẩm quyền", "another")
    revoked, beside = replace(told(desk, 2, 2), revocation=revocation), told(desk, 3, 3)
    assert desk.catalogue.restore([beside, revoked]) == 2
    for one in (known, revoked, beside):
        row = desk.catalogue.find(one.arrival.document_id)
        assert row is not None
        assert row.record is not None
        assert (row.status, row.record.validity.revocation_reason) == ("revoked", revocation.reason)
    row = desk.catalogue.find(other.arrival.document_id)
    assert row is not None
    assert row.status == "published"
    heard = told_of(desk.catalogue.claim_notices(10))
    assert sorted(heard, key=str) == sorted(
        (("document.revoked", one.arrival.document_id) for one in (known, revoked, beside)), key=str
    )
    assert desk.catalogue.verify_log() is None


def leave_received(desk: Desk, one: Publication) -> Lease | None:
    assert desk.catalogue.register(one.arrival)
    return None


def leave_in_hand(desk: Desk, one: Publication) -> Lease | None:
    leave_received(desk, one)
    return desk.claim(one.arrival.document_id)


def leave_in_review(desk: Desk, one: Publication) -> Lease | None:
    lease = leave_in_hand(desk, one)
    assert lease is not None
    desk.catalogue.assign_code(lease.document_id, ["D1-KQ7"])
    desk.catalogue.settle(lease, Hold(one.record, ("owner_name",)))
    return None


def leave_spread(desk: Desk, one: Publication) -> Lease | None:
    lease = leave_in_hand(desk, one)
    assert lease is not None
    desk.catalogue.settle(lease, Spread((PageRange(1, 8), PageRange(9, 17))))
    return desk.catalogue.claim(lease.document_id, "recognize", "worker-2", MINUTE)


Leave = Callable[[Desk, Publication], Lease | None]


@pytest.mark.parametrize("leave", [leave_received, leave_in_hand, leave_in_review, leave_spread])
def test_what_a_database_put_back_has_as_on_its_way_is_published_again(desk: Desk, leave: Leave) -> None:
    desk.clock.advance(timedelta(days=30))
    one = told(desk, 1, -30 * 24 * 3_600, paper(desk.arrival(1).document_id).model_copy(update={"code": "D1-KQ1"}))
    identity = one.arrival.document_id
    lease = leave(desk, one)
    desk.clock.advance(2 * MINUTE)
    beside = told(desk, 2, 1)
    assert desk.catalogue.restore([beside, one]) == 2
    assert desk.catalogue.restore([one]) == 0
    row = desk.catalogue.find(identity)
    assert row is not None
    assert (row.status, row.published_at, row.leased, row.error_code) == ("published", one.published_at, False, None)
    assert row.record == one.record.model_copy(update={"status": "published"})
    assert desk.papers_of(OWNER) == [identity]
    assert [copy.document_id for held in holdings(desk.catalogue, OWNER) for copy in held.copies] == [
        beside.arrival.document_id
    ]
    assert [due.document_id for due in desk.catalogue.due(10)] == []
    assert all(attempt.outcome is not None for attempt in desk.catalogue.attempts(identity))
    code = desk.catalogue.assign_code(identity, ["another"])
    assert code == ("D1-KQ7" if leave is leave_in_review else "D1-KQ1")
    if lease is not None:
        with pytest.raises(LeaseLostError):
            desk.catalogue.settle(lease, Publish(one.record))
        with pytest.raises(LeaseLostError):
            desk.catalogue.renew(lease, MINUTE)
    assert desk.catalogue.verify_log() is None


@pytest.mark.parametrize("leave", [leave_in_hand, leave_spread])
def test_whoever_works_on_a_paper_goes_on(desk: Desk, leave: Leave) -> None:
    one = told(desk, 1, -9)
    lease = leave(desk, one)
    assert lease is not None
    assert desk.catalogue.restore([one]) == 0
    desk.catalogue.renew(lease, MINUTE)
    if leave is leave_in_hand:
        desk.catalogue.settle(lease, Publish(one.record))
        assert next(event.kind for event in desk.catalogue.events(lease.document_id)) == "published"


@pytest.mark.parametrize("status", ["rejected", "quarantined"])
def test_what_was_refused_stays_refused(desk: Desk, status: str) -> None:
    one = told(desk, 1, -9)
    lease = leave_in_hand(desk, one)
    assert lease is not None
    refused = record(one.arrival.document_id, problem="input_damaged")
    desk.catalogue.settle(lease, Reject(refused) if status == "rejected" else Quarantine(refused))
    assert desk.catalogue.restore([one]) == 0
    row = desk.catalogue.find(one.arrival.document_id)
    assert row is not None
    assert row.status == status


def test_what_the_archive_has_as_revoked_is_published_as_revoked_with_every_scan(desk: Desk) -> None:
    known = told(desk, 1, -9)
    desk.catalogue.restore([known])
    desk.catalogue.subscribe(client_of(desk), URL, KINDS, frozenset())
    one = told(desk, 2, 0)
    lease = leave_in_hand(desk, one)
    assert lease is not None
    revocation = Revocation(desk.clock.now, "Cấp sai thẩm quyền")
    desk.catalogue.settle(lease, Publish(one.record, revocation))
    both = [known.arrival.document_id, lease.document_id]
    for identity in both:
        row = desk.catalogue.find(identity)
        assert row is not None
        assert row.record is not None
        assert (row.status, row.record.validity.revocation_reason) == ("revoked", revocation.reason)
    assert sorted(told_of(desk.catalogue.claim_notices(10)), key=str) == sorted(
        (("document.revoked", identity) for identity in both), key=str
    )
    assert desk.catalogue.verify_log() is None
