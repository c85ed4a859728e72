"""Documents are worked on in processes with limits: a hostile file may take its own down and nothing else."""

import ctypes
import multiprocessing
import os
import resource
import shutil
import signal
import sys
from collections.abc import Callable
from concurrent.futures import CancelledError
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TypeVar

from digitize.config import Limits
from digitize.errors import DigitizeError, DocumentTimeoutError, InternalError, WorkerDiedError
from digitize.machine_errors import machine_error

Argument = TypeVar("Argument")
Result = TypeVar("Result")

_MIB = 1 << 20
_PR_SET_PDEATHSIG = 1  # prctl(2)
_CALLS_PER_PROCESS = 50
_EXTRA_OPEN_FILES = 4_096  # a document of images holds one open page file per page until it is written


def die_with_parent() -> None:
    """At once, whatever ended the parent: nobody else would end this process."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def limit_this_process(limits: Limits) -> None:
    """Cap memory, CPU time, file size and core dumps of this process and what it starts from now on, and have
    it die with its parent.
    """
    die_with_parent()
    memory = limits.job_memory_mib * _MIB
    _lower(resource.RLIMIT_AS, memory)
    _grant_cpu_time(limits)
    _lower(resource.RLIMIT_FSIZE, 4 * limits.max_input_mib * _MIB)
    _lower(resource.RLIMIT_CORE, 0)
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _EXTRA_OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, _EXTRA_OPEN_FILES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def emptied_folder(data_dir: Path, process: int) -> Path:
    """Place for people's papers on their way through a process, of that id. What was killed leaves them behind: the
    next job of the same worker removes them (it has one at a time, so nobody else is in it), and whoever starts
    removes those of processes that are no more.
    """
    folder = data_dir.absolute() / "tmp" / f"process-{process}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    return folder


def _grant_cpu_time(limits: Limits) -> None:
    """Every document gets the same time, whatever the process has used for those before."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent_s = int(used.ru_utime + used.ru_stime) + 1
    _lower(resource.RLIMIT_CPU, spent_s + limits.job_time_limit_s * (os.cpu_count() or 1))


def _lower(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    capped = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (capped, hard))


class IsolatedCalls:
    """A process of its own that runs one call after another.

    It is replaced where it died or hung, and after ``_CALLS_PER_PROCESS`` calls, so that nothing grows for ever.
    """

    def __init__(self, limits: Limits, preload: str) -> None:
        """``preload``: the module to be loaded before the first process forks; each would pay 1 s for it otherwise."""
        self._limits = limits
        self._preload = preload
        self._process: BaseProcess | None = None
        self._line: Connection | None = None
        self._calls = 0
        self._abandoned = False

    def call(self, function: Callable[[Argument], Result], argument: Argument) -> Result:
        """``function`` stands at a module's top level. Raises what it raised where that is a DigitizeError,
        for any other exception what ``machine_error`` makes of it or InternalError, WorkerDiedError where the process
        ended without a word, DocumentTimeoutError past ``job_time_limit_s``.
        """
        line = self._open()
        try:
            line.send((function, argument))
            if not line.poll(self._limits.job_time_limit_s):
                self.close()
                raise DocumentTimeoutError(limit_s=self._limits.job_time_limit_s)
            kind, value = line.recv()
        except (EOFError, ConnectionError):
            if self._abandoned:
                raise CancelledError from None
            raise WorkerDiedError(reason=self._reason_of_death()) from None
        self._calls += 1
        if self._calls >= _CALLS_PER_PROCESS:
            self.close()
        if kind == "error":
            raise value
        result: Result = value
        return result

    def abandon(self) -> None:
        """End a call under way in another thread, which then raises CancelledError."""
        self._abandoned = True
        if self._process is not None:
            _end(self._process.pid)

    def close(self) -> None:
        """End the process and all it started."""
        if self._line is not None:
            self._line.close()
        if self._process is not None:
            _end(self._process.pid)
            self._process.join()
        self._process, self._line, self._calls = None, None, 0

    def _open(self) -> Connection:
        if self._line is None:
            context = multiprocessing.get_context("forkserver")
            context.set_forkserver_preload([self._preload])
            self._line, theirs = context.Pipe()
            self._process = context.Process(target=_serve, args=(self._limits, theirs))
            self._process.start()
            theirs.close()
        return self._line

    def _reason_of_death(self) -> str:
        process = self._process
        if process is not None:
            process.join(1)
        code = None if process is None else process.exitcode
        self.close()
        return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"


def _serve(limits: Limits, line: Connection) -> None:
    os.setsid()  # so that what it starts dies with it
    _quiet_libraries()
    limit_this_process(limits)
    while True:
        try:
            function, argument = line.recv()
        except EOFError:
            return
        _grant_cpu_time(limits)
        try:
            line.send(("result", function(argument)))
        except DigitizeError as error:
            line.send(("error", error))
        except MemoryError:
            line.send(("error", WorkerDiedError(reason="out of memory")))
        except Exception as error:  # noqa: BLE001 - whatever a hostile file provokes ends here, as a value
            line.send(("error", machine_error(error) or InternalError(kind=type(error).__name__)))


def _quiet_libraries() -> None:
    """Libtiff and others write to standard error what a damaged file makes them think; the caller hears it as an error.
    What Python itself writes there still comes.
    """
    sys.stderr = os.fdopen(os.dup(2), "w", buffering=1, errors="backslashreplace")
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)


def _end(pid: int | None) -> None:
    if pid is None:
        return
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
