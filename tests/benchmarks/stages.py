"""Where a page's CPU time goes, stage by stage: ``python -m tests.benchmarks.stages FILE ...`` prints it as JSON.

A process of its own, in which the stages run one after the other as in a worker.
"""

import json
import os
import resource
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from digitize.config import load_config
from digitize.model import Dossier, Record, Status
from workers.accepted import describe_file
from workers.local_work import LocalDesk
from workers.pipeline import run
from workers.stages import Accepted, Tools
from workers.workbench import open_tools

_TICKS_PER_S = os.sysconf("SC_CLK_TCK")
_UTIME, _STIME = 11, 12  # proc(5), counted from behind the command's name


class TimedDesk(LocalDesk):
    """Notes when each stage begins."""

    def __init__(self, target_stem: Path) -> None:
        super().__init__(target_stem)
        self.spent: Counter[str] = Counter()
        self._stage = ""
        self._own_s, self._started_s = _own_cpu_s(), _started_cpu_s()

    def begin(self, stage: str) -> None:
        own_s, started_s = _own_cpu_s(), _started_cpu_s()
        if self._stage:
            self.spent[self._stage] += own_s - self._own_s
            self.spent[f"{self._stage}, programs"] += started_s - self._started_s
        self._stage, self._own_s, self._started_s = stage, own_s, started_s


def main(paths: list[Path]) -> None:
    config = load_config()
    narrow = config.recognition.model_copy(update={"pages_in_parallel": 1})
    tools = open_tools(config.model_copy(update={"recognition": narrow}))
    _work(paths[0], tools)  # programs start, caches fill
    json.dump(sum((_work(path, tools) for path in paths), Counter()), sys.stdout)


def _work(path: Path, tools: Tools) -> Counter[str]:
    """CPU seconds by stage; what programs it started used is ``<stage>, programs``."""
    source = describe_file(path, path.name)
    record = Record(document_id="0" * 26, status=Status.PROCESSING, dossier=Dossier(), source=source)
    with TemporaryDirectory() as name:
        folder = Path(name)
        desk = TimedDesk(folder / "result")
        run(Accepted(record.document_id, path, source, record.dossier, record.role, folder), desk, tools)
        desk.begin("")
    return desk.spent


def _own_cpu_s() -> float:
    return time.process_time()


def _started_cpu_s() -> float:
    """Of every program started here: those that ended, and those that run on (a resident recognizer does)."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime + sum(map(_cpu_of, _children()))


def _children() -> list[str]:
    return [pid for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()]


def _cpu_of(pid: str) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[_UTIME]) + int(fields[_STIME])) / _TICKS_PER_S


if __name__ == "__main__":
    main([Path(argument) for argument in sys.argv[1:]])
