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

    def run_once(self) -> None:
        """Raises what ``reconcile`` does; that part is looked at again as the last of the round."""
        begun = time.monotonic()
        if begun < self._rests_until:
            return
        if not self._left:
            self._left, self._began = self._parts(), begun
            self._originals, self._is_whole = 0, True
        while self._left and time.monotonic() - begun < _AT_ONCE_S:
            self._look_at(self._left.pop())
        ended = time.monotonic()
        if not self._left:
            self._is_first = False
            self._rests_until = self._began + _ROUND_EVERY_S
            log.info("nothing lost: %s; %d originals", "yes" if self._is_whole else "NO", self._originals)
        elif not self._is_first:
            self._rests_until = ended + min(_REST * (ended - begun), _ROUND_EVERY_S)

    def _look_at(self, part: str) -> None:
        try:
            statement = reconcile(self._catalogue, self._stores, self._config, part)
        except DigitizeError:
            self._left.insert(0, part)
            self._rests_until = time.monotonic() + _AFTER_AN_ERROR_S
            raise
        if not statement.part:  # all of it, since something was lost
            self._left, self._originals, self._is_whole = [], 0, True
        self._originals += statement.originals
        self._is_whole = self._is_whole and statement.is_whole

    def _parts(self) -> list[str]:
        is_large = sum(self._catalogue.counts().values()) >= _MANY
        return [one + other for one in ID_LETTERS for other in (ID_LETTERS if is_large else ("",))]
