"""`digitize hold`: papers that an order keeps from being deleted, whatever their retention."""

import re

from digitize.errors import InvalidRequestError, NotFoundError, NotReadyError
from digitize.model import Status
from service.cli.catalogue import open_started_catalogue
from service.cli.exit_codes import ExitCode
from service.cli.terminal import out
from service.language import say
from storage import retention
from storage.object_api import ObjectStore
from storage.objects import open_stores
from storage.open_catalogue import OpenCatalogue
from workers.embedded import load_effective_config

_REASON = re.compile(r"[^\x00-\x1f\x7f]{1,200}")
_LONG_NUMBER = re.compile(r"\d{9}")
_ACTOR = "cli"


def hold(document_id: str, reason: str) -> ExitCode:
    catalogue, archive = _open(document_id, reason)
    retention.hold(archive, document_id, on=True)
    # The log never tells less than was done: written when it is held, and before it is released.
    catalogue.log(_ACTOR, "legal_hold_set", document_id, {"reason": reason})
    out.print(say(vi="Đã giữ; không ai xóa được.", en="Held; nobody can delete it."))
    return ExitCode.OK


def release(document_id: str, reason: str) -> ExitCode:
    catalogue, archive = _open(document_id, reason)
    if not retention.is_held(archive, document_id):
        out.print(say(vi="Tài liệu này không bị giữ.", en="The document is not held."))
        return ExitCode.NOT_FOUND
    catalogue.log(_ACTOR, "legal_hold_released", document_id, {"reason": reason})
    retention.hold(archive, document_id, on=False)
    out.print(say(vi="Đã thôi giữ.", en="Held no longer."))
    return ExitCode.OK


def _open(document_id: str, reason: str) -> tuple[OpenCatalogue, ObjectStore]:
    """Raises InvalidRequestError, NotFoundError; NotReadyError where more would be written beside what is held."""
    if not _REASON.fullmatch(reason) or _LONG_NUMBER.search(reason):  # the log holds nobody's number
        raise InvalidRequestError(detail="--reason")
    catalogue = open_started_catalogue()
    row = catalogue.find(document_id)
    if row is None:
        raise NotFoundError
    if row.status not in (Status.PUBLISHED, Status.REVOKED):
        raise NotReadyError
    return catalogue, open_stores(load_effective_config().storage).archive
