"""The port of the catalogue that knows what need not be handed in again, and who was given what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from digitize.config import Level
from storage.event_kinds import EventKind
from storage.pages import Page, Window
from storage.papers_api import PaperRow


@dataclass(frozen=True, slots=True)
class Unit:
    code: str
    name: str
    level: Level
    valid_from: date | None = None
    valid_to: date | None = None
    """Last day."""
    successor: str | None = None


@dataclass(frozen=True, slots=True)
class Substitute:
    """One of ``document_type`` and ``result_of`` is given."""

    document_type: str | None = None
    result_of: str | None = None
    """Code of the procedure whose result it is."""
    months: int | None = None
    """For how long after its issue; None: while it is valid."""


@dataclass(frozen=True, slots=True)
class Component:
    code: str
    name: str
    required: bool
    digitized: bool
    """Whether it has to be."""
    substitutes: tuple[Substitute, ...]


@dataclass(frozen=True, slots=True)
class Procedure:
    code: str
    name: str
    components: tuple[Component, ...]


@dataclass(frozen=True, slots=True)
class DossierRow:
    code: str
    procedure: str
    unit: str
    received_at: datetime
    resolved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """A paper of an owner."""

    row: PaperRow
    attested: bool
    """Whether a check or a person has vouched for its being this owner's."""
    procedure: str | None
    """Of the dossier it was handed in with."""
    copies: tuple[PaperRow, ...] = ()
    """The same paper as scanned elsewhere, which stands behind this one."""


@dataclass(frozen=True, slots=True)
class Revocation:
    at: datetime
    reason: str
    superseded_by: str | None = None
    """Document id of the paper that takes its place."""


@dataclass(frozen=True, slots=True)
class Use:
    """A paper given out."""

    at: datetime
    client: str
    """Name; the client's id where it is not known any more."""
    kind: str
    document_id: str
    purpose: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rate:
    dossiers: int = 0
    digitized: int = 0
    """Of these, those of which everything that has to be digitized is published."""

    @property
    def share(self) -> float | None:
        """None of no dossiers."""
        return self.digitized / self.dossiers if self.dossiers else None

    def __add__(self, other: "Rate") -> "Rate":
        return Rate(self.dossiers + other.dossiers, self.digitized + other.digitized)


@dataclass(frozen=True, slots=True)
class UnitRates:
    code: str
    unit: Unit | None
    """None where it was never imported; its level is not known then."""
    components: Rate
    """Of the dossiers received whose procedure has required components that must be digitized."""
    results: Rate
    """Of the dossiers resolved."""
    unknown: int = 0
    """Dossiers received whose procedure was never imported, and of which nobody can say what they need."""


class Reuse(Protocol):
    """Part of the catalogue; every method is one transaction."""

    def replace_procedures(self, procedures: Sequence[Procedure]) -> None:
        """Each as a whole; others stay as they are."""
        ...

    def procedure(self, code: str) -> Procedure | None: ...

    def procedures(self) -> list[Procedure]: ...

    def replace_units(self, units: Sequence[Unit]) -> None: ...

    def units(self) -> list[Unit]: ...

    def record_dossiers(
        self, dossiers: Sequence[tuple[DossierRow, str | None]], *, units: frozenset[str] = frozenset()
    ) -> int:
        """Each with its applicant's number, replacing what was known of it; how many are new. ``units``: whose dossiers
        may be replaced, empty: all. Raises NotPermittedError, and nothing is changed.
        """
        ...

    def dossier(self, code: str) -> DossierRow | None: ...

    def rates(self, since: datetime, until: datetime, *, units: frozenset[str] = frozenset()) -> list[UnitRates]:
        """Of the dossiers received, and of those resolved, between the two times, ``until`` not included."""
        ...

    def assign_code(self, document_id: str, candidates: Sequence[str]) -> str:
        """The code of a document: the one it has, else the first of these that nobody has. Raises ConflictError where
        all are taken.
        """
        ...

    def revoke(self, document_id: str, revocation: Revocation, actor: str) -> None:
        """With every copy of the paper, at this instant; revoking twice changes nothing. Raises NotFoundError,
        NotReadyError where it is not published.
        """
        ...

    def record_use(
        self, actor: str, kind: EventKind, document_ids: Sequence[str], data: Mapping[str, object] | None = None
    ) -> None:
        """One entry in the log, and one use of each document."""
        ...

    def uses(
        self, owner_id: str, window: Window, *, units: frozenset[str] = frozenset(), types: frozenset[str] = frozenset()
    ) -> Page[Use]:
        """Of this owner's papers of these units and types, empty: of all; newest first. Raises CursorError."""
        ...
