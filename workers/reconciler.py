"""Compares catalogue and archive, and puts right what differs: the proof that nothing is lost."""

import logging
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from digitize.config import Config
from digitize.errors import DigitizeError
from digitize.identity import ID_LETTERS, is_document_id
from digitize.model import ON_THE_WAY, Status
from storage.api import Arrival, Catalogue, Publication, Stand
from storage.keys import archive_prefix
from storage.object_api import ObjectStore
from storage.objects import Stores
from storage.open_catalogue import OpenCatalogue
from storage.retention import end_of, retain
from storage.revocations import read_revocation
from workers.archive_reading import Paper, read_all
from workers.one_by_one import OneByOne, Unreadable
from workers.prepared import delete_prepared
from workers.publications import PARTS, RECORD, REVOCATION, SIGNATURE, Part, original_of
from workers.secret_papers import delete_scan, is_secret

log = logging.getLogger(__name__)

_SEARCHABLE_AT_ONCE = 50
_NEVER = datetime.max.replace(tzinfo=UTC)
_SIDE_BY_SIDE = 8
"""Of what is asked of the object store."""


Found = dict[str, dict[str, Part]]
"""By document, what the archive has of it."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What one pass found. All ids are document ids."""

    part: str
    """What their ids begin with; '' where it was all of the archive."""
    originals: int
    restored: int
    """Published documents that the catalogue had lost, or had as still on their way, and knows as published again."""
    registered_again: tuple[str, ...]
    """Originals the catalogue had lost; they are processed anew and adopt what is published already."""
    original_missing: tuple[str, ...]
    publication_missing: tuple[str, ...]
    secret_left: tuple[str, ...]
    """Refused as secret, and the store would not delete what it holds of them."""
    unreadable: tuple[str, ...]
    """What the archive has of them cannot be read or brought back; the log says why."""

    @property
    def is_whole(self) -> bool:
        return not (self.original_missing or self.publication_missing or self.secret_left or self.unreadable)


def reconcile(
    catalogue: OpenCatalogue, stores: Stores, config: Config, part: str = "", *, hopeless: frozenset[str] = frozenset()
) -> Statement:
    """One pass over the archive, or over those papers whose ids begin with ``part``.

    What the catalogue has lost comes back from the archive: as published where record, signature and original belong
    together, and otherwise as just received; what was revoked comes first, and is never valid in between. What the
    catalogue has as still on its way, and nobody works on, is published where the archive has it so. Where a part shows
    that published papers were lost, it is a pass over all of it: a revocation lies beside one scan of a paper and holds
    for the others, and who was first is told by the time of publication. ``hopeless``: papers that could not be brought
    back a while ago; they are tried again, and are no reason to go over all of it.

    What fails for one paper is told and left for the next pass. Raises StorageUnavailableError,
    CatalogueUnavailableError and whatever else is of no single paper.
    """
    parts = [part] if part else ID_LETTERS
    # The catalogue first: an original is stored before anybody knows of it, so what is known by now must be found.
    known = _stands(catalogue, parts)
    found: Found = {}
    papers = OneByOne(stores.archive)
    for listed in _list(stores.archive, parts):  # of a million papers it takes half an hour
        _revoke_again(listed, known, catalogue, stores, papers)
        found |= listed
    keys = {
        document_id: archive_prefix(document_id) + original
        for document_id, names in found.items()
        if (original := original_of(names)) is not None
    }
    whole = {document_id for document_id in keys if found[document_id].keys() >= PARTS}
    lost = {document_id for document_id in keys if document_id not in known}
    behind = {document_id for document_id in whole if document_id in known and known[document_id].status in ON_THE_WAY}
    if lost or behind:  # or received, or published, while the archive was listed
        meanwhile = _stands(catalogue, parts)
        lost -= meanwhile.keys()
        behind = {document_id for document_id in behind if meanwhile[document_id].status in ON_THE_WAY}
    if part and (lost & whole) - hopeless:
        return reconcile(catalogue, stores, config)
    in_turn = sorted(lost | behind, key=lambda document_id: _turn(found[document_id]))
    to_read = [(keys[document_id], found[document_id]) for document_id in in_turn]
    restored, again = _bring_back(to_read, behind, catalogue, stores, config, papers)
    published = [identity for identity, stand in known.items() if stand.status is Status.PUBLISHED]
    _make_searchable([identity for identity in published if not known[identity].is_searchable], catalogue, papers)
    secret = {identity for identity, stand in known.items() if is_secret(stand.error_code)}
    statement = Statement(
        part=part,
        originals=len(keys),
        restored=restored,
        registered_again=tuple(again),
        original_missing=tuple(sorted(known.keys() - keys.keys() - secret)),
        publication_missing=tuple(one for one in published if not found.get(one, {}).keys() >= PARTS),
        secret_left=tuple(identity for identity in sorted(secret) if not _delete_secret(catalogue, stores, identity)),
        unreadable=tuple(sorted(papers.failed)),
    )
    _report(statement)
    return statement


def _stands(catalogue: Catalogue, parts: Iterable[str]) -> dict[str, Stand]:
    return {document_id: stand for part in parts for document_id, stand in catalogue.stands(part).items()}


def _list(archive: ObjectStore, parts: Iterable[str]) -> Iterator[Found]:
    """Several parts of the archive at once: a store thinks as long as we read."""
    with ThreadPoolExecutor(_SIDE_BY_SIDE) as pool:
        yield from pool.map(partial(_list_part, archive), parts)


def _list_part(archive: ObjectStore, part: str) -> Found:
    found: Found = {}
    for stored in archive.list(part):
        _, document_id, name = (*stored.key.split("/", 2), "", "")[:3]
        if not (is_document_id(document_id) and stored.key.startswith(archive_prefix(document_id))):
            continue  # somebody's copy of a paper must not be taken for the paper
        tag = stored.etag if name == SIGNATURE else ""
        # The names are a handful, and a million papers have four each.
        found.setdefault(document_id, {})[sys.intern(name)] = Part(stored.size, stored.last_modified, tag)
    return found


def _turn(names: Mapping[str, Part]) -> tuple[bool, datetime]:
    """What was revoked comes back first: another scan of the same paper is revoked as soon as it comes. The others as
    they were published: the index of words takes what comes last far sooner.
    """
    return REVOCATION not in names, names[RECORD].since if RECORD in names else _NEVER


def _bring_back(
    to_read: Sequence[Paper],
    behind: AbstractSet[str],
    catalogue: OpenCatalogue,
    stores: Stores,
    config: Config,
    papers: OneByOne,
) -> tuple[int, list[str]]:
    """How many came back as published, and who as received. ``behind``: those that are known, as still on their way; of
    them whatever is not believed stays with the workers.
    """
    restored = 0
    arrivals: list[Arrival] = []
    for told in read_all(config, to_read):
        publications = [one for one in told if isinstance(one, Publication)]
        for one in publications:
            if one.arrival.document_id in behind:
                papers.attempt(one.arrival.document_id, partial(_lock, one, stores, config))
        restored += papers.together(publications, lambda one: one.arrival.document_id, catalogue.restore)
        for one in publications:
            if one.arrival.document_id in behind:
                papers.attempt(one.arrival.document_id, partial(_tidy_up, one.arrival.document_id, catalogue, stores))
        for unreadable in told:
            if isinstance(unreadable, Unreadable):
                papers.leave(unreadable)
        arrivals += [one for one in told if isinstance(one, Arrival) and one.document_id not in behind]
    seemed_published = {key.split("/")[1] for key, parts in to_read if parts.keys() >= PARTS}
    again = []
    for arrival in arrivals:
        identity = arrival.document_id
        if identity in seemed_published:
            log.error("document %s: its publication does not belong to its original, and is not believed", identity)
        if papers.attempt(identity, partial(catalogue.register, arrival)):
            again.append(identity)
    return restored, again


def _lock(publication: Publication, stores: Stores, config: Config) -> None:
    """Whoever published it may have died before it was locked."""
    until = end_of(config.retention, publication.record.document_type.code, publication.published_at)
    if until is not None:
        retain(stores.archive, publication.arrival.document_id, until)


def _tidy_up(document_id: str, catalogue: Catalogue, stores: Stores) -> None:
    """Unless a worker has it in hand and needs what was prepared."""
    row = catalogue.find(document_id)
    if row is not None and row.status not in ON_THE_WAY:
        delete_prepared(stores.work, document_id)


def _revoke_again(
    found: Found, known: Mapping[str, Stand], catalogue: OpenCatalogue, stores: Stores, papers: OneByOne
) -> None:
    """What the archive says was revoked, and a catalogue that was put back, or missed it, still has as valid."""

    def revoke(identity: str) -> None:
        catalogue.revoke(identity, read_revocation(stores.archive, identity), "reconciler")

    for identity, names in found.items():
        if REVOCATION in names and identity in known and known[identity].status is Status.PUBLISHED:
            papers.attempt(identity, partial(revoke, identity))


def _make_searchable(document_ids: Sequence[str], catalogue: OpenCatalogue, papers: OneByOne) -> None:
    """What was published before there was text search, or lost its place in the index."""

    def make(identities: Sequence[str]) -> int:
        catalogue.make_searchable(identities)
        return len(identities)

    for start in range(0, len(document_ids), _SEARCHABLE_AT_ONCE):
        papers.together(document_ids[start : start + _SEARCHABLE_AT_ONCE], str, make)


def _delete_secret(catalogue: Catalogue, stores: Stores, document_id: str) -> bool:
    """What a worker that died, or one that came too late, left of a secret paper."""
    try:
        delete_scan(document_id, catalogue, stores, "reconciler")
    except DigitizeError:
        return False
    return True


def _report(statement: Statement) -> None:
    if statement.restored:
        log.warning(
            "%d published documents restored from the archive; procedures, units, dossiers and clients are not in it, "
            "import and make them again where they are gone",
            statement.restored,
        )
    for document_id in statement.registered_again:
        log.warning("document %s: registered again from the archive", document_id)
    for document_id in statement.original_missing:
        log.error("document %s: its original is missing in the archive", document_id)
    for document_id in statement.publication_missing:
        log.error("document %s: published, but not whole in the archive", document_id)
    if statement.unreadable:
        log.error("documents that could not be read or brought back: %d", len(statement.unreadable))
    for document_id in statement.secret_left:
        log.error("document %s: secret, and the object store refuses to delete its scan", document_id)
