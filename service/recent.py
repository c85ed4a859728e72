"""What was asked of the catalogue a moment ago, and is hardly another by now."""

import time
from collections.abc import Callable
from typing import Generic, TypeVar

Key = TypeVar("Key")
Answer = TypeVar("Answer")
KEPT_MAX = 1_000


class Recent(Generic[Key, Answer]):
    """Answers of ``ask``, each believed for ``seconds``; None is asked for again. Safe to call from several threads."""

    def __init__(self, ask: Callable[[Key], Answer | None], seconds: float) -> None:
        self._ask = ask
        self._seconds = seconds
        self._known: dict[Key, tuple[float, Answer]] = {}

    def recall(self, key: Key) -> Answer | None:
        """Without asking."""
        known = self._known.get(key)
        return known[1] if known is not None and time.monotonic() - known[0] < self._seconds else None

    def __call__(self, key: Key) -> Answer | None:
        known = self.recall(key)
        if known is not None:
            return known
        answer = self._ask(key)
        if answer is not None:
            if len(self._known) >= KEPT_MAX:
                self._known.clear()
            self._known[key] = (time.monotonic(), answer)
        return answer
