"""Puts evidence and a document timestamp behind every published PDF, and renews it for as long as the archive stands.

A job of the queue ``preservation``, taken by the workers that wait for timestamp servers (``sealing`` comes first):
recognition goes on meanwhile. What was published stays as an older version of the same object.
"""

import hashlib
import logging
import os
import socket
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from digitize.config import Config
from digitize.errors import DigitizeError, InternalError, LeaseLostError, NotFoundError, SigningError, TimestampError
from signing.api import DocumentAugmenter
from signing.augmentation import PdfAugmenter
from signing.trust import load_trust_roots
from storage.catalogue import open_catalogue
from storage.keys import signed_key
from storage.object_api import ObjectStore
from storage.objects import open_stores
from storage.preservation_api import Postponed, PreservationLease, Preservations, Preserved
from storage.retention import lock_alike
from workers.dispatcher import margins
from workers.embedded import load_effective_config
from workers.isolation import emptied_folder, limit_this_process
from workers.publications import timestamp_metadata

log = logging.getLogger(__name__)

_CLAIMED_AT_ONCE = 10
_JOB_ENDS_AFTER = timedelta(minutes=10)
"""Then the next job takes over: what an authority answered is asked anew, and nothing grows for ever."""
_BESIDE_TSA_S = 60
"""Of one paper: reading, writing and the authority's answers."""
_PDF = "application/pdf"
_FIRST_DELAY = timedelta(minutes=5)
_DELAY_MAX = timedelta(hours=6)
_SEAL_DELAY = timedelta(days=1)
"""A seal that does not hold, or of an authority not trusted here, is a matter for a person; it is looked at again, ever
more rarely, for what they may have mended.
"""
_GROWTH_MAX = 4
"""So that what is mended by then is tried several times in the half year before a timestamp runs out."""


def work() -> None:
    """Entry of the RQ job, in a process of its own."""
    config = load_effective_config()
    limit_this_process(config.limits)
    tempfile.tempdir = str(emptied_folder(config.data_dir, os.getppid()))
    if config.signing.tsa_url is None:
        return
    trust_roots = load_trust_roots(config.signing, config.secrets_dir)
    augmenter = PdfAugmenter(config.signing.tsa_url, config.signing.tsa_time_limit_s, trust_roots)
    stores = open_stores(config.storage)
    Preservation(config, open_catalogue(config), stores.archive, augmenter, partial(datetime.now, UTC)).run()


@dataclass(frozen=True, slots=True)
class Preservation:
    config: Config
    catalogue: Preservations
    archive: ObjectStore
    augmenter: DocumentAugmenter
    clock: Callable[[], datetime]

    def run(self) -> int:
        """Until nothing is due, a server is away, or it is time for the next job; papers preserved."""
        done, until = 0, time.monotonic() + _JOB_ENDS_AFTER.total_seconds()
        while leases := self._claim():
            for number, lease in enumerate(leases):
                begun = time.monotonic()
                failure = self._take(lease)
                if failure is None:
                    done += 1
                elif isinstance(failure, TimestampError):
                    # The server answers nobody: the others wait as long, and are not asked one after another.
                    for left in leases[number + 1 :]:
                        self._settle(left, self._postponed(failure, left))
                    return done
                self._keep_pace(begun)
            if time.monotonic() > until:
                break
        return done

    def _claim(self) -> list[PreservationLease]:
        length = timedelta(seconds=_CLAIMED_AT_ONCE * (self.config.signing.tsa_time_limit_s + _BESIDE_TSA_S))
        worker = f"{socket.gethostname()}-{os.getpid()}"
        return self.catalogue.claim_preservations(
            worker, length, limit=_CLAIMED_AT_ONCE, **margins(self.config.signing)
        )

    def _take(self, lease: PreservationLease) -> DigitizeError | None:
        try:
            outcome = self._preserve(lease.document_id)
        except DigitizeError as error:
            failure = error
        except Exception as error:  # noqa: BLE001 - one paper must not stop the archive
            failure = InternalError(kind=type(error).__name__)
        else:
            self._settle(lease, outcome)
            return None
        log.warning("document %s: not preserved, attempt %d: %s", lease.document_id, lease.attempt, failure.code)
        self._settle(lease, self._postponed(failure, lease))
        return failure

    def _preserve(self, document_id: str) -> Preserved:
        """Raises NotFoundError where somebody else wrote meanwhile, or what the augmenter raises."""
        with TemporaryDirectory(prefix="digitize-") as folder:
            source, target = Path(folder, "signed.pdf"), Path(folder, "preserved.pdf")
            key = signed_key(document_id)
            read = self.archive.download(key, source)
            made = self.augmenter.augment(source, target)
            stamped = timestamp_metadata(made.ends, made.algorithm)
            if not self.archive.put(key, target, _PDF, replaces=read.etag, metadata=stamped):
                raise NotFoundError
            lock_alike(self.archive, key, key)
            with target.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        return Preserved(made.ends, made.algorithm, digest)

    def _postponed(self, failure: DigitizeError, lease: PreservationLease) -> Postponed:
        growth = min(lease.attempt - 1, _GROWTH_MAX)
        delay = min(_FIRST_DELAY * 4**growth, _DELAY_MAX)
        if isinstance(failure, SigningError):
            delay = _SEAL_DELAY * 2**growth
        return Postponed(failure.code, self.clock().astimezone(UTC) + delay)

    def _settle(self, lease: PreservationLease, outcome: Preserved | Postponed) -> None:
        try:
            self.catalogue.settle_preservation(lease, outcome)
        except LeaseLostError:
            log.warning("document %s: lease lost, outcome dropped", lease.document_id)

    def _keep_pace(self, begun: float) -> None:
        """The servers are everybody's: a whole archive is renewed over days."""
        each_s = 60 * self.config.signing.tsa_connections / self.config.signing.preservations_per_minute
        time.sleep(max(0.0, begun + each_s - time.monotonic()))
