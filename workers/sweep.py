"""Goes over the archive part by part while the service runs, and never long enough at once to hold others up."""

import logging
import time

from digitize.config import Config
from digitize.errors import DigitizeError
from digitize.identity import ID_LETTERS
from storage.objects import Stores
from storage.open_catalogue import OpenCatalogue
from workers.reconciler import reconcile

log = logging.getLogger(__name__)

_ROUND_EVERY_S = 600.0
_AT_ONCE_S = 0.5
_REST = 19
"""After the first round it rests so many times as long as it took: a twentieth of the time is enough."""
_AFTER_AN_ERROR_S = 30.0
_MANY = 32_000
"""Documents. So many are looked at by the first two letters of their ids, and fewer by one: a thousand at once or less,
which takes a second or two.
"""


class Sweep:
    """``reconcile``, in turns: a million papers take twenty minutes to list."""

    def __init__(self, catalogue: OpenCatalogue, stores: Stores, config: Config) -> None:
        self._catalogue, self._stores, self._config = catalogue, stores, config
        self._left: list[str] = []
        """Parts of this round."""
        self._is_first = True
        self._began = self._rests_until = 0.0
        self._originals, self._is_whole = 0, True
        self._failed: set[str] = set()
        """Parts that could not be looked at in this round."""
        self._hopeless: frozenset[str] = frozenset()
        """Papers that could not be brought back when they were last looked at."""

    def run_once(self) -> None:
        """Raises what ``reconcile`` does; that part is looked at again as the last of the round and, where it fails
        again, in the next one: every round ends.
        """
        begun = time.monotonic()
        if begun < self._rests_until:
            return
        if not self._left:
            self._left, self._began = self._parts(), begun
            self._failed.clear()
            self._originals, self._is_whole = 0, True
        while self._left and time.monotonic() - begun < _AT_ONCE_S:
            self._look_at(self._left.pop())
        ended = time.monotonic()
        if not self._left:
            self._end_round()
        elif not self._is_first:
            self._rests_until = ended + min(_REST * (ended - begun), _ROUND_EVERY_S)

    def _end_round(self) -> None:
        self._is_first = False
        self._rests_until = self._began + _ROUND_EVERY_S
        log.info("nothing lost: %s; %d originals", "yes" if self._is_whole else "NO", self._originals)

    def _look_at(self, part: str) -> None:
        try:
            statement = reconcile(self._catalogue, self._stores, self._config, part, hopeless=self._hopeless)
        except DigitizeError:
            self._put_off(part)
            raise
        if not statement.part:  # all of it, since something was lost
            self._left, self._originals, self._is_whole = [], 0, True
        others = {identity for identity in self._hopeless if not identity.startswith(statement.part)}
        self._hopeless = frozenset({*others, *statement.unreadable})
        self._originals += statement.originals
        self._is_whole = self._is_whole and statement.is_whole

    def _put_off(self, part: str) -> None:
        if part not in self._failed:
            self._failed.add(part)
            self._left.insert(0, part)
        else:
            log.error("a part of the archive could not be looked at twice, and is left for the next round: %s", part)
            self._is_whole = False
            if not self._left:
                self._end_round()
        self._rests_until = max(self._rests_until, time.monotonic() + _AFTER_AN_ERROR_S)

    def _parts(self) -> list[str]:
        is_large = sum(self._catalogue.counts().values()) >= _MANY
        return [one + other for one in ID_LETTERS for other in (ID_LETTERS if is_large else ("",))]
