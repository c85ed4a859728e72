"""What the signatures of a PDF are worth: any PDF, no network, and no exception that means anything but no."""

# mypy: disable-error-code="no-untyped-call"
# pyHanko is typed in part only.

import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from asn1crypto import cms, x509
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.rw_common import PdfHandler
from pyhanko.sign.ades.report import AdESFailure, AdESIndeterminate
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import (
    DocumentSecurityStore,
    EmbeddedPdfSignature,
    async_validate_detached_cms,
    async_validate_pdf_signature,
    async_validate_pdf_timestamp,
)
from pyhanko.sign.validation.errors import NoDSSFoundError
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import (
    ModificationInfo,
    SignatureCoverageLevel,
    SignatureStatus,
    StandardCMSSignatureStatus,
    TimestampSignatureStatus,
)
from pyhanko.sign.validation.utils import CMSAlgorithmUsagePolicy
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.policy_decl import DisallowWeakAlgorithmsPolicy

from digitize.model import SignatureRecord
from signing.api import VerificationReport
from signing.event_loop import run_to_end
from signing.increments import metadata_changed
from signing.lookup import look_up
from signing.trust import TrustRoots, parse_roots
from signing.verdicts import FAILED, FORMAT_FAILURE, PASSED, judge, summarize

__all__ = ["OFFICER_FIELD", "SEAL_FIELD", "silence_validator", "verify_detached", "verify_pdf"]

SEAL_FIELD = "DigitizeSeal"
OFFICER_FIELD = "DigitizeOfficer"
"""Names of the signature fields this system makes: the agency's, and the scanning officer's before it."""

WEAK_HASHES = frozenset({"md5", "sha1"})
"""Found on real papers until today: reported as intact and trusted, never as passed."""
_CMS_POLICY = CMSAlgorithmUsagePolicy.lift_policy(DisallowWeakAlgorithmsPolicy(frozenset({"md2"})))
"""Weak hashes are let through here and judged by us, for pyHanko looks at no issuer once it met one."""
_KEY_USAGE = KeyUsageConstraints(key_usage={"non_repudiation", "digital_signature"})
_EXPIRED = "OUT_OF_BOUNDS_NO_POE"
_STALE = "TRY_LATER"
_CHUNK = 1 << 20
_WHITE_SPACE = b"\x00\t\n\x0c\r "
"""ISO 32000-1, table 1."""
_SIGNATURES_MAX = 200
"""A PDF with more is refused as unreadable; 5 is the most seen on a real paper."""


def verify_pdf(path: Path, trust_roots: TrustRoots, *, moment: datetime | None = None) -> VerificationReport:
    """Report on every signature of the PDF; never raises for what is in the file.

    trust_roots: roots that are believed (``signing.trust.load_trust_roots``). moment: aware time at which
    certificates have to be valid, now by default. Nothing is fetched: revocation counts only where the PDF
    itself carries the answers (PAdES B-LT). Raises OSError where the file cannot be opened.
    """
    silence_validator()
    with path.open("rb") as untrusted_pdf:
        try:
            reader = PdfFileReader(untrusted_pdf, strict=False)
            if reader.encrypted:
                return summarize((), unreadable=True)
            fields = sorted(enumerate_sig_fields(reader, filled_status=True), key=_end_of_what_is_signed)
            if len(fields) > _SIGNATURES_MAX:
                return summarize((), unreadable=True)
            verifier = _Verifier(reader, trust_roots, moment or datetime.now(UTC))
            # From the last to the first, for a later timestamp vouches for what stands before it.
            signatures = [verifier.verify(name, field_ref) for name, _, field_ref in reversed(fields)][::-1]
        except Exception:  # noqa: BLE001 - a file built to break the reader must not pass for want of an answer
            return summarize((), unreadable=True)
    return summarize(signatures)


def verify_detached(
    data: bytes, der: bytes, trust_roots: TrustRoots, *, moment: datetime | None = None
) -> SignatureRecord:
    """Report on a detached CMS signature over ``data``; never raises for what is in ``der``."""
    silence_validator()
    field = "detached"
    try:
        signed_data = cms.ContentInfo.load(der)["content"]
        context = _context(trust_roots, moment or datetime.now(UTC), None)
        status = run_to_end(
            async_validate_detached_cms(
                data,
                signed_data,
                signer_validation_context=context,
                key_usage_settings=_KEY_USAGE,
                algorithm_policy=_CMS_POLICY,
            )
        )
    except Exception as error:  # noqa: BLE001 - see verify_pdf
        return _unreadable(field, "CAdES", error)
    level = "B-T" if _timestamp(status) else "B-B"
    return _record(field, level, status, covers="whole_file", changed="no", problem=_problem(status, trust_roots))


def silence_validator() -> None:
    """Keep pyHanko's loggers quiet: they write whole tracebacks, with names of signers, for ordinary findings."""
    for name in ("pyhanko", "pyhanko_certvalidator"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)


class _Verifier:
    """Verifies the signatures of one open PDF."""

    def __init__(self, reader: PdfFileReader, trust_roots: TrustRoots, moment: datetime) -> None:
        self._reader = reader
        self._trust_roots = trust_roots
        self._moment = moment
        self._dss = _read_dss(reader)
        self._trusted_stamps: list[tuple[int, datetime]] = []
        """Revision and time of the document timestamps that hold."""

    def verify(self, name: str, field_ref: generic.IndirectObject) -> SignatureRecord:
        subfilter = "unknown"
        try:
            field = field_ref.get_object()
            subfilter = str(look_up(field["/V"], "/SubFilter") or subfilter).lstrip("/")
            embedded = EmbeddedPdfSignature(self._reader, field, name)
            stamps_all = embedded.sig_object_type == "/DocTimeStamp"
            status: Any
            if stamps_all:
                status, problem = run_to_end(self._verify_stamp(embedded))
            else:
                status, problem = run_to_end(self._verify_signature(embedded))
            changed = self._changes(embedded, status)
            record = _record(
                name,
                self._level(subfilter, status),
                status,
                covers=_covers(status.coverage),
                changed=changed,
                problem=problem,
            )
            if stamps_all and record.verdict == PASSED and status.timestamp <= self._moment:
                self._trusted_stamps.append((embedded.signed_revision, status.timestamp))
        except Exception as error:  # noqa: BLE001 - whatever a damaged signature provokes, it does not pass
            return _unreadable(name, subfilter, error)
        return record

    async def _verify_stamp(self, embedded: EmbeddedPdfSignature) -> tuple[TimestampSignatureStatus, str | None]:
        """Status of a document timestamp, and what stands against trust in it."""
        status = await async_validate_pdf_timestamp(embedded, self._context_of(embedded))
        return status, self._problem(status)

    async def _verify_signature(self, embedded: EmbeddedPdfSignature) -> tuple[StandardCMSSignatureStatus, str | None]:
        """Status, and what stands against trust.

        A certificate that ran out is looked at again at the time of a trusted timestamp (EN 319 102-1, 5.5).
        """
        context = self._context_of(embedded)
        status = await self._validate(embedded, context, context)
        problem = self._problem(status)
        if problem == _STALE:
            # What the PDF holds of the authorities' answers is too old to say anything: as if it held none.
            context = _context(self._trust_roots, self._moment, None)
            status = await self._validate(embedded, context, context)
            problem = self._problem(status)
        timestamp = _timestamp(status)
        if problem == _EXPIRED and timestamp is not None and _is_trusted(timestamp):
            then = _context(self._trust_roots, timestamp.timestamp, self._dss)
            problem = self._problem(await self._validate(embedded, then, context))
        return status, problem

    def _context_of(self, embedded: EmbeddedPdfSignature) -> ValidationContext:
        """As things stood when the next document timestamp was made, which vouches for all before it, the authorities'
        answers among it (EN 319 102-1, 5.6.3); behind the last one, as they stand now.
        """
        later = [stamp for stamp in self._trusted_stamps if embedded.signed_revision < stamp[0]]
        if later:
            revision, stamped_at = min(later)
            return _context(self._trust_roots, stamped_at, _read_dss(self._reader.get_historical_resolver(revision)))
        # Answers that lie in the PDF are older than the last timestamp: of it they say nothing.
        is_last_stamp = embedded.sig_object_type == "/DocTimeStamp"
        return _context(self._trust_roots, self._moment, None if is_last_stamp else self._dss)

    async def _validate(
        self, embedded: EmbeddedPdfSignature, context: ValidationContext, timestamp_context: ValidationContext
    ) -> StandardCMSSignatureStatus:
        return await async_validate_pdf_signature(
            embedded,
            signer_validation_context=context,
            ts_validation_context=timestamp_context,
            key_usage_settings=_KEY_USAGE,
            algorithm_policy=_CMS_POLICY,
        )

    def _problem(self, status: SignatureStatus) -> str | None:
        return _problem(status, self._trust_roots)

    def _changes(self, embedded: EmbeddedPdfSignature, status: ModificationInfo) -> str:
        if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
            return "no"
        result = status.diff_result
        if not isinstance(result, DiffResult) or result.modification_level == ModificationLevel.OTHER:
            return "forbidden"
        if isinstance(status, StandardCMSSignatureStatus) and not status.docmdp_ok:
            return "forbidden"
        if metadata_changed(self._reader, embedded.signed_revision) or self._has_stray_bytes(embedded):
            return "forbidden"
        return "no" if result.modification_level == ModificationLevel.NONE else "allowed"

    def _has_stray_bytes(self, embedded: EmbeddedPdfSignature) -> bool:
        """Whether something stands behind the signature that no revision accounts for, such as a second file. White
        space, which mail programs add, is nothing.
        """
        if embedded.signed_revision != self._reader.xrefs.total_revisions - 1:
            return False
        _, _, behind, length = embedded.byte_range
        self._reader.stream.seek(int(behind) + int(length))
        while chunk := self._reader.stream.read(_CHUNK):
            if chunk.strip(_WHITE_SPACE):
                return True
        return False

    def _level(self, subfilter: str, status: SignatureStatus) -> str:
        if subfilter != "ETSI.CAdES.detached":
            return subfilter
        if _timestamp(status) is None:
            return "B-B"
        if self._dss is None or not (self._dss.crls or self._dss.ocsps):
            return "B-T"
        stamped = any(
            look_up(field["/V"], "/Type") == "/DocTimeStamp"
            for field in (ref.get_object() for _, _, ref in enumerate_sig_fields(self._reader, True))
        )
        return "B-LTA" if stamped else "B-LT"


def _record(field: str, level: str, status: Any, *, covers: str, changed: str, problem: str | None) -> SignatureRecord:
    timestamp = _timestamp(status)
    digest = status.md_algorithm.lower()
    trusted = bool(status.intact and status.valid) and problem is None
    verdict, sub_indication = judge(
        intact=status.intact,
        valid=status.valid,
        forbidden_change=changed == "forbidden",
        trust_problem=problem,
        weak_hash=digest in WEAK_HASHES,
    )
    signing_time = getattr(status, "signer_reported_dt", None)
    if isinstance(status, TimestampSignatureStatus):
        signing_time = status.timestamp
    return SignatureRecord.model_validate(
        {
            "field": field,
            "signer": _common_name(status.signing_cert),
            "level": level,
            # A time without a zone says nothing that could be compared.
            "signing_time": signing_time if signing_time and signing_time.tzinfo else None,
            "timestamp_time": timestamp.timestamp if timestamp else None,
            "timestamp_trusted": timestamp is not None and _is_trusted(timestamp),
            "digest_algorithm": digest,
            "covers": covers,
            "intact": bool(status.intact and status.valid),
            "trusted": trusted,
            "changed_since": changed,
            "verdict": verdict,
            "sub_indication": sub_indication,
            "made_by": "digitize" if field in {OFFICER_FIELD, SEAL_FIELD} and trusted else "input",
        }
    )


def _unreadable(field: str, level: str, error: Exception) -> SignatureRecord:
    """A signature that cannot be judged fails; EN 319 102-1 says why only where it calls that a failure."""
    indication = getattr(error, "ades_subindication", None)
    return SignatureRecord(
        field=field,
        signer="",
        level=level,
        verdict=FAILED,
        sub_indication=indication.standard_name if isinstance(indication, AdESFailure) else FORMAT_FAILURE,
    )


def _context(trust_roots: TrustRoots, moment: datetime, dss: DocumentSecurityStore | None) -> ValidationContext:
    settings: dict[str, Any] = {
        "trust_roots": parse_roots(trust_roots),
        "moment": moment,
        "allow_fetching": False,
        "revocation_mode": "soft-fail",
    }
    return ValidationContext(**settings) if dss is None else dss.as_validation_context(settings)


def _end_of_what_is_signed(field: tuple[str, object, generic.IndirectObject]) -> int:
    """Orders signatures as they were made, whatever the order of their fields."""
    try:
        numbers: Any = look_up(field[2].get_object()["/V"], "/ByteRange")
        return int(numbers[2]) + int(numbers[3])
    except Exception:  # noqa: BLE001 - one that cannot be read is found out when it is verified
        return 0


def _read_dss(reader: PdfHandler) -> DocumentSecurityStore | None:
    try:
        return DocumentSecurityStore.read_dss(reader)
    except NoDSSFoundError:
        return None


def _timestamp(status: SignatureStatus) -> TimestampSignatureStatus | None:
    """The signature timestamp, where it stands on this signature and verifies."""
    timestamp = getattr(status, "timestamp_validity", None)
    if not isinstance(timestamp, TimestampSignatureStatus):
        return None
    return timestamp if timestamp.intact and timestamp.valid else None


def _is_trusted(timestamp: TimestampSignatureStatus) -> bool:
    return timestamp.trusted and timestamp.md_algorithm.lower() not in WEAK_HASHES


def _problem(status: SignatureStatus, trust_roots: TrustRoots) -> str | None:
    """What stands against trust in the signer, as a sub-indication; None where nothing does."""
    indication = status.trust_problem_indic
    if indication is None:
        return None
    certificate = status.signing_cert
    stands_alone = certificate.self_signed != "no" and certificate.dump() not in trust_roots
    if indication is AdESIndeterminate.CHAIN_CONSTRAINTS_FAILURE and stands_alone:
        # pyHanko calls a certificate that vouches for itself invalid; to a reader it is an unknown issuer.
        return str(AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND.standard_name)
    return str(indication.standard_name)


def _covers(coverage: SignatureCoverageLevel) -> str:
    if coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return "whole_file"
    return "revision" if coverage == SignatureCoverageLevel.ENTIRE_REVISION else "unclear"


def _common_name(certificate: x509.Certificate) -> str:
    """Common name of the subject; other parts may hold a person's number and are left out."""
    name = certificate.subject.native.get("common_name")
    if isinstance(name, list):
        name = name[-1]
    return str(name) if name else "?"
