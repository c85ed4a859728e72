"""`digitize process`: the same stages without any server, in isolated processes."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory

from digitize.config import Config
from digitize.errors import DigitizeError
from digitize.identity import document_id, is_document_id
from digitize.model import Dossier, Record, Status
from workers.accepted import as_text, describe_file, refuse
from workers.isolation import IsolatedCalls

_AT_WORK = "workers.local_work"
_STEM_MAX_BYTES = 220


@dataclass(frozen=True, slots=True)
class LocalJob:
    path: Path
    target_stem: Path
    """Output path without extension."""
    config: Config


def process_files(
    paths: Sequence[Path], out: Path, config: Config, finished: Callable[[Path, Record], None]
) -> dict[Path, Record]:
    """Process every file into ``out``; ``finished`` is called once per file, as it ends, refused ones too.

    Raises what ``local_work.check`` raises, before anything is written.
    """
    cores = os.cpu_count() or 1
    side_by_side = min(len(paths), cores)
    pages_each = max(1, cores // max(1, side_by_side))
    recognition = config.recognition.model_copy(update={"pages_in_parallel": pages_each})
    narrowed = config.model_copy(update={"recognition": recognition})
    jobs = [LocalJob(path, stem, narrowed) for path, stem in zip(paths, _stems(paths, out), strict=True)]
    records: dict[Path, Record] = {}
    processes: SimpleQueue[IsolatedCalls] = SimpleQueue()
    with ExitStack() as stack, ThreadPoolExecutor(side_by_side) as pool:
        running = [IsolatedCalls(config.limits, _AT_WORK) for _ in range(side_by_side)]
        for calls in running:
            stack.callback(calls.close)
            processes.put(calls)
        running[0].call(_check, narrowed)
        out.mkdir(parents=True, exist_ok=True)
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


def process_file(job: LocalJob, processes: "SimpleQueue[IsolatedCalls]") -> Record:
    """Never raises for what is wrong with one input: the record says it."""
    source = describe_file(job.path, job.path.name)
    identity = document_id(unit=None, dossier=None, component=None, sha256=source.sha256)
    blank = Record(document_id=identity, status=Status.PROCESSING, dossier=Dossier(), source=source)
    calls = processes.get()
    try:
        # Made here, not in the process that may be killed: page images of people's papers must not stay behind.
        with TemporaryDirectory(prefix="digitize-") as folder:
            return calls.call(_process, (job, blank, Path(folder)))
    except DigitizeError as error:
        record = refuse(blank, Status(error.ends_as), error.problem())
        for suffix in (".pdf", ".json.p7s"):  # of an earlier run on another file of this name
            beside(job.target_stem, suffix).unlink(missing_ok=True)
        write_record(job.target_stem, record)
        return record
    finally:
        processes.put(calls)


def _check(config: Config) -> None:
    from workers.local_work import check  # noqa: PLC0415 - OCR and signing load only in the processes that work

    check(config)


def _process(argument: tuple[LocalJob, Record, Path]) -> Record:
    from workers.local_work import work  # noqa: PLC0415

    return work(*argument)


def write_record(stem: Path, record: Record) -> None:
    beside(stem, ".json").write_bytes(record.to_json())


def beside(stem: Path, suffix: str) -> Path:
    """``Path.with_suffix`` would cut a dot inside the stem."""
    return stem.with_name(stem.name + suffix)


def _stems(paths: Sequence[Path], out: Path) -> Iterator[Path]:
    """One output name per input: its stem, numbered where two inputs share it or a file that is not ours has it."""
    inputs = {path.resolve() for path in paths}
    taken: set[str] = set()
    for path in paths:
        own = _shortened(as_text(path.stem))
        stem, number = own, 1
        while stem.casefold() in taken or _is_foreign(out / stem, inputs):
            number += 1
            stem = f"{own}-{number}"
        taken.add(stem.casefold())
        yield out / stem


def _shortened(stem: str) -> str:
    """As much of it as leaves room for what is written behind it: a name may have 255 bytes."""
    return stem.encode()[:_STEM_MAX_BYTES].decode("utf-8", "ignore")


def _is_foreign(stem: Path, inputs: set[Path]) -> bool:
    """Whether writing there would overwrite an input, or anything that no earlier run of ours left."""
    targets = [beside(stem, suffix) for suffix in (".pdf", ".json", ".json.p7s")]
    if any(target.resolve() in inputs for target in targets):
        return True
    return any(target.exists() for target in targets) and not _is_record(beside(stem, ".json"))


def _is_record(path: Path) -> bool:
    try:
        return is_document_id(Record.from_json(path.read_bytes()).document_id)
    except (OSError, ValueError):
        return False
