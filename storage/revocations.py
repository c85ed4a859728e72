"""Revocations as the archive keeps them, beside what they revoke."""

from pydantic import TypeAdapter

from storage.keys import record_key, revocation_key
from storage.object_api import ObjectStore
from storage.retention import lock_alike
from storage.reuse_api import Revocation

_REVOCATION = TypeAdapter(Revocation)


def keep_revocation(archive: ObjectStore, document_id: str, revocation: Revocation) -> Revocation:
    """Write it once; an earlier one stands, and is given back."""
    key = revocation_key(document_id)
    is_new = archive.put(key, _REVOCATION.dump_json(revocation), "application/json", write_once=True)
    lock_alike(archive, key, record_key(document_id))
    if is_new:
        return revocation
    return read_revocation(archive, document_id)


def read_revocation(archive: ObjectStore, document_id: str) -> Revocation:
    """Raises NotFoundError."""
    return _REVOCATION.validate_json(archive.get(revocation_key(document_id)))
