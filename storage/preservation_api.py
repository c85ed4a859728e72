"""The port of the catalogue that says which published PDF needs a document timestamp next."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol


@dataclass(frozen=True, slots=True)
class PreservationLease:
    """Right to put a timestamp behind one published PDF, until ``until``."""

    document_id: str
    fence: int
    attempt: int
    """1-based, since the last timestamp."""
    until: datetime


@dataclass(frozen=True, slots=True)
class Preserved:
    """Evidence and a document timestamp stand behind the published PDF (PAdES B-LTA)."""

    ends: datetime
    """When the timestamp's certificates run out (aware)."""
    algorithm: str
    """Of the timestamp server's key."""
    sha256: str
    """Of the whole PDF as it is now."""


@dataclass(frozen=True, slots=True)
class Postponed:
    """Not done: tried again from ``not_before``."""

    code: str
    not_before: datetime


@dataclass(frozen=True, slots=True)
class Outlook:
    """Published PDFs whose proof has to be renewed in one month."""

    month: str | None
    """``YYYY-MM`` in which their timestamps' certificates run out; None: there is no timestamp yet."""
    algorithm: str | None
    documents: int
    failing: int
    """Of them those whose last attempt failed."""


class Preservations(Protocol):
    """Part of the catalogue; every method is one transaction."""

    def claim_preservations(
        self, worker: str, lease: timedelta, *, grace: timedelta, ahead: timedelta, limit: int
    ) -> list[PreservationLease]:
        """Take published PDFs that are due: ``grace`` after publication for their first document timestamp, ``ahead``
        of the end of the last one for the next. Who has waited longest comes first.
        """
        ...

    def preservation_is_due(self, *, grace: timedelta, ahead: timedelta) -> bool:
        """Whether ``claim_preservations`` could take one now; quick, however many there are."""
        ...

    def settle_preservation(self, lease: PreservationLease, outcome: Preserved | Postponed) -> None:
        """Raises LeaseLostError."""
        ...

    def renew_preservations(self, *, ends_before: datetime | None = None, algorithm: str | None = None) -> int:
        """Make due now what these name, or all that bears a timestamp; how many."""
        ...

    def outlook(self) -> list[Outlook]:
        """By month, the nearest first."""
        ...
