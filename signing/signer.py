"""The software signer: a key held in memory, PAdES B-B or B-T into PDFs, CAdES over bytes."""

# mypy: disable-error-code="no-untyped-call"
# pyHanko is typed in part only.

import hashlib
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.hashes import SHA256
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.signers.pdf_byterange import PreparedByteRangeDigest
from pyhanko.sign.signers.pdf_signer import PdfSigningSession

from digitize.config import Signing
from digitize.errors import DigitizeError, SignerAskedError, SignerSilentError, SigningError
from digitize.model import SignatureRecord
from digitize.vietnam_time import VIETNAM_TIME
from signing.api import Answer, Preparation, Stamp, Turn
from signing.event_loop import run_to_end
from signing.fonts import EmbeddableFont, find_stamp_font
from signing.kept_key import KeptKeySigner
from signing.keys.api import CertifiedKey, ConfirmedKey, SigningKey, common_name
from signing.keys.choice import load_paper_key, load_signing_key
from signing.page import PageFrame, Rectangle, read_page_frame
from signing.sealed_file import DIGEST, check_begins_with, check_sealed_file
from signing.stamp import (
    StampLayout,
    StampStyle,
    embed_stamp_font,
    lay_out_stamp,
    stamp_lines,
    stamp_rectangle,
)
from signing.timestamps import CheckedTimeStamper, signer_first, token_time
from signing.trust import TrustRoots, load_trust_roots
from signing.verification import OFFICER_FIELD, SEAL_FIELD, silence_validator, verify_pdf
from signing.writing import UntouchedMetadataWriter

CMS_BYTES_TO_SPARE = 64
"""Beyond a CMS of this key: an EC signature varies by 2 bytes, and lengths are written in 1 to 3."""
EXPIRY_WARNING_DAYS = 30
VERIFIED_FOR = timedelta(minutes=10)
"""How long the whole verifier's word on the certificates of key and timestamp server is taken for papers whose own
bytes were checked.
"""


def open_signer(config: Signing, secrets_dir: Path) -> "PdfDocumentSigner":
    """Load key, font and trust roots and check them, so that what is wrong shows before the first paper.

    Raises ConfigError where the operator has to mend the configuration, SigningError where key or font
    cannot be used now.
    """
    silence_validator()
    key = load_signing_key(config, secrets_dir)
    return open_signer_with(load_paper_key(config, key), config, secrets_dir, record_key=key)


def open_signer_with(
    key: CertifiedKey, config: Signing, secrets_dir: Path, *, record_key: SigningKey | None = None
) -> "PdfDocumentSigner":
    """Of this key, with timestamps and roots as configured; signs no records where it has no ``record_key``."""
    font_path = find_stamp_font(config.stamp_font_file)
    roots = load_trust_roots(config, secrets_dir)
    return PdfDocumentSigner(key, record_key, font_path, config.tsa_url, config.tsa_time_limit_s, roots)


class PdfDocumentSigner:
    """Implements DocumentSigner. Holds no connection, loop or lock, so threads may share it and fork may copy it."""

    def __init__(
        self,
        key: CertifiedKey,
        record_key: SigningKey | None,
        font_path: Path,
        tsa_url: str | None,
        tsa_time_limit_s: int,
        trust_roots: TrustRoots,
    ) -> None:
        self._key = key
        self.name = common_name(key.certificate.subject)
        self._font_path = font_path
        self._tsa_url = tsa_url
        self._timestamper = CheckedTimeStamper(tsa_url, tsa_time_limit_s) if tsa_url else None
        self._trust_roots = trust_roots
        self.certificate = key.certificate.fingerprint(SHA256()).hex()
        self._cms_signer = KeptKeySigner(key)
        self._record_key = record_key
        self._record_signer = None if record_key is None else KeptKeySigner(record_key)
        self._verified: dict[bytes, tuple[datetime, SignatureRecord]] = {}
        # Before there are threads: asn1crypto parses a certificate at its first use, and not for two at once.
        if self._record_signer is not None:
            run_to_end(self._record_signer.detached_template())
        # Given up front: pyHanko would else build the whole CMS twice per paper.
        probe = bytes(key.signature_bytes)
        self._cms_room = len(run_to_end(self._cms_signer.template()).fill(bytes(32), probe, None)) + CMS_BYTES_TO_SPARE

    def sign_pdf(self, source: Path, target: Path, stamp: Stamp | None) -> SignatureRecord:
        """All in one go: certify ``source`` (unsigned) as ``target``, read it back and verify it.

        ``target`` appears whole or not at all; with a TSA configured it is B-T or an error, never B-B. Raises
        SigningError, TimestampError.
        """
        prepared = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
        try:
            preparation = self.prepare(source, prepared, stamp)
            signature = self.sign(preparation, target.stem, None).signature
            if signature is None:
                raise SignerAskedError
            return self.complete(prepared, preparation, signature, target)
        finally:
            prepared.unlink(missing_ok=True)

    def prepare(
        self,
        source: Path,
        target: Path,
        stamp: Stamp | None,
        turn: Turn = Turn.ONLY,
        following: tuple[str, ...] = (),
    ) -> Preparation:
        """The time in the stamp is the signing time that the signature claims."""
        self._key.check_validity(datetime.now(UTC))
        signing_time = (stamp.time if stamp else datetime.now(UTC)).astimezone(VIETNAM_TIME)
        with _whole_or_not(target) as draft_path:
            with source.open("rb") as untrusted_pdf, draft_path.open("x+b") as draft:
                digest, place, attributes = run_to_end(
                    self._prepare(untrusted_pdf, draft, stamp, signing_time, turn, following)
                )
            check_begins_with(source, draft_path)
        return Preparation(
            digest=digest.hex(),
            to_be_signed=attributes.hex(),
            place=place,
            paper_bytes=source.stat().st_size,
            signing_time=signing_time.replace(microsecond=0),
            certificate=self.certificate,
        )

    def can_complete(self, preparation: Preparation) -> bool:
        start, end = preparation.place
        reserved = (end - start - 2) // 2  # hexadecimal digits between < and >
        needed = self._cms_room - CMS_BYTES_TO_SPARE + (self._timestamper.least_room if self._timestamper else 0)
        return preparation.certificate == self.certificate and reserved >= needed

    def sign(self, preparation: Preparation, reference: str, transaction: str | None) -> Answer:
        self._key.check_validity(datetime.now(UTC))
        if preparation.certificate != self.certificate:
            raise SigningError(reason="prepared_for_another_certificate")
        data = bytes.fromhex(preparation.to_be_signed)
        match self._key:
            case SigningKey() as key:
                return Answer(key.sign(data, DIGEST))
            case ConfirmedKey() as key:
                return _ask_person(key, reference, data, transaction)
        raise SigningError(reason="no_such_key")

    def complete(self, prepared: Path, preparation: Preparation, signature: bytes, target: Path) -> SignatureRecord:
        if preparation.certificate != self.certificate:
            raise SigningError(reason="prepared_for_another_certificate")
        with _whole_or_not(target) as draft_path:
            shutil.copyfile(prepared, draft_path)
            with draft_path.open("r+b") as draft:
                run_to_end(self._fill(draft, preparation, signature))
            return self._read_back(prepared, draft_path, preparation)

    def sign_detached(self, data: bytes) -> bytes:
        """DER of a detached CAdES signature over ``data``, B-B or with a TSA B-T. Raises as ``sign_pdf``."""
        now = datetime.now(UTC)
        if self._record_key is None or self._record_signer is None:
            raise SigningError(reason="no_key_for_records")
        self._record_key.check_validity(now)
        try:
            return run_to_end(self._record_signer.sign_detached(data, now, self._timestamper))
        except DigitizeError:
            raise
        except Exception as error:
            raise SigningError(reason=type(error).__name__) from error

    def diagnostics(self) -> dict[str, str]:
        """For `digitize doctor`: whose key, until when, where timestamps come from, which font."""
        now = datetime.now(UTC)
        certificate = self._key.certificate
        days_left = self._key.days_left(now)
        return {
            "subject": common_name(certificate.subject),
            "issuer": common_name(certificate.issuer),
            "algorithm": f"{self._key.algorithm} with {DIGEST}",
            "not_after": certificate.not_valid_after_utc.isoformat(),
            "days_left": str(days_left),
            "expires_soon": "yes" if days_left < EXPIRY_WARNING_DAYS else "no",
            "development": "yes" if self._key.development else "no",
            "level": "B-T" if self._timestamper else "B-B",
            "tsa": urlsplit(self._tsa_url).hostname or "" if self._tsa_url else "",
            "stamp_font": self._font_path.name,
        }

    async def _prepare(
        self,
        source: BinaryIO,
        target: BinaryIO,
        stamp: Stamp | None,
        signing_time: datetime,
        turn: Turn,
        following: tuple[str, ...],
    ) -> tuple[bytes, tuple[int, int], bytes]:
        """Digest, place and signed attributes."""
        writer = UntouchedMetadataWriter(source)
        if writer.prev.encrypted:
            raise SigningError(reason="source_encrypted")
        before = [signature.field_name for signature in writer.prev.embedded_signatures]
        if before != ([OFFICER_FIELD] if turn is Turn.LAST else []):
            raise SigningError(reason="source_already_signed")
        page_ref, _ = writer.find_page_for_modification(0)
        frame = read_page_frame(page_ref.get_object())
        field = OFFICER_FIELD if stamp is not None and stamp.left else SEAL_FIELD
        style, spec = StampStyle(), SigFieldSpec(field, on_page=0)
        if stamp is not None:
            lines, beside = self.lines(stamp), turn is not Turn.ONLY
            font, layout = self._lay_out(lines, frame, beside_another=beside)
            style = StampStyle(layout=layout, font=font, matrix=frame.matrix)
            spec = _field_at(field, stamp_rectangle(layout, frame, left=stamp.left))
        if turn is Turn.FIRST:
            _, layout = self._lay_out(following, frame, beside_another=True)
            append_signature_field(writer, _field_at(SEAL_FIELD, stamp_rectangle(layout, frame)))
        signer = _TimedPdfSigner(
            signers.PdfSignatureMetadata(
                field_name=field,
                md_algorithm=DIGEST,
                subfilter=SigSeedSubFilter.PADES,
                certify=turn is not Turn.LAST,
                docmdp_permissions=MDPPerm.FILL_FORMS if turn is Turn.FIRST else MDPPerm.NO_CHANGES,
            ),
            signer=self._cms_signer,
            timestamper=self._timestamper,
            stamp_style=style,
            new_field_spec=None if turn is Turn.LAST else spec,
        )
        signer.signing_time = signing_time
        room = self._cms_room + (self._timestamper.room if self._timestamper else 0)
        made, _, _ = await signer.async_digest_doc_for_signing(
            writer,
            bytes_reserved=2 * room,  # hexadecimal digits
            output=target,
        )
        template = await self._cms_signer.template()
        place = (made.reserved_region_start, made.reserved_region_end)
        return made.document_digest, place, template.signed_attributes(made.document_digest)

    async def _fill(self, draft: BinaryIO, preparation: Preparation, signature: bytes) -> None:
        token = None
        if self._timestamper is not None:
            token = await self._timestamper.async_timestamp(hashlib.new(DIGEST, signature).digest(), DIGEST)
        template = await self._cms_signer.template()
        digest = bytes.fromhex(preparation.digest)
        cms_bytes = template.fill(digest, signature, token)
        PreparedByteRangeDigest(digest, *preparation.place).fill_with_cms(draft, cms_bytes)

    def lines(self, stamp: Stamp) -> tuple[str, ...]:
        return stamp_lines(stamp, development=self._key.development)

    def _lay_out(
        self, lines: tuple[str, ...], frame: PageFrame, *, beside_another: bool
    ) -> tuple[EmbeddableFont, StampLayout]:
        font = embed_stamp_font(self._font_path, lines)
        return font, lay_out_stamp(lines, font, frame, beside_another=beside_another)

    def _read_back(self, prepared: Path, sealed: Path, preparation: Preparation) -> SignatureRecord:
        """Check every byte of what was written; and verify it as any reader would, now and then and whenever another
        timestamp server answered, since all that could differ between papers is checked here.
        """
        token = check_sealed_file(
            prepared, sealed, self._key.certificate, self._key.chain, paper_bytes=preparation.paper_bytes
        )
        server = b"" if token is None else signer_first(token["content"])[0].dump()
        stamped_at = None if token is None else token_time(token)
        now = datetime.now(UTC)
        if server not in self._verified or now - self._verified[server][0] >= VERIFIED_FOR:
            self._verified[server] = (now, self._verify(sealed))
        _, record = self._verified[server]
        return record.model_copy(update={"signing_time": preparation.signing_time, "timestamp_time": stamped_at})

    def _verify(self, path: Path) -> SignatureRecord:
        """Trust in the issuer is the reader's matter; that the seal holds is ours."""
        report = verify_pdf(path, self._trust_roots)
        ours = [record for record in report.signatures if record.field in {OFFICER_FIELD, SEAL_FIELD}]
        if not ours or len(ours) != len(report.signatures):
            raise SigningError(reason="seal_not_found_after_signing")
        *earlier, record = ours  # the one just made is the last
        wanted = "B-T" if self._timestamper else "B-B"
        holds = record.intact and record.covers == "whole_file" and record.changed_since == "no"
        holds = holds and all(one.intact and one.changed_since == "allowed" for one in earlier)
        if not holds or record.level != wanted or any(one.verdict == "TOTAL-FAILED" for one in ours):
            raise SigningError(reason="seal_does_not_verify")
        return record.model_copy(update={"made_by": "digitize"})


class _TimedPdfSigner(signers.PdfSigner):
    """Claims the time that stands in the stamp, so that paper and signature never disagree."""

    signing_time: datetime

    def init_signing_session(self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only=existing_fields_only)
        session.system_time = self.signing_time
        return session


def _field_at(name: str, box: Rectangle) -> SigFieldSpec:
    return SigFieldSpec(name, on_page=0, box=box)  # type: ignore[arg-type]  # fractions work


def _ask_person(key: ConfirmedKey, reference: str, data: bytes, transaction: str | None) -> Answer:
    """One question stays open at a time; a service that gave up waiting is asked anew, for the very same."""
    if transaction is not None:
        try:
            return Answer(key.poll(transaction), transaction)
        except SignerSilentError:
            pass
    return Answer(None, key.submit(reference, data, DIGEST))


@contextmanager
def _whole_or_not(target: Path) -> Iterator[Path]:
    """A draft beside ``target``, which it becomes if nothing goes wrong. Foreign errors become SigningError."""
    draft = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
    try:
        yield draft
        draft.replace(target)
    except DigitizeError:
        raise
    except Exception as error:
        # pyHanko's errors share no root; the kind is enough, a message might quote the paper.
        raise SigningError(reason=type(error).__name__) from error
    finally:
        draft.unlink(missing_ok=True)
