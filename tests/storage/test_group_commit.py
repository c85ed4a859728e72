"""Entries written side by side share a transaction, and each waits for its own."""

import asyncio
import threading
from collections.abc import Sequence

import pytest

from storage.group_commit import AsyncGroupCommit, GroupCommit
from tests.conformance.conftest import at_once


def test_whoever_comes_while_another_writes_shares_the_next_commit() -> None:
    batches: list[list[int]] = []
    first_writes, others_wait = threading.Event(), threading.Event()

    def write(items: Sequence[int]) -> list[int]:
        batches.append(list(items))
        first_writes.set()
        others_wait.wait(10)
        return [item * 10 for item in items]

    group = GroupCommit(write)
    answers: list[int] = []
    leader = threading.Thread(target=lambda: answers.append(group.add(1)))
    leader.start()
    assert first_writes.wait(10)
    followers = [threading.Thread(target=lambda n=n: answers.append(group.add(n))) for n in (2, 3, 4)]
    for thread in followers:
        thread.start()
    while len(group._waiting) < 3:
        pass
    others_wait.set()
    for thread in (leader, *followers):
        thread.join()
    assert sorted(answers) == [10, 20, 30, 40]
    assert [len(batch) for batch in batches] == [1, 3]


def test_a_transaction_that_fails_fails_for_all_in_it_and_for_nobody_else() -> None:
    def write(items: Sequence[int]) -> list[int]:
        if 13 in items:
            raise KeyError(items)
        return list(items)

    group = GroupCommit(write)
    with pytest.raises(KeyError):
        group.add(13)
    assert at_once(8, group.add) == list(range(8))


def test_who_is_cut_off_while_writing_leaves_nobody_waiting() -> None:
    writes, waits = threading.Event(), threading.Event()

    def write(items: Sequence[str]) -> list[str]:
        if "cut off" in items:
            writes.set()
            waits.wait(10)
            raise SystemExit
        return list(items)

    group = GroupCommit(write)
    endings: list[object] = []

    def be_cut_off() -> None:
        with pytest.raises(SystemExit):
            group.add("cut off")
        endings.append(None)

    first = threading.Thread(target=be_cut_off)
    first.start()
    assert writes.wait(10)
    others = [threading.Thread(target=lambda name=name: endings.append(group.add(name))) for name in "abc"]
    for thread in others:
        thread.start()
    while len(group._waiting) < len(others):
        pass
    waits.set()
    for thread in (first, *others):
        thread.join(10)
    assert {*endings} == {None, "a", "b", "c"}
    assert group.add("later") == "later"


@pytest.mark.parametrize("leads", [False, True])
def test_who_is_cut_off_while_waiting_leaves_nobody_waiting(leads: bool) -> None:
    """Before it was its turn to write, and after."""
    writes, waits = threading.Event(), threading.Event()

    def write(items: Sequence[str]) -> list[str]:
        writes.set()
        waits.wait(10)
        return list(items)

    group = GroupCommit(write)
    endings: list[object] = []
    first = threading.Thread(target=lambda: endings.append(group.add("first")))
    first.start()
    assert writes.wait(10)

    class CutOff(threading.Semaphore):
        def acquire(self, blocking: bool = True, timeout: float | None = None) -> bool:
            if leads:
                super().acquire()
            raise SystemExit

    def be_cut_off() -> None:
        with pytest.raises(SystemExit):
            group.add("cut off")
        endings.append(None)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(threading, "Semaphore", CutOff)
        second = threading.Thread(target=be_cut_off)
        second.start()
        while leads and len(group._waiting) < 1:
            pass
        if not leads:
            second.join(10)
    third = threading.Thread(target=lambda: endings.append(group.add("third")))
    third.start()
    while len(group._waiting) < 1 + leads:
        pass
    waits.set()
    for thread in (first, second, third):
        thread.join(10)
    assert {*endings} == {"first", None, "third"}
    assert group.add("later") == "later"


def test_on_an_event_loop_whoever_comes_while_another_writes_shares_the_next_commit() -> None:
    batches: list[list[int]] = []

    async def write(items: Sequence[int]) -> list[int]:
        batches.append(list(items))
        await asyncio.sleep(0.01)
        if 13 in items:
            raise KeyError(items)
        return [item * 10 for item in items]

    async def use() -> list[object]:
        group = AsyncGroupCommit(write)
        first = asyncio.create_task(group.add(1))
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        others = [asyncio.create_task(group.add(number)) for number in (2, 3, 4)]
        await asyncio.sleep(0)
        others[1].cancel()
        answers = await asyncio.gather(first, *others, return_exceptions=True)
        failed = await asyncio.gather(group.add(13), group.add(14), return_exceptions=True)
        return [*answers, *failed, await group.add(5)]

    told = asyncio.run(use())
    assert [one for one in told if isinstance(one, int)] == [10, 20, 40, 50]
    assert [type(one) for one in told if not isinstance(one, int)] == [asyncio.CancelledError, KeyError, KeyError]
    assert batches[0] == [1]
    assert batches[1:] == [[2, 3, 4], [13, 14], [5]], "who hung up had its use written all the same"
