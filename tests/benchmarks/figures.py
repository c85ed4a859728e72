"""How every benchmark of this project tells its figures: a table, and ``build/bench/<name>.json``."""

import ctypes
import json
import os
import resource
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

_PR_SET_CHILD_SUBREAPER = 36  # prctl(2)
RESULTS = Path(__file__).parents[2] / "build" / "bench"


@dataclass(frozen=True, slots=True)
class Figure:
    figure: str
    value: float
    reach: str
    """What is asked of it; empty where it is told for orientation."""
    unit: str
    how: str


@dataclass(frozen=True, slots=True)
class Cost:
    cpu_s: float
    """User and system time of the command and everything it started."""
    wall_s: float


def measure(work: Callable[[], None]) -> Cost:
    """``work`` must do all of its work in child processes.

    Those that outlive their own parent (a fork server does, by a moment) are adopted and waited for, since only
    a process that was waited for is counted.
    """
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    work()
    ended = time.monotonic()
    with suppress(ChildProcessError):
        while True:
            os.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu_s, ended - started)


def middle(costs: Sequence[Cost]) -> Cost:
    return Cost(median(c.cpu_s for c in costs), median(c.wall_s for c in costs))


def report(name: str, figures: Sequence[Figure]) -> None:
    table = Table(title=f"{name} · {os.cpu_count()} cores", title_justify="left")
    for heading in ("figure", "value", "reach", "unit", "how"):
        table.add_column(heading, justify="right" if heading == "value" else "left", overflow="fold")
    for figure in figures:
        table.add_row(figure.figure, f"{figure.value:.3g}", figure.reach, figure.unit, figure.how)
    Console().print(table)
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps([asdict(f) for f in figures], indent=2) + "\n", "utf-8")
