"""The proof that nothing is lost: what differs is put right, what cannot be put right is named."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from digitize.model import Status
from storage.catalogue import SqlCatalogue
from storage.database import open_engine
from storage.keys import original_key, record_key, record_signature_key, signed_key, status_key
from tests.workers.office import PUBLICATION, UNIT, Office
from workers.jobs import Bench
from workers.reconciler import Statement, reconcile


def run(office: Office) -> Statement:
    return reconcile(office.bench.catalogue, office.bench.stores)


def remove(office: Office, key: str) -> None:
    """As an operator with too many rights might."""
    for found in list(office.bench.stores.archive.list(key, versions=True)):
        office.bench.stores.archive.delete(found.key, version=found.version)


def test_a_whole_archive_is_told_whole_and_left_as_it_is(office: Office, paper: Path) -> None:
    published = office.receive(paper)
    office.work(published)
    waiting = office.drop(paper, component="TP02")
    statement = run(office)
    assert statement == Statement(
        waiting_in_inbox=1,
        originals=1,
        registered_again=(),
        original_missing=(),
        publication_missing=(),
        secret_left=(),
        statuses_rewritten=0,
    )
    assert statement.is_whole
    assert office.archived_versions(published) == PUBLICATION
    assert office.bench.catalogue.find(waiting) is None


def test_a_catalogue_that_was_lost_comes_back_with_the_same_publication(
    office: Office, paper: Path, migrated_sqlite: Path, tmp_path: Path
) -> None:
    identity = office.receive(paper, filename="tờ giấy.jpg", metadata={"priority": "urgent"})
    before = office.work(identity)
    pdf = office.bench.stores.archive.get(signed_key(identity))
    shutil.copyfile(migrated_sqlite, tmp_path / "empty.sqlite")
    engine = open_engine(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    catalogue = SqlCatalogue(engine, office.clock)
    anew = replace(office, bench=Bench(office.bench.tools, catalogue, office.bench.stores))
    assert run(anew).registered_again == (identity,)
    row = anew.find(identity)
    for name in ("unit", "dossier", "component", "role", "filename", "sha256", "size", "media_type", "priority"):
        assert getattr(row, name) == getattr(before, name), name
    assert [due.document_id for due in catalogue.due(10)] == [identity]
    anew.clock.advance(3_600)
    anew.work(identity)
    anew.assert_published_once(identity, tmp_path / "out")
    assert anew.bench.stores.archive.get(signed_key(identity)) == pdf
    assert run(anew).registered_again == ()
    engine.dispose()


def test_a_status_left_behind_by_a_worker_that_died_is_rewritten(office: Office, paper: Path) -> None:
    identity = office.receive(paper)
    stale = office.bench.stores.inbox.get(status_key(UNIT, identity))
    office.work(identity)
    office.bench.stores.inbox.put(status_key(UNIT, identity), stale, "application/json")
    assert run(office).statuses_rewritten == 1
    assert office.status(identity)["status"] == "published"
    office.bench.stores.inbox.delete(status_key(UNIT, identity))
    assert run(office).statuses_rewritten == 1
    assert office.status(identity)["status"] == "published"
    assert run(office).statuses_rewritten == 0


@pytest.mark.parametrize("missing", [record_key, signed_key, record_signature_key])
def test_a_part_of_a_publication_that_is_missing_is_named(office: Office, paper: Path, missing: object) -> None:
    identity = office.receive(paper)
    office.work(identity)
    remove(office, missing(identity))  # type: ignore[operator]
    statement = run(office)
    assert statement.publication_missing == (identity,)
    assert not statement.is_whole


def test_an_original_that_is_missing_is_named(office: Office, paper: Path) -> None:
    identity = office.receive(paper)
    remove(office, original_key(identity, "jpg"))
    statement = run(office)
    assert statement.original_missing == (identity,)
    assert not statement.is_whole
    assert office.find(identity).status == Status.RECEIVED
