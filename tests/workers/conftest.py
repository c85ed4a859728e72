"""The office of ``office.py``, new for each test on servers that run once."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from digitize.config import Config, Workers
from digitize.vietnam_time import VIETNAM_TIME
from storage.catalogue import SqlCatalogue
from storage.database import open_engine
from storage.objects import open_stores
from tests.catalogue_keys import KEY
from tests.papers import write_jpeg
from tests.workers.office import Clock, Office
from workers.jobs import Bench
from workers.stages import Tools
from workers.workbench import open_tools


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
    config = embedded.model_copy(
        update={
            "recognition": embedded.recognition.model_copy(update={"pages_in_parallel": 1}),
            "workers": Workers(count=1, max_attempts=3, redis_url=embedded.workers.redis_url),
        }
    )
    # The buckets are emptied, not made anew: stations' keys are good for one inbox, and a server has room for some
    # hundred buckets only, since each takes volumes of its own.
    stores = open_stores(config.storage)
    for store in (stores.inbox, stores.archive):
        for left in list(store.list(versions=True)):
            store.delete(left.key, version=left.version)
    for left in list(stores.work.list()):
        stores.work.delete(left.key)
    clock = Clock()
    engine = open_engine(sqlite_url)
    tools = replace(opened_tools, config=config, clock=lambda: clock().astimezone(VIETNAM_TIME))
    yield Office(Bench(tools, SqlCatalogue(engine, KEY, clock), stores), clock, sqlite_url)
    engine.dispose()
