"""A verdict for any file: what was tampered with never passes, and what cannot be judged fails."""

import asyncio
import io
import logging
from datetime import UTC, datetime
from pathlib import Path

import pytest
from asn1crypto import x509
from cryptography import x509 as pyca_x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.timestamps import HTTPTimeStamper

from signing.api import Stamp, VerificationReport
from signing.signer import PdfDocumentSigner
from signing.verification import verify_pdf
from tests.pki.authority import Authority
from tests.signing.conftest import XMP, MakePaper


@pytest.fixture
def signed(make_paper: MakePaper, stamp: Stamp, agency_signer: PdfDocumentSigner, tmp_path: Path) -> Path:
    agency_signer.sign_pdf(make_paper(), tmp_path / "signed.pdf", stamp)
    return tmp_path / "signed.pdf"


def _finding(report: VerificationReport) -> tuple[str, str | None]:
    return report.verdict, report.sub_indication


def _approve(source: Path, pkcs12: tuple[Path, Path], **metadata: object) -> Path:
    """Add an ordinary signature, as other programs make them."""
    path, passphrase = pkcs12
    signer = signers.SimpleSigner.load_pkcs12(path, passphrase=passphrase.read_bytes().strip())
    settings = {"field_name": "Signature1", "md_algorithm": "sha256", **metadata}
    target = source.with_name("approved.pdf")
    with source.open("rb") as file:
        signed = asyncio.run(
            signers.PdfSigner(signers.PdfSignatureMetadata(**settings), signer).async_sign_pdf(
                IncrementalPdfFileWriter(file, strict=False)
            )
        )
    target.write_bytes(signed.getvalue())
    return target


class _PlainWriter(IncrementalPdfFileWriter):
    """Leaves the metadata alone, as a careful forger would."""

    def _update_meta(self) -> None:
        pass


def _append(path: Path, change: str) -> None:
    """Change a signed file by an increment, the way forgers do: the signed bytes stay as they are."""
    writer = _PlainWriter(io.BytesIO(path.read_bytes()))
    page = writer.find_page_for_modification(0)[0].get_object()
    if change == "overlay":
        writer.add_stream_to_page(0, writer.add_object(generic.StreamObject(stream_data=b"1 g 0 0 600 850 re f")))
    elif change == "annotation":
        note = generic.DictionaryObject(
            {
                pdf_name("/Type"): pdf_name("/Annot"),
                pdf_name("/Subtype"): pdf_name("/Square"),
                pdf_name("/Rect"): generic.ArrayObject(generic.NumberObject(n) for n in (0, 0, 90, 90)),
            }
        )
        page["/Annots"].append(writer.add_object(note))
        writer.update_container(page["/Annots"])
    elif change == "action":
        writer.root["/OpenAction"] = generic.DictionaryObject(
            {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): generic.pdf_string("app.alert(1)")}
        )
        writer.update_root()
    elif change.startswith("xmp"):
        old, new = (b'"B"', b'"A"') if change == "xmp claim" else (b"2026-01-02", b"2026-02-03")
        stream = generic.StreamObject(
            {pdf_name("/Type"): pdf_name("/Metadata"), pdf_name("/Subtype"): pdf_name("/XML")},
            stream_data=XMP.replace(old, new),
        )
        writer.root["/Metadata"] = writer.add_object(stream)
        writer.update_root()
    elif change == "title":
        writer.trailer["/Info"]["/Title"] = generic.pdf_string("Giấy tờ khác")
        writer.mark_update(writer.trailer.raw_get("/Info"))
    writer.write_in_place()
    path.write_bytes(writer.prev.stream.getvalue())


@pytest.mark.parametrize("change", ["overlay", "annotation", "action", "xmp claim", "title"])
def test_what_was_added_after_the_seal_fails_though_the_signed_bytes_are_intact(
    change: str, signed: Path, authority: Authority
) -> None:
    _append(signed, change)

    report = verify_pdf(signed, authority.roots)

    assert _finding(report) == ("TOTAL-FAILED", "CHANGED_AFTER_SIGNING")
    (signature,) = report.signatures
    assert signature.intact
    assert (signature.covers, signature.changed_since) == ("revision", "forbidden")


def test_a_tool_may_date_its_own_metadata(signed: Path, authority: Authority) -> None:
    _append(signed, "xmp date")

    report = verify_pdf(signed, authority.roots)

    assert report.verdict == "TOTAL-PASSED"
    assert (report.signatures[0].covers, report.signatures[0].changed_since) == ("revision", "allowed")


@pytest.mark.parametrize("place", [0.02, 0.1, 0.3, 0.97, 0.995])
def test_a_flipped_bit_never_passes(place: float, signed: Path, authority: Authority) -> None:
    data = bytearray(signed.read_bytes())
    data[int(len(data) * place)] ^= 1
    signed.write_bytes(data)

    assert verify_pdf(signed, authority.roots).verdict == "TOTAL-FAILED"


def test_changed_content_is_a_hash_failure(signed: Path, authority: Authority) -> None:
    data = signed.read_bytes()
    assert b"20 20 10 10 re" in data
    signed.write_bytes(data.replace(b"20 20 10 10 re", b"20 20 19 10 re"))

    report = verify_pdf(signed, authority.roots)

    assert _finding(report) == ("TOTAL-FAILED", "HASH_FAILURE")
    assert not report.signatures[0].intact


def test_a_signature_changed_inside_fails(signed: Path, authority: Authority) -> None:
    data = signed.read_bytes()
    start = data.index(b"/Contents <") + len(b"/Contents <")
    end = data.index(b">", start)
    last_digit = len(data[start:end].rstrip(b"0")) + start - 1
    changed = b"1" if data[last_digit : last_digit + 1] != b"1" else b"2"
    signed.write_bytes(data[:last_digit] + changed + data[last_digit + 1 :])

    assert _finding(verify_pdf(signed, authority.roots)) == ("TOTAL-FAILED", "SIG_CRYPTO_FAILURE")


def test_an_emptied_signature_fails(signed: Path, authority: Authority) -> None:
    data = signed.read_bytes()
    start = data.index(b"/Contents <") + len(b"/Contents <")
    end = data.index(b">", start)
    signed.write_bytes(data[:start] + b"0" * (end - start) + data[end:])

    report = verify_pdf(signed, authority.roots)

    assert _finding(report) == ("TOTAL-FAILED", "FORMAT_FAILURE")
    assert len(report.signatures) == 1


def test_a_signature_that_covers_nothing_fails(signed: Path, authority: Authority) -> None:
    data = signed.read_bytes()
    signed.write_bytes(data.replace(b"/ByteRange", b"/BiteRange"))

    assert verify_pdf(signed, authority.roots).verdict == "TOTAL-FAILED"


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"garbage" * 99, b"%PDF-1.4\ntrailer<</Root 1 0 R>>\n%%EOF"])
def test_what_is_no_pdf_fails(content: bytes, authority: Authority, tmp_path: Path) -> None:
    path = tmp_path / "untrusted.pdf"
    path.write_bytes(content)

    report = verify_pdf(path, authority.roots)

    assert report.verdict == "TOTAL-FAILED"
    assert report.signatures == ()


def test_no_signature_is_never_a_pass(make_paper: MakePaper, authority: Authority) -> None:
    report = verify_pdf(make_paper(), authority.roots)

    assert _finding(report) == ("TOTAL-FAILED", "NO_SIGNATURE_FOUND")


def test_an_issuer_nobody_vouches_for_is_indeterminate(signed: Path) -> None:
    report = verify_pdf(signed, ())

    assert _finding(report) == ("INDETERMINATE", "NO_CERTIFICATE_CHAIN_FOUND")
    assert report.signatures[0].intact
    assert not report.signatures[0].trusted


def test_an_expired_certificate_needs_a_trusted_timestamp(
    make_paper: MakePaper,
    stamp: Stamp,
    signed: Path,
    timestamping_signer: PdfDocumentSigner,
    authority: Authority,
) -> None:
    timestamped = signed.with_name("timestamped.pdf")
    timestamping_signer.sign_pdf(make_paper(), timestamped, stamp)
    after_expiry = datetime(2050, 1, 1, tzinfo=UTC)
    issuing_only = (authority.certificate("issuing").dump(),)

    assert verify_pdf(timestamped, authority.roots, moment=after_expiry).verdict == "TOTAL-PASSED"
    for path, roots in ((signed, authority.roots), (timestamped, issuing_only)):
        report = verify_pdf(path, roots, moment=after_expiry)
        assert _finding(report) == ("INDETERMINATE", "OUT_OF_BOUNDS_NO_POE")
    untrusted_time = verify_pdf(timestamped, issuing_only).signatures[0]
    assert untrusted_time.timestamp_time is not None
    assert not untrusted_time.timestamp_trusted


def test_a_later_document_timestamp_is_allowed_and_reported(signed: Path, authority: Authority) -> None:
    writer = IncrementalPdfFileWriter(io.BytesIO(signed.read_bytes()))
    stamper = signers.PdfTimeStamper(HTTPTimeStamper(authority.tsa_url))
    asyncio.run(stamper.async_timestamp_pdf(writer, "sha256", in_place=True))
    signed.write_bytes(writer.prev.stream.getvalue())

    report = verify_pdf(signed, authority.roots)

    assert report.verdict == "TOTAL-PASSED"
    seal, timestamp = report.signatures
    assert (seal.covers, seal.changed_since) == ("revision", "allowed")
    assert (timestamp.level, timestamp.covers, timestamp.signer) == (
        "ETSI.RFC3161",
        "whole_file",
        "Dấu thời gian thử nghiệm",
    )


def test_a_weak_hash_is_trusted_but_does_not_pass(make_paper: MakePaper, authority: Authority) -> None:
    paper = _approve(
        make_paper(),
        authority.pkcs12("seal"),
        md_algorithm="sha1",
        subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED,
    )

    report = verify_pdf(paper, authority.roots)

    assert _finding(report) == ("INDETERMINATE", "CRYPTO_CONSTRAINTS_FAILURE")
    (signature,) = report.signatures
    assert (signature.level, signature.digest_algorithm) == ("adbe.pkcs7.detached", "sha1")
    assert signature.intact
    assert signature.trusted
    assert _finding(verify_pdf(paper, ())) == ("INDETERMINATE", "NO_CERTIFICATE_CHAIN_FOUND")


def test_the_worst_of_several_signatures_decides(
    make_paper: MakePaper, authority: Authority, development_signer: PdfDocumentSigner, secrets_dir: Path
) -> None:
    directory = secrets_dir / "development-ca"
    once = _approve(make_paper(), authority.pkcs12("seal"))
    assert verify_pdf(once, authority.roots).verdict == "TOTAL-PASSED"

    twice = _approve(once, (directory / "signing.p12", directory / "passphrase"), field_name="Signature2")

    report = verify_pdf(twice, authority.roots)
    assert [signature.verdict for signature in report.signatures] == ["TOTAL-PASSED", "INDETERMINATE"]
    assert report.verdict == "INDETERMINATE"
    assert report.signatures[0].changed_since == "allowed"
    both = (*authority.roots, *development_signer._trust_roots)
    assert verify_pdf(twice, both).verdict == "TOTAL-PASSED"
    assert "development" in verify_pdf(twice, both).en


def test_a_root_with_the_right_name_and_another_key_is_not_trusted(signed: Path, authority: Authority) -> None:
    genuine = authority.certificate("root")
    forged = x509.Certificate.load(genuine.dump())
    other_key = authority.certificate("tsa")["tbs_certificate"]["subject_public_key_info"]
    forged["tbs_certificate"]["subject_public_key_info"] = other_key

    assert verify_pdf(signed, (forged.dump(force=True),)).verdict == "INDETERMINATE"


def test_a_certificate_that_vouches_for_itself_is_an_unknown_issuer_until_it_is_a_root(
    make_paper: MakePaper, tmp_path: Path
) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = pyca_x509.Name([pyca_x509.NameAttribute(NameOID.COMMON_NAME, "Tự ký thử nghiệm")])
    certificate = (
        pyca_x509.CertificateBuilder(name, name, key.public_key(), 1)
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2049, 1, 1, tzinfo=UTC))
        .sign(key, hashes.SHA256())
    )
    path, passphrase = tmp_path / "own.p12", tmp_path / "passphrase"
    passphrase.write_bytes(b"x")
    encryption = serialization.BestAvailableEncryption(b"x")
    path.write_bytes(pkcs12.serialize_key_and_certificates(None, key, certificate, None, encryption))

    paper = _approve(make_paper(), (path, passphrase))

    assert _finding(verify_pdf(paper, ())) == ("INDETERMINATE", "NO_CERTIFICATE_CHAIN_FOUND")
    own_root = certificate.public_bytes(serialization.Encoding.DER)
    assert verify_pdf(paper, (own_root,)).verdict == "TOTAL-PASSED"


def test_every_verdict_has_a_vietnamese_and_an_english_sentence(
    signed: Path, make_paper: MakePaper, authority: Authority
) -> None:
    reports = [verify_pdf(signed, authority.roots), verify_pdf(signed, ()), verify_pdf(make_paper(), ())]

    for report in reports:
        assert report.vi.endswith(".")
        assert report.en.endswith(".")
        assert "{" not in report.vi + report.en
    assert len({report.vi for report in reports}) == len({report.en for report in reports}) == 3


def test_findings_are_not_logged(signed: Path, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        verify_pdf(signed, ())

    assert caplog.records == []
