"""Parts in the work bucket, on a real object store: any order, any number of times, and the whole or nothing."""

import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digitize.upload_errors import UploadIncompleteError, UploadMismatchError
from storage.objects import Stores
from storage.uploads import Upload, Uploads

NOW = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
CONTENT = b"0123456789abc"


def announce(uploads: Uploads, content: bytes = CONTENT, number: int = 1, part_bytes: int = 4) -> Upload:
    upload = Upload(
        upload_id=f"{number:032x}",
        client_id="one",
        unit="H99.01",
        dossier="D1",
        component="TP01",
        filename="giấy.pdf",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        priority="default",
        part_bytes=part_bytes,
        expires_at=NOW,
    )
    uploads.begin(upload)
    return upload


def part_of(content: bytes, upload: Upload, number: int) -> bytes:
    return content[(number - 1) * upload.part_bytes :][: upload.part_length(number)]


def send(uploads: Uploads, upload: Upload, content: bytes = CONTENT) -> None:
    for number in range(1, upload.part_count + 1):
        uploads.put_part(upload, number, part_of(content, upload, number))


@settings(
    max_examples=15, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(content=st.binary(min_size=1, max_size=24), part_bytes=st.integers(1, 24), data=st.data())
def test_in_whatever_order_parts_come_they_make_the_file(
    stores: Stores, content: bytes, part_bytes: int, data: st.DataObject
) -> None:
    uploads = Uploads(stores.work)
    upload = announce(uploads, content, part_bytes=part_bytes)
    uploads._delete("uploads/" + upload.upload_id + "/parts/")
    numbers = list(range(1, upload.part_count + 1))
    assert sum(upload.part_length(number) for number in numbers) == upload.size
    with TemporaryDirectory() as folder:
        path = Path(folder) / "whole"
        for number in data.draw(st.permutations(numbers)):
            with pytest.raises(UploadIncompleteError):
                uploads.assemble(upload, path)
            uploads.put_part(upload, number, b"?" * upload.part_length(number))
            uploads.put_part(upload, number, part_of(content, upload, number))
        assert uploads.arrived(upload) == numbers
        uploads.assemble(upload, path)
        assert path.read_bytes() == content


def test_what_is_missing_is_named_in_runs(stores: Stores, tmp_path: Path) -> None:
    uploads = Uploads(stores.work)
    upload = announce(uploads, bytes(100), part_bytes=1)
    for number in (1, 4, 5, 100):
        uploads.put_part(upload, number, b"\0")
    with pytest.raises(UploadIncompleteError) as missing:
        uploads.assemble(upload, tmp_path / "whole")
    assert missing.value.values == {"parts": "2-3, 6-99"}


def test_the_whole_is_checked_and_handed_over_once(stores: Stores, tmp_path: Path) -> None:
    uploads, path = Uploads(stores.work), tmp_path / "whole"
    upload = announce(uploads)
    send(uploads, upload, CONTENT[::-1])
    with pytest.raises(UploadMismatchError):
        uploads.assemble(upload, path)
    assert not uploads.is_complete(upload.upload_id)
    send(uploads, upload)
    uploads.assemble(upload, path)
    uploads.complete(upload, path)
    assert uploads.is_complete(upload.upload_id)
    path.write_bytes(b"later")
    uploads.complete(upload, path)
    uploads.fetch(upload.upload_id, path)
    assert path.read_bytes() == CONTENT


def test_of_what_is_in_the_inbox_nothing_stays_but_that_it_was_there(stores: Stores, tmp_path: Path) -> None:
    uploads, path = Uploads(stores.work), tmp_path / "whole"
    upload = announce(uploads)
    send(uploads, upload)
    uploads.assemble(upload, path)
    uploads.complete(upload, path)
    uploads.settle(upload)
    assert list(uploads.finished()) == []
    assert uploads.is_complete(upload.upload_id)
    (left,) = stores.work.list()
    assert left.key.endswith("/upload.json")
    assert "giấy" not in stores.work.get(left.key).decode()


def test_what_is_too_old_is_forgotten_but_for_what_waits_for_the_inbox(stores: Stores, tmp_path: Path) -> None:
    uploads, path = Uploads(stores.work), tmp_path / "whole"
    old, waiting = (announce(uploads, number=number) for number in (1, 2))
    for upload in (old, waiting):
        send(uploads, upload)
    uploads.assemble(waiting, path)
    uploads.complete(waiting, path)
    uploads.put_part(old.model_copy(update={"upload_id": f"{3:032x}"}), 1, b"came when the rest was gone")
    stores.work.put("0" * 26 + "/pages/0001.jpg", b"x", "image/jpeg")
    assert uploads.delete_expired(NOW + timedelta(minutes=59)) == 0
    assert uploads.delete_expired(NOW + timedelta(hours=1)) == 1
    left = {found.key.split("/")[1] for found in stores.work.list("uploads/")}
    assert left == {waiting.upload_id}
    uploads.settle(waiting)
    assert uploads.delete_expired(NOW + timedelta(hours=1)) == 1
    assert [found.key for found in stores.work.list()] == ["0" * 26 + "/pages/0001.jpg"]
