"""What a catalogue must know of notices to portals, on SQLite and on PostgreSQL."""

from datetime import timedelta

import pytest

from digitize.errors import NotFoundError
from digitize.model import DocumentType
from storage.api import Publication, Publish
from storage.notices import ATTEMPTS_MAX
from storage.notices_api import Notice
from storage.pages import Window
from storage.reuse_api import Revocation, Unit
from tests.conformance.conftest import Desk, record

KINDS = frozenset({"published", "revoked"})
URL = "https://portal.example/digitize"


def client_of(desk: Desk) -> str:
    return desk.catalogue.add_client("portal", frozenset({"webhooks"}), frozenset())[0].client_id


def publish(desk: Desk, unit: str = "H99.01") -> str:
    identity = desk.receive(unit)
    desk.catalogue.settle(desk.claim(identity), Publish(record(identity)))
    return identity


def told(notices: list[Notice]) -> list[tuple[object, object]]:
    return [(one.body["type"], one.body["document_id"]) for one in notices]


def test_a_subscriber_is_told_of_what_happens_from_then_on_and_once(desk: Desk) -> None:
    client = client_of(desk)
    publish(desk)
    _, secret = desk.catalogue.subscribe(client, URL, KINDS, frozenset())
    identity = publish(desk)
    desk.catalogue.revoke(identity, Revocation(desk.clock.now, "…"), "portal")
    claimed = desk.catalogue.claim_notices(10)
    assert told(claimed) == [("document.published", identity), ("document.revoked", identity)]
    assert {(one.url, one.secret, one.attempt) for one in claimed} == {(URL, secret, 1)}
    assert desk.catalogue.claim_notices(10) == []
    for notice in claimed:
        desk.catalogue.settle_notice(notice, None)
    desk.clock.advance(timedelta(days=9))
    assert desk.catalogue.claim_notices(10) == []


def test_a_notice_names_nobody(desk: Desk) -> None:
    desk.catalogue.subscribe(client_of(desk), URL, KINDS, frozenset())
    publish(desk)
    (notice,) = desk.catalogue.claim_notices(10)
    assert "001090000001" not in str(notice.body)
    assert "LÊ THỊ BỐN" not in str(notice.body)
    (event,) = [one for one in desk.catalogue.events() if one.sequence == notice.sequence]
    assert notice.body["id"] == f"{notice.subscription_id}-{notice.sequence}-{event.hash[:12]}"


def test_a_subscriber_is_told_of_its_own_units_and_kinds_only(desk: Desk) -> None:
    client = client_of(desk)
    desk.catalogue.subscribe(client, URL, frozenset({"revoked"}), frozenset({"H99.02"}))
    other, own = publish(desk, "H99.01"), publish(desk, "H99.02")
    for identity in (other, own):
        desk.catalogue.revoke(identity, Revocation(desk.clock.now, "…"), "portal")
    assert told(desk.catalogue.claim_notices(10)) == [("document.revoked", own)]


def test_a_client_of_some_types_is_told_of_no_other(desk: Desk) -> None:
    client = desk.catalogue.add_client(
        "portal", frozenset({"webhooks"}), frozenset(), types=frozenset({"birth_certificate"})
    )[0].client_id
    desk.catalogue.subscribe(client, URL, KINDS, frozenset())
    told_of = []
    for type_code in ("birth_certificate", "diploma"):
        identity = desk.receive()
        shown = record(identity)
        of_type = shown.model_copy(update={"document_type": DocumentType(code=type_code, confidence=0.9)})
        desk.catalogue.settle(desk.claim(identity), Publish(of_type))
        told_of.append(identity)
    assert told(desk.catalogue.claim_notices(10)) == [("document.published", told_of[0])]


def test_a_subscriber_of_a_unit_is_told_of_those_that_it_took_over_from(desk: Desk) -> None:
    units = frozenset({"H99.30"})
    client = desk.catalogue.add_client("portal", frozenset({"webhooks"}), units)[0].client_id
    desk.catalogue.subscribe(client, URL, KINDS, units)
    before = publish(desk, "H99.12")
    assert desk.catalogue.claim_notices(10) == []
    ended = desk.clock.now.date() - timedelta(days=2)
    desk.catalogue.replace_units([Unit("H99.12", "Xã cũ", "commune", None, ended, "H99.30")])
    desk.catalogue.revoke(before, Revocation(desk.clock.now, "…"), "portal")
    assert told(desk.catalogue.claim_notices(10)) == [("document.revoked", before)]


def test_what_is_not_delivered_is_tried_again_ever_later_and_then_given_up(desk: Desk) -> None:
    client = client_of(desk)
    subscription, _ = desk.catalogue.subscribe(client, URL, KINDS, frozenset())
    publish(desk)
    waits = []
    for attempt in range(1, ATTEMPTS_MAX + 1):
        (notice,) = desk.catalogue.claim_notices(10)
        assert notice.attempt == attempt
        desk.catalogue.settle_notice(notice, "HTTP 500")
        (waiting,) = desk.catalogue.undelivered(subscription.subscription_id, Window(client)).rows
        assert (waiting.attempts, waiting.error) == (attempt, "HTTP 500")
        if waiting.not_before is not None:
            waits.append(waiting.not_before - desk.clock.now)
            desk.clock.advance(waits[-1])
    assert waits == sorted(waits)
    assert waits[0] == timedelta(seconds=10)
    assert waiting.not_before is None
    desk.clock.advance(timedelta(days=99))
    assert desk.catalogue.claim_notices(10) == []
    assert desk.catalogue.events(limit=1)[0].kind == "notice_given_up"


def test_a_process_that_died_before_it_settled_tries_again(desk: Desk) -> None:
    desk.catalogue.subscribe(client_of(desk), URL, KINDS, frozenset())
    publish(desk)
    (first,) = desk.catalogue.claim_notices(10)
    desk.clock.advance(timedelta(minutes=1))
    (second,) = desk.catalogue.claim_notices(10)
    assert (second.sequence, second.attempt) == (first.sequence, 2)
    desk.catalogue.settle_notice(first, "late")  # of the one that came back: the second is under way
    desk.catalogue.settle_notice(second, None)
    desk.clock.advance(timedelta(days=9))
    assert desk.catalogue.claim_notices(10) == []


def test_notices_can_be_had_once_more(desk: Desk) -> None:
    client = client_of(desk)
    subscription, _ = desk.catalogue.subscribe(client, URL, KINDS, frozenset())
    first, second = publish(desk), publish(desk)
    claimed = desk.catalogue.claim_notices(10)
    for notice in claimed:
        desk.catalogue.settle_notice(notice, None)
    assert desk.catalogue.replay(client, subscription.subscription_id, claimed[1].sequence) == 1
    assert told(desk.catalogue.claim_notices(10)) == [("document.published", second)]
    assert desk.catalogue.replay(client, subscription.subscription_id, 1) == 2
    assert {document for _, document in told(desk.catalogue.claim_notices(10))} == {first, second}


def test_subscriptions_are_the_clients_own(desk: Desk) -> None:
    client, other = client_of(desk), client_of(desk)
    subscription, secret = desk.catalogue.subscribe(client, URL, KINDS, frozenset())
    assert desk.catalogue.subscriptions(client) == [subscription]
    assert desk.catalogue.subscriptions(other) == []
    for act in (
        lambda: desk.catalogue.unsubscribe(other, subscription.subscription_id),
        lambda: desk.catalogue.replay(other, subscription.subscription_id, 1),
        lambda: desk.catalogue.undelivered(subscription.subscription_id, Window(other)),
    ):
        with pytest.raises(NotFoundError):
            act()
    publish(desk)
    desk.catalogue.unsubscribe(client, subscription.subscription_id)
    assert desk.catalogue.claim_notices(10) == []
    assert secret not in repr(desk.catalogue.events())


def test_a_revoked_client_is_told_no_more(desk: Desk) -> None:
    client = client_of(desk)
    desk.catalogue.subscribe(client, URL, KINDS, frozenset())
    publish(desk)
    assert len(desk.catalogue.claim_notices(10)) == 1
    desk.catalogue.revoke_client(client)
    publish(desk)
    desk.clock.advance(timedelta(days=1))
    assert desk.catalogue.claim_notices(10) == []


def test_what_came_back_from_the_archive_is_told_as_published(desk: Desk) -> None:
    desk.catalogue.subscribe(client_of(desk), URL, KINDS, frozenset())
    arrival = desk.arrival(1)
    found = Publication(arrival, record(arrival.document_id), desk.clock.now)
    assert desk.catalogue.restore([found]) == 1
    assert told(desk.catalogue.claim_notices(10)) == [("document.published", found.arrival.document_id)]
