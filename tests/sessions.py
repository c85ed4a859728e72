"""What is left of a process and all it started, when it was given a session of its own."""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

WITHIN_S = 10


def in_session(leader: int) -> list[int]:
    """Processes alive, the leader among them, of the session it began."""
    found = []
    for folder in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) == leader and fields[0] != "Z":
                found.append(int(folder.name))
    return found


def until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WITHIN_S
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)
