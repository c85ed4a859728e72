"""Servers run once for each test process; buckets and databases are new for each test."""

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from digitize.config import Config
from storage.catalogue import SqlCatalogue
from storage.database import migrate, open_engine
from storage.objects import Stores, ensure_buckets, open_stores
from storage.tables import Base
from tests.catalogue_keys import KEY
from tests.servers import embedded_stack, postgresql


@pytest.fixture(scope="session")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Config]:
    """SeaweedFS and Redis, with stations H99.01 and H99.02 on the bucket ``inbox``."""
    with embedded_stack(tmp_path_factory.mktemp("embedded") / "var") as config:
        yield config


@pytest.fixture
def stack(embedded: Config, tmp_path: Path) -> Config:
    """The embedded servers with three new buckets and a data directory of this test's own."""
    suffix = uuid.uuid4().hex[:12]
    buckets = {f"{name}_bucket": f"{name}-{suffix}" for name in ("inbox", "archive", "work")}
    storage = embedded.storage.model_copy(update=buckets)
    ensure_buckets(storage)
    return embedded.model_copy(update={"storage": storage, "data_dir": tmp_path / "var"})


@pytest.fixture
def stores(stack: Config) -> Stores:
    return open_stores(stack.storage)


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "migrated.sqlite"
    migrate(f"sqlite:///{path}", KEY)
    return path


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """A new, migrated SQLite database."""
    path = tmp_path / "catalogue.sqlite"
    shutil.copyfile(migrated_sqlite, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """URL of a running PostgreSQL with migrated tables."""
    with postgresql() as url:
        migrate(url, KEY)
        yield url


@pytest.fixture
def postgresql_url(postgresql_server: str) -> str:
    """A PostgreSQL database as it was when migrated; emptying it takes a tenth of making a new one."""
    tables = ["search_words", *(name for name in Base.metadata.tables if name not in ("log_head", "catalogue_key"))]
    with psycopg.connect(postgresql_server) as connection:
        connection.execute("SET session_replication_role = replica")  # past the triggers and foreign keys
        for table in tables:
            connection.execute(SQL("DELETE FROM {}").format(Identifier(table)))
        connection.execute("UPDATE log_head SET sequence = 0, hash = repeat('0', 64)")
        connection.execute("ALTER TABLE events ENABLE TRIGGER ALL")
    return postgresql_server


@pytest.fixture(params=["sqlite", "postgresql"])
def catalogue_url(request: pytest.FixtureRequest) -> str:
    """The same test on both databases."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def catalogue(catalogue_url: str) -> Iterator[SqlCatalogue]:
    engine = open_engine(catalogue_url)
    yield SqlCatalogue(engine, KEY)
    engine.dispose()
