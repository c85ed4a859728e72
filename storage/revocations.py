"""Revocations as the archive keeps them, beside what they revoke."""

from dataclasses import replace

from pydantic import TypeAdapter, ValidationError

from storage.keys import record_key, revocation_key
from storage.object_api import ObjectStore
from storage.retention import lock_alike
from storage.reuse_api import Revocation

_REVOCATION = TypeAdapter(Revocation)
_UNREADABLE = (
    "Giấy tờ đã bị thu hồi; không đọc được lý do trong kho lưu trữ. / "
    "The paper was revoked; the reason kept in the archive cannot be read."
)


def keep_revocation(archive: ObjectStore, document_id: str, revocation: Revocation) -> Revocation:
    """Write it once; an earlier one stands, and is given back."""
    key = revocation_key(document_id)
    is_new = archive.put(key, _REVOCATION.dump_json(revocation), "application/json", write_once=True)
    lock_alike(archive, key, record_key(document_id))
    if is_new:
        return revocation
    return read_revocation(archive, document_id)


def read_revocation(archive: ObjectStore, document_id: str) -> Revocation:
    """One that cannot be read is one all the same, as of when it was written: no damage makes a paper valid again.
    Raises NotFoundError.
    """
    data, stored = archive.fetch(revocation_key(document_id))
    try:
        found = _REVOCATION.validate_json(data)
    except ValidationError:
        return Revocation(stored.last_modified, _UNREADABLE)
    return found if found.at.tzinfo is not None else replace(found, at=stored.last_modified)
