"""A certificate authority for trying things out, made on first start and marked as such wherever it shows.

The directory ``development-ca`` under the secrets directory (mode 0700, files 0600) holds:

- ``root.pem``: the root, which ``digitize verify`` trusts;
- ``signing.p12``: RSA-2048 key and certificate of the seal, chain included;
- ``passphrase``: random, opens ``signing.p12``.
"""

import os
import secrets
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from digitize.machine_errors import machine_error

DIRECTORY = "development-ca"
ROOT_FILE = "root.pem"
PKCS12_FILE = "signing.p12"
PASSPHRASE_FILE = "passphrase"  # noqa: S105 - the name of the file, not its content

SIGNING_NAME = "digitize - CHỨNG THƯ THỬ NGHIỆM (development)"
"""Common name of the seal; a signature by it has no legal value."""
ROOT_NAME = "digitize - CA THỬ NGHIỆM (development)"

LIFETIME_DAYS = 3_650
_CLOCK_TOLERANCE = timedelta(hours=1)
"""A verifier whose clock is a little behind must not call a fresh certificate not yet valid."""


def ensure_development_ca(secrets_dir: Path) -> Path:
    """Return the directory of the development CA, making it first where it is missing.

    Two processes may start at once: each builds its own beside the target, and the rename of a directory
    onto one that is there fails, so one of them wins whole and the other takes the winner's.
    Raises MachineFullError, FileAccessError and other OSErrors where the secrets directory cannot be written.
    """
    directory = secrets_dir / DIRECTORY
    if directory.is_dir():
        return directory
    try:
        secrets_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(prefix=f".{DIRECTORY}-", dir=secrets_dir))
    except OSError as error:
        raise machine_error(error, str(secrets_dir)) or error from None
    try:
        _write_files(draft)
        draft.rename(directory)
    except OSError as error:
        if not directory.is_dir():
            raise machine_error(error, str(secrets_dir)) or error from None
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return directory


def _write_files(directory: Path) -> None:
    root, pkcs12_bytes, passphrase = _issue(datetime.now(UTC))
    for name, data in (
        (ROOT_FILE, root.public_bytes(serialization.Encoding.PEM)),
        (PKCS12_FILE, pkcs12_bytes),
        (PASSPHRASE_FILE, passphrase),
    ):
        descriptor = os.open(directory / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())


def _issue(now: datetime) -> tuple[x509.Certificate, bytes, bytes]:
    """Root certificate, PKCS#12 of the seal and its passphrase. The root's key is dropped: nobody needs it."""
    root_key = rsa.generate_private_key(public_exponent=65_537, key_size=2_048)
    root = (
        _start(ROOT_NAME, ROOT_NAME, now, root_key.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_key_usage(signs_certificates=True), critical=True)
        .sign(root_key, hashes.SHA256())
    )
    key = rsa.generate_private_key(public_exponent=65_537, key_size=2_048)
    root_identifier = x509.SubjectKeyIdentifier.from_public_key(root_key.public_key())
    certificate = (
        _start(SIGNING_NAME, ROOT_NAME, now, key.public_key())
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_key_usage(signs_certificates=False), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(root_identifier), critical=False)
        .sign(root_key, hashes.SHA256())
    )
    passphrase = secrets.token_urlsafe(32).encode()
    pkcs12_bytes = pkcs12.serialize_key_and_certificates(
        b"development", key, certificate, [root], serialization.BestAvailableEncryption(passphrase)
    )
    return root, pkcs12_bytes, passphrase


def _start(subject: str, issuer: str, now: datetime, public_key: rsa.RSAPublicKey) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _CLOCK_TOLERANCE)
        .not_valid_after(now + timedelta(days=LIFETIME_DAYS))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), critical=False)
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _key_usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        content_commitment=not signs_certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        encipher_only=False,
        decipher_only=False,
    )
