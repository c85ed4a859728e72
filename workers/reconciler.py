"""Compares inbox, catalogue and archive, and puts right what differs: the proof that nothing is lost."""

import logging
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar

from digitize.errors import DigitizeError
from digitize.identity import ID_LETTERS, is_document_id
from digitize.model import Status
from signing.detached import DetachedChecker
from signing.trust import TrustRoots
from storage.api import Arrival, Catalogue, Publication
from storage.keys import archive_prefix
from storage.object_api import ObjectStore
from storage.objects import Stores
from storage.open_catalogue import OpenCatalogue
from storage.revocations import read_revocation
from workers.intake import waiting
from workers.publications import PARTS, RECORD, REVOCATION, SIGNATURE, Part, PublicationReader, read_arrival
from workers.secret_papers import delete_scan, is_secret
from workers.statuses import is_told, write_status

T = TypeVar("T")
log = logging.getLogger(__name__)

_NEWEST_COMPARED = 10_000
_BATCH = 200
"""Documents brought back in one transaction."""
_NEVER = datetime.max.replace(tzinfo=UTC)
_SIDE_BY_SIDE = 8
"""Of what is asked of the object store."""


Found = dict[str, dict[str, Part]]
"""By document, what the archive has of it."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What one pass found. All ids are document ids."""

    waiting_in_inbox: int
    originals: int
    restored: int
    """Published documents the catalogue had lost, and knows again."""
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


def reconcile(
    catalogue: OpenCatalogue, stores: Stores, trust_roots: TrustRoots, *, since: datetime | None = None
) -> Statement:
    """One pass over the whole archive and the newest rows of the catalogue.

    What the catalogue has lost comes back from the archive: as published where record, signature and original belong
    together, and otherwise as just received. ``since``: stations' statuses are compared for documents changed after it;
    None: for all of those rows.
    """
    rows = catalogue.documents(limit=_NEWEST_COMPARED)
    found = _list(stores.archive)
    keys = {
        document_id: f"{document_id[:2]}/{document_id}/{name}"
        for document_id, names in found.items()
        for name in names
        if name.startswith("original.")
    }
    known = catalogue.errors_of(list(keys))
    lost = [document_id for document_id in keys if document_id not in known]
    # As they were published: the index of words takes what comes last far sooner.
    lost.sort(key=lambda document_id: found[document_id][RECORD].since if RECORD in found[document_id] else _NEVER)
    secret = {row.document_id for row in rows if is_secret(row.error_code)}
    secret |= {document_id for document_id, code in known.items() if is_secret(code)}
    restored, again = _bring_back(
        [keys[document_id] for document_id in lost],
        found,
        catalogue,
        PublicationReader(stores.archive, DetachedChecker(trust_roots)),
    )
    _revoke_again((identity for identity, names in found.items() if REVOCATION in names), catalogue, stores)
    _make_searchable(catalogue)
    statement = Statement(
        waiting_in_inbox=sum(1 for _ in waiting(stores.inbox)),
        originals=len(keys),
        restored=restored,
        registered_again=tuple(again),
        original_missing=tuple(
            row.document_id for row in rows if row.document_id not in keys and row.document_id not in secret
        ),
        publication_missing=tuple(
            row.document_id
            for row in rows
            if row.status == Status.PUBLISHED and not found.get(row.document_id, {}).keys() >= PARTS
        ),
        secret_left=tuple(identity for identity in sorted(secret) if not _delete_secret(catalogue, stores, identity)),
        statuses_rewritten=_put_statuses_right(
            catalogue, stores, [row.document_id for row in rows if since is None or row.updated_at >= since]
        ),
    )
    _report(statement)
    return statement


def _list(archive: ObjectStore) -> Found:
    """Several parts of the archive at once, by the first letter of the ids: a store thinks as long as we read."""
    found: Found = {}
    with ThreadPoolExecutor(_SIDE_BY_SIDE) as pool:
        for part in pool.map(partial(_list_part, archive), ID_LETTERS):
            found |= part
    return found


def _list_part(archive: ObjectStore, letter: str) -> Found:
    found: Found = {}
    for stored in archive.list(letter):
        _, document_id, name = (*stored.key.split("/", 2), "", "")[:3]
        if not (is_document_id(document_id) and stored.key.startswith(archive_prefix(document_id))):
            continue  # somebody's copy of a paper must not be taken for the paper
        tag = stored.etag if name == SIGNATURE else ""
        # The names are a handful, and a million papers have four each.
        found.setdefault(document_id, {})[sys.intern(name)] = Part(stored.size, stored.last_modified, tag)
    return found


def _bring_back(
    lost: list[str], found: Found, catalogue: Catalogue, reader: PublicationReader
) -> tuple[int, list[str]]:
    """How many came back as published, and who as received."""
    restored = 0
    again: list[str] = []
    for told in _look_ahead(lost, lambda key: _look_at(key, found[_document_of(key)], reader)):
        restored += catalogue.restore([one for one in told if isinstance(one, Publication)])
        again += [one.document_id for one in told if isinstance(one, Arrival) and catalogue.register(one)]
    return restored, again


def _revoke_again(identities: Iterable[str], catalogue: OpenCatalogue, stores: Stores) -> None:
    """What the archive says was revoked, and a catalogue that came back, or missed it, still has as valid."""
    for identity in identities:
        row = catalogue.find(identity)
        if row is not None and row.status is Status.PUBLISHED:
            catalogue.revoke(identity, read_revocation(stores.archive, identity), "reconciler")


def _make_searchable(catalogue: OpenCatalogue) -> None:
    """What was published before there was text search, or lost its place in the index."""
    last: str | None = ""
    while last is not None:
        last = catalogue.index_missing(_BATCH, last)


def _look_at(key: str, parts: Mapping[str, Part], reader: PublicationReader) -> Publication | Arrival | None:
    if parts.keys() >= PARTS:
        publication = reader.read(key, parts)
        if publication is not None:
            return publication
        log.error(
            "document %s: its publication does not belong to its original, and is not believed", _document_of(key)
        )
    return read_arrival(reader.archive, key)


def _document_of(key: str) -> str:
    return key.split("/")[1]


def _look_ahead(keys: list[str], look: Callable[[str], T]) -> Iterator[list[T]]:
    """What of each batch is found; the store is asked for the next one while the caller writes."""
    with ThreadPoolExecutor(_SIDE_BY_SIDE) as pool:
        coming: list[Future[T]] = []
        for start in range(0, len(keys), _BATCH):
            following = [pool.submit(look, key) for key in keys[start : start + _BATCH]]
            if coming:
                yield [one.result() for one in coming]
            coming = following
        yield [one.result() for one in coming]


def _delete_secret(catalogue: Catalogue, stores: Stores, document_id: str) -> bool:
    """What a worker that died, or one that came too late, left of a secret paper."""
    try:
        delete_scan(document_id, catalogue, stores, "reconciler")
    except DigitizeError:
        return False
    return True


def _put_statuses_right(catalogue: Catalogue, stores: Stores, document_ids: list[str]) -> int:
    """A worker that died between its last transaction and the station's status leaves an old one behind. How many did.

    Until this is done the dispatcher hands out nothing, so the store is asked for several at once.
    """

    def put_right(document_id: str) -> bool:
        row = catalogue.find(document_id)
        if row is None or is_told(stores.inbox, row):
            return False
        write_status(stores.inbox, row)
        return True

    with ThreadPoolExecutor(_SIDE_BY_SIDE) as pool:
        return sum(pool.map(put_right, document_ids))


def _report(statement: Statement) -> None:
    if statement.restored:
        log.warning("%d published documents restored from the archive", statement.restored)
    for document_id in statement.registered_again:
        log.warning("document %s: registered again from the archive", document_id)
    for document_id in statement.original_missing:
        log.error("document %s: its original is missing in the archive", document_id)
    for document_id in statement.publication_missing:
        log.error("document %s: published, but not whole in the archive", document_id)
    for document_id in statement.secret_left:
        log.error("document %s: secret, and the object store refuses to delete its scan", document_id)
    log.info("nothing lost: %s; %d originals", "yes" if statement.is_whole else "NO", statement.originals)
