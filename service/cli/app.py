"""The command `digitize`. Each command is a file beside this one; heavy parts load only in the command run."""

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, get_args

import typer
from typer import rich_utils

from digitize.errors import DigitizeError, InternalError
from digitize.machine_errors import machine_error
from service.cli import reuse_app
from service.cli.exit_codes import ExitCode
from service.cli.terminal import show_error
from service.language import say
from service.scopes import AccessScope
from storage.api import Priority
from workers.accepted import as_text

rich_utils.OPTIONS_PANEL_TITLE = say(vi="Tùy chọn", en="Options")
rich_utils.ARGUMENTS_PANEL_TITLE = say(vi="Tham số", en="Arguments")
rich_utils.COMMANDS_PANEL_TITLE = say(vi="Lệnh", en="Commands")
rich_utils.ERRORS_PANEL_TITLE = say(vi="Lỗi", en="Error")

app = typer.Typer(
    name="digitize",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help=say(
        vi="Số hóa giấy tờ hồ sơ: nhận bản quét, nhận dạng, bóc tách, ký số, lưu và tái sử dụng.",
        en="Digitize dossier papers: take scans, recognize, extract, sign, store and reuse.",
    ),
)
clients_app = typer.Typer(
    no_args_is_help=True,
    help=say(vi="Quản lý khóa API và khóa bảng điều khiển.", en="Manage keys of the API and the console."),
)
app.add_typer(clients_app, name="clients")
doctypes_app = typer.Typer(
    no_args_is_help=True,
    help=say(vi="Kiểm tra, xem và thử tệp mô tả loại giấy.", en="Check, show and try document type files."),
)
app.add_typer(doctypes_app, name="doctypes")
signatures_app = typer.Typer(
    no_args_is_help=True,
    help=say(
        vi="Dự báo và gia hạn dấu thời gian của kho lưu trữ.",
        en="Forecast and renew the archive's timestamps.",
    ),
)
app.add_typer(signatures_app, name="signatures")

app.add_typer(reuse_app.procedures_app, name="procedures")
app.add_typer(reuse_app.units_app, name="units")
app.add_typer(reuse_app.dossiers_app, name="dossiers")
app.add_typer(reuse_app.hold_app, name="hold")
app.add_typer(reuse_app.audit_app, name="audit")

Paths = Annotated[
    list[Path],
    typer.Argument(help=say(vi="Tệp quét hoặc thư mục chứa tệp quét.", en="Scans, or folders of scans.")),
]
OwnerNumber = Annotated[
    str, typer.Option("--owner", help=say(vi="Số định danh của chủ giấy tờ.", en="The owner's personal number."))
]
AsJson = Annotated[bool, typer.Option("--json", help=say(vi="In dạng JSON.", en="Print as JSON."))]


@app.command(help=say(vi="Chạy toàn bộ hệ thống cho tới khi dừng.", en="Run the whole stack until stopped."))
def up() -> None:
    from service.cli.up import up as command  # noqa: PLC0415 - one command loads only its own parts

    _end(command())


@app.command(
    help=say(
        vi="Xử lý tệp ngay tại đây, không cần máy chủ: PDF đã ký và bản ghi JSON cho mỗi tệp.",
        en="Process files here without any server: a signed PDF and a JSON record for each.",
    )
)
def process(
    paths: Paths,
    out: Annotated[Path, typer.Option("--out", help=say(vi="Thư mục kết quả.", en="Folder for the results."))],
    as_json: AsJson = False,
) -> None:
    from service.cli.process import process as command  # noqa: PLC0415

    _end(command(paths, out, as_json=as_json))


@app.command(help=say(vi="Cho xử lý lại những tài liệu đang bị giữ lại.", en="Take quarantined documents up again."))
def retry(
    document_ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help=say(vi="Mã tài liệu.", en="Ids of documents."))
    ] = None,
    code: Annotated[
        str | None,
        typer.Option("--code", help=say(vi="Mọi tài liệu bị giữ lại vì lỗi này.", en="All held for this error code.")),
    ] = None,
) -> None:
    from service.cli.retry import retry as command  # noqa: PLC0415

    if bool(document_ids) == bool(code):
        raise typer.BadParameter(say(vi="nêu mã tài liệu, hoặc --code", en="give ids, or --code"))
    _end(command(document_ids or [], code))


@app.command(
    help=say(vi="Gửi bản quét vào hộp nhận như một quầy quét.", en="Send scans to the inbox as a scanning station.")
)
def drop(
    paths: Paths,
    unit: Annotated[str, typer.Option("--unit", help=say(vi="Mã đơn vị.", en="Code of the unit."))],
    dossier: Annotated[str, typer.Option("--dossier", help=say(vi="Mã hồ sơ.", en="Code of the dossier."))],
    component: Annotated[
        str,
        typer.Option(
            "--component",
            help=say(vi="Mã thành phần; KQ1, KQ2… là kết quả.", en="Code of the component; KQ1, KQ2… is a result."),
        ),
    ],
    urgent: Annotated[
        bool, typer.Option("--urgent", help=say(vi="Công dân đang chờ tại quầy.", en="A citizen is waiting."))
    ] = False,
    bulk: Annotated[
        bool, typer.Option("--bulk", help=say(vi="Hồ sơ cũ, làm khi rảnh.", en="Back-files, when there is time."))
    ] = False,
) -> None:
    from service.cli.drop import drop as command  # noqa: PLC0415

    if urgent and bulk:
        raise typer.BadParameter(
            say(vi="chỉ chọn một trong --urgent và --bulk", en="choose one of --urgent and --bulk, not both")
        )
    priority: Priority = "urgent" if urgent else "bulk" if bulk else "default"
    _end(command(paths, unit=unit, dossier=dossier, component=component, priority=priority))


@app.command(help=say(vi="Tài liệu theo đơn vị và trạng thái.", en="Documents by unit and state."))
def status(
    watch: Annotated[bool, typer.Option("--watch", help=say(vi="Cập nhật liên tục.", en="Keep updating."))] = False,
    as_json: AsJson = False,
) -> None:
    from service.cli.status import status as command  # noqa: PLC0415

    if watch and as_json:
        raise typer.BadParameter(
            say(vi="chỉ chọn một trong --watch và --json", en="choose one of --watch and --json, not both")
        )
    _end(command(watch=watch, as_json=as_json))


@app.command(help=say(vi="Kiểm tra mọi chữ ký số trong một tệp PDF.", en="Verify every signature of a PDF."))
def verify(
    file: Annotated[
        Path,
        typer.Argument(
            help=say(
                vi="Tệp PDF, hoặc chữ ký rời (.p7s) nằm cạnh tệp nó ký.",
                en="A PDF, or a detached signature (.p7s) beside what it signs.",
            )
        ),
    ],
    as_json: AsJson = False,
) -> None:
    from service.cli.verify import verify as command  # noqa: PLC0415

    _end(command(file, as_json=as_json))


@app.command(
    help=say(vi="Tra giấy tờ đã công bố theo số định danh chủ.", en="Find published papers by their owner's number.")
)
def lookup(
    owner: OwnerNumber,
    dossier: Annotated[
        str, typer.Option("--dossier", help=say(vi="Mã hồ sơ cần dùng giấy tờ.", en="Dossier they are needed for."))
    ],
    procedure: Annotated[
        str, typer.Option("--procedure", help=say(vi="Mã thủ tục.", en="Procedure they are needed for."))
    ],
    as_json: AsJson = False,
) -> None:
    from service.cli.lookup import lookup as command  # noqa: PLC0415

    _end(command(owner, dossier=dossier, procedure=procedure, as_json=as_json))


@app.command(
    help=say(
        vi="Kiểm tra mọi thứ hệ thống cần và cách khắc phục.", en="Check everything needed, and say how to mend it."
    )
)
def doctor(as_json: AsJson = False) -> None:
    from service.cli.doctor import doctor as command  # noqa: PLC0415

    _end(command(as_json=as_json))


@clients_app.command("add", help=say(vi="Cấp một khóa mới.", en="Issue a new key."))
def clients_add(
    name: Annotated[str, typer.Argument(help=say(vi="Tên dịch vụ hoặc người dùng.", en="Name of service or user."))],
    scope: Annotated[
        list[str],
        typer.Option(
            "--scope",
            help=", ".join(get_args(AccessScope)),
        ),
    ],
    unit: Annotated[
        list[str] | None,
        typer.Option("--unit", help=say(vi="Chỉ đơn vị này; bỏ trống là mọi đơn vị.", en="Only this unit; none: all.")),
    ] = None,
    document_type: Annotated[
        list[str] | None,
        typer.Option("--type", help=say(vi="Chỉ loại giấy này.", en="Only papers of this type; none: all.")),
    ] = None,
    procedure: Annotated[
        list[str] | None,
        typer.Option("--procedure", help=say(vi="Chỉ cho thủ tục này.", en="Only for this procedure; none: all.")),
    ] = None,
    certificate: Annotated[
        Path | None,
        typer.Option(help=say(vi="Chứng thư TLS (PEM) thay cho khóa.", en="Known by this TLS certificate (PEM).")),
    ] = None,
    oauth_client: Annotated[
        str | None,
        typer.Option(help=say(vi="Mã ứng dụng OAuth 2 thay cho khóa.", en="Known by this OAuth 2 client id.")),
    ] = None,
) -> None:
    from service.cli.clients import add as command  # noqa: PLC0415

    _end(
        command(
            name,
            scope,
            units=unit or [],
            types=document_type or [],
            procedures=procedure or [],
            certificate=certificate,
            oauth_client=oauth_client,
        )
    )


@clients_app.command("list", help=say(vi="Các khóa đang dùng.", en="Keys in use."))
def clients_list() -> None:
    from service.cli.clients import show as command  # noqa: PLC0415

    _end(command())


@clients_app.command("revoke", help=say(vi="Thu hồi một khóa.", en="Revoke a key."))
def clients_revoke(client_id: Annotated[str, typer.Argument()]) -> None:
    from service.cli.clients import revoke as command  # noqa: PLC0415

    _end(command(client_id))


TypeFile = Annotated[
    Path, typer.Argument(metavar="FILE", help=say(vi="Tệp .toml của loại giấy.", en="A type's .toml."))
]


@doctypes_app.command("lint", help=say(vi="Tìm lỗi trong tệp, nêu dòng và khóa.", en="Find faults, by line and key."))
def doctypes_lint(file: TypeFile) -> None:
    from service.cli.doctypes import lint as command  # noqa: PLC0415

    _end(command(file))


@doctypes_app.command(
    "show", help=say(vi="Xem một loại giấy: tiêu đề, trường, nhãn, đối chiếu.", en="Titles, fields, labels and checks.")
)
def doctypes_show(
    name: Annotated[str, typer.Argument(metavar="TYPE|FILE", help=say(vi="Mã loại hoặc tệp.", en="A code or a file."))],
) -> None:
    from service.cli.doctypes import show as command  # noqa: PLC0415

    _end(command(name))


@doctypes_app.command(
    "try", help=say(vi="Đọc bản quét bằng tệp này và cho biết vì sao.", en="Read scans with this file, and say why.")
)
def doctypes_try(file: TypeFile, scans: Paths) -> None:
    from service.cli.doctypes import attempt as command  # noqa: PLC0415

    _end(command(file, scans))


@app.command(
    help=say(
        vi="Lập lại danh mục từ kho lưu trữ, khi cơ sở dữ liệu bị mất.",
        en="Make the catalogue again from the archive, where the database was lost.",
    )
)
def reindex() -> None:
    from service.cli.reindex import reindex as command  # noqa: PLC0415

    _end(command())


@signatures_app.command(
    "forecast", help=say(vi="Dấu thời gian nào hết hạn khi nào.", en="Which timestamps run out when.")
)
def signatures_forecast(as_json: AsJson = False) -> None:
    from service.cli.signatures import forecast as command  # noqa: PLC0415

    _end(command(as_json=as_json))


@signatures_app.command(
    "renew", help=say(vi="Gia hạn sớm dấu thời gian lưu trữ.", en="Renew archive timestamps ahead of time.")
)
def signatures_renew(
    before: Annotated[
        str | None,
        typer.Option(
            metavar="YYYY-MM", help=say(vi="Chỉ dấu hết hạn trước tháng này.", en="Only those that run out before.")
        ),
    ] = None,
    algorithm: Annotated[
        str | None,
        typer.Option(
            help=say(vi="Chỉ dấu bằng khóa này, ví dụ RSA-2048.", en="Only those by such a key, e.g. RSA-2048.")
        ),
    ] = None,
) -> None:
    from service.cli.signatures import renew as command  # noqa: PLC0415

    _end(command(before=before, algorithm=algorithm))


def _end(code: ExitCode) -> None:
    raise typer.Exit(int(code))


def main() -> Any:
    """Run the command; every error reaches the user as one sentence and an exit code."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends as tidily as Ctrl-C
    try:
        try:
            app()
        finally:
            sys.stdout.flush()
    except DigitizeError as error:
        code = _tell(error)
    except KeyboardInterrupt:
        code = int(ExitCode.INTERRUPTED)
    except BrokenPipeError:  # the reader, e.g. `head`, has had enough
        code = int(ExitCode.OK)
    except OSError as error:
        place = "" if error.filename is None else as_text(os.fsdecode(error.filename))
        code = _tell(machine_error(error, place) or InternalError(kind=type(error).__name__))
    except MemoryError:
        code = _tell(InternalError(kind="MemoryError"))
    _drop_unwritten()
    sys.exit(code)


def _tell(error: DigitizeError) -> int:
    with suppress(OSError):  # where standard error is full as well, the exit code says it
        show_error(error)
    return error.exit_code


def _drop_unwritten() -> None:
    """Python would try once more at its end to write what a full disk or a closed pipe did not take, and say so."""
    with Path(os.devnull).open("wb") as nowhere:
        for stream in (sys.stdout, sys.stderr):
            os.dup2(nowhere.fileno(), stream.fileno())
