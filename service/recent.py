"""What was asked of the catalogue a moment ago, and is hardly another by now."""

import asyncio
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from anyio import to_thread

Key = TypeVar("Key")
Answer = TypeVar("Answer")
KEPT_MAX = 1_000
_ASKED_AGAIN_AT = 0.5
"""Of the time that an answer is believed."""


class Recent(Generic[Key, Answer]):
    """Answers of ``ask``, each believed for ``seconds`` from when it was asked for; None is asked for again. Safe to
    call from several threads.
    """

    def __init__(self, ask: Callable[[Key], Answer | None], seconds: float) -> None:
        self._ask = ask
        self._seconds = seconds
        self._known: dict[Key, tuple[float, Answer]] = {}
        self._asking: dict[Key, asyncio.Task[Answer | None]] = {}

    def __call__(self, key: Key) -> Answer | None:
        known = self._known.get(key)
        return known[1] if known is not None and self._age(known) < 1 else self._ask_anew(key)

    async def on_loop(self, key: Key) -> Answer | None:
        """As a call, from an event loop: one asks, in a thread, for all who wait. What is asked for all the time is
        asked for again while it is still believed, and nobody waits for it.
        """
        known = self._known.get(key)
        if known is None or (age := self._age(known)) >= 1:
            return await asyncio.shield(self._begin(key))  # who is cut off does not cut off the others
        if age >= _ASKED_AGAIN_AT:
            self._begin(key)
        return known[1]

    def _begin(self, key: Key) -> "asyncio.Task[Answer | None]":
        if key not in self._asking:
            self._asking[key] = asking = asyncio.create_task(self._ask_in_thread(key))
            asking.add_done_callback(_look_at_error)
        return self._asking[key]

    def _age(self, known: tuple[float, Answer]) -> float:
        return (time.monotonic() - known[0]) / self._seconds

    def _ask_anew(self, key: Key) -> Answer | None:
        at = time.monotonic()
        answer = self._ask(key)
        if answer is None:
            self._known.pop(key, None)
        else:
            if key not in self._known and len(self._known) >= KEPT_MAX:
                self._known.clear()
            self._known[key] = (at, answer)
        return answer

    async def _ask_in_thread(self, key: Key) -> Answer | None:
        try:
            return await to_thread.run_sync(self._ask_anew, key)
        finally:
            del self._asking[key]


def _look_at_error(asking: "asyncio.Task[Answer | None]") -> None:
    """Where nobody waited: whoever comes once the answer is not believed any more asks again, and is told."""
    if not asking.cancelled():
        asking.exception()
