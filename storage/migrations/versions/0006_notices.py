"""Notices to portals: who is told of what, and what is not delivered yet."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("subscription_id", sa.String(32), nullable=False),
        sa.Column("client_id", sa.String(32), nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("secret", sa.Text, nullable=False),
        sa.Column("kinds", sa.Text, nullable=False),
        sa.Column("units", sa.Text, nullable=False),
        sa.Column("sequence", sa.BigInteger, nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("subscription_id", name="pk_subscriptions"),
        sa.ForeignKeyConstraint(["client_id"], ["clients.client_id"], name="fk_subscriptions_client_id"),
    )
    op.create_index("ix_subscriptions_client_id", "subscriptions", ["client_id"])
    op.create_table(
        "notices",
        sa.Column("subscription_id", sa.String(32), nullable=False),
        sa.Column("sequence", sa.BigInteger, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("not_before", _TIME),
        sa.Column("error", sa.Text),
        sa.PrimaryKeyConstraint("subscription_id", "sequence", name="pk_notices"),
        sa.ForeignKeyConstraint(
            ["subscription_id"], ["subscriptions.subscription_id"], name="fk_notices_subscription_id"
        ),
        sa.ForeignKeyConstraint(["sequence"], ["events.sequence"], name="fk_notices_sequence"),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_notices_counted_from_zero")),
    )
    op.create_index("ix_notices_not_before", "notices", ["not_before"])
