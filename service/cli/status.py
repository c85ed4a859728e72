"""`digitize status`: documents by unit and state, and the ones that changed last."""

import time
from datetime import UTC, datetime

from rich.console import Group
from rich.live import Live
from rich.table import Table

from digitize.model import Status
from service.cli.catalogue import open_started_catalogue
from service.cli.exit_codes import ExitCode
from service.cli.terminal import out, status_text
from service.console.formats import masked
from service.language import say
from storage.api import Catalogue

_NEWEST = 15
_REFRESH_S = 1.0


def status(*, watch: bool) -> ExitCode:
    catalogue = open_started_catalogue()
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


def _picture(catalogue: Catalogue) -> Group:
    return Group(_by_unit(catalogue), _newest(catalogue))


def _by_unit(catalogue: Catalogue) -> Table:
    counts = catalogue.counts()
    table = Table(title=say(vi="Tài liệu theo đơn vị", en="Documents by unit"), title_justify="left", pad_edge=False)
    table.add_column(say(vi="Đơn vị", en="Unit"))
    for state in Status:
        table.add_column(status_text(state), justify="right")
    for unit in sorted({unit for unit, _ in counts}, key=lambda unit: unit or ""):
        table.add_row(unit or "—", *(str(counts.get((unit, state), 0)) for state in Status))
    return table


def _newest(catalogue: Catalogue) -> Table:
    now = datetime.now(UTC)
    table = Table(title=say(vi="Thay đổi gần nhất", en="Latest changes"), title_justify="left", pad_edge=False)
    for vi, en in (
        ("Mã", "Id"),
        ("Đơn vị", "Unit"),
        ("Hồ sơ", "Dossier"),
        ("Loại", "Type"),
        ("Trạng thái", "State"),
        ("Lần thử", "Attempts"),
        ("Cách đây", "Age"),
        ("Lỗi", "Error"),
    ):
        table.add_column(say(vi=vi, en=en), overflow="fold")
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
