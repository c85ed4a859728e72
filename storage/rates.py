"""How much of what offices took in and gave out is digitized. Part of one transaction."""

from collections.abc import Iterable
from datetime import datetime
from typing import cast

from sqlalchemy import ColumnElement, Table, and_, case, exists, false, func, select
from sqlalchemy.orm import Session

from digitize.model import Status
from storage.reuse_api import Rate, Unit, UnitRates
from storage.reuse_tables import ComponentEntry, DossierEntry, ProcedureEntry
from storage.tables import DocumentEntry

_DOSSIERS, _PROCEDURES, _COMPONENTS, _DOCUMENTS = (
    cast("Table", one.__table__) for one in (DossierEntry, ProcedureEntry, ComponentEntry, DocumentEntry)
)
_IS_PUBLISHED = and_(
    _DOCUMENTS.c.dossier == _DOSSIERS.c.code,
    _DOCUMENTS.c.status.in_([Status.PUBLISHED.value, Status.REVOKED.value]),
)
"""A paper that was revoked since was digitized all the same."""
_IS_ASKED = and_(_COMPONENTS.c.procedure == _DOSSIERS.c.procedure, _COMPONENTS.c.required, _COMPONENTS.c.digitized)
_HAS_COMPONENTS = exists().where(_IS_ASKED).correlate(_DOSSIERS)
_HAS_IT = exists().where(_IS_PUBLISHED, _DOCUMENTS.c.component == _COMPONENTS.c.code).correlate(_DOSSIERS, _COMPONENTS)
_LACKS_COMPONENT = exists().where(_IS_ASKED, ~_HAS_IT).correlate(_DOSSIERS)
_IS_KNOWN = exists().where(_PROCEDURES.c.code == _DOSSIERS.c.procedure).correlate(_DOSSIERS)
_HAS_RESULT = exists().where(_IS_PUBLISHED, _DOCUMENTS.c.role == "result").correlate(_DOSSIERS)


def of_units(
    session: Session, since: datetime, until: datetime, shown: frozenset[str], units: Iterable[Unit]
) -> list[UnitRates]:
    """Of every unit with a dossier between the two times, the second not included; ``shown``: of these only."""
    received = _count(session, and_(_within(_DOSSIERS.c.received_at, since, until), _HAS_COMPONENTS), ~_LACKS_COMPONENT)
    resolved = _count(session, _within(_DOSSIERS.c.resolved_at, since, until), _HAS_RESULT)
    unknown = _count(session, and_(_within(_DOSSIERS.c.received_at, since, until), ~_IS_KNOWN), false())
    known = {one.code: one for one in units}
    return [
        UnitRates(
            code,
            known.get(code),
            received.get(code, Rate()),
            resolved.get(code, Rate()),
            unknown.get(code, Rate()).dossiers,
        )
        for code in sorted(received.keys() | resolved.keys() | unknown.keys())
        if not shown or code in shown
    ]


def _within(column: ColumnElement[datetime], since: datetime, until: datetime) -> ColumnElement[bool]:
    return and_(column >= since, column < until)


def _count(session: Session, counted: ColumnElement[bool], digitized: ColumnElement[bool]) -> dict[str, Rate]:
    query = (
        select(_DOSSIERS.c.unit, func.count(), func.sum(case((digitized, 1), else_=0)))
        .where(counted)
        .group_by(_DOSSIERS.c.unit)
    )
    return {unit: Rate(dossiers, int(whole)) for unit, dossiers, whole in session.connection().execute(query)}
