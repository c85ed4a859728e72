"""What a Catalogue must do so that nothing is sealed twice, on SQLite and on PostgreSQL."""

from datetime import timedelta

import pytest

from digitize.errors import LeaseLostError
from storage.api import Seal
from tests.conformance.conftest import MINUTE, Desk, at_once

FIRST, SECOND = Seal(0, "1" * 64, "{}"), Seal(0, "2" * 64, "{}")
NEXT = Seal(1, "3" * 64, "{}")


def test_the_first_decision_stays(desk: Desk) -> None:
    identity = desk.receive()
    lease = desk.claim(identity)
    assert desk.catalogue.seals(identity) == []
    assert desk.catalogue.begin_seal(lease, FIRST) == FIRST
    assert desk.catalogue.begin_seal(lease, SECOND) == FIRST
    assert desk.catalogue.keep_transaction(lease, FIRST, "t1").transaction_id == "t1"
    assert desk.catalogue.keep_transaction(lease, FIRST, "t1").transaction_id == "t1"
    assert desk.catalogue.keep_transaction(lease, FIRST, "t2").transaction_id == "t2"
    assert desk.catalogue.keep_signature(lease, FIRST, b"\1\2").signature == b"\1\2"
    assert desk.catalogue.keep_signature(lease, FIRST, b"\3").signature == b"\1\2"
    assert desk.catalogue.begin_seal(lease, NEXT) == NEXT
    assert desk.catalogue.seals(identity) == [Seal(0, FIRST.digest, "{}", "t2", b"\1\2"), NEXT]
    kinds = [event.kind for event in desk.catalogue.events(identity)]
    assert [kinds.count(kind) for kind in ("seal_begun", "seal_submitted", "sealed")] == [2, 2, 1]


def test_what_is_decided_anew_voids_all_before_and_is_told(desk: Desk) -> None:
    identity = desk.receive()
    lease = desk.claim(identity)
    desk.catalogue.begin_seal(lease, FIRST)
    desk.catalogue.begin_seal(lease, NEXT)
    assert desk.catalogue.begin_seal(lease, SECOND, anew=True) == SECOND
    assert desk.catalogue.seals(identity) == [SECOND]
    assert "seal_begun_anew" in [event.kind for event in desk.catalogue.events(identity)]
    with pytest.raises(LeaseLostError):
        desk.catalogue.keep_signature(lease, FIRST, b"\1")


def test_a_worker_that_lost_its_lease_decides_nothing(desk: Desk) -> None:
    identity = desk.receive()
    late = desk.claim(identity)
    desk.clock.advance(2 * MINUTE)
    lease = desk.claim(identity, "worker-2")
    with pytest.raises(LeaseLostError):
        desk.catalogue.begin_seal(late, FIRST)
    desk.catalogue.begin_seal(lease, SECOND)
    with pytest.raises(LeaseLostError):
        desk.catalogue.keep_signature(late, SECOND, b"\1")
    assert desk.catalogue.seals(identity) == [SECOND]


def test_of_two_signatures_at_once_one_is_kept(desk: Desk) -> None:
    identity = desk.receive()
    lease = desk.claim(identity)
    lease = desk.catalogue.renew(lease, timedelta(hours=1))
    desk.catalogue.begin_seal(lease, FIRST)
    kept = at_once(4, lambda number: desk.catalogue.keep_signature(lease, FIRST, bytes([number])).signature)
    assert len(set(kept)) == 1
