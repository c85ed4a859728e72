"""`digitize up`: starts every part in order, watches over them, restarts what falls, stops in reverse."""

import fcntl
import logging
import os
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from digitize.errors import ConfigError, DigitizeError
from workers import embedded
from workers.embedded import ServerProcess

log = logging.getLogger("digitize")

_CHECK_EVERY_S = 1.0
_READY_WITHIN_S = 60.0
_UNHEALTHY_CHECKS = 5
_GRACE_S = 10.0
"""How long a job under way may take to end once the stack is told to stop; its lease brings it back later."""
_RESTART_DELAYS_S = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
_STEADY_AFTER_S = 60.0
_LOCK_FILE = "supervisor.lock"


@dataclass(slots=True)
class _Running:
    part: ServerProcess
    log_file: Path
    process: "subprocess.Popen[bytes]"
    started_at: float
    prepared: bool = False
    falls: int = 0
    failed_checks: int = 0
    restart_at: float | None = None


class Supervisor:
    """Call from the main thread: what it starts dies with that thread."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._running: list[_Running] = []
        self._lock_file: int | None = None
        self.stopping = False

    def take_data_dir(self) -> None:
        """One supervisor a data directory. Raises ConfigError where another runs."""
        self._data_dir.mkdir(parents=True, exist_ok=True)
        self._lock_file = os.open(self._data_dir / _LOCK_FILE, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._lock_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ConfigError(detail="data_dir is in use by another `digitize up`; stop that one first") from None

    def stop_on_signals(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)

    def start(self, part: ServerProcess) -> None:
        """Start, wait until it is ready, prepare it. Raises ConfigError, which names the log to read."""
        log_file = self._data_dir / "logs" / f"{part.name}.log"
        running = _Running(part, log_file, embedded.start(part, log_file), time.monotonic())
        self._running.append(running)
        deadline = time.monotonic() + _READY_WITHIN_S
        while not self.stopping and not part.ready():
            if running.process.poll() is not None or time.monotonic() > deadline:
                raise ConfigError(detail=f"{part.name} did not start; read {log_file}")
            time.sleep(0.05)
        if not self.stopping:
            part.prepare()
            running.prepared = True
            log.info("%s is up", part.name)

    def watch(self) -> None:
        """Keep everything running until a signal comes."""
        while not self.stopping:
            for running in self._running:
                self._look_after(running)
            time.sleep(_CHECK_EVERY_S)

    def stop(self) -> None:
        """In reverse order: doors first, servers last. Every process is gone when this returns."""
        self.stopping = True
        for running in reversed(self._running):
            _end(running.process)
            log.info("%s is down", running.part.name)
        self._running.clear()
        if self._lock_file is not None:
            os.close(self._lock_file)
            self._lock_file = None

    def _on_signal(self, number: int, _frame: object) -> None:
        log.info("stopping on %s", signal.Signals(number).name)
        self.stopping = True

    def _look_after(self, running: _Running) -> None:
        if running.process.poll() is None and self._is_well(running):
            return
        now = time.monotonic()
        if running.restart_at is None:
            _end(running.process)
            running.falls = 0 if now - running.started_at > _STEADY_AFTER_S else running.falls
            delay = _RESTART_DELAYS_S[min(running.falls, len(_RESTART_DELAYS_S) - 1)]
            log.warning("%s ended (%s); again in %.1f s", running.part.name, running.process.returncode, delay)
            running.falls += 1
            running.restart_at = now + delay
        if now >= running.restart_at:
            running.process, running.started_at = embedded.start(running.part, running.log_file), now
            running.restart_at, running.failed_checks, running.prepared = None, 0, False

    def _is_well(self, running: _Running) -> bool:
        """Alive and answering; a few silent checks are a busy server, more are a hanging one."""
        if not running.part.ready():
            running.failed_checks += 1
            starting = time.monotonic() - running.started_at < _READY_WITHIN_S and not running.prepared
            return starting or running.failed_checks < _UNHEALTHY_CHECKS
        running.failed_checks = 0
        if not running.prepared:
            with suppress(DigitizeError):  # tried again at the next check
                running.part.prepare()
                running.prepared = True
        return True


def is_running(data_dir: Path) -> bool:
    """Whether a supervisor of this machine holds the data directory."""
    try:
        with (data_dir / _LOCK_FILE).open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def _end(process: "subprocess.Popen[bytes]") -> None:
    """A worker ends its job on the first SIGTERM and drops it on the second; then nothing is asked any more."""
    for _ in range(2):
        if process.poll() is None:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(_GRACE_S)
    embedded.stop(process)


def always_ready() -> bool:
    """For parts that answer nobody: being alive is all that can be asked."""
    return True


def nothing_to_prepare() -> None:
    return None
