"""`digitize process`: the whole job on files at hand, without any server."""

import json
import os
from pathlib import Path
from tempfile import TemporaryFile

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from digitize.config import load_config
from digitize.errors import InvalidRequestError
from digitize.model import Record, Status
from service.cli.exit_codes import ExitCode
from service.cli.terminal import err, out, problem_text, records_table
from service.language import say
from workers.accepted import as_text
from workers.local import process_files

_EXTENSIONS = frozenset({".pdf", ".tif", ".tiff", ".jpg", ".jpeg", ".png"})
_SHOWN_MAX = 300
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

        def finished(path: Path, record: Record) -> None:
            progress.advance(task)
            if record.problem is not None:
                progress.console.print(problem_text(record.problem, as_text(str(path))), soft_wrap=True)

        try:
            records = process_files(files, out_dir, config, finished)
        except KeyboardInterrupt:
            done = int(progress.tasks[task].completed)
            progress.console.print(
                say(
                    vi=f"Đã dừng: xong {done} trên {len(files)} tệp, kết quả nằm ở {out_dir}; các tệp khác chưa có gì.",
                    en=f"Stopped: {done} of {len(files)} files are done, their results are in {out_dir}; of the others "
                    "nothing is there.",
                ),
                soft_wrap=True,
                markup=False,
                highlight=False,
            )
            return ExitCode.INTERRUPTED
    if as_json:
        for record in records.values():
            typer.echo(json.dumps(json.loads(record.to_json()), ensure_ascii=False))
    else:
        # By the path, since the record of a secret paper does not name its file.
        out.print(records_table((as_text(path.name), record) for path, record in records.items()))
        out.print(say(vi=f"Kết quả nằm ở {out_dir}", en=f"The results are in {out_dir}"), highlight=False, markup=False)
    return max((_EXIT_CODES.get(record.status, ExitCode.OK) for record in records.values()), default=ExitCode.OK)


def find_files(paths: list[Path]) -> list[Path]:
    """Files as named, and of every folder the scans inside it. Raises InvalidRequestError."""
    files: list[Path] = []
    for path in paths:
        try:
            if path.is_dir():
                files += sorted(f for f in path.rglob("*") if f.is_file() and f.suffix.lower() in _EXTENSIONS)
                continue
            is_there, is_file = path.exists(), path.is_file()
        except OSError:  # a name no file can have
            is_there = is_file = False
        if not is_there:
            raise _wrong_path(path, vi="không có tệp hay thư mục {}", en="there is no file or folder {}")
        if not is_file:
            raise _wrong_path(path, vi="{} không phải tệp đọc được", en="{} is no file that can be read")
        files.append(path)
    if not files:
        raise InvalidRequestError(detail=say(vi="không có tệp quét nào", en="there is no scan among the paths"))
    for path in files:
        if not os.access(path, os.R_OK):
            raise _wrong_path(path, vi="không được phép đọc {}", en="{} may not be read")
    return list(dict.fromkeys(files))


def _wrong_path(path: Path, *, vi: str, en: str) -> InvalidRequestError:
    """Named as it was given."""
    shown = as_text(str(path))
    if len(shown) > _SHOWN_MAX:
        shown = "…" + shown[-_SHOWN_MAX:]
    return InvalidRequestError(detail=say(vi=vi, en=en).format(shown))


def _require_writable(folder: Path) -> None:
    """Nothing is made yet. Raises InvalidRequestError where results cannot be written there."""
    try:
        with TemporaryFile(dir=next(place for place in (folder, *folder.absolute().parents) if place.exists())):
            pass
    except OSError:
        detail = say(vi="không ghi được vào thư mục --out", en="the folder of --out cannot be written to")
        raise InvalidRequestError(detail=detail) from None
