"""Real servers for tests: the embedded ones by the commands `digitize up` uses, and PostgreSQL.

None is optional: a test that skips where its server is missing would prove nothing.
"""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import pytest

from digitize.config import Config, Station
from workers.embedded import embedded_servers, start, stop, wait_until_ready, with_embedded

STATIONS = (Station(unit="H99.01"), Station(unit="H99.02"))
HANGS_AFTER_S = 60.0
"""No answer by then is a failure. Not less: on a machine with much else to do a verification took more than 5 s."""
_POSTGRESQL_READY_WITHIN_S = 30.0


def require(program: str | Path) -> str:
    """Path of a program, or the failure of this test."""
    found = shutil.which(program)
    if found is None:
        pytest.fail(f"{program} is not installed; run make setup-test")
    return found


@contextmanager
def embedded_stack(data_dir: Path) -> Iterator[Config]:
    """SeaweedFS and Redis on this data directory; the configuration that reaches them, with two stations."""
    require("redis-server")
    config = Config(data_dir=data_dir, stations=STATIONS)
    with ExitStack() as running:
        for server in embedded_servers(config):
            process = start(server, data_dir / "log" / f"{server.name}.log")
            running.callback(stop, process)
            wait_until_ready(server, process)
        yield with_embedded(config)


@contextmanager
def postgresql(*, durable: bool = False) -> Iterator[str]:
    """URL of the database ``postgres`` of a new server on a private socket; nothing of it is kept. ``durable``: as an
    office would run it, for what is measured.
    """
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    directory = Path(require(programs[-1] if programs else "initdb")).parent
    home = Path(tempfile.mkdtemp(prefix="digitize-pg-"))
    # As root the server refuses to run, and under pytest's folders nobody else may look.
    user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.getuid() == 0 else ["setpriv"]
    if os.getuid() == 0:
        shutil.chown(home, "postgres", "postgres")
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    try:
        subprocess.run(
            [*user, "--", directory / "initdb", "-D", home / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8",
             "--no-sync"],
            env=environment, cwd="/", check=True, capture_output=True, timeout=60,
        )  # fmt: skip
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(home),
            "fsync": "on" if durable else "off",
            "full_page_writes": "on" if durable else "off",
            "shared_buffers": "1GB" if durable else "16MB",
            "max_connections": "60",
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (home / "log").open("wb") as log:
            process = subprocess.Popen(
                [*user, "--pdeathsig", "INT", "--", directory / "postgres", "-D", home / "data", *options],
                env=environment, cwd="/", stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
            )  # fmt: skip
        try:
            _wait_for_postgresql(process, f"host={home} user=postgres dbname=postgres")
            yield f"postgresql://postgres@/postgres?host={home}"
        finally:
            process.send_signal(signal.SIGINT)  # the fast way down: clients are cut off
            process.wait(30)
    finally:
        shutil.rmtree(home)


def _wait_for_postgresql(process: "subprocess.Popen[bytes]", address: str) -> None:
    deadline = time.monotonic() + _POSTGRESQL_READY_WITHIN_S
    while True:
        try:
            psycopg.connect(address).close()
        except psycopg.OperationalError:
            assert process.poll() is None, "PostgreSQL ended at its start"
            assert time.monotonic() < deadline, "PostgreSQL does not answer"
            time.sleep(0.05)
        else:
            return
