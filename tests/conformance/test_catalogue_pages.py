"""Lists of a catalogue that are read page by page, on SQLite and on PostgreSQL."""

from collections.abc import Callable
from typing import Any

import pytest

from digitize.errors import CursorError
from storage.pages import Page, Window, read_all
from tests.conformance.conftest import MINUTE, Desk
from tests.conformance.test_catalogue_notices import KINDS, URL, client_of
from tests.conformance.test_catalogue_reuse import OWNER, publish

Ask = Callable[[Window], Page[Any]]


def numbered(desk: Desk, count: int) -> list[str]:
    """Papers published, each its own."""
    return [publish(desk, document_number=f"{number}/2026") for number in range(count)]


def read(ask: Ask, asker: str, limit: int, between: Callable[[], object]) -> list[Any]:
    """Every row; something happens between two pages."""
    rows: list[Any] = []
    page = ask(Window(asker, limit))
    while page.cursor is not None:
        assert len(page.rows) == limit
        rows += page.rows
        between()
        page = ask(Window(asker, limit, page.cursor))
    assert len(page.rows) <= limit
    return [*rows, *page.rows]


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5])
def test_an_owners_papers_come_newest_first_and_each_once(desk: Desk, limit: int) -> None:
    oldest = publish(desk, document_number="oldest")
    at_once = []
    for number in range(3):
        at_once.append(publish(desk, document_number=f"{number}/2026"))
        desk.clock.advance(-MINUTE)
    desk.clock.advance(2 * MINUTE)
    copy = publish(desk, "H99.02", document_number="1/2026")
    assert desk.papers_of(OWNER, units=frozenset({"H99.02"})) == [copy]

    def publish_another() -> None:
        publish(desk, document_number="newest")

    found = read(lambda window: desk.catalogue.lookup(OWNER, window), "portal", limit, publish_another)
    assert [row.document_id for row in found] == [*sorted(at_once), oldest]


@pytest.mark.parametrize("limit", [1, 2, 4, 5])
def test_an_owner_is_told_of_every_use_once(desk: Desk, limit: int) -> None:
    first, second = sorted(numbered(desk, 2))

    def use(*documents: str) -> None:
        desk.catalogue.record_use("portal", "access.lookup", documents, {})

    use(first, second)
    use(second)
    use(first, second)
    found = read(lambda window: desk.catalogue.uses(OWNER, window), "portal", limit, lambda: use(first))
    assert [one.document_id for one in found] == [first, second, second, first, second]


@pytest.mark.parametrize("limit", [1, 2, 3])
def test_all_that_was_not_delivered_is_told_oldest_first(desk: Desk, limit: int) -> None:
    client = client_of(desk)
    subscription, _ = desk.catalogue.subscribe(client, URL, KINDS, frozenset())
    numbered(desk, 3)
    claimed = desk.catalogue.claim_notices(10)

    def tell_the_first() -> None:
        desk.catalogue.settle_notice(claimed[0], None)

    found = read(
        lambda window: desk.catalogue.undelivered(subscription.subscription_id, window), client, limit, tell_the_first
    )
    assert [one.sequence for one in found] == [one.sequence for one in claimed]


def test_a_cursor_is_good_for_its_list_and_its_reader_only(desk: Desk) -> None:
    numbered(desk, 2)
    desk.catalogue.record_use("portal", "access.lookup", desk.papers_of(OWNER), {})
    client = client_of(desk)
    one, other = (desk.catalogue.subscribe(client, URL, KINDS, frozenset())[0].subscription_id for _ in range(2))
    desk.catalogue.replay(client, one, 1)
    desk.catalogue.replay(client, other, 1)
    lists: list[Ask] = [
        lambda window: desk.catalogue.lookup(OWNER, window),
        lambda window: desk.catalogue.lookup("001090000002", window),
        lambda window: desk.catalogue.lookup(OWNER, window, units=frozenset({"H99.01"})),
        lambda window: desk.catalogue.lookup(OWNER, window, types=frozenset({"birth_certificate"})),
        lambda window: desk.catalogue.lookup(OWNER, window, document_type="birth_certificate"),
        lambda window: desk.catalogue.uses(OWNER, window),
        lambda window: desk.catalogue.uses("001090000002", window),
        lambda window: desk.catalogue.undelivered(one, window),
        lambda window: desk.catalogue.undelivered(other, window),
    ]
    for number, ask in enumerate(lists):
        cursor = ask(Window(client, 1)).cursor
        if cursor is None:  # that owner has nothing
            continue
        assert len(list(read_all(ask, client))) == 2
        assert len(ask(Window(client, 1, cursor)).rows) == 1
        for wrong in ("", "A", "ả", f"B{cursor[1:]}", cursor[:-4], cursor + cursor):
            with pytest.raises(CursorError):
                ask(Window(client, 1, wrong))
        for other_list in lists[:number] + lists[number + 1 :]:
            with pytest.raises(CursorError):
                other_list(Window(client, 1, cursor))
    with pytest.raises(CursorError):
        lists[0](Window("another", 1, lists[0](Window(client, 1)).cursor))
