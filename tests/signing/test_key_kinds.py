"""What every kind of signing key must do: in a file, in a token, with a signing service."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from digitize.config import Signing
from digitize.errors import ConfigError, SigningError
from signing.api import Stamp
from signing.keys.choice import load_signing_key
from signing.signer import open_signer
from signing.verification import verify_pdf
from tests.pki.authority import Authority
from tests.pki.token import make_token, running_csc
from tests.signing.conftest import MakePaper

KINDS = [f"{kind} {label}" for kind in ("pkcs12", "pkcs11", "csc") for label in ("seal", "seal-ec")]


@pytest.fixture(scope="module")
def csc_url(authority: Authority) -> Iterator[str]:
    with running_csc(authority) as url:
        yield url


@pytest.fixture(params=KINDS)
def config(request: pytest.FixtureRequest, authority: Authority, csc_url: str, tmp_path: Path) -> Signing:
    kind, label = request.param.split()
    if kind == "pkcs11":
        return make_token(tmp_path / "token", authority, label)
    if kind == "csc":
        return Signing(csc_url=csc_url, csc_credential=f"fictional/{label}", trust_roots_file=authority.root_file())
    pkcs12_file, passphrase_file = authority.pkcs12(label)
    return Signing(
        pkcs12_file=pkcs12_file, pkcs12_passphrase_file=passphrase_file, trust_roots_file=authority.root_file()
    )


@pytest.mark.parametrize("digest", ["sha256", "sha384", "sha512"])
def test_the_hash_asked_for_is_the_hash_used(config: Signing, digest: str, tmp_path: Path) -> None:
    key = load_signing_key(config, tmp_path)
    algorithm = {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}[digest]
    data = "nội dung".encode()
    signature = key.sign(data, digest)
    assert len(signature) <= key.signature_bytes
    public_key = key.certificate.public_key()
    if isinstance(public_key, rsa.RSAPublicKey):
        public_key.verify(signature, data, padding.PKCS1v15(), algorithm)
    else:
        assert isinstance(public_key, ec.EllipticCurvePublicKey)
        public_key.verify(signature, data, ec.ECDSA(algorithm))


def test_it_seals_a_paper_and_signs_its_record(
    config: Signing, make_paper: MakePaper, stamp: Stamp, authority: Authority, tmp_path: Path
) -> None:
    signer = open_signer(config, tmp_path / "secrets")
    record = signer.sign_pdf(make_paper(), tmp_path / "signed.pdf", stamp)
    assert (record.verdict, record.level, record.trusted) == ("TOTAL-PASSED", "B-B", True)
    assert verify_pdf(tmp_path / "signed.pdf", authority.roots).verdict == "TOTAL-PASSED"
    assert signer.sign_detached(b"record")
    assert signer.diagnostics()["development"] == "no"


def test_threads_share_it(config: Signing, tmp_path: Path) -> None:
    key = load_signing_key(config, tmp_path)
    public_key = key.certificate.public_key()
    with ThreadPoolExecutor(4) as pool:
        papers = [f"{number}".encode() for number in range(24)]
        for paper, signature in zip(papers, pool.map(lambda data: key.sign(data, "sha256"), papers), strict=True):
            if isinstance(public_key, rsa.RSAPublicKey):
                public_key.verify(signature, paper, padding.PKCS1v15(), hashes.SHA256())
            else:
                assert isinstance(public_key, ec.EllipticCurvePublicKey)
                public_key.verify(signature, paper, ec.ECDSA(hashes.SHA256()))


def test_a_forked_worker_signs_with_it(config: Signing, tmp_path: Path) -> None:
    """As RQ does: the key is opened and checked before the fork, and used behind it."""
    key = load_signing_key(config, tmp_path)
    for _ in range(2):
        child = os.fork()
        if child == 0:
            code = 1
            try:
                code = 0 if key.sign(b"data", "sha256") else 1
            finally:
                os._exit(code)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@pytest.fixture
def token(authority: Authority, tmp_path: Path) -> Signing:
    return make_token(tmp_path / "token", authority, "seal")


def test_a_token_that_goes_and_comes_back_signs_again(token: Signing, tmp_path: Path) -> None:
    key = load_signing_key(token, tmp_path)
    assert key.sign(b"1", "sha256")
    tokens, away = tmp_path / "token" / "tokens", tmp_path / "away"
    tokens.rename(away)
    with pytest.raises(SigningError, match="token"):
        key.sign(b"2", "sha256")
    away.rename(tokens)
    assert key.sign(b"3", "sha256")


def test_a_wrong_pin_is_tried_once(token: Signing, tmp_path: Path) -> None:
    assert token.pkcs11_pin_file is not None
    token.pkcs11_pin_file.write_text("9999")
    for _ in range(8):
        with pytest.raises(SigningError, match="PIN refused"):
            load_signing_key(token, tmp_path)
    token.pkcs11_pin_file.write_text("1234\n")
    os.utime(token.pkcs11_pin_file, ns=(1, 2))
    assert load_signing_key(token, tmp_path).sign(b"1", "sha256")


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"pkcs11_token": "other"}, "TokenNotFound|NoSuchToken"),
        ({"pkcs11_key": "other"}, "NoSuchKey"),
        ({"pkcs11_module": Path("/etc/hostname")}, "can be loaded"),
        ({"pkcs11_module": Path("/nowhere.so")}, "can be loaded"),
        ({"certificate_file": Path("/etc/hostname")}, "certificate_file"),
        ({"pkcs11_pin_file": Path("/nowhere")}, "pin_file"),
        ({"pkcs11_pin_file": None}, "pin_file"),
        ({"pkcs12_file": Path("/key.p12")}, "both set"),
    ],
)
def test_what_is_wrong_with_a_token_shows_before_the_first_paper(
    token: Signing, tmp_path: Path, change: dict[str, Path | str | None], word: str
) -> None:
    with pytest.raises((ConfigError, SigningError), match=word):
        load_signing_key(token.model_copy(update=change), tmp_path)


def test_a_certificate_of_another_key_is_refused(token: Signing, authority: Authority, tmp_path: Path) -> None:
    assert token.certificate_file is not None
    token.certificate_file.write_bytes(
        b"-----BEGIN CERTIFICATE-----\n"
        + __import__("base64").encodebytes(authority.certificate("seal-ec").dump())
        + b"-----END CERTIFICATE-----\n"
    )
    with pytest.raises((ConfigError, SigningError)):
        load_signing_key(token, tmp_path)


@pytest.mark.parametrize("credential", ["fictional/nobody", "", "nothing"])
def test_a_service_that_knows_no_such_key(csc_url: str, credential: str, tmp_path: Path) -> None:
    with pytest.raises((ConfigError, SigningError)):
        load_signing_key(Signing(csc_url=csc_url, csc_credential=credential), tmp_path)


def test_a_service_that_is_away(tmp_path: Path) -> None:
    with pytest.raises(SigningError, match="no answer") as caught:
        load_signing_key(Signing(csc_url="http://127.0.0.1:9", csc_credential="a"), tmp_path)
    assert caught.value.retryable


def test_validity_is_looked_at_for_every_kind(config: Signing, tmp_path: Path) -> None:
    key = load_signing_key(config, tmp_path)
    with pytest.raises(SigningError, match="certificate_expired"):
        key.check_validity(datetime(2050, 1, 1, tzinfo=UTC))
