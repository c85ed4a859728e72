"""The stack ends as a whole, however it is ended, and goes on where it was."""

import os
import signal
import subprocess
from pathlib import Path

import pytest

from tests.e2e.stack import DIGITIZE, Stack, prepare, start, wait_until
from tests.papers import draw_page, write_jpeg


@pytest.fixture
def slow_paper(tmp_path: Path) -> Path:
    """Full of words, so that it is still being worked on when the stack ends."""
    words = tuple("Hồ sơ số hai mươi bảy của đơn vị thử nghiệm" for _ in range(8))
    return write_jpeg(tmp_path / "slow.jpg", draw_page(words, (1_748, 2_480)))


def drop_and_wait_for_work(stack: Stack, paper: Path) -> str:
    identity = stack.drop(paper)
    assert wait_until(lambda: any((stack.config.data_dir / "tmp").glob("process-*/*")), 30), "no worker took it"
    return identity


def test_a_stack_told_to_stop_or_killed_leaves_nothing_behind_and_goes_on(tmp_path: Path, slow_paper: Path) -> None:
    config, environment = prepare(tmp_path, workers=1)
    log = tmp_path / "up.log"
    stack = start(config, environment, log)
    try:
        identity = drop_and_wait_for_work(stack, slow_paper)
        stack.process.send_signal(signal.SIGKILL)
        assert stack.process.wait(10) == -signal.SIGKILL
        assert wait_until(lambda: stack.left() == [], 10), stack.left()
        stack = start(config, environment, log)
        assert stack.wait_for_end(identity)["status"] == "published"
        assert stack.stop() == 0
        assert stack.left() == []
        assert stack.run("status").returncode == 0
    finally:
        for pid in stack.pids():
            os.kill(pid, signal.SIGKILL)


def test_a_stack_stops_while_it_starts(tmp_path: Path) -> None:
    config, environment = prepare(tmp_path, workers=1)
    with (tmp_path / "up.log").open("wb") as output:
        process = subprocess.Popen(
            [DIGITIZE, "up"], env=environment, cwd=tmp_path, stdout=output, stderr=output, start_new_session=True
        )
    stack = Stack(config, environment, process)
    assert wait_until(lambda: stack.parts("weed") != [], 30)
    assert stack.stop() == 0
    assert stack.left() == []
