"""The log cannot be changed, and a change made past the catalogue is found, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from storage.catalogue import SqlCatalogue
from storage.database import Database, open_engine
from storage.log import Entry, write
from tests.catalogue_keys import KEY

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)

TRIGGERS = {
    "sqlite": ["DROP TRIGGER events_refuse_update", "DROP TRIGGER events_refuse_delete"],
    "postgresql": ["ALTER TABLE events DISABLE TRIGGER events_refuse_change"],
}


@pytest.fixture
def database(catalogue_url: str) -> Iterator[Connection]:
    engine = open_engine(catalogue_url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def written(catalogue: SqlCatalogue) -> SqlCatalogue:
    for number in range(6):
        catalogue.log("client-1", "access.lookup", None, {"found": number})
    assert catalogue.verify_log() is None
    return catalogue


def break_into(database: Connection, *statements: str) -> None:
    for statement in (*TRIGGERS[database.dialect.name], *statements):
        database.execute(text(statement))
    database.commit()


def test_an_entry_says_what_was_logged(catalogue: SqlCatalogue) -> None:
    first = catalogue.log("client-1", "access.lookup", "0" * 26, {"found": 2, "types": ["a"], "note": "Đã xem"})
    second = catalogue.log("client-2", "access.pdf")
    assert catalogue.events() == [second, first]
    assert catalogue.events("0" * 26) == [first]
    assert catalogue.events(limit=1) == [second]
    assert dict(first.data) == {"found": 2, "types": ["a"], "note": "Đã xem"}
    assert (second.sequence, second.actor, second.kind, second.document_id) == (2, "client-2", "access.pdf", None)


def test_an_empty_log_holds(catalogue: SqlCatalogue) -> None:
    assert catalogue.verify_log() is None


@pytest.mark.parametrize(
    "statement",
    ["UPDATE events SET actor = 'x' WHERE sequence = 3", "DELETE FROM events WHERE sequence = 6", "DELETE FROM events"],
)
def test_the_database_refuses_every_change(written: SqlCatalogue, database: Connection, statement: str) -> None:
    with pytest.raises(DBAPIError, match="append-only"):
        database.execute(text(statement))
    database.rollback()
    assert len(written.events()) == 6
    assert written.verify_log() is None


def test_truncation_is_refused(postgresql_url: str) -> None:
    engine = open_engine(postgresql_url)
    with engine.connect() as connection, pytest.raises(DBAPIError, match="append-only"):
        connection.execute(text("TRUNCATE events CASCADE"))
    engine.dispose()


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE events SET actor = 'client-2' WHERE sequence = 3", 3),
        ("UPDATE events SET data = '{}' WHERE sequence = 4", 4),
        ("UPDATE events SET kind = 'downloaded' WHERE sequence = 1", 1),
        ("UPDATE events SET document_id = '00000000000000000000000000' WHERE sequence = 2", 2),
        ("UPDATE events SET at = '2020-01-01 00:00:00.000000' WHERE sequence = 5", 5),
        ("UPDATE events SET hash = (SELECT hash FROM events WHERE sequence = 1) WHERE sequence = 6", 6),
        ("DELETE FROM events WHERE sequence = 3", 3),
        ("DELETE FROM events WHERE sequence = 1", 1),
        ("DELETE FROM events WHERE sequence >= 5", 5),
        ("DELETE FROM events", 1),
        ("UPDATE events SET sequence = sequence + 10 WHERE sequence >= 4", 4),
    ],
)
def test_a_change_is_found(written: SqlCatalogue, database: Connection, statement: str, broken: int) -> None:
    break_into(database, statement)
    assert written.verify_log() == broken


def test_swapped_entries_are_found(written: SqlCatalogue, database: Connection) -> None:
    break_into(
        database,
        "UPDATE events SET sequence = 99 WHERE sequence = 2",
        "UPDATE events SET sequence = 2 WHERE sequence = 3",
        "UPDATE events SET sequence = 3 WHERE sequence = 99",
    )
    assert written.verify_log() == 2


def test_a_log_put_back_to_an_older_end_is_found_by_its_head(written: SqlCatalogue, database: Connection) -> None:
    break_into(database, "UPDATE log_head SET hash = (SELECT hash FROM events WHERE sequence = 5)")
    assert written.verify_log() == 6


STRANGE = (
    "",
    "ệ Ư",
    "\x01\x1f\x7f",
    "\\",
    '"',
    "'",
    "\u2028",
    "\U0001f600",
    "\x00",
    "a\\u0000b",
    "%s %(x)s :given",
    "]}",
)


def test_whatever_is_written_comes_back_and_its_hash_is_that_of_the_one_who_checks(catalogue: SqlCatalogue) -> None:
    """The database makes it on PostgreSQL; the check is Python's."""
    for text_of_it in STRANGE:
        catalogue.log("client ệ\\", "access.lookup", None, {"text": text_of_it, text_of_it: [1, None, True, 0.1]})
    assert [event.data["text"] for event in reversed(catalogue.events())] == list(STRANGE)
    assert catalogue.verify_log() is None


def test_several_at_once_follow_each_other(catalogue: SqlCatalogue, catalogue_url: str) -> None:
    engine = open_engine(catalogue_url)
    database = Database(engine, KEY)
    for count in (1, 200, 3):
        entries = [Entry("client", "access.lookup", None, {"number": number}) for number in range(count)]
        written = database.append(write(database.backend, NOW, entries))
        assert [event.sequence for event in written] == list(range(written[0].sequence, written[0].sequence + count))
        assert [event.data["number"] for event in reversed(catalogue.events(limit=count))] == list(range(count))
    assert catalogue.log_extent().entries == 204
    assert catalogue.verify_log() is None
    engine.dispose()
