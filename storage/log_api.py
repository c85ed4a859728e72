"""What the log tells of itself; it is written to and read through the catalogue."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the append-only, hash-chained log. ``data`` carries no personal data."""

    sequence: int
    at: datetime
    actor: str
    kind: str
    document_id: str | None
    data: Mapping[str, object]
    hash: str


@dataclass(frozen=True, slots=True)
class LogExtent:
    """What to keep elsewhere, so that a log cut off or made anew can be told. ``since``: time of the first entry."""

    entries: int
    since: datetime | None
    hash: str
    """Of the last entry."""
