"""Accepts what stations drop. The listing of the inbox is the truth; nothing else has to arrive.

For each object: read it through its hash, store the original write-once in the archive, register it in the
catalogue, tell the station, and only then delete exactly the version that was read. A crash anywhere leaves the
object in the inbox, and doing it again changes nothing. What was refused as secret before is not stored again.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import get_args

from digitize.config import Config
from digitize.errors import DigitizeError, InputTooLargeError, InvalidKeyError, NotFoundError
from digitize.identity import document_id
from digitize.machine_errors import told
from digitize.model import Source, Status
from storage.api import Arrival, Catalogue, Priority, Quarantine, Reject
from storage.keys import InboxKey, is_code, is_status_key, original_key, parse_inbox_key
from storage.object_api import ObjectStore, StoredObject
from storage.objects import Stores
from workers.accepted import EXTENSIONS, blank_record, describe_file, refuse
from workers.secret_papers import is_secret
from workers.statuses import write_status

log = logging.getLogger(__name__)

_MIB = 1 << 20
PRIORITY_METADATA = "priority"


@dataclass(frozen=True, slots=True)
class Intake:
    config: Config
    catalogue: Catalogue
    stores: Stores

    def run_once(self) -> int:
        """Accept everything in the inbox; the number of objects taken. One bad object never stops the rest."""
        taken = 0
        for dropped in waiting(self.stores.inbox):
            try:
                self._accept(dropped)
                taken += 1
            except (DigitizeError, OSError) as error:  # such as no room for this one, where a smaller one fits
                log.warning("an inbox object was not accepted: %s", told(error))
        return taken

    def _accept(self, dropped: StoredObject) -> None:
        with TemporaryDirectory(prefix="digitize-") as folder:
            path = Path(folder) / "dropped"
            try:
                read = self.stores.inbox.download(dropped.key, path, version=dropped.version)
            except NotFoundError:
                return  # another intake was quicker
            self._store(dropped.key, path, read_priority(read))
        self.stores.inbox.delete(dropped.key, version=dropped.version)

    def _store(self, untrusted_key: str, path: Path, priority: Priority) -> None:
        key, problem = _read_key(untrusted_key)
        filename = key.filename if key else untrusted_key.rsplit("/", 1)[-1] or "unnamed"
        source = describe_file(path, filename)
        if source.size > self.config.limits.max_input_mib * _MIB:
            problem = problem or InputTooLargeError(limit_mib=self.config.limits.max_input_mib)
        arrival = _arrival(key, untrusted_key, source, priority)
        known = self.catalogue.find(arrival.document_id)
        if known is None or not is_secret(known.error_code):
            self.stores.archive.put(
                original_key(arrival.document_id, EXTENSIONS[source.media_type]),
                path,
                source.media_type,
                write_once=True,
                metadata=origin_metadata(arrival),
            )
        is_new = self.catalogue.register(arrival)
        if problem is not None:
            self._refuse(arrival.document_id, problem)
        row = self.catalogue.find(arrival.document_id)
        if row is not None:
            write_status(self.stores.inbox, row)
        log.info("document %s: %s", arrival.document_id, "accepted" if is_new else "handed in again")

    def _refuse(self, identity: str, error: DigitizeError) -> None:
        """Ends the document before any worker opens it; does nothing where that is done already."""
        lease = self.catalogue.claim(identity, "inspect", "intake", timedelta(seconds=self.config.workers.lease_s))
        row = self.catalogue.find(identity)
        if lease is None or row is None:
            return
        record = refuse(blank_record(row), Status(error.ends_as), error.problem())
        self.catalogue.settle(lease, Reject(record) if error.ends_as == "rejected" else Quarantine(record))


def waiting(inbox: ObjectStore) -> Iterator[StoredObject]:
    """Every version of every scan in the inbox. The status folders, which grow with each document ever handed in,
    are walked around, so that a pass costs what waits and not what has been.
    """
    yield from inbox.list(versions=True, recursive=False)
    for unit in inbox.folders():
        yield from inbox.list(unit, versions=True, recursive=False)
        for dossier in inbox.folders(unit):
            if not is_status_key(dossier):
                yield from inbox.list(dossier, versions=True)


def origin_metadata(arrival: Arrival) -> dict[str, str]:
    """What the catalogue has to be rebuilt from, kept beside the original's bytes."""
    parts = {
        "unit": arrival.unit,
        "dossier": arrival.dossier,
        "component": arrival.component,
        "role": arrival.role,
        "filename": arrival.filename,
        "sha256": arrival.sha256,
        PRIORITY_METADATA: arrival.priority,
    }
    return {name: value for name, value in parts.items() if value is not None}


def arrival_from_metadata(identity: str, original: StoredObject, media_type: str) -> Arrival:
    """The arrival an original in the archive was stored with."""
    found = original.metadata
    return Arrival(
        document_id=identity,
        unit=found.get("unit"),
        dossier=found.get("dossier"),
        component=found.get("component"),
        role="result" if found.get("role") == "result" else "component",
        filename=found.get("filename", "unnamed"),
        sha256=found.get("sha256", ""),
        size=original.size,
        media_type=media_type,
        priority=read_priority(original),
    )


def _read_key(untrusted_key: str) -> tuple[InboxKey | None, DigitizeError | None]:
    try:
        return parse_inbox_key(untrusted_key), None
    except InvalidKeyError as error:
        return None, error


def _arrival(key: InboxKey | None, untrusted_key: str, source: Source, priority: Priority) -> Arrival:
    """Of a broken key only the unit is kept, where it is one, so that its station learns what happened."""
    first = untrusted_key.split("/", maxsplit=1)[0]
    unit = key.unit if key else (first if is_code(first) else None)
    dossier, component = (key.dossier, key.component) if key else (None, None)
    identity = document_id(unit=unit, dossier=dossier, component=component, sha256=source.sha256)
    return Arrival(
        document_id=identity,
        unit=unit,
        dossier=dossier,
        component=component,
        role=key.role if key else "component",
        filename=source.filename,
        sha256=source.sha256,
        size=source.size,
        media_type=source.media_type,
        priority=priority,
    )


def read_priority(stored: StoredObject) -> Priority:
    wish = stored.metadata.get(PRIORITY_METADATA, "default")
    known: tuple[Priority, ...] = get_args(Priority)
    return next((priority for priority in known if priority == wish), "default")
