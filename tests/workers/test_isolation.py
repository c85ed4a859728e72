"""A document may take its own process down and nothing else."""

import os
import signal
import time
from contextlib import closing

import pytest

from digitize.config import Limits
from digitize.errors import DocumentTimeoutError, EncryptedInputError, InternalError, WorkerDiedError
from workers.isolation import IsolatedCalls

LIMITS = Limits()


def run_isolated(function, argument, limits):
    with closing(IsolatedCalls(limits, __name__)) as calls:
        return calls.call(function, argument)


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


def crash_if_odd(number: int) -> int:
    if number % 2:
        os._exit(3)
    return number


def own_process(_: int) -> int:
    return os.getpid()


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


def test_the_process_is_replaced_after_a_crash() -> None:
    with closing(IsolatedCalls(LIMITS, __name__)) as calls:
        assert calls.call(crash_if_odd, 2) == 2
        with pytest.raises(WorkerDiedError):
            calls.call(crash_if_odd, 3)
        assert calls.call(crash_if_odd, 4) == 4


def test_one_process_serves_call_after_call() -> None:
    with closing(IsolatedCalls(LIMITS, __name__)) as calls:
        assert calls.call(own_process, 0) == calls.call(own_process, 0)
