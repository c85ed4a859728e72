"""What a Catalogue must do, on SQLite and on PostgreSQL."""

from datetime import timedelta

import pytest

from digitize.errors import LeaseLostError, NotFoundError, NotReadyError, SecretPaperError
from digitize.model import FieldRecord, Status
from storage.api import Advance, Attempt, Due, Hold, Publish, Quarantine, Reject, Retry, Stand
from tests.conformance.conftest import MINUTE, Desk, record


def ended(attempts: list[Attempt]) -> list[tuple[str, int, str | None, str | None]]:
    return [(one.stage, one.number, one.outcome, one.error_code) for one in attempts]


def test_a_document_is_received_once(desk: Desk) -> None:
    arrival = desk.arrival(1)
    assert desk.catalogue.register(arrival)
    desk.clock.advance()
    assert not desk.catalogue.register(arrival)
    row = desk.catalogue.find(arrival.document_id)
    assert row is not None
    assert (row.status, row.stage, row.attempts, row.leased, row.record) == ("received", "inspect", 0, False, None)
    assert (row.filename, row.size, row.unit) == ("giấy 1.pdf", 1, "H99.01")
    assert row.received_at == row.updated_at == desk.clock.now - MINUTE
    assert [event.kind for event in desk.catalogue.events(arrival.document_id)] == ["duplicate", "received"]
    assert desk.catalogue.due(10) == [Due(arrival.document_id, "inspect", "default", 0)]


def test_a_document_goes_from_drop_to_publication(desk: Desk) -> None:
    identity = desk.receive()
    lease = desk.claim(identity)
    assert (lease.stage, lease.attempt, lease.until) == ("inspect", 1, desk.clock.now + MINUTE)
    desk.catalogue.settle(lease, Advance("extract"))
    desk.catalogue.settle(lease, Advance("assemble", record(identity)))
    row = desk.catalogue.find(identity)
    assert row is not None
    assert (row.status, row.stage, row.leased, row.attempts) == ("processing", "assemble", True, 1)
    assert (row.type_code, row.page_count) == ("birth_certificate", 2)

    desk.clock.advance(timedelta(seconds=9))
    desk.catalogue.settle(lease, Publish(record(identity)))
    row = desk.catalogue.find(identity)
    assert row is not None
    assert row.record == record(identity).model_copy(update={"status": Status.PUBLISHED})
    assert (row.status, row.leased, row.published_at) == (Status.PUBLISHED, False, desk.clock.now)
    assert ended(desk.catalogue.attempts(identity)) == [
        ("inspect", 1, "advance", None),
        ("extract", 1, "advance", None),
        ("assemble", 1, "publish", None),
    ]
    assert desk.catalogue.due(10) == []
    kinds = [event.kind for event in desk.catalogue.events(identity)]
    assert kinds == ["published", "advanced", "advanced", "claimed", "received"]
    assert desk.catalogue.verify_log() is None


def test_a_restarted_document_goes_on_at_its_stage(desk: Desk) -> None:
    identity = desk.receive()
    desk.catalogue.settle(desk.claim(identity), Advance("extract"))
    desk.clock.advance(2 * MINUTE)
    assert desk.catalogue.due(10) == [Due(identity, "extract", "default", 1)]
    assert desk.catalogue.claim(identity, "inspect", "worker-2", MINUTE) is None
    lease = desk.claim(identity, "worker-2")
    assert (lease.stage, lease.attempt) == ("extract", 2)
    assert ended(desk.catalogue.attempts(identity)) == [
        ("inspect", 1, "advance", None),
        ("extract", 1, "lost", None),
        ("extract", 2, None, None),
    ]


def test_a_claimed_document_is_not_due_to_others(desk: Desk) -> None:
    identity = desk.receive()
    desk.claim(identity)
    assert desk.catalogue.due(10) == []
    assert desk.catalogue.claim(identity, "inspect", "worker-2", MINUTE) is None
    assert desk.catalogue.claim("0" * 26, "inspect", "worker-2", MINUTE) is None


def test_a_lost_lease_counts_and_its_holder_can_write_nothing(desk: Desk) -> None:
    identity = desk.receive()
    stale = desk.claim(identity)
    desk.clock.advance(MINUTE)
    assert desk.catalogue.due(10) == [Due(identity, "inspect", "default", 1)]
    fresh = desk.claim(identity, "worker-2")
    assert fresh.fence > stale.fence
    assert fresh.attempt == 2
    before = (desk.catalogue.find(identity), desk.catalogue.attempts(identity), desk.catalogue.events())
    for outcome in (Advance("extract"), Publish(record(identity)), Retry("internal_error", desk.clock.now)):
        with pytest.raises(LeaseLostError):
            desk.catalogue.settle(stale, outcome)
    with pytest.raises(LeaseLostError):
        desk.catalogue.renew(stale, MINUTE)
    assert (desk.catalogue.find(identity), desk.catalogue.attempts(identity), desk.catalogue.events()) == before
    assert desk.papers_of("001090000001") == []
    desk.catalogue.settle(fresh, Publish(record(identity)))
    assert ended(desk.catalogue.attempts(identity)) == [
        ("inspect", 1, "lost", None),
        ("inspect", 2, "publish", None),
    ]


def test_a_settled_lease_is_over(desk: Desk) -> None:
    identity = desk.receive()
    lease = desk.claim(identity)
    desk.catalogue.settle(lease, Publish(record(identity)))
    with pytest.raises(LeaseLostError):
        desk.catalogue.settle(lease, Publish(record(identity)))
    with pytest.raises(LeaseLostError):
        desk.catalogue.renew(lease, MINUTE)


def test_a_renewed_lease_lasts(desk: Desk) -> None:
    identity = desk.receive()
    lease = desk.claim(identity)
    desk.clock.advance(timedelta(seconds=50))
    renewed = desk.catalogue.renew(lease, MINUTE)
    assert (renewed.fence, renewed.until) == (lease.fence, desk.clock.now + MINUTE)
    desk.clock.advance(timedelta(seconds=50))
    assert desk.catalogue.due(10) == []
    desk.catalogue.settle(lease, Advance("extract"))


def test_a_retry_waits_for_its_time_and_keeps_its_error(desk: Desk) -> None:
    identity = desk.receive()
    desk.catalogue.settle(desk.claim(identity), Retry("recognizer_failed", desk.clock.now + MINUTE))
    row = desk.catalogue.find(identity)
    assert row is not None
    assert (row.status, row.error_code, row.attempts) == ("processing", "recognizer_failed", 1)
    assert desk.catalogue.due(10) == []
    assert desk.catalogue.claim(identity, "inspect", "worker-2", MINUTE) is None
    desk.clock.advance()
    assert desk.catalogue.due(10) == [Due(identity, "inspect", "default", 1)]
    desk.catalogue.settle(desk.claim(identity), Quarantine(record(identity, problem="recognizer_failed")))
    assert ended(desk.catalogue.attempts(identity)) == [
        ("inspect", 1, "retry", "recognizer_failed"),
        ("inspect", 2, "quarantine", "recognizer_failed"),
    ]


@pytest.mark.parametrize(("outcome", "status"), [(Reject, "rejected"), (Quarantine, "quarantined")])
def test_a_refused_document_says_why(desk: Desk, outcome: type[Reject | Quarantine], status: str) -> None:
    identity = desk.receive()
    desk.catalogue.settle(desk.claim(identity), outcome(record(identity, problem="input_damaged")))
    row = desk.catalogue.find(identity)
    assert row is not None
    assert row.record is not None
    assert (row.status, row.error_code, row.record.status) == (status, "input_damaged", status)
    assert desk.catalogue.due(10) == []
    assert desk.catalogue.events(identity)[0].data["code"] == "input_damaged"


def test_a_record_of_another_document_is_refused(desk: Desk) -> None:
    identity, other = desk.receive(), desk.receive()
    lease = desk.claim(identity)
    with pytest.raises(ValueError, match="another document"):
        desk.catalogue.settle(lease, Publish(record(other)))
    row = desk.catalogue.find(identity)
    assert row is not None
    assert (row.status, row.leased) == ("processing", True)
    assert desk.papers_of("001090000001") == []


# --- review -----------------------------------------------------------------------------------------------


def word(value: str, state: str = "corrected") -> FieldRecord:
    return FieldRecord.model_validate({"value": value, "text": None, "confidence": 1.0, "state": state})


def test_a_held_document_goes_on_when_nothing_is_left_to_look_at(desk: Desk) -> None:
    identity = desk.receive()
    desk.catalogue.settle(desk.claim(identity), Hold(record(identity, state="review"), ("owner_id", "owner_name")))
    row = desk.catalogue.find(identity)
    assert row is not None
    assert (row.status, row.leased) == (Status.NEEDS_REVIEW, False)
    assert desk.catalogue.due(10) == []

    half = desk.catalogue.correct(identity, {"owner_id": word("001090000009")}, "client-1")
    assert (half.status, half.fields["owner_id"].value) == (Status.NEEDS_REVIEW, "001090000009")
    assert desk.catalogue.due(10) == []

    whole = desk.catalogue.correct(identity, {"owner_name": word("LÊ THỊ NĂM", "accepted")}, "client-1")
    assert (whole.status, whole.fields["owner_id"].state) == (Status.PROCESSING, "corrected")
    assert desk.catalogue.due(10) == [Due(identity, "assemble", "default", 0)]
    row = desk.catalogue.find(identity)
    assert row is not None
    assert row.record == whole
    with pytest.raises(NotReadyError):
        desk.catalogue.correct(identity, {"owner_id": word("1")}, "client-1")


def test_a_held_field_that_was_not_found_is_waited_for(desk: Desk) -> None:
    identity = desk.receive()
    desk.catalogue.settle(desk.claim(identity), Hold(record(identity), ("sex",)))
    desk.catalogue.correct(identity, {"owner_id": word("1")}, "client-1")
    assert desk.catalogue.due(10) == []
    desk.catalogue.correct(identity, {"sex": word("female", "review")}, "client-1")
    assert desk.catalogue.due(10) == []
    desk.catalogue.correct(identity, {"sex": word("female")}, "client-1")
    assert [due.stage for due in desk.catalogue.due(10)] == ["assemble"]


def test_only_a_held_document_is_corrected(desk: Desk) -> None:
    with pytest.raises(NotFoundError):
        desk.catalogue.correct("0" * 26, {}, "client-1")
    with pytest.raises(NotReadyError):
        desk.catalogue.correct(desk.receive(), {}, "client-1")


def test_no_value_of_a_field_reaches_the_log(desk: Desk) -> None:
    identity = desk.receive()
    desk.catalogue.settle(desk.claim(identity), Hold(record(identity, "001090000001", "review"), ("owner_id",)))
    desk.catalogue.correct(identity, {"owner_id": word("001090000009")}, "client-1")
    desk.catalogue.settle(desk.claim(identity), Publish(record(identity, "001090000009")))
    assert desk.catalogue.find(identity) is not None
    written = repr(desk.catalogue.events(limit=100))
    assert "owner_id" in written
    assert not any(personal in written for personal in ("0010900000", "LÊ THỊ", "giấy"))


# --- turns ------------------------------------------------------------------------------------------------


def test_units_take_turns_and_the_urgent_come_first(desk: Desk) -> None:
    busy = [desk.receive("H99.01") for _ in range(4)]
    desk.clock.advance()
    late = [desk.receive("H99.02") for _ in range(2)]
    desk.clock.advance()
    bulk, urgent, nobody = desk.receive("H99.01", "bulk"), desk.receive("H99.03", "urgent"), desk.receive(None)
    due = [one.document_id for one in desk.catalogue.due(100)]
    assert due[0] == urgent
    assert due[1:4] == [min(busy), min(late), nobody]
    assert due[4:8] == [*_second(busy), *_second(late), *sorted(busy)[2:]]
    assert due[8:] == [bulk]
    assert [one.document_id for one in desk.catalogue.due(3)] == due[:3]


def _second(received_together: list[str]) -> list[str]:
    return sorted(received_together)[1:2]


def test_within_a_unit_the_oldest_come_first(desk: Desk) -> None:
    received = []
    for _ in range(4):
        received.append(desk.receive())
        desk.clock.advance()
    assert [one.document_id for one in desk.catalogue.due(10)] == received


# --- questions --------------------------------------------------------------------------------------------


def publish(desk: Desk, unit: str = "H99.01", **parts: object) -> str:
    identity = desk.receive(unit)
    desk.catalogue.settle(desk.claim(identity), Publish(record(identity, **parts)))  # type: ignore[arg-type]
    desk.clock.advance()
    return identity


def test_a_paper_is_found_by_each_of_its_owners(desk: Desk) -> None:
    first, both = publish(desk), publish(desk, owner=["001090000001", "001090000002"])
    assert desk.papers_of("001090000001") == [both, first]
    assert desk.papers_of("001090000002") == [both]
    assert desk.papers_of("00109000000") == []
    assert desk.papers_of("") == []


def test_only_published_papers_with_a_vouched_owner_are_found(desk: Desk) -> None:
    publish(desk, state="review")
    publish(desk, owner=None)
    held = desk.receive()
    desk.catalogue.settle(desk.claim(held), Hold(record(held), ("owner_id",)))
    rejected = desk.receive()
    desk.catalogue.settle(desk.claim(rejected), Reject(record(rejected)))
    assert desk.papers_of("001090000001") == []
    corrected = publish(desk, state="corrected")
    assert desk.papers_of("001090000001") == [corrected]


def test_a_lookup_keeps_to_units_and_type(desk: Desk) -> None:
    one, other = publish(desk, "H99.01"), publish(desk, "H99.02", type_code="citizen_card")
    owner = "001090000001"
    assert desk.papers_of(owner, units=frozenset({"H99.01"})) == [one]
    assert desk.papers_of(owner, document_type="citizen_card") == [other]
    assert desk.papers_of(owner, units=frozenset({"H99.01"}), document_type="citizen_card") == []
    assert len(desk.papers_of(owner, units=frozenset({"H99.01", "H99.02"}))) == 2


def test_documents_are_listed_newest_change_first(desk: Desk) -> None:
    first, second, nobody = desk.receive("H99.01"), desk.receive("H99.02"), desk.receive(None)
    desk.clock.advance()
    desk.claim(first)
    desk.clock.advance()
    desk.catalogue.settle(desk.claim(second), Reject(record(second)))
    assert [row.document_id for row in desk.catalogue.documents()] == [second, first, nobody]
    assert [row.document_id for row in desk.catalogue.documents(limit=1)] == [second]
    assert [row.document_id for row in desk.catalogue.documents(status=Status.PROCESSING)] == [first]
    assert [row.document_id for row in desk.catalogue.documents(units=frozenset({"H99.01"}))] == [first]
    assert desk.catalogue.counts() == {
        ("H99.01", Status.PROCESSING): 1,
        ("H99.02", Status.REJECTED): 1,
        (None, Status.RECEIVED): 1,
    }
    assert desk.catalogue.find("0" * 26) is None


# --- API clients ------------------------------------------------------------------------------------------


def test_where_documents_stand_by_the_beginning_of_their_ids(desk: Desk) -> None:
    first, second = desk.receive(), desk.receive()
    assert desk.catalogue.stands(first) == {first: Stand(Status.RECEIVED, None, is_searchable=False)}
    assert desk.catalogue.stands(second[:1]).keys() >= {second}
    assert desk.catalogue.stands("").keys() == {first, second}
    assert desk.catalogue.stands("z" * 26) == {}


def test_what_changed_since_then(desk: Desk) -> None:
    begun = desk.clock()
    first = desk.receive()
    desk.clock.advance()
    second = desk.receive()
    desk.catalogue.settle(desk.claim(second), Reject(record(second, problem=SecretPaperError.code)))
    assert desk.catalogue.changed(begun, 10) == [second, first]
    assert desk.catalogue.changed(begun, 1) == [second]
    assert desk.catalogue.changed(begun + timedelta(seconds=1), 10) == [second]
    assert desk.catalogue.changed(begun, 10, error_code=SecretPaperError.code) == [second]
    assert desk.catalogue.changed(begun, 10, error_code="blank_document") == []


def test_a_client_is_known_by_its_key_until_revoked(desk: Desk) -> None:
    client, key = desk.catalogue.add_client("Cổng tỉnh", frozenset({"lookup", "read"}), frozenset({"H99.01"}))
    other, other_key = desk.catalogue.add_client("Khác", frozenset(), frozenset())
    assert desk.catalogue.authenticate(key) == client
    assert (client.name, client.scopes, client.units) == ("Cổng tỉnh", {"lookup", "read"}, {"H99.01"})
    assert desk.catalogue.authenticate(other_key) == other
    assert {one.client_id for one in desk.catalogue.clients()} == {client.client_id, other.client_id}

    desk.catalogue.revoke_client(client.client_id)
    desk.catalogue.revoke_client(client.client_id)
    assert desk.catalogue.authenticate(key) is None
    assert desk.catalogue.clients() == [other]
    kinds = [event.kind for event in desk.catalogue.events()]
    assert kinds == ["client_revoked", "client_added", "client_added"]
    assert key not in repr(desk.catalogue.events())
    with pytest.raises(NotFoundError):
        desk.catalogue.revoke_client("nobody")


def test_no_other_key_opens(desk: Desk) -> None:
    _, key = desk.catalogue.add_client("Cổng", frozenset(), frozenset())
    for wrong in ("", key[:-1], key + "x", key.swapcase(), key.removeprefix("dgz_"), "\0", "\ud800"):
        assert desk.catalogue.authenticate(wrong) is None
