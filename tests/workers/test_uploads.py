"""What is finished gets into the inbox once, wherever the way there is cut off."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digitize.errors import StorageUnavailableError
from storage.uploads import Upload, Uploads
from tests.workers.office import COMPONENT, DOSSIER, UNIT, Office
from tests.workers.test_intake import CutError, waiting
from workers.uploads import drop_uploads


def finish(office: Office, paper: Path, number: int = 1, **place: str) -> Upload:
    """An upload whose every part has come and been checked."""
    uploads = Uploads(office.bench.stores.work)
    content = paper.read_bytes()
    upload = Upload(
        upload_id=f"{number:032x}",
        client_id="one",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        priority="urgent",
        expires_at=datetime.now(UTC),
        **{"unit": UNIT, "dossier": DOSSIER, "component": COMPONENT, "filename": "tờ giấy.jpg", **place},  # type: ignore[arg-type]
    )
    uploads.begin(upload)
    uploads.put_part(upload, 1, content)
    uploads.complete(upload, paper)
    return upload


def _cut_behind(patch: pytest.MonkeyPatch, owner: object, name: str) -> None:
    call = getattr(owner, name)

    def cut(*arguments: object, **options: object) -> None:
        call(*arguments, **options)
        raise CutError

    patch.setattr(owner, name, cut)


CUTS: dict[str, Callable[[Office, pytest.MonkeyPatch], None]] = {
    "fetching": lambda _, patch: _cut_behind(patch, Uploads, "fetch"),
    "dropping": lambda office, patch: _cut_behind(patch, office.bench.stores.inbox, "put"),
    "marking": lambda _, patch: _cut_behind(patch, Uploads, "_write"),
    "deleting a part": lambda office, patch: _cut_behind(patch, office.bench.stores.work, "delete"),
}


@pytest.mark.parametrize("step", CUTS)
def test_cut_off_behind_any_step_it_is_dropped_once(
    office: Office, paper: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = finish(office, paper)
    with monkeypatch.context() as patch:
        CUTS[step](office, patch)
        with pytest.raises(CutError):
            drop_uploads(office.bench.stores)
    drop_uploads(office.bench.stores)
    (dropped,) = waiting(office)
    assert dropped.key == f"{UNIT}/{DOSSIER}/{COMPONENT}/tờ giấy.jpg"
    assert office.accept() == 1
    assert drop_uploads(office.bench.stores) == office.accept() == 0
    row = office.find(upload.document_id)
    assert (row.status, row.priority, row.media_type) == ("received", "urgent", "image/jpeg")
    assert [event.kind for event in office.bench.catalogue.events(upload.document_id)] == ["received"]


def test_one_that_fails_does_not_stop_the_rest(office: Office, paper: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    finish(office, paper, 1, component="TP01")
    finish(office, paper, 2, component="TP02")
    put = office.bench.stores.inbox.put

    def fail_for_one(key: str, *arguments: object, **options: object) -> bool:
        if "/TP01/" in key:
            raise StorageUnavailableError
        return put(key, *arguments, **options)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(office.bench.stores.inbox, "put", fail_for_one)
        assert drop_uploads(office.bench.stores) == 1
    assert drop_uploads(office.bench.stores) == 1
    assert len(waiting(office)) == 2
