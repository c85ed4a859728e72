"""What an archive lost, or a stranger put into it, keeps nothing else from coming back."""

from datetime import datetime
from pathlib import Path

import pytest

from digitize.errors import StorageUnavailableError
from storage.keys import original_key, record_key, record_signature_key, revocation_key
from storage.object_api import StoredObject
from storage.objects import S3Store
from tests.workers.office import Office
from tests.workers.test_reconciler import remove, run, without_catalogue


def test_an_archive_copied_without_what_lay_beside_the_bytes_comes_back(
    office: Office, paper: Path, migrated_sqlite: Path, tmp_path: Path
) -> None:
    published, waiting = office.receive(paper), office.receive(paper, component="TP02")
    before = office.work(published)
    archive = office.bench.stores.archive
    for stored in list(archive.list()):
        archive.put(stored.key, archive.get(stored.key), "application/octet-stream")
    with without_catalogue(office, migrated_sqlite, tmp_path) as anew:
        statement = run(anew)
        assert (statement.restored, statement.registered_again, statement.is_whole) == (1, (waiting,), True)
        assert anew.find(published).record == before.record
        assert anew.find(waiting).sha256 == before.sha256


def break_one(office: Office, identity: str, how: str, patch: pytest.MonkeyPatch) -> None:
    archive = office.bench.stores.archive
    if how == "extension":
        remove(office, original_key(identity, "jpg"))
        archive.put(original_key(identity, "jpgx"), b"scan", "image/jpeg")
    elif how == "record":
        record = office.record(identity)
        source = record.source.model_copy(update={"page_count": -1})
        data = record.model_copy(update={"source": source}).to_json()
        archive.put(record_key(identity), data, "application/json")
        signature = office.bench.tools.policy.agency.sign_detached(data)
        archive.put(record_signature_key(identity), signature, "application/pkcs7-signature")
    else:
        fetch = S3Store.fetch

        def fail(store: S3Store, key: str, *, version: str | None = None) -> tuple[bytes, StoredObject]:
            if key == record_key(identity):
                raise StorageUnavailableError
            return fetch(store, key, version=version)

        patch.setattr(S3Store, "fetch", fail)


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ("extension", "not_found"),
        ("record", "internal_error (IntegrityError)"),
        ("bytes that the store has lost", "storage_unavailable"),
    ],
)
def test_a_paper_that_cannot_be_brought_back_is_named_and_the_others_come_back(
    office: Office,
    paper: Path,
    migrated_sqlite: Path,
    tmp_path: Path,
    how: str,
    code: str,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    published = [office.receive(paper, component=f"TP0{number}") for number in range(3)]
    for identity in published:
        office.work(identity)
    waiting = office.receive(paper, component="TP09")
    bad, *good = published
    break_one(office, bad, how, monkeypatch)
    with without_catalogue(office, migrated_sqlite, tmp_path) as anew:
        statement = run(anew)
        assert (statement.restored, statement.registered_again) == (2, (waiting,))
        assert (statement.unreadable, statement.is_whole) == ((bad,), False)
        assert {anew.find(identity).status for identity in good} == {"published"}
        assert anew.bench.catalogue.find(bad) is None
    assert f"document {bad}: left as it is, since it failed: {code}" in caplog.messages
    assert "documents that could not be read or brought back: 1" in caplog.messages


def test_a_store_that_answers_nobody_is_no_fault_of_a_paper(
    office: Office, paper: Path, migrated_sqlite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.work(office.receive(paper))

    def fail(*_: object, **__: object) -> None:
        raise StorageUnavailableError

    monkeypatch.setattr(S3Store, "fetch", fail)
    monkeypatch.setattr(S3Store, "stat", fail)
    with without_catalogue(office, migrated_sqlite, tmp_path) as anew, pytest.raises(StorageUnavailableError):
        run(anew)


@pytest.mark.parametrize("is_lost", [True, False])
def test_a_revocation_that_cannot_be_read_is_one_all_the_same(
    office: Office, paper: Path, migrated_sqlite: Path, tmp_path: Path, is_lost: bool
) -> None:
    identity = office.receive(paper)
    office.work(identity)
    office.bench.stores.archive.put(revocation_key(identity), b'{"at": "20', "application/json")
    with without_catalogue(office, migrated_sqlite, tmp_path) as anew:
        here = anew if is_lost else office
        assert run(here).is_whole
        row = here.find(identity)
        assert row.record is not None
        validity = row.record.validity
        assert row.status == "revoked"
        assert validity.revocation_reason is not None
        assert "không đọc được lý do" in validity.revocation_reason
        assert "cannot be read" in validity.revocation_reason
        assert validity.revoked_at is not None
        assert abs((datetime.fromisoformat(validity.revoked_at) - office.clock()).total_seconds()) < 60
