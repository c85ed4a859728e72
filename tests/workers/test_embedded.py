"""The embedded servers: private, durable, scoped to their stations, and gone when their parent is gone."""

import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import pytest
import urllib3
from redis import Redis

from digitize.config import Config, Storage, Workers, load_config
from digitize.errors import ConfigError, NotPermittedError, StorageUnavailableError
from storage.objects import S3Store, open_stores
from tests.servers import STATIONS, embedded_stack, require
from workers import embedded_secrets
from workers.embedded import (
    ServerProcess,
    embedded_servers,
    find_weed,
    redis_socket,
    start,
    station_client,
    stop,
    wait_until_ready,
    with_embedded,
)


@contextmanager
def running(config: Config) -> Iterator[dict[str, "subprocess.Popen[bytes]"]]:
    with ExitStack() as stack:
        processes = {}
        for server in embedded_servers(config):
            processes[server.name] = start(server, config.data_dir / "log" / server.name)
            stack.callback(stop, processes[server.name])
            wait_until_ready(server, processes[server.name])
        yield processes


def wait_for(condition: Callable[[], bool], within_s: float = 20.0) -> bool:
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.05)
    return False


def station_store(config: Config, unit: str) -> S3Store:
    return S3Store(station_client(config, unit), config.storage.inbox_bucket)


# --- stations ---------------------------------------------------------------------------------------------


def test_a_station_writes_its_own_unit_only(embedded: Config) -> None:
    own, app = station_store(embedded, "H99.01"), open_stores(embedded.storage).inbox
    assert own.put("H99.01/D1/TP01/scan.pdf", b"scan", "application/pdf")
    assert app.get("H99.01/D1/TP01/scan.pdf") == b"scan"
    for key in ("H99.02/D1/TP01/scan.pdf", "H99.011/D1/TP01/scan.pdf", "scan.pdf", "H99/scan.pdf"):
        with pytest.raises(NotPermittedError):
            own.put(key, b"scan", "application/pdf")
    assert [found.key for found in app.list("H99.02/")] == []


def test_a_station_reads_what_became_of_its_drops_and_nothing_else(embedded: Config) -> None:
    own, stores = station_store(embedded, "H99.01"), open_stores(embedded.storage)
    stores.inbox.put("H99.01/_status/1.json", b"{}", "application/json")
    stores.inbox.put("H99.02/_status/1.json", b"{}", "application/json")
    own.put("H99.01/D2/TP01/scan.pdf", b"scan", "application/pdf")
    assert own.get("H99.01/_status/1.json") == b"{}"
    assert "H99.01/D2/TP01/scan.pdf" in [found.key for found in own.list("H99.01/")]
    for key in ("H99.02/_status/1.json", "H99.01/D2/TP01/scan.pdf"):
        with pytest.raises(NotPermittedError):
            own.get(key)
    for prefix in ("", "H99.02/"):
        with pytest.raises(NotPermittedError):
            list(own.list(prefix))
    archive = S3Store(station_client(embedded, "H99.01"), embedded.storage.archive_bucket)
    stores.archive.put("secret", b"x", "text/plain")
    for refused in (lambda: archive.get("secret"), lambda: list(archive.list()), lambda: archive.delete("secret")):
        with pytest.raises(NotPermittedError):
            refused()


def test_a_unit_without_station_has_no_key(embedded: Config) -> None:
    with pytest.raises(ConfigError, match=r"known are H99\.01, H99\.02"):
        station_client(embedded, "H99.03")


@pytest.mark.parametrize("unit", ["*", "H99/01", "", "H99.01/*", "..", "H99..01", "${aws:username}"])
def test_a_unit_that_would_widen_a_key_is_refused(unit: str) -> None:
    with pytest.raises(ConfigError, match=r"stations\.0\.unit"):
        load_config(stations=[{"unit": unit}])


def test_keys_stay_when_stations_come_and_go(tmp_path: Path) -> None:
    first = Config(data_dir=tmp_path, stations=STATIONS[:1])
    app, station = embedded_secrets.app_keys(first), embedded_secrets.station_keys(first, "H99.01")
    written = embedded_secrets.s3_identities_file(first).stat()
    assert embedded_secrets.s3_identities_file(first).stat().st_ino == written.st_ino  # as it is on a full disk
    both = Config(data_dir=tmp_path, stations=STATIONS)
    assert embedded_secrets.station_keys(both, "H99.01") == station
    assert embedded_secrets.station_keys(both, "H99.02") != station
    only_second = Config(data_dir=tmp_path, stations=STATIONS[1:])
    assert embedded_secrets.app_keys(only_second) == app
    with pytest.raises(ConfigError):
        embedded_secrets.station_keys(only_second, "H99.01")


# --- privacy ----------------------------------------------------------------------------------------------


def test_secrets_and_data_are_readable_by_their_owner_only(embedded: Config) -> None:
    open_stores(embedded.storage).work.put("key", b"x", "text/plain")
    private = [embedded.secrets_dir, embedded.data_dir / "objects", redis_socket(embedded).parent]
    assert [stat.S_IMODE(path.stat().st_mode) for path in private] == [0o700] * 3
    files = [path for path in embedded.secrets_dir.iterdir() if path.is_file()]
    assert len(files) >= 6
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def listening() -> list[tuple[str, int]]:
    """Address and port of every listening socket, from the kernel's own tables (proc(5), net/tcp)."""
    found = []
    for table in ("tcp", "tcp6"):
        for line in Path("/proc/net", table).read_text().splitlines()[1:]:
            _, local, _, state, *_ = line.split()
            if state == "0A":
                address, port = local.split(":")
                shown = socket.inet_ntoa(bytes.fromhex(address)[::-1]) if table == "tcp" else address
                found.append((shown, int(port, 16)))
    return found


def test_every_port_is_on_loopback_and_the_inner_ones_trust_nobody(embedded: Config) -> None:
    open_stores(embedded.storage).inbox.put("H99.01/D3/TP01/scan.pdf", b"personal", "application/pdf")
    ports = embedded_secrets.kept_ports(embedded)
    for port in (ports.s3, ports.filer, ports.master, ports.volume, ports.filer_grpc):
        with socket.create_connection(("127.0.0.1", port)):
            pass
    own = {ports.s3, ports.filer, ports.master, ports.volume, ports.filer_grpc}
    assert {address for address, port in listening() if port in own} == {"127.0.0.1"}
    bucket = embedded.storage.inbox_bucket
    for path in (f"/buckets/{bucket}/", f"/buckets/{bucket}/H99.01/D3/TP01/scan.pdf", "/etc/iam/"):
        answer = urllib3.request("GET", f"http://127.0.0.1:{ports.filer}{path}")
        assert answer.status == 401
        assert b"personal" not in answer.data
    put = urllib3.request("PUT", f"http://127.0.0.1:{ports.filer}/buckets/{bucket}/intruder", body=b"x")
    assert put.status == 401


def test_the_inner_services_answer_only_who_has_the_certificate(tmp_path: Path) -> None:
    config = Config(data_dir=tmp_path / "var", workers=Workers(redis_url="redis://queue.example"))
    (objects,) = embedded_servers(config)
    process = start(objects, tmp_path / "log")
    try:
        wait_until_ready(objects, process)
        ports = embedded_secrets.kept_ports(config)
        own = _list_buckets(ports, objects.environment)
        stranger = _list_buckets(ports, {"PATH": os.defpath, "HOME": str(tmp_path)})
    finally:
        stop(process)
    assert b"archive" in own
    assert b"archive" not in stranger


def _list_buckets(ports: embedded_secrets.Ports, environment: Mapping[str, str]) -> bytes:
    shell = subprocess.Popen(
        [
            find_weed(),
            "shell",
            f"-master=127.0.0.1:{ports.master}.{ports.master_grpc}",
            f"-filer=127.0.0.1:{ports.filer}.{ports.filer_grpc}",
        ],
        env=dict(environment),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        return shell.communicate(b"fs.ls /buckets/\n", timeout=4)[0]
    except subprocess.TimeoutExpired:  # refused, it tries again for ever
        shell.kill()
        return shell.communicate()[0]


def test_the_queue_is_reached_through_its_socket_only(embedded: Config) -> None:
    path = redis_socket(embedded)
    assert embedded.workers.redis_url == f"unix://{path}"
    assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
    with closing(Redis.from_url(f"unix://{path}")) as redis:
        settings = redis.config_get("*")
    wanted = {"port": "0", "appendonly": "yes", "maxmemory-policy": "noeviction", "save": ""}
    assert {name: settings[name] for name in wanted} == wanted


def test_a_long_data_directory_gets_short_sockets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", "/tmp")
    config = Config(data_dir=tmp_path / ("x" * 120))
    path = redis_socket(config)
    assert len(os.fsencode(path)) <= 100
    assert path != redis_socket(Config(data_dir=tmp_path / ("y" * 120)))
    try:
        with embedded_stack(config.data_dir) as reached:
            assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
            assert open_stores(reached.storage).archive.put("key", b"x", "text/plain")
            with closing(Redis.from_url(reached.workers.redis_url or "")) as redis:
                assert redis.ping()
    finally:
        shutil.rmtree(path.parent)


def test_a_socket_directory_somebody_planted_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    config = Config(data_dir=tmp_path / ("x" * 120), storage=Storage(endpoint="127.0.0.1:1"))
    (tmp_path / "theirs").mkdir()
    redis_socket(config).parent.symlink_to(tmp_path / "theirs")
    with pytest.raises(ConfigError, match="somebody else"):
        embedded_servers(config)


def test_nothing_of_the_environment_reaches_the_servers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "intruder")
    monkeypatch.setenv("WEED_JWT_SIGNING_KEY", "known")
    for server in embedded_servers(Config(data_dir=tmp_path)):
        assert not {"intruder", "known"} & set(server.environment.values())
        assert "secret" not in " ".join(server.arguments).replace("/secrets/", "")


# --- what is configured is not started ---------------------------------------------------------------------


def test_what_is_configured_elsewhere_is_left_alone(tmp_path: Path) -> None:
    storage = Storage(endpoint="s3.example:443", access_key="a", secret_key="b")
    config = Config(data_dir=tmp_path / "var", storage=storage, workers=Workers(redis_url="redis://queue.example"))
    assert embedded_servers(config) == ()
    assert with_embedded(config) == config
    assert not (tmp_path / "var").exists()


# --- starting, stopping, dying ------------------------------------------------------------------------------


def test_what_was_put_survives_a_kill_and_other_ports(tmp_path: Path) -> None:
    config = Config(data_dir=tmp_path / "var")
    with running(config) as processes:
        stores = open_stores(with_embedded(config).storage)
        ports = embedded_secrets.kept_ports(config)
        with closing(Redis(unix_socket_path=str(redis_socket(config)))) as redis:
            redis.set("job", "1")
        for number in range(20):
            stores.archive.put(f"key/{number}", bytes([number]) * 50_000, "text/plain", write_once=True)
        for process in processes.values():
            os.killpg(process.pid, signal.SIGKILL)

    with running(config), closing(Redis(unix_socket_path=str(redis_socket(config)))) as redis:
        assert embedded_secrets.kept_ports(config) == ports
        assert redis.get("job") == b"1"
        assert not stores.archive.put("key/0", b"other", "text/plain", write_once=True)
        for number in range(20):
            assert stores.archive.get(f"key/{number}") == bytes([number]) * 50_000

    with socket.create_server(("127.0.0.1", ports.master)), running(config):
        assert embedded_secrets.kept_ports(config) != ports
        moved = open_stores(with_embedded(config).storage)
        assert [moved.archive.get(f"key/{number}")[:1] for number in range(20)] == [bytes([n]) for n in range(20)]
        assert moved.archive.put("key/new", b"x", "text/plain", write_once=True)


_PARENT = """
import sys, time
from pathlib import Path
from digitize.config import Config
from workers.embedded import embedded_servers, start, wait_until_ready
config = Config(data_dir=Path(sys.argv[1]))
for server in embedded_servers(config):
    process = start(server, config.data_dir / "log" / server.name)
    wait_until_ready(server, process)
    print(process.pid, flush=True)
time.sleep(600)
"""


def test_servers_die_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    require("setpriv")
    parent = subprocess.Popen([sys.executable, "-c", _PARENT, str(tmp_path / "var")], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    with parent.stdout:
        pids = [int(parent.stdout.readline()) for _ in range(2)]
        assert all(_lives(pid) for pid in pids)
        parent.kill()
        parent.wait()
    assert wait_for(lambda: not any(_lives(pid) for pid in pids))


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_stop_leaves_nothing_of_a_server_that_will_not_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workers.embedded._STOPPED_WITHIN_S", 0.3)
    script = "trap '' TERM; sleep 600 & echo $! $$ > pids; wait; wait"
    stubborn = ServerProcess(
        "stubborn", ("sh", "-c", f"cd {tmp_path}; {script}"), {"PATH": os.environ["PATH"]}, lambda: True, lambda: None
    )
    process = start(stubborn, tmp_path / "log")
    assert wait_for(lambda: (tmp_path / "pids").exists() and len((tmp_path / "pids").read_text().split()) == 2)
    pids = [int(pid) for pid in (tmp_path / "pids").read_text().split()]
    stop(process)
    assert wait_for(lambda: not any(_lives(pid) for pid in pids))


def test_a_server_that_ends_at_once_is_told(tmp_path: Path) -> None:
    broken = ServerProcess("broken", ("false",), {"PATH": os.environ["PATH"]}, lambda: False, lambda: None)
    process = start(broken, tmp_path / "log")
    with pytest.raises(ConfigError, match="broken did not start"):
        wait_until_ready(broken, process)


def test_a_stopped_store_is_unavailable(tmp_path: Path) -> None:
    with embedded_stack(tmp_path / "var") as config:
        stores = open_stores(config.storage)
        assert json.loads((config.secrets_dir / "ports.json").read_text())["s3"] == int(
            (config.storage.endpoint or "").rpartition(":")[2]
        )
    with pytest.raises(StorageUnavailableError):
        stores.archive.stat("key")
