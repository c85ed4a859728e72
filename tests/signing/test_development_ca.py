"""The development CA: marked as such, private, and made once however many start at once."""

import subprocess
import sys
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from digitize.machine_errors import FileAccessError
from signing.keys.development_ca import PASSPHRASE_FILE, PKCS12_FILE, ROOT_FILE, ensure_development_ca


def _modes(directory: Path) -> set[int]:
    return {path.stat().st_mode & 0o777 for path in directory.iterdir()}


def test_first_start_makes_a_marked_seal_that_only_its_owner_can_read(tmp_path: Path) -> None:
    directory = ensure_development_ca(tmp_path / "secrets")

    passphrase = (directory / PASSPHRASE_FILE).read_bytes()
    bundle = pkcs12.load_pkcs12((directory / PKCS12_FILE).read_bytes(), passphrase)
    assert bundle.cert is not None
    certificate = bundle.cert.certificate
    subject = certificate.subject.rfc4514_string()
    assert "CHỨNG THƯ THỬ NGHIỆM" in subject
    assert "development" in subject
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.digital_signature
    assert usage.content_commitment
    assert not usage.key_cert_sign
    assert isinstance(bundle.key, rsa.RSAPrivateKey)
    assert bundle.key.key_size == 2_048
    certificate.verify_directly_issued_by(x509.load_pem_x509_certificate((directory / ROOT_FILE).read_bytes()))
    assert len(passphrase) >= 32
    assert directory.parent.stat().st_mode & 0o777 == 0o700
    assert directory.stat().st_mode & 0o777 == 0o700
    assert _modes(directory) == {0o600}


def test_later_starts_keep_what_is_there(tmp_path: Path) -> None:
    first = (ensure_development_ca(tmp_path) / PKCS12_FILE).read_bytes()

    assert (ensure_development_ca(tmp_path) / PKCS12_FILE).read_bytes() == first


def test_processes_that_start_at_once_end_with_one_and_the_same_ca(tmp_path: Path) -> None:
    code = (
        "import hashlib, sys; from pathlib import Path; from signing.keys.development_ca import *; "
        "sys.stdin.readline(); d = ensure_development_ca(Path(sys.argv[1])); "
        "print(hashlib.sha256((d / 'signing.p12').read_bytes()).hexdigest())"
    )
    starters = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        for _ in range(3)
    ]
    for starter in starters:
        assert starter.stdin is not None
        starter.stdin.write("go\n")
        starter.stdin.flush()
    seen = {starter.communicate(timeout=60)[0].strip() for starter in starters}

    assert len(seen) == 1
    assert len(seen.pop()) == 64
    assert [path.name for path in tmp_path.iterdir()] == ["development-ca"]


def test_a_folder_that_cannot_be_written_is_named_and_no_signature_is_blamed() -> None:
    with pytest.raises(FileAccessError, match="/sys/digitize"):
        ensure_development_ca(Path("/sys/digitize"))
