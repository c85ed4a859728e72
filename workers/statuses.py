"""What became of a drop, for the station to read: ``{unit}/_status/{document_id}.json`` in the inbox."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from digitize.errors import NotFoundError
from digitize.model import Record
from storage.api import Catalogue, DocumentRow
from storage.keys import is_code, status_key
from storage.object_api import ObjectStore

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LOOKED_AT_MAX = 10_000
_SIDE_BY_SIDE = 8
"""Of what is asked of the object store: until this is done the dispatcher hands out nothing more."""


def write_status(inbox: ObjectStore, row: DocumentRow) -> None:
    """Write it where the unit is known; what came in under a broken key belongs to no station."""
    if row.unit is None or not is_code(row.unit):
        return
    key = status_key(row.unit, row.document_id)
    told = json.dumps(_describe(row), ensure_ascii=False, indent=2) + "\n"
    inbox.put(key, told.encode(), "application/json")
    # The inbox keeps versions so that no scan is lost; of a status only the newest says anything. Listed first and
    # asked for the newest then, so that one written meanwhile is never taken for an old one.
    versions = [stored.version for stored in inbox.list(key, versions=True)]
    newest = inbox.stat(key)
    for version in versions:
        if newest is not None and version != newest.version:
            inbox.delete(key, version=version)


def is_told(inbox: ObjectStore, row: DocumentRow) -> bool:
    """Whether the station can read what became of it; when that was told does not matter, since a catalogue that came
    back from the archive knows the day of publication only.
    """
    if row.unit is None or not is_code(row.unit):
        return True
    try:
        told = json.loads(inbox.get(status_key(row.unit, row.document_id)))
    except (NotFoundError, ValueError):
        return False
    when = {"updated_at": None}
    return isinstance(told, dict) and {**told, **when} == {**_describe(row), **when}


def put_statuses_right(catalogue: Catalogue, inbox: ObjectStore, since: datetime | None) -> int:
    """A worker that died between its last transaction and the station's status leaves an old one behind. How many did.

    ``since``: documents are looked at that changed after it, of the newest 10,000; None: all of those.
    """

    def put_right(document_id: str) -> bool:
        row = catalogue.find(document_id)
        if row is None or is_told(inbox, row):
            return False
        write_status(inbox, row)
        return True

    with ThreadPoolExecutor(_SIDE_BY_SIDE) as pool:
        return sum(pool.map(put_right, catalogue.changed(since or _EPOCH, _LOOKED_AT_MAX)))


def _describe(row: DocumentRow) -> dict[str, object]:
    """The status as the station reads it. It holds the name the station itself gave, and no field's value."""
    record: Record | None = row.record
    problem = None if record is None or record.problem is None else record.problem.model_dump(mode="json")
    doubtful = [] if record is None else [name for name, field in record.fields.items() if field.state == "review"]
    return {
        "schema": 1,
        "document_id": row.document_id,
        "filename": row.filename,
        "dossier": row.dossier,
        "component": row.component,
        "sha256": row.sha256,
        "status": row.status,
        "document_type": row.type_code,
        "needs_review": doubtful if row.status == "needs_review" else [],
        "problem": problem,
        "updated_at": row.updated_at.isoformat(timespec="seconds"),
    }
