"""Certificates from the file that the configuration names."""

from pathlib import Path

from cryptography import x509

from digitize.errors import ConfigError


def read_certificates(path: Path) -> list[x509.Certificate]:
    """The signer's own first, then those between it and the root. Raises ConfigError."""
    try:
        return x509.load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError):
        raise ConfigError(
            detail="signing.certificate_file is not a PEM file of certificates that can be read"
        ) from None
