"""What is published under a retention can be deleted by nobody, nor can what is written beside it later."""

import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digitize.config import Config, Retention
from digitize.errors import ConfigError, NotPermittedError
from storage.keys import archive_prefix, revocation_key, signed_key
from storage.objects import Stores, ensure_buckets, open_stores
from storage.retention import lock_alike
from storage.reuse_api import Revocation
from storage.revocations import keep_revocation
from tests.workers.office import Office
from workers.workbench import open_tools


@pytest.fixture
def strict(office: Office) -> Office:
    """An office that keeps unknown papers for ten years, in an archive of its own: nobody could empty it afterwards."""
    storage = office.config.storage.model_copy(update={"archive_bucket": f"archive-{secrets.token_hex(6)}"})
    ensure_buckets(storage)
    config = office.config.model_copy(update={"storage": storage, "retention": Retention(years={"unknown": 10})})
    stores = replace(office.bench.stores, archive=open_stores(storage).archive)
    tools = replace(office.bench.tools, config=config)
    return replace(office, bench=replace(office.bench, tools=tools, stores=stores))


def assert_locked(stores: Stores, identity: str, objects: int) -> None:
    versions = list(stores.archive.list(archive_prefix(identity), versions=True))
    assert len(versions) == objects
    for stored in versions:
        with pytest.raises(NotPermittedError):
            stores.archive.delete(stored.key, version=stored.version)
        until = stores.archive.retained_until(stored.key, version=stored.version)
        assert until is not None
        assert abs(until - datetime.now(UTC) - timedelta(days=3652)) < timedelta(days=2)


def test_nobody_can_delete_what_is_published(strict: Office, paper: Path) -> None:
    identity = strict.receive(paper)
    assert strict.work(identity).status == "published"
    stores = strict.bench.stores
    assert_locked(stores, identity, 4)
    keep_revocation(stores.archive, identity, Revocation(strict.clock(), "Cấp sai thẩm quyền"))
    assert stores.archive.retained_until(revocation_key(identity)) is not None
    # A new version, as a document timestamp makes one.
    read = stores.archive.stat(signed_key(identity))
    assert read is not None
    assert stores.archive.put(signed_key(identity), b"%PDF-1.7", "application/pdf", replaces=read.etag)
    lock_alike(stores.archive, signed_key(identity), signed_key(identity))
    assert_locked(stores, identity, 6)
    # Whoever wrote the next one died before it was locked; the one after it is locked for the older ones.
    for content in (b"%PDF-1.7 a", b"%PDF-1.7 b"):
        read = stores.archive.stat(signed_key(identity))
        assert read is not None
        assert stores.archive.put(signed_key(identity), content, "application/pdf", replaces=read.etag)
    lock_alike(stores.archive, signed_key(identity), signed_key(identity))
    assert stores.archive.retained_until(signed_key(identity)) is not None


def test_types_without_retention_are_not_locked(office: Office, paper: Path) -> None:
    identity = office.receive(paper)
    assert office.work(identity).status == "published"
    assert office.bench.stores.archive.retained_until(signed_key(identity)) is None


def test_a_type_that_does_not_exist_is_told_at_once(embedded: Config) -> None:
    config = embedded.model_copy(update={"retention": Retention(years={"birth_certifcate": 10})})
    with pytest.raises(ConfigError, match="birth_certificate"):
        open_tools(config)
