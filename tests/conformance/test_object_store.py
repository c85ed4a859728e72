"""What an ObjectStore must do, on a real S3 server, with a versioned bucket and a plain one."""

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
import urllib3

from digitize.errors import ConfigError, InvalidKeyError, NotFoundError, NotPermittedError
from storage.object_api import ObjectStore
from storage.objects import Stores
from tests.conformance.conftest import at_once

LARGE_BYTES = 12 << 20
"""More than S3's clients and SeaweedFS send or keep in one piece."""


@pytest.fixture(params=["archive", "work"], ids=["versioned", "plain"])
def store(request: pytest.FixtureRequest, stores: Stores) -> ObjectStore:
    found: ObjectStore = getattr(stores, request.param)
    return found


def test_what_was_put_is_got(store: ObjectStore) -> None:
    before = datetime.now(UTC) - timedelta(seconds=2)
    assert store.put("a/giấy 1.pdf", b"\0content\n", "application/pdf", metadata={"unit": "Xã Sơn Hạ +%/\n"})
    assert store.get("a/giấy 1.pdf") == b"\0content\n"
    found = store.stat("a/giấy 1.pdf")
    assert found is not None
    assert store.fetch("a/giấy 1.pdf") == (b"\0content\n", found)
    assert store.digest("a/giấy 1.pdf") == sha256(b"\0content\n").hexdigest()
    assert (found.key, found.size, dict(found.metadata)) == ("a/giấy 1.pdf", 9, {"unit": "Xã Sơn Hạ +%/\n"})
    assert before <= found.last_modified <= datetime.now(UTC) + timedelta(seconds=2)


def test_an_empty_object_is_an_object(store: ObjectStore, tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    store.put("bytes", b"", "text/plain")
    store.put("file", tmp_path / "empty", "text/plain")
    assert store.get("bytes") == store.get("file") == b""
    assert [found.size for found in store.list()] == [0, 0]


def test_a_large_file_goes_in_and_comes_out_whole(store: ObjectStore, tmp_path: Path) -> None:
    source, target = tmp_path / "source", tmp_path / "target"
    source.write_bytes(os.urandom(LARGE_BYTES))
    store.put("large", source, "application/pdf", metadata={"sha256": "ab"})
    found = store.download("large", target)
    assert target.read_bytes() == source.read_bytes()
    assert (found.size, dict(found.metadata)) == (LARGE_BYTES, {"sha256": "ab"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["source", "target"]


def test_what_is_not_there_is_not_found(store: ObjectStore, tmp_path: Path) -> None:
    assert store.stat("nothing") is None
    with pytest.raises(NotFoundError):
        store.get("nothing")
    with pytest.raises(NotFoundError):
        store.download("nothing", tmp_path / "target")
    assert list(tmp_path.iterdir()) == []
    store.delete("nothing")


def test_a_second_put_replaces(store: ObjectStore) -> None:
    store.put("key", b"first", "text/plain")
    assert store.put("key", b"second", "text/plain")
    assert store.get("key") == b"second"


def test_write_once_leaves_what_is_there(store: ObjectStore) -> None:
    assert store.put("key", b"first", "text/plain", write_once=True, metadata={"by": "one"})
    assert not store.put("key", b"second", "text/plain", write_once=True, metadata={"by": "two"})
    assert store.get("key") == b"first"
    found = store.stat("key")
    assert found is not None
    assert dict(found.metadata) == {"by": "one"}
    assert len(list(store.list(versions=True))) == 1


def test_only_the_bytes_that_were_read_are_replaced(stores: Stores, tmp_path: Path) -> None:
    store = stores.archive
    store.put("key", b"first", "application/pdf")
    read = store.download("key", tmp_path / "file").etag
    found = store.stat("key")
    assert found is not None
    assert read == found.etag != ""
    assert store.put("key", b"second", "application/pdf", replaces=read)
    assert not store.put("key", b"third", "application/pdf", replaces=read)
    assert store.get("key") == b"second"
    assert len(list(store.list("key", versions=True))) == 2


def test_of_many_who_replace_at_once_one_wins(stores: Stores) -> None:
    store = stores.archive
    store.put("key", b"first", "application/pdf")
    found = store.stat("key")
    assert found is not None
    won = at_once(8, lambda number: store.put("key", f"{number}".encode(), "application/pdf", replaces=found.etag))
    assert sum(won) == 1
    assert store.get("key") == f"{won.index(True)}".encode()


@pytest.mark.parametrize("size", [100, LARGE_BYTES], ids=["small", "large"])
def test_of_many_writers_at_once_one_wins(store: ObjectStore, tmp_path: Path, size: int) -> None:
    def write(number: int) -> bool:
        path = tmp_path / str(number)
        path.write_bytes(bytes([number]) * size)
        return store.put("key", path, "text/plain", write_once=True)

    won = at_once(12, write)
    assert sorted(won) == [False] * 11 + [True]
    assert store.get("key") == bytes([won.index(True)]) * size
    assert len(list(store.list(versions=True))) == 1


def test_listing_is_complete_and_in_order(store: ObjectStore) -> None:
    keys = [f"many/{number:04d}" for number in range(1_020)]  # a server gives 1,000 at a time
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda key: store.put(key, b"x", "text/plain"), keys))
    store.put("other/1", b"x", "text/plain")
    assert [found.key for found in store.list("many/")] == keys
    assert [found.key for found in store.list("many/", versions=True)] == keys
    assert [found.key for found in store.list("many/100")] == keys[1_000:1_010]
    assert [found.key for found in store.list()] == [*keys, "other/1"]


def test_keys_come_back_as_they_were_given(store: ObjectStore) -> None:
    keys = ["H99.01/D 1/TP01/Giấy khai sinh +&%20'=;.pdf", "H99.01/D1/TP01/e\u0301.pdf", "H99.01/D1/TP01/é.pdf"]
    for number, key in enumerate(keys):
        store.put(key, str(number).encode(), "application/pdf")
    assert sorted(found.key for found in store.list("H99.01/")) == sorted(keys)
    assert [store.get(key) for key in keys] == [b"0", b"1", b"2"]


def test_an_emptied_folder_lists_nothing(store: ObjectStore) -> None:
    store.put("folder/inner/key", b"x", "text/plain")
    store.delete("folder/inner/key")
    assert list(store.list("folder/")) == []
    assert list(store.list()) == []


@pytest.mark.parametrize("key", ["", "a/../b", "./a", ".."])
def test_a_key_that_walks_is_refused(store: ObjectStore, key: str) -> None:
    for call in (store.get, store.stat, store.delete):
        with pytest.raises(InvalidKeyError):
            call(key)
    with pytest.raises(InvalidKeyError):
        store.put(key, b"x", "text/plain")
    with pytest.raises(InvalidKeyError):
        store.link(key, timedelta(minutes=1))
    assert list(store.list()) == []


def test_a_metadata_name_is_checked(store: ObjectStore) -> None:
    for name in ("Unit", "x:y", "a b", "", "write-token"):
        with pytest.raises(ValueError, match="metadata name"):
            store.put("key", b"x", "text/plain", metadata={name: "1"})


def test_a_link_gives_the_object_for_its_time(store: ObjectStore) -> None:
    store.put("key", b"content", "application/pdf")
    link = store.link("key", timedelta(seconds=60), download_name='giấy "1".pdf')
    answer = urllib3.request("GET", link)
    assert (answer.status, answer.data) == (200, b"content")
    assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''gi%E1%BA%A5y%20%221%22.pdf"
    assert answer.headers["Content-Type"] == "application/pdf"
    assert urllib3.request("GET", link.replace("/key?", "/other?")).status == 403
    assert urllib3.request("GET", link.partition("?")[0]).status == 403
    assert urllib3.request("PUT", link, body=b"other").status == 403
    assert store.get("key") == b"content"


def test_versions_are_kept_until_each_is_deleted(stores: Stores) -> None:
    store = stores.archive
    for content in (b"1", b"22", b"333"):
        store.put("key", content, "text/plain")
    versions = {found.size: found.version for found in store.list("key", versions=True)}
    assert sorted(versions) == [1, 2, 3]
    assert store.get("key", version=versions[2]) == b"22"

    store.delete("key")
    assert store.stat("key") is None
    assert [found.size for found in store.list("key")] == []
    assert sorted(found.size for found in store.list("key", versions=True)) == [1, 2, 3]

    store.delete("key", version=versions[1])
    assert sorted(found.size for found in store.list("key", versions=True)) == [2, 3]
    with pytest.raises(NotFoundError):
        store.get("key", version=versions[1])


def test_a_version_is_downloaded(stores: Stores, tmp_path: Path) -> None:
    for content in (b"old", b"newer"):
        stores.archive.put("key", content, "text/plain")
    versions = {found.size: found.version for found in stores.archive.list("key", versions=True)}
    found = stores.archive.download("key", tmp_path / "old", version=versions[3])
    assert ((tmp_path / "old").read_bytes(), found.version) == (b"old", versions[3])


def test_a_listing_goes_one_step_or_all_the_way(store: ObjectStore) -> None:
    for key in ("top.pdf", "H99.01/odd.pdf", "H99.01/D1/TP01/a.pdf", "H99.01/_status/x.json", "H99.02/D2/TP01/b.pdf"):
        store.put(key, b"content", "application/pdf")
    assert list(store.folders()) == ["H99.01/", "H99.02/"]
    assert list(store.folders("H99.01/")) == ["H99.01/D1/", "H99.01/_status/"]
    assert [found.key for found in store.list(recursive=False)] == ["top.pdf"]
    assert [found.key for found in store.list("H99.01/", recursive=False)] == ["H99.01/odd.pdf"]
    assert len(list(store.list())) == 5


def test_what_is_retained_or_held_cannot_be_deleted(stores: Stores) -> None:
    archive, until = stores.archive, datetime.now(UTC).replace(microsecond=0) + timedelta(days=400)
    archive.put("a", b"first", "text/plain")
    first = archive.stat("a")
    assert first is not None
    assert (archive.retained_until("a"), archive.is_held("a")) == (None, False)
    archive.retain("a", until)
    archive.retain("a", until - timedelta(days=100))
    assert archive.retained_until("a") == until
    archive.put("a", b"second", "text/plain")
    second = archive.stat("a")
    assert second is not None
    assert archive.retained_until("a") is None
    archive.hold("a", on=True)
    assert archive.is_held("a")
    for version in (first.version, second.version):
        with pytest.raises(NotPermittedError):
            archive.delete("a", version=version)
    archive.hold("a", on=False)
    archive.delete("a", version=second.version)
    assert archive.get("a") == b"first"
    with pytest.raises(NotPermittedError):
        archive.delete("a", version=first.version)


def test_a_bucket_without_locks_says_so(stores: Stores) -> None:
    stores.work.put("a", b"", "text/plain")
    assert (stores.work.retained_until("a"), stores.work.is_held("a")) == (None, False)
    with pytest.raises(ConfigError, match="object lock"):
        stores.work.retain("a", datetime.now(UTC) + timedelta(days=1))
    with pytest.raises(ConfigError, match="object lock"):
        stores.work.hold("a", on=True)
