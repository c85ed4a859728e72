"""`digitize drop`: put scans into the inbox with the station's own key, as a scanning counter does."""

from pathlib import Path

from rich.progress import Progress

from digitize.errors import ConfigError, InvalidKeyError, InvalidRequestError
from digitize.identity import document_id
from service.cli.exit_codes import ExitCode
from service.cli.files import find_files
from service.cli.terminal import err, out
from service.language import say
from storage.api import Priority
from storage.keys import inbox_key, is_code
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
    keys = {path: _key(path, unit=unit, dossier=dossier, component=component) for path in files}  # before any is sent
    with Progress(console=err, disable=not err.is_terminal, transient=True) as progress:
        task = progress.add_task(say(vi="Đang gửi", en="Sending"), total=len(files))
        for path in files:
            source = describe_file(path, path.name)
            inbox.put(keys[path], path, source.media_type, metadata={PRIORITY_METADATA: priority})
            identity = document_id(unit=unit, dossier=dossier, component=component, sha256=source.sha256)
            out.print(f"{identity}  {path.name}", highlight=False, markup=False)
            progress.advance(task)
    return ExitCode.OK


def _key(path: Path, *, unit: str, dossier: str, component: str) -> str:
    """Raises InvalidRequestError, which says what the inbox takes."""
    if not is_code(dossier) or not is_code(component):
        codes = say(
            vi="mã hồ sơ và thành phần chỉ gồm chữ không dấu, số và . _ -", en="codes are letters, digits and . _ -"
        )
        raise InvalidRequestError(detail=codes)
    try:
        return inbox_key(unit=unit, dossier=dossier, component=component, filename=path.name)
    except InvalidKeyError:
        names = say(vi=f"không gửi được tên tệp {path.name!r}", en=f"the file name {path.name!r} cannot be sent")
        raise InvalidRequestError(detail=names) from None
