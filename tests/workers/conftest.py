"""The office of ``office.py``, new for each test on servers that run once."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from digitize.config import Config, Workers
from storage.catalogue import SqlCatalogue
from storage.database import open_engine
from storage.objects import ensure_buckets, open_stores
from tests.papers import write_jpeg
from tests.workers.office import Clock, Office
from workers.jobs import Bench
from workers.stages import Tools
from workers.workbench import VIETNAM, open_tools


@pytest.fixture(scope="session")
def opened_tools(embedded: Config) -> Tools:
    """With the development CA of the embedded data directory."""
    return open_tools(embedded)


@pytest.fixture(scope="session")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scan that is read in well under a second and has no fields to doubt."""
    return write_jpeg(tmp_path_factory.mktemp("paper") / "to giay.jpg")


@pytest.fixture
def office(embedded: Config, opened_tools: Tools, sqlite_url: str) -> Iterator[Office]:
    suffix = uuid.uuid4().hex[:12]
    # Stations' keys are good for the bucket ``inbox``, so that one is shared and emptied.
    buckets = {"archive_bucket": f"archive-{suffix}", "work_bucket": f"work-{suffix}"}
    config = embedded.model_copy(
        update={
            "storage": embedded.storage.model_copy(update=buckets),
            "recognition": embedded.recognition.model_copy(update={"pages_in_parallel": 1}),
            "workers": Workers(count=1, max_attempts=3, redis_url=embedded.workers.redis_url),
        }
    )
    ensure_buckets(config.storage)
    stores = open_stores(config.storage)
    for left in stores.inbox.list(versions=True):
        stores.inbox.delete(left.key, version=left.version)
    clock = Clock()
    engine = open_engine(sqlite_url)
    tools = replace(opened_tools, config=config, clock=lambda: clock().astimezone(VIETNAM))
    yield Office(Bench(tools, SqlCatalogue(engine, clock), stores), clock, sqlite_url)
    engine.dispose()
