"""The web process: ``python -m service.web``, started and watched by the supervisor."""

import logging

import uvicorn

from digitize.config import Config
from service.app import create_app
from storage.catalogue import open_catalogue
from storage.objects import open_stores
from workers.embedded import load_effective_config

_GRACE_S = 10
"""How long an answer under way may take once the process is told to stop."""


def serve(config: Config) -> None:
    """Serve on ``config.service`` until SIGTERM or SIGINT. ``config`` names where the object store is.

    No request is logged: the log of uses is the catalogue's, and it holds surrogate ids only.
    """
    stores = open_stores(config.storage)
    app = create_app(config, open_catalogue(config), stores.archive, stores.work)
    uvicorn.run(
        app,
        host=config.service.host,
        port=config.service.port,
        access_log=False,
        log_config=None,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_S,
    )


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    serve(load_effective_config())


if __name__ == "__main__":
    main()
