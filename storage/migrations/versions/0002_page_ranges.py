"""Page ranges of large documents, which several workers recognize side by side."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)
_RUNNING = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "page_ranges",
        sa.Column("document_id", sa.String(26), nullable=False),
        sa.Column("first_page", sa.Integer, nullable=False),
        sa.Column("last_page", sa.Integer, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("not_before", _TIME, nullable=False),
        sa.Column("fence", sa.BigInteger, nullable=False),
        sa.Column("lease_owner", sa.Text),
        sa.Column("lease_until", _TIME),
        sa.PrimaryKeyConstraint("document_id", "first_page", name="pk_page_ranges"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.document_id"], name="fk_page_ranges_document_id"),
        sa.CheckConstraint("1 <= first_page AND first_page <= last_page", name=op.f("ck_page_ranges_pages")),
        sa.CheckConstraint("attempts >= 0 AND fence >= 0", name=op.f("ck_page_ranges_counted_from_zero")),
        sa.CheckConstraint("(lease_owner IS NULL) = (lease_until IS NULL)", name=op.f("ck_page_ranges_lease_whole")),
    )
    op.add_column("attempts", sa.Column("first_page", sa.Integer, nullable=False, server_default="0"))
    op.drop_index("uq_attempts_running", "attempts")
    op.create_index(
        "uq_attempts_running",
        "attempts",
        ["document_id", "first_page"],
        unique=True,
        sqlite_where=_RUNNING,
        postgresql_where=_RUNNING,
    )
