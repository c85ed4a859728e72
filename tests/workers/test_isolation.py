"""A document may take its own process down and nothing else."""

import os
import signal
import time

import pytest

from digitize.config import Limits
from digitize.errors import DocumentTimeoutError, EncryptedInputError, InternalError, WorkerDiedError
from workers.isolation import run_isolated

LIMITS = Limits()


def double(number: int) -> int:
    return 2 * number


def refuse(_: int) -> None:
    raise EncryptedInputError


def stumble(_: int) -> None:
    raise ZeroDivisionError("with a name in it")


def take_memory(mib: int) -> int:
    return len(bytearray(mib << 20))


def crash(_: int) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def hang(seconds: int) -> None:
    time.sleep(seconds)


def test_a_result_comes_back() -> None:
    assert run_isolated(double, 21, LIMITS) == 42


def test_our_own_errors_come_back_as_they_are() -> None:
    with pytest.raises(EncryptedInputError):
        run_isolated(refuse, 0, LIMITS)


def test_a_foreign_error_comes_back_without_its_text() -> None:
    with pytest.raises(InternalError) as caught:
        run_isolated(stumble, 0, LIMITS)
    assert caught.value.values == {"kind": "ZeroDivisionError"}


def test_memory_over_the_limit_is_refused() -> None:
    with pytest.raises(WorkerDiedError, match="out of memory"):
        run_isolated(take_memory, 2_000, Limits(job_memory_mib=1_000))


def test_a_crash_is_reported_with_its_signal() -> None:
    with pytest.raises(WorkerDiedError, match=f"signal {int(signal.SIGSEGV)}"):
        run_isolated(crash, 0, LIMITS)


def test_a_hanging_document_is_ended() -> None:
    with pytest.raises(DocumentTimeoutError):
        run_isolated(hang, 600, Limits(job_time_limit_s=1))
