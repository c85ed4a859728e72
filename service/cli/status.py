"""`digitize status`: documents by unit and state, and the ones that changed last."""

import json
import time
from datetime import UTC, datetime

import typer
from rich.console import Group
from rich.live import Live
from rich.table import Table

from digitize.config import load_config
from digitize.model import Status
from service.cli.catalogue import open_started_catalogue
from service.cli.exit_codes import ExitCode
from service.cli.terminal import err, out, plain_table, status_text
from service.console.formats import masked
from service.language import say
from storage.api import Catalogue
from workers.supervisor import is_running

_NEWEST = 15
_REFRESH_S = 1.0


def status(*, watch: bool, as_json: bool) -> ExitCode:
    """``watch`` and ``as_json`` exclude each other."""
    catalogue = open_started_catalogue()
    config = load_config()
    if config.storage.endpoint is None and not is_running(config.data_dir):
        said = say(vi="Hệ thống chưa chạy: `digitize up`.", en="The stack is not running: start it with `digitize up`.")
        err.print(said, highlight=False)
    if as_json:
        typer.echo(json.dumps(_facts(catalogue), ensure_ascii=False, indent=2))
        return ExitCode.OK
    if not watch:
        out.print(_picture(catalogue))
        return ExitCode.OK
    with Live(_picture(catalogue), console=out, auto_refresh=False) as live:
        try:
            while True:
                time.sleep(_REFRESH_S)
                live.update(_picture(catalogue), refresh=True)
        except KeyboardInterrupt:
            return ExitCode.OK


def _facts(catalogue: Catalogue) -> dict[str, object]:
    counts = sorted(catalogue.counts().items(), key=lambda item: (item[0][0] or "", item[0][1]))
    return {
        "counts": [{"unit": unit, "status": status, "documents": count} for (unit, status), count in counts],
        "latest": [
            {
                "document_id": row.document_id,
                "unit": row.unit,
                "dossier": row.dossier,
                "type": row.type_code,
                "status": row.status,
                "attempts": row.attempts,
                "updated_at": row.updated_at.isoformat(),
                "error": row.error_code,
            }
            for row in catalogue.documents(limit=_NEWEST)
        ],
    }


def _picture(catalogue: Catalogue) -> Group:
    return Group(_by_unit(catalogue), _newest(catalogue))


def _by_unit(catalogue: Catalogue) -> Table:
    counts = catalogue.counts()
    table = plain_table(("Đơn vị", "Unit"), title=say(vi="Tài liệu theo đơn vị", en="Documents by unit"))
    table.padding = 0  # so that the names of all states stand in 80 columns
    for state in Status:
        table.add_column(status_text(state), justify="right")
    for unit in sorted({unit for unit, _ in counts}, key=lambda unit: unit or ""):
        table.add_row(unit or "—", *(str(counts.get((unit, state), 0)) for state in Status))
    return table


def _newest(catalogue: Catalogue) -> Table:
    now = datetime.now(UTC)
    table = plain_table(
        ("Mã", "Id"),
        ("Đơn vị", "Unit"),
        ("Hồ sơ", "Dossier"),
        ("Loại", "Type"),
        ("Trạng thái", "State"),
        ("Lần", "Try"),
        ("Cách đây", "Age"),
        ("Lỗi", "Error"),
        title=say(vi="Thay đổi gần nhất", en="Latest changes"),
    )
    for row in catalogue.documents(limit=_NEWEST):
        table.add_row(
            row.document_id,
            row.unit or "—",
            masked(row.dossier or "—"),
            row.type_code or "—",
            status_text(row.status),
            str(row.attempts),
            _age((now - row.updated_at).total_seconds()),
            row.error_code or "",
        )
    return table


def _age(seconds: float) -> str:
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= size:
            return f"{int(seconds // size)} {unit}"
    return f"{int(seconds)} s"
