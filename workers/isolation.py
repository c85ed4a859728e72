"""One document, one process, with limits: a hostile file may take its own process down and nothing else."""

import ctypes
import multiprocessing
import os
import resource
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import TypeVar

from digitize.config import Limits
from digitize.errors import DigitizeError, DocumentTimeoutError, InternalError, WorkerDiedError

Argument = TypeVar("Argument")
Result = TypeVar("Result")

_MIB = 1 << 20
_PR_SET_PDEATHSIG = 1  # prctl(2)
_EXTRA_OPEN_FILES = 4_096  # a document of images holds one open page file per page until it is written


def limit_this_process(limits: Limits) -> None:
    """Cap memory, CPU time, file size and core dumps of this process and what it starts from now on, and have
    it die with its parent: nobody else would end it."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    memory = limits.job_memory_mib * _MIB
    _lower(resource.RLIMIT_AS, memory)
    _lower(resource.RLIMIT_CPU, limits.job_time_limit_s * (os.cpu_count() or 1))
    _lower(resource.RLIMIT_FSIZE, 4 * limits.max_input_mib * _MIB)
    _lower(resource.RLIMIT_CORE, 0)
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _EXTRA_OPEN_FILES if hard == resource.RLIM_INFINITY else min(hard, _EXTRA_OPEN_FILES)
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _lower(kind: int, value: int) -> None:
    _, hard = resource.getrlimit(kind)
    capped = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(kind, (capped, hard))


def run_isolated(function: Callable[[Argument], Result], argument: Argument, limits: Limits) -> Result:
    """Run ``function(argument)`` in a process of its own under the limits and give its result.

    Raises what it raised where that is a DigitizeError, InternalError for any other exception, WorkerDiedError
    where the process ended without a word, DocumentTimeoutError past ``job_time_limit_s``.
    """
    context = multiprocessing.get_context("forkserver")
    # The fork server loads these once; without it every document would pay 2 s of imports.
    context.set_forkserver_preload([function.__module__])
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(function, argument, limits, theirs), daemon=False)
    process.start()
    theirs.close()
    try:
        if not ours.poll(limits.job_time_limit_s):
            raise DocumentTimeoutError(limit_s=limits.job_time_limit_s)
        kind, value = ours.recv()
    except EOFError:
        process.join()
        raise WorkerDiedError(reason=_reason(process.exitcode)) from None
    finally:
        ours.close()
        _end(process.pid)
        process.join()
    if kind == "error":
        raise value
    result: Result = value
    return result


def _child(function: Callable[[Argument], Result], argument: Argument, limits: Limits, answer: Connection) -> None:
    os.setsid()  # so that what it started dies with it
    limit_this_process(limits)
    try:
        answer.send(("result", function(argument)))
    except DigitizeError as error:
        answer.send(("error", error))
    except MemoryError:
        answer.send(("error", WorkerDiedError(reason="out of memory")))
    except Exception as error:  # noqa: BLE001 - whatever a hostile file provokes ends here, as a value
        answer.send(("error", InternalError(kind=type(error).__name__)))


def _end(pid: int | None) -> None:
    if pid is None:
        return
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


def _reason(exit_code: int | None) -> str:
    return f"signal {-exit_code}" if exit_code is not None and exit_code < 0 else f"exit code {exit_code}"
