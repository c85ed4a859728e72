"""The port of the catalogue, bound by one conformance suite (``tests/conformance``) against the real databases.

Errors: CatalogueUnavailableError is retryable; NotFoundError and LeaseLostError are answers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, Protocol

from digitize.model import FieldRecord, Record, Role, Status
from storage.event_kinds import EventKind
from storage.log_api import Event, LogExtent
from storage.pages import Page, Window
from storage.papers_api import PaperRow
from storage.preservation_api import Preservations
from storage.reuse_api import Revocation

Priority = Literal["urgent", "default", "bulk"]
"""urgent: a citizen waits at the counter; default: the day's work; bulk: back-files."""

ResumeStage = Literal["inspect", "extract", "assemble"]
"""Stages a document can start again from, since what comes before them is stored."""

AttemptStage = Literal["inspect", "recognize", "extract", "assemble"]
"""What an attempt begins with: ``recognize`` is one page range of a spread document, the others take all of it."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A document as accepted: its original is already stored write-once."""

    document_id: str
    unit: str | None
    dossier: str | None
    component: str | None
    role: Role
    filename: str
    sha256: str
    size: int
    media_type: str
    priority: Priority = "default"


@dataclass(frozen=True, slots=True)
class Publication:
    """A published document as the archive tells of it, for a catalogue that has lost it."""

    arrival: Arrival
    record: Record
    published_at: datetime
    ends: datetime | None = None
    """Of its last document timestamp (aware), with ``algorithm``; both None where it bears none."""
    algorithm: str | None = None
    revocation: Revocation | None = None
    """Where it is valid no more."""


@dataclass(frozen=True, slots=True)
class PageRange:
    """Pages that one worker recognizes in one attempt: 1-based numbers, both ends belong to it."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Lease:
    """Right to work on one document, or on one of its page ranges, until ``until``."""

    document_id: str
    stage: AttemptStage
    fence: int
    """Rises with each lease ever given on the document or a range of it."""
    attempt: int
    """1-based number of this attempt at this stage, of these pages."""
    until: datetime
    pages: PageRange | None = None
    """At ``recognize`` only."""


@dataclass(frozen=True, slots=True)
class Due:
    document_id: str
    stage: AttemptStage
    priority: Priority
    attempt: int
    """Attempts made so far at this stage; with id, stage and first page it names the RQ job."""
    first_page: int = 0
    """Of the page range at ``recognize``; 0: the whole document."""


@dataclass(frozen=True, slots=True)
class Advance:
    """The stages before ``stage`` are stored; go on there, now or after a restart."""

    stage: ResumeStage
    record: Record | None = None
    hands_over: bool = False
    """The lease ends: a worker of another queue goes on."""


@dataclass(frozen=True, slots=True)
class Spread:
    """From ``inspect``: all workers recognize the document, in these ranges of its pages; the document itself is due
    again, at ``extract``, once the last of them is kept.
    """

    ranges: tuple[PageRange, ...]


@dataclass(frozen=True, slots=True)
class PagesKept:
    """Every page of the leased range is recognized and stored."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Wait for a reviewer; ``fields`` are what to look at."""

    record: Record
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Publish:
    record: Record
    revocation: Revocation | None = None
    """Where the archive says that it was published before and revoked: then it is valid at no time."""


@dataclass(frozen=True, slots=True)
class Reject:
    """Refuse: the station can mend it."""

    record: Record


@dataclass(frozen=True, slots=True)
class Quarantine:
    record: Record


@dataclass(frozen=True, slots=True)
class Retry:
    """Try the same stage again from ``not_before``."""

    code: str
    not_before: datetime


Outcome = Advance | Spread | PagesKept | Hold | Publish | Reject | Quarantine | Retry
"""A page range ends with ``PagesKept``, ``Retry``, or with what ends its document: ``Reject``, ``Quarantine``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow(PaperRow):
    record: Record | None
    """Without its pages in lists of several documents."""
    stage: ResumeStage
    component: str | None
    filename: str
    sha256: str
    size: int
    media_type: str
    page_count: int
    priority: Priority
    attempts: int
    error_code: str | None
    updated_at: datetime
    leased: bool
    same_as: str | None
    """Document id of the earliest scan of the same paper, where this is a later one."""


@dataclass(frozen=True, slots=True)
class Attempt:
    stage: AttemptStage
    first_page: int
    """Of the page range at ``recognize``; 0: the whole document."""
    number: int
    started_at: datetime
    ended_at: datetime | None
    outcome: str | None
    """advance, hold, publish, reject, quarantine, retry, lost; None while it runs."""
    error_code: str | None


@dataclass(frozen=True, slots=True)
class Seal:
    """A signature decided on before the key is used."""

    step: int
    """Who signs first has 0."""
    digest: str
    """SHA-256 of what is signed, in hexadecimal."""
    preparation: str
    """JSON, for whoever signs."""
    transaction_id: str | None = None
    """Of a signing service that asks a person."""
    signature: bytes | None = None


@dataclass(frozen=True, slots=True)
class Client:
    """A caller of the API. ``units``, ``types`` and ``procedures`` empty mean every one."""

    client_id: str
    name: str
    scopes: frozenset[str]
    units: frozenset[str]
    types: frozenset[str] = frozenset()
    """Document types whose papers it is given."""
    procedures: frozenset[str] = frozenset()
    """What it may name as the purpose of a reuse."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a document stands, to be compared with what the archive has of it."""

    status: Status
    error_code: str | None
    """Of what stopped it."""
    is_searchable: bool


class Catalogue(Preservations, Protocol):
    """Knows the state. Every method is one transaction; times are aware UTC; ``now`` is injectable."""

    # documents
    def register(self, arrival: Arrival) -> bool:
        """Insert as ``received`` due at ``inspect``; False: known already, only an event ``duplicate``."""
        ...

    def restore(self, publications: Sequence[Publication]) -> int:
        """Insert as published those that are not known, bring to that state those that are received, in processing or
        in review and that nobody works on, and revoke at once, with every scan of the same paper, those that were
        revoked; how many came back. One transaction: nobody sees a revoked paper as valid.
        """
        ...

    def due(self, limit: int, *, sealing: bool | None = None) -> list[Due]:
        """What may be worked on now (no live lease, not_before past, received or processing), urgent first;
        inside one priority the units take turns, oldest first within a unit. Of a spread document not itself but
        each of its page ranges is due. ``sealing``: only what is at ``assemble`` (True), or all else (False).
        """
        ...

    def claim(self, document_id: str, stage: AttemptStage, worker: str, lease: timedelta) -> Lease | None:
        """Take the document, or at ``recognize`` the first of its page ranges that is due; None where others hold
        it or it is not due at that stage. A lease that ran out closes its attempt as ``lost`` and counts as one.
        """
        ...

    def renew(self, lease: Lease, length: timedelta) -> Lease:
        """Raises LeaseLostError."""
        ...

    def settle(self, lease: Lease, outcome: Outcome) -> None:
        """Carry out the outcome, write attempt and event and end the lease (``Advance`` moves the stage and keeps
        it, unless it hands over), all in one transaction. What ends a document takes away the leases on all its
        page ranges. Raises LeaseLostError and changes nothing where the fence has moved on.
        """
        ...

    def give_up(self, worker: str) -> int:
        """What this worker, which was told to stop, holds: due again at once, by an attempt that ended as ``retry``."""
        ...

    def correct(self, document_id: str, fields: Mapping[str, FieldRecord], actor: str) -> Record:
        """A reviewer's word on a held document: replaces those fields, and once none of the held fields is
        left in review the document goes on at ``assemble``. Raises NotFoundError, NotReadyError where not
        held.
        """
        ...

    def resume(self, document_id: str, actor: str) -> None:
        """Take a quarantined document up again at its stage, as if never tried there; what was signed stays signed,
        and whoever declined is asked anew. Raises NotFoundError, RetryRefusedError.
        """
        ...

    def find(self, document_id: str) -> DocumentRow | None: ...

    def stands(self, part: str) -> dict[str, Stand]:
        """Of every document whose id begins with ``part``; of all of them a million take a few hundred megabytes."""
        ...

    def changed(self, since: datetime, limit: int, *, error_code: str | None = None) -> list[str]:
        """Ids of the documents that changed at that time or after it, the newest change first; only those stopped by
        this error where it is given.
        """
        ...

    def documents(
        self,
        *,
        status: Status | None = None,
        units: frozenset[str] = frozenset(),
        limit: int = 100,
        named: str | None = None,
    ) -> list[DocumentRow]:
        """Newest change first; only those of the dossier ``named``, or whose id begins so, where it is given."""
        ...

    def attempts(self, document_id: str) -> list[Attempt]: ...

    def counts(self) -> dict[tuple[str | None, Status], int]:
        """Documents by unit and status."""
        ...

    def lookup(
        self,
        owner_id: str,
        window: Window,
        *,
        units: frozenset[str] = frozenset(),
        types: frozenset[str] = frozenset(),
        document_type: str | None = None,
    ) -> Page[PaperRow]:
        """Published, unrevoked documents whose accepted or corrected ``owner_id`` is this, newest first. ``units`` and
        ``types``: of the client, empty for every one; a page does not tell what else there is. Raises CursorError.
        """
        ...

    # seals; what changes something raises LeaseLostError where the fence has moved on
    def seals(self, document_id: str) -> list[Seal]:
        """In the order of their steps."""
        ...

    def begin_seal(self, lease: Lease, seal: Seal, *, anew: bool = False) -> Seal:
        """Remember what is about to be signed, and give what is remembered: an earlier decision stays. ``anew``: all
        that was decided on the document before is void, and that is told.
        """
        ...

    def keep_transaction(self, lease: Lease, seal: Seal, transaction_id: str) -> Seal:
        """The last one asked stays."""
        ...

    def keep_signature(self, lease: Lease, seal: Seal, signature: bytes) -> Seal:
        """An earlier signature stays."""
        ...

    # log
    def log(
        self, actor: str, kind: EventKind, document_id: str | None = None, data: Mapping[str, object] | None = None
    ) -> Event: ...

    def events(self, document_id: str | None = None, limit: int = 100, *, kind: EventKind | None = None) -> list[Event]:
        """Newest first; of one ``kind`` only, where it is given."""
        ...

    def log_extent(self) -> LogExtent: ...

    def verify_log(self) -> int | None:
        """None where the chain holds from first to last entry, else the sequence of the first break."""
        ...

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
        """Create and return it with its key, which is stored only as a hash and shown this once; or with the
        ``credential`` it is known by instead. Raises ConflictError where another client is known by that.
        """
        ...

    def authenticate(self, key: str) -> Client | None: ...

    def clients(self) -> list[Client]: ...

    def client_names(self) -> dict[str, str]:
        """By id, of every client there ever was."""
        ...

    def revoke_client(self, client_id: str) -> None: ...
