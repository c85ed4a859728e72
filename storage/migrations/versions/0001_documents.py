"""Documents, attempts, owners, the log and API clients.

The log is append-only by trigger: a program that errs cannot rewrite it, and whoever switches the triggers
off still has the hash chain to match.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)
_WAITING = sa.text("status IN ('received', 'processing')")
_RUNNING = sa.text("ended_at IS NULL")


def upgrade() -> None:
    _create_documents()
    _create_attempts()
    _create_owners()
    _create_log()
    _create_clients()


def _create_documents() -> None:
    op.create_table(
        "documents",
        sa.Column("document_id", sa.String(26), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("stage", sa.String(16), nullable=False),
        sa.Column("unit", sa.Text),
        sa.Column("dossier", sa.Text),
        sa.Column("component", sa.Text),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("filename", sa.Text, nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("media_type", sa.Text, nullable=False),
        sa.Column("page_count", sa.Integer, nullable=False),
        sa.Column("type_code", sa.Text),
        sa.Column("priority", sa.String(16), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("error_code", sa.Text),
        sa.Column("received_at", _TIME, nullable=False),
        sa.Column("updated_at", _TIME, nullable=False),
        sa.Column("published_at", _TIME),
        sa.Column("not_before", _TIME, nullable=False),
        sa.Column("fence", sa.BigInteger, nullable=False),
        sa.Column("lease_owner", sa.Text),
        sa.Column("lease_until", _TIME),
        sa.Column("held", sa.Text),
        sa.Column("record", sa.Text),
        sa.PrimaryKeyConstraint("document_id", name="pk_documents"),
        *_document_checks(),
    )
    op.create_index(
        "ix_documents_due",
        "documents",
        ["priority", "unit", "received_at", "document_id"],
        sqlite_where=_WAITING,
        postgresql_where=_WAITING,
    )
    op.create_index("ix_documents_updated_at", "documents", ["updated_at"])
    op.create_index("ix_documents_unit", "documents", ["unit", "status"])


def _document_checks() -> list[sa.CheckConstraint]:
    conditions = {
        "document_id": "length(document_id) = 26",
        "sha256": "length(sha256) = 64",
        "status": "status IN ('received', 'processing', 'needs_review', 'published', 'rejected',"
        " 'quarantined', 'revoked')",
        "stage": "stage IN ('inspect', 'extract', 'assemble')",
        "role": "role IN ('component', 'result')",
        "priority": "priority IN ('urgent', 'default', 'bulk')",
        "counted_from_zero": "size >= 0 AND page_count >= 0 AND attempts >= 0 AND fence >= 0",
        "lease_whole": "(lease_owner IS NULL) = (lease_until IS NULL)",
        "lease_while_processing": "lease_owner IS NULL OR status = 'processing'",
        "published_at": "(published_at IS NULL) = (status NOT IN ('published', 'revoked'))",
        "held": "(held IS NULL) = (status <> 'needs_review')",
        "record": "record IS NOT NULL OR status IN ('received', 'processing')",
    }
    return [sa.CheckConstraint(condition, name=op.f(f"ck_documents_{name}")) for name, condition in conditions.items()]


def _create_attempts() -> None:
    op.create_table(
        "attempts",
        sa.Column("attempt_id", sa.Integer, nullable=False, autoincrement=True),
        sa.Column("document_id", sa.String(26), nullable=False),
        sa.Column("stage", sa.String(16), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("fence", sa.BigInteger, nullable=False),
        sa.Column("worker", sa.Text, nullable=False),
        sa.Column("started_at", _TIME, nullable=False),
        sa.Column("ended_at", _TIME),
        sa.Column("outcome", sa.String(16)),
        sa.Column("error_code", sa.Text),
        sa.PrimaryKeyConstraint("attempt_id", name="pk_attempts"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.document_id"], name="fk_attempts_document_id"),
        sa.CheckConstraint("number >= 1", name=op.f("ck_attempts_number")),
        sa.CheckConstraint(
            "outcome IN ('advance', 'hold', 'publish', 'reject', 'quarantine', 'retry', 'lost')",
            name=op.f("ck_attempts_outcome"),
        ),
        sa.CheckConstraint("(ended_at IS NULL) = (outcome IS NULL)", name=op.f("ck_attempts_ended")),
    )
    op.create_index(
        "uq_attempts_running",
        "attempts",
        ["document_id"],
        unique=True,
        sqlite_where=_RUNNING,
        postgresql_where=_RUNNING,
    )
    op.create_index("ix_attempts_document_id", "attempts", ["document_id", "attempt_id"])


def _create_owners() -> None:
    op.create_table(
        "owners",
        sa.Column("owner_id", sa.Text, nullable=False),
        sa.Column("document_id", sa.String(26), nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "document_id", name="pk_owners"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.document_id"], name="fk_owners_document_id"),
    )
    op.create_index("ix_owners_document_id", "owners", ["document_id"])


def _create_log() -> None:
    op.create_table(
        "events",
        sa.Column("sequence", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("at", _TIME, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("document_id", sa.String(26)),
        sa.Column("data", sa.Text, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("sequence", name="pk_events"),
        sa.CheckConstraint("sequence >= 1", name=op.f("ck_events_sequence")),
    )
    op.create_index("ix_events_document_id", "events", ["document_id", "sequence"])
    head = op.create_table(
        "log_head",
        sa.Column("singleton", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("sequence", sa.BigInteger, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("singleton", name="pk_log_head"),
        sa.CheckConstraint("singleton = 1", name=op.f("ck_log_head_singleton")),
    )
    op.bulk_insert(head, [{"singleton": 1, "sequence": 0, "hash": "0" * 64}])
    if op.get_bind().dialect.name == "sqlite":
        for change in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER events_refuse_{change.lower()} BEFORE {change} ON events"
                " BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_log_change() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RAISE EXCEPTION 'the log is append-only'; END $$"
    )
    op.execute(
        "CREATE TRIGGER events_refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON events"
        " FOR EACH STATEMENT EXECUTE FUNCTION refuse_log_change()"
    )


def _create_clients() -> None:
    op.create_table(
        "clients",
        sa.Column("client_id", sa.String(32), nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("scopes", sa.Text, nullable=False),
        sa.Column("units", sa.Text, nullable=False),
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.Column("revoked_at", _TIME),
        sa.PrimaryKeyConstraint("client_id", name="pk_clients"),
        sa.UniqueConstraint("key_hash", name="uq_clients_key_hash"),
    )
