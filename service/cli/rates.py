"""`digitize dossiers rates`: how much of what offices took in and gave out is digitized, by level and by office."""

import json
from datetime import UTC, date, datetime

import typer
from rich.markup import escape

from digitize.config import load_config
from digitize.vietnam_time import VIETNAM_TIME
from service.cli.catalogue import open_started_catalogue
from service.cli.exit_codes import ExitCode
from service.cli.terminal import out, plain_table
from service.console.formats import rate
from service.console.texts import phrase
from service.language import say, terminal_language
from service.rates import LEVELS, Measured, Report, choose_period, draw_report
from storage.reuse_api import Rate

_RATE_COLUMNS = (
    ("Phải số hóa thành phần", "Components to be digitized"),
    ("Đã số hóa thành phần", "Components digitized"),
    ("Tỷ lệ", "Rate"),
    ("Hồ sơ đã giải quyết", "Resolved"),
    ("Đã số hóa kết quả", "Result digitized"),
    ("Tỷ lệ", "Rate"),
)
_WHOLE = (3, 6)
"""Rates with their targets."""


def rates(first: date | None, last: date | None, *, as_json: bool) -> ExitCode:
    period = choose_period(first, last, datetime.now(UTC).astimezone(VIETNAM_TIME).date())
    report = draw_report(open_started_catalogue(), period, load_config().targets, frozenset())
    if as_json:
        typer.echo(json.dumps(_facts(report), ensure_ascii=False, indent=2))
        return ExitCode.OK
    days = f"{period.first:%d/%m/%Y} – {period.last:%d/%m/%Y}"
    if not report.units:
        out.print(
            say(
                vi=f"Chưa có hồ sơ nào trong thời gian {days}; nhập bằng `digitize dossiers import`.",
                en=f"No dossiers are known for {days}; import them with `digitize dossiers import`.",
            ),
            highlight=False,
        )
        return ExitCode.OK
    title = say(vi=f"Tỷ lệ số hóa hồ sơ, {days}", en=f"Dossiers digitized, {days}")
    levels = plain_table(("Cấp", "Level"), *_RATE_COLUMNS, whole=_WHOLE, title=title)
    for one in report.levels:
        vi, en = LEVELS[one.level or "unknown"]
        levels.add_row(say(vi=vi, en=en), *_cells(one.components), *_cells(one.results))
    units = plain_table(("Đơn vị", "Unit"), *_RATE_COLUMNS, whole=_WHOLE)
    for office in report.units:
        name = office.code if office.unit is None else f"{office.code} {office.unit.name}"
        units.add_row(escape(name), *_cells(Measured(office.components, None)), *_cells(Measured(office.results, None)))
    for table in (levels, units):
        for column in table.columns[1:]:
            column.justify = "right"
        out.print(table)
    for name in ("rates_of_components", "rates_of_results"):
        out.print(phrase(name, terminal_language()), highlight=False)
    if report.unknown:
        out.print(
            phrase("rates_unknown", terminal_language()).format(count=report.unknown), style="red", highlight=False
        )
    return ExitCode.OK


def _cells(measured: Measured) -> tuple[str, str, str]:
    """With the target behind the rate: reached, or not."""
    counted, share = measured.rate, rate(measured.rate.share, terminal_language())
    if measured.target is not None and measured.is_reached is not None:
        name, style = ("rate_reached", "green") if measured.is_reached else ("rate_missed", "red")
        told = phrase(name, terminal_language()).format(target=rate(measured.target, terminal_language()))
        share += f"\n[{style}]{told}[/]"
    return str(counted.dossiers), str(counted.digitized), share


def _facts(report: Report) -> dict[str, object]:
    return {
        "from": report.period.first.isoformat(),
        "to": report.period.last.isoformat(),
        "unknown_procedure": report.unknown,
        "levels": [
            {
                "level": one.level,
                "components": {**_counted(one.components.rate), **_judged(one.components)},
                "results": {**_counted(one.results.rate), **_judged(one.results)},
            }
            for one in report.levels
        ],
        "units": [
            {
                "unit": one.code,
                "name": None if one.unit is None else one.unit.name,
                "level": None if one.unit is None else one.unit.level,
                "components": _counted(one.components),
                "results": _counted(one.results),
            }
            for one in report.units
        ],
    }


def _judged(measured: Measured) -> dict[str, object]:
    return {"target": measured.target, "reached": measured.is_reached}


def _counted(counted: Rate) -> dict[str, object]:
    return {"dossiers": counted.dossiers, "digitized": counted.digitized, "share": counted.share}
