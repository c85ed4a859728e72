"""When a paper may be deleted again."""

from datetime import UTC, datetime

import pytest

from digitize.config import Retention
from storage.retention import FOR_EVER, end_of

RETENTION = Retention(years={"diploma": 10, "birth_certificate": "permanent"})


@pytest.mark.parametrize(
    ("type_code", "published", "end"),
    [
        ("diploma", "2026-11-27T08:09:10.5+07:00", "2036-11-27T01:09:10+00:00"),
        ("diploma", "2028-02-29T12:00:00+00:00", "2038-03-01T12:00:00+00:00"),
        ("birth_certificate", "2026-11-27T00:00:00+00:00", FOR_EVER.isoformat()),
        ("citizen_card", "2026-11-27T00:00:00+00:00", None),
    ],
)
def test_end(type_code: str, published: str, end: str | None) -> None:
    found = end_of(RETENTION, type_code, datetime.fromisoformat(published).astimezone(UTC))
    assert (found and found.isoformat()) == end
