"""`digitize clients`: who may call the portal API and open the console."""

from rich.table import Table

from digitize.errors import InvalidRequestError
from service.cli.catalogue import open_started_catalogue
from service.cli.exit_codes import ExitCode
from service.cli.terminal import out
from service.language import say
from service.scopes import SCOPES


def add(name: str, scopes: list[str], *, units: list[str], types: list[str], procedures: list[str]) -> ExitCode:
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown or not scopes:
        raise InvalidRequestError(detail=f"scopes: {', '.join(sorted(SCOPES))}")
    catalogue = open_started_catalogue()
    client, key = catalogue.add_client(
        name, frozenset(scopes), frozenset(units), types=frozenset(types), procedures=frozenset(procedures)
    )
    out.print(f"{client.client_id}\n{key}", highlight=False, markup=False)
    out.print(say(vi="Khóa chỉ hiện một lần; hãy cất ngay.", en="The key is shown this once; keep it now."))
    return ExitCode.OK


def show() -> ExitCode:
    table = Table(pad_edge=False)
    for vi, en in (("Mã", "Id"), ("Tên", "Name"), ("Quyền", "Scopes"), ("Đơn vị", "Units")):
        table.add_column(say(vi=vi, en=en), overflow="fold")
    for client in open_started_catalogue().clients():
        units = ", ".join(sorted(client.units)) or say(vi="mọi đơn vị", en="every unit")
        table.add_row(client.client_id, client.name, ", ".join(sorted(client.scopes)), units)
    out.print(table)
    return ExitCode.OK


def revoke(client_id: str) -> ExitCode:
    open_started_catalogue().revoke_client(client_id)
    return ExitCode.OK
