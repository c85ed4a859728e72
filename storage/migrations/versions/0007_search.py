"""Text search over hidden words; published documents come into it by the reconciler's next pass."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# The words lie out of line and as they are: hashes cannot be compressed, and rows without them are soon gone through.
_TABLE = """
CREATE TABLE search_words (
    position BIGINT NOT NULL CONSTRAINT pk_search_words PRIMARY KEY
        CONSTRAINT fk_search_words_position REFERENCES search_entries (position),
    words BIGINT[] NOT NULL
) WITH (toast_tuple_target = 128)
"""
_POSTGRESQL = (
    _TABLE,
    "ALTER TABLE search_words ALTER COLUMN words SET STORAGE EXTERNAL",
    "CREATE INDEX ix_search_words_words ON search_words USING gin (words)",
)
_SQLITE = "CREATE VIRTUAL TABLE search_words USING fts5(words, content='', columnsize=0, detail=none, tokenize='ascii')"


def upgrade() -> None:
    op.create_table(
        "search_entries",
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer, "sqlite"), autoincrement=False),
        sa.Column("document_id", sa.String(26), nullable=False),
        sa.PrimaryKeyConstraint("position", name="pk_search_entries"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.document_id"], name="fk_search_entries_document_id"),
    )
    op.create_index("uq_search_entries_document_id", "search_entries", ["document_id"], unique=True)
    for statement in _POSTGRESQL if op.get_bind().dialect.name == "postgresql" else (_SQLITE,):
        op.execute(statement)
