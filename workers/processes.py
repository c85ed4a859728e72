"""The processes behind `digitize up`: ``python -m workers.processes intake|dispatcher|notifier|worker|sealer``."""

import logging
import os
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import FrameType

from redis import Redis
from redis.backoff import ExponentialBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.retry import Retry
from rq import Worker
from rq.serializers import JSONSerializer

from digitize.config import Config
from digitize.errors import DigitizeError, QueueUnavailableError, TimestampError
from signing.timestamps import learn_room
from storage.buckets import require_buckets
from storage.catalogue import open_catalogue
from storage.objects import open_stores
from storage.uploads import Uploads
from workers import jobs
from workers.dispatcher import QUEUES, TSA_QUEUES, Dispatcher
from workers.embedded import load_effective_config
from workers.intake import Intake
from workers.isolation import emptied_folder
from workers.notices import Notifier
from workers.secret_papers import delete_left_behind
from workers.statuses import put_statuses_right
from workers.sweep import Sweep
from workers.uploads import drop_uploads

log = logging.getLogger("digitize")

_TIDY_EVERY = timedelta(minutes=10)
_STATUS_OVERLAP = timedelta(minutes=1)
_SECRET_AT_START, _SECRET_LATELY = timedelta(days=30), timedelta(days=1)
"""What was refused before and is still there is found by the sweep."""
_REDIS_TRIES = 5


def open_redis(config: Config) -> Redis:
    """Raises QueueUnavailableError only when used; short breaks are waited out."""
    if config.workers.redis_url is None:
        raise QueueUnavailableError
    return Redis.from_url(config.workers.redis_url, retry=Retry(ExponentialBackoff(cap=2, base=0.1), _REDIS_TRIES))


def run_intake(config: Config, stopping: threading.Event) -> None:
    stores = open_stores(config.storage)
    intake = Intake(config, open_catalogue(config), stores)
    checked = False

    def turn() -> int:
        nonlocal checked
        if not checked:  # `digitize up` may not have reached the store
            require_buckets(config, mend=True)
            checked = True
        drop_uploads(stores)
        return intake.run_once()

    _repeat(turn, config, stopping)


def run_dispatcher(config: Config, stopping: threading.Event) -> None:
    catalogue, stores = open_catalogue(config), open_stores(config.storage)
    dispatcher, sweep = Dispatcher(config, catalogue, open_redis(config)), Sweep(catalogue, stores, config)
    last_tidied: datetime | None = None

    def turn() -> int:
        nonlocal last_tidied
        handed_out = dispatcher.run_once()  # first: whatever holds up the rest must not hold up the workers
        now = datetime.now(UTC)
        if last_tidied is None or now - last_tidied >= _TIDY_EVERY:
            put_statuses_right(catalogue, stores.inbox, None if last_tidied is None else last_tidied - _STATUS_OVERLAP)
            delete_left_behind(catalogue, stores, now - (_SECRET_AT_START if last_tidied is None else _SECRET_LATELY))
            Uploads(stores.work).delete_expired(now)
            catalogue.delete_expired_keys()
            last_tidied = now
        sweep.run_once()
        return handed_out

    _repeat(turn, config, stopping)


def run_notifier(config: Config, stopping: threading.Event) -> None:
    _repeat(Notifier(open_catalogue(config)).run_once, config, stopping)


def run_sealer(config: Config) -> None:
    """A worker that may wait for a timestamp server, or for a person's signature."""
    if config.signing.tsa_url is not None:
        with suppress(TimestampError):  # then the first papers get more room than they need
            learn_room(config.signing.tsa_url, config.signing.tsa_time_limit_s)
    run_worker(config, TSA_QUEUES)


def run_worker(config: Config, queues: Sequence[str] = QUEUES) -> None:
    """RQ forks one process per job; tools are opened before, so that each job inherits them."""
    jobs.tools()
    forget_dead_processes(config.data_dir)
    worker = Worker(list(queues), connection=open_redis(config), serializer=JSONSerializer)
    try:
        worker.work(logging_level="WARNING")
    except SystemExit:  # told twice to stop, it has killed its job's process
        if worker.horse_pid:
            give_up(config, worker.horse_pid)
        raise


def give_up(config: Config, process: int) -> None:
    """That the stack was stopped is not the fault of the document a job had in hand. Where the catalogue does not
    answer, its lease runs out.
    """
    with suppress(DigitizeError):
        open_catalogue(config).give_up(jobs.worker_name(process))


def forget_dead_processes(data_dir: Path) -> None:
    """Remove the papers that processes which are no more had in hand; what they were to become begins anew."""
    for folder in (data_dir / "tmp").glob("*-[0-9]*"):  # of earlier versions too
        if not Path("/proc", folder.name.rpartition("-")[2]).exists():
            shutil.rmtree(folder, ignore_errors=True)


def _repeat(turn: Callable[[], int], config: Config, stopping: threading.Event) -> None:
    """Take turns until told to stop. A failing turn is told once and tried again: the servers come back."""
    failing: str | None = None
    while not stopping.is_set():
        try:
            turn()
            failing = None
        except DigitizeError as error:
            if failing != error.code:
                log.warning("%s", error)
            failing = error.code
        except RedisConnectionError:
            if failing != QueueUnavailableError.code:
                log.warning("%s", QueueUnavailableError())
            failing = QueueUnavailableError.code
        stopping.wait(config.workers.poll_s)


def main(name: str) -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    config = load_effective_config()
    if name in {"worker", "sealer"}:
        {"worker": run_worker, "sealer": run_sealer}[name](config)
        return
    forget_dead_processes(config.data_dir)
    tempfile.tempdir = str(emptied_folder(config.data_dir, os.getpid()))
    stopping = threading.Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    {"intake": run_intake, "dispatcher": run_dispatcher, "notifier": run_notifier}[name](config, stopping)


if __name__ == "__main__":
    main(sys.argv[1])
