"""First page: how much stands where, how long the oldest has waited, and what changed last."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from digitize.model import Status
from service.access import may_see
from storage.api import Catalogue, Client, DocumentRow

ROWS_MAX = 100
_OLDEST_LOOKED_AT_MAX = 500

_QUEUES: dict[str, tuple[Status, ...]] = {
    "waiting": (Status.RECEIVED, Status.PROCESSING),
    "awaiting_review": (Status.NEEDS_REVIEW,),
    "held": (Status.QUARANTINED,),
}


@dataclass(frozen=True, slots=True)
class Queue:
    phrase: str
    count: int
    oldest_received_at: datetime | None
    at_least: bool
    """More documents wait than were looked at, so the oldest may be older."""
    status: Status
    """What to filter by to see them."""


@dataclass(frozen=True, slots=True)
class Overview:
    by_status: dict[Status, int]
    by_unit: dict[str | None, dict[Status, int]]
    queues: tuple[Queue, ...]
    rows: tuple[DocumentRow, ...]
    status: Status | None
    find: str
    """Dossier code or beginning of an id that the rows are narrowed to; empty: all."""

    @property
    def total(self) -> int:
        return sum(self.by_status.values())


def draw_overview(catalogue: Catalogue, client: Client, status: Status | None, find: str) -> Overview:
    """Of the client's units only."""
    by_status: Counter[Status] = Counter()
    by_unit: dict[str | None, dict[Status, int]] = {}
    for (unit, state), count in catalogue.counts().items():
        if client.units and unit not in client.units:
            continue
        by_status[state] += count
        by_unit.setdefault(unit, {})[state] = count
    queues = tuple(
        _queue(catalogue, client, phrase, states, sum(by_status[state] for state in states))
        for phrase, states in _QUEUES.items()
    )
    found = catalogue.documents(status=status, units=client.units, limit=ROWS_MAX, named=find or None)
    return Overview(
        by_status={state: by_status[state] for state in Status},
        by_unit=dict(sorted(by_unit.items(), key=lambda entry: entry[0] or "")),
        queues=queues,
        rows=tuple(row for row in found if may_see(client, row)),
        status=status,
        find=find,
    )


def _queue(catalogue: Catalogue, client: Client, phrase: str, states: Iterable[Status], count: int) -> Queue:
    received: list[datetime] = []
    at_least = False
    states = tuple(states)
    if count:
        for state in states:
            rows = catalogue.documents(status=state, units=client.units, limit=_OLDEST_LOOKED_AT_MAX)
            received += [row.received_at for row in rows]
            at_least = at_least or len(rows) == _OLDEST_LOOKED_AT_MAX
    return Queue(phrase, count, min(received, default=None), at_least, states[0])
