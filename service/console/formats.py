"""How times, ages, sizes and persons' numbers are written on screen."""

import re
from datetime import datetime

from digitize.vietnam_time import VIETNAM_TIME
from service.negotiation import Language

_MINUTE_S, _HOUR_S, _DAY_S = 60, 3_600, 86_400
_SHORT_ID_LENGTH = 8
_KIB, _MIB = 1024, 1024 * 1024
_PERSON_NUMBER = re.compile(r"(?<![0-9])([0-9]{3})([0-9]{3}|[0-9]{6})([0-9]{3})(?![0-9])")
"""12 digits, or 9 of the old kind."""


def local_time(moment: datetime | None) -> str:
    return moment.astimezone(VIETNAM_TIME).strftime("%d/%m/%Y %H:%M:%S") if moment else "—"


def age(since: datetime, now: datetime, language: Language) -> str:
    """Whole units, rounded down: ``3 giờ 5 phút``."""
    seconds = max(0, int((now - since).total_seconds()))
    day, hour, minute, second = ("ngày", "giờ", "phút", "giây") if language == "vi" else ("d", "h", "min", "s")
    if seconds < _MINUTE_S:
        return f"{seconds} {second}"
    if seconds < _HOUR_S:
        return f"{seconds // _MINUTE_S} {minute}"
    if seconds < _DAY_S:
        return f"{seconds // _HOUR_S} {hour} {seconds % _HOUR_S // _MINUTE_S} {minute}"
    return f"{seconds // _DAY_S} {day} {seconds % _DAY_S // _HOUR_S} {hour}"


def short_id(document_id: str) -> str:
    return document_id[:_SHORT_ID_LENGTH]


def masked(text: str) -> str:
    """For lists: ``001******456`` for a person's number, which a station may have put into the code of a dossier."""
    return _PERSON_NUMBER.sub(lambda found: found[1] + "*" * len(found[2]) + found[3], text)


def size(octets: int) -> str:
    return f"{octets / _MIB:.1f} MiB" if octets >= _MIB else f"{octets / _KIB:.0f} KiB"


def rate(share: float | None, language: Language) -> str:
    """As reports have it, rounded down: ``92,28 %``, and 100 % of nothing less."""
    if share is None:
        return "—"
    hundredths = int(share * 10_000 + 1e-6)
    point = "," if language == "vi" else "."
    return f"{hundredths // 100}{point}{hundredths % 100:02d}\u00a0%"


def percent(share: float) -> str:
    """Rounded down, so that nothing doubtful shows as 100 %."""
    return f"{int(share * 100 + 1e-9)}\u00a0%"  # 0.58 * 100 is 57.99… in floating point
