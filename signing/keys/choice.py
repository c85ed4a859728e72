"""Which keys sign, as the configuration has it."""

from pathlib import Path

from digitize.config import Signing
from digitize.errors import ConfigError
from signing.keys.api import CertifiedKey, SigningKey
from signing.keys.csc import open_csc
from signing.keys.development_ca import PASSPHRASE_FILE, PKCS12_FILE, ensure_development_ca
from signing.keys.pkcs12 import open_pkcs12
from signing.keys.smartca import open_smartca
from signing.keys.token import open_pkcs11


def load_paper_key(config: Signing, record_key: SigningKey) -> CertifiedKey:
    """What papers are sealed with: a person's, where the configuration names one, else what signs the records too.

    Raises as ``load_signing_key``.
    """
    if config.smartca_url is None:
        return record_key
    return open_smartca(config)


def load_signing_key(config: Signing, secrets_dir: Path) -> SigningKey:
    """Open the key the configuration names, or the development one, and check it before the first paper.

    Raises ConfigError where the operator named something that cannot sign, SigningError where the certificate is
    outside its validity or the key cannot be reached now.
    """
    named = [name for name in ("pkcs12_file", "pkcs11_module", "csc_url") if getattr(config, name) is not None]
    if len(named) > 1:
        raise ConfigError(detail=f"signing.{named[0]} and signing.{named[1]} are both set; leave one")
    if config.pkcs12_passphrase_file is not None and config.pkcs12_file is None:
        raise ConfigError(detail="signing.pkcs12_passphrase_file is set, but signing.pkcs12_file is not")
    if config.pkcs12_file is not None:
        return open_pkcs12(config.pkcs12_file, config.pkcs12_passphrase_file)
    if config.pkcs11_module is not None:
        return open_pkcs11(config, secrets_dir)
    if config.csc_url is not None:
        return open_csc(config)
    directory = ensure_development_ca(secrets_dir)
    return open_pkcs12(directory / PKCS12_FILE, directory / PASSPHRASE_FILE, development=True)
