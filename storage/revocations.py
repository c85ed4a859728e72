"""Revocations as the archive keeps them, beside what they revoke."""

from pydantic import TypeAdapter

from storage.keys import revocation_key
from storage.object_api import ObjectStore
from storage.reuse_api import Revocation

_REVOCATION = TypeAdapter(Revocation)


def keep_revocation(archive: ObjectStore, document_id: str, revocation: Revocation) -> Revocation:
    """Write it once; an earlier one stands, and is given back."""
    key = revocation_key(document_id)
    if archive.put(key, _REVOCATION.dump_json(revocation), "application/json", write_once=True):
        return revocation
    return read_revocation(archive, document_id)


def read_revocation(archive: ObjectStore, document_id: str) -> Revocation:
    """Raises NotFoundError."""
    return _REVOCATION.validate_json(archive.get(revocation_key(document_id)))
