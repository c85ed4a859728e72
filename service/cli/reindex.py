"""`digitize reindex`: the catalogue once more from the archive, which is the ledger."""

from service.cli.exit_codes import ExitCode
from service.cli.terminal import out
from service.language import say
from storage.catalogue import open_catalogue, prepare_catalogue
from storage.objects import open_stores
from workers.embedded import load_effective_config


def reindex() -> ExitCode:
    """While the stack runs, or with a configured object store. Raises ConfigError, StorageUnavailableError."""
    from workers.reconciler import reconcile  # noqa: PLC0415 - signing loads only in the command that needs it
    from workers.statuses import put_statuses_right  # noqa: PLC0415

    config = load_effective_config()
    prepare_catalogue(config)
    catalogue, stores = open_catalogue(config), open_stores(config.storage)
    statement = reconcile(catalogue, stores, config)
    put_statuses_right(catalogue, stores.inbox, None)
    again = len(statement.registered_again)
    out.print(
        say(
            vi=f"{statement.originals} bản gốc trong kho; {statement.restored} tài liệu đã công bố được lập lại, "
            f"{again} tài liệu được xử lý lại.",
            en=f"Originals in the archive: {statement.originals}; published documents restored: {statement.restored}; "
            f"processed anew: {again}.",
        )
    )
    if statement.restored:
        out.print(
            say(
                vi="Thủ tục, đơn vị, hồ sơ, khóa truy cập và nhật ký không nằm trong kho; "
                "cái nào đã mất thì hãy nhập hoặc cấp lại.",
                en="Procedures, units, dossiers, clients' keys and the log are not in the archive; "
                "import or make again what is gone.",
            )
        )
    for missing in statement.original_missing + statement.publication_missing:
        out.print(say(vi=f"Thiếu trong kho: {missing}", en=f"Missing in the archive: {missing}"))
    for unreadable in statement.unreadable:
        out.print(
            say(
                vi=f"Không đọc hoặc không lập lại được (nhật ký ghi lý do): {unreadable}",
                en=f"Cannot be read or brought back (the log says why): {unreadable}",
            )
        )
    return ExitCode.OK if statement.is_whole else ExitCode.NEEDS_MENDING
