"""Connections to PostgreSQL on which an event loop waits for several answers at once, without a thread for each.

A thread for a question costs as much as the question: handing it over, waking it, and the interpreter's lock, for which
it stands in line behind whoever computes. At 200 look-ups a second that was a quarter of the time, and most delay.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import psycopg
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from storage.statements import Held, wrap


class AsyncPool:
    """For one event loop. Each statement is a transaction."""

    def __init__(self, engine: Engine, arguments: dict[str, Any], size: int, alive_for_s: float) -> None:
        """``arguments``: of the driver, beside what stands in the URL. ``alive_for_s``: a connection that was good so
        lately is believed to be.
        """
        self._dialect = engine.dialect
        self._arguments = {**engine.dialect.create_connect_args(engine.url)[1], **arguments}
        self._alive_for_s = alive_for_s
        self._free: list[tuple[psycopg.AsyncConnection[Any], float]] = []
        """And when each was used last: the latest at the end."""
        self._room = asyncio.Semaphore(size)

    @asynccontextmanager
    async def lend(self) -> AsyncIterator[Held]:
        """Raises DBAPIError."""
        async with self._room:
            try:
                connection = await self._take()
            except psycopg.Error as error:
                raise wrap(self._dialect, error, is_lost=True) from error
            is_good = False
            try:
                yield Held(connection, self._dialect)
                is_good = True
            except DBAPIError as error:
                is_good = not error.connection_invalidated
                raise
            finally:
                # Who was cut off leaves one behind that may yet be answering.
                if is_good and not connection.closed:
                    self._free.append((connection, time.monotonic()))
                else:
                    await _close(connection)

    async def _take(self) -> psycopg.AsyncConnection[Any]:
        while self._free:
            connection, used_at = self._free.pop()
            if time.monotonic() - used_at < self._alive_for_s:
                return connection
            with suppress(psycopg.Error):
                await connection.execute("SELECT 1")
                return connection
            await _close(connection)
        return await psycopg.AsyncConnection.connect(**self._arguments, autocommit=True)

    async def close(self) -> None:
        while self._free:
            await _close(self._free.pop()[0])


async def _close(connection: psycopg.AsyncConnection[Any]) -> None:
    with suppress(psycopg.Error):
        await connection.close()
