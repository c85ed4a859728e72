"""Seals decided on before a key is used; and when each published PDF needs its next document timestamp: those published
before are due for their first.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "seals",
        sa.Column("document_id", sa.String(26), nullable=False),
        sa.Column("step", sa.Integer, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("preparation", sa.Text, nullable=False),
        sa.Column("transaction_id", sa.Text),
        sa.Column("signature", sa.Text),
        sa.PrimaryKeyConstraint("document_id", "step", name="pk_seals"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.document_id"], name="fk_seals_document_id"),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_seals_digest")),
    )
    op.create_table(
        "preservations",
        sa.Column("document_id", sa.String(26), nullable=False),
        sa.Column("due_at", _TIME, nullable=False),
        sa.Column("not_before", _TIME, nullable=False),
        sa.Column("ends", _TIME),
        sa.Column("algorithm", sa.Text),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("error_code", sa.Text),
        sa.Column("fence", sa.BigInteger, nullable=False),
        sa.Column("lease_owner", sa.Text),
        sa.Column("lease_until", _TIME),
        sa.PrimaryKeyConstraint("document_id", name="pk_preservations"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.document_id"], name="fk_preservations_document_id"),
        sa.CheckConstraint("attempts >= 0 AND fence >= 0", name=op.f("ck_preservations_counted_from_zero")),
        sa.CheckConstraint("(ends IS NULL) = (algorithm IS NULL)", name=op.f("ck_preservations_timestamp_whole")),
        sa.CheckConstraint("(lease_owner IS NULL) = (lease_until IS NULL)", name=op.f("ck_preservations_lease_whole")),
    )
    op.create_index("ix_preservations_due_at", "preservations", ["due_at"])
    op.execute(
        "INSERT INTO preservations (document_id, due_at, not_before, attempts, fence)"
        " SELECT document_id, published_at, published_at, 0, 0 FROM documents WHERE published_at IS NOT NULL"
    )
