"""A small office for tests: SeaweedFS, SQLite and one worker's bench; stations use their own keys."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from digitize.config import Config
from digitize.identity import document_id
from digitize.model import Record, Status
from digitize.recognition.choice import open_recognizer
from signing.api import VerificationReport
from signing.keys.development_ca import DIRECTORY, ROOT_FILE
from signing.verification import verify_pdf
from storage.api import AttemptStage, DocumentRow
from storage.catalogue import SqlCatalogue
from storage.database import open_engine
from storage.keys import archive_prefix, inbox_key, record_key, record_signature_key, signed_key, status_key
from storage.objects import S3Store, open_stores
from tests.catalogue_keys import KEY
from workers.accepted import describe_file
from workers.embedded import station_client
from workers.intake import Intake
from workers.jobs import Bench, attempt
from workers.stages import Tools

UNIT = "H99.01"
DOSSIER = "H99.01-261122-0001"
COMPONENT = "TP01"
PUBLICATION = ["original.jpg", "record.json", "record.json.p7s", "signed.pdf"]


@dataclass
class Clock:
    """The time of this machine, moved on when told: leases and delays need not be waited for."""

    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead

    def advance(self, seconds: float) -> None:
        self.ahead += timedelta(seconds=seconds)


@dataclass(frozen=True)
class Office:
    bench: Bench
    clock: Clock
    database: str

    @property
    def config(self) -> Config:
        return self.bench.config

    # --- what a station does ------------------------------------------------------------------------------

    def station(self, unit: str = UNIT) -> S3Store:
        """The inbox, with the unit's own key."""
        return S3Store(station_client(self.config, unit), self.config.storage.inbox_bucket)

    def drop(
        self,
        path: Path,
        *,
        unit: str = UNIT,
        dossier: str = DOSSIER,
        component: str = COMPONENT,
        filename: str | None = None,
        metadata: dict[str, str] | None = None,
    ) -> str:
        """Put a scan into the inbox; the id its document will have."""
        key = inbox_key(unit=unit, dossier=dossier, component=component, filename=filename or path.name)
        source = describe_file(path, path.name)
        self.station(unit).put(key, path, source.media_type, metadata=metadata)
        return document_id(unit=unit, dossier=dossier, component=component, sha256=source.sha256)

    def status(self, identity: str, unit: str = UNIT) -> dict[str, Any]:
        """What the station reads."""
        answer: dict[str, Any] = json.loads(self.station(unit).get(status_key(unit, identity)))
        return answer

    # --- what the workers do ------------------------------------------------------------------------------

    def accept(self) -> int:
        return Intake(self.config, self.bench.catalogue, self.bench.stores).run_once()

    def receive(self, path: Path, **place: Any) -> str:
        identity = self.drop(path, **place)
        self.accept()
        return identity

    def work(self, identity: str, stage: AttemptStage = "inspect") -> DocumentRow:
        """One attempt, as an RQ job makes it."""
        attempt(identity, stage, self.bench)
        return self.find(identity)

    @contextmanager
    def another_worker(self) -> Iterator["Office"]:
        """The same office with connections and a recognizer of its own, for use after a fork."""
        engine = open_engine(self.database)
        recognizer = open_recognizer(self.config.recognition, self.config.limits)
        tools = replace(self.bench.tools, recognizer=recognizer)
        bench = Bench(tools, SqlCatalogue(engine, KEY, self.clock), open_stores(self.config.storage))
        try:
            yield replace(self, bench=bench)
        finally:
            engine.dispose()

    # --- what became of it --------------------------------------------------------------------------------

    def find(self, identity: str) -> DocumentRow:
        row = self.bench.catalogue.find(identity)
        assert row is not None
        return row

    def outcomes(self, identity: str) -> list[tuple[str, str | None, str | None]]:
        return [(one.stage, one.outcome, one.error_code) for one in self.bench.catalogue.attempts(identity)]

    def archived(self, identity: str) -> list[str]:
        prefix = archive_prefix(identity)
        return [found.key.removeprefix(prefix) for found in self.bench.stores.archive.list(prefix)]

    def archived_versions(self, identity: str) -> list[str]:
        """Every version ever written: a second one of any name would be a publication done twice."""
        prefix = archive_prefix(identity)
        return [found.key.removeprefix(prefix) for found in self.bench.stores.archive.list(prefix, versions=True)]

    def record(self, identity: str) -> Record:
        return Record.from_json(self.bench.stores.archive.get(record_key(identity)))

    def verify(self, identity: str, folder: Path) -> VerificationReport:
        """The verdict on the archived PDF, after its record's detached signature has been verified by openssl."""
        folder.mkdir(exist_ok=True)
        pdf, record, signature = folder / "signed.pdf", folder / "record.json", folder / "record.json.p7s"
        for key, path in (
            (signed_key(identity), pdf),
            (record_key(identity), record),
            (record_signature_key(identity), signature),
        ):
            self.bench.stores.archive.download(key, path)
        verify_detached(record, signature, self.bench.tools)
        return verify_pdf(pdf, self.bench.tools.trust_roots)

    def assert_published_once(self, identity: str, folder: Path) -> None:
        """One publication, whole and verifiable: in the archive, in the catalogue, for the station."""
        row = self.find(identity)
        assert row.status == Status.PUBLISHED
        assert self.archived_versions(identity) == PUBLICATION
        assert self.verify(identity, folder).verdict == "TOTAL-PASSED"
        assert self.record(identity) == row.record
        assert [event.kind for event in self.bench.catalogue.events(identity)].count("published") == 1
        assert self.bench.catalogue.verify_log() is None
        assert self.status(identity)["status"] == "published"


def verify_detached(record: Path, signature: Path, tools: Tools) -> None:
    root = tools.config.secrets_dir / DIRECTORY / ROOT_FILE
    subprocess.run(
        ["openssl", "cms", "-verify", "-binary", "-cades", "-inform", "DER", "-in", signature, "-content", record,
         "-CAfile", root, "-purpose", "any", "-out", record.with_suffix(".verified")],
        check=True, capture_output=True, timeout=30,
    )  # fmt: skip
    assert record.with_suffix(".verified").read_bytes() == record.read_bytes()
