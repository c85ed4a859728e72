"""Vietnam's time: one zone, no summer time."""

from datetime import datetime, timedelta, timezone

VIETNAM_TIME = timezone(timedelta(hours=7))


def is_to_come(moment: datetime, now: datetime) -> bool:
    """Whether it lies on a later day than today: clocks of two offices differ by minutes. Both aware."""
    return moment.astimezone(VIETNAM_TIME).date() > now.astimezone(VIETNAM_TIME).date()
