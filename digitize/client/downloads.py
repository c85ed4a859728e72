"""Files out of the archive: streamed, checked against their record, and under their name only when they passed."""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from digitize.client.errors import ApiError
from digitize.client.transport import Sink, Transport
from digitize.model import Record

_CHANGES_LATER = {"signatures", "status", "validity"}
"""What a record says that is not known yet when it is put into the PDF."""


def fetch_original(transport: Transport, url: str, path: Path, record: Record) -> None:
    with _appearing(path) as part:
        if _fetch(transport, url, part) != record.source.sha256:
            raise ApiError.mismatch()


def fetch_pdf(transport: Transport, url: str, path: Path, record: Record) -> None:
    """A PDF that carries the record of itself cannot be named in it by hash: it is known by that record. One that
    came in signed is the file that was handed in.
    """
    with _appearing(path) as part:
        sha256 = _fetch(transport, url, part)
        fits = sha256 == record.source.sha256 if record.source.signed else _carries(part, record)
        if not fits:
            raise ApiError.mismatch()


def _fetch(transport: Transport, url: str, part: Path) -> str:
    """SHA-256 of what arrived, hexadecimal."""
    digest = hashlib.sha256()

    def begin() -> Sink:
        nonlocal digest
        digest = hashlib.sha256()
        return digest.update

    transport.fetch(url, part, begin)
    return digest.hexdigest()


def _carries(pdf: Path, record: Record) -> bool:
    # A portal that fetches no PDF need not load what opens one.
    from pikepdf import PdfError  # noqa: PLC0415

    from digitize.assembly.document import read_embedded_record  # noqa: PLC0415

    try:
        found = read_embedded_record(pdf)
    except (PdfError, ValueError):
        return False
    return found is not None and _lasting(found) == _lasting(record)


def _lasting(record: Record) -> dict[str, object]:
    return record.model_dump(exclude=_CHANGES_LATER)


@contextmanager
def _appearing(path: Path) -> Iterator[Path]:
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
