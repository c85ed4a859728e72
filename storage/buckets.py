"""What the buckets of a store that we did not make must be, so that nothing in them is lost.

The embedded store's buckets are made so (``ensure_buckets``). A bucket that keeps no versions loses the first of two
scans of one name: the second takes its place before it was accepted. A bucket without object lock keeps no retention.
"""

from collections.abc import Callable

from minio import Minio
from minio.commonconfig import ENABLED
from minio.error import S3Error
from minio.objectlockconfig import ObjectLockConfig
from minio.versioningconfig import VersioningConfig

from digitize.config import Config
from digitize.errors import ConfigError, DigitizeError, NotPermittedError, StorageUnavailableError
from storage.objects import NoLockError, about_locks, connect_as_configured, translated


def require_buckets(config: Config, *, mend: bool) -> None:
    """``mend``: what is not as it must be is switched on first, where the store lets us.

    Raises ConfigError, which names each bucket and what to do; StorageUnavailableError where the store does not answer.
    """
    client = connect_as_configured(config.storage)
    faults: list[str] = []
    for setting in ("inbox_bucket", "archive_bucket", "work_bucket"):
        bucket: str = getattr(config.storage, setting)
        locks = setting == "archive_bucket" and bool(config.retention.years)
        try:
            fault = _fault(client, bucket, versions=setting != "work_bucket", locks=locks, mend=mend)
        except DigitizeError as error:
            if not _is_refusal(error):
                raise
            fault = (
                "is not to be had, or its versioning and object lock may not be asked for; "
                "see that it exists and give storage.access_key these permissions"
            )
        if fault is not None:
            faults.append(f"storage.{setting}: the bucket {bucket} {fault}")
    if faults:
        raise ConfigError(detail="; ".join(faults))


def _fault(client: Minio, bucket: str, *, versions: bool, locks: bool, mend: bool) -> str | None:
    with translated():
        if not client.bucket_exists(bucket):
            return "does not exist; make it, with versioning and object lock"
    if versions and not _has(_keeps_versions, _keep_versions, client, bucket, mend=mend):
        return "keeps no versions, so that scans get lost; switch its versioning on in the store"
    if locks and not _has(_can_lock, _let_lock, client, bucket, mend=mend):
        return "has no object lock, which retention.years needs; make it anew with object lock"
    return None


def _has(
    asks: Callable[[Minio, str], bool],
    switches_on: Callable[[Minio, str], None],
    client: Minio,
    bucket: str,
    *,
    mend: bool,
) -> bool:
    if asks(client, bucket):
        return True
    if mend:
        try:
            switches_on(client, bucket)
        except DigitizeError as error:
            if not _is_refusal(error):
                raise
        return asks(client, bucket)
    return False


def _keeps_versions(client: Minio, bucket: str) -> bool:
    with translated():
        return client.get_bucket_versioning(bucket).status == ENABLED


def _keep_versions(client: Minio, bucket: str) -> None:
    with translated():
        client.set_bucket_versioning(bucket, VersioningConfig(ENABLED))


def _can_lock(client: Minio, bucket: str) -> bool:
    try:
        with about_locks():
            client.get_object_lock_config(bucket)
    except NoLockError:
        return False
    return True


def _let_lock(client: Minio, bucket: str) -> None:
    with translated():
        client.set_object_lock_config(bucket, ObjectLockConfig(None, None, None))


def _is_refusal(error: DigitizeError) -> bool:
    """The store has answered, and the answer is no: waiting for it would mend nothing."""
    return isinstance(error, NotPermittedError) or (
        isinstance(error, StorageUnavailableError) and isinstance(error.__cause__, S3Error)
    )
