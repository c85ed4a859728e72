"""What was given out names papers and entries as the log does: by their ids, which nobody checks as it is written."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("uses") as uses:
        uses.drop_constraint("fk_uses_document_id", type_="foreignkey")
        uses.drop_constraint("fk_uses_sequence", type_="foreignkey")
