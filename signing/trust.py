"""Whose signatures are believed."""

from pathlib import Path

from asn1crypto import pem, x509

from digitize.config import Signing
from digitize.errors import ConfigError
from signing.keys.development_ca import DIRECTORY, ROOT_FILE

TrustRoots = tuple[bytes, ...]
"""Certificates in DER. The validator takes asn1crypto's, which are parsed at first use, part by part: where two threads
use one for the first time, a right signature may be taken for none.
"""


def parse_roots(trust_roots: TrustRoots) -> list[x509.Certificate]:
    """For one validation, and for no other thread."""
    return [x509.Certificate.load(der) for der in trust_roots]


def load_trust_roots(config: Signing, secrets_dir: Path) -> TrustRoots:
    """Roots from ``trust_roots_file`` (PEM, any number) and the development CA where one was made here.

    Raises ConfigError where the file is missing or holds no certificate.
    """
    roots: list[bytes] = []
    if config.trust_roots_file is not None:
        roots += _read_pem(config.trust_roots_file)
    development = secrets_dir / DIRECTORY / ROOT_FILE
    if development.is_file():
        roots += _read_pem(development)
    return tuple(roots)


def _read_pem(path: Path) -> list[bytes]:
    try:
        data = path.read_bytes()
        found = [der for kind, _, der in pem.unarmor(data, multiple=True) if kind == "CERTIFICATE"]
        for der in found:
            x509.Certificate.load(der).serial_number  # noqa: B018 - parses at first use; a bad file must fail here
    except OSError:
        raise ConfigError(detail="signing.trust_roots_file names a file that cannot be read") from None
    except (ValueError, TypeError):
        raise ConfigError(detail="signing.trust_roots_file is not a PEM file of certificates") from None
    if not found:
        raise ConfigError(detail="signing.trust_roots_file holds no certificate")
    return found
