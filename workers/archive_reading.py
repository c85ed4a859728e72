"""Reads what the archive tells of many papers, in processes side by side: a paper takes 2 ms, mostly Python's own."""

import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from digitize.config import Config
from digitize.errors import WorkerDiedError
from signing.detached import DetachedChecker
from signing.trust import load_trust_roots
from storage.api import Arrival, Publication
from storage.objects import open_stores
from workers.isolation import die_with_parent
from workers.one_by_one import Unreadable, code_of
from workers.publications import PARTS, Part, PublicationReader, read_arrival

_BATCH = 200
"""Papers; so many are also brought back in one transaction."""
_FEW = 1_000
"""To start the processes takes as long as to read so many."""
_AT_ONCE = 4
"""Papers that a process asks the object store for."""

Paper = tuple[str, Mapping[str, Part]]
"""The key of its original, and all that lies beside it."""
Told = Publication | Arrival | Unreadable | None
"""As what it is to come back; None where its original is gone meanwhile."""


def read_all(config: Config, papers: Sequence[Paper]) -> Iterator[list[Told]]:
    """In their order, by the batch. Raises StorageUnavailableError; WorkerDiedError where a process was killed."""
    if not papers:
        return
    batches = [papers[start : start + _BATCH] for start in range(0, len(papers), _BATCH)]
    if len(papers) <= _FEW:
        reader = open_reader(config)
        yield from (_read(reader, batch) for batch in batches)
        return
    try:
        yield from _read_by_processes(config, batches)
    except BrokenProcessPool:
        raise WorkerDiedError(reason="while the archive was read") from None


def _read_by_processes(config: Config, batches: Iterable[Sequence[Paper]]) -> Iterator[list[Told]]:
    count = len(os.sched_getaffinity(0))
    spawn = multiprocessing.get_context("spawn")  # the caller may have threads and a database open
    with ProcessPoolExecutor(count, spawn, _start, (config,)) as pool:
        coming: deque[Future[list[Told]]] = deque()
        for batch in batches:
            coming.append(pool.submit(_read_here, batch))
            if len(coming) > 2 * count:  # or they would pile up before a slow database
                yield coming.popleft().result()
        while coming:
            yield coming.popleft().result()


def open_reader(config: Config) -> PublicationReader:
    roots = load_trust_roots(config.signing, config.secrets_dir)
    return PublicationReader(open_stores(config.storage).archive, DetachedChecker(roots))


_OPENED: list[PublicationReader] = []
"""In a process that reads."""


def _start(config: Config) -> None:
    die_with_parent()
    _OPENED.append(open_reader(config))


def _read_here(papers: Sequence[Paper]) -> list[Told]:
    return _read(_OPENED[0], papers)


def _read(reader: PublicationReader, papers: Sequence[Paper]) -> list[Told]:
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return list(pool.map(lambda paper: _read_one(reader, *paper), papers))


def _read_one(reader: PublicationReader, key: str, parts: Mapping[str, Part]) -> Told:
    try:
        publication = reader.read(key, parts) if parts.keys() >= PARTS else None
        return read_arrival(reader.archive, key) if publication is None else publication
    except Exception as error:  # noqa: BLE001 - whatever one paper provokes, the others are read
        return Unreadable(key.split("/")[1], code_of(error, reader.archive))
