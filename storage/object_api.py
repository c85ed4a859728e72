"""The port of the object store, bound by one conformance suite (``tests/conformance``) against a real S3 server.

Errors: StorageUnavailableError is retryable; NotFoundError is an answer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class StoredObject:
    key: str
    size: int
    version: str | None
    last_modified: datetime
    etag: str = ""
    """Of its bytes, as the store names them: mostly their MD5."""
    metadata: Mapping[str, str] = field(default_factory=dict)
    """User metadata, lower-case names without ``x-amz-meta-``, values percent-decoded. Empty in listings."""


class ObjectStore(Protocol):
    """One bucket. Keys carry surrogate ids only, except in the inbox, where stations name the keys."""

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
        """Store. False, and nothing changed: with ``write_once`` (``If-None-Match: *``) the key was there already;
        with ``replaces`` (``If-Match``) it no longer holds the bytes of that etag.
        """
        ...

    def get(self, key: str, *, version: str | None = None) -> bytes:
        """Raises NotFoundError."""
        ...

    def fetch(self, key: str, *, version: str | None = None) -> tuple[bytes, StoredObject]:
        """What ``get`` and ``stat`` tell, of one version and in one request. Raises NotFoundError."""
        ...

    def download(self, key: str, path: Path, *, version: str | None = None) -> StoredObject:
        """Stream to a file. Raises NotFoundError."""
        ...

    def digest(self, key: str) -> str:
        """SHA-256 of the bytes in hexadecimal; they are kept nowhere. Raises NotFoundError."""
        ...

    def stat(self, key: str) -> StoredObject | None: ...

    def list(self, prefix: str = "", *, versions: bool = False, recursive: bool = True) -> Iterator[StoredObject]:
        """Objects under the prefix in key order; with ``versions`` every stored version, no delete markers.
        Not ``recursive``: only those with no further ``/`` behind the prefix.
        """
        ...

    def folders(self, prefix: str = "") -> Iterator[str]:
        """The prefixes one step below, each ending in ``/``. A folder emptied lately may still be named."""
        ...

    def delete(self, key: str, *, version: str | None = None) -> None:
        """Delete one object (or exactly one version). Deleting what is not there is no error."""
        ...

    def retain(self, key: str, until: datetime, *, version: str | None = None) -> None:
        """Nobody can delete this version before; a time that is later already stays. ``version`` None: the newest.
        Raises ConfigError where the bucket has no object lock, as do the others below.
        """
        ...

    def retained_until(self, key: str, *, version: str | None = None) -> datetime | None:
        """To the second; None where nothing keeps it."""
        ...

    def hold(self, key: str, *, on: bool, version: str | None = None) -> None:
        """Nobody can delete this version as long as the hold is on, whatever its time."""
        ...

    def is_held(self, key: str, *, version: str | None = None) -> bool: ...

    def link(self, key: str, lifetime: timedelta, *, download_name: str | None = None) -> str:
        """Pre-signed GET URL."""
        ...
