"""`digitize lookup`: does the state already hold a paper of this owner?"""

import typer

from service.cli.catalogue import open_started_catalogue
from service.cli.exit_codes import ExitCode
from service.cli.terminal import out, records_table
from service.language import say


def lookup(owner: str, *, as_json: bool) -> ExitCode:
    catalogue = open_started_catalogue()
    rows = [row for row in catalogue.lookup(owner) if row.record is not None]
    # The owner's number is personal data: the log says that somebody looked and how much was found.
    catalogue.log("cli", "access.lookup", None, {"found": len(rows)})
    if as_json:
        for row in map(catalogue.find, [row.document_id for row in rows]):
            if row is not None and row.record is not None:
                typer.echo(row.record.model_dump_json(by_alias=True))
    elif rows:
        out.print(records_table((row.document_id, row.record) for row in rows if row.record is not None))
    else:
        out.print(say(vi="Chưa có giấy tờ nào của người này.", en="No paper of this owner is held."))
    return ExitCode.OK if rows else ExitCode.NOT_FOUND
