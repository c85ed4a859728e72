"""The part of the catalogue that knows what need not be handed in again: one transaction a method."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from storage import log, papers, procedures, rates, uses
from storage.database import Database
from storage.event_kinds import EventKind
from storage.group_commit import GroupCommit
from storage.log import Entry
from storage.log_api import Event
from storage.pages import Page, Window
from storage.reuse_api import DossierRow, Procedure, Revocation, Unit, UnitRates, Use


class SqlReuse:
    """Implements Reuse; ``SqlCatalogue`` builds on it."""

    _database: Database
    _clock: Callable[[], datetime]
    _log: GroupCommit[Entry, Event]

    def replace_procedures(self, new: Sequence[Procedure]) -> None:
        with self._database.write() as session:
            procedures.replace(session, new)

    def procedure(self, code: str) -> Procedure | None:
        with self._database.read() as session:
            return next(iter(procedures.read(session, code)), None)

    def procedures(self) -> list[Procedure]:
        with self._database.read() as session:
            return procedures.read(session)

    def replace_units(self, units: Sequence[Unit]) -> None:
        with self._database.write() as session:
            procedures.replace_units(session, units)

    def units(self) -> list[Unit]:
        with self._database.read() as session:
            return procedures.read_units(session)

    def record_dossiers(
        self, dossiers: Sequence[tuple[DossierRow, str | None]], *, units: frozenset[str] = frozenset()
    ) -> int:
        with self._database.write() as session:
            return procedures.record_dossiers(session, dossiers, units)

    def dossier(self, code: str) -> DossierRow | None:
        with self._database.read() as session:
            return procedures.find_dossier(session, code)

    def rates(self, since: datetime, until: datetime, *, units: frozenset[str] = frozenset()) -> list[UnitRates]:
        with self._database.read() as session:
            return rates.of_units(session, since, until, units, procedures.read_units(session))

    def assign_code(self, document_id: str, candidates: Sequence[str]) -> str:
        with self._database.write() as session:
            return uses.assign_code(session, document_id, candidates)

    def revoke(self, document_id: str, revocation: Revocation, actor: str) -> None:
        with self._database.write() as session:
            papers.revoke(session, self._clock(), document_id, revocation, actor)

    def record_use(
        self, actor: str, kind: EventKind, document_ids: Sequence[str], data: Mapping[str, object] | None = None
    ) -> None:
        self._log.add(log.entry_of_use(actor, kind, document_ids, data))

    def uses(
        self, owner_id: str, window: Window, *, units: frozenset[str] = frozenset(), types: frozenset[str] = frozenset()
    ) -> Page[Use]:
        with self._database.read() as session:
            return uses.of_owner(session, owner_id, window, units, types)
