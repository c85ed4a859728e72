"""`digitize audit`: whether the log is whole, and who was given an owner's papers."""

from service.cli.catalogue import open_started_catalogue
from service.cli.exit_codes import ExitCode
from service.cli.terminal import out, plain_table
from service.console.codes import EVENTS, named
from service.console.formats import local_time
from service.language import say
from storage.pages import read_all


def verify() -> ExitCode:
    """The first entry that is missing or was changed, if any; else what to write down, so that an end cut off later
    is seen.
    """
    catalogue = open_started_catalogue()
    extent = catalogue.log_extent()  # before: entries may come while the chain is checked
    broken = catalogue.verify_log()
    if broken is not None:
        out.print(
            say(
                vi=f"Nhật ký bị sửa hoặc thiếu từ mục {broken}; hãy giữ nguyên máy và báo người quản trị.",
                en=f"The log was changed, or lacks something, from entry {broken} on; leave the machine as it is and "
                "tell its administrator.",
            ),
            highlight=False,
        )
        return ExitCode.NEEDS_MENDING
    out.print(say(vi="Nhật ký nguyên vẹn.", en="The log is whole."))
    if extent.since is not None:
        since = local_time(extent.since)
        out.print(say(vi=f"Số mục: {extent.entries}, từ {since}", en=f"Entries: {extent.entries}, since {since}"))
        said = say(vi="Mã băm của mục cuối (hãy chép ra ngoài máy)", en="Hash of the last (keep it off this machine)")
        out.print(f"{said}:\n{extent.hash}", highlight=False)
    return ExitCode.OK


def tell_owner(owner: str) -> ExitCode:
    catalogue = open_started_catalogue()
    told = list(read_all(lambda window: catalogue.uses(owner, window), "cli"))
    catalogue.log("cli", "access.accesses", None, {"count": len(told)})
    table = plain_table(
        ("Lúc", "When"),
        ("Ai", "Who"),
        ("Việc", "Use"),
        ("Tài liệu", "Document"),
        ("Hồ sơ", "Dossier"),
        ("Thủ tục", "Procedure"),
        whole=(3,),
    )
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
