"""The index of words is made anew, by the dispatcher's pass over the archive: papers of civil status, and those whose
text names an ethnicity, are sensitive now whatever fields were read.
"""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("TRUNCATE search_words, search_entries")
    else:
        op.execute("INSERT INTO search_words (search_words) VALUES ('delete-all')")
        op.execute("DELETE FROM search_entries")
