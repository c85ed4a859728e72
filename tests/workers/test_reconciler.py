"""The proof that nothing is lost: what differs is put right, what cannot be put right is named."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from digitize.errors import StorageUnavailableError
from digitize.identity import ID_LETTERS
from digitize.model import FieldRecord, Status
from storage.api import Publication
from storage.catalogue import SqlCatalogue
from storage.database import open_engine
from storage.keys import original_key, record_key, record_signature_key, signed_key, status_key
from storage.object_api import StoredObject
from storage.pages import Window
from storage.reuse_api import Revocation
from storage.revocations import keep_revocation
from storage.search_api import SearchQuery
from tests.catalogue_keys import KEY
from tests.portals import search
from tests.workers.office import PUBLICATION, UNIT, Office
from workers.jobs import Bench
from workers.reconciler import Statement, reconcile
from workers.statuses import put_statuses_right


def run(office: Office) -> Statement:
    return reconcile(office.bench.catalogue, office.bench.stores, office.config)


def rewritten(office: Office) -> int:
    return put_statuses_right(office.bench.catalogue, office.bench.stores.inbox, None)


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
        part="",
        originals=1,
        restored=0,
        registered_again=(),
        original_missing=(),
        publication_missing=(),
        secret_left=(),
        unreadable=(),
    )
    assert statement.is_whole
    assert office.archived_versions(published) == PUBLICATION
    assert office.bench.catalogue.find(waiting) is None


@contextmanager
def without_catalogue(office: Office, empty: Path, tmp_path: Path) -> Iterator[Office]:
    """The same office, whose database was lost."""
    shutil.copyfile(empty, tmp_path / "empty.sqlite")
    engine = open_engine(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    catalogue = SqlCatalogue(engine, KEY, office.clock)
    yield replace(office, bench=Bench(office.bench.tools, catalogue, office.bench.stores))
    engine.dispose()


def test_a_catalogue_that_was_lost_comes_back_from_the_archive_alone(
    office: Office, paper: Path, migrated_sqlite: Path, tmp_path: Path
) -> None:
    """Published as published, at once and untouched; what waited is received once more."""
    identity = office.receive(paper, filename="tờ giấy.jpg", metadata={"priority": "urgent"})
    before = office.work(identity)
    waiting = office.receive(paper, component="TP02")
    versions = office.archived_versions(identity)
    with without_catalogue(office, migrated_sqlite, tmp_path) as anew:
        statement = run(anew)
        assert (statement.restored, statement.registered_again) == (1, (waiting,))
        row = anew.find(identity)
        for name in (
            *("unit", "dossier", "component", "role", "filename", "sha256", "size", "media_type", "priority"),
            *("status", "page_count", "type_code"),
        ):
            assert getattr(row, name) == getattr(before, name), name
        assert row.record == before.record
        assert before.published_at is not None
        assert row.published_at is not None
        assert abs((row.published_at - before.published_at).total_seconds()) < 5
        assert anew.archived_versions(identity) == versions
        assert [due.document_id for due in anew.bench.catalogue.due(10)] == [waiting]
        assert [(one.month, one.documents) for one in anew.bench.catalogue.outlook()] == [(None, 1)]
        assert anew.bench.catalogue.verify_log() is None
        assert searched(anew) == searched(office) == [identity]
        told = office.status(identity)
        assert run(anew).restored == 0
        assert rewritten(anew) == 0
        assert office.status(identity) == told


def test_a_part_that_lost_what_was_published_has_all_of_it_brought_back(
    office: Office, paper: Path, migrated_sqlite: Path, tmp_path: Path
) -> None:
    """A revocation lies beside one scan of a paper and holds for the others, which may begin with any letter."""
    published = [office.receive(paper, component=f"TP0{number}") for number in range(3)]
    for identity in published:
        office.work(identity)
    waiting = office.receive(paper, component="TP09")
    with without_catalogue(office, migrated_sqlite, tmp_path) as anew:
        tools = (anew.bench.catalogue, anew.bench.stores, anew.config)
        empty = next(letter for letter in ID_LETTERS if not any(one.startswith(letter) for one in published))
        assert reconcile(*tools, empty).restored == 0
        statement = reconcile(*tools, published[0][:2])
        assert (statement.part, statement.restored) == ("", 3)
        assert {waiting, *published} == {row.document_id for row in anew.bench.catalogue.documents()}
        again = reconcile(*tools, published[0][:2])
        assert (again.part, again.restored) == (published[0][:2], 0)


def test_what_comes_in_while_the_archive_is_listed_was_not_lost(
    office: Office, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive, received = office.bench.stores.archive, []
    real = archive.list

    def list_slowly(prefix: str = "") -> Iterator[StoredObject]:
        if not received:
            received.append(office.receive(paper))
        return real(prefix)

    monkeypatch.setattr("workers.reconciler._SIDE_BY_SIDE", 1)
    monkeypatch.setattr(archive, "list", list_slowly)
    statement = run(office)
    assert (statement.originals, statement.registered_again) == (1, ())
    assert [event.kind for event in office.bench.catalogue.events(received[0])] == ["received"]


def test_many_lost_papers_are_read_by_processes_of_their_own(
    office: Office, paper: Path, migrated_sqlite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workers.archive_reading._BATCH", 1)
    monkeypatch.setattr("workers.archive_reading._FEW", 2)
    monkeypatch.setattr("workers.archive_reading.open_reader", None)  # of this process; the others have their own
    published = [office.receive(paper, component=f"TP0{number}") for number in range(3)]
    for identity in published:
        office.work(identity)
    waiting = office.receive(paper, component="TP09")
    office.bench.stores.archive.put(record_key(published[0]), b"{}", "application/json")
    with without_catalogue(office, migrated_sqlite, tmp_path) as anew:
        statement = run(anew)
        assert statement.restored == 2
        assert set(statement.registered_again) == {published[0], waiting}
        assert {anew.find(identity).status for identity in published[1:]} == {"published"}


def searched(office: Office) -> list[str]:
    found = search(office.bench.catalogue, SearchQuery("client", "đơn vi thử"), 10)
    return [row.document_id for row in found.rows]


def test_what_lost_its_place_in_the_index_of_words_comes_into_it(office: Office, paper: Path) -> None:
    identity = office.receive(paper)
    office.work(identity)
    with office.bench.catalogue._database.write() as session:
        session.execute(text("INSERT INTO search_words (search_words) VALUES ('delete-all')"))
        session.execute(text("DELETE FROM search_entries"))
    assert searched(office) == []
    run(office)
    assert searched(office) == [identity]


def test_owners_are_found_again(office: Office, paper: Path, migrated_sqlite: Path, tmp_path: Path) -> None:
    identity = office.receive(paper)
    record = office.work(identity).record
    assert record is not None
    owner = FieldRecord(value="001090000001", text=None, confidence=1.0, state="corrected", method="manual")
    data = record.model_copy(update={"fields": {**record.fields, "owner_id": owner}}).to_json()
    office.bench.stores.archive.put(record_key(identity), data, "application/json")
    signature = office.bench.tools.policy.agency.sign_detached(data)
    office.bench.stores.archive.put(record_signature_key(identity), signature, "application/pkcs7-signature")
    with without_catalogue(office, migrated_sqlite, tmp_path) as anew:
        assert run(anew).restored == 1
        (found,) = anew.bench.catalogue.lookup("001090000001", Window("test")).rows
        assert found.document_id == identity


def test_what_was_revoked_comes_back_revoked_and_codes_as_given(
    office: Office, paper: Path, migrated_sqlite: Path, tmp_path: Path
) -> None:
    identity = office.receive(paper)
    before = office.work(identity).record
    assert before is not None
    assert before.code is not None
    revocation = Revocation(office.clock(), "Cấp sai thẩm quyền")
    catalogue = office.bench.catalogue
    catalogue.revoke(identity, keep_revocation(office.bench.stores.archive, identity, revocation), "portal")
    with without_catalogue(office, migrated_sqlite, tmp_path) as anew:
        assert run(anew).restored == 1
        row = anew.find(identity)
        revoked = catalogue.find(identity)
        assert revoked is not None
        assert (row.status, row.record) == ("revoked", revoked.record)
        assert anew.bench.catalogue.assign_code(identity, ["another"]) == before.code
        assert [event.kind for event in anew.bench.catalogue.events(identity)] == ["revoked", "restored"]
        run(anew)
        assert [event.kind for event in anew.bench.catalogue.events(identity)] == ["revoked", "restored"]


def test_what_was_revoked_is_never_valid_while_the_others_come_back(
    office: Office, paper: Path, migrated_sqlite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = [office.receive(paper, component=f"TP0{number}") for number in range(3)]
    for identity in published:
        office.work(identity)
    revoked = published[-1]
    keep_revocation(office.bench.stores.archive, revoked, Revocation(office.clock(), "Cấp sai thẩm quyền"))
    monkeypatch.setattr("workers.archive_reading._BATCH", 1)
    with without_catalogue(office, migrated_sqlite, tmp_path) as anew:
        restore, seen = anew.bench.catalogue.restore, []

        def look(publications: Sequence[Publication]) -> int:
            restored = restore(publications)
            seen.append(anew.find(revoked).status)
            return restored

        monkeypatch.setattr(anew.bench.catalogue, "restore", look)
        assert run(anew).restored == 3
    assert seen == ["revoked"] * 3


def test_what_a_database_put_back_has_as_valid_is_revoked_before_anything_comes_back(
    office: Office, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity = office.receive(paper)
    office.work(identity)
    keep_revocation(office.bench.stores.archive, identity, Revocation(office.clock(), "Cấp sai thẩm quyền"))

    def fail(*_: object) -> None:
        raise StorageUnavailableError

    monkeypatch.setattr("workers.reconciler._bring_back", fail)
    with pytest.raises(StorageUnavailableError):
        run(office)
    assert office.find(identity).status == "revoked"


@pytest.mark.parametrize("part", ["record", "signature", "another", "original"])
def test_a_publication_that_does_not_belong_to_its_original_is_not_believed(
    office: Office, paper: Path, migrated_sqlite: Path, tmp_path: Path, part: str
) -> None:
    identity = office.receive(paper)
    record = office.work(identity).record
    assert record is not None
    archive = office.bench.stores.archive
    if part == "record":
        archive.put(record_key(identity), record.to_json().replace(b"  ", b" "), "application/json")
    elif part == "signature":
        archive.put(record_signature_key(identity), b"0\x03\x02\x01\x01", "application/pkcs7-signature")
    elif part == "original":
        stored = archive.stat(original_key(identity, "jpg"))
        assert stored is not None
        archive.put(stored.key, b"another scan", "image/jpeg", metadata=stored.metadata)
    else:
        other = office.receive(paper, component="TP09")
        office.work(other)
        for key in (record_key, record_signature_key):
            archive.put(key(identity), archive.get(key(other)), "application/octet-stream")
    with without_catalogue(office, migrated_sqlite, tmp_path) as anew:
        statement = run(anew)
        assert identity in statement.registered_again
        assert anew.find(identity).status == "received"


def test_somebodys_copy_of_a_paper_is_not_taken_for_the_paper(
    office: Office, paper: Path, migrated_sqlite: Path, tmp_path: Path
) -> None:
    identity = office.receive(paper)
    office.work(identity)
    archive = office.bench.stores.archive
    for folder in (f"zz-backup/{identity}", f"0-backup/{identity}", identity, f"{identity[:2]}/x{identity}"):
        archive.put(f"{folder}/record.json", b"{}", "application/json")
    archive.put("0", b"", "text/plain")
    with without_catalogue(office, migrated_sqlite, tmp_path) as anew:
        statement = run(anew)
        assert (statement.restored, statement.originals) == (1, 1)
        assert statement.is_whole


def test_a_status_left_behind_by_a_worker_that_died_is_rewritten(office: Office, paper: Path) -> None:
    identity = office.receive(paper)
    stale = office.bench.stores.inbox.get(status_key(UNIT, identity))
    office.work(identity)
    office.bench.stores.inbox.put(status_key(UNIT, identity), stale, "application/json")
    assert rewritten(office) == 1
    assert office.status(identity)["status"] == "published"
    for broken in (b"", b"[]", stale[:-9]):
        office.bench.stores.inbox.put(status_key(UNIT, identity), broken, "application/json")
        assert rewritten(office) == 1
    office.bench.stores.inbox.delete(status_key(UNIT, identity))
    assert rewritten(office) == 1
    assert office.status(identity)["status"] == "published"
    assert rewritten(office) == 0


def test_a_status_left_behind_long_before_the_newest_change_is_rewritten(office: Office, paper: Path) -> None:
    friday = office.receive(paper)
    office.bench.stores.inbox.delete(status_key(UNIT, friday))
    office.clock.advance(3 * 24 * 3_600)
    office.receive(paper, component="TP02")
    assert rewritten(office) == 1
    assert office.status(friday)["status"] == "received"


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
