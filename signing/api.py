"""What the signing package does, and the port behind which keys live.

PDF in, signed PDF out; PDF in, verdict out. Nothing here knows where a PDF is from or goes.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Protocol

from digitize.model import SignatureRecord


@dataclass(frozen=True, slots=True)
class Stamp:
    """Text shown on page 1: the agency's at the top right (Decree 30/2020, App. I, part II.I, box 14), the scanning
    officer's at the top left (Circular 01/2023).
    """

    copy_form: str
    """Empty in an officer's."""
    name: str
    """Of the agency, or of the officer."""
    time: datetime
    """Aware; shown in ISO 8601 with +07:00 and whole seconds."""
    left: bool = False


@dataclass(frozen=True, slots=True)
class VerificationReport:
    """Every signature of one PDF. No signature at all is TOTAL-FAILED (``NO_SIGNATURE_FOUND``), never a pass."""

    verdict: str
    """The worst over all signatures: TOTAL-PASSED, INDETERMINATE or TOTAL-FAILED (ETSI EN 319 102-1)."""
    signatures: tuple[SignatureRecord, ...]
    vi: str
    """One sentence a clerk understands."""
    en: str
    sub_indication: str | None = None
    """Of the worst signature; also NO_SIGNATURE_FOUND and, where nothing could be read, FORMAT_FAILURE."""


@dataclass(frozen=True, slots=True)
class Preserved:
    """What a document timestamp made of a signed PDF."""

    timestamp_time: datetime
    """Aware, as the server has it."""
    ends: datetime
    """Aware time at which the first certificate behind the timestamp runs out; it has to be renewed before."""
    algorithm: str
    """Of the server's key, such as ``RSA-2048`` or ``EC-secp256r1``: what has to be renewed when it grows weak."""


class DocumentAugmenter(Protocol):
    """Adds what is needed to check a signature when its certificate has run out and its authority is gone."""

    def augment(self, source: Path, target: Path) -> Preserved:
        """Evidence and a document timestamp behind ``source``, for the first time or once more.

        Raises RevocationError, TimestampError where a server is away, SigningError where a signature does not hold.
        """
        ...


class Turn(Enum):
    """Who signs first certifies the PDF, and with it what may still be added (ISO 32000-1, 12.8.2.2)."""

    ONLY = "only"
    """Nothing may (NO_CHANGES); timestamps of the archive always may."""
    FIRST = "first"
    """Another signature may (FILL_FORMS)."""
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Preparation:
    """What the key is to sign, beside a PDF that lacks nothing but its signature.

    Everything about a seal is decided here, before the key is used: whatever is repeated afterwards can only lead to
    the same signed document.
    """

    digest: str
    """SHA-256 of the PDF without the place of its signature; bytes are hexadecimal here, so that JSON holds them."""
    to_be_signed: str
    """DER of the signed attributes (RFC 5652, 5.4)."""
    place: tuple[int, int]
    """Of the signature in the file, as offsets of its ``<`` and behind its ``>``."""
    paper_bytes: int
    """Length of the unsigned PDF, with which it begins."""
    signing_time: datetime
    certificate: str
    """SHA-256 of the key's certificate."""


@dataclass(frozen=True, slots=True)
class Answer:
    signature: bytes | None
    """Raw; None while the person who signs has not answered."""
    transaction: str | None = None
    """To be asked after."""


class DocumentSigner(Protocol):
    """Holds the key for the life of the process; safe to call from several threads."""

    certificate: str
    """SHA-256 of the certificate that papers are sealed with, in hexadecimal."""
    name: str
    """Of whom the certificate is."""

    def prepare(
        self,
        source: Path,
        target: Path,
        stamp: Stamp | None,
        turn: Turn = Turn.ONLY,
        following: tuple[str, ...] = (),
    ) -> Preparation:
        """Write ``source`` with stamp and certification as ``target``; no key is used. The PDF is unsigned, or at the
        last turn bears what this system signed at the first.

        following: at the first turn, ``lines`` of the stamp to come. Its field has to be there before the first
        signature, which allows fields to be filled and none to be added. Raises SigningError.
        """
        ...

    def lines(self, stamp: Stamp) -> tuple[str, ...]:
        """What its stamp will say."""
        ...

    def can_complete(self, preparation: Preparation) -> bool:
        """Whether it was prepared for this certificate, and leaves room for the timestamp that is to come: none was
        meant to where the server was configured since.
        """
        ...

    def sign(self, preparation: Preparation, reference: str, transaction: str | None) -> Answer:
        """Have the key sign, or ask the person whose it is. ``transaction``: of an earlier question that is still open.
        ``reference`` names the paper to a signing service.

        Raises SigningError, also where it was prepared for another certificate, and SignerDeclinedError.
        """
        ...

    def complete(self, prepared: Path, preparation: Preparation, signature: bytes, target: Path) -> SignatureRecord:
        """Put signature, and timestamp where one is wanted, in their place, and check it. Raises as ``sign`` and
        TimestampError.
        """
        ...

    def sign_detached(self, data: bytes) -> bytes:
        """DER of a detached CMS (CAdES) signature over ``data``."""
        ...

    def diagnostics(self) -> dict[str, str]:
        """Subject, issuer, algorithm, not_after (ISO 8601), development (yes/no), tsa; for `digitize doctor`."""
        ...
