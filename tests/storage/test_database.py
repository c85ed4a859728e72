"""Migrations make the tables the code knows, once, whoever starts first; foreign errors stay inside."""

import multiprocessing
import os
import shutil
import stat
import threading
import uuid
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from psycopg.sql import SQL, Identifier
from sqlalchemy import event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import IntegrityError

from digitize.config import Config, Storage
from digitize.errors import CatalogueUnavailableError, ConfigError, InternalError
from digitize.machine_errors import CatalogueDamagedError, MachineFullError
from digitize.model import PageRecord, Status
from storage.api import Arrival, PageRange, Publication, Spread
from storage.catalogue import SqlCatalogue, database_url, open_catalogue, prepare_catalogue
from storage.catalogue_key import CatalogueKey
from storage.database import Database, migrate, open_engine
from storage.pages import Window
from storage.search_api import SearchQuery
from storage.tables import Base
from tests.catalogue_keys import KEY
from tests.conformance.conftest import record as paper_record
from tests.portals import search

SECRET_NAME = "NGUYỄN VĂN MẬT"


@pytest.fixture
def empty_postgresql_url(postgresql_server: str) -> Iterator[str]:
    name = f"test_{uuid.uuid4().hex}"
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
    yield make_url(postgresql_server).set(database=name).render_as_string(hide_password=False)
    with psycopg.connect(postgresql_server, autocommit=True) as connection:
        connection.execute(SQL("DROP DATABASE {}").format(Identifier(name)))


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'new' / 'catalogue.sqlite'}"
    url: str = request.getfixturevalue("empty_postgresql_url")
    return url


def test_the_migrations_make_the_tables_the_code_knows(catalogue_url: str) -> None:
    engine = open_engine(catalogue_url)
    # The index of words is of another kind on each database and no table of the code's.
    options = {"include_name": lambda name, kind, _: kind != "table" or not name.startswith("search_words")}
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection, opts=options), Base.metadata) == []
        made = inspect(connection)
        for name, table in Base.metadata.tables.items():
            known = {str(check.name) for check in table.constraints if "ck_" in str(check.name)}
            assert {check["name"] for check in made.get_check_constraints(name)} == known
    engine.dispose()


def migrate_under_key(url: str) -> None:
    migrate(url, KEY)


def test_processes_that_start_together_migrate_once(empty_url: str) -> None:
    with ProcessPoolExecutor(3, multiprocessing.get_context("spawn")) as pool:
        assert list(pool.map(migrate_under_key, [empty_url] * 3)) == [None] * 3
    engine = open_engine(empty_url)
    assert SqlCatalogue(engine, KEY).verify_log() is None
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == ["0010"]
        assert connection.execute(text("SELECT count(*) FROM log_head")).scalar() == 1
    engine.dispose()


def migrate_to(url: str, version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a program of that time would have left it."""
    with monkeypatch.context() as patch:
        upgrade = command.upgrade
        patch.setattr(command, "upgrade", lambda settings, _: upgrade(settings, version))
        patch.setattr("storage.database._check_key", lambda *_: None)
        migrate(url, KEY)


OLD_DOCUMENT = (
    "INSERT INTO documents (document_id, status, stage, role, filename, sha256, size, media_type, page_count, priority,"
    " attempts, received_at, updated_at, published_at, not_before, fence, lease_owner, lease_until, record) VALUES"
    " (:id, :status, :stage, 'component', :filename, :sha256, 1, 'application/pdf', 0, 'default', 1, :at, :at,"
    " :published_at, :at, 1, :lease_owner, :lease_until, :record)"
)
AT = "2026-09-12 00:00:00+00:00"


def old_document(number: int, **parts: object) -> dict[str, object]:
    values = {
        "id": f"{number:026d}", "status": "processing", "stage": "inspect", "filename": SECRET_NAME,
        "sha256": "0" * 64, "at": AT, "published_at": None, "lease_owner": None, "lease_until": None, "record": None,
    }  # fmt: skip
    return {**values, **parts}


def test_a_catalogue_from_before_page_ranges_goes_on_where_it_stood(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate_to(empty_url, "0001", monkeypatch)
    engine = open_engine(empty_url)
    with engine.begin() as connection:
        connection.execute(text(OLD_DOCUMENT), old_document(1, lease_owner="gone", lease_until=AT))
        connection.execute(
            text(
                "INSERT INTO attempts (document_id, stage, number, fence, worker, started_at)"
                " SELECT document_id, stage, 1, 1, 'gone', received_at FROM documents"
            )
        )
    migrate(empty_url, KEY)
    catalogue = SqlCatalogue(engine, KEY)
    lease = catalogue.claim(f"{1:026d}", "inspect", "worker", timedelta(minutes=1))
    assert lease is not None
    catalogue.settle(lease, Spread((PageRange(1, 20),)))
    assert [(one.stage, one.first_page, one.outcome) for one in catalogue.attempts(f"{1:026d}")] == [
        ("inspect", 0, "lost"),
        ("inspect", 0, "advance"),
    ]
    assert [due.first_page for due in catalogue.due(10)] == [1]
    assert catalogue.verify_log() is None
    engine.dispose()


def test_persons_in_a_catalogue_from_before_are_hidden_and_still_found(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate_to(empty_url, "0003", monkeypatch)
    kept = paper_record(f"{1:026d}", number := "001090000001").model_copy(update={"status": Status.PUBLISHED})
    engine = open_engine(empty_url)
    with engine.begin() as connection:
        published = {"status": "published", "stage": "assemble", "published_at": AT}
        connection.execute(text(OLD_DOCUMENT), old_document(1, record=kept.model_dump_json(by_alias=True), **published))
        connection.execute(text("INSERT INTO owners VALUES (:number, :id)"), {"number": number, "id": f"{1:026d}"})
        connection.execute(text(OLD_DOCUMENT), old_document(2))
    migrate(empty_url, KEY)
    with engine.connect() as connection:
        rows = [*connection.execute(text("SELECT * FROM documents")), *connection.execute(text("SELECT * FROM owners"))]
    assert SECRET_NAME not in repr(rows)
    assert number not in repr(rows)
    catalogue = SqlCatalogue(engine, KEY)
    found = catalogue.find(f"{1:026d}")
    assert found is not None
    assert (found.filename, found.record) == (SECRET_NAME, kept)
    assert [row.document_id for row in catalogue.lookup(number, Window("test")).rows] == [f"{1:026d}"]
    engine.dispose()


def test_what_was_given_out_before_is_still_told(empty_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    migrate_to(empty_url, "0008", monkeypatch)
    engine = open_engine(empty_url)
    number = "001090000001"
    published = {"status": "published", "stage": "assemble", "published_at": AT, "record": "none is read"}
    with engine.begin() as connection:
        connection.execute(text(OLD_DOCUMENT), old_document(1, **published))
        owner = {"owner": KEY.blind(number), "id": f"{1:026d}", "number": KEY.seal(number, f"{1:026d}/owner")}
        connection.execute(
            text("INSERT INTO owners (owner, document_id, number, attested) VALUES (:owner, :id, :number, true)"), owner
        )
    catalogue = SqlCatalogue(engine, KEY)
    catalogue.record_use("client", "access.lookup", [f"{1:026d}"])
    migrate(empty_url, KEY)
    catalogue.record_use("client", "access.lookup", [f"{1:026d}"])
    assert [use.document_id for use in catalogue.uses(number, Window("test")).rows] == [f"{1:026d}"] * 2
    assert catalogue.verify_log() is None
    engine.dispose()


def test_the_index_of_words_is_made_anew_where_less_counted_as_sensitive(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate_to(empty_url, "0009", monkeypatch)
    engine = open_engine(empty_url)
    catalogue = SqlCatalogue(engine, KEY)
    found, page = arrival(1), PageRecord(number=1, text="Sơn Hạ", dpi=300)
    kept = paper_record(found.document_id, "001090000001").model_copy(update={"pages": (page,)})
    assert catalogue.restore([Publication(found, kept, datetime.fromisoformat(AT))]) == 1
    migrate(empty_url, KEY)
    asked = SearchQuery("client", "sơn hạ", sensitive=True)
    assert search(catalogue, asked, 10).rows == ()
    catalogue.make_searchable([found.document_id])
    assert [row.document_id for row in search(catalogue, asked, 10).rows] == [found.document_id]
    engine.dispose()


def test_a_catalogue_is_not_opened_with_the_key_of_another(empty_url: str) -> None:
    migrate(empty_url, KEY)
    with pytest.raises(ConfigError, match="catalogue_key_file"):
        migrate(empty_url, CatalogueKey(bytes(32)))
    migrate(empty_url, KEY)


def test_sqlite_survives_a_power_cut_and_is_private(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    with engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")
        }
    engine.dispose()
    assert pragmas == {"journal_mode": "wal", "synchronous": 2}


def test_a_new_sqlite_file_is_readable_by_its_owner_only(tmp_path: Path) -> None:
    config = Config(data_dir=tmp_path / "var")
    previous = os.umask(0)
    try:
        prepare_catalogue(config)
        catalogue = open_catalogue(config)
        catalogue.log("client", "access.lookup")
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "var").rglob("*")}
    finally:
        os.umask(previous)
    assert modes.pop("secrets") == 0o700
    assert modes
    assert set(modes.values()) == {0o600}


def test_a_configured_database_is_used(tmp_path: Path) -> None:
    config = Config(data_dir=tmp_path, storage=Storage(database_url="postgresql://db.example/catalogue"))
    assert database_url(config) == "postgresql://db.example/catalogue"


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite://", "sqlite:///:memory:"])
def test_other_databases_are_refused(url: str) -> None:
    with pytest.raises(ConfigError):
        open_engine(url)


def test_a_database_that_does_not_answer_is_unavailable(tmp_path: Path) -> None:
    silent = SqlCatalogue(open_engine(f"postgresql://nobody@/none?host={tmp_path}"), KEY)
    with pytest.raises(CatalogueUnavailableError):
        silent.due(1)
    with pytest.raises(CatalogueUnavailableError):
        migrate(f"postgresql://nobody@/none?host={tmp_path}", KEY)
    (tmp_path / "broken.sqlite").write_bytes(b"this is no database, however long one reads it" * 100)
    with pytest.raises(CatalogueDamagedError):
        SqlCatalogue(open_engine(f"sqlite:///{tmp_path / 'broken.sqlite'}"), KEY).due(1)


def test_a_full_disk_is_named_and_nothing_is_blamed_on_a_row(migrated_sqlite: Path, tmp_path: Path) -> None:
    path = shutil.copyfile(migrated_sqlite, tmp_path / "full.sqlite")
    engine = open_engine(f"sqlite:///{path}")
    event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA max_page_count = 1"))  # as full as it is
    catalogue = SqlCatalogue(engine, KEY)
    with pytest.raises(MachineFullError, match="SQLITE_FULL"):
        all(catalogue.register(arrival(number)) for number in range(1_000))


def arrival(number: int, **parts: object) -> Arrival:
    values = {
        "document_id": f"{number:026d}", "unit": None, "dossier": None, "component": None, "role": "component",
        "filename": SECRET_NAME, "sha256": "0" * 64, "size": 1, "media_type": "application/pdf",
    }  # fmt: skip
    return Arrival(**{**values, **parts})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "wrong", [{"document_id": "1"}, {"sha256": "0"}, {"size": -1}, {"role": "other"}, {"priority": "soon"}]
)
def test_the_database_refuses_what_must_not_be_and_tells_no_value(
    catalogue: SqlCatalogue, wrong: dict[str, object]
) -> None:
    with pytest.raises(InternalError) as caught:
        catalogue.register(arrival(1, **wrong))
    shown = [caught.value, caught.value.__cause__]
    assert SECRET_NAME not in repr(shown) + str(caught.value)
    assert caught.value.__suppress_context__
    assert catalogue.documents() == []
    assert catalogue.events() == []


@pytest.mark.parametrize(
    "change",
    [
        "status = 'lost'", "status = 'published'", "status = 'needs_review'", "status = 'rejected'", "held = '[]'",
        "published_at = received_at", "lease_owner = 'worker'", "lease_owner = 'worker', lease_until = received_at",
        "stage = 'sign'", "attempts = -1",
    ],
)  # fmt: skip
def test_a_row_that_contradicts_itself_is_refused(catalogue: SqlCatalogue, catalogue_url: str, change: str) -> None:
    catalogue.register(arrival(1))
    engine = open_engine(catalogue_url)
    with engine.connect() as connection, pytest.raises(IntegrityError):
        connection.execute(text(f"UPDATE documents SET {change}"))
    engine.dispose()


def test_two_attempts_at_once_are_refused(catalogue: SqlCatalogue, catalogue_url: str) -> None:
    catalogue.register(arrival(1))
    insert = text(
        "INSERT INTO attempts (document_id, stage, number, fence, worker, started_at)"
        " VALUES (:id, 'inspect', :number, 1, 'worker', '2026-09-12 00:00:00')"
    )
    engine = open_engine(catalogue_url)
    with engine.connect() as connection:
        connection.execute(insert, {"id": f"{1:026d}", "number": 1})
        with pytest.raises(IntegrityError):
            connection.execute(insert, {"id": f"{1:026d}", "number": 2})
    engine.dispose()


def test_a_transaction_that_fails_leaves_nothing(catalogue_url: str) -> None:
    engine = open_engine(catalogue_url)
    database, catalogue = Database(engine, KEY), SqlCatalogue(engine, KEY)

    def fail() -> None:
        with database.write() as session:
            session.execute(text("UPDATE log_head SET sequence = 9"))
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert catalogue.verify_log() is None
    engine.dispose()


def test_a_writer_waits_for_another(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    database, catalogue = Database(engine, KEY), SqlCatalogue(engine, KEY)
    sequences: list[int] = []
    writer = threading.Thread(target=lambda: sequences.append(catalogue.log("client", "access.lookup").sequence))
    with database.write() as session:
        writer.start()
        session.execute(text("UPDATE log_head SET sequence = sequence"))
        assert catalogue.verify_log() is None  # a reader does not wait
        assert sequences == []
    writer.join()
    assert sequences == [1]
    engine.dispose()


def test_what_was_committed_is_there_after_a_copy_of_the_files(sqlite_url: str, tmp_path: Path) -> None:
    """A copy of file and write-ahead log is what a killed machine leaves."""
    source = Path(make_url(sqlite_url).database or "")
    engine = open_engine(sqlite_url)
    SqlCatalogue(engine, KEY).register(arrival(1))
    (tmp_path / "copy").mkdir()
    for path in source.parent.glob(source.name + "*"):
        if not path.name.endswith("-shm"):
            shutil.copyfile(path, tmp_path / "copy" / path.name)
    copied = open_engine(f"sqlite:///{tmp_path / 'copy' / source.name}")
    assert [row.document_id for row in SqlCatalogue(copied, KEY).documents()] == [f"{1:026d}"]
    assert SqlCatalogue(copied, KEY).verify_log() is None
    copied.dispose()
    engine.dispose()
