"""A scan in parts: those that are missing are sent, each with its SHA-256, and then the whole is handed in."""

import base64
import hashlib
from pathlib import Path

from digitize.client import operations
from digitize.client.errors import ApiError
from digitize.client.models import Receipt, Upload
from digitize.client.transport import Transport


def send(transport: Transport, upload: Upload, path: Path) -> Receipt:
    """Raises ApiError; ``checksum_mismatch`` where the file is not the one that was announced."""
    if upload.receipt is not None:
        return upload.receipt
    if sha256_of(path) != upload.sha256:
        raise ApiError.mismatch()
    with path.open("rb") as file:
        for number in sorted(set(range(1, upload.part_count + 1)) - set(upload.parts)):
            file.seek((number - 1) * upload.part_size)
            part = file.read(upload.part_size)
            digest = base64.b64encode(hashlib.sha256(part).digest()).decode()
            headers = {"Content-Digest": f"sha-256=:{digest}:", "Content-Type": "application/octet-stream"}
            place = {"upload_id": upload.upload_id, "number": str(number)}
            transport.ask(operations.PUT_PART, place, content=part, headers=headers)
    return transport.ask(operations.COMPLETE_UPLOAD, {"upload_id": upload.upload_id})


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
