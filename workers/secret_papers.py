"""Deletes what is stored of a paper that bears a secrecy mark (ADR 5).

The catalogue says first that the paper is refused; from then on deleting is owed, and may be done by anyone any
number of times: by the worker that found the mark, by intake when the same file is dropped again, and by the
reconciler for whatever a crash, a store that was away or a slow second worker left behind.
"""

import logging
from contextlib import suppress
from datetime import datetime

from digitize.errors import DigitizeError, SecretPaperError
from storage.api import Catalogue
from storage.keys import archive_prefix, work_prefix
from storage.objects import Stores

log = logging.getLogger(__name__)

_LOOKED_AT_MAX = 1_000


def is_secret(error_code: str | None) -> bool:
    return error_code == SecretPaperError.code


def delete_left_behind(catalogue: Catalogue, stores: Stores, since: datetime) -> None:
    """Of the papers refused as secret since then. What the store will not delete is named by the reconciler."""
    for document_id in catalogue.changed(since, _LOOKED_AT_MAX, error_code=SecretPaperError.code):
        with suppress(DigitizeError):
            delete_scan(document_id, catalogue, stores, "dispatcher")


def delete_scan(document_id: str, catalogue: Catalogue, stores: Stores, actor: str) -> int:
    """Every version of every object of the document; the number of them, which stands in the audit where it is not 0.

    The original goes last: as long as it is there, the reconciler finds the document by it. Raises
    StorageUnavailableError, and NotPermittedError where the store holds the archive locked.
    """
    deleted = 0
    for store, prefix in ((stores.work, work_prefix(document_id)), (stores.archive, archive_prefix(document_id))):
        found = sorted(store.list(prefix, versions=True), key=lambda stored: "/original." in stored.key)
        for stored in found:
            store.delete(stored.key, version=stored.version)
        deleted += len(found)
    if deleted:
        catalogue.log(actor, "secret_deleted", document_id, {"objects": deleted})
        log.warning("document %s: bears a secrecy mark, its scan was deleted", document_id)
    return deleted
