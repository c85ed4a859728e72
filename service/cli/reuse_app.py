"""The commands about reuse: procedures, units, dossiers and the audit."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from service.cli.exit_codes import ExitCode
from service.language import say


def _group(vi: str, en: str) -> typer.Typer:
    return typer.Typer(no_args_is_help=True, help=say(vi=vi, en=en))


procedures_app = _group("Danh mục thủ tục và thành phần hồ sơ.", "Procedures and the components of their dossiers.")
units_app = _group("Danh mục đơn vị, cấp và thời gian hiệu lực.", "Units with their level and dates of effect.")
dossiers_app = _group("Hồ sơ đã tiếp nhận và đã giải quyết.", "Dossiers received and resolved.")
hold_app = _group("Giữ nguyên giấy tờ theo lệnh, không ai xóa được.", "Legal holds: papers nobody can delete.")
audit_app = _group("Nhật ký sử dụng dữ liệu.", "The log of what was used.")

Sheet = Annotated[
    Path, typer.Argument(metavar="FILE", help=say(vi="Tệp CSV, XLSX hoặc JSON.", en="CSV, XLSX or JSON."))
]


@procedures_app.command("import", help=say(vi="Nhập từ bảng tính.", en="Import from a sheet."))
def procedures_import(file: Sheet) -> None:
    from service.cli.imports import import_procedures as command  # noqa: PLC0415 - as in app.py

    _end(command(file))


@procedures_app.command("list", help=say(vi="Xem danh mục.", en="Show them."))
def procedures_list() -> None:
    from service.cli.imports import show_procedures as command  # noqa: PLC0415

    _end(command())


@units_app.command("import", help=say(vi="Nhập từ bảng tính.", en="Import from a sheet."))
def units_import(file: Sheet) -> None:
    from service.cli.imports import import_units as command  # noqa: PLC0415

    _end(command(file))


@units_app.command("list", help=say(vi="Xem danh mục.", en="Show them."))
def units_list() -> None:
    from service.cli.imports import show_units as command  # noqa: PLC0415

    _end(command())


@dossiers_app.command("import", help=say(vi="Nhập từ bảng tính.", en="Import from a sheet."))
def dossiers_import(file: Sheet) -> None:
    from service.cli.imports import import_dossiers as command  # noqa: PLC0415

    _end(command(file))


_DAYS = ["%d/%m/%Y", "%Y-%m-%d"]


@dossiers_app.command(
    "rates",
    help=say(
        vi="Tỷ lệ hồ sơ được số hóa thành phần và kết quả, theo cấp và đơn vị.",
        en="What share of dossiers is digitized, components and results, by level and unit.",
    ),
)
def dossiers_rates(
    first: Annotated[
        datetime | None,
        typer.Option(
            "--from", formats=_DAYS, help=say(vi="Từ ngày; không nêu: đầu tháng.", en="Or the month's first.")
        ),
    ] = None,
    last: Annotated[
        datetime | None,
        typer.Option("--to", formats=_DAYS, help=say(vi="Đến hết ngày; không nêu: hôm nay.", en="Included; or today.")),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=say(vi="In dạng JSON.", en="Print as JSON."))] = False,
) -> None:
    from service.cli.rates import rates as command  # noqa: PLC0415

    _end(command(first and first.date(), last and last.date(), as_json=as_json))


Document = Annotated[str, typer.Argument(metavar="ID", help=say(vi="Mã tài liệu.", en="The document's id."))]
Reason = Annotated[
    str,
    typer.Option(
        "--reason",
        help=say(
            vi="Căn cứ, ví dụ số văn bản; ghi vào nhật ký nên không nêu tên người.",
            en="The order it is based on, such as its number; goes into the log, so name nobody.",
        ),
    ),
]


@hold_app.command("set", help=say(vi="Bắt đầu giữ.", en="Begin to hold."))
def hold_set(document_id: Document, reason: Reason) -> None:
    from service.cli.hold import hold as command  # noqa: PLC0415

    _end(command(document_id, reason))


@hold_app.command("release", help=say(vi="Thôi giữ.", en="Hold no longer."))
def hold_release(document_id: Document, reason: Reason) -> None:
    from service.cli.hold import release as command  # noqa: PLC0415

    _end(command(document_id, reason))


@audit_app.command("verify", help=say(vi="Kiểm tra nhật ký có bị sửa hay thiếu.", en="Check that the log is whole."))
def audit_verify() -> None:
    from service.cli.audit import verify as command  # noqa: PLC0415

    _end(command())


@audit_app.command(
    "owner", help=say(vi="Ai đã được cung cấp giấy tờ của người này.", en="Who was given this owner's papers.")
)
def audit_owner(
    owner: Annotated[
        str, typer.Option("--owner", help=say(vi="Số định danh của chủ giấy tờ.", en="The owner's personal number."))
    ],
) -> None:
    from service.cli.audit import tell_owner as command  # noqa: PLC0415

    _end(command(owner))


def _end(code: ExitCode) -> None:
    raise typer.Exit(int(code))
