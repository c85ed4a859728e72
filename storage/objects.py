"""The object store: one bucket of an S3 service, reached with the minio SDK."""

import hashlib
import logging
import mmap
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import quote, unquote

import urllib3
from minio import Minio
from minio.commonconfig import COMPLIANCE, ENABLED
from minio.error import MinioException, S3Error
from minio.objectlockconfig import ObjectLockConfig
from minio.retention import Retention
from minio.versioningconfig import VersioningConfig

from digitize.config import Storage
from digitize.errors import (
    ConfigError,
    DigitizeError,
    InvalidKeyError,
    NotFoundError,
    NotPermittedError,
    StorageUnavailableError,
)
from storage.object_api import StoredObject

CONNECT_TIME_LIMIT_S = 5.0
READ_TIME_LIMIT_S = 60.0
"""Longest silence on an open connection; a slow line may take longer in all."""
RETRIES = 3
CONNECTIONS = 16
STREAM_CHUNK_BYTES = 1 << 20

_METADATA_PREFIX = "x-amz-meta-"
_METADATA_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_WRITE_TOKEN = "write-token"  # noqa: S105 - a name, and what it names is no secret

_ABSENT = frozenset({"NoSuchKey", "NoSuchVersion", "NoSuchObject"})
_REFUSED = frozenset({"AccessDenied", "InvalidAccessKeyId", "SignatureDoesNotMatch"})
_UNLOCKED = frozenset(
    {"ObjectLockConfigurationNotFoundError", "NoSuchObjectLockConfiguration", "NoSuchObjectLegalHold", "InvalidRequest"}
)
"""Answers to a question about locks where there is none, of this object or of its bucket; stores differ."""
_EXISTS = frozenset({"PreconditionFailed", "ConditionalRequestConflict"})


class NoLockError(ConfigError):
    """The bucket, or the object, has no lock."""


class S3Store:
    """ObjectStore on one bucket. Safe to call from several threads; open it after a fork, not before.

    Every object is written by one PUT, however large (to 5 GiB): S3's multipart upload checks
    ``If-None-Match`` without a lock in SeaweedFS 4.48, where up to 9 of 12 writers at once were told they
    had won, while one PUT had exactly one winner at 100 bytes and at 30 MiB, versioned or not.
    """

    def __init__(self, client: Minio, bucket: str, public_client: Minio | None = None) -> None:
        """``public_client`` signs links that are followed from elsewhere; it is asked for nothing else."""
        self._client = client
        self._public_client = public_client or client
        self.bucket = bucket

    def put(
        self,
        key: str,
        data: bytes | Path,
        media_type: str,
        *,
        write_once: bool = False,
        replaces: str | None = None,
        metadata: Mapping[str, str] | None = None,
    ) -> bool:
        headers = {"Content-Type": media_type, **_metadata_headers(metadata or {})}
        token = secrets.token_hex(16)
        conditional = write_once or replaces is not None
        if write_once:
            headers["If-None-Match"] = "*"
        if replaces is not None:
            headers["If-Match"] = f'"{replaces}"'
        if conditional:
            headers[_METADATA_PREFIX + _WRITE_TOKEN] = token
        with translated(), _body(data) as body:
            try:
                # The SDK's public put_object turns If-None-Match into user metadata; this is the call
                # beneath it, with the same signature since 7.0. The conformance suite would notice.
                self._client._put_object(self.bucket, _checked(key), body, headers)  # type: ignore[arg-type]  # noqa: SLF001
            except S3Error as error:
                if not conditional or error.code not in _EXISTS:
                    raise
                return self._was_written_with(key, token)
        return True

    def _was_written_with(self, key: str, token: str) -> bool:
        """Whether an earlier try of this same put stored the object before its connection broke."""
        with suppress(S3Error):
            stat = self._client.stat_object(self.bucket, key)
            return _raw_metadata(stat.metadata or {}).get(_WRITE_TOKEN) == token
        return False

    def get(self, key: str, *, version: str | None = None) -> bytes:
        return self.fetch(key, version=version)[0]

    def fetch(self, key: str, *, version: str | None = None) -> tuple[bytes, StoredObject]:
        with translated():
            response = self._client.get_object(self.bucket, _checked(key), version_id=version)
            with _released(response):
                data = bytes(response.read())
        return data, _from_headers(key, response.headers, size=len(data))

    def download(self, key: str, path: Path, *, version: str | None = None) -> StoredObject:
        """The file appears under its name only when it is whole."""
        part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
        try:
            with translated():
                response = self._client.get_object(self.bucket, _checked(key), version_id=version)
                with _released(response), part.open("wb") as file:
                    for chunk in response.stream(STREAM_CHUNK_BYTES):
                        file.write(chunk)
                stored = _from_headers(key, response.headers, size=part.stat().st_size)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        return stored

    def digest(self, key: str) -> str:
        hashed = hashlib.sha256()
        with translated():
            response = self._client.get_object(self.bucket, _checked(key))
            with _released(response):
                for chunk in response.stream(STREAM_CHUNK_BYTES):
                    hashed.update(chunk)
        return hashed.hexdigest()

    def stat(self, key: str) -> StoredObject | None:
        try:
            with translated():
                found = self._client.stat_object(self.bucket, _checked(key))
        except NotFoundError:
            return None
        return StoredObject(
            key=key,
            size=found.size or 0,
            version=found.version_id,
            last_modified=found.last_modified or _EPOCH,
            etag=found.etag or "",
            metadata=_metadata(found.metadata or {}),
        )

    def folders(self, prefix: str = "") -> Iterator[str]:
        with translated():
            for found in self._client.list_objects(self.bucket, prefix=prefix, recursive=False):
                if found.is_dir:
                    yield found.object_name or ""

    def list(self, prefix: str = "", *, versions: bool = False, recursive: bool = True) -> Iterator[StoredObject]:
        with translated():
            for found in self._client.list_objects(
                self.bucket, prefix=prefix, recursive=recursive, include_version=versions
            ):
                key = found.object_name or ""
                # SeaweedFS may show an emptied folder as "p/" of size 0, which nobody has put.
                if found.is_delete_marker or found.is_dir or (key.endswith("/") and not found.size):
                    continue
                yield StoredObject(
                    key=key,
                    size=found.size or 0,
                    version=found.version_id,
                    last_modified=found.last_modified or _EPOCH,
                    etag=found.etag or "",
                )

    def delete(self, key: str, *, version: str | None = None) -> None:
        with suppress(NotFoundError), translated():
            self._client.remove_object(self.bucket, _checked(key), version_id=version)

    def retain(self, key: str, until: datetime, *, version: str | None = None) -> None:
        known = self.retained_until(key, version=version)
        if known is None or known < until:
            with about_locks():
                self._client.set_object_retention(self.bucket, _checked(key), Retention(COMPLIANCE, until), version)

    def retained_until(self, key: str, *, version: str | None = None) -> datetime | None:
        try:
            with about_locks():
                found = self._client.get_object_retention(self.bucket, _checked(key), version)
        except NoLockError:
            return None
        return None if found is None else found.retain_until_date

    def hold(self, key: str, *, on: bool, version: str | None = None) -> None:
        change = self._client.enable_object_legal_hold if on else self._client.disable_object_legal_hold
        with about_locks():
            change(self.bucket, _checked(key), version)

    def is_held(self, key: str, *, version: str | None = None) -> bool:
        try:
            with about_locks():
                return self._client.is_object_legal_hold_enabled(self.bucket, _checked(key), version)
        except NoLockError:
            return False

    def link(self, key: str, lifetime: timedelta, *, download_name: str | None = None) -> str:
        """Pre-signed GET URL; made without asking the server, so it may name what is not there.

        ``download_name`` stands in the URL: it must not hold personal data.
        """
        headers: dict[str, str | list[str] | tuple[str]] = {}
        if download_name:
            headers["response-content-disposition"] = f"attachment; filename*=UTF-8''{quote(download_name, safe='')}"
        return self._public_client.presigned_get_object(
            self.bucket, _checked(key), expires=lifetime, response_headers=headers or None
        )


@dataclass(frozen=True, slots=True)
class Stores:
    """The three buckets of one service."""

    inbox: S3Store
    archive: S3Store
    work: S3Store


def connect(
    endpoint: str, access_key: str, secret_key: str, *, secure: bool = False, region: str = "us-east-1"
) -> Minio:
    """SDK client with time limits and bounded retries. Asks the server nothing yet."""
    # Its warnings of retries name whole URLs, and stations name scans after people.
    logging.getLogger("urllib3.connectionpool").setLevel(logging.ERROR)
    certificates = {"cert_reqs": "CERT_REQUIRED"} if secure else {}
    pool = urllib3.PoolManager(
        maxsize=CONNECTIONS,
        timeout=urllib3.Timeout(connect=CONNECT_TIME_LIMIT_S, read=READ_TIME_LIMIT_S),
        retries=urllib3.Retry(total=RETRIES, backoff_factor=0.2, status_forcelist=[500, 502, 503, 504]),
        **certificates,  # type: ignore[arg-type]
    )
    # The region is named so that no request has to ask for it first.
    return Minio(endpoint, access_key, secret_key, secure=secure, region=region, http_client=pool)


def connect_as_configured(settings: Storage) -> Minio:
    """Raises ConfigError where endpoint or keys are missing (the embedded store fills them in)."""
    if not (settings.endpoint and settings.access_key and settings.secret_key):
        raise ConfigError(detail="storage.endpoint, storage.access_key and storage.secret_key go together")
    return connect(
        settings.endpoint, settings.access_key, settings.secret_key, secure=settings.secure, region=settings.region
    )


def open_stores(settings: Storage) -> Stores:
    client = connect_as_configured(settings)
    public = connect_as_configured(
        settings.model_copy(update={"endpoint": settings.public_endpoint or settings.endpoint})
    )
    return Stores(
        inbox=S3Store(client, settings.inbox_bucket),
        archive=S3Store(client, settings.archive_bucket, public),
        work=S3Store(client, settings.work_bucket),
    )


def ensure_buckets(settings: Storage) -> None:
    """Make the buckets that are missing; inbox and archive keep every version ever written, the archive can lock."""
    client = connect_as_configured(settings)
    versioned = {settings.inbox_bucket: True, settings.archive_bucket: True, settings.work_bucket: False}
    for bucket, keeps_versions in versioned.items():
        with translated():
            if not client.bucket_exists(bucket):
                _make_bucket(client, bucket, locks=bucket == settings.archive_bucket)
            if keeps_versions and client.get_bucket_versioning(bucket).status != ENABLED:
                client.set_bucket_versioning(bucket, VersioningConfig(ENABLED))
    _enable_locks(client, settings.archive_bucket)


def _enable_locks(client: Minio, bucket: str) -> None:
    """On a bucket from before there were locks; where the store refuses, only what needs them will fail."""
    try:
        with about_locks():
            client.get_object_lock_config(bucket)
    except NoLockError:
        with suppress(DigitizeError), translated():
            client.set_object_lock_config(bucket, ObjectLockConfig(None, None, None))


def _make_bucket(client: Minio, bucket: str, *, locks: bool) -> None:
    try:
        client.make_bucket(bucket, object_lock=locks)
    except S3Error as error:
        if error.code not in {"BucketAlreadyExists", "BucketAlreadyOwnedByYou"}:
            raise


# --- bodies, headers, errors ------------------------------------------------------------------------------

_EPOCH = datetime.fromtimestamp(0, UTC)


def _checked(key: str) -> str:
    """The SDK refuses these keys with a ValueError that names them; ours does not."""
    if not key or not {".", ".."}.isdisjoint(key.split("/")):
        raise InvalidKeyError
    return key


@contextmanager
def _body(data: bytes | Path) -> Iterator[bytes | mmap.mmap]:
    """A file is mapped, so that hashing and sending it take no memory of its size."""
    if isinstance(data, bytes):
        yield data
    elif data.stat().st_size == 0:  # an empty file cannot be mapped
        yield b""
    else:
        with data.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
            yield mapped


@contextmanager
def _released(response: urllib3.BaseHTTPResponse) -> Iterator[None]:
    """Give the connection back; one that was not read to its end is closed instead."""
    try:
        yield
    except BaseException:
        response.close()
        raise
    finally:
        response.release_conn()


def _metadata_headers(metadata: Mapping[str, str]) -> dict[str, str]:
    """Header values are ASCII on the wire, so values are percent-encoded."""
    for name in metadata:
        if not _METADATA_NAME.fullmatch(name) or name == _WRITE_TOKEN:
            raise ValueError(f"not a metadata name: {name!r}")
    return {_METADATA_PREFIX + name: quote(value, safe="") for name, value in metadata.items()}


def _raw_metadata(headers: Mapping[str, str]) -> dict[str, str]:
    return {
        name.lower().removeprefix(_METADATA_PREFIX): value
        for name, value in headers.items()
        if name.lower().startswith(_METADATA_PREFIX)
    }


def _metadata(headers: Mapping[str, str]) -> dict[str, str]:
    return {name: unquote(value) for name, value in _raw_metadata(headers).items() if name != _WRITE_TOKEN}


def _from_headers(key: str, headers: Mapping[str, str], size: int) -> StoredObject:
    modified = headers.get("Last-Modified")
    return StoredObject(
        key=key,
        size=size,
        version=headers.get("x-amz-version-id"),
        last_modified=parsedate_to_datetime(modified) if modified else _EPOCH,
        etag=headers.get("ETag", "").strip('"'),
        metadata=_metadata(headers),
    )


@contextmanager
def translated() -> Iterator[None]:
    """Foreign errors stop here. Their texts name keys and hosts, ours do not."""
    try:
        yield
    except DigitizeError:
        raise
    except S3Error as error:
        if error.code in _ABSENT:
            raise NotFoundError from error
        if error.code in _REFUSED:
            raise NotPermittedError from error
        raise StorageUnavailableError from error
    except (MinioException, urllib3.exceptions.HTTPError) as error:
        raise StorageUnavailableError from error


@contextmanager
def about_locks() -> Iterator[None]:
    try:
        with translated():
            yield
    except StorageUnavailableError as error:
        if isinstance(error.__cause__, S3Error) and error.__cause__.code in _UNLOCKED:
            detail = "storage.archive_bucket has no object lock; make it anew with object lock"
            raise NoLockError(detail=detail) from error
        raise
