"""`digitize audit`: whether the log is whole, and who was given an owner's papers."""

from rich.table import Table

from service.cli.catalogue import open_started_catalogue
from service.cli.exit_codes import ExitCode
from service.cli.terminal import out
from service.console.codes import EVENTS, named
from service.console.formats import local_time
from service.language import say
from storage.pages import read_all


def verify() -> ExitCode:
    """The first entry that is missing or was changed, if any."""
    broken = open_started_catalogue().verify_log()
    if broken is None:
        out.print(say(vi="Nhật ký nguyên vẹn.", en="The log is whole."))
        return ExitCode.OK
    out.print(
        say(
            vi=f"Nhật ký bị sửa hoặc thiếu từ mục {broken}; hãy giữ nguyên máy và báo người quản trị.",
            en=f"The log was changed, or lacks something, from entry {broken} on; leave the machine as it is and tell "
            "its administrator.",
        ),
        highlight=False,
    )
    return ExitCode.NEEDS_MENDING


def tell_owner(owner: str) -> ExitCode:
    catalogue = open_started_catalogue()
    told = list(read_all(lambda window: catalogue.uses(owner, window), "cli"))
    catalogue.log("cli", "access.accesses", None, {"count": len(told)})
    table = Table(pad_edge=False)
    for vi, en in (
        ("Lúc", "When"),
        ("Ai", "Who"),
        ("Việc", "Use"),
        ("Tài liệu", "Document"),
        ("Hồ sơ", "Dossier"),
        ("Thủ tục", "Procedure"),
    ):
        table.add_column(say(vi=vi, en=en), overflow="fold")
    for one in told:
        table.add_row(
            local_time(one.at),
            one.client,
            say(vi=named(EVENTS, one.kind, "vi"), en=named(EVENTS, one.kind, "en")),
            one.document_id,
            one.purpose.get("dossier", "—"),
            one.purpose.get("procedure", "—"),
        )
    out.print(table)
    return ExitCode.OK
