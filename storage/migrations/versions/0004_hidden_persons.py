"""Persons are hidden in the catalogue: owners are found by a keyed hash; numbers, records and file names encrypted."""

import json
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import context, op

from storage.catalogue_key import CatalogueKey

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_AT_ONCE = 500
_DOCUMENTS = sa.table(
    "documents", sa.column("document_id"), sa.column("filename"), sa.column("record"), sa.column("pages")
)


def upgrade() -> None:
    key: CatalogueKey = context.config.attributes["key"]
    op.create_table(
        "catalogue_key",
        sa.Column("singleton", sa.Integer, nullable=False, autoincrement=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("singleton", name="pk_catalogue_key"),
        sa.CheckConstraint("singleton = 1", name=op.f("ck_catalogue_key_singleton")),
    )
    table = sa.table("catalogue_key", sa.column("singleton"), sa.column("fingerprint"))
    op.execute(table.insert().values(singleton=1, fingerprint=key.fingerprint))
    _hide_documents(key)
    _hide_owners(key)


def _hide_documents(key: CatalogueKey) -> None:
    op.add_column("documents", sa.Column("pages", sa.Text))
    for identity, filename, record in _rows():
        values = {"filename": key.seal(filename, f"{identity}/filename")}
        if record is not None:
            bare = json.loads(record)
            pages = bare.pop("pages", [])
            values["record"] = key.seal(json.dumps(bare, ensure_ascii=False), f"{identity}/record")
            values["pages"] = key.seal(json.dumps(pages, ensure_ascii=False), f"{identity}/pages")
        op.get_bind().execute(_DOCUMENTS.update().where(_DOCUMENTS.c.document_id == identity).values(values))


def _hide_owners(key: CatalogueKey) -> None:
    old = sa.table("owners", sa.column("owner_id"), sa.column("document_id"))
    known = [tuple(row) for row in op.get_bind().execute(sa.select(old.c.owner_id, old.c.document_id))]
    op.drop_table("owners")
    new = op.create_table(
        "owners",
        sa.Column("owner", sa.String(64), nullable=False),
        sa.Column("document_id", sa.String(26), nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("owner", "document_id", name="pk_owners"),
        sa.ForeignKeyConstraint(["document_id"], ["documents.document_id"], name="fk_owners_document_id"),
        sa.CheckConstraint("length(owner) = 64", name=op.f("ck_owners_owner")),
    )
    op.create_index("ix_owners_document_id", "owners", ["document_id"])
    op.bulk_insert(
        new,
        [
            {"owner": key.blind(number), "document_id": identity, "number": key.seal(number, f"{identity}/owner")}
            for number, identity in known
        ],
    )


def _rows() -> Iterator[tuple[str, str, str | None]]:
    """A few at a time, so that a large catalogue needs no large memory."""
    identity, filename, record = (_DOCUMENTS.c[name] for name in ("document_id", "filename", "record"))
    last = ""
    while (
        found := op.get_bind()
        .execute(sa.select(identity, filename, record).where(identity > last).order_by(identity).limit(_AT_ONCE))
        .all()
    ):
        yield from (tuple(row) for row in found)
        last = found[-1][0]
