"""`digitize process`: the same stages without any server, in isolated processes."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory

from digitize.config import Config
from digitize.errors import DigitizeError
from digitize.identity import document_id, is_document_id
from digitize.model import Dossier, Record, Status
from digitize.recognition.api import Recognized, RecognizedPage
from workers.accepted import describe_file, refuse
from workers.isolation import IsolatedCalls
from workers.pipeline import run
from workers.stages import Accepted, SignedDocument, Tools
from workers.workbench import open_tools


@dataclass(frozen=True, slots=True)
class LocalJob:
    path: Path
    target_stem: Path
    """Output path without extension."""
    config: Config


Calls = IsolatedCalls[tuple[LocalJob, Record, Path], Record]


class LocalDesk:
    """Keeps nothing between attempts, holds nothing back and publishes into a folder."""

    holds_for_review = False
    wants_previews = False

    def __init__(self, target_stem: Path) -> None:
        self._stem = target_stem
        self.published: Record | None = None

    def begin(self, stage: str) -> None:
        pass

    def kept_pages(self) -> list[RecognizedPage]:
        return []

    def spread(self, page_count: int) -> bool:  # noqa: ARG002 - the port's signature
        return False  # there is one process a document, and it has the threads of all cores

    def keep_page(self, page: Recognized) -> None:
        pass

    def pages_kept(self) -> None:
        pass

    def kept_record(self) -> Record | None:
        return None

    def keep_record(self, record: Record) -> None:
        pass

    def hold(self, record: Record, fields: tuple[str, ...]) -> None:  # noqa: ARG002 - the port's signature
        raise AssertionError("a local desk never holds")

    def publish(self, signed: SignedDocument) -> None:
        _write(self._stem, ".pdf", signed.path)
        write_record(self._stem, signed.record)
        _beside(self._stem, ".json.p7s").write_bytes(signed.record_signature)
        self.published = signed.record


def process_files(
    paths: Sequence[Path], out: Path, config: Config, finished: Callable[[Path, Record], None]
) -> dict[Path, Record]:
    """Process every file into ``out``; ``finished`` is called once per file, as it ends, refused ones too."""
    open_tools(config)  # a wrong key or type definition stops the batch before it starts; makes the development CA
    cores = os.cpu_count() or 1
    side_by_side = min(len(paths), cores)
    pages_each = max(1, cores // max(1, side_by_side))
    recognition = config.recognition.model_copy(update={"pages_in_parallel": pages_each})
    narrowed = config.model_copy(update={"recognition": recognition})
    jobs = [LocalJob(path, stem, narrowed) for path, stem in zip(paths, _stems(paths, out), strict=True)]
    records: dict[Path, Record] = {}
    processes: SimpleQueue[Calls] = SimpleQueue()
    with ExitStack() as stack, ThreadPoolExecutor(side_by_side) as pool:
        running = [IsolatedCalls(_run, config.limits) for _ in range(side_by_side)]
        for calls in running:
            stack.callback(calls.close)
            processes.put(calls)
        futures = {pool.submit(process_file, job, processes): job.path for job in jobs}
        try:
            for future in as_completed(futures):
                path = futures[future]
                records[path] = future.result()
                finished(path, records[path])
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            for calls in running:
                calls.abandon()
            raise
    return {path: records[path] for path in paths}


def process_file(job: LocalJob, processes: "SimpleQueue[Calls]") -> Record:
    """Never raises for what is wrong with one input: the record says it."""
    source = describe_file(job.path, job.path.name)
    identity = document_id(unit=None, dossier=None, component=None, sha256=source.sha256)
    blank = Record(document_id=identity, status=Status.PROCESSING, dossier=Dossier(), source=source)
    calls = processes.get()
    try:
        # Made here, not in the process that may be killed: page images of people's papers must not stay behind.
        with TemporaryDirectory(prefix="digitize-") as folder:
            return calls.call((job, blank, Path(folder)))
    except DigitizeError as error:
        record = refuse(blank, Status(error.ends_as), error.problem())
        for suffix in (".pdf", ".json.p7s"):  # of an earlier run on another file of this name
            _beside(job.target_stem, suffix).unlink(missing_ok=True)
        write_record(job.target_stem, record)
        return record
    finally:
        processes.put(calls)


def write_record(stem: Path, record: Record) -> None:
    _beside(stem, ".json").write_bytes(record.to_json())


def _beside(stem: Path, suffix: str) -> Path:
    """``Path.with_suffix`` would cut a dot inside the stem."""
    return stem.with_name(stem.name + suffix)


def _run(argument: tuple[LocalJob, Record, Path]) -> Record:
    job, blank, folder = argument
    tempfile.tempdir = str(folder)
    accepted = Accepted(
        document_id=blank.document_id,
        path=job.path,
        source=blank.source,
        dossier=blank.dossier,
        role=blank.role,
        folder=folder,
    )
    desk = LocalDesk(job.target_stem)
    run(accepted, desk, _tools(job.config.model_dump_json()))
    if desk.published is None:
        raise AssertionError("a local run ends published or raises")
    return desk.published


@cache
def _tools(config_json: str) -> Tools:
    return open_tools(Config.model_validate_json(config_json))


def _write(stem: Path, suffix: str, source: Path) -> None:
    """All or nothing: a reader never sees half a PDF."""
    target = _beside(stem, suffix)
    partial = _beside(stem, suffix + ".partial")
    shutil.copyfile(source, partial)
    partial.replace(target)


def _stems(paths: Sequence[Path], out: Path) -> Iterator[Path]:
    """One output name per input: its stem, numbered where two inputs share it or a file that is not ours has it."""
    inputs = {path.resolve() for path in paths}
    taken: set[str] = set()
    for path in paths:
        stem, number = path.stem, 1
        while stem.casefold() in taken or _is_foreign(out / stem, inputs):
            number += 1
            stem = f"{path.stem}-{number}"
        taken.add(stem.casefold())
        yield out / stem


def _is_foreign(stem: Path, inputs: set[Path]) -> bool:
    """Whether writing there would overwrite an input, or anything that no earlier run of ours left."""
    targets = [_beside(stem, suffix) for suffix in (".pdf", ".json", ".json.p7s")]
    if any(target.resolve() in inputs for target in targets):
        return True
    return any(target.exists() for target in targets) and not _is_record(_beside(stem, ".json"))


def _is_record(path: Path) -> bool:
    try:
        return is_document_id(Record.from_json(path.read_bytes()).document_id)
    except (OSError, ValueError):
        return False
