"""The way back from quarantine, and from a worker that was stopped, on SQLite and on PostgreSQL."""

from dataclasses import replace

import pytest

from digitize.door_errors import RetryRefusedError
from digitize.errors import DigitizeError, InvalidKeyError, LeaseLostError, NotFoundError, SecretPaperError
from storage.api import Advance, Due, PageRange, Quarantine, Reject, Seal, Spread
from tests.conformance.conftest import MINUTE, Desk, record

CODE = "document_timeout"


def test_a_document_held_early_begins_where_it_was_and_counts_anew(desk: Desk) -> None:
    identity = desk.receive()
    desk.catalogue.settle(desk.claim(identity), Quarantine(record(identity, problem=CODE)))
    desk.clock.advance()
    desk.catalogue.resume(identity, "cli")
    row = desk.catalogue.find(identity)
    assert row is not None
    assert (row.status, row.stage, row.attempts, row.error_code, row.record) == (
        "processing", "inspect", 0, None, None,
    )  # fmt: skip
    assert (row.type_code, row.page_count, row.updated_at) == (None, 0, desk.clock.now)
    assert desk.catalogue.due(10) == [Due(identity, "inspect", "default", 0)]
    told = desk.catalogue.events(identity)[0]
    assert (told.actor, told.kind, told.data) == ("cli", "resumed", {"stage": "inspect", "code": CODE})
    assert desk.claim(identity).attempt == 1
    assert desk.catalogue.verify_log() is None


def test_a_document_held_late_keeps_its_record_but_for_the_problem(desk: Desk) -> None:
    identity = desk.receive()
    lease = desk.claim(identity)
    desk.catalogue.settle(lease, Advance("extract"))
    desk.catalogue.settle(lease, Advance("assemble", record(identity)))
    desk.catalogue.settle(lease, Quarantine(record(identity, problem=CODE)))
    desk.catalogue.resume(identity, "cli")
    row = desk.catalogue.find(identity)
    assert row is not None
    assert (row.status, row.stage, row.record) == ("processing", "assemble", record(identity))


def test_a_document_held_for_one_of_its_ranges_is_spread_anew(desk: Desk) -> None:
    identity = desk.receive()
    desk.catalogue.settle(desk.claim(identity), Spread((PageRange(1, 8), PageRange(9, 17))))
    lease = desk.catalogue.claim(identity, "recognize", "worker-1", MINUTE)
    assert lease is not None
    desk.catalogue.settle(lease, Quarantine(record(identity, problem=CODE)))
    desk.catalogue.resume(identity, "cli")
    assert desk.catalogue.due(10) == [Due(identity, "inspect", "default", 0)]


def test_whoever_declined_is_asked_anew_and_what_was_signed_stays_signed(desk: Desk) -> None:
    identity = desk.receive()
    lease = desk.claim(identity)
    desk.catalogue.settle(lease, Advance("assemble", record(identity)))
    signed, declined = Seal(0, "0" * 64, "{}"), Seal(1, "1" * 64, "{}")
    for seal in (signed, declined):
        desk.catalogue.begin_seal(lease, seal)
        desk.catalogue.keep_transaction(lease, seal, f"asked-{seal.step}")
    desk.catalogue.keep_signature(lease, signed, b"signature")
    desk.catalogue.settle(lease, Quarantine(record(identity, problem="signer_declined")))
    desk.catalogue.resume(identity, "cli")
    kept = replace(signed, transaction_id="asked-0", signature=b"signature")
    assert desk.catalogue.seals(identity) == [kept, declined]


def test_an_open_request_to_a_signer_is_not_forgotten(desk: Desk) -> None:
    identity = desk.receive()
    lease, seal = desk.claim(identity), Seal(0, "0" * 64, "{}")
    desk.catalogue.settle(lease, Advance("assemble", record(identity)))
    desk.catalogue.begin_seal(lease, seal)
    desk.catalogue.keep_transaction(lease, seal, "asked")
    desk.catalogue.settle(lease, Quarantine(record(identity, problem="internal_error")))
    desk.catalogue.resume(identity, "cli")
    assert [one.transaction_id for one in desk.catalogue.seals(identity)] == ["asked"]


def test_nothing_else_is_taken_up_again(desk: Desk) -> None:
    secret, rejected, misplaced, unplaced = (desk.receive() for _ in range(4))
    desk.catalogue.settle(desk.claim(secret), Quarantine(record(secret, problem=SecretPaperError.code)))
    desk.catalogue.settle(desk.claim(rejected), Reject(record(rejected, problem="input_damaged")))
    desk.catalogue.settle(desk.claim(misplaced), Quarantine(record(misplaced, problem=InvalidKeyError.code)))
    arrival = replace(desk.arrival(9), dossier=None, component=None, document_id="0" * 25 + "1")
    desk.catalogue.register(arrival)
    desk.catalogue.settle(desk.claim(arrival.document_id), Quarantine(record(arrival.document_id, problem=CODE)))
    before = [desk.catalogue.find(one) for one in (secret, rejected, misplaced, unplaced, arrival.document_id)]
    log = desk.catalogue.events()
    refusals: dict[str, type[DigitizeError]] = {
        **dict.fromkeys((secret, rejected, misplaced, unplaced, arrival.document_id), RetryRefusedError),
        "z" * 26: NotFoundError,
    }
    for identity, refusal in refusals.items():
        with pytest.raises(refusal):
            desk.catalogue.resume(identity, "cli")
    assert [desk.catalogue.find(one) for one in (secret, rejected, misplaced, unplaced, arrival.document_id)] == before
    assert desk.catalogue.events() == log


def test_what_a_stopped_worker_held_is_due_at_once_and_nothing_of_others(desk: Desk) -> None:
    stopped, others = desk.receive(), desk.receive()
    lease = desk.claim(stopped, "stopped-1")
    desk.claim(others, "worker-2")
    assert desk.catalogue.give_up("stopped-1") == 1
    assert desk.catalogue.due(10) == [Due(stopped, "inspect", "default", 1)]
    assert [(one.outcome, one.error_code) for one in desk.catalogue.attempts(stopped)] == [("retry", None)]
    told = desk.catalogue.events(stopped)[0]
    assert (told.actor, told.kind, told.data) == ("stopped-1", "retried", {"stage": "inspect", "attempt": 1})
    with pytest.raises(LeaseLostError):
        desk.catalogue.settle(lease, Advance("extract"))
    assert desk.catalogue.give_up("stopped-1") == 0
    assert desk.catalogue.verify_log() is None


def test_a_page_range_that_a_stopped_worker_held_is_due_at_once(desk: Desk) -> None:
    identity = desk.receive()
    desk.catalogue.settle(desk.claim(identity), Spread((PageRange(1, 8), PageRange(9, 17))))
    for worker in ("stopped-1", "worker-2"):
        assert desk.catalogue.claim(identity, "recognize", worker, MINUTE) is not None
    assert desk.catalogue.give_up("stopped-1") == 1
    assert desk.catalogue.due(10) == [Due(identity, "recognize", "default", 1, 1)]
    assert [(one.first_page, one.outcome) for one in desk.catalogue.attempts(identity)] == [
        (0, "advance"), (1, "retry"), (9, None),
    ]  # fmt: skip
