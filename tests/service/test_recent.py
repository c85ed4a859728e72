"""Answers of a moment ago: one asks for all, and who comes all the time never waits."""

import asyncio
import threading
from collections.abc import Callable
from types import SimpleNamespace

import pytest

from digitize.errors import CatalogueUnavailableError
from service import recent as module
from service.recent import Recent


class Source:
    """Answers with how often it was asked, once it is let go."""

    def __init__(self) -> None:
        self.asked = 0
        self.says: Callable[[int], str | None] = str
        self.may_answer = threading.Event()
        self.may_answer.set()

    def __call__(self, _: str) -> str | None:
        self.asked += 1
        count = self.asked
        assert self.may_answer.wait(10)
        return self.says(count)


@pytest.fixture
def passed(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [0.0]
    monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: now[0]))
    return now


async def settle(recent: Recent[str, str]) -> None:
    await asyncio.wait_for(asyncio.gather(*recent._asking.values(), return_exceptions=True), 10)


def test_all_who_come_at_once_ask_once(passed: list[float]) -> None:
    async def run() -> None:
        source = Source()
        recent = Recent(source, 1)
        source.may_answer.clear()
        waiting = [asyncio.create_task(recent.on_loop("a")) for _ in range(20)]
        await asyncio.sleep(0.01)
        waiting[0].cancel()
        source.may_answer.set()
        assert set(await asyncio.gather(*waiting[1:])) == {"1"}
        assert source.asked == 1
        assert waiting[0].cancelled()

    asyncio.run(run())


def test_what_is_asked_for_all_the_time_is_asked_for_again_and_nobody_waits(passed: list[float]) -> None:
    async def run() -> None:
        source = Source()
        recent = Recent(source, 1)
        assert await recent.on_loop("a") == "1"
        passed[0] = 0.4
        assert await recent.on_loop("a") == "1"
        assert recent._asking == {}
        source.may_answer.clear()
        passed[0] = 0.6
        assert [await recent.on_loop("a") for _ in range(3)] == ["1"] * 3
        source.may_answer.set()
        await settle(recent)
        assert (await recent.on_loop("a"), source.asked) == ("2", 2)
        passed[0] = 1.59
        assert await recent.on_loop("a") == "2"  # believed from when it was asked for, at 0.6
        await settle(recent)
        passed[0] = 9
        assert await recent.on_loop("a") == "4"

    asyncio.run(run())


def test_what_is_asked_for_again_pushes_nobody_out(passed: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT_MAX", 2)
    recent = Recent(Source(), 1)
    assert [recent(key) for key in "ab"] == ["1", "2"]
    recent._ask_anew("a")
    assert [recent(key) for key in "ab"] == ["3", "2"]
    assert [recent(key) for key in "ca"] == ["4", "5"]


def test_what_is_no_more_is_not_believed_any_longer(passed: list[float]) -> None:
    async def run() -> None:
        source = Source()
        recent = Recent(source, 1)
        await recent.on_loop("a")
        source.says = lambda _: None
        passed[0] = 0.6
        assert await recent.on_loop("a") == "1"
        await settle(recent)
        assert await recent.on_loop("a") is None
        assert recent("a") is None

    asyncio.run(run())


def test_an_error_is_told_to_who_waits_and_to_nobody_else(
    passed: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_: int) -> str:
        raise CatalogueUnavailableError

    async def run() -> None:
        source = Source()
        recent = Recent(source, 1)
        await recent.on_loop("a")
        source.says = fail
        passed[0] = 0.6
        assert await recent.on_loop("a") == "1"
        await settle(recent)
        assert await recent.on_loop("a") == "1"
        await settle(recent)
        passed[0] = 1.1
        with pytest.raises(CatalogueUnavailableError):
            await recent.on_loop("a")
        source.says = str
        assert await recent.on_loop("a") == "5"

    asyncio.run(run())
    assert caplog.messages == []
