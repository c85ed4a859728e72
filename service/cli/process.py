"""`digitize process`: the whole job on files at hand, without any server."""

import json
from pathlib import Path
from tempfile import TemporaryFile

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from digitize.config import load_config
from digitize.errors import InvalidRequestError
from digitize.model import Record, Status
from service.cli.exit_codes import ExitCode
from service.cli.terminal import err, out, records_table
from service.language import say, say_problem
from workers.accepted import as_text
from workers.local import process_files

_EXTENSIONS = frozenset({".pdf", ".tif", ".tiff", ".jpg", ".jpeg", ".png"})
_SHOWN_MAX = 80
_EXIT_CODES = {Status.REJECTED: ExitCode.REJECTED, Status.QUARANTINED: ExitCode.QUARANTINED}


def process(paths: list[Path], out_dir: Path, *, as_json: bool) -> ExitCode:
    config = load_config()
    files = find_files(paths)
    _require_writable(out_dir)
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=err,
        disable=not err.is_terminal,
        transient=True,
    ) as progress:
        task = progress.add_task(say(vi="Đang xử lý", en="Processing"), total=len(files))

        def finished(_: Path, record: Record) -> None:
            progress.advance(task)
            if record.problem is not None:
                message = f"[red]{record.problem.code}[/] {record.source.filename}: {say_problem(record.problem)}"
                progress.console.print(message, highlight=False, soft_wrap=True)

        records = process_files(files, out_dir, config, finished)
    if as_json:
        for record in records.values():
            typer.echo(json.dumps(json.loads(record.to_json()), ensure_ascii=False))
    else:
        out.print(records_table((record.source.filename, record) for record in records.values()))
        out.print(say(vi=f"Kết quả nằm ở {out_dir}", en=f"The results are in {out_dir}"), highlight=False)
    return max((_EXIT_CODES.get(record.status, ExitCode.OK) for record in records.values()), default=ExitCode.OK)


def find_files(paths: list[Path]) -> list[Path]:
    """Files as named, and of every folder the scans inside it. Raises InvalidRequestError."""
    files: list[Path] = []
    for path in paths:
        try:
            if path.is_dir():
                files += sorted(f for f in path.rglob("*") if f.is_file() and f.suffix.lower() in _EXTENSIONS)
                continue
            found = path.is_file()
        except OSError:  # a name no file can have
            found = False
        if not found:
            shown = as_text(path.name[:_SHOWN_MAX])
            raise InvalidRequestError(
                detail=say(vi=f"không có tệp hay thư mục {shown}", en=f"there is no file or folder {shown}")
            )
        files.append(path)
    if not files:
        raise InvalidRequestError(detail=say(vi="không có tệp quét nào", en="there is no scan among the paths"))
    return list(dict.fromkeys(files))


def _require_writable(folder: Path) -> None:
    """Nothing is made yet. Raises InvalidRequestError where results cannot be written there."""
    try:
        with TemporaryFile(dir=next(place for place in (folder, *folder.absolute().parents) if place.exists())):
            pass
    except OSError:
        detail = say(vi="không ghi được vào thư mục --out", en="the folder of --out cannot be written to")
        raise InvalidRequestError(detail=detail) from None
