"""The S3 store beyond the port: errors, repeated requests, buckets."""

import socket
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
import urllib3
from minio import Minio

from digitize.config import Config, Storage
from digitize.errors import ConfigError, NotPermittedError, StorageUnavailableError
from storage.objects import S3Store, Stores, connect, connect_as_configured, ensure_buckets, open_stores


def client_of(storage: Storage, **changes: str) -> Minio:
    return connect_as_configured(storage.model_copy(update=changes))


def test_a_store_nobody_serves_is_unavailable() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, but nobody listens
        store = S3Store(connect(f"127.0.0.1:{taken.getsockname()[1]}", "app", "secret"), "archive")
        with pytest.raises(StorageUnavailableError):
            store.stat("key")
        with pytest.raises(StorageUnavailableError):
            list(store.list())


def test_a_wrong_key_is_not_permitted(stack: Config) -> None:
    for changes in ({"secret_key": "wrong"}, {"access_key": "nobody"}):
        store = S3Store(client_of(stack.storage, **changes), stack.storage.archive_bucket)
        with pytest.raises(NotPermittedError):
            store.put("key", b"x", "text/plain")
        with pytest.raises(NotPermittedError):
            store.get("key")
    assert list(open_stores(stack.storage).archive.list()) == []


def test_a_bucket_that_is_missing_is_no_missing_object(stack: Config) -> None:
    store = S3Store(client_of(stack.storage), "no-such-bucket")
    with pytest.raises(StorageUnavailableError):
        store.put("key", b"x", "text/plain")
    with pytest.raises(StorageUnavailableError):
        store.get("key")


def test_an_incomplete_configuration_is_refused() -> None:
    with pytest.raises(ConfigError, match="go together"):
        open_stores(Storage(endpoint="127.0.0.1:1"))


def test_buckets_are_made_once_and_keep_versions(stack: Config, stores: Stores) -> None:
    stores.inbox.put("key", b"1", "text/plain")
    ensure_buckets(stack.storage)
    client = client_of(stack.storage)
    states = {
        bucket: client.get_bucket_versioning(bucket).status
        for bucket in (stack.storage.inbox_bucket, stack.storage.archive_bucket, stack.storage.work_bucket)
    }
    assert list(states.values()) == ["Enabled", "Enabled", None]
    assert stores.inbox.get("key") == b"1"


@pytest.fixture
def cutting_proxy(stack: Config) -> Iterator[str]:
    """Passes requests on to the store and cuts the connection instead of giving the first answer back."""
    host, port = (stack.storage.endpoint or "").split(":")
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(20)

    def serve() -> None:
        for connection in range(2):
            client, _ = listener.accept()
            with client, socket.create_connection((host, int(port))) as server:
                client.settimeout(5)
                server.settimeout(5)
                request = b""
                while not request.endswith(b"the whole body"):
                    request += client.recv(65_536)
                server.sendall(request)
                answer = server.recv(65_536)
                if connection == 1:
                    client.sendall(answer)

    thread = threading.Thread(target=serve)
    thread.start()
    yield f"127.0.0.1:{listener.getsockname()[1]}"
    thread.join()
    listener.close()


def test_a_write_once_whose_answer_was_lost_has_still_won(stack: Config, stores: Stores, cutting_proxy: str) -> None:
    """The SDK sends it again and is told that the key exists: by its own first try."""
    through_proxy = client_of(stack.storage, endpoint=cutting_proxy)
    sent_directly = client_of(stack.storage)
    through_proxy.stat_object = sent_directly.stat_object  # type: ignore[method-assign] - the proxy knows PUT only
    assert S3Store(through_proxy, stores.archive.bucket).put("key", b"the whole body", "text/plain", write_once=True)
    assert stores.archive.get("key") == b"the whole body"
    assert len(list(stores.archive.list(versions=True))) == 1
    assert not stores.archive.put("key", b"another", "text/plain", write_once=True)


def test_a_link_names_the_address_under_which_portals_reach_the_store(stack: Config) -> None:
    port = (stack.storage.endpoint or "").partition(":")[2]
    settings = stack.storage.model_copy(update={"public_endpoint": f"localhost:{port}"})
    archive = open_stores(settings).archive
    archive.put("key", b"content", "application/pdf")
    link = archive.link("key", timedelta(seconds=60))
    assert link.startswith(f"http://localhost:{port}/")
    assert urllib3.request("GET", link).data == b"content"
