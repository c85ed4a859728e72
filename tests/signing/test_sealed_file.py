"""A file that was sealed wrongly is noticed before anybody gets it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography import x509

from digitize.config import Signing
from digitize.errors import SigningError
from signing.api import Stamp
from signing.keys.choice import load_signing_key
from signing.sealed_file import check_sealed_file
from signing.signer import PdfDocumentSigner
from signing.trust import load_trust_roots
from signing.verification import verify_pdf
from tests.signing.conftest import MakePaper


@pytest.fixture
def certificate(secrets_dir: Path, development_signer: PdfDocumentSigner) -> x509.Certificate:
    assert development_signer
    return load_signing_key(Signing(), secrets_dir).certificate


@pytest.fixture
def pair(
    make_paper: MakePaper, development_signer: PdfDocumentSigner, stamp: Stamp, tmp_path: Path
) -> tuple[Path, Path]:
    paper, sealed = make_paper(), tmp_path / "sealed.pdf"
    development_signer.sign_pdf(paper, sealed, stamp)
    return paper, sealed


def test_a_right_seal_is_let_through(pair: tuple[Path, Path], certificate: x509.Certificate) -> None:
    assert check_sealed_file(*pair, certificate) is None


def change(at: int) -> Callable[[bytes], bytes]:
    return lambda data: data[:at] + bytes((data[at] ^ 1,)) + data[at + 1 :]


def in_signature(data: bytes) -> bytes:
    at = data.rindex(b"/Contents <") + 900
    return data[:at] + (b"0" if data[at : at + 1] != b"0" else b"1") + data[at + 1 :]


@pytest.mark.parametrize(
    ("tamper", "reason"),
    [
        (change(100), "paper_changed_by_signing"),
        (lambda data: data + b"\n", "seal_does_not_cover_the_file"),
        (lambda data: data[:-1], "seal_does_not_cover_the_file"),
        (lambda data: data.replace(b"/ByteRange", b"/ByteRanje"), "seal_not_found_after_signing"),
        (lambda data: data + data[data.index(b"/ByteRange") :], "seal_not_found_after_signing"),
        (lambda data: change(data.rindex(b"/Rect"))(data), "seal_does_not_verify"),
        (in_signature, "seal_does_not_verify"),
    ],
)
def test_whatever_differs_is_noticed(
    pair: tuple[Path, Path], certificate: x509.Certificate, tamper: Callable[[bytes], bytes], reason: str
) -> None:
    paper, sealed = pair
    sealed.write_bytes(tamper(sealed.read_bytes()))
    with pytest.raises(SigningError, match=reason):
        check_sealed_file(paper, sealed, certificate)


def test_another_certificate_is_noticed(pair: tuple[Path, Path], tmp_path: Path) -> None:
    other = load_signing_key(Signing(), tmp_path / "other").certificate
    with pytest.raises(SigningError):
        check_sealed_file(*pair, other)


def test_papers_signed_one_after_the_other_verify_alike(
    make_paper: MakePaper, development_signer: PdfDocumentSigner, stamp: Stamp, secrets_dir: Path, tmp_path: Path
) -> None:
    """The second is not put before the whole verifier when it is signed; it must pass it all the same."""
    records = [development_signer.sign_pdf(make_paper(), tmp_path / f"{n}.pdf", stamp) for n in range(2)]
    assert records[0] == records[1]
    for number in range(2):
        (found,) = verify_pdf(tmp_path / f"{number}.pdf", load_trust_roots(Signing(), secrets_dir)).signatures
        assert found.intact
        assert found.covers == "whole_file"
        assert found.signing_time == records[number].signing_time
