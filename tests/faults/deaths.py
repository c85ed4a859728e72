"""Ways to die: a process that works on a document in a child of the test, and is killed where a test says."""

import os
import signal
from collections.abc import Callable
from typing import Any

from storage.api import AttemptStage
from tests.workers.office import Office
from workers import jobs
from workers.desk import ArchiveDesk
from workers.stages import SignedDocument

STAGES = ("inspect", "recognize", "extract", "review", "assemble", "prepare", "sign", "publish")
WRITES = ("page 0001.json", "signed.pdf", "record.json", "record.json.p7s")


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class DyingDesk(ArchiveDesk):
    """Its process is killed as the stage named by ``dies_at`` begins, or right after it ended."""

    dies_at: str

    def begin(self, stage: str) -> None:
        if stage == self.dies_at:
            die()
        super().begin(stage)

    def publish(self, signed: SignedDocument) -> None:
        super().publish(signed)
        if self.dies_at == "told":
            die()  # published, but the station has not been told


def die_at(stage: str) -> Callable[[Office], None]:
    def arrange(_: Office) -> None:
        DyingDesk.dies_at = stage
        jobs.ArchiveDesk = DyingDesk  # type: ignore[misc]  # in the child only

    return arrange


def die_after_writing(name: str) -> Callable[[Office], None]:
    def arrange(office: Office) -> None:
        for store in (office.bench.stores.archive, office.bench.stores.work):
            _kill_after(store, name.rsplit(maxsplit=1)[-1])

    return arrange


def _kill_after(store: Any, name: str) -> None:
    put = store.put

    def put_then_die(key: str, *arguments: Any, **options: Any) -> bool:
        written: bool = put(key, *arguments, **options)
        if key.endswith("/" + name) or (name == "prepared.pdf" and "/prepared/" in key and key.endswith(".pdf")):
            die()
        return written

    store.put = put_then_die


def work_in_child(
    office: Office, identity: str, arrange: Callable[[Office], None], stage: AttemptStage | None = None
) -> int:
    """One attempt in a forked process, as RQ makes it; how the process ended, negative for a signal."""
    return wait_for_child(start_child(office, identity, arrange, stage))


def start_child(
    office: Office,
    identity: str,
    arrange: Callable[[Office], None] = lambda _: None,
    stage: AttemptStage | None = None,
) -> int:
    """At the document's own stage where no other is named."""
    stage = stage or office.find(identity).stage
    child = os.fork()
    if child == 0:
        code = 1
        try:
            with office.another_worker() as own:
                arrange(own)
                own.work(identity, stage)
            code = 0
        finally:
            os._exit(code)
    return child


def wait_for_child(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
