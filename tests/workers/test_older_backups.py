"""A database put back from an older copy knows papers as on their way that the archive has as published, or revoked."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.keys import archive_prefix, prepared_key, prepared_prefix, revocation_key
from storage.reuse_api import Revocation
from storage.revocations import keep_revocation
from tests.workers.office import PUBLICATION, Office
from tests.workers.test_damaged_archives import break_one
from tests.workers.test_reconciler import run, without_catalogue
from tests.workers.test_retention import strict
from workers.intake import arrival_from_metadata
from workers.reconciler import reconcile

__all__ = ["strict"]

REASON = "Cấp sai thẩm quyền"


def receive_again(office: Office) -> None:
    """As the older database has it: all that was handed in."""
    archive = office.bench.stores.archive
    for stored in archive.list():
        if "/original." in stored.key:
            found = archive.stat(stored.key)
            assert found is not None
            office.bench.catalogue.register(arrival_from_metadata(stored.key.split("/")[1], found, "image/jpeg"))


@pytest.fixture
def older(office: Office, paper: Path, migrated_sqlite: Path, tmp_path: Path) -> Iterator[tuple[Office, str, str]]:
    """The office with the older database, in which these two are received: one published, one revoked since."""
    published, revoked = (office.receive(paper, component=component) for component in ("TP01", "TP02"))
    for identity in (published, revoked):
        office.work(identity)
    keep_revocation(office.bench.stores.archive, revoked, Revocation(office.clock(), REASON))
    with without_catalogue(office, migrated_sqlite, tmp_path) as anew:
        receive_again(anew)
        yield anew, published, revoked


def test_papers_that_were_published_since_are_published_and_not_sealed_again(
    older: tuple[Office, str, str],
) -> None:
    office, published, revoked = older
    tools = (office.bench.catalogue, office.bench.stores, office.config)
    work = office.bench.stores.work
    work.put(prepared_key(published, "0" * 64, "pdf"), b"%PDF-1.7", "application/pdf")
    for identity in (revoked, published):
        statement = reconcile(*tools, identity[:2])
        assert (statement.part, statement.restored, statement.registered_again) == (identity[:2], 1, ())
    row = office.find(revoked)
    assert row.record is not None
    assert (row.status, row.record.validity.revocation_reason) == ("revoked", REASON)
    assert office.find(published).record == office.record(published)
    assert office.bench.catalogue.due(10) == []
    assert list(work.list(prepared_prefix(published))) == []
    kinds = [[event.kind for event in office.bench.catalogue.events(one)] for one in (published, revoked)]
    assert kinds == [["restored", "received"], ["revoked", "restored", "received"]]
    assert run(office).restored == 0
    assert office.archived_versions(published) == PUBLICATION


def test_what_is_not_believed_stays_with_the_workers(
    older: tuple[Office, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    office, published, _ = older
    office.bench.stores.archive.put(archive_prefix(published) + "record.json", b"{}", "application/json")
    before = office.bench.catalogue.log_extent().entries
    statement = reconcile(office.bench.catalogue, office.bench.stores, office.config, published[:2])
    assert (statement.restored, statement.registered_again, statement.unreadable) == (0, (), ())
    assert (office.find(published).status, office.bench.catalogue.log_extent().entries) == ("received", before)
    assert office.work(published).status == "published"


def test_a_worker_that_comes_first_publishes_a_revoked_paper_as_revoked(older: tuple[Office, str, str]) -> None:
    office, published, revoked = older
    assert office.work(revoked).status == "revoked"
    assert office.work(published).status == "published"
    assert office.status(revoked)["status"] == "revoked"
    kinds = [event.kind for event in office.bench.catalogue.events(revoked)]
    assert kinds[:2] == ["revoked", "restored"]
    assert "published" not in kinds
    assert office.archived_versions(revoked) == [*PUBLICATION[:3], "revocation.json", PUBLICATION[3]]


def test_a_revocation_that_cannot_be_read_revokes_all_the_same(older: tuple[Office, str, str]) -> None:
    office, published, _ = older
    office.bench.stores.archive.put(revocation_key(published), b"", "application/json")
    assert office.work(published).status == "revoked"


def test_a_paper_that_cannot_be_brought_back_is_named(
    older: tuple[Office, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    office, published, revoked = older
    break_one(office, published, "record", monkeypatch)
    statement = run(office)
    assert (statement.restored, statement.unreadable) == (1, (published,))
    assert office.find(revoked).status == "revoked"


def test_what_nobody_had_locked_is_locked(strict: Office, paper: Path, migrated_sqlite: Path, tmp_path: Path) -> None:
    identity = strict.receive(paper)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("workers.desk.retain", lambda *_: None)
        assert strict.work(identity).status == "published"
    archive = strict.bench.stores.archive
    with without_catalogue(strict, migrated_sqlite, tmp_path) as anew:
        receive_again(anew)
        assert run(anew).restored == 1
    assert all(archive.retained_until(one.key) is not None for one in archive.list(archive_prefix(identity)))
