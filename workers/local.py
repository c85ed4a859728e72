"""`digitize process`: the same stages without any server, in isolated processes."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory

from digitize.config import Config
from digitize.errors import DigitizeError, SecretPaperError
from digitize.identity import document_id, is_document_id
from digitize.model import Dossier, Record, Status
from workers.accepted import as_text, describe_file, refuse
from workers.isolation import IsolatedCalls

_AT_WORK = "workers.local_work"
_STEM_MAX_BYTES = 220
_SUFFIXES = (".pdf", ".json", ".json.p7s")


class SecretScanError(SecretPaperError):
    """``SecretPaperError`` where the scan is a file of the user's own, which nobody else deletes."""

    vi = (
        "Trang {page} có dấu chỉ độ mật nên không được số hóa, và không gì của nó được giữ trong kết quả; "
        "tệp quét vẫn còn ở chỗ cũ: hãy xóa tệp, và giao bản giấy cho người phụ trách tài liệu mật."
    )
    en = (
        "Page {page} bears a secrecy mark, so it must not be digitized and the results hold nothing of it; the scan is "
        "still where it was: delete it, and take the paper to the person responsible for secret papers."
    )


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

    Raises what ``local_work.check`` raises, before anything is written; OSError where a record cannot be written,
    which ends the batch.
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
        except BaseException:  # Ctrl-C, or nothing more can be written
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
        refusal = SecretScanError(**error.values) if isinstance(error, SecretPaperError) else error
        record = refuse(blank, Status(refusal.ends_as), refusal.problem())
        # A full disk or a server that is away costs no earlier result of this same paper.
        if refusal.blames_document or not beside(job.target_stem, ".json").exists():
            write_outputs(job.target_stem, {".json": record.to_json()})
            for suffix in (".pdf", ".json.p7s"):
                beside(job.target_stem, suffix).unlink(missing_ok=True)
        return record
    finally:
        processes.put(calls)
        for suffix in _SUFFIXES:  # here too since the process that writes may have been killed
            _partial(job.target_stem, suffix).unlink(missing_ok=True)


def _check(config: Config) -> None:
    from workers.local_work import check  # noqa: PLC0415 - OCR and signing load only in the processes that work

    check(config)


def _process(argument: tuple[LocalJob, Record, Path]) -> Record:
    from workers.local_work import work  # noqa: PLC0415

    return work(*argument)


def write_outputs(stem: Path, contents: Mapping[str, bytes | Path]) -> None:
    """Bytes, or a file to copy, by suffix and in this order. Each is whole or not there, and none is there before all
    of them found room.
    """
    for suffix, content in contents.items():
        if isinstance(content, Path):
            shutil.copyfile(content, _partial(stem, suffix))
        else:
            _partial(stem, suffix).write_bytes(content)
    for suffix in contents:
        _partial(stem, suffix).replace(beside(stem, suffix))


def _partial(stem: Path, suffix: str) -> Path:
    return beside(stem, suffix + ".partial")


def beside(stem: Path, suffix: str) -> Path:
    """``Path.with_suffix`` would cut a dot inside the stem."""
    return stem.with_name(stem.name + suffix)


def _stems(paths: Sequence[Path], out: Path) -> Iterator[Path]:
    """One output name per input: its stem, numbered where two inputs share it, or another paper or a file that is not
    ours has it.
    """
    inputs = {path.resolve() for path in paths}
    taken: set[str] = set()
    for path in paths:
        own = _shortened(as_text(path.stem))
        stem, number = own, 1
        sha256 = cache(partial(_sha256, path))  # of most papers nobody asks
        while stem.casefold() in taken or _is_foreign(out / stem, sha256, inputs):
            number += 1
            stem = f"{own}-{number}"
        taken.add(stem.casefold())
        yield out / stem


def _shortened(stem: str) -> str:
    """As much of it as leaves room for what is written behind it: a name may have 255 bytes."""
    return stem.encode()[:_STEM_MAX_BYTES].decode("utf-8", "ignore")


def _sha256(path: Path) -> str:
    return describe_file(path, path.name).sha256


def _is_foreign(stem: Path, sha256: Callable[[], str], inputs: set[Path]) -> bool:
    """Whether writing there would overwrite an input, or anything but what an earlier run made of this same paper."""
    targets = [beside(stem, suffix) for suffix in _SUFFIXES]
    if any(target.resolve() in inputs for target in targets):
        return True
    if not any(target.exists() for target in targets):
        return False
    return _paper_of(beside(stem, ".json")) != sha256()


def _paper_of(record: Path) -> str | None:
    """The SHA-256 of what was read; None where this is no record of ours."""
    try:
        found = Record.from_json(record.read_bytes())
    except (OSError, ValueError):
        return None
    return found.source.sha256 if is_document_id(found.document_id) else None
