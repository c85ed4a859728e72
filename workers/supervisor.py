"""`digitize up`: starts every part in order, watches over them, restarts what falls, stops in reverse."""

import fcntl
import logging
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from digitize.errors import ConfigError

log = logging.getLogger("digitize")

_READY_WITHIN_S = 60.0
_CHECK_EVERY_S = 2.0
_UNHEALTHY_CHECKS = 3
_STOP_WITHIN_S = 20.0
_RESTART_DELAYS_S = (0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
_STEADY_AFTER_S = 60.0


@dataclass(frozen=True, slots=True)
class Part:
    """One process to keep running. ``ready`` answers quickly and never raises."""

    name: str
    arguments: Sequence[str]
    environment: dict[str, str]
    log_file: Path
    ready: Callable[[], bool] | None = None


@dataclass(slots=True)
class _Running:
    part: Part
    process: subprocess.Popen[bytes]
    started_at: float
    falls: int = 0
    failed_checks: int = 0
    restart_at: float | None = None
    history: list[str] = field(default_factory=list)


class Supervisor:
    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._running: list[_Running] = []
        self._stopping = False
        self._lock_file: int | None = None

    def take_data_dir(self) -> None:
        """One supervisor a data directory. Raises ConfigError where another runs."""
        self._data_dir.mkdir(parents=True, exist_ok=True)
        self._lock_file = os.open(self._data_dir / "supervisor.lock", os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(self._lock_file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ConfigError(detail="data_dir is in use by another `digitize up`; stop that one first") from None

    def stop_on_signals(self) -> None:
        signal.signal(signal.SIGTERM, self._on_signal)
        signal.signal(signal.SIGINT, self._on_signal)

    def start(self, part: Part) -> None:
        """Start and wait until it is ready. Raises ConfigError, which names the part and its log."""
        running = _Running(part, _spawn(part), time.monotonic())
        self._running.append(running)
        deadline = time.monotonic() + _READY_WITHIN_S
        while part.ready is not None and not part.ready():
            if self._stopping:
                return
            if running.process.poll() is not None or time.monotonic() > deadline:
                raise ConfigError(detail=f"{part.name} did not start; read {part.log_file}")
            time.sleep(0.05)
        log.info("%s is up", part.name)

    def watch(self, turn: Callable[[], None] | None = None) -> None:
        """Keep everything running until a signal comes."""
        while not self._stopping:
            for running in self._running:
                self._look_after(running)
            if turn is not None:
                turn()
            time.sleep(_CHECK_EVERY_S if not self._stopping else 0)

    def stop(self) -> None:
        """In reverse order: doors first, servers last. Every process is gone when this returns."""
        self._stopping = True
        for running in reversed(self._running):
            _stop(running.process)
            log.info("%s is down", running.part.name)
        self._running.clear()
        if self._lock_file is not None:
            os.close(self._lock_file)
            self._lock_file = None

    @property
    def stopping(self) -> bool:
        return self._stopping

    def _on_signal(self, number: int, _frame: object) -> None:
        log.info("stopping on %s", signal.Signals(number).name)
        self._stopping = True

    def _look_after(self, running: _Running) -> None:
        now = time.monotonic()
        if running.process.poll() is None:
            healthy = running.part.ready is None or running.part.ready()
            running.failed_checks = 0 if healthy else running.failed_checks + 1
            if running.failed_checks < _UNHEALTHY_CHECKS:
                return
            log.warning("%s does not answer; restarting it", running.part.name)
            _stop(running.process)
        if running.restart_at is None:
            steady = now - running.started_at > _STEADY_AFTER_S
            running.falls = 0 if steady else running.falls
            delay = _RESTART_DELAYS_S[min(running.falls, len(_RESTART_DELAYS_S) - 1)]
            log.warning("%s ended (%s); again in %.1f s", running.part.name, running.process.returncode, delay)
            running.falls += 1
            running.restart_at = now + delay
        if now >= running.restart_at:
            running.process, running.started_at = _spawn(running.part), now
            running.restart_at, running.failed_checks = None, 0


def _spawn(part: Part) -> subprocess.Popen[bytes]:
    part.log_file.parent.mkdir(parents=True, exist_ok=True)
    with part.log_file.open("ab") as output:
        return subprocess.Popen(
            list(part.arguments),
            env=part.environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # a Ctrl-C in the terminal reaches the supervisor, which stops in order
        )


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Ask, wait, then end the whole session, so that nothing it started stays behind."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(_STOP_WITHIN_S)
        except subprocess.TimeoutExpired:
            log.warning("process %d did not stop in time and is killed", process.pid)
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait()
