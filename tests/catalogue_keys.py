"""The key of the catalogues that tests fill."""

from digitize.config import Config
from storage.catalogue_key import CATALOGUE_KEY_FILE, CatalogueKey

_SECRET = bytes(range(32))
KEY = CatalogueKey(_SECRET)


def put_key(config: Config) -> None:
    """Where commands on the same data directory look for it."""
    config.secrets_dir.mkdir(parents=True, exist_ok=True)
    (config.secrets_dir / CATALOGUE_KEY_FILE).write_bytes(_SECRET)
