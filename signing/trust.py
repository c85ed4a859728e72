"""Whose signatures are believed."""

from pathlib import Path

from asn1crypto import pem, x509

from digitize.config import Signing
from digitize.errors import ConfigError
from signing.keys.development_ca import DIRECTORY, ROOT_FILE

TrustRoots = tuple[x509.Certificate, ...]
"""Roots as asn1crypto certificates, the form the validator takes."""


def load_trust_roots(config: Signing, secrets_dir: Path) -> TrustRoots:
    """Roots from ``trust_roots_file`` (PEM, any number) and the development CA where one was made here.

    Raises ConfigError where the file is missing or holds no certificate.
    """
    roots: list[x509.Certificate] = []
    if config.trust_roots_file is not None:
        roots += _read_pem(config.trust_roots_file)
    development = secrets_dir / DIRECTORY / ROOT_FILE
    if development.is_file():
        roots += _read_pem(development)
    return tuple(roots)


def _read_pem(path: Path) -> list[x509.Certificate]:
    try:
        data = path.read_bytes()
        found = [
            x509.Certificate.load(der) for kind, _, der in pem.unarmor(data, multiple=True) if kind == "CERTIFICATE"
        ]
        for certificate in found:
            certificate.serial_number  # noqa: B018 - asn1crypto parses on first use; a bad file must fail here
    except OSError:
        raise ConfigError(detail="signing.trust_roots_file names a file that cannot be read") from None
    except (ValueError, TypeError):
        raise ConfigError(detail="signing.trust_roots_file is not a PEM file of certificates") from None
    if not found:
        raise ConfigError(detail="signing.trust_roots_file holds no certificate")
    return found
