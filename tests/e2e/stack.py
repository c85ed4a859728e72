"""`digitize up` as an operator starts it, and what a station and a portal see of it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from digitize.config import Config, Service, Station, Workers
from digitize.errors import DigitizeError, NotFoundError
from digitize.identity import document_id
from storage.keys import inbox_key, status_key
from storage.objects import S3Store, Stores, open_stores
from tests.servers import require
from workers.accepted import describe_file
from workers.embedded import station_client, with_embedded

UNITS = ("H99.01", "H99.02")
DOSSIER = "H99.01-261122-0001"
ENDED = frozenset({"published", "needs_review", "rejected", "quarantined"})
DIGITIZE = Path(sys.executable).with_name("digitize")
_UP_WITHIN_S = 90
_ENDED_WITHIN_S = 120
_LEASE_S = 6


@dataclass
class Stack:
    config: Config
    environment: dict[str, str]
    process: "subprocess.Popen[bytes]"

    # --- commands and doors -------------------------------------------------------------------------------

    def run(self, *arguments: str | Path) -> "subprocess.CompletedProcess[str]":
        """Another `digitize` command of the same operator."""
        return subprocess.run(
            [DIGITIZE, *arguments], env=self.environment, capture_output=True, text=True, timeout=120, check=False
        )

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.config.service.port}"

    @property
    def stores(self) -> Stores:
        return open_stores(with_embedded(self.config).storage)

    def station(self, unit: str) -> S3Store:
        return S3Store(station_client(self.config, unit), self.config.storage.inbox_bucket)

    # --- what a station does ------------------------------------------------------------------------------

    def drop(
        self,
        path: Path,
        *,
        unit: str = UNITS[0],
        dossier: str = DOSSIER,
        component: str = "TP01",
        filename: str | None = None,
    ) -> str:
        source = describe_file(path, path.name)
        key = inbox_key(unit=unit, dossier=dossier, component=component, filename=filename or path.name)
        eventually(lambda: self.station(unit).put(key, path, source.media_type))
        return document_id(unit=unit, dossier=dossier, component=component, sha256=source.sha256)

    def wait_for_end(self, identity: str, unit: str = UNITS[0]) -> dict[str, Any]:
        """What the station reads once the document has ended."""
        status: dict[str, Any] = {}

        def has_ended() -> bool:
            try:
                status.update(json.loads(self.station(unit).get(status_key(unit, identity))))
            except (NotFoundError, DigitizeError):
                return False
            return status["status"] in ENDED

        assert wait_until(has_ended, _ENDED_WITHIN_S), f"not ended: {status}"
        return status

    # --- its processes ------------------------------------------------------------------------------------

    def parts(self, words: str) -> list[int]:
        """Process ids of what the supervisor started with these words in its command line."""
        return [pid for pid, parent, command in processes() if parent == self.process.pid and words in command]

    def pids(self) -> list[int]:
        """Everything of this stack that runs: its folder stands in the command line or the environment."""
        home = os.fsencode(self.config.data_dir.parent)
        return [pid for pid, _, command in processes() if os.fsdecode(home) in command or home in _environment(pid)]

    def left(self) -> list[str]:
        commands = {pid: command for pid, _, command in processes()}
        return [commands[pid] for pid in self.pids() if pid in commands]

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


def processes() -> Iterator[tuple[int, int, str]]:
    """Process id, parent's id and command line of everything that runs, dead children left out."""
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:  # ended meanwhile
            continue
        if state != "Z":
            yield int(entry.name), int(parent), command


def _environment(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return b""


def wait_until(condition: Callable[[], bool], within_s: float) -> bool:
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.1)
    return False


def eventually(action: Callable[[], object], within_s: float = 60) -> None:
    """As a station does it: again until the server answers."""

    def done() -> bool:
        try:
            action()
        except DigitizeError:
            return False
        return True

    assert wait_until(done, within_s)


def prepare(home: Path, workers: int = 2) -> tuple[Config, dict[str, str]]:
    """The configuration file of a small office, and the environment that names it."""
    require("redis-server")
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        port = chosen.getsockname()[1]
    config = Config(
        data_dir=home / "var",
        stations=tuple(Station(unit=unit, name=f"ỦY BAN NHÂN DÂN XÃ {unit}") for unit in UNITS),
        workers=Workers(count=workers, lease_s=_LEASE_S, retry_first_delay_s=1, poll_s=0.2),
        service=Service(port=port),
    )
    stations = "".join(f'[[stations]]\nunit = "{s.unit}"\nname = "{s.name}"\n' for s in config.stations)
    (home / "digitize.toml").write_text(
        f'data_dir = "{config.data_dir}"\n'
        f"[workers]\ncount = {workers}\nlease_s = {_LEASE_S}\nretry_first_delay_s = 1\npoll_s = 0.2\n"
        f"[service]\nport = {port}\n{stations}",
        "utf-8",
    )
    environment = {
        "PATH": os.environ["PATH"],
        "LC_ALL": "C.UTF-8",
        "COLUMNS": "200",
        "DIGITIZE_CONFIG": str(home / "digitize.toml"),
    }
    return config, environment


@contextmanager
def running(home: Path, workers: int = 2) -> Iterator[Stack]:
    config, environment = prepare(home, workers)
    stack = start(config, environment, home / "up.log")
    try:
        yield stack
    finally:
        if stack.process.poll() is None:
            stack.stop()


def start(config: Config, environment: dict[str, str], log_file: Path) -> Stack:
    """Ready when its web process says so."""
    with log_file.open("ab") as log:
        process = subprocess.Popen(
            [DIGITIZE, "up"], env=environment, cwd=log_file.parent, stdout=log, stderr=log, start_new_session=True
        )
    stack = Stack(config, environment, process)

    def is_ready() -> bool:
        assert process.poll() is None, log_file.read_text()
        try:
            return httpx.get(f"{stack.address}/health/ready", timeout=5).status_code == 200
        except httpx.TransportError:
            return False

    if not wait_until(is_ready, _UP_WITHIN_S):
        process.kill()
        pytest.fail(f"the stack did not start: {log_file.read_text()}")
    return stack
