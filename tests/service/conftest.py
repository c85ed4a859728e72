"""The doors on real parts: SeaweedFS, SQLite, the real application; papers of people who do not exist."""

import re
import secrets
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from digitize.config import Config, Service, Storage
from digitize.identity import document_id
from digitize.model import (
    Box,
    DocumentType,
    Dossier,
    FieldRecord,
    FieldState,
    PageRecord,
    Record,
    Source,
    Status,
    Validity,
)
from service.app import create_app
from service.web import make_server
from storage.api import Arrival, Client, Hold, Lease, Outcome, Publish
from storage.catalogue import DATABASE_FILE, SqlCatalogue, database_url
from storage.database import open_engine
from storage.keys import page_key, record_key, signed_key
from storage.objects import Stores, ensure_buckets, open_stores
from tests.catalogue_keys import KEY, put_key
from tests.servers import HANGS_AFTER_S

OWNER = "001319012345"
NAME = "NGUYỄN THỊ MINH AN"
PURPOSE = {"dossier": "H99.02-260912-0007", "procedure": "1.000894"}
NAMED = "?dossier=H99.02-260912-0007&procedure=1.000894"
"""The same in a query."""
_LEASE = timedelta(minutes=5)
JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")


def read(
    value: str | None, state: FieldState = "accepted", box: Box | None = None, text: str | None = None
) -> FieldRecord:
    return FieldRecord(value=value, text=text or value, confidence=0.97, state=state, page=1 if box else None, box=box)


def birth_certificate(state: FieldState = "accepted", number: int = 123) -> dict[str, FieldRecord]:
    """Fields as extraction gives them; name and number in ``state``."""
    name = read(NAME, state, (0.26, 0.217, 0.62, 0.24))
    personal_id = read(OWNER, state, (0.32, 0.337, 0.5, 0.358))
    return {
        "full_name": name,
        "date_of_birth": read("2019-03-07", box=(0.31, 0.257, 0.45, 0.278), text="07/3/2019"),
        "sex": read("female", text="Nữ"),
        "personal_id": personal_id,
        "document_number": read(f"{number}/2026"),
        "issue_date": read("2026-09-12", text="12 tháng 9 năm 2026"),
        "issuing_agency": read("ỦY BAN NHÂN DÂN XÃ SƠN HẠ"),
        "signer_name": read("TRẦN VĂN BÌNH"),
        "owner_name": name,
        "owner_id": personal_id,
    }


@dataclass
class Clock:
    """Stands still but for a millisecond a look, so that later is later; moves on when told."""

    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        self.now += timedelta(milliseconds=1)
        return self.now


@dataclass
class Doors:
    """The application with everything behind it within reach."""

    http: httpx.Client
    catalogue: SqlCatalogue
    stores: Stores
    config: Config
    clock: Clock
    count: int = 0

    def key(self, *scopes: str, units: tuple[str, ...] = ()) -> str:
        return self.client(*scopes, units=units)[1]

    def client(self, *scopes: str, units: tuple[str, ...] = ()) -> tuple[Client, str]:
        return self.catalogue.add_client("Cổng thử nghiệm", frozenset(scopes), frozenset(units))

    def bearer(self, *scopes: str, units: tuple[str, ...] = ()) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key(*scopes, units=units)}"}

    def receive(self, unit: str = "H99.01", dossier: str | None = None) -> str:
        self.count += 1
        sha256 = secrets.token_hex(32)
        code = dossier or f"{unit}-260912-{self.count:04d}"
        identity = document_id(unit=unit, dossier=code, component="TP01", sha256=sha256)
        arrival = Arrival(
            document_id=identity,
            unit=unit,
            dossier=code,
            component="TP01",
            role="component",
            filename=f"khai sinh {self.count}.pdf",
            sha256=sha256,
            size=1_034_439,
            media_type="application/pdf",
        )
        assert self.catalogue.register(arrival)
        return identity

    def record(self, identity: str, fields: dict[str, FieldRecord], type_code: str = "birth_certificate") -> Record:
        row = self.catalogue.find(identity)
        assert row is not None
        return Record(
            schema=1,
            document_id=identity,
            status=Status.PROCESSING,
            dossier=Dossier(code=row.dossier, component=row.component, unit=row.unit),
            source=Source(
                filename=row.filename, sha256=row.sha256, media_type=row.media_type, size=row.size, page_count=1
            ),
            document_type=DocumentType(code=type_code, confidence=0.98),
            fields=fields,
            validity=Validity(issued="2026-09-12"),
        )

    def settle(self, identity: str, outcome: Outcome) -> None:
        lease = self.catalogue.claim(identity, "inspect", "test", _LEASE)
        assert isinstance(lease, Lease)
        self.catalogue.settle(lease, outcome)

    def publish(
        self,
        unit: str = "H99.01",
        fields: dict[str, FieldRecord] | None = None,
        pdf: bytes = b"%PDF-1.7\n",
        type_code: str = "birth_certificate",
        text: str | None = None,
    ) -> str:
        """``text``: of its only page."""
        identity = self.receive(unit)
        shown = fields or birth_certificate(number=122 + self.count)
        pages = () if text is None else (PageRecord(number=1, text=text, dpi=300),)
        more = {"status": Status.PUBLISHED, "pages": pages}
        record = self.record(identity, shown, type_code).model_copy(update=more)
        self.stores.archive.put(signed_key(identity), pdf, "application/pdf")
        self.stores.archive.put(record_key(identity), record.to_json(), "application/json")
        self.settle(identity, Publish(record))
        return identity

    def hold(self, unit: str = "H99.01", fields: dict[str, FieldRecord] | None = None, *also: str) -> str:
        """Held for its fields in review, and for ``also``."""
        identity = self.receive(unit)
        shown = fields or birth_certificate("review")
        self.stores.work.put(page_key(identity, 1, "jpg"), JPEG, "image/jpeg")
        self.stores.work.put(
            page_key(identity, 1, "json"), b'{"width_px": 2480, "height_px": 3508}', "application/json"
        )
        doubtful = [name for name, one in shown.items() if one.state == "review" and not name.startswith("owner_")]
        self.settle(identity, Hold(self.record(identity, shown), (*doubtful, *also)))
        return identity

    def kinds(self, identity: str | None = None) -> list[str]:
        """Kinds of the log's entries, newest first."""
        return [event.kind for event in self.catalogue.events(identity, limit=500)]

    def whole_log(self) -> str:
        return repr(self.catalogue.events(limit=10_000))

    def sign_in(self, units: tuple[str, ...] = ()) -> str:
        """Sit down at the console; gives the client's id."""
        client, key = self.client("console", units=units)
        answer = self.http.post("/console/login", data={"key": key})
        assert answer.status_code == 303, answer.text
        return client.client_id

    def form(self, identity: str) -> dict[str, list[str]]:
        """What a browser would send back of the document's page, nothing ticked."""
        page = self.http.get(f"/console/documents/{identity}").text
        found: dict[str, list[str]] = {}
        form = page[page.index(f'action="/console/documents/{identity}"') :]
        for tag in re.findall(r"<input [^>]*>", form):
            attributes = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
            if attributes.get("type") != "checkbox":
                found.setdefault(attributes["name"], []).append(attributes.get("value", ""))
        for name, options in re.findall(r'<select name="([^"]*)".*?>(.*?)</select>', form, re.DOTALL):
            chosen = re.search(r'value="(\w*)" selected', options)
            found[name] = [chosen.group(1) if chosen else ""]
        return found


@pytest.fixture(scope="session")
def buckets(embedded: Config) -> Storage:
    """One set for all tests of the doors: each test's documents have ids of their own."""
    suffix = secrets.token_hex(6)
    storage = embedded.storage.model_copy(
        update={f"{name}_bucket": f"{name}-{suffix}" for name in ("inbox", "archive", "work")}
    )
    ensure_buckets(storage)
    return storage


@pytest.fixture
def config(embedded: Config, buckets: Storage, tmp_path: Path) -> Config:
    """Tests of limits put their own in its place."""
    doors = Service(webhook_hosts=("portal.example",))
    return embedded.model_copy(update={"storage": buckets, "data_dir": tmp_path / "var", "service": doors})


@pytest.fixture
def stores(config: Config) -> Stores:
    return open_stores(config.storage)


@pytest.fixture
def doors(config: Config, stores: Stores, migrated_sqlite: Path) -> Iterator[Doors]:
    put_key(config)
    shutil.copyfile(migrated_sqlite, config.data_dir / DATABASE_FILE)
    with open_doors(config, stores) as opened:
        yield opened


@pytest.fixture
def postgresql_doors(config: Config, stores: Stores, postgresql_url: str) -> Iterator[Doors]:
    put_key(config)
    storage = config.storage.model_copy(update={"database_url": postgresql_url})
    with open_doors(config.model_copy(update={"storage": storage}), stores) as opened:
        yield opened


@contextmanager
def open_doors(config: Config, stores: Stores) -> Iterator[Doors]:
    clock = Clock()
    engine = open_engine(database_url(config))
    catalogue = SqlCatalogue(engine, KEY, clock)
    app = create_app(config, catalogue, stores.archive, stores.work, clock)
    with serving(app) as base_url, httpx.Client(base_url=base_url, verify=False, timeout=HANGS_AFTER_S) as http:
        yield Doors(http, catalogue, stores, config, clock)
    engine.dispose()


@contextmanager
def serving(app: FastAPI) -> Iterator[str]:
    """The application behind a real server on a free port of the loopback; gives its address."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = make_server(app, Service())
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
