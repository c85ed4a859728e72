"""Takes what was uploaded by the API to the inbox, as a station would have dropped it; forgets what is too old.

The file is in the inbox before the upload says so; cut off between the two, the next round finds it there by the id it
was put with, as long as intake has not taken it, which the same process does behind this.
"""

import logging
from pathlib import Path
from tempfile import TemporaryDirectory

from digitize.errors import DigitizeError
from digitize.machine_errors import told
from storage.objects import Stores
from storage.uploads import Upload, Uploads
from workers.accepted import describe_file
from workers.intake import PRIORITY_METADATA

log = logging.getLogger(__name__)

UPLOAD_METADATA = "upload"


def drop_uploads(stores: Stores) -> int:
    """Take to the inbox what is finished; how many. One that fails never stops the rest."""
    uploads = Uploads(stores.work)
    dropped = 0
    for upload_id in list(uploads.finished()):
        try:
            upload = uploads.find(upload_id)
            if upload is None:
                log.error("upload %s: it is whole, and nobody knows any more where it belongs", upload_id)
                continue
            if not upload.dropped and not _is_dropped(stores, upload):
                _drop(stores, uploads, upload)
                dropped += 1
            uploads.settle(upload)
        except (DigitizeError, OSError) as error:  # such as no room for this one, where a smaller one fits
            log.warning("upload %s was not taken to the inbox: %s", upload_id, told(error))
    return dropped


def _is_dropped(stores: Stores, upload: Upload) -> bool:
    found = stores.inbox.stat(upload.inbox_key)
    return found is not None and found.metadata.get(UPLOAD_METADATA) == upload.upload_id


def _drop(stores: Stores, uploads: Uploads, upload: Upload) -> None:
    with TemporaryDirectory(prefix="digitize-") as folder:
        path = Path(folder) / "finished"
        uploads.fetch(upload.upload_id, path)
        media_type = describe_file(path, upload.filename).media_type
        metadata = {PRIORITY_METADATA: upload.priority, UPLOAD_METADATA: upload.upload_id}
        stores.inbox.put(upload.inbox_key, path, media_type, metadata=metadata)
