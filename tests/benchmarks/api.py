"""`make bench-api`: look-up, prefill and text search over a large catalogue, asked by an open loop of requests.

Requests start when they are due, whether or not earlier ones were answered, and latency counts from then: a server
that falls behind cannot hide it. Server, database and the asking program share the machine's cores.
"""

import asyncio
import gc
import json
import os
import random
import secrets
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from digitize.config import Config, Storage
from digitize.extraction.letters import fold
from storage.catalogue import database_url, open_catalogue, prepare_catalogue
from storage.database import open_engine
from storage.reuse_api import Component, Procedure, Substitute
from tests.benchmarks import bare_web
from tests.benchmarks.catalogue_loader import OWNERS_SHARE, identity_of, load, name_of, owner_number, words_of
from tests.benchmarks.figures import Figure, report
from tests.servers import postgresql

DOCUMENTS = int(os.environ.get("DOCUMENTS", "1000000"))
SECONDS = int(os.environ.get("SECONDS", "30"))
REACH_MS = {"SQLite": 40, "PostgreSQL": 25}
if "DATABASE" in os.environ:
    REACH_MS = {name: reach for name, reach in REACH_MS.items() if name == os.environ["DATABASE"]}
RATES = {"bare": 200, "lookup": 200, "prefill": 200, "search": 50}
"""Requests a second. ``bare``: the peer's, see ``bare_web``."""
SMALLER = 10
"""How many times smaller the catalogue is that growth is told against."""
CONNECTIONS = 64
WARM_UP_S = WINDOW_S = 5
SEARCH_WITHIN_MS = 150
PROCEDURE = Procedure(
    "1.000894",
    "Đăng ký kết hôn",
    (
        Component("TP01", "Giấy khai sinh", True, True, (Substitute("birth_certificate"),)),
        Component("TP02", "Căn cước", True, False, (Substitute("citizen_card"),)),
        Component("TP03", "Giấy xác nhận", True, True, (Substitute("marital_status_certificate", months=6),)),
    ),
)  # fmt: skip
PURPOSE = {"dossier": "H99.01-260912-0001", "procedure": PROCEDURE.code}


@dataclass(frozen=True, slots=True)
class Latencies:
    """Milliseconds, of each ``WINDOW_S`` in turn."""

    windows: list[list[float]]
    failed: int

    def at(self, share: float) -> float:
        return at(share, [one for window in self.windows for one in window])

    def usual(self, share: float) -> float:
        """Half the windows have less. A disk that stands still for half a second is in one of them, and alone decides
        what 99 in 100 of half a minute took.
        """
        return statistics.median(at(share, window) for window in self.windows)


def at(share: float, told: list[float]) -> float:
    return sorted(told)[min(len(told) - 1, int(share * len(told)))]


def main() -> None:
    figures = []
    for backend, reach in REACH_MS.items():
        told = {}
        for count in (DOCUMENTS // SMALLER, DOCUMENTS):
            with database(backend) as config:
                key = fill(config, count)
                with serving(config) as addresses:
                    told[count] = {
                        name: told_of(backend, name, addresses, key, bodies)
                        for name, bodies in questions(count).items()
                    }
        figures += figures_of(backend, reach, told)
        report("api", figures)  # after each: it took an hour until here


def told_of(backend: str, name: str, addresses: "Addresses", key: str, bodies: Sequence[bytes]) -> "Latencies":
    address = addresses.bare if name == "bare" else addresses.doors
    asyncio.run(ask(address, key, name, bodies, WARM_UP_S))
    told = asyncio.run(ask(address, key, name, bodies, SECONDS))
    if told.failed:
        raise SystemExit(f"{backend}, {name}: {told.failed} requests failed")
    return told


def figures_of(backend: str, reach: int, told: dict[int, dict[str, "Latencies"]]) -> list[Figure]:
    """``told``: by the number of documents, the smaller catalogue first."""
    smaller, larger = told.values()
    figures = []
    for name, latencies in larger.items():
        how = f"{DOCUMENTS} documents, {RATES[name]}/s for {SECONDS} s; median {latencies.at(0.5):.1f}"
        how += f", the slowest {latencies.at(1):.0f}"
        share, most = (0.95, f"≤ {SEARCH_WITHIN_MS}") if name == "search" else (0.99, f"≤ {reach}")
        said = f"{name} p{100 * share:.0f}, {backend}"
        figures.append(Figure(said, latencies.at(share), "" if name == "bare" else most, "ms", how))
    for name in ("lookup", "prefill"):
        growth = larger[name].usual(0.99) / smaller[name].usual(0.99)
        how = f"p99 at {DOCUMENTS} ÷ at {DOCUMENTS // SMALLER}, each the median of {WINDOW_S} s windows; of all: "
        how += f"{larger[name].at(0.99):.1f} ÷ {smaller[name].at(0.99):.1f}"
        figures.append(Figure(f"{name} growth, {backend}", growth, "≤ 1.3", "", how))
        for share, called in ((0.5, "median"), (0.99, "p99")):
            ratio = larger[name].usual(share) / larger["bare"].usual(share)
            figures.append(Figure(f"{name} {called} ÷ bare, {backend}", ratio, "", "", f"medians of {WINDOW_S} s"))
    return figures


def questions(count: int) -> dict[str, list[bytes]]:
    """Bodies to be sent in turn, by route."""
    chance, owners = random.Random(1), max(1, int(count * OWNERS_SHARE))
    numbers = [owner_number(chance.randrange(owners)) for _ in range(5_000)]
    papers = [identity_of(chance.randrange(count)) for _ in range(5_000)]
    return {
        "bare": [json.dumps({"document_id": one}).encode() for one in papers],
        "search": [json.dumps({"query": words(chance, owners), "purpose": PURPOSE}).encode() for _ in range(5_000)],
        "lookup": [json.dumps({"owner_id": one, "purpose": PURPOSE}).encode() for one in numbers],
        "prefill": [
            json.dumps({"procedure": PROCEDURE.code, "owner_id": one, "purpose": PURPOSE}).encode() for one in numbers
        ],
    }


def words(chance: random.Random, owners: int) -> str:
    """As somebody would type them who has a paper before them: a name, or up to three words of its text, half of them
    as they stand side by side and half without marks.
    """
    if chance.random() < 0.5:
        typed = name_of(chance)
    else:
        text = words_of(chance.randrange(owners))
        start = chance.randrange(len(text) - 3)
        typed = " ".join(text[start : start + chance.randint(1, 3)])
    typed = fold(typed) if chance.random() < 0.5 else typed
    return f'"{typed}"' if chance.random() < 0.5 else typed


@contextmanager
def database(backend: str) -> Iterator[Config]:
    with ExitStack() as running, TemporaryDirectory(prefix="digitize-bench-") as name:
        url = running.enter_context(postgresql(durable=True)) if backend == "PostgreSQL" else None
        storage = Storage(endpoint="127.0.0.1:9", access_key="none", secret_key="none", database_url=url)
        yield Config(data_dir=Path(name) / "var", storage=storage)


def fill(config: Config, count: int) -> str:
    """Load the catalogue; a key to it."""
    prepare_catalogue(config)
    began = time.monotonic()
    load(config, count)
    sys.stderr.write(f"{count} documents loaded in {time.monotonic() - began:.0f} s\n")
    with open_engine(database_url(config)).begin() as connection:
        connection.execute(bare_web.TABLE)
    catalogue = open_catalogue(config)
    catalogue.replace_procedures([PROCEDURE])
    _, key = catalogue.add_client("bench", frozenset({"lookup", "search"}), frozenset())
    return key


@dataclass(frozen=True, slots=True)
class Addresses:
    doors: str
    bare: str


@contextmanager
def serving(config: Config) -> Iterator[Addresses]:
    """The doors over a loaded catalogue, and the peer's, in processes of their own."""
    port = 20_000 + secrets.randbelow(20_000)
    environment = {
        **os.environ,
        "DIGITIZE_DATA_DIR": str(config.data_dir),
        "DIGITIZE_STORAGE__DATABASE_URL": database_url(config),
        "DIGITIZE_STORAGE__ENDPOINT": str(config.storage.endpoint),
        "DIGITIZE_STORAGE__ACCESS_KEY": "none",
        "DIGITIZE_STORAGE__SECRET_KEY": "none",
        "DIGITIZE_SERVICE__PORT": str(port),
        bare_web.URL: database_url(config),
        bare_web.PORT: str(port + 1),
    }
    modules = [module for module in ("service.web", bare_web.__name__) for _ in range(config.service.processes)]
    processes = [subprocess.Popen([sys.executable, "-m", one], env=environment) for one in modules]
    addresses = Addresses(f"http://127.0.0.1:{port}", f"http://127.0.0.1:{port + 1}")
    try:
        wait_for(addresses.doors)
        wait_for(addresses.bare)
        yield addresses
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(30)


def wait_for(address: str) -> None:
    url = urlsplit(address)
    for _ in range(200):
        with suppress(OSError):
            asyncio.run(_connect(url.hostname or "", url.port or 0))
            return
        time.sleep(0.1)
    raise SystemExit("the web process does not answer")


async def _connect(host: str, port: int) -> None:
    _, writer = await asyncio.open_connection(host, port)
    writer.close()


async def ask(address: str, key: str, route: str, bodies: Sequence[bytes], seconds: int) -> Latencies:
    """As many requests a second as the route is asked, on kept connections."""
    url = urlsplit(address)
    free: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
    for _ in range(CONNECTIONS):
        free.put_nowait(await asyncio.open_connection(url.hostname, url.port))
    head = (
        f"POST /v1/{route} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {key}\r\n"
        "Content-Type: application/json\r\nContent-Length: "
    ).encode()
    windows: list[list[float]] = [[] for _ in range(-(-seconds // WINDOW_S))]
    failed = 0

    async def one(body: bytes, due: float, spent: list[float]) -> None:
        nonlocal failed
        reader, writer = await free.get()
        writer.write(head + str(len(body)).encode() + b"\r\n\r\n" + body)
        answer = await reader.readuntil(b"\r\n\r\n")
        length = int(
            next(line for line in answer.lower().split(b"\r\n") if line.startswith(b"content-length")).split()[1]
        )
        await reader.readexactly(length)
        spent.append(1_000 * (time.perf_counter() - due))
        failed += not answer.startswith(b"HTTP/1.1 200")
        free.put_nowait((reader, writer))

    # This program's own looking for garbage, among tasks by the thousand, must not be taken for the server's delay.
    gc.collect()
    gc.disable()
    rate = RATES[route]
    begun = time.perf_counter()
    async with asyncio.TaskGroup() as requests:
        for number in range(rate * seconds):
            due = begun + number / rate
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            window = windows[number // (rate * WINDOW_S)]
            requests.create_task(one(bodies[number % len(bodies)], due, window))
    gc.enable()
    while not free.empty():
        free.get_nowait()[1].close()
    return Latencies(windows, failed)


if __name__ == "__main__":
    main()
