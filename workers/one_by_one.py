"""One bad paper must not stop the others: which failures are a paper's own, and what becomes of the rest."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from digitize.errors import DigitizeError, InternalError, ServiceError, StorageUnavailableError
from digitize.machine_errors import machine_error
from storage.object_api import ObjectStore

log = logging.getLogger(__name__)

T = TypeVar("T")
Done = TypeVar("Done")
_NOBODYS_KEY = "answers"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A paper for which something failed that works for others."""

    document_id: str
    code: str


def code_of(error: Exception, archive: ObjectStore) -> str:
    """What failed, where that is a paper's own. Raises it where this machine or a part of the system failed."""
    if isinstance(error, StorageUnavailableError):
        archive.stat(_NOBODYS_KEY)  # raises where the store answers nobody; else it has lost the bytes of this paper
        return error.code
    if isinstance(error, MemoryError):
        raise error
    if (of_machine := machine_error(error)) is not None:
        raise of_machine from error
    if isinstance(error, InternalError):
        return f"{error.code} ({error.values.get('kind')})"
    if isinstance(error, ServiceError):
        raise error
    # The name only: the text of a foreign exception may hold what stands on the paper.
    return error.code if isinstance(error, DigitizeError) else f"{InternalError.code} ({type(error).__name__})"


class OneByOne:
    """Keeps the papers that failed. Raises what ``code_of`` raises."""

    def __init__(self, archive: ObjectStore) -> None:
        self._archive = archive
        self.failed: dict[str, str] = {}
        """What failed, by document."""

    def leave(self, one: Unreadable) -> None:
        log.error("document %s: left as it is, since it failed: %s", one.document_id, one.code)
        self.failed[one.document_id] = one.code

    def attempt(self, document_id: str, do: Callable[[], Done]) -> Done | None:
        """None where it failed for this paper."""
        try:
            return do()
        except Exception as error:  # noqa: BLE001 - whatever one paper provokes, the others go on
            self.leave(Unreadable(document_id, code_of(error, self._archive)))
            return None

    def together(self, items: Sequence[T], name: Callable[[T], str], do: Callable[[Sequence[T]], int]) -> int:
        """All in one go or, where that fails, each by itself; the sum of the answers. ``name``: the document's id."""
        if not items:
            return 0
        if len(items) > 1:
            try:
                return do(items)
            except Exception as error:  # noqa: BLE001 - as above
                code_of(error, self._archive)
        return sum(self.attempt(name(one), partial(do, [one])) or 0 for one in items)
