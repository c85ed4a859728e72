"""Units, procedures with their components and stand-ins, dossiers, codes, uses; and which scans are one paper."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    _widen_documents()
    _create_procedures()
    _create_dossiers()


def _widen_documents() -> None:
    op.add_column("documents", sa.Column("paper_key", sa.String(64)))
    same_as = sa.ForeignKey("documents.document_id", name="fk_documents_same_as")
    if op.get_bind().dialect.name == "sqlite":  # adds a reference with its column, and in no other way
        op.execute(
            "ALTER TABLE documents ADD COLUMN same_as VARCHAR(26)"
            " CONSTRAINT fk_documents_same_as REFERENCES documents (document_id)"
        )
    else:
        op.add_column("documents", sa.Column("same_as", sa.String(26), same_as))
    for name in ("dossier", "paper_key", "same_as"):
        op.create_index(f"ix_documents_{name}", "documents", [name])
    op.add_column("owners", sa.Column("attested", sa.Boolean, nullable=False, server_default=sa.true()))
    for name in ("types", "procedures"):
        op.add_column("clients", sa.Column(name, sa.Text, nullable=False, server_default="[]"))


def _create_procedures() -> None:
    op.create_table(
        "units",
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("level", sa.String(16), nullable=False),
        sa.Column("valid_from", sa.Date),
        sa.Column("valid_to", sa.Date),
        sa.Column("successor", sa.Text),
        sa.PrimaryKeyConstraint("code", name="pk_units"),
        sa.CheckConstraint("level IN ('ministry', 'province', 'district', 'commune')", name=op.f("ck_units_level")),
        sa.CheckConstraint(
            "valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to", name=op.f("ck_units_valid")
        ),
    )
    op.create_table(
        "procedures",
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_procedures"),
    )
    op.create_table(
        "components",
        sa.Column("procedure", sa.Text, nullable=False),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("required", sa.Boolean, nullable=False),
        sa.Column("digitized", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("procedure", "code", name="pk_components"),
        sa.ForeignKeyConstraint(["procedure"], ["procedures.code"], name="fk_components_procedure"),
    )
    op.create_table(
        "substitutes",
        sa.Column("procedure", sa.Text, nullable=False),
        sa.Column("component", sa.Text, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("document_type", sa.Text),
        sa.Column("result_of", sa.Text),
        sa.Column("months", sa.Integer),
        sa.PrimaryKeyConstraint("procedure", "component", "place", name="pk_substitutes"),
        sa.ForeignKeyConstraint(
            ["procedure", "component"], ["components.procedure", "components.code"], name="fk_substitutes_procedure"
        ),
        sa.CheckConstraint("(document_type IS NULL) <> (result_of IS NULL)", name=op.f("ck_substitutes_one_of_two")),
        sa.CheckConstraint("months IS NULL OR months >= 1", name=op.f("ck_substitutes_months")),
    )


def _create_dossiers() -> None:
    op.create_table(
        "dossiers",
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("procedure", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("owner", sa.String(64)),
        sa.Column("received_at", _TIME, nullable=False),
        sa.Column("resolved_at", _TIME),
        sa.PrimaryKeyConstraint("code", name="pk_dossiers"),
    )
    op.create_index("ix_dossiers_unit", "dossiers", ["unit", "received_at"])
    op.create_table(
        "codes",
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("document_id", sa.String(26), nullable=False),
        sa.Column("sealed", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_codes"),
        sa.UniqueConstraint("document_id", name="uq_codes_document_id"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.document_id"], name="fk_codes_document_id"),
    )
    op.create_table(
        "uses",
        sa.Column("sequence", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("document_id", sa.String(26), nullable=False),
        sa.PrimaryKeyConstraint("sequence", "document_id", name="pk_uses"),
        sa.ForeignKeyConstraint(["sequence"], ["events.sequence"], name="fk_uses_sequence"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.document_id"], name="fk_uses_document_id"),
    )
    op.create_index("ix_uses_document_id", "uses", ["document_id"])
