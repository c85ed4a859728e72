"""`digitize procedures|units|dossiers import`: what offices have in sheets, with every refused row told."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from rich.markup import escape

from service.cli.catalogue import open_started_catalogue
from service.cli.exit_codes import ExitCode
from service.cli.files import require_file
from service.cli.terminal import out, plain_table
from service.imports import Table, read_dossiers, read_procedures, read_units
from service.language import say
from service.rates import LEVELS

Imported = TypeVar("Imported")


def import_procedures(path: Path) -> ExitCode:
    return _import(path, read_procedures, open_started_catalogue().replace_procedures)


def import_units(path: Path) -> ExitCode:
    return _import(path, read_units, open_started_catalogue().replace_units)


def import_dossiers(path: Path) -> ExitCode:
    return _import(path, read_dossiers, open_started_catalogue().record_dossiers)


def _import(
    path: Path, read: Callable[[Path], Table[Imported]], keep: Callable[[Sequence[Imported]], object]
) -> ExitCode:
    table = read(require_file(path))
    if table.taken:
        keep(table.taken)
    out.print(
        say(
            vi=f"{table.rows} dòng: đã nhập {len(table.taken)} mục, từ chối {len(table.refused)} chỗ.",
            en=f"Rows: {table.rows}; entries imported: {len(table.taken)}; refusals: {len(table.refused)}.",
        ),
        highlight=False,
    )
    if table.refused:
        shown = plain_table(("Dòng", "Row"), ("Cột", "Column"), ("Lý do", "Reason"))
        for one in table.refused:
            shown.add_row(str(one.row), one.column, say(vi=one.vi, en=one.en))
        out.print(shown)
    if table.left_alone:
        codes = ", ".join(table.left_alone)
        out.print(
            say(vi=f"Không nhập vì có dòng bị từ chối: {codes}", en=f"Not imported, for a refused row: {codes}"),
            highlight=False,
        )
    return ExitCode.REJECTED if table.refused else ExitCode.OK


def show_procedures() -> ExitCode:
    shown = plain_table(("Mã", "Code"), ("Tên", "Name"), ("Thành phần", "Components"))
    for one in open_started_catalogue().procedures():
        shown.add_row(one.code, one.name, ", ".join(component.code for component in one.components))
    out.print(shown)
    return ExitCode.OK


def show_units() -> ExitCode:
    units = open_started_catalogue().units()
    if not units:
        out.print(say(vi="Chưa nhập đơn vị nào.", en="No units were imported yet."))
        return ExitCode.OK
    shown = plain_table(
        ("Mã", "Code"), ("Tên", "Name"), ("Cấp", "Level"), ("Từ ngày", "From"), ("Đến ngày", "Until"),
        ("Kế thừa", "Successor"),
    )  # fmt: skip
    for one in units:
        vi, en = LEVELS[one.level]
        days = (day.strftime("%d/%m/%Y") if day else "—" for day in (one.valid_from, one.valid_to))
        shown.add_row(escape(one.code), escape(one.name), say(vi=vi, en=en), *days, escape(one.successor or "—"))
    out.print(shown)
    return ExitCode.OK
