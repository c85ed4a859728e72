"""The web process: ``python -m service.web``, started and watched by the supervisor."""

import gc
import logging
import os
import socket
import tempfile

import uvicorn
from fastapi import FastAPI

from digitize.config import Config, Service
from service.app import create_app
from storage.catalogue import open_catalogue
from storage.objects import open_stores
from workers.embedded import load_effective_config
from workers.isolation import emptied_folder

_OBJECTS_BETWEEN_COLLECTIONS = 20_000
"""A request makes thousands, nearly all gone with its answer; to look among every 700 took a twelfth of the time."""
_GRACE_S = 10
"""How long an answer under way may take once the process is told to stop."""


def make_server(app: FastAPI, settings: Service) -> uvicorn.Server:
    """No request is logged by the server, whatever the logging set-up: a path may hold what a caller made up.

    The log of uses is the catalogue's, and it holds surrogate ids only.
    """
    logging.getLogger("uvicorn.access").disabled = True
    return uvicorn.Server(
        uvicorn.Config(
            app,
            host=settings.host,
            port=settings.port,
            access_log=False,
            log_config=None,
            server_header=False,
            proxy_headers=False,  # who connects is told by the connection, never by a header: see service/proxies.py
            timeout_graceful_shutdown=_GRACE_S,
        )
    )


def serve(config: Config) -> None:
    """Serve on ``config.service`` until SIGTERM or SIGINT. ``config`` names where the object store is."""
    stores = open_stores(config.storage)
    tempfile.tempdir = str(emptied_folder(config.data_dir, os.getpid()))  # uploads are put together there
    app = create_app(config, open_catalogue(config), stores.archive, stores.work)
    # What is loaded by now stays as long as the process: looking through it for garbage took a tenth of its time.
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    with listen(config.service) as listener:
        make_server(app, config.service).run(sockets=[listener])


def listen(settings: Service) -> socket.socket:
    """Beside other processes of ours on the same port; the kernel deals out the connections."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    listener.bind((settings.host, settings.port))
    return listener


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    serve(load_effective_config())


if __name__ == "__main__":
    main()
