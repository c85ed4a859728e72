"""Compares inbox, catalogue and archive, and puts right what differs: the proof that nothing is lost."""

import logging
from dataclasses import dataclass
from datetime import datetime

from digitize.errors import DigitizeError, NotFoundError
from digitize.model import Status
from storage.api import Arrival, Catalogue
from storage.keys import is_code, status_key
from storage.object_api import StoredObject
from storage.objects import Stores
from workers.accepted import EXTENSIONS
from workers.intake import arrival_from_metadata, waiting
from workers.secret_papers import delete_scan, is_secret
from workers.statuses import describe, write_status

log = logging.getLogger(__name__)

_NEWEST_COMPARED = 10_000
_PUBLICATION = frozenset({"signed.pdf", "record.json", "record.json.p7s"})
_MEDIA_TYPES = {extension: media_type for media_type, extension in EXTENSIONS.items()}


@dataclass(frozen=True, slots=True)
class Statement:
    """What one pass found. All ids are document ids."""

    waiting_in_inbox: int
    originals: int
    registered_again: tuple[str, ...]
    """Originals the catalogue had lost; they are processed anew and adopt what is published already."""
    original_missing: tuple[str, ...]
    publication_missing: tuple[str, ...]
    secret_left: tuple[str, ...]
    """Refused as secret, and the store would not delete what it holds of them."""
    statuses_rewritten: int

    @property
    def is_whole(self) -> bool:
        return not self.original_missing and not self.publication_missing and not self.secret_left


def reconcile(catalogue: Catalogue, stores: Stores, *, since: datetime | None = None) -> Statement:
    """One pass over the whole archive and the newest rows of the catalogue.

    ``since``: stations' statuses are compared for documents changed after it; None: for all of those rows.
    """
    rows = catalogue.documents(limit=_NEWEST_COMPARED)
    originals: set[str] = set()
    published: dict[str, set[str]] = {}
    again = []
    secret = {row.document_id for row in rows if is_secret(row)}
    for stored in stores.archive.list():
        document_id, _, name = stored.key.partition("/")[2].partition("/")
        if name.startswith("original."):
            originals.add(document_id)
            row = catalogue.find(document_id)
            if row is not None and is_secret(row):
                secret.add(document_id)
            elif row is None and _register_again(catalogue, stores, stored):
                again.append(document_id)
        else:
            published.setdefault(document_id, set()).add(name)
    statement = Statement(
        waiting_in_inbox=sum(1 for _ in waiting(stores.inbox)),
        originals=len(originals),
        registered_again=tuple(again),
        original_missing=tuple(
            row.document_id for row in rows if row.document_id not in originals and row.document_id not in secret
        ),
        publication_missing=tuple(
            row.document_id
            for row in rows
            if row.status == Status.PUBLISHED and not published.get(row.document_id, set()) >= _PUBLICATION
        ),
        secret_left=tuple(identity for identity in sorted(secret) if not _delete_secret(catalogue, stores, identity)),
        statuses_rewritten=sum(
            _put_status_right(catalogue, stores, row.document_id)
            for row in rows
            if since is None or row.updated_at >= since
        ),
    )
    _report(statement)
    return statement


def _register_again(catalogue: Catalogue, stores: Stores, original: StoredObject) -> bool:
    found = stores.archive.stat(original.key)
    if found is None:
        return False
    document_id = original.key.split("/")[1]
    media_type = _MEDIA_TYPES[original.key.rsplit(".", 1)[-1]]
    arrival: Arrival = arrival_from_metadata(document_id, found, media_type)
    return catalogue.register(arrival)


def _delete_secret(catalogue: Catalogue, stores: Stores, document_id: str) -> bool:
    """What a worker that died, or one that came too late, left of a secret paper."""
    try:
        delete_scan(document_id, catalogue, stores, "reconciler")
    except DigitizeError:
        return False
    return True


def _put_status_right(catalogue: Catalogue, stores: Stores, document_id: str) -> bool:
    """A worker that died between its last transaction and the station's status leaves an old one behind."""
    row = catalogue.find(document_id)
    if row is None or row.unit is None or not is_code(row.unit):
        return False
    try:
        if stores.inbox.get(status_key(row.unit, document_id)) == describe(row):
            return False
    except NotFoundError:
        pass
    write_status(stores.inbox, row)
    return True


def _report(statement: Statement) -> None:
    for document_id in statement.registered_again:
        log.warning("document %s: registered again from the archive", document_id)
    for document_id in statement.original_missing:
        log.error("document %s: its original is missing in the archive", document_id)
    for document_id in statement.publication_missing:
        log.error("document %s: published, but not whole in the archive", document_id)
    for document_id in statement.secret_left:
        log.error("document %s: secret, and the object store refuses to delete its scan", document_id)
    log.info("nothing lost: %s; %d originals", "yes" if statement.is_whole else "NO", statement.originals)
