"""What lies in the archive already is published only where it is believed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from digitize.assembly.document import read_embedded_record
from storage.keys import original_key, record_key, record_signature_key, signed_key
from storage.retention import hold
from tests.workers.office import PUBLICATION, Office
from tests.workers.test_desk import cut_after
from tests.workers.test_reconciler import run, without_catalogue
from tests.workers.test_retention import strict

__all__ = ["strict"]

JSON, CMS, PDF = "application/json", "application/pkcs7-signature", "application/pdf"


def sign(office: Office, data: bytes) -> bytes:
    return office.bench.tools.policy.agency.sign_detached(data)


def change_record(office: Office, identity: str) -> None:
    """As somebody might who writes the bucket and has no key."""
    record = office.record(identity).model_copy(update={"code": "forged"})
    office.bench.stores.archive.put(record_key(identity), record.to_json(), JSON)


def change_signatures(office: Office, identity: str) -> None:
    record = office.record(identity)
    made = tuple(one.model_copy(update={"signer": "forged"}) for one in record.signatures)
    forged = record.model_copy(update={"signatures": made})
    office.bench.stores.archive.put(record_key(identity), forged.to_json(), JSON)


def break_record(office: Office, identity: str) -> None:
    office.bench.stores.archive.put(record_key(identity), b"{}", JSON)


def break_signature(office: Office, identity: str) -> None:
    office.bench.stores.archive.put(record_signature_key(identity), b"0\x03\x02\x01\x01", CMS)


def break_seal(office: Office, identity: str) -> None:
    """And the record with it, so that the publication is not believed."""
    data = bytearray(office.bench.stores.archive.get(signed_key(identity)))
    at = data.index(b"stream") + 20
    data[at] ^= 1
    office.bench.stores.archive.put(signed_key(identity), bytes(data), PDF)
    break_record(office, identity)


def no_pdf(office: Office, identity: str) -> None:
    office.bench.stores.archive.put(signed_key(identity), b"%PDF-1.7 nothing", PDF)
    break_record(office, identity)


def anothers(office: Office, identity: str) -> None:
    """A publication of another paper, whole and sealed."""
    archive = office.bench.stores.archive
    other = office.receive(office_paper(office, identity), component="TP09")
    office.work(other)
    for key in (signed_key, record_key, record_signature_key):
        archive.put(key(identity), archive.get(key(other)), PDF)


def office_paper(office: Office, identity: str) -> Path:
    path = office.config.data_dir / "another.jpg"
    office.bench.stores.archive.download(original_key(identity, "jpg"), path)
    return path


REPLACED: dict[Callable[[Office, str], None], list[str]] = {
    change_record: ["record.json"],
    change_signatures: ["record.json"],
    break_record: ["record.json"],
    break_signature: ["record.json.p7s"],
    break_seal: ["record.json", "signed.pdf"],
    no_pdf: ["record.json", "signed.pdf"],
    anothers: ["record.json", "signed.pdf"],
}


@pytest.mark.parametrize("damage", REPLACED, ids=lambda damage: damage.__name__)
def test_what_is_not_believed_is_not_published_after_a_loss(
    office: Office, paper: Path, migrated_sqlite: Path, tmp_path: Path, damage: Callable[[Office, str], None]
) -> None:
    identity = office.receive(paper)
    before = office.work(identity).record
    assert before is not None
    damage(office, identity)
    damaged = office.archived_versions(identity)
    (tmp_path / "first").mkdir()
    (tmp_path / "second").mkdir()
    with without_catalogue(office, migrated_sqlite, tmp_path / "first") as anew:
        assert identity in run(anew).registered_again
        row = anew.work(identity)
        assert row.status == "published"
        assert row.record is not None
        assert (row.record.code, row.record.fields) == (before.code, before.fields)
        assert anew.record(identity) == row.record
        assert anew.verify(identity, tmp_path / "out").verdict == "TOTAL-PASSED"
        embedded = read_embedded_record(tmp_path / "out" / "signed.pdf")
        assert embedded == row.record.model_copy(update={"signatures": ()})
        assert [one.signer for one in row.record.signatures] == [one.signer for one in before.signatures]
        added = list(anew.archived_versions(identity))
        for name in damaged:
            added.remove(name)
        assert set(REPLACED[damage]) <= set(added) <= {*REPLACED[damage], "record.json.p7s"}
    with without_catalogue(office, migrated_sqlite, tmp_path / "second") as anew:
        assert identity not in run(anew).registered_again
        assert anew.find(identity).status == "published"


def test_what_is_replaced_is_held_as_what_it_replaces(
    strict: Office, paper: Path, migrated_sqlite: Path, tmp_path: Path
) -> None:
    identity = strict.receive(paper)
    strict.work(identity)
    archive = strict.bench.stores.archive
    hold(archive, identity, on=True)
    break_seal(strict, identity)
    with without_catalogue(strict, migrated_sqlite, tmp_path) as anew:
        run(anew)
        assert anew.work(identity).status == "published"
    for key in (signed_key(identity), record_key(identity)):
        assert archive.is_held(key)
        assert archive.retained_until(key) is not None


@pytest.fixture
def signed_input(office: Office, paper: Path, tmp_path: Path) -> Path:
    """A PDF that comes signed."""
    first = office.receive(paper, component="TP08")
    office.work(first)
    path = tmp_path / "signed input.pdf"
    office.bench.stores.archive.download(signed_key(first), path)
    return path


def test_a_paper_that_came_signed_stays_as_it_came(
    office: Office, signed_input: Path, migrated_sqlite: Path, tmp_path: Path
) -> None:
    identity = office.receive(signed_input)
    assert office.work(identity).status == "published"
    office.bench.stores.archive.put(signed_key(identity), signed_input.read_bytes() + b"% more\n", PDF)
    change_record(office, identity)
    with without_catalogue(office, migrated_sqlite, tmp_path) as anew:
        assert identity in run(anew).registered_again
        assert anew.work(identity).status == "published"
        assert anew.bench.stores.archive.get(signed_key(identity)) == signed_input.read_bytes()
        assert anew.record(identity).code != "forged"
        anew.verify(identity, tmp_path / "out")


@pytest.mark.parametrize("last_written", ["signed.pdf", "record.json", "record.json.p7s"])
def test_a_publication_of_a_signed_paper_that_was_cut_off_is_gone_on_with(
    office: Office, signed_input: Path, last_written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    identity = office.receive(signed_input)
    with monkeypatch.context() as patch:
        cut_after(patch, office, last_written)
        office.work(identity)
    office.clock.advance(office.config.workers.retry_first_delay_s)
    assert office.work(identity, "assemble").status == "published"
    assert office.archived_versions(identity) == [name.replace("jpg", "pdf") for name in PUBLICATION]


def test_of_two_who_replace_at_once_one_stops(
    office: Office, paper: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, migrated_sqlite: Path
) -> None:
    identity = office.receive(paper)
    office.work(identity)
    break_record(office, identity)
    archive = office.bench.stores.archive
    put = archive.put

    def be_slow(key: str, *arguments: object, **options: object) -> bool:
        if options.get("replaces") is not None:
            put(key, b"somebody else was here", JSON)
        return put(key, *arguments, **options)  # type: ignore[arg-type]

    with without_catalogue(office, migrated_sqlite, tmp_path) as anew:
        run(anew)
        with monkeypatch.context() as patch:
            patch.setattr(archive, "put", be_slow)
            assert anew.work(identity).status == "processing"
        anew.clock.advance(office.config.workers.lease_s)
        assert anew.work(identity, "assemble").status == "published"
        anew.verify(identity, tmp_path / "out")
