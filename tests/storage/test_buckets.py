"""Buckets of a store we did not make: what would lose scans or keep no retention is mended, or named."""

import secrets
import socket

import pytest
from minio import Minio
from minio.commonconfig import ENABLED

from digitize.config import Config, Retention
from digitize.errors import ConfigError, NotPermittedError, StorageUnavailableError
from service.cli.doctor import check_buckets
from service.cli.up import up
from storage.buckets import require_buckets
from storage.objects import connect_as_configured


@pytest.fixture
def plain(stack: Config) -> Config:
    """Buckets as a store makes them unless asked for more."""
    suffix = secrets.token_hex(6)
    names = {f"{name}_bucket": f"{name}-{suffix}" for name in ("inbox", "archive", "work")}
    storage = stack.storage.model_copy(update=names)
    client = connect_as_configured(storage)
    for name in names.values():
        client.make_bucket(name)
    return stack.model_copy(update={"storage": storage})


def keeps_versions(config: Config) -> list[bool]:
    client, storage = connect_as_configured(config.storage), config.storage
    buckets = (storage.inbox_bucket, storage.archive_bucket, storage.work_bucket)
    return [client.get_bucket_versioning(bucket).status == ENABLED for bucket in buckets]


def test_versions_are_switched_on_where_the_key_may(plain: Config) -> None:
    assert keeps_versions(plain) == [False, False, False]
    require_buckets(plain, mend=True)
    assert keeps_versions(plain) == [True, True, False]
    require_buckets(plain, mend=False)


def test_what_cannot_be_switched_on_is_named_with_what_to_do(plain: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise NotPermittedError

    monkeypatch.setattr(Minio, "set_bucket_versioning", refuse)
    with pytest.raises(ConfigError) as refused:
        require_buckets(plain, mend=True)
    assert f"storage.inbox_bucket: the bucket {plain.storage.inbox_bucket} keeps no versions" in str(refused.value)
    assert "storage.archive_bucket" in str(refused.value)
    assert "storage.work_bucket" not in str(refused.value)
    monkeypatch.setattr(Minio, "get_bucket_versioning", refuse)  # a key that may not even ask
    with pytest.raises(ConfigError, match=r"give storage[.]access_key these permissions"):
        require_buckets(plain, mend=True)


def test_an_archive_that_is_to_keep_papers_has_object_lock(plain: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    require_buckets(plain, mend=True)
    strict = plain.model_copy(update={"retention": Retention(years={"unknown": 10})})
    with pytest.raises(ConfigError, match=r"storage.archive_bucket: .* no object lock, which retention.years needs"):
        require_buckets(strict, mend=False)
    with monkeypatch.context() as patch:
        patch.setattr(Minio, "set_object_lock_config", lambda *_: None)
        with pytest.raises(ConfigError, match="make it anew with object lock"):
            require_buckets(strict, mend=True)


def test_a_bucket_that_is_missing_is_named(plain: Config) -> None:
    gone = plain.storage.model_copy(update={"work_bucket": "no-such-bucket"})
    with pytest.raises(ConfigError, match=r"storage.work_bucket: the bucket no-such-bucket does not exist"):
        require_buckets(plain.model_copy(update={"storage": gone}), mend=True)


def test_a_wrong_key_is_a_wrong_configuration_and_a_silent_store_is_waited_for(plain: Config) -> None:
    wrong = plain.storage.model_copy(update={"secret_key": "wrong"})
    with pytest.raises(ConfigError, match=r"storage[.]access_key"):
        require_buckets(plain.model_copy(update={"storage": wrong}), mend=True)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, but nobody listens
        away = plain.storage.model_copy(update={"endpoint": f"127.0.0.1:{taken.getsockname()[1]}"})
        config = plain.model_copy(update={"storage": away})
        with pytest.raises(StorageUnavailableError):
            require_buckets(config, mend=True)
        assert check_buckets(config) == []


def test_the_doctor_only_looks(plain: Config) -> None:
    with pytest.raises(ConfigError, match="keeps no versions"):
        check_buckets(plain)
    assert keeps_versions(plain) == [False, False, False]
    require_buckets(plain, mend=True)
    assert [finding.state for finding in check_buckets(plain)] == ["ok"]


def test_the_stack_does_not_start_on_an_inbox_that_loses_scans(plain: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise NotPermittedError

    monkeypatch.setattr(Minio, "set_bucket_versioning", refuse)
    monkeypatch.setattr("service.cli.up.load_config", lambda: plain)
    monkeypatch.setattr("workers.supervisor.Supervisor.stop_on_signals", lambda _: None)
    monkeypatch.setattr("service.cli.up.embedded_servers", lambda _: pytest.fail("something was started"))
    with pytest.raises(ConfigError, match=r"storage[.]inbox_bucket"):
        up()
