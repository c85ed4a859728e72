"""The catalogue on SQLite or PostgreSQL: each method is one transaction of the functions beside this file."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine

from digitize.config import Config
from digitize.model import FieldRecord, Record, Status
from storage import clients, documents, log, preservations, queries, ranges, restoration, seals, turns
from storage.api import (
    Arrival,
    Attempt,
    AttemptStage,
    Client,
    DocumentRow,
    Due,
    Lease,
    Outcome,
    Publication,
    Seal,
    Stand,
)
from storage.catalogue_key import CatalogueKey, load_catalogue_key
from storage.database import Database, migrate, open_engine
from storage.event_kinds import EventKind
from storage.group_commit import AsyncGroupCommit, GroupCommit
from storage.log import Entry
from storage.log_api import Event, LogExtent
from storage.pages import Page, Window
from storage.papers_api import PaperRow
from storage.preservation_api import Outlook, Postponed, PreservationLease, Preserved
from storage.sql_idempotency import SqlIdempotencyKeys
from storage.sql_notices import SqlNotices
from storage.sql_portal import SqlPortal
from storage.sql_reuse import SqlReuse
from storage.sql_search import SqlSearch

Clock = Callable[[], datetime]
"""Gives the time now, aware."""

DATABASE_FILE = Path("catalogue.sqlite")
"""In the data directory."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


def database_url(config: Config) -> str:
    """The configured database, else SQLite in the data directory."""
    return config.storage.database_url or f"sqlite:///{config.data_dir.absolute() / DATABASE_FILE}"


def open_catalogue(config: Config) -> "SqlCatalogue":
    """On tables that ``prepare_catalogue`` has made. Open it after a fork. Raises ConfigError."""
    return SqlCatalogue(open_engine(database_url(config)), load_catalogue_key(config))


def prepare_catalogue(config: Config) -> None:
    """Make or renew its tables. Raises CatalogueUnavailableError, ConfigError."""
    migrate(database_url(config), load_catalogue_key(config))


class SqlCatalogue(SqlPortal, SqlReuse, SqlNotices, SqlSearch, SqlIdempotencyKeys):
    """Catalogue. Safe to call from several threads and processes at once.

    Times come from ``clock``; hosts that share a catalogue need clocks that agree to within a small part of
    a lease. A lost lease is safe whatever the clocks say, since the fence decides.
    """

    def __init__(self, engine: Engine, key: CatalogueKey, clock: Clock = _utc_now) -> None:
        self._database = Database(engine, key)
        self._clock = clock
        self._log = GroupCommit(self._write_log)
        self._async_log = AsyncGroupCommit(self._async_write_log)

    # documents

    def register(self, arrival: Arrival) -> bool:
        with self._database.write() as session:
            return documents.register(session, self._clock(), arrival)

    def restore(self, publications: Sequence[Publication]) -> int:
        with self._database.write() as session:
            return restoration.restore(session, self._clock(), publications)

    def due(self, limit: int, *, sealing: bool | None = None) -> list[Due]:
        with self._database.read() as session:
            return turns.list_due(session, self._clock(), limit, sealing)

    def claim(self, document_id: str, stage: AttemptStage, worker: str, lease: timedelta) -> Lease | None:
        with self._database.write() as session:
            if stage == "recognize":
                return ranges.claim(session, self._clock(), document_id, worker=worker, length=lease)
            return documents.claim(session, self._clock(), document_id, stage, worker=worker, length=lease)

    def renew(self, lease: Lease, length: timedelta) -> Lease:
        with self._database.write() as session:
            renew = documents.renew if lease.pages is None else ranges.renew
            return renew(session, self._clock(), lease, length)

    def settle(self, lease: Lease, outcome: Outcome) -> None:
        with self._database.write() as session:
            settle = documents.settle if lease.pages is None else ranges.settle
            settle(session, self._clock(), lease, outcome)

    def give_up(self, worker: str) -> int:
        with self._database.write() as session:
            now = self._clock()
            return documents.give_up(session, now, worker) + ranges.give_up(session, now, worker)

    def correct(self, document_id: str, fields: Mapping[str, FieldRecord], actor: str) -> Record:
        with self._database.write() as session:
            return documents.correct(session, self._clock(), document_id, fields, actor)

    def resume(self, document_id: str, actor: str) -> None:
        with self._database.write() as session:
            documents.resume(session, self._clock(), document_id, actor)

    def find(self, document_id: str) -> DocumentRow | None:
        with self._database.read() as session:
            return queries.find(session, self._clock(), document_id)

    def stands(self, part: str) -> dict[str, Stand]:
        return self._database.answer(queries.read_stands(part))

    def changed(self, since: datetime, limit: int, *, error_code: str | None = None) -> list[str]:
        return self._database.answer(queries.list_changed(since, limit, error_code))

    def documents(
        self,
        *,
        status: Status | None = None,
        units: frozenset[str] = frozenset(),
        limit: int = 100,
        named: str | None = None,
    ) -> list[DocumentRow]:
        with self._database.read() as session:
            return queries.list_documents(session, self._clock(), status, units, limit, named)

    def attempts(self, document_id: str) -> list[Attempt]:
        with self._database.read() as session:
            return queries.list_attempts(session, document_id)

    def counts(self) -> dict[tuple[str | None, Status], int]:
        with self._database.read() as session:
            return queries.count(session)

    def lookup(
        self,
        owner_id: str,
        window: Window,
        *,
        units: frozenset[str] = frozenset(),
        types: frozenset[str] = frozenset(),
        document_type: str | None = None,
    ) -> Page[PaperRow]:
        steps = queries.look_up(self._database.key, owner_id, window, units, types, document_type)
        return self._database.answer(steps)

    # seals

    def seals(self, document_id: str) -> list[Seal]:
        with self._database.read() as session:
            return seals.read(session, document_id)

    def begin_seal(self, lease: Lease, seal: Seal, *, anew: bool = False) -> Seal:
        with self._database.write() as session:
            return seals.begin(session, self._clock(), lease, seal, anew=anew)

    def keep_transaction(self, lease: Lease, seal: Seal, transaction_id: str) -> Seal:
        with self._database.write() as session:
            return seals.keep_transaction(session, self._clock(), lease, seal, transaction_id)

    def keep_signature(self, lease: Lease, seal: Seal, signature: bytes) -> Seal:
        with self._database.write() as session:
            return seals.keep_signature(session, self._clock(), lease, seal, signature)

    # preservation of what is published

    def claim_preservations(
        self, worker: str, lease: timedelta, *, grace: timedelta, ahead: timedelta, limit: int
    ) -> list[PreservationLease]:
        with self._database.write() as session:
            now = self._clock()
            due = preservations.is_due(now, grace, ahead)
            return preservations.claim(session, now, worker=worker, length=lease, due=due, limit=limit)

    def preservation_is_due(self, *, grace: timedelta, ahead: timedelta) -> bool:
        with self._database.read() as session:
            return preservations.exist(session, preservations.is_due(self._clock(), grace, ahead))

    def settle_preservation(self, lease: PreservationLease, outcome: Preserved | Postponed) -> None:
        with self._database.write() as session:
            preservations.settle(session, self._clock(), lease, outcome)

    def renew_preservations(self, *, ends_before: datetime | None = None, algorithm: str | None = None) -> int:
        with self._database.write() as session:
            return preservations.renew(session, self._clock(), ends_before, algorithm)

    def outlook(self) -> list[Outlook]:
        with self._database.read() as session:
            return preservations.outlook(session)

    # log

    def log(
        self, actor: str, kind: EventKind, document_id: str | None = None, data: Mapping[str, object] | None = None
    ) -> Event:
        return self._log.add(Entry(actor, kind, document_id, data or {}))

    def _write_log(self, entries: Sequence[Entry]) -> list[Event]:
        return self._database.append(log.write(self._database.backend, self._clock(), entries))

    def events(self, document_id: str | None = None, limit: int = 100, *, kind: EventKind | None = None) -> list[Event]:
        with self._database.read() as session:
            return log.read(session, document_id, limit, kind)

    def log_extent(self) -> LogExtent:
        with self._database.read() as session:
            return log.extent(session)

    def verify_log(self) -> int | None:
        with self._database.read() as session:
            return log.find_break(session)

    # API clients

    def add_client(
        self,
        name: str,
        scopes: frozenset[str],
        units: frozenset[str],
        *,
        types: frozenset[str] = frozenset(),
        procedures: frozenset[str] = frozenset(),
        credential: str | None = None,
    ) -> tuple[Client, str]:
        with self._database.write() as session:
            return clients.add(session, self._clock(), name, scopes, units, types, procedures, credential)

    def authenticate(self, key: str) -> Client | None:
        with self._database.read() as session:
            return clients.authenticate(session, key)

    def clients(self) -> list[Client]:
        with self._database.read() as session:
            return clients.list_live(session)

    def client_names(self) -> dict[str, str]:
        with self._database.read() as session:
            return clients.names(session)

    def revoke_client(self, client_id: str) -> None:
        with self._database.write() as session:
            clients.revoke(session, self._clock(), client_id)
