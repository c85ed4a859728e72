"""What is committed gets into SQLite's file beside the requests, and nothing of it is lost on the way."""

import shutil
import sqlite3
import time
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from storage import checkpoints
from storage.catalogue import SqlCatalogue
from storage.database import open_engine
from tests.catalogue_keys import KEY

COUNT = 400
"""Entries of the log; every commit takes several of the 1,000 pages at which SQLite would copy by itself."""


def entries_in(database: Path) -> int:
    """Of the file alone, without what lies beside it."""
    alone = database.with_name("alone.sqlite")
    shutil.copyfile(database, alone)
    connection = sqlite3.connect(alone)
    [[count]] = connection.execute("SELECT count(*) FROM events")
    connection.close()
    alone.unlink()
    return int(count)


def test_it_is_copied_by_a_thread_and_by_no_commit(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    database = Path(make_url(sqlite_url).database or "")
    monkeypatch.setattr(checkpoints, "INTERVAL_S", 0.2)
    engine = open_engine(sqlite_url)
    with checkpoints.beside(engine):
        catalogue = SqlCatalogue(engine, KEY)
        for number in range(COUNT):
            catalogue.log("client", "access.lookup", None, {"number": number, "long": "x" * 2_000})
        with engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA wal_autocheckpoint").scalar() == 50_000
        deadline = time.monotonic() + 30
        while entries_in(database) < COUNT:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert catalogue.verify_log() is None
    engine.dispose()


def test_without_it_the_file_is_behind(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that the test above shows what the thread did."""
    database = Path(make_url(sqlite_url).database or "")
    monkeypatch.setattr(checkpoints, "INTERVAL_S", 3_600.0)
    engine = open_engine(sqlite_url)
    with checkpoints.beside(engine):
        catalogue = SqlCatalogue(engine, KEY)
        for number in range(COUNT):
            catalogue.log("client", "access.lookup", None, {"number": number, "long": "x" * 2_000})
        assert entries_in(database) == 0
    engine.dispose()
