"""`digitize lookup`: does the state already hold a paper of this owner?"""

import typer
from pydantic import ValidationError

from digitize.errors import InvalidRequestError
from service.cli.catalogue import open_started_catalogue
from service.cli.exit_codes import ExitCode
from service.cli.terminal import out, records_table
from service.language import say
from service.models import Purpose
from storage.pages import read_all


def lookup(owner: str, *, dossier: str, procedure: str, as_json: bool) -> ExitCode:
    try:
        purpose = Purpose(dossier=dossier, procedure=procedure).model_dump()
    except ValidationError:
        raise InvalidRequestError(detail="--dossier, --procedure") from None
    catalogue = open_started_catalogue()
    found = read_all(lambda window: catalogue.lookup(owner, window), "cli")
    ids = [row.document_id for row in found if row.record is not None]
    # The owner's number is personal data: the log says who was given which papers and what for, by surrogate ids.
    catalogue.record_use("cli", "access.lookup", ids, {"purpose": purpose})
    papers = [(row.document_id, row.record) for row in map(catalogue.find, ids) if row is not None and row.record]
    if as_json:
        for _, record in papers:
            typer.echo(record.model_dump_json(by_alias=True))
    elif papers:
        out.print(records_table(papers, by_id=True))
    else:
        out.print(say(vi="Chưa có giấy tờ nào của người này.", en="No paper of this owner is held."))
    return ExitCode.OK if papers else ExitCode.NOT_FOUND
