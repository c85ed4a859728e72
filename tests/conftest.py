"""Servers run once for each test process; buckets and databases are new for each test."""

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url

from digitize.config import Config
from storage.catalogue import SqlCatalogue
from storage.database import migrate, open_engine
from storage.objects import Stores, ensure_buckets, open_stores
from tests.servers import embedded_stack, postgresql

_TEMPLATE = "migrated"


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
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """A new, migrated SQLite database."""
    path = tmp_path / "catalogue.sqlite"
    shutil.copyfile(migrated_sqlite, path)
    return f"sqlite:///{path}"


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """URL of a running PostgreSQL, at a database nobody fills."""
    with postgresql() as url:
        _run_sql(url, f"CREATE DATABASE {_TEMPLATE}")
        migrate(make_url(url).set(database=_TEMPLATE))
        yield url


@pytest.fixture
def postgresql_url(postgresql_server: str) -> Iterator[str]:
    """A new, migrated PostgreSQL database."""
    name = f"test_{uuid.uuid4().hex}"
    _run_sql(postgresql_server, f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
    yield make_url(postgresql_server).set(database=name).render_as_string(hide_password=False)
    _run_sql(postgresql_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgresql"])
def catalogue_url(request: pytest.FixtureRequest) -> str:
    """The same test on both databases."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def catalogue(catalogue_url: str) -> Iterator[SqlCatalogue]:
    engine = open_engine(catalogue_url)
    yield SqlCatalogue(engine)
    engine.dispose()


def _run_sql(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())
