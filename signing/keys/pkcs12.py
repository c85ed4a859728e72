"""A key from a PKCS#12 file, held in memory."""

from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.serialization import pkcs12

from digitize.errors import ConfigError
from signing.keys.api import HASHES, SigningKey, check_key, check_pair

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
SETTING = "signing.pkcs12_file"


class Pkcs12Key(SigningKey):
    def __init__(
        self,
        private_key: PrivateKey,
        certificate: x509.Certificate,
        chain: tuple[x509.Certificate, ...],
        *,
        development: bool,
    ) -> None:
        super().__init__(certificate, chain, development=development)
        self._private_key = private_key

    def sign(self, data: bytes, digest_algorithm: str) -> bytes:
        digest = HASHES[digest_algorithm]()
        if isinstance(self._private_key, rsa.RSAPrivateKey):
            return self._private_key.sign(data, PKCS1v15(), digest)
        return self._private_key.sign(data, ec.ECDSA(digest))


def open_pkcs12(path: Path, passphrase_path: Path | None, *, development: bool = False) -> Pkcs12Key:
    """Raises ConfigError, SigningError."""
    data = _read(path, SETTING)
    passphrase = None
    if passphrase_path is not None:
        passphrase = _read(passphrase_path, "signing.pkcs12_passphrase_file").strip() or None
    try:
        bundle = pkcs12.load_pkcs12(data, passphrase)
    except ValueError:
        raise ConfigError(detail=f"{SETTING} is not a PKCS#12 file, or the passphrase does not open it") from None
    if bundle.key is None or bundle.cert is None:
        raise ConfigError(detail=f"{SETTING} holds no key with its certificate")
    if not isinstance(bundle.key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise ConfigError(detail=f"{SETTING} holds a key that is neither RSA nor EC")
    chain = tuple(extra.certificate for extra in bundle.additional_certs)
    key = Pkcs12Key(bundle.key, bundle.cert.certificate, chain, development=development)
    check_key(key, SETTING)
    check_pair(key, SETTING)
    return key


def _read(path: Path, setting: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise ConfigError(detail=f"{setting} names a file that cannot be read") from None
