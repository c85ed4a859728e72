"""What the conformance suites share: a clock that stands still, papers, and threads let go at once."""

import hashlib
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import pytest

from digitize.identity import document_id
from digitize.model import DocumentType, FieldRecord, FieldState, FieldValue, Problem, Record, Source, Status
from storage.api import Arrival, Lease, Priority
from storage.catalogue import SqlCatalogue
from storage.database import open_engine
from storage.pages import Window
from tests.catalogue_keys import KEY

T = TypeVar("T")
MINUTE = timedelta(minutes=1)


@dataclass
class Clock:
    """Moves only when told."""

    now: datetime = field(default_factory=lambda: datetime(2026, 9, 12, 1, 2, 3, 456_789, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def advance(self, step: timedelta = MINUTE) -> None:
        self.now += step


@dataclass
class Desk:
    """A catalogue under a clock, with short ways to bring a document where a test needs it."""

    catalogue: SqlCatalogue
    clock: Clock
    count: int = 0

    def receive(self, unit: str | None = "H99.01", priority: Priority = "default") -> str:
        self.count += 1
        arrival = self.arrival(self.count, unit, priority)
        assert self.catalogue.register(arrival)
        return arrival.document_id

    def arrival(self, number: int, unit: str | None = "H99.01", priority: Priority = "default") -> Arrival:
        sha256 = hashlib.sha256(str(number).encode()).hexdigest()
        return Arrival(
            document_id=document_id(unit=unit, dossier="D1", component="TP01", sha256=sha256),
            unit=unit,
            dossier="D1",
            component="TP01",
            role="component",
            filename=f"giấy {number}.pdf",
            sha256=sha256,
            size=number,
            media_type="application/pdf",
            priority=priority,
        )

    def papers_of(
        self, owner: str, *, units: frozenset[str] = frozenset(), document_type: str | None = None
    ) -> list[str]:
        """Ids of what a look-up finds."""
        found = self.catalogue.lookup(owner, Window("test"), units=units, document_type=document_type)
        return [row.document_id for row in found.rows]

    def claim(self, identity: str, worker: str = "worker-1") -> Lease:
        row = self.catalogue.find(identity)
        assert row is not None
        lease = self.catalogue.claim(identity, row.stage, worker, MINUTE)
        assert lease is not None
        return lease


def record(
    identity: str,
    owner: FieldValue = "001090000001",
    state: FieldState = "accepted",
    type_code: str = "birth_certificate",
    problem: str | None = None,
) -> Record:
    return Record(
        document_id=identity,
        status=Status.PROCESSING,
        source=Source(filename="giấy.pdf", sha256="0" * 64, media_type="application/pdf", size=1, page_count=2),
        document_type=DocumentType(code=type_code, confidence=0.98),
        fields={
            "owner_id": FieldRecord(value=owner, text=None, confidence=0.9, state=state),
            "owner_name": FieldRecord(value="LÊ THỊ BỐN", text=None, confidence=0.9, state=state),
        },
        problem=Problem(code=problem, vi="…", en="…") if problem else None,
    )


def at_once(count: int, call: Callable[[int], T]) -> list[T]:
    """``call(0)`` to ``call(count - 1)``, each on its own thread, all let go together."""
    gate = threading.Barrier(count)

    def wait_and_call(number: int) -> T:
        gate.wait()
        return call(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(wait_and_call, range(count)))


@pytest.fixture
def desk(catalogue_url: str) -> Iterator[Desk]:
    clock = Clock()
    engine = open_engine(catalogue_url)
    yield Desk(SqlCatalogue(engine, KEY, clock), clock)
    engine.dispose()
