"""What is asked of the archive to believe a publication, and what is not believed however it is put there."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from signing.detached import DetachedChecker
from storage.api import Publication
from storage.keys import archive_prefix, original_key, record_key, record_signature_key
from storage.object_api import StoredObject
from storage.objects import S3Store
from tests.workers.office import Office
from workers.publications import Part, PublicationReader

CMS = "application/pkcs7-signature"


class CountedArchive:
    """The archive, and which signatures were fetched from it."""

    def __init__(self, archive: S3Store) -> None:
        self._archive = archive
        self.fetch, self.stat = archive.fetch, archive.stat
        self.asked: list[str] = []

    def get(self, key: str) -> bytes:
        self.asked.append(key)
        return self._archive.get(key)


class Shelf:
    def __init__(self, office: Office) -> None:
        self.archive = office.bench.stores.archive
        self.counted = CountedArchive(self.archive)
        self.reader = PublicationReader(self.counted, DetachedChecker(office.bench.tools.trust_roots))  # type: ignore[arg-type]

    def read(self, identity: str) -> Publication | None:
        listed = {one.key.rsplit("/", 1)[-1]: one for one in self.archive.list(archive_prefix(identity))}
        parts = {name: Part(one.size, one.last_modified, one.etag) for name, one in listed.items()}
        return self.reader.read(original_key(identity, "jpg"), parts)

    def record(self, identity: str) -> tuple[bytes, StoredObject]:
        return self.archive.fetch(record_key(identity))

    def put_record(self, identity: str, data: bytes, metadata: Mapping[str, str]) -> None:
        self.archive.put(record_key(identity), data, "application/json", metadata=metadata)


@pytest.fixture
def shelf(office: Office) -> Shelf:
    return Shelf(office)


@pytest.fixture
def published(office: Office, paper: Path) -> list[str]:
    """Two, of the same scan."""
    identities = [office.receive(paper, component=component) for component in ("TP01", "TP02")]
    for identity in identities:
        office.work(identity)
    return identities


def test_one_signature_is_fetched_for_all_papers_of_one_certificate(shelf: Shelf, published: list[str]) -> None:
    first, second = published
    assert all(shelf.read(identity) is not None for identity in (first, second, first))
    assert shelf.counted.asked == [record_signature_key(first)]
    _, stored = shelf.record(first)
    assert sum(len(name) + len(value) for name, value in stored.metadata.items()) < 1_900, "S3 takes 2 KB"


def test_where_metadata_is_of_no_use_the_signature_is_fetched(shelf: Shelf, published: list[str]) -> None:
    first, second = published
    data, stored = shelf.record(second)
    assert shelf.read(first) is not None
    useless: list[Mapping[str, str]] = [
        {},
        shelf.record(first)[1].metadata,
        {**stored.metadata, "signer-info": "A"},
        {**stored.metadata, "signer-info": "chữ ký"},
        {**stored.metadata, "signer-info": "AAAA"},
    ]
    for fetched, metadata in enumerate(useless, start=1):
        shelf.put_record(second, data, metadata)
        assert shelf.read(second) is not None
        assert shelf.counted.asked == [record_signature_key(first), *[record_signature_key(second)] * fetched]


def test_a_signature_that_was_replaced_is_looked_at(office: Office, shelf: Shelf, published: list[str]) -> None:
    first, second = published
    assert shelf.read(first) is not None
    data, _ = shelf.record(second)
    shelf.archive.put(record_signature_key(second), office.bench.tools.policy.agency.sign_detached(data), CMS)
    assert shelf.read(second) is not None
    shelf.archive.put(record_signature_key(second), b"0\x03\x02\x01\x01", CMS)
    assert shelf.read(second) is None


def test_a_record_that_was_changed_is_not_believed_for_what_lies_beside_it(shelf: Shelf, published: list[str]) -> None:
    first, second = published
    assert shelf.read(first) is not None
    data, stored = shelf.record(second)
    shelf.put_record(second, data.replace(b"  ", b" "), stored.metadata)
    assert shelf.read(second) is None
