"""What goes past SQLAlchemy: the same values, rows and errors as through it, and no connection left in a bad state."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from sqlalchemy import Column, Integer, MetaData, Table, Text, bindparam, select

from digitize.errors import CatalogueUnavailableError, DigitizeError
from storage.catalogue import SqlCatalogue
from storage.database import Database, open_engine
from storage.log import Entry, write
from storage.statements import Statement
from storage.tables import UtcDateTime
from tests.catalogue_keys import KEY

SECRET_NAME = "NGUYỄN VĂN MẬT"
NOW = datetime(2026, 11, 27, 12, 0, 0, 123456, tzinfo=UTC)
EVENTS = Table("events", MetaData(), Column("sequence", Integer), Column("at", UtcDateTime), Column("actor", Text))


@pytest.fixture
def database(catalogue_url: str) -> Iterator[Database]:
    engine = open_engine(catalogue_url)
    yield Database(engine, KEY)
    engine.dispose()


def log(database: Database, *actors: str) -> None:
    for number, actor in enumerate(actors):
        with database.append() as held:
            write(held, NOW + timedelta(minutes=number), [Entry(actor, "access.lookup", None, {})])


def test_times_come_back_as_they_went_in_and_bound_what_is_found(database: Database) -> None:
    log(database, "a", "b", "c")
    later = Statement(
        select(EVENTS).where(EVENTS.c.at > bindparam("at", type_=UtcDateTime)).order_by(EVENTS.c.sequence)
    )
    for minutes, expected in ((-1, ["a", "b", "c"]), (0, ["b", "c"]), (1, ["c"]), (2, [])):
        with database.look() as look:
            found = later.run(look.held, {"at": NOW + timedelta(minutes=minutes)})
        assert [one.actor for one in found] == expected
        assert all(one.at == NOW + timedelta(minutes=one.sequence - 1) for one in found)


def test_a_list_may_have_any_length(database: Database) -> None:
    log(database, "a", "b", "c")
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
        with database.look() as look:
            found = named.run(look.held, {"actors": actors, "after": after})
        assert {one.sequence for one in found} == expected


def test_an_error_tells_nothing_of_a_row(database: Database) -> None:
    nowhere = Table("nowhere", MetaData(), Column("name", Text))
    wrong = Statement(select(nowhere).where(nowhere.c.name == bindparam("name")))
    with pytest.raises(DigitizeError) as caught, database.look() as look:
        wrong.run(look.held, {"name": SECRET_NAME})
    error: BaseException | None = caught.value
    while error is not None:
        assert SECRET_NAME not in str(error)
        error = error.__cause__
    log(database, "still")


def test_what_fails_half_way_leaves_nothing_of_the_log(database: Database, catalogue: SqlCatalogue) -> None:
    def fail() -> None:
        with database.append() as held:
            if held.dialect.name == "postgresql":
                held.driver.execute("BEGIN")
            write(held, NOW, [Entry("a", "access.lookup", None, {})])
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert catalogue.events() == []
    log(database, "b")
    assert [one.sequence for one in catalogue.events()] == [1]
    assert catalogue.verify_log() is None


def test_a_connection_that_is_lost_is_not_lent_again(postgresql_url: str) -> None:
    engine = open_engine(postgresql_url)
    catalogue = SqlCatalogue(engine, KEY)
    for use in (lambda: catalogue.holdings("001099012345"), lambda: catalogue.log("a", "access.lookup")):
        use()  # so lately that nobody asks whether it is alive
        with psycopg.connect(postgresql_url, autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        with pytest.raises(CatalogueUnavailableError):
            use()
        use()
    assert catalogue.verify_log() is None
    engine.dispose()
