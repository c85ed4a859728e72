"""A key that cannot seal shows before the first paper, and its message gives nothing away."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

from digitize.config import Signing
from digitize.errors import ConfigError, SigningError
from signing.keys.api import check_pair
from signing.keys.choice import load_signing_key
from signing.keys.pkcs12 import Pkcs12Key
from tests.pki.authority import Authority


def _config(authority: Authority, label: str) -> Signing:
    pkcs12_file, passphrase_file = authority.pkcs12(label)
    return Signing(pkcs12_file=pkcs12_file, pkcs12_passphrase_file=passphrase_file)


def test_a_wrong_passphrase_is_a_configuration_error_without_path_or_secret(
    authority: Authority, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("bí mật khác")
    config = _config(authority, "seal").model_copy(update={"pkcs12_passphrase_file": wrong})

    with pytest.raises(ConfigError) as caught:
        load_signing_key(config, tmp_path)

    for text in (caught.value.problem().vi, caught.value.problem().en):
        assert str(tmp_path) not in text
        assert "bí mật" not in text
        assert "pkcs12" in text


@pytest.mark.parametrize("content", [None, b"", b"not a PKCS#12 file"])
def test_a_file_that_is_no_pkcs12_is_a_configuration_error(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "key.p12"
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(ConfigError, match="pkcs12_file"):
        load_signing_key(Signing(pkcs12_file=path), tmp_path)


def test_a_passphrase_without_a_key_does_not_fall_back_to_the_development_key(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="pkcs12_passphrase_file"):
        load_signing_key(Signing(pkcs12_passphrase_file=tmp_path / "passphrase"), tmp_path)


def test_an_expired_certificate_is_refused(authority: Authority, tmp_path: Path) -> None:
    with pytest.raises(SigningError, match="certificate_expired"):
        load_signing_key(_config(authority, "expired"), tmp_path)


def test_a_certificate_for_encryption_is_refused(authority: Authority, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="not for signing"):
        load_signing_key(_config(authority, "for-encryption"), tmp_path)


def test_a_key_that_does_not_belong_to_its_certificate_is_refused(authority: Authority, tmp_path: Path) -> None:
    right = load_signing_key(_config(authority, "seal"), tmp_path)
    other = rsa.generate_private_key(public_exponent=65_537, key_size=2_048)

    with pytest.raises(ConfigError, match="not for its key"):
        check_pair(Pkcs12Key(other, right.certificate, right.chain, development=False), "signing.pkcs12_file")


def test_validity_is_looked_at_again_for_each_paper(authority: Authority, tmp_path: Path) -> None:
    key = load_signing_key(_config(authority, "seal"), tmp_path)

    key.check_validity(datetime(2030, 1, 1, tzinfo=UTC))
    with pytest.raises(SigningError, match="certificate_expired"):
        key.check_validity(datetime(2050, 1, 1, tzinfo=UTC))
    with pytest.raises(SigningError, match="certificate_not_yet_valid"):
        key.check_validity(datetime(2023, 1, 1, tzinfo=UTC))
    assert key.days_left(datetime(2047, 12, 31, tzinfo=UTC)) == 1
    assert key.days_left(datetime(2048, 1, 3, tzinfo=UTC)) < 0


@pytest.mark.parametrize("digest", ["sha256", "sha384", "sha512"])
@pytest.mark.parametrize("label", ["seal", "seal-ec"])
def test_the_hash_asked_for_is_the_hash_used(label: str, digest: str, authority: Authority, tmp_path: Path) -> None:
    key = load_signing_key(_config(authority, label), tmp_path)
    algorithm = {"sha256": hashes.SHA256(), "sha384": hashes.SHA384(), "sha512": hashes.SHA512()}[digest]

    signature = key.sign("nội dung".encode(), digest)

    public_key = key.certificate.public_key()
    if isinstance(public_key, rsa.RSAPublicKey):
        public_key.verify(signature, "nội dung".encode(), padding.PKCS1v15(), algorithm)
    else:
        assert isinstance(public_key, ec.EllipticCurvePublicKey)
        public_key.verify(signature, "nội dung".encode(), ec.ECDSA(algorithm))
