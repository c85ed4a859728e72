"""Scans that come in by the API in parts, kept in the work bucket until they are whole.

The service may write the work bucket only; what is finished is taken to the inbox by intake (``workers/uploads.py``).
A part is an object of its own, not one of an S3 multipart upload: weak lines want parts of less than its 5 MiB, the
parts of one cannot be read back before the object they make is there for everybody to see, and completing one is not
safe against a second time (``storage/objects.py``).
"""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from digitize.errors import NotFoundError
from digitize.identity import document_id
from digitize.upload_errors import UploadIncompleteError, UploadMismatchError
from storage.api import Priority
from storage.keys import (
    FINISHED_PREFIX,
    UPLOADS_PREFIX,
    finished_key,
    inbox_key,
    is_upload_id,
    part_key,
    parts_prefix,
    upload_key,
    upload_prefix,
)
from storage.object_api import ObjectStore

PART_BYTES = 1 << 20
"""Half a minute on a line of 256 kbit/s: so much is sent again where it breaks."""
_BYTES, _JSON = "application/octet-stream", "application/json"
_COMPLETING = timedelta(hours=1)
"""More than a completion that began in time can take."""
_NAMED_MAX = 20


class Upload(BaseModel):
    """A scan announced. ``filename`` may hold personal data; it is forgotten once the scan is in the inbox."""

    model_config = ConfigDict(frozen=True)

    upload_id: str
    client_id: str
    unit: str
    dossier: str
    component: str
    filename: str
    size: int
    """Bytes, at least 1."""
    sha256: str
    """Of the whole, hexadecimal."""
    priority: Priority
    part_bytes: int = PART_BYTES
    """Of every part but the last."""
    expires_at: datetime
    dropped: bool = False
    """It is in the inbox, or was."""

    @property
    def part_count(self) -> int:
        return -(-self.size // self.part_bytes)

    @property
    def document_id(self) -> str:
        return document_id(unit=self.unit, dossier=self.dossier, component=self.component, sha256=self.sha256)

    @property
    def inbox_key(self) -> str:
        return inbox_key(unit=self.unit, dossier=self.dossier, component=self.component, filename=self.filename)

    def part_length(self, number: int) -> int:
        """Bytes of a part, 1-based; 0 of one that there is not."""
        if not 1 <= number <= self.part_count:
            return 0
        return self.part_bytes if number < self.part_count else self.size - (number - 1) * self.part_bytes


class Uploads:
    """Safe to use from several threads and processes at once."""

    def __init__(self, work: ObjectStore) -> None:
        self._work = work

    # --- while it comes in --------------------------------------------------------------------------------

    def begin(self, upload: Upload) -> None:
        self._write(upload)

    def find(self, untrusted_id: str) -> Upload | None:
        """Whatever its age."""
        if not is_upload_id(untrusted_id):
            return None
        try:
            return Upload.model_validate_json(self._work.get(upload_key(untrusted_id)))
        except NotFoundError:
            return None

    def is_complete(self, upload_id: str) -> bool:
        # In this order: it is marked as dropped before it disappears from among the finished.
        if self._work.stat(finished_key(upload_id)) is not None:
            return True
        upload = self.find(upload_id)
        return upload is not None and upload.dropped

    def put_part(self, upload: Upload, number: int, data: bytes) -> None:
        """In any order; one that is there is replaced."""
        self._work.put(part_key(upload.upload_id, number), data, _BYTES)

    def arrived(self, upload: Upload) -> list[int]:
        """Numbers of the parts that are there, in order."""
        prefix = parts_prefix(upload.upload_id)
        return [int(found.key.removeprefix(prefix)) for found in self._work.list(prefix)]

    def assemble(self, upload: Upload, path: Path) -> None:
        """Write the whole to ``path``. Raises UploadIncompleteError, UploadMismatchError."""
        missing = sorted(set(range(1, upload.part_count + 1)) - set(self.arrived(upload)))
        if missing:
            raise UploadIncompleteError(parts=_name(missing))
        digest = hashlib.sha256()
        with path.open("wb") as file:
            for number in range(1, upload.part_count + 1):
                part = self._work.get(part_key(upload.upload_id, number))
                digest.update(part)
                file.write(part)
        if digest.hexdigest() != upload.sha256:
            raise UploadMismatchError

    def complete(self, upload: Upload, path: Path) -> None:
        """Hand the whole over, once: one put, which nothing that arrives later can change."""
        self._work.put(finished_key(upload.upload_id), path, _BYTES, write_once=True)

    # --- when it is whole, or too old ---------------------------------------------------------------------

    def finished(self) -> Iterator[str]:
        """Ids of the uploads that wait to be taken to the inbox."""
        for found in self._work.list(FINISHED_PREFIX):
            yield found.key.removeprefix(FINISHED_PREFIX)

    def fetch(self, upload_id: str, path: Path) -> None:
        """Raises NotFoundError."""
        self._work.download(finished_key(upload_id), path)

    def settle(self, upload: Upload) -> None:
        """It is in the inbox: nothing of the scan stays here, nor its name, for it may prove to be secret (ADR 5)."""
        self._write(upload.model_copy(update={"dropped": True, "filename": ""}))
        self._delete(parts_prefix(upload.upload_id))
        self._work.delete(finished_key(upload.upload_id))

    def delete_expired(self, now: datetime) -> int:
        """Forget what is too old, but for what waits to be taken to the inbox; how many."""
        deleted = 0
        for folder in self._work.folders(UPLOADS_PREFIX):
            upload_id = folder.removeprefix(UPLOADS_PREFIX).rstrip("/")
            upload = self.find(upload_id)
            if upload is not None and now < upload.expires_at + _COMPLETING:
                continue
            if not is_upload_id(upload_id) or self._work.stat(finished_key(upload_id)) is not None:
                continue
            self._delete(parts_prefix(upload_id))
            self._delete(upload_prefix(upload_id))
            deleted += upload is not None
        return deleted

    def _write(self, upload: Upload) -> None:
        self._work.put(upload_key(upload.upload_id), upload.model_dump_json().encode(), _JSON)

    def _delete(self, prefix: str) -> None:
        for found in list(self._work.list(prefix)):
            self._work.delete(found.key)


def _name(numbers: Sequence[int]) -> str:
    """The first of them, runs as ``3-7``."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    named = [str(first) if first == last else f"{first}-{last}" for first, last in runs]
    return ", ".join(named[:_NAMED_MAX] + ["…"] * (len(named) > _NAMED_MAX))
