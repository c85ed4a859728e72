"""What a catalogue must know of requests that were made already, on SQLite and on PostgreSQL."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from digitize.errors import DigitizeError
from digitize.idempotency_errors import KeyInUseError, KeyReusedError
from storage.database import open_engine
from storage.idempotency import KEPT_FOR
from storage.idempotency_api import Claim
from tests.conformance.conftest import MINUTE, Desk, at_once

KEY, ASKED, ANSWER = "dc9bf0c1", b"POST /v1/uploads\n{}", '{"owner": "NGUY\u1ec4N"}'


def claim(desk: Desk, client: str = "portal", key: str = KEY, asked: bytes = ASKED) -> Claim | str:
    return desk.catalogue.claim_key(client, key, asked, MINUTE)


def claimed(desk: Desk) -> Claim:
    found = claim(desk)
    assert isinstance(found, Claim)
    return found


def test_what_was_answered_is_answered_again_for_a_day(desk: Desk) -> None:
    first = claimed(desk)
    desk.catalogue.keep_answer(first, ANSWER)
    desk.clock.advance(KEPT_FOR - MINUTE)
    assert desk.catalogue.delete_expired_keys() == 0
    assert claim(desk) == ANSWER
    with pytest.raises(KeyReusedError):
        claim(desk, asked=b"something else")
    desk.clock.advance(MINUTE)
    anew = claim(desk, asked=b"something else")  # though nobody has swept yet
    assert isinstance(anew, Claim)
    assert anew.identity != first.identity
    desk.clock.advance(KEPT_FOR)
    assert desk.catalogue.delete_expired_keys() == 1
    assert isinstance(claim(desk), Claim)


def test_keys_are_each_clients_own(desk: Desk) -> None:
    found = [claim(desk), claim(desk, client="other"), claim(desk, key="other"), claim(desk, "portal\nother", "")]
    assert len({one.identity for one in found if isinstance(one, Claim)}) == len(found)


def test_one_of_many_at_the_same_time_may_go_on(desk: Desk) -> None:
    def attempt(_: int) -> str:
        try:
            claim(desk)
        except KeyInUseError as error:
            return f"wait {error.values['seconds']} s"
        return "claimed"

    assert sorted(at_once(8, attempt)) == ["claimed"] + ["wait 60 s"] * 7


def test_who_comes_after_one_that_died_does_it_by_the_same_identity(desk: Desk) -> None:
    first = claimed(desk)
    desk.clock.advance(MINUTE - timedelta(milliseconds=1))
    with pytest.raises(DigitizeError) as refused:
        claim(desk)
    assert (refused.value.code, refused.value.values["seconds"]) == ("idempotency_key_in_use", 1)
    desk.clock.advance()
    second = claimed(desk)
    assert second.identity == first.identity
    desk.catalogue.keep_answer(first, "too late")  # of the one that came back
    desk.catalogue.release_key(first)
    with pytest.raises(KeyInUseError):
        claim(desk)
    desk.catalogue.keep_answer(second, ANSWER)
    assert claim(desk) == ANSWER


def test_what_came_to_nothing_may_be_tried_again_at_once(desk: Desk) -> None:
    first = claimed(desk)
    desk.catalogue.release_key(first)
    with pytest.raises(KeyReusedError):
        claim(desk, asked=b"something else")
    assert claimed(desk).identity == first.identity


def test_the_database_holds_neither_key_nor_answer(desk: Desk, catalogue_url: str) -> None:
    desk.catalogue.keep_answer(claimed(desk), ANSWER)
    engine = open_engine(catalogue_url)
    with engine.connect() as connection:
        rows = repr(connection.execute(text("SELECT * FROM idempotency_keys")).all())
    engine.dispose()
    for part in (KEY, "portal", "owner", "NGUY"):
        assert part not in rows


def test_a_subscription_that_is_there_already_is_not_made_again(desk: Desk) -> None:
    client, other = (desk.catalogue.add_client(name, frozenset(), frozenset())[0].client_id for name in "ab")
    made = [
        desk.catalogue.subscribe(client, "https://portal.example/", frozenset({"published"}), frozenset(), "5b0c1f5e")
        for _ in range(2)
    ]
    assert made[0] == made[1]
    assert desk.catalogue.subscriptions(client) == [made[0][0]]
    assert desk.catalogue.subscriptions(other) == []
