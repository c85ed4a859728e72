"""Deletes what was prepared for signing: a whole copy of the paper, of no use once it is published."""

import logging

from digitize.errors import DigitizeError
from storage.keys import prepared_prefix
from storage.object_api import ObjectStore

log = logging.getLogger(__name__)


def delete_prepared(work: ObjectStore, document_id: str) -> None:
    """Where the store refuses, it is told and left: the paper is published all the same."""
    try:
        for stored in list(work.list(prepared_prefix(document_id))):
            work.delete(stored.key)
    except DigitizeError as error:
        log.warning("document %s: what was prepared for its seal is not deleted: %s", document_id, error.code)
