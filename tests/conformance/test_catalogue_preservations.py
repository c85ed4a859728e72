"""What a Catalogue must do so that the proof of every published PDF is renewed in time, on SQLite and PostgreSQL."""

from datetime import UTC, datetime, timedelta

import pytest

from digitize.errors import LeaseLostError
from storage.api import Publish
from storage.preservation_api import Outlook, Postponed, PreservationLease, Preserved
from tests.conformance.conftest import MINUTE, Desk, at_once, record

DAY = timedelta(days=1)
GRACE, AHEAD = DAY, 90 * DAY


def publish(desk: Desk) -> str:
    identity = desk.receive()
    desk.catalogue.settle(desk.claim(identity), Publish(record(identity)))
    return identity


def take(desk: Desk, limit: int = 10, worker: str = "worker-1") -> list[PreservationLease]:
    return desk.catalogue.claim_preservations(worker, MINUTE, grace=GRACE, ahead=AHEAD, limit=limit)


def due(desk: Desk) -> bool:
    return desk.catalogue.preservation_is_due(grace=GRACE, ahead=AHEAD)


def preserved(ends: datetime, algorithm: str = "RSA-2048") -> Preserved:
    return Preserved(ends, algorithm, "ab" * 32)


def test_a_published_paper_is_due_once_its_grace_is_over(desk: Desk) -> None:
    desk.receive()
    identity = publish(desk)
    desk.clock.advance(GRACE - MINUTE)
    assert (due(desk), take(desk)) == (False, [])
    desk.clock.advance(MINUTE)
    assert due(desk)
    (lease,) = take(desk)
    assert (lease.document_id, lease.attempt) == (identity, 1)
    assert (due(desk), take(desk)) == (False, [])


def test_it_is_due_again_before_its_timestamp_ends(desk: Desk) -> None:
    publish(desk)
    desk.clock.advance(GRACE)
    (lease,) = take(desk)
    ends = desk.clock.now + 365 * DAY
    desk.catalogue.settle_preservation(lease, preserved(ends))
    assert take(desk) == []
    desk.clock.now = ends - AHEAD - MINUTE
    assert take(desk) == []
    desk.clock.advance(MINUTE)
    (lease,) = take(desk)
    assert lease.attempt == 1


def test_what_failed_before_waits_behind_what_did_not(desk: Desk) -> None:
    old = [publish(desk) for _ in range(3)]
    desk.clock.advance(GRACE)
    for lease in take(desk):
        desk.catalogue.settle_preservation(lease, Postponed("revocation_unavailable", desk.clock.now))
    new = publish(desk)
    desk.clock.advance(GRACE)
    assert [lease.document_id for lease in take(desk, limit=1)] == [new]
    assert {lease.document_id for lease in take(desk)} == set(old)


def test_a_failure_is_tried_again_later_and_told_once(desk: Desk) -> None:
    identity = publish(desk)
    desk.clock.advance(GRACE)
    for attempt in (1, 2, 3):
        (lease,) = take(desk)
        assert lease.attempt == attempt
        desk.catalogue.settle_preservation(lease, Postponed("timestamp_unavailable", desk.clock.now + DAY))
        assert take(desk) == []
        desk.clock.advance(DAY)
    told = [event for event in desk.catalogue.events(identity) if event.kind == "not_preserved"]
    assert [event.data["code"] for event in told] == ["timestamp_unavailable"]
    assert desk.catalogue.outlook() == [Outlook(None, None, 1, 1)]


def test_a_worker_that_came_too_late_changes_nothing(desk: Desk) -> None:
    publish(desk)
    desk.clock.advance(GRACE)
    (late,) = take(desk)
    desk.clock.advance(2 * MINUTE)
    (lease,) = take(desk, worker="worker-2")
    with pytest.raises(LeaseLostError):
        desk.catalogue.settle_preservation(late, preserved(desk.clock.now + 365 * DAY))
    desk.catalogue.settle_preservation(lease, preserved(desk.clock.now + 365 * DAY))
    with pytest.raises(LeaseLostError):
        desk.catalogue.settle_preservation(lease, preserved(desk.clock.now + 365 * DAY))


def test_workers_at_once_share_what_is_due(desk: Desk) -> None:
    papers = {publish(desk) for _ in range(12)}
    desk.clock.advance(GRACE)
    taken = at_once(4, lambda number: take(desk, 3, f"worker-{number}"))
    seen = [lease.document_id for leases in taken for lease in leases]
    seen += [lease.document_id for lease in take(desk, 12)]
    assert sorted(seen) == sorted(papers)


def test_who_has_waited_longest_comes_first(desk: Desk) -> None:
    first, second = publish(desk), ""
    desk.clock.advance()
    second = publish(desk)
    desk.clock.advance(GRACE)
    assert [lease.document_id for lease in take(desk, 1)] == [first]
    assert [lease.document_id for lease in take(desk, 1)] == [second]


def test_the_outlook_and_an_ordered_renewal(desk: Desk) -> None:
    for _ in range(5):
        publish(desk)
    desk.clock.advance(GRACE)
    ends = [datetime(2031, 1, 1, tzinfo=UTC), datetime(2031, 1, 20, tzinfo=UTC), datetime(2040, 5, 1, tzinfo=UTC)]
    for lease, end in zip(take(desk, 3), ends, strict=True):
        desk.catalogue.settle_preservation(lease, preserved(end, "RSA-2048" if end.year == 2031 else "EC-secp256r1"))
    assert desk.catalogue.outlook() == [
        Outlook(None, None, 2, 0),
        Outlook("2031-01", "RSA-2048", 2, 0),
        Outlook("2040-05", "EC-secp256r1", 1, 0),
    ]
    assert len(take(desk)) == 2
    assert desk.catalogue.renew_preservations(algorithm="RSA-2048") == 2
    assert len(take(desk)) == 2
    assert desk.catalogue.renew_preservations(ends_before=datetime(2032, 1, 1, tzinfo=UTC)) == 2
    assert desk.catalogue.renew_preservations() == 3
