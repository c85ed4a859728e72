"""`digitize drop`: put scans into the inbox with the station's own key, as a scanning counter does."""

from pathlib import Path

from rich.progress import Progress

from digitize.errors import ConfigError
from digitize.identity import document_id
from service.cli.exit_codes import ExitCode
from service.cli.process import find_files
from service.cli.terminal import err, out
from service.language import say
from storage.api import Priority
from storage.keys import inbox_key
from storage.objects import S3Store
from workers.accepted import describe_file
from workers.embedded import load_effective_config, station_client
from workers.intake import PRIORITY_METADATA


def drop(paths: list[Path], *, unit: str, dossier: str, component: str, priority: Priority) -> ExitCode:
    config = load_effective_config()
    if unit not in {station.unit for station in config.stations}:
        known = ", ".join(station.unit for station in config.stations) or "-"
        raise ConfigError(detail=f"unit {unit} has no station; known are {known}")
    inbox = S3Store(station_client(config, unit), config.storage.inbox_bucket)
    files = find_files(paths)
    with Progress(console=err, disable=not err.is_terminal, transient=True) as progress:
        task = progress.add_task(say(vi="Đang gửi", en="Sending"), total=len(files))
        for path in files:
            source = describe_file(path, path.name)
            key = inbox_key(unit=unit, dossier=dossier, component=component, filename=path.name)
            inbox.put(key, path, source.media_type, metadata={PRIORITY_METADATA: priority})
            identity = document_id(unit=unit, dossier=dossier, component=component, sha256=source.sha256)
            out.print(f"{identity}  {path.name}", highlight=False, markup=False)
            progress.advance(task)
    return ExitCode.OK
