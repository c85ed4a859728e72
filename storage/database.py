"""Connections, transactions and migrations of the catalogue database (SQLite or PostgreSQL)."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from anyio import to_thread
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError, InterfaceError, InvalidatePoolError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from digitize.errors import CatalogueUnavailableError, ConfigError, DigitizeError, InternalError
from digitize.machine_errors import CatalogueDamagedError, FileAccessError, MachineFullError
from storage.async_pool import AsyncPool
from storage.catalogue_key import CATALOGUE_KEY_FILE, CatalogueKey
from storage.statements import Held, Steps, Told, answer, async_answer, wrap

LOCK_TIME_LIMIT_S = 30
"""Longest wait for another writer."""
_LOOK_AGAIN_S = 0.001
_ALIVE_FOR_S = 1.0
"""A connection that was good so lately is believed to be."""
_USED_AT = "used at"
CONNECT_TIME_LIMIT_S = 10
STATEMENT_TIME_LIMIT_S = 60
CONNECTIONS = 8
_POSTGRESQL_ARGUMENTS = {
    "connect_timeout": CONNECT_TIME_LIMIT_S,
    "options": (
        f"-c lock_timeout={LOCK_TIME_LIMIT_S}s -c statement_timeout={STATEMENT_TIME_LIMIT_S}s"
        f" -c idle_in_transaction_session_timeout={STATEMENT_TIME_LIMIT_S}s -c timezone=UTC"
    ),
}

_MIGRATION_LOCK = 7_310_579_604
"""Any number, the same in every process: the name of the PostgreSQL advisory lock."""
_BEGIN = "digitize_begin"
_PRIMARY_CODE = 0xFF
"""Of SQLite's result codes; what stands above it is detail."""


def open_engine(url: str | URL) -> Engine:
    """Engine on ``url``; connects to nothing yet. Open it after a fork, not before.

    Parameters are kept out of every error text: they hold personal data.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite(parsed)
    if parsed.get_backend_name() == "postgresql":
        return _open_postgresql(parsed)
    raise ConfigError(detail="storage.database_url: only sqlite and postgresql are known")


def _open_sqlite(url: URL) -> Engine:
    if not url.database or url.database == ":memory:":
        raise ConfigError(detail="storage.database_url: SQLite needs a file")
    _create_private(Path(url.database))
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_size=CONNECTIONS,
        max_overflow=0,  # who comes too late waits: opening one more takes longer than any question
        connect_args={"timeout": LOCK_TIME_LIMIT_S},
    )

    @event.listens_for(engine, "connect")
    def _configure(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # BEGIN is ours, see below
        for pragma in (
            f"busy_timeout = {LOCK_TIME_LIMIT_S * 1_000}",
            "journal_mode = WAL",
            "synchronous = FULL",  # a transaction that was reported is on the disk
            "foreign_keys = ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A writer takes its lock at once: one that reads first and then writes could not wait for it.
        mode = connection.get_execution_options().get(_BEGIN, "DEFERRED")
        if mode == "IMMEDIATE":
            _begin_writing(cast("sqlite3.Connection", connection.connection.driver_connection))
        elif mode:
            connection.exec_driver_sql(f"BEGIN {mode}")

    return engine


def _begin_writing(driver: sqlite3.Connection) -> None:
    """Wait for the lock as long as SQLite would, but look more often: it would sleep for up to 100 ms at a time while
    other processes take turns, and a portal waits.
    """
    ends_at = time.monotonic() + LOCK_TIME_LIMIT_S
    driver.execute("PRAGMA busy_timeout = 0")
    try:
        while True:
            try:
                driver.execute("BEGIN IMMEDIATE")
            except sqlite3.Error as error:
                if error.sqlite_errorcode & _PRIMARY_CODE != sqlite3.SQLITE_BUSY or time.monotonic() > ends_at:
                    raise OperationalError("BEGIN IMMEDIATE", None, error, hide_parameters=True) from error
                time.sleep(_LOOK_AGAIN_S)
            else:
                return
    finally:
        driver.execute(f"PRAGMA busy_timeout = {LOCK_TIME_LIMIT_S * 1_000}")


def _create_private(path: Path) -> None:
    """The file and what SQLite puts beside it are readable by this user only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _open_postgresql(url: URL) -> Engine:
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_use_lifo=True,
        connect_args=_POSTGRESQL_ARGUMENTS,
    )

    @event.listens_for(engine, "checkin")
    def _note(_connection: Any, record: ConnectionPoolEntry) -> None:
        record.info[_USED_AT] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def _ask(connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
        # Whether it is alive still, which would be a third of all that is asked where every question began with it.
        if connection.autocommit:
            connection.autocommit = False  # who was cut off in ``Database._lend`` may have left it so
        if time.monotonic() - record.info.get(_USED_AT, 0.0) < _ALIVE_FOR_S:
            return
        try:
            engine.dialect.do_ping(connection)
        except Exception as error:
            raise InvalidatePoolError from error

    return engine


class Database:
    """Transactions on one engine, with foreign errors translated.

    Nothing is flushed of itself: a row half changed would meet the constraints too early.
    """

    def __init__(self, engine: Engine, key: CatalogueKey) -> None:
        self.key = key
        self._info = {"key": key}
        self._readers = engine
        self._writers = engine.execution_options(**{_BEGIN: "IMMEDIATE"})
        self._async_pool: AsyncPool | None = None
        """Made by the first who asks from an event loop, which is its only one from then on."""

    @property
    def backend(self) -> str:
        """``sqlite`` or ``postgresql``."""
        return self._readers.dialect.name

    def answer(self, steps: Steps[Told]) -> Told:
        """For questions that somebody waits for: each statement sees what is committed then, and none waits for a
        transaction to be opened and closed around it.
        """
        with translated(), self._lend() as held:
            return answer(held, steps)

    def append(self, steps: Steps[Told]) -> Told:
        """For the log, which every answer waits for: a statement is a transaction on PostgreSQL, and all of them
        together are one on SQLite.
        """
        with translated(), self._lend() as held:
            if held.dialect.name == "postgresql":
                return answer(held, steps)
            _begin_writing(held.driver)
            try:
                told = answer(held, steps)
                held.driver.commit()
            except sqlite3.Error as error:
                raise held.wrap(error) from error
            return told

    async def async_answer(self, steps: Steps[Told], *, is_quick: bool = False) -> Told:
        """As ``answer``, from an event loop. SQLite's driver knows none: there a thread waits or, for what takes less
        than handing it over does (``is_quick``), the loop itself; who reads waits for no writer.
        """
        if self.backend != "postgresql":
            return self.answer(steps) if is_quick else await to_thread.run_sync(self.answer, steps)
        with translated():
            async with self._pool().lend() as held:
                return await async_answer(held, steps)

    async def async_append(self, steps: Steps[Told]) -> Told:
        """As ``append``."""
        if self.backend != "postgresql":
            return await to_thread.run_sync(self.append, steps)
        return await self.async_answer(steps)

    async def async_close(self) -> None:
        if self._async_pool is not None:
            await self._async_pool.close()

    def _pool(self) -> AsyncPool:
        if self._async_pool is None:
            self._async_pool = AsyncPool(self._readers, _POSTGRESQL_ARGUMENTS, CONNECTIONS, _ALIVE_FOR_S)
        return self._async_pool

    @contextmanager
    def _lend(self) -> Iterator[Held]:
        """A connection on which every statement is a transaction; what is open at its end is rolled back."""
        dialect = self._readers.dialect
        try:
            lent = self._readers.raw_connection()
        except dialect.loaded_dbapi.Error as error:
            raise wrap(dialect, error) from error
        held = Held(lent.driver_connection, dialect)
        try:
            self._commit_each(held, True)
            yield held
        except dialect.loaded_dbapi.Error as error:
            lent.invalidate()
            raise wrap(dialect, error, is_lost=True) from error
        except DBAPIError as error:
            if error.connection_invalidated:
                lent.invalidate()
            raise
        finally:
            try:
                if lent.is_valid:
                    self._commit_each(held, False)
            except dialect.loaded_dbapi.Error:
                lent.invalidate()
            finally:
                lent.close()

    @staticmethod
    def _commit_each(held: Held, commits: bool) -> None:
        """SQLite does unless it is told to begin a transaction."""
        if held.dialect.name == "postgresql":
            held.driver.autocommit = commits

    @contextmanager
    def read(self) -> Iterator[Session]:
        with translated(), Session(self._readers, autoflush=False, info=self._info) as session, session.begin():
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Committed as a whole, or not at all. On SQLite the lock is held from the start, so that a time read
        inside is not older than the wait for it.
        """
        with translated(), Session(self._writers, autoflush=False, info=self._info) as session, session.begin():
            session.connection()
            yield session


@contextmanager
def translated(*, touches_rows: bool = True) -> Iterator[None]:
    """Foreign errors stop here; those whose text may hold a value of a row are not kept as the cause."""
    try:
        yield
    except (OperationalError, InterfaceError, PoolTimeoutError) as error:
        raise _of_sqlite(error) or CatalogueUnavailableError() from error
    except SQLAlchemyError as error:
        if isinstance(error, DBAPIError) and error.connection_invalidated:
            raise CatalogueUnavailableError from error
        if (of_sqlite := _of_sqlite(error)) is not None:
            raise of_sqlite from error
        raise InternalError(kind=type(error).__name__) from (None if touches_rows else error)


def _of_sqlite(error: BaseException | None) -> DigitizeError | None:
    """What SQLite says of the disk and the file; nothing of it concerns a row. SQLite itself rolls back what met a full
    disk, so that the error in hand may only say that there is no transaction left: the one before it tells.
    """
    while error is not None:
        code, name = getattr(error, "sqlite_errorcode", 0), getattr(error, "sqlite_errorname", "")
        if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE):
            return MachineFullError(reason=name)
        if code & _PRIMARY_CODE in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR):
            return FileAccessError(reason=name)
        if code & _PRIMARY_CODE in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
            return CatalogueDamagedError()
        error = error.__cause__ or error.__context__
    return None


def migrate(url: str | URL, key: CatalogueKey) -> None:
    """Bring the tables to the newest version. Safe where several processes start at once.

    One transaction holds a lock over looking which version is there and making the next one. Raises
    CatalogueUnavailableError, CatalogueDamagedError; ConfigError where the catalogue was made under another key.
    """
    from alembic import command  # noqa: PLC0415 - only the process that migrates pays for loading it
    from alembic.config import Config  # noqa: PLC0415

    engine = open_engine(url)
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    try:
        with translated(touches_rows=False), engine.execution_options(**{_BEGIN: "IMMEDIATE"}).begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
            settings.attributes |= {"connection": connection, "key": key}
            command.upgrade(settings, "head")
            _check_key(connection, key)
    finally:
        engine.dispose()


def _check_key(connection: Connection, key: CatalogueKey) -> None:
    """Before anything is looked up or written under a key that finds nobody."""
    known = connection.execute(text("SELECT fingerprint FROM catalogue_key")).scalar()
    if known is not None and known != key.fingerprint:
        raise ConfigError(
            detail=f"{CATALOGUE_KEY_FILE} is not the key of this database; put back the right one "
            "(storage.catalogue_key_file), or start with an empty database and `digitize reindex`"
        )
