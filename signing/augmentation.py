"""From a signature that can be checked today to one that can be checked in decades: PAdES B-LTA (EN 319 142-1, 5.5).

Behind the signed PDF goes one more revision. It holds what a verifier needs when the authorities' servers are gone (the
document security store: certificates, OCSP answers, revocation lists) and a document timestamp over all of it. Before
the certificate of that timestamp runs out, the same is done once more, and so on: each timestamp vouches for the last.
"""

# mypy: disable-error-code="no-untyped-call"
# pyHanko is typed in part only.

import hashlib
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain, count
from pathlib import Path
from typing import BinaryIO

from asn1crypto import cms, crl, ocsp, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.signers.pdf_signer import PdfTimeStamper
from pyhanko.sign.validation import DocumentSecurityStore

from digitize.errors import DigitizeError, SigningError, TimestampError
from signing.api import Preserved
from signing.event_loop import run_to_end
from signing.revocation import Evidence, RevocationKeeper
from signing.sealed_file import DIGEST, Seal, check_timestamped_file, read_only_seal
from signing.timestamps import CheckedTimeStamper, check_token, signature_timestamp, signer_first, token_time
from signing.trust import TrustRoots
from signing.verification import silence_validator, verify_pdf
from signing.writing import UntouchedMetadataWriter

TIMESTAMP_FIELD = "DigitizeTimestamp"
"""Name of the field of a document timestamp, with its number behind it."""
VERIFIED_FOR = timedelta(minutes=10)
"""How long the whole verifier's word on a pair of seal and timestamp server is taken for papers whose own bytes were
checked.
"""


@dataclass(frozen=True, slots=True)
class _Signer:
    """A certificate that signed something in the paper."""

    certificate: x509.Certificate
    others: tuple[x509.Certificate, ...]
    signed_at: datetime | None
    """Aware time before which it signed, as a timestamp has it; None: an answer of any time will do."""


class PdfAugmenter:
    """Implements DocumentAugmenter. Keeps what the authorities answered; one thread at a time."""

    def __init__(self, tsa_url: str, tsa_time_limit_s: int, trust_roots: TrustRoots) -> None:
        silence_validator()
        self._timestamper = CheckedTimeStamper(tsa_url, tsa_time_limit_s)
        self._trust_roots = trust_roots
        self._revocation = RevocationKeeper(trust_roots)
        self._verified: dict[tuple[bytes, bytes], datetime] = {}

    def augment(self, source: Path, target: Path) -> Preserved:
        """Write ``source``, which bears signatures, as ``target`` with evidence and a timestamp behind; and check it.

        ``target`` appears whole or not at all. Raises RevocationError and TimestampError where a server is away or has
        nothing new enough, SigningError where a signature does not hold.
        """
        draft_path = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
        try:
            seal = read_only_seal(source)
            signers = self._look_closer(source) if seal is None else tuple(_signers_of_seal(seal))
            with source.open("rb") as paper, draft_path.open("x+b") as draft:
                run_to_end(self._augment(paper, draft, signers))
            stamped_at, (certificate, *others) = check_timestamped_file(source, draft_path)
            # A server that is not trusted, or was revoked, is found out before its timestamp is published.
            ends = run_to_end(self._revocation.gather(certificate, others)).ends
            if seal is None or not self._was_verified(seal, certificate):
                self._verify(draft_path)
                if seal is not None:
                    self._verified[_pair(seal, certificate)] = datetime.now(UTC)
            draft_path.replace(target)
        except DigitizeError:
            raise
        except Exception as error:
            # pyHanko's errors share no root; the kind is enough, a message might quote the paper.
            raise SigningError(reason=type(error).__name__) from error
        finally:
            draft_path.unlink(missing_ok=True)
        return Preserved(timestamp_time=stamped_at, ends=ends, algorithm=_algorithm(certificate))

    def probe(self) -> Preserved:
        """Ask for a timestamp of nothing, and for all that keeping it would take; for `digitize doctor`. Raises as
        ``augment``.
        """
        return run_to_end(self._probe())

    async def _probe(self) -> Preserved:
        token = await self._timestamper.async_timestamp(hashlib.new(DIGEST, b"").digest(), DIGEST)
        try:
            check_token(token)
            certificate, *others = signer_first(token["content"])
        except ValueError:
            raise TimestampError from None
        evidence = await self._revocation.gather(certificate, others)
        return Preserved(timestamp_time=token_time(token), ends=evidence.ends, algorithm=_algorithm(certificate))

    def _look_closer(self, path: Path) -> tuple[_Signer, ...]:
        """At a paper that bears more than one seal over all of it: the whole chain has to hold before it grows."""
        self._verify(path)
        with path.open("rb") as paper:
            return tuple(_signers_without_evidence(PdfFileReader(paper, strict=False)))

    async def _augment(self, paper: BinaryIO, draft: BinaryIO, signers: Sequence[_Signer]) -> None:
        writer = UntouchedMetadataWriter(paper, strict=False)
        if writer.prev.encrypted:
            raise SigningError(reason="source_encrypted")
        _add_evidence(
            writer, [await self._revocation.gather(one.certificate, one.others, one.signed_at) for one in signers]
        )
        await PdfTimeStamper(self._timestamper, field_name=_free_field(writer.prev)).async_timestamp_pdf(
            writer, DIGEST, bytes_reserved=2 * self._timestamper.room, output=draft
        )

    def _was_verified(self, seal: Seal, certificate: x509.Certificate) -> bool:
        at = self._verified.get(_pair(seal, certificate))
        return at is not None and datetime.now(UTC) - at < VERIFIED_FOR

    def _verify(self, path: Path) -> None:
        report = verify_pdf(path, self._trust_roots)
        if report.verdict == "TOTAL-FAILED" or not report.signatures:
            raise SigningError(reason="seal_does_not_verify")


def _pair(seal: Seal, certificate: x509.Certificate) -> tuple[bytes, bytes]:
    return seal.certificate.dump(), certificate.dump()


def _signers_of_seal(seal: Seal) -> Iterator[_Signer]:
    yield _Signer(seal.certificate, seal.others, None if seal.token is None else token_time(seal.token))
    if seal.token is not None:
        own, *others = signer_first(seal.token["content"])
        yield _Signer(own, tuple(others), token_time(seal.token))


def _signers_without_evidence(reader: PdfFileReader) -> Iterator[_Signer]:
    """Whoever signed behind the last document timestamp, and its own server: what lies before is vouched for."""
    signatures = list(reader.embedded_signatures)
    stamped = [number for number, one in enumerate(signatures) if one.sig_object_type == "/DocTimeStamp"]
    for signature in signatures[stamped[-1] if stamped else 0 :]:
        others = tuple(signature.other_embedded_certs)
        if signature.sig_object_type == "/DocTimeStamp":
            yield _Signer(signature.signer_cert, others, token_time(cms.ContentInfo.load(signature.pkcs7_content)))
        else:
            token = signature_timestamp(signature.signer_info)
            yield from _signers_of_seal(Seal(signature.signer_cert, others, token))


def _free_field(reader: PdfFileReader) -> str:
    taken = {name for name, _, _ in enumerate_sig_fields(reader)}
    return next(name for number in count(1) if (name := f"{TIMESTAMP_FIELD}{number}") not in taken)


def _add_evidence(writer: UntouchedMetadataWriter, evidence: Sequence[Evidence]) -> None:
    # Loaded anew for each paper: what was never looked into is written as it was read, at no cost.
    DocumentSecurityStore.supply_dss_in_writer(
        writer,
        None,  # which of it is for which signature, a reader finds out by itself (EN 319 142-1, 5.4.2.3)
        certs=[x509.Certificate.load(der) for der in _each(one.certificates for one in evidence)],
        ocsps=[ocsp.OCSPResponse.load(der) for der in _each(one.ocsps for one in evidence)],
        crls=[crl.CertificateList.load(der) for der in _each(one.crls for one in evidence)],
    )


def _each(groups: Iterable[Sequence[bytes]]) -> list[bytes]:
    return list(dict.fromkeys(chain.from_iterable(groups)))


def _algorithm(certificate: x509.Certificate) -> str:
    key = certificate.public_key
    if key.algorithm == "ec":
        return f"EC-{key.curve[1]}"
    return f"{key.algorithm.upper()}-{key.bit_size}"
