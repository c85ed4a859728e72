"""The tables of what lets a paper stand in for being handed in again: procedures, dossiers, units, codes, uses."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Date, ForeignKey, ForeignKeyConstraint, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables import Base, UtcDateTime


class UnitEntry(Base):
    """An office that takes in dossiers, while it was or is one. What is printed on old papers is never rewritten."""

    __tablename__ = "units"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    level: Mapped[str] = mapped_column(String(16))
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_to: Mapped[date | None] = mapped_column(Date)
    """Last day; districts ended on 2025-06-30."""
    successor: Mapped[str | None] = mapped_column(Text)

    __table_args__ = (
        CheckConstraint("level IN ('ministry', 'province', 'district', 'commune')", "level"),
        CheckConstraint("valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to", "valid"),
    )


class ProcedureEntry(Base):
    """Thủ tục hành chính, by its code in the national database."""

    __tablename__ = "procedures"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    name: Mapped[str] = mapped_column(Text)


class ComponentEntry(Base):
    """Thành phần hồ sơ: one paper that a procedure asks for."""

    __tablename__ = "components"

    procedure: Mapped[str] = mapped_column(ForeignKey("procedures.code"), primary_key=True)
    code: Mapped[str] = mapped_column(Text, primary_key=True)
    place: Mapped[int] = mapped_column(Integer)
    """In the order of the procedure's list."""
    name: Mapped[str] = mapped_column(Text)
    required: Mapped[bool]
    digitized: Mapped[bool]
    """Whether it has to be (Circular 01/2023, Art. 4)."""


class SubstituteEntry(Base):
    """What can stand in for a component: a type of paper, or the result of an earlier procedure."""

    __tablename__ = "substitutes"

    procedure: Mapped[str] = mapped_column(Text, primary_key=True)
    component: Mapped[str] = mapped_column(Text, primary_key=True)
    place: Mapped[int] = mapped_column(Integer, primary_key=True)
    document_type: Mapped[str | None] = mapped_column(Text)
    result_of: Mapped[str | None] = mapped_column(Text)
    months: Mapped[int | None] = mapped_column(Integer)
    """For how long after its issue; None: while it is valid."""

    __table_args__ = (
        ForeignKeyConstraint(["procedure", "component"], ["components.procedure", "components.code"]),
        CheckConstraint("(document_type IS NULL) <> (result_of IS NULL)", "one_of_two"),
        CheckConstraint("months IS NULL OR months >= 1", "months"),
    )


class DossierEntry(Base):
    """Hồ sơ: who asked for what, where and when; what rates are counted against."""

    __tablename__ = "dossiers"

    code: Mapped[str] = mapped_column(Text, primary_key=True)
    procedure: Mapped[str] = mapped_column(Text)
    unit: Mapped[str] = mapped_column(Text)
    owner: Mapped[str | None] = mapped_column(String(64))
    """Keyed hash of the applicant's number; None where it is not known."""
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    resolved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (Index("ix_dossiers_unit", "unit", "received_at"),)


class CodeEntry(Base):
    """Mã kết quả số hóa: given once and never again, also where two workers ask at once."""

    __tablename__ = "codes"

    code: Mapped[str] = mapped_column(String(64), primary_key=True)
    """Keyed hash: the code of a component holds its owner's number (Circular 01/2023, Art. 10)."""
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.document_id"), unique=True)
    sealed: Mapped[str] = mapped_column(Text)
    """Encrypted."""


class UseEntry(Base):
    """One paper given out once: what its owner may be told. The log has the same, for whoever checks it.

    Without foreign keys, as the log is: to check one, PostgreSQL locks the row of every paper in a portal's answer and
    writes the row's page anew.
    """

    __tablename__ = "uses"

    sequence: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    document_id: Mapped[str] = mapped_column(String(26), primary_key=True)

    __table_args__ = (Index("ix_uses_document_id", "document_id"),)
