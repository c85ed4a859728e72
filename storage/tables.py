"""The tables of the catalogue. What must hold at all times is a constraint, each with its reason.

The migrations in ``storage/migrations`` make these tables; a test holds the two together.
"""

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Text,
    TypeDecorator,
    text,
    true,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

BUT_FOR_ITS_ID = True
"""How rows of documents are locked: against every change, and not against another row that refers to them. A foreign
key asks for the id, which never changes, and whoever has the log's head and waits for the row would be waited for.
"""


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC to the microsecond. SQLite keeps no zone, so it is taken off and put back here."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


WAITING = text("status IN ('received', 'processing')")
"""Condition of the index of what may be due; in words, since SQLite uses the index for the same words only."""
_RUNNING = text("ended_at IS NULL")


class DocumentEntry(Base):
    """One document and where it stands."""

    __tablename__ = "documents"

    document_id: Mapped[str] = mapped_column(String(26), primary_key=True)
    status: Mapped[str] = mapped_column(String(16))
    stage: Mapped[str] = mapped_column(String(16))
    unit: Mapped[str | None] = mapped_column(Text)
    dossier: Mapped[str | None] = mapped_column(Text)
    component: Mapped[str | None] = mapped_column(Text)
    role: Mapped[str] = mapped_column(String(16))
    filename: Mapped[str] = mapped_column(Text)
    """Encrypted, since a file may be called by a person's name."""
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(Text)
    page_count: Mapped[int] = mapped_column(Integer, default=0)
    type_code: Mapped[str | None] = mapped_column(Text)
    priority: Mapped[str] = mapped_column(String(16))
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    """Attempts begun at this stage, the running one included."""
    error_code: Mapped[str | None] = mapped_column(Text)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    not_before: Mapped[datetime] = mapped_column(UtcDateTime)
    fence: Mapped[int] = mapped_column(BigInteger, default=0)
    lease_owner: Mapped[str | None] = mapped_column(Text)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    held: Mapped[str | None] = mapped_column(Text)
    """JSON list of the fields a reviewer has to look at."""
    record: Mapped[str | None] = mapped_column(Text)
    """The record as JSON without its pages, encrypted. It never leaves through logs or events."""
    pages: Mapped[str | None] = mapped_column(Text, deferred=True)
    """The record's pages, encrypted: most of its bytes, and most questions do without them."""
    paper_key: Mapped[str | None] = mapped_column(String(64))
    """Keyed hash of type, issuer, number and date, once published; None where not all are sure."""
    same_as: Mapped[str | None] = mapped_column(ForeignKey("documents.document_id"))
    """The document that has the same paper from an earlier scan."""

    __table_args__ = (
        CheckConstraint("length(document_id) = 26", "document_id"),
        CheckConstraint("length(sha256) = 64", "sha256"),
        CheckConstraint(
            "status IN ('received', 'processing', 'needs_review', 'published', 'rejected', 'quarantined', 'revoked')",
            "status",
        ),
        CheckConstraint("stage IN ('inspect', 'extract', 'assemble')", "stage"),
        CheckConstraint("role IN ('component', 'result')", "role"),
        CheckConstraint("priority IN ('urgent', 'default', 'bulk')", "priority"),
        CheckConstraint("size >= 0 AND page_count >= 0 AND attempts >= 0 AND fence >= 0", "counted_from_zero"),
        # A lease has an owner and an end, or there is none.
        CheckConstraint("(lease_owner IS NULL) = (lease_until IS NULL)", "lease_whole"),
        # Whoever may not work on a document may not hold it.
        CheckConstraint("lease_owner IS NULL OR status = 'processing'", "lease_while_processing"),
        # Published once, with a time that stays when it is revoked.
        CheckConstraint("(published_at IS NULL) = (status NOT IN ('published', 'revoked'))", "published_at"),
        # A reviewer is told what to look at, and only while the document waits.
        CheckConstraint("(held IS NULL) = (status <> 'needs_review')", "held"),
        # What has left the pipeline says why and with what.
        CheckConstraint("record IS NOT NULL OR status IN ('received', 'processing')", "record"),
        Index(
            "ix_documents_due",
            "priority",
            "unit",
            "received_at",
            "document_id",
            sqlite_where=WAITING,
            postgresql_where=WAITING,
        ),
        Index("ix_documents_updated_at", "updated_at"),
        Index("ix_documents_dossier", "dossier"),
        Index("ix_documents_paper_key", "paper_key"),
        Index("ix_documents_same_as", "same_as"),
        Index("ix_documents_unit", "unit", "status"),
    )


class PageRangeEntry(Base):
    """Pages of a spread document that are still to be recognized; the row goes when they are kept."""

    __tablename__ = "page_ranges"

    document_id: Mapped[str] = mapped_column(ForeignKey("documents.document_id"), primary_key=True)
    first_page: Mapped[int] = mapped_column(Integer, primary_key=True)
    last_page: Mapped[int] = mapped_column(Integer)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    not_before: Mapped[datetime] = mapped_column(UtcDateTime)
    fence: Mapped[int] = mapped_column(BigInteger, default=0)
    """Of its last lease; counted by the document, so that no two leases on its pages are alike."""
    lease_owner: Mapped[str | None] = mapped_column(Text)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("1 <= first_page AND first_page <= last_page", "pages"),
        CheckConstraint("attempts >= 0 AND fence >= 0", "counted_from_zero"),
        # A lease has an owner and an end, or there is none.
        CheckConstraint("(lease_owner IS NULL) = (lease_until IS NULL)", "lease_whole"),
    )


class AttemptEntry(Base):
    """One try of one worker at one stage."""

    __tablename__ = "attempts"

    attempt_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.document_id"))
    stage: Mapped[str] = mapped_column(String(16))
    first_page: Mapped[int] = mapped_column(Integer, default=0, server_default="0")
    """Of a page range; 0: the whole document."""
    number: Mapped[int] = mapped_column(Integer)
    fence: Mapped[int] = mapped_column(BigInteger)
    worker: Mapped[str] = mapped_column(Text)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    outcome: Mapped[str | None] = mapped_column(String(16))
    error_code: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        CheckConstraint("number >= 1", "number"),
        CheckConstraint(
            "outcome IN ('advance', 'hold', 'publish', 'reject', 'quarantine', 'retry', 'lost')", "outcome"
        ),
        # An attempt that has ended says how.
        CheckConstraint("(ended_at IS NULL) = (outcome IS NULL)", "ended"),
        # Two workers never work on one document, unless each has a page range of its own.
        Index(
            "uq_attempts_running",
            "document_id",
            "first_page",
            unique=True,
            sqlite_where=_RUNNING,
            postgresql_where=_RUNNING,
        ),
        Index("ix_attempts_document_id", "document_id", "attempt_id"),
    )


class SealEntry(Base):
    """A seal that was decided on; written before the key is used, so that it is used for nothing else."""

    __tablename__ = "seals"

    document_id: Mapped[str] = mapped_column(ForeignKey("documents.document_id"), primary_key=True)
    step: Mapped[int] = mapped_column(Integer, primary_key=True)
    """Who signs first has 0."""
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 of what is signed; names the prepared PDF in the work bucket."""
    preparation: Mapped[str] = mapped_column(Text)
    """JSON, for whoever signs."""
    transaction_id: Mapped[str | None] = mapped_column(Text)
    """Of a signing service that asks a person."""
    signature: Mapped[str | None] = mapped_column(Text)
    """Raw, in hexadecimal."""

    __table_args__ = (CheckConstraint("length(digest) = 64", "digest"),)


class PreservationEntry(Base):
    """When a published PDF needs its next document timestamp, and until when the last one will do."""

    __tablename__ = "preservations"

    document_id: Mapped[str] = mapped_column(ForeignKey("documents.document_id"), primary_key=True)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    """The time of publication while there is none, then the end of the last; whoever asks adds the margin."""
    not_before: Mapped[datetime] = mapped_column(UtcDateTime)
    ends: Mapped[datetime | None] = mapped_column(UtcDateTime)
    algorithm: Mapped[str | None] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    """Begun since the last timestamp, the running one included."""
    error_code: Mapped[str | None] = mapped_column(Text)
    fence: Mapped[int] = mapped_column(BigInteger, default=0)
    lease_owner: Mapped[str | None] = mapped_column(Text)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        CheckConstraint("attempts >= 0 AND fence >= 0", "counted_from_zero"),
        # A timestamp has an end and an algorithm, or there is none.
        CheckConstraint("(ends IS NULL) = (algorithm IS NULL)", "timestamp_whole"),
        # A lease has an owner and an end, or there is none.
        CheckConstraint("(lease_owner IS NULL) = (lease_until IS NULL)", "lease_whole"),
        Index("ix_preservations_due_at", "due_at"),
    )


class OwnerEntry(Base):
    """Whose a published paper is, for the question "does the state already hold it?"."""

    __tablename__ = "owners"

    owner: Mapped[str] = mapped_column(String(64), primary_key=True)
    """Keyed hash of the number."""
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.document_id"), primary_key=True)

    number: Mapped[str] = mapped_column(Text)
    """Encrypted."""
    attested: Mapped[bool] = mapped_column(Boolean, default=True, server_default=true())
    """A check or a person has vouched for it; else the paper is only perhaps this owner's."""

    __table_args__ = (
        CheckConstraint("length(owner) = 64", "owner"),
        Index("ix_owners_document_id", "document_id"),
    )


class CatalogueKeyEntry(Base):
    """Which key hides the persons of this catalogue."""

    __tablename__ = "catalogue_key"

    singleton: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    fingerprint: Mapped[str] = mapped_column(String(64))

    __table_args__ = (CheckConstraint("singleton = 1", "singleton"),)


class EventEntry(Base):
    """One line of the log. Triggers refuse every change and deletion."""

    __tablename__ = "events"

    sequence: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    document_id: Mapped[str | None] = mapped_column(String(26))
    data: Mapped[str] = mapped_column(Text)
    """Canonical JSON; text, so that the bytes that were hashed are the bytes that are kept."""
    hash: Mapped[str] = mapped_column(String(64))

    __table_args__ = (
        CheckConstraint("sequence >= 1", "sequence"),
        Index("ix_events_document_id", "document_id", "sequence"),
    )


class LogHeadEntry(Base):
    """The last line of the log: writers queue for this one row, and a log cut short is noticed by it."""

    __tablename__ = "log_head"

    singleton: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    sequence: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str] = mapped_column(String(64))

    __table_args__ = (CheckConstraint("singleton = 1", "singleton"),)


class ClientEntry(Base):
    """A caller of the API; of its key only the SHA-256 is kept."""

    __tablename__ = "clients"

    client_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    scopes: Mapped[str] = mapped_column(Text)
    units: Mapped[str] = mapped_column(Text)
    types: Mapped[str] = mapped_column(Text, default="[]", server_default="[]")
    procedures: Mapped[str] = mapped_column(Text, default="[]", server_default="[]")
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class IdempotencyEntry(Base):
    """A request that its caller gave a key, and what was answered."""

    __tablename__ = "idempotency_keys"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    """Keyed hash of client and key."""
    fingerprint: Mapped[str] = mapped_column(String(64))
    """Keyed hash of what was asked."""
    identity: Mapped[str] = mapped_column(String(32))
    """For what is created, so that whoever has to do it again finds it there."""
    fence: Mapped[int] = mapped_column(BigInteger)
    lease_until: Mapped[datetime] = mapped_column(UtcDateTime)
    """Till then somebody is at it."""
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answer: Mapped[str | None] = mapped_column(Text)
    """Encrypted."""

    __table_args__ = (
        CheckConstraint("fence >= 0", "counted_from_zero"),
        Index("ix_idempotency_keys_expires_at", "expires_at"),
    )
