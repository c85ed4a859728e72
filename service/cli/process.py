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
from service.cli.files import find_files
from service.cli.terminal import err, out, problem_text, records_table
from service.language import say
from workers.accepted import as_text
from workers.local import process_files

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
                    en=f"Stopped: {done} of {len(files)} files done, with results in {out_dir}; of the others there "
                    "is nothing.",
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


def _require_writable(folder: Path) -> None:
    """Nothing is made yet. Raises InvalidRequestError where results cannot be written there."""
    try:
        with TemporaryFile(dir=next(place for place in (folder, *folder.absolute().parents) if place.exists())):
            pass
    except OSError:
        shown = as_text(str(folder))
        detail = say(
            vi=f"không ghi được vào thư mục --out {shown}", en=f"the folder --out {shown} cannot be written to"
        )
        raise InvalidRequestError(detail=detail) from None
