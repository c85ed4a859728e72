"""What goes past SQLAlchemy: the same values, rows and errors as through it, and no connection left in a bad state."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Column, Integer, MetaData, Table, Text, bindparam, select, text

from digitize.errors import CatalogueUnavailableError, DigitizeError
from storage.catalogue import SqlCatalogue
from storage.database import CONNECTIONS, Database, open_engine
from storage.log import Entry, write
from storage.pages import Window
from storage.statements import Statement, Steps, Told
from storage.tables import UtcDateTime
from tests.catalogue_keys import KEY

SECRET_NAME = "NGUYỄN VĂN MẬT"
NOW = datetime(2026, 11, 27, 12, 0, 0, 123456, tzinfo=UTC)
EVENTS = Table("events", MetaData(), Column("sequence", Integer), Column("at", UtcDateTime), Column("actor", Text))


@dataclass
class Asker:
    """A database, asked from threads or from an event loop."""

    database: Database
    loop: asyncio.Runner | None

    def answer(self, steps: Steps[Told]) -> Told:
        if self.loop is None:
            return self.database.answer(steps)
        return self.loop.run(self.database.async_answer(steps))

    def append(self, steps: Steps[Told]) -> Told:
        if self.loop is None:
            return self.database.append(steps)
        return self.loop.run(self.database.async_append(steps))

    def log(self, *actors: str) -> None:
        for number, actor in enumerate(actors):
            at = NOW + timedelta(minutes=number)
            self.append(write(self.database.backend, at, [Entry(actor, "access.lookup", None, {})]))


@pytest.fixture(params=["thread", "loop"])
def asker(request: pytest.FixtureRequest, catalogue_url: str) -> Iterator[Asker]:
    engine = open_engine(catalogue_url)
    database = Database(engine, KEY)
    if request.param == "thread":
        yield Asker(database, None)
    else:
        with asyncio.Runner() as loop:
            yield Asker(database, loop)
            loop.run(database.async_close())
    engine.dispose()


def rows(statement: Statement, **values: object) -> Steps[list[Any]]:
    return (yield statement.asking(values))


def test_times_come_back_as_they_went_in_and_bound_what_is_found(asker: Asker) -> None:
    asker.log("a", "b", "c")
    later = Statement(
        select(EVENTS).where(EVENTS.c.at > bindparam("at", type_=UtcDateTime)).order_by(EVENTS.c.sequence)
    )
    for minutes, expected in ((-1, ["a", "b", "c"]), (0, ["b", "c"]), (1, ["c"]), (2, [])):
        found = asker.answer(rows(later, at=NOW + timedelta(minutes=minutes)))
        assert [one.actor for one in found] == expected
        assert all(one.at == NOW + timedelta(minutes=one.sequence - 1) for one in found)


def test_a_list_may_have_any_length(asker: Asker) -> None:
    asker.log("a", "b", "c")
    named = Statement(
        select(EVENTS.c.sequence).where(
            EVENTS.c.actor.in_(bindparam("actors", expanding=True)), EVENTS.c.sequence > bindparam("after")
        )
    )
    for actors, after, expected in (
        (["a", "c"], 0, {1, 3}),
        (["a"], 0, {1}),
        ([], 0, set()),
        (["a", "b", "c"], 2, {3}),
    ):
        found = asker.answer(rows(named, actors=actors, after=after))
        assert {one.sequence for one in found} == expected


def test_no_value_stays_for_who_gives_none(asker: Asker) -> None:
    asker.log("a")
    statement = Statement(select(EVENTS.c.sequence).where(EVENTS.c.actor == bindparam("actor")))
    assert asker.answer(rows(statement, actor="a"))
    with pytest.raises((DigitizeError, KeyError)):
        asker.answer(rows(statement))


def test_an_error_tells_nothing_of_a_row(asker: Asker) -> None:
    nowhere = Table("nowhere", MetaData(), Column("name", Text))
    wrong = Statement(select(nowhere).where(nowhere.c.name == bindparam("name")))
    with pytest.raises(DigitizeError) as caught:
        asker.answer(rows(wrong, name=SECRET_NAME))
    error: BaseException | None = caught.value
    while error is not None:
        assert SECRET_NAME not in str(error)
        error = error.__cause__
    asker.log("still")


def test_what_fails_half_way_leaves_nothing_of_the_log(asker: Asker, catalogue: SqlCatalogue) -> None:
    backend = asker.database.backend

    def fail() -> Steps[None]:
        if backend == "postgresql":
            yield Statement(text("BEGIN")).asking({})
        yield from write(backend, NOW, [Entry("a", "access.lookup", None, {})])
        raise KeyError

    with pytest.raises(KeyError):
        asker.append(fail())
    assert catalogue.events() == []
    asker.log("b")
    assert [one.sequence for one in catalogue.events()] == [1]
    assert catalogue.verify_log() is None


def cut_all_off(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def test_a_connection_that_is_lost_is_not_lent_again(postgresql_url: str) -> None:
    engine = open_engine(postgresql_url)
    catalogue = SqlCatalogue(engine, KEY)
    with asyncio.Runner() as loop:
        for use in (
            lambda: catalogue.lookup("001099012345", Window("test")),
            lambda: catalogue.log("a", "access.lookup"),
            lambda: loop.run(catalogue.async_holdings("001099012345")),
            lambda: loop.run(catalogue.async_record_use("a", "access.lookup", [])),
        ):
            use()  # so lately that nobody asks whether it is alive
            cut_all_off(postgresql_url)
            with pytest.raises(CatalogueUnavailableError):
                use()
            use()
        loop.run(catalogue.close())
    engine.dispose()
    assert catalogue.verify_log() is None
    engine.dispose()


def test_a_connection_that_was_idle_is_asked_first(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.database._ALIVE_FOR_S", 0.0)
    engine = open_engine(postgresql_url)
    catalogue = SqlCatalogue(engine, KEY)
    with asyncio.Runner() as loop:
        for _ in range(2):
            loop.run(catalogue.async_record_use("a", "access.lookup", []))
            cut_all_off(postgresql_url)
        loop.run(catalogue.async_record_use("a", "access.lookup", []))
        loop.run(catalogue.close())
    engine.dispose()


def test_who_is_cut_off_leaves_the_others_their_connections(postgresql_url: str) -> None:
    """Portals that hang up while the database thinks."""
    engine = open_engine(postgresql_url)
    database = Database(engine, KEY)
    slow, quick = Statement(text("SELECT pg_sleep(30)")), Statement(select(EVENTS.c.sequence))

    async def hang_up() -> None:
        asked = [asyncio.create_task(database.async_answer(rows(slow))) for _ in range(3 * CONNECTIONS)]
        await asyncio.sleep(0.3)
        for one in asked:
            one.cancel()
        assert all(
            isinstance(one, asyncio.CancelledError) for one in await asyncio.gather(*asked, return_exceptions=True)
        )
        assert await asyncio.wait_for(database.async_answer(rows(quick)), 5) == []

    with asyncio.Runner() as loop:
        loop.run(hang_up())
        loop.run(database.async_close())
    engine.dispose()


def test_where_no_database_answers_it_says_so(tmp_path: Path) -> None:
    database = Database(open_engine(f"postgresql://nobody@/nothing?host={tmp_path}"), KEY)
    with asyncio.Runner() as loop, pytest.raises(CatalogueUnavailableError):
        loop.run(database.async_answer(rows(Statement(select(EVENTS.c.sequence)))))
