"""Days and times as the cells of offices' sheets have them: a spreadsheet's own date, which knows no zone; the day
before the month, as Decree 30/2020 writes it; or ISO 8601. What names no zone is Vietnam's time.
"""

import re
from datetime import date, datetime, time

from digitize.vietnam_time import VIETNAM_TIME

_DAY_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?)?")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}.*")


def read_time(cell: object) -> datetime:
    """Aware. Raises ValueError; above all on a bare number, which would else be taken for seconds since 1970."""
    told = _read(cell)
    return told if told.tzinfo is not None else told.replace(tzinfo=VIETNAM_TIME)


def read_end(cell: object) -> datetime:
    """As ``read_time``, of what ends: a day alone means its end. Raises ValueError."""
    told = _read(cell)
    if told.tzinfo is None and told.time() == time():
        told = told.replace(hour=23, minute=59, second=59)
    return read_time(told)


def read_day(cell: object) -> date:
    """Raises ValueError, as on a time of the day."""
    told = _read(cell)
    if told.tzinfo is not None or told.time() != time():
        raise ValueError
    return told.date()


def _read(cell: object) -> datetime:
    if isinstance(cell, datetime):
        return cell
    if isinstance(cell, date):
        return datetime.combine(cell, time())
    told = str(cell).strip()
    if _ISO.fullmatch(told):
        return datetime.fromisoformat(told)
    found = _DAY_FIRST.fullmatch(told)
    if found is None:
        raise ValueError
    day, month, year, hour, minute, second = (int(part or 0) for part in found.groups())
    return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - the zone comes after
