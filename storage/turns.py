"""What is due, and in which order: the urgent first, then units in turn, within a unit the oldest."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session

from storage.api import Due, Priority
from storage.tables import WAITING, DocumentEntry, PageRangeEntry

_URGENCY: tuple[Priority, ...] = ("urgent", "default", "bulk")
_OLDEST_FIRST = (DocumentEntry.received_at, DocumentEntry.document_id)


def list_due(session: Session, now: datetime, limit: int, sealing: bool | None) -> list[Due]:
    """Asks unit by unit along the index: numbering all of 100,000 waiting papers would take 0.3 s each time."""
    units = select(DocumentEntry.priority, DocumentEntry.unit).distinct()
    waiting = [(priority, unit) for priority, unit in session.execute(units.where(WAITING))]
    spread = set() if sealing else {(priority, unit) for priority, unit in session.execute(units.join(PageRangeEntry))}
    due: list[Due] = []
    for urgency in _URGENCY:
        left = limit - len(due)
        if left <= 0:
            break
        turns: list[tuple[int, datetime, Due]] = []
        for priority, unit in waiting:
            if priority == urgency:
                line = _of_unit(session, now, urgency, unit, left, sealing)
                if (priority, unit) in spread:
                    line += _ranges_of_unit(session, now, urgency, unit, left)
                    line.sort(key=_place)
                turns += [(turn, *one) for turn, one in enumerate(line)]
        # The oldest of every unit, then the second of every unit, and so on; the longest wait goes first.
        turns.sort(key=lambda one: (one[0], *_place(one[1:])))
        due += [one for _, _, one in turns[:left]]
    return due


def is_free(held: type[DocumentEntry | PageRangeEntry], now: datetime) -> ColumnElement[bool]:
    """Its time has come and nobody holds it."""
    return and_(held.not_before <= now, or_(held.lease_until.is_(None), held.lease_until <= now))


def has_ranges(document_id: object = DocumentEntry.document_id) -> ColumnElement[bool]:
    """Pages of the document are still to be recognized, range by range; until then it is not due itself."""
    return exists().where(PageRangeEntry.document_id == document_id)


def _place(waiting: tuple[datetime, Due]) -> tuple[datetime, str, int]:
    received_at, due = waiting
    return received_at, due.document_id, due.first_page


def _of_unit(
    session: Session, now: datetime, priority: Priority, unit: str | None, limit: int, sealing: bool | None
) -> list[tuple[datetime, Due]]:
    query = (
        select(DocumentEntry.received_at, DocumentEntry.document_id, DocumentEntry.stage, DocumentEntry.attempts)
        .where(WAITING, _in_line(priority, unit), is_free(DocumentEntry, now), ~has_ranges())
        .order_by(*_OLDEST_FIRST)
        .limit(limit)
    )
    if sealing is not None:
        query = query.where((DocumentEntry.stage == "assemble") == sealing)
    return [
        (received_at, Due(identity, stage, priority, attempts))  # type: ignore[arg-type]  # a constraint of the table
        for received_at, identity, stage, attempts in session.execute(query)
    ]


def _ranges_of_unit(
    session: Session, now: datetime, priority: Priority, unit: str | None, limit: int
) -> list[tuple[datetime, Due]]:
    part = PageRangeEntry
    query = (
        select(DocumentEntry.received_at, part.document_id, part.attempts, part.first_page)
        .join(part)
        .where(_in_line(priority, unit), is_free(part, now))
        .order_by(*_OLDEST_FIRST, part.first_page)
        .limit(limit)
    )
    return [
        (received_at, Due(identity, "recognize", priority, attempts, first_page))
        for received_at, identity, attempts, first_page in session.execute(query)
    ]


def _in_line(priority: Priority, unit: str | None) -> ColumnElement[bool]:
    # PostgreSQL finds IS NULL in the index, but not IS NOT DISTINCT FROM.
    of_unit = DocumentEntry.unit.is_(None) if unit is None else DocumentEntry.unit == unit
    return and_(DocumentEntry.priority == priority, of_unit)
