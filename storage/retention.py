"""For how long nobody can delete a paper: locks on the objects of a document, each version of each."""

from datetime import UTC, datetime

from digitize.config import Retention
from storage.keys import archive_prefix
from storage.object_api import ObjectStore

FOR_EVER = datetime(9999, 12, 31, tzinfo=UTC)
"""S3 knows no time without end."""


def end_of(retention: Retention, type_code: str, published_at: datetime) -> datetime | None:
    """None where papers of this type are not locked."""
    years = retention.years.get(type_code)
    if years is None:
        return None
    if years == "permanent":
        return FOR_EVER
    last = published_at.astimezone(UTC).replace(microsecond=0)
    month, day = (3, 1) if (last.month, last.day) == (2, 29) else (last.month, last.day)
    return last.replace(year=last.year + years, month=month, day=day)


def retain(archive: ObjectStore, document_id: str, until: datetime) -> None:
    """All that is there now. Doing it again changes nothing, or moves the time on."""
    for stored in archive.list(archive_prefix(document_id), versions=True):
        archive.retain(stored.key, until, version=stored.version)


def hold(archive: ObjectStore, document_id: str, *, on: bool) -> None:
    """All that is there now."""
    for stored in archive.list(archive_prefix(document_id), versions=True):
        archive.hold(stored.key, on=on, version=stored.version)


def is_held(archive: ObjectStore, document_id: str) -> bool:
    """Whether anything of it is: a release may have been cut off."""
    stored = archive.list(archive_prefix(document_id), versions=True)
    return any(archive.is_held(one.key, version=one.version) for one in stored)


def lock_alike(archive: ObjectStore, key: str, like: str) -> None:
    """What is written beside a document later, or in place of it, as what lies there already at the key ``like``: as
    strictly as any version of it, since whoever wrote the newest may have died before it was locked.
    """
    versions = [stored.version for stored in archive.list(like, versions=True) if stored.key == like]
    ends = [end for version in versions if (end := archive.retained_until(like, version=version)) is not None]
    if ends:
        archive.retain(key, max(ends))
    if any(archive.is_held(like, version=version) for version in versions):
        archive.hold(key, on=True)
