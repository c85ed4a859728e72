"""Units, procedures and dossiers, as imported. Each function is part of one transaction."""

from collections.abc import Sequence
from itertools import groupby
from typing import cast

from sqlalchemy import Table, delete, select
from sqlalchemy.orm import Session

from digitize.errors import NotPermittedError
from storage.reuse_api import Component, DossierRow, Procedure, Substitute, Unit
from storage.reuse_tables import ComponentEntry, DossierEntry, ProcedureEntry, SubstituteEntry, UnitEntry
from storage.sealed_records import key_of

_AT_ONCE = 500


def replace(session: Session, procedures: Sequence[Procedure]) -> None:
    codes = [one.code for one in procedures]
    for start in range(0, len(codes), _AT_ONCE):
        some = codes[start : start + _AT_ONCE]
        session.execute(delete(SubstituteEntry).where(SubstituteEntry.procedure.in_(some)))
        session.execute(delete(ComponentEntry).where(ComponentEntry.procedure.in_(some)))
        session.execute(delete(ProcedureEntry).where(ProcedureEntry.code.in_(some)))
    session.add_all(ProcedureEntry(code=one.code, name=one.name) for one in procedures)
    session.flush()
    for procedure in procedures:
        session.add_all(
            ComponentEntry(
                procedure=procedure.code,
                code=one.code,
                place=place,
                name=one.name,
                required=one.required,
                digitized=one.digitized,
            )
            for place, one in enumerate(procedure.components)
        )
    session.flush()
    for procedure in procedures:
        for component in procedure.components:
            session.add_all(
                SubstituteEntry(
                    procedure=procedure.code,
                    component=component.code,
                    place=place,
                    document_type=one.document_type,
                    result_of=one.result_of,
                    months=one.months,
                )
                for place, one in enumerate(component.substitutes)
            )


_PROCEDURES, _COMPONENTS, _SUBSTITUTES = (
    cast("Table", one.__table__) for one in (ProcedureEntry, ComponentEntry, SubstituteEntry)
)


def read(session: Session, code: str | None = None) -> list[Procedure]:
    """All of them, or the one; in the order of their codes. As rows: portals wait for this."""
    chosen = select(_PROCEDURES).order_by(_PROCEDURES.c.code)
    components = select(_COMPONENTS).order_by(_COMPONENTS.c.procedure, _COMPONENTS.c.place)
    substitutes = select(_SUBSTITUTES).order_by(*(_SUBSTITUTES.c[name] for name in ("procedure", "component", "place")))
    if code is not None:
        chosen = chosen.where(_PROCEDURES.c.code == code)
        components = components.where(_COMPONENTS.c.procedure == code)
        substitutes = substitutes.where(_SUBSTITUTES.c.procedure == code)
    rows = session.connection()
    stand_ins = {
        place: tuple(Substitute(one.document_type, one.result_of, one.months) for one in entries)
        for place, entries in groupby(rows.execute(substitutes), lambda one: (one.procedure, one.component))
    }
    parts = {
        procedure: tuple(
            Component(one.code, one.name, one.required, one.digitized, stand_ins.get((procedure, one.code), ()))
            for one in entries
        )
        for procedure, entries in groupby(rows.execute(components), lambda one: one.procedure)
    }
    return [Procedure(one.code, one.name, parts.get(one.code, ())) for one in rows.execute(chosen)]


def replace_units(session: Session, units: Sequence[Unit]) -> None:
    for unit in units:
        session.merge(
            UnitEntry(
                code=unit.code,
                name=unit.name,
                level=unit.level,
                valid_from=unit.valid_from,
                valid_to=unit.valid_to,
                successor=unit.successor,
            )
        )


def read_units(session: Session) -> list[Unit]:
    return [
        Unit(one.code, one.name, one.level, one.valid_from, one.valid_to, one.successor)  # type: ignore[arg-type]
        for one in session.scalars(select(UnitEntry).order_by(UnitEntry.code))
    ]


def record_dossiers(session: Session, dossiers: Sequence[tuple[DossierRow, str | None]], units: frozenset[str]) -> int:
    new = 0
    key = key_of(session)
    for dossier, owner_id in dossiers:
        entry = session.get(DossierEntry, dossier.code)
        if entry is not None and units and entry.unit not in units:
            raise NotPermittedError
        if entry is None:
            new += 1
            entry = DossierEntry(code=dossier.code)
            session.add(entry)
        entry.procedure, entry.unit = dossier.procedure, dossier.unit
        entry.owner = None if owner_id is None else key.blind(owner_id)
        entry.received_at, entry.resolved_at = dossier.received_at, dossier.resolved_at
    return new


def find_dossier(session: Session, code: str) -> DossierRow | None:
    entry = session.get(DossierEntry, code)
    if entry is None:
        return None
    return DossierRow(entry.code, entry.procedure, entry.unit, entry.received_at, entry.resolved_at)
