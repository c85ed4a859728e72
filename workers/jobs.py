"""What an RQ job does: one attempt at one document. The job carries its id and stage, nothing else."""

import errno
import logging
import os
import socket
import tempfile
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from digitize.config import Config
from digitize.errors import (
    DigitizeError,
    InternalError,
    LeaseLostError,
    RecognizerError,
    RequestError,
    StorageUnavailableError,
    WorkerDiedError,
)
from digitize.machine_errors import machine_error
from digitize.model import Status
from storage.api import AttemptStage, Catalogue, DocumentRow, Lease, Outcome, Quarantine, Reject, Retry
from storage.catalogue import open_catalogue
from storage.keys import original_key
from storage.objects import Stores, open_stores
from storage.open_catalogue import OpenCatalogue
from workers.accepted import EXTENSIONS, blank_record, check_place, refuse
from workers.desk import ArchiveDesk
from workers.embedded import load_effective_config
from workers.isolation import emptied_folder, limit_this_process
from workers.pipeline import run, run_range
from workers.secret_papers import delete_scan, is_secret
from workers.stages import Accepted, Tools
from workers.statuses import write_status
from workers.workbench import open_tools

log = logging.getLogger(__name__)

_RETRY_GROWTH = 4
_RETRY_DELAY_MAX_S = 600
_RANGES_A_JOB = 8
"""Page ranges one process recognizes at most, so that nothing in it grows for ever."""
_GROWTH_MAX = 10  # beyond it the delay is at its maximum for any first delay
_BLAMING_CODES = frozenset(kind.code for kind in (RecognizerError, InternalError, WorkerDiedError))


@dataclass(frozen=True, slots=True)
class Bench:
    """Everything one attempt needs. Connections belong to one process: open it after the fork."""

    tools: Tools
    catalogue: OpenCatalogue
    stores: Stores

    @property
    def config(self) -> Config:
        return self.tools.config


@cache
def tools() -> Tools:
    """Opened by the worker before it forks, so that no job pays for loading keys and types."""
    return open_tools(load_effective_config())


def work(document_id: str, stage: AttemptStage) -> None:
    """Entry of the RQ job, in a process of its own."""
    own = tools()
    limit_this_process(own.config.limits)
    tempfile.tempdir = str(emptied_folder(own.config.data_dir, os.getppid()))
    bench = Bench(own, open_catalogue(own.config), open_stores(own.config.storage))
    attempt(document_id, stage, bench)


def attempt(document_id: str, stage: AttemptStage, bench: Bench) -> None:
    """Claim the document and take it as far as it goes, or page ranges of it. Does nothing where others hold it."""
    with TemporaryDirectory(prefix="digitize-") as folder:
        lease, done = _claim(document_id, stage, bench), 0
        while lease is not None and _work_under(lease, bench, Path(folder)):
            done += 1
            goes_on = lease.pages is not None and done < _RANGES_A_JOB and _nobody_else_waits(document_id, bench)
            lease = _claim(document_id, stage, bench) if goes_on else None


def _claim(document_id: str, stage: AttemptStage, bench: Bench) -> Lease | None:
    length = timedelta(seconds=bench.config.workers.lease_s)
    return bench.catalogue.claim(document_id, stage, worker_name(os.getpid()), length)


def worker_name(process: int) -> str:
    """As the catalogue knows who has a lease: the process of one job."""
    return f"{socket.gethostname()}-{process}"


def _nobody_else_waits(document_id: str, bench: Bench) -> bool:
    """Then the next range is taken here, where the original and the recognizer are at hand. Two are asked for, since
    another unit that waits is at most one turn behind.
    """
    return all(due.document_id == document_id for due in bench.catalogue.due(2))


def _work_under(lease: Lease, bench: Bench, folder: Path) -> bool:
    """One attempt, whose outcome is settled at the end; False where it failed."""
    document_id = lease.document_id
    row = bench.catalogue.find(document_id)
    if row is None:
        return False
    try:
        _take(lease, row, bench, folder)
    except LeaseLostError:
        log.warning("document %s: lease lost, nothing more written", document_id)
        return False
    except Exception as error:  # noqa: BLE001 - every failure of an attempt becomes an outcome
        failure = _translate(error)
        now = bench.catalogue.find(document_id) or row  # this attempt may have kept pages or the record meanwhile
        this = _turn(lease, now)
        log.warning("document %s: attempt %d at %s: %s", document_id, this.number, this.stage, failure.code)
        _settle(lease, _outcome(failure, this, now, bench), bench)
        _tell_station(lease, bench)
        return False
    _tell_station(lease, bench)
    return True


def _tell_station(lease: Lease, bench: Bench) -> None:
    """Page by page is no news to it: of a page range only that the document has ended."""
    after = bench.catalogue.find(lease.document_id)
    try:
        if after is not None and is_secret(after.error_code):
            _delete_secret(after.document_id, bench)
        if after is not None and (lease.pages is None or after.status != Status.PROCESSING):
            write_status(bench.stores.inbox, after)
    except StorageUnavailableError:
        log.warning("document %s: status not written; the reconciler writes it", lease.document_id)


def _take(lease: Lease, row: DocumentRow, bench: Bench, folder: Path) -> None:
    if _failures(_turn(lease, row), row.document_id, bench.catalogue) >= bench.config.workers.max_attempts:
        # Only workers that died without a word leave so many behind.
        raise WorkerDiedError(reason="no answer")
    check_place(row)
    desk = ArchiveDesk(lease, row, bench.catalogue, bench.stores, bench.tools, folder)
    with _heartbeat(desk, bench.config):
        original = folder / "original"
        if not original.exists():  # fetched for an earlier range
            bench.stores.archive.download(original_key(row.document_id, EXTENSIONS[row.media_type]), original)
        blank = blank_record(row)
        accepted = Accepted(row.document_id, original, blank.source, blank.dossier, blank.role, folder)
        if lease.pages is None:
            run(accepted, desk, bench.tools)
        else:
            run_range(accepted, range(lease.pages.first, lease.pages.last + 1), desk, _share(bench.tools))


def _share(tools: Tools) -> Tools:
    """One worker's part of the cores: the other workers have ranges of the same document."""
    config = tools.config
    pages_each = max(1, config.recognition.pages_in_parallel // config.workers.count)
    recognition = config.recognition.model_copy(update={"pages_in_parallel": pages_each})
    return replace(tools, config=config.model_copy(update={"recognition": recognition}))


def _delete_secret(document_id: str, bench: Bench) -> None:
    try:
        delete_scan(document_id, bench.catalogue, bench.stores, "worker")
    except DigitizeError as error:
        log.warning("document %s: secret, its scan not deleted yet: %s", document_id, error.code)  # the reconciler does


@contextmanager
def _heartbeat(desk: ArchiveDesk, config: Config) -> Iterator[None]:
    """Renew the lease three times within its length, so that one missed beat loses nothing."""
    length = timedelta(seconds=config.workers.lease_s)
    done = threading.Event()

    def beat() -> None:
        while not done.wait(length.total_seconds() / 3):
            try:
                desk.renew(length)
            except DigitizeError:
                log.warning("heartbeat missed")

    thread = threading.Thread(target=beat, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _translate(error: Exception) -> DigitizeError:
    if isinstance(error, DigitizeError):
        return error
    if isinstance(error, MemoryError):
        return WorkerDiedError(reason="out of memory")
    if (of_machine := machine_error(error)) is not None and not _is_own_limit(error):
        return of_machine
    # Frames only: the text of a foreign exception may hold what stands on the paper.
    frames = traceback.format_tb(error.__traceback__)
    log.error("unexpected %s\n%s", type(error).__name__, "".join(frames))
    return InternalError(kind=type(error).__name__)


def _is_own_limit(error: Exception) -> bool:
    """Memory and open files are limited by process: it may be the document that takes them all, at every attempt."""
    return isinstance(error, OSError) and error.errno in (errno.ENOMEM, errno.EMFILE)


@dataclass(frozen=True, slots=True)
class _Turn:
    """One of the attempts that count together: at one stage, of one page range or (0) of the whole document."""

    stage: AttemptStage
    first_page: int
    number: int


def _turn(lease: Lease, row: DocumentRow) -> _Turn:
    """A whole document may have moved on to another stage since its lease was given."""
    if lease.pages is None:
        return _Turn(row.stage, 0, row.attempts)
    return _Turn(lease.stage, lease.pages.first, lease.attempt)


def _outcome(error: DigitizeError, turn: _Turn, row: DocumentRow, bench: Bench) -> Outcome:
    """A store, key or timestamp server that is away holds no document for good, however long it takes.

    Nor does what is wrong with a request: it was ours, of keys, configuration or what the store has, not the station's.
    """
    workers = bench.config.workers
    is_ours = isinstance(error, RequestError)
    blames = error.blames_document and not is_ours
    gives_up = blames and (_failures(turn, row.document_id, bench.catalogue) + 1 >= workers.max_attempts)
    if (error.retryable or is_ours) and not gives_up:
        growth = _RETRY_GROWTH ** min(turn.number - 1, _GROWTH_MAX)
        delay_s = min(workers.retry_first_delay_s * growth, _RETRY_DELAY_MAX_S)
        return Retry(error.code, bench.tools.clock().astimezone(UTC) + timedelta(seconds=delay_s))
    base = row.record or blank_record(row)
    record = refuse(base, Status(error.ends_as), error.problem())
    return Reject(record) if error.ends_as == "rejected" else Quarantine(record)


def _failures(turn: _Turn, document_id: str, catalogue: Catalogue) -> int:
    """Ended attempts like this one that may be the document's own fault; none from before it was quarantined, where an
    operator has sent it back.
    """
    attempts = catalogue.attempts(document_id)
    ends = [one.ended_at for one in attempts if one.outcome == "quarantine" and one.ended_at is not None]
    return sum(
        (attempt.stage, attempt.first_page) == (turn.stage, turn.first_page)
        and (attempt.outcome == "lost" or attempt.error_code in _BLAMING_CODES)
        and all(attempt.started_at > end for end in ends)
        for attempt in attempts
    )


def _settle(lease: Lease, outcome: Outcome, bench: Bench) -> None:
    try:
        bench.catalogue.settle(lease, outcome)
    except LeaseLostError:
        log.warning("document %s: lease lost, outcome dropped", lease.document_id)
