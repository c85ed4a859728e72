"""SQLite's write-ahead log is copied into the database beside the requests, not by whoever happens to fill it.

Left to itself SQLite copies when a commit has made the log 1,000 pages long, and that commit waits for it, with all who
share it.
"""

import logging
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import Event, Thread
from typing import Any

from sqlalchemy import Engine, event

INTERVAL_S = 1.0
_PAGES_MAX = 50_000
"""Of the log, 200 MB: from there on a commit copies after all, should nobody else."""
_log = logging.getLogger("digitize.storage")


@contextmanager
def beside(engine: Engine) -> Iterator[None]:
    """Until the block ends. The engine has connected to nothing yet. On PostgreSQL, which does so itself: nothing."""
    if engine.dialect.name != "sqlite":
        yield
        return

    @event.listens_for(engine, "connect")
    def _leave_it(connection: Any, _record: object) -> None:
        connection.execute(f"PRAGMA wal_autocheckpoint = {_PAGES_MAX}")

    stopping = Event()
    thread = Thread(target=_copy, args=(engine.url.database, stopping), name="checkpoints", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join()


def _copy(database: str, stopping: Event) -> None:
    """PASSIVE waits for nobody and nobody waits for it (SQLite, PRAGMA wal_checkpoint)."""
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        while not stopping.wait(INTERVAL_S):
            try:
                connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
            except sqlite3.Error as error:
                _log.warning("the write-ahead log was not copied: %s", error.sqlite_errorname)
