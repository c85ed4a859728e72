"""The catalogue for commands that ask it, and a clear word where there is none yet."""

from digitize.config import Config, load_config
from digitize.errors import ConfigError
from service.language import say
from storage.catalogue import DATABASE_FILE, open_catalogue
from storage.open_catalogue import OpenCatalogue


def open_started_catalogue() -> OpenCatalogue:
    """Raises ConfigError where nothing was ever started on this data directory; leaves no empty database there."""
    config = load_config()
    if not was_started(config):
        raise ConfigError(
            detail=say(
                vi=f"chưa từng chạy gì trên data_dir {config.data_dir}; hãy chạy `digitize up` trước",
                en=f"nothing was ever started on data_dir {config.data_dir}; start it with `digitize up`",
            )
        )
    return open_catalogue(config)


def was_started(config: Config) -> bool:
    return config.storage.database_url is not None or (config.data_dir / DATABASE_FILE).exists()
