"""Entries of the log that are written side by side are committed together.

An answer may leave once its use is written down; what that costs is the commit, and one will do for all who wait.
Whoever comes to write takes along what has gathered meanwhile.
"""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Item = TypeVar("Item")
Outcome = TypeVar("Outcome")
AT_ONCE_MAX = 200


@dataclass(eq=False)
class _Ticket(Generic[Item, Outcome]):
    item: Item
    outcome: list[Outcome] = field(default_factory=list)
    error: BaseException | None = None
    leads: bool = False
    """It has to write, for all who wait."""
    called: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    """Once it is written, or when it has to write."""

    @property
    def is_done(self) -> bool:
        return bool(self.outcome) or self.error is not None


class GroupCommit(Generic[Item, Outcome]):
    """``write``: all of these in one transaction, an outcome for each. Safe to call from several threads."""

    def __init__(self, write: Callable[[Sequence[Item]], Sequence[Outcome]]) -> None:
        self._write = write
        self._waiting: list[_Ticket[Item, Outcome]] = []
        self._is_writing = False
        self._gather = threading.Lock()

    def add(self, item: Item) -> Outcome:
        """Returns when it is committed; raises what its transaction raised."""
        ticket: _Ticket[Item, Outcome] = _Ticket(item)
        with self._gather:
            self._waiting.append(ticket)
            has_to_wait, self._is_writing = self._is_writing, True
        if has_to_wait:
            self._wait(ticket)
        if not ticket.is_done:
            self._write_waiting()
        if ticket.error is not None:
            raise ticket.error
        return ticket.outcome[0]

    def _wait(self, ticket: _Ticket[Item, Outcome]) -> None:
        try:
            ticket.called.acquire()
        except BaseException:
            # Else it would be called to write and not come, and nobody would be called after it.
            with self._gather:
                has_to_write = ticket.leads
                if ticket in self._waiting:
                    self._waiting.remove(ticket)
            if has_to_write:
                self._call(())
            raise

    def _write_waiting(self) -> None:
        batch: list[_Ticket[Item, Outcome]] = []
        try:
            with self._gather:
                batch, self._waiting = self._waiting[:AT_ONCE_MAX], self._waiting[AT_ONCE_MAX:]
            for ticket, outcome in zip(batch, self._write([one.item for one in batch]), strict=True):
                ticket.outcome.append(outcome)
        except BaseException as error:
            for ticket in batch:
                ticket.error = error
            if not isinstance(error, Exception):
                raise
        finally:
            self._call(batch)

    def _call(self, written: Sequence[_Ticket[Item, Outcome]]) -> None:
        """First who writes next: those who have their answer need the processor, and not the database."""
        with self._gather:
            following = self._waiting[:1]
            self._is_writing = bool(following)
            for ticket in following:
                ticket.leads = True
        for ticket in (*following, *written):
            ticket.called.release()


class AsyncGroupCommit(Generic[Item, Outcome]):
    """The same for those who wait on one event loop."""

    def __init__(self, write: Callable[[Sequence[Item]], Awaitable[Sequence[Outcome]]]) -> None:
        self._write = write
        self._waiting: list[tuple[Item, asyncio.Future[Outcome]]] = []
        self._writer: asyncio.Task[None] | None = None

    async def add(self, item: Item) -> Outcome:
        """Who is cut off while waiting has its entry written all the same."""
        outcome: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._waiting.append((item, outcome))
        if self._writer is None:
            self._writer = asyncio.create_task(self._write_waiting())
        return await outcome

    async def _write_waiting(self) -> None:
        """Until nobody waits. The next are written before those who have their answer go on."""
        batch: list[tuple[Item, asyncio.Future[Outcome]]] = []
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:AT_ONCE_MAX], self._waiting[AT_ONCE_MAX:]
                try:
                    outcomes = await self._write([item for item, _ in batch])
                except Exception as error:  # noqa: BLE001 - raised to each who waits
                    for _, waiting in batch:
                        if not waiting.done():
                            waiting.set_exception(error)
                else:
                    for (_, waiting), outcome in zip(batch, outcomes, strict=True):
                        if not waiting.done():
                            waiting.set_result(outcome)
        finally:
            self._writer = None
            for _, waiting in (*batch, *self._waiting):
                waiting.cancel()  # does nothing to those that are answered
            self._waiting = []
