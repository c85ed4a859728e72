"""`digitize up`: the whole stack under one supervisor."""

import logging
import os
import socket
import sys
from http import HTTPStatus

import urllib3

from digitize.config import Config, load_config
from digitize.errors import ConfigError, StorageUnavailableError
from service.cli.exit_codes import ExitCode
from service.cli.terminal import out
from service.language import say
from storage.buckets import require_buckets
from storage.catalogue import prepare_catalogue
from workers.embedded import ServerProcess, dying_with_parent, embedded_servers, with_embedded
from workers.supervisor import Supervisor, always_ready, nothing_to_prepare

log = logging.getLogger("digitize")

_ANSWER_WITHIN_S = 2.0


def up() -> ExitCode:
    """Until SIGINT or SIGTERM. Raises ConfigError where a part does not start."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(message)s")
    logging.getLogger("digitize").setLevel(logging.INFO)
    from workers.workbench import open_tools, require_languages  # noqa: PLC0415 - OCR and signing load only here

    config = load_config()
    open_tools(config)  # a wrong key, type definition or language stops us before anything starts
    require_languages(config)
    supervisor = Supervisor(config.data_dir)
    supervisor.take_data_dir()
    supervisor.stop_on_signals()
    _check_address(config)
    _check_buckets(config)
    try:
        for server in embedded_servers(config):
            supervisor.start(server)
        if not supervisor.stopping:
            prepare_catalogue(config)
        for part in own_processes(with_embedded(config)):
            if not supervisor.stopping:
                supervisor.start(part)
        if not supervisor.stopping:
            _greet(config)
        supervisor.watch()
    finally:
        supervisor.stop()
    return ExitCode.OK


def _check_address(config: Config) -> None:
    """Another program there would answer for us. Raises ConfigError."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((config.service.host, config.service.port))
        except (OSError, OverflowError):
            where = f"{config.service.host}:{config.service.port}"
            raise ConfigError(detail=f"service.host and service.port: {where} is taken or not ours") from None


def _check_buckets(config: Config) -> None:
    """Of a store that we do not make. Raises ConfigError. One that is away for a while holds nothing up: intake asks
    again before it takes anything.
    """
    if config.storage.endpoint is None:
        return
    try:
        require_buckets(config, mend=True)
    except StorageUnavailableError as error:
        log.warning("%s", error)


def own_processes(config: Config) -> tuple[ServerProcess, ...]:
    """Intake, dispatcher, workers and the web process, in the order they start."""
    # Orphans of a killed supervisor would hold the port against the next one and work beside its workers.
    module = (*dying_with_parent(), sys.executable, "-m")
    python = (*module, "workers.processes")
    workers = [(f"worker-{number}", (*python, "worker")) for number in range(1, config.workers.count + 1)]
    if config.signing.waits:
        sealers = range(1, config.signing.tsa_connections + 1)
        workers += [(f"sealer-{number}", (*python, "sealer")) for number in sealers]
    own = [("intake", (*python, "intake")), ("dispatcher", (*python, "dispatcher")), *workers]
    if config.service.webhook_hosts:
        own.append(("notifier", (*python, "notifier")))
    web = (*module, "service.web")
    return (
        *(_process(name, arguments) for name, arguments in own),
        *(
            ServerProcess(name, web, dict(os.environ), lambda: web_answers(config), nothing_to_prepare)
            for name in ("web", *(f"web-{number}" for number in range(2, config.service.processes + 1)))
        ),
    )


def _process(name: str, arguments: tuple[str, ...]) -> ServerProcess:
    return ServerProcess(name, arguments, dict(os.environ), always_ready, nothing_to_prepare)


def web_answers(config: Config) -> bool:
    url = f"http://{config.service.host}:{config.service.port}/health/live"
    try:
        return urllib3.request("GET", url, timeout=_ANSWER_WITHIN_S, retries=False).status == HTTPStatus.OK
    except urllib3.exceptions.HTTPError:
        return False


def _greet(config: Config) -> None:
    address = f"http://{config.service.host}:{config.service.port}"
    out.print(
        say(
            vi=f"Đang chạy: {address} (bảng điều khiển, API). Cấp khóa: digitize clients add TÊN --scope console",
            en=f"Running: {address} (console, API). Issue a key: digitize clients add NAME --scope console",
        ),
        highlight=False,
    )
