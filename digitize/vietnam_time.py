"""Vietnam's time: one zone, no summer time."""

from datetime import timedelta, timezone

VIETNAM_TIME = timezone(timedelta(hours=7))
