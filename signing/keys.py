"""The signing key: found, opened and checked once, then kept loaded for the life of the process."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from digitize.config import Signing
from digitize.errors import ConfigError, SigningError
from signing.development_ca import PASSPHRASE_FILE, PKCS12_FILE, ensure_development_ca

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

RSA_KEY_BITS_MIN = 2_048
_HASHES: dict[str, type[hashes.HashAlgorithm]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}


@dataclass(frozen=True, slots=True)
class SigningKey:
    """Private key, its certificate and the certificates between it and the root."""

    private_key: PrivateKey
    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...]
    development: bool
    """True: made by the development CA; whatever it signs has to say so."""

    def sign(self, data: bytes, digest_algorithm: str) -> bytes:
        """Raw signature over ``data`` hashed with the algorithm named (``sha256``, ``sha384``, ``sha512``).

        The caller's algorithm is taken, never a fixed one: a signature with another hash than its CMS names
        verifies as intact but not as valid.
        """
        digest = _HASHES[digest_algorithm]()
        if isinstance(self.private_key, rsa.RSAPrivateKey):
            return self.private_key.sign(data, PKCS1v15(), digest)
        return self.private_key.sign(data, ec.ECDSA(digest))

    def check_validity(self, moment: datetime) -> None:
        """Raise SigningError where the certificate is not valid at this aware time."""
        if moment < self.certificate.not_valid_before_utc:
            raise SigningError(reason="certificate_not_yet_valid")
        if moment > self.certificate.not_valid_after_utc:
            raise SigningError(reason="certificate_expired")

    def days_left(self, moment: datetime) -> int:
        """Whole days until the first certificate of the chain runs out; negative once it has."""
        ends = min(certificate.not_valid_after_utc for certificate in (self.certificate, *self.chain))
        return (ends - moment).days

    @property
    def algorithm(self) -> str:
        """``RSA-2048`` or ``EC-secp256r1``."""
        if isinstance(self.private_key, rsa.RSAPrivateKey):
            return f"RSA-{self.private_key.key_size}"
        return f"EC-{self.private_key.curve.name}"


def load_signing_key(config: Signing, secrets_dir: Path) -> SigningKey:
    """Open the PKCS#12 the configuration names, or the development one, and check it before the first paper.

    Raises ConfigError where the operator named something that cannot sign, SigningError where the
    certificate is outside its validity.
    """
    if config.pkcs12_file is None:
        if config.pkcs12_passphrase_file is not None:
            raise ConfigError(detail="signing.pkcs12_passphrase_file is set, but signing.pkcs12_file is not")
        directory = ensure_development_ca(secrets_dir)
        key = _open(directory / PKCS12_FILE, directory / PASSPHRASE_FILE, development=True)
    else:
        key = _open(config.pkcs12_file, config.pkcs12_passphrase_file, development=False)
    _check_usage(key)
    _check_pair(key)
    key.check_validity(datetime.now(UTC))
    return key


def common_name(name: x509.Name) -> str:
    """The common name, or the whole name in RFC 4514 form where there is none."""
    attributes = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(attributes[0].value) if attributes else name.rfc4514_string()


def _open(path: Path, passphrase_path: Path | None, *, development: bool) -> SigningKey:
    data = _read(path, "signing.pkcs12_file")
    passphrase = None
    if passphrase_path is not None:
        passphrase = _read(passphrase_path, "signing.pkcs12_passphrase_file").strip() or None
    try:
        bundle = pkcs12.load_pkcs12(data, passphrase)
    except ValueError:
        raise ConfigError(
            detail="signing.pkcs12_file is not a PKCS#12 file, or the passphrase does not open it"
        ) from None
    if bundle.key is None or bundle.cert is None:
        raise ConfigError(detail="signing.pkcs12_file holds no key with its certificate")
    if not isinstance(bundle.key, rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey):
        raise ConfigError(detail="signing.pkcs12_file holds a key that is neither RSA nor EC")
    chain = tuple(extra.certificate for extra in bundle.additional_certs)
    return SigningKey(bundle.key, bundle.cert.certificate, chain, development)


def _read(path: Path, setting: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise ConfigError(detail=f"{setting} names a file that cannot be read") from None


def _check_usage(key: SigningKey) -> None:
    if isinstance(key.private_key, rsa.RSAPrivateKey) and key.private_key.key_size < RSA_KEY_BITS_MIN:
        raise ConfigError(detail=f"signing.pkcs12_file holds an RSA key shorter than {RSA_KEY_BITS_MIN} bits")
    try:
        usage = key.certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not (usage.digital_signature or usage.content_commitment):
        raise ConfigError(detail="signing.pkcs12_file holds a certificate that is not for signing documents")


def _check_pair(key: SigningKey) -> None:
    """Sign once and verify with the certificate: key and certificate that do not match would seal rubbish."""
    probe = b"probe"
    signature = key.sign(probe, "sha256")
    public_key = key.certificate.public_key()
    try:
        if isinstance(public_key, rsa.RSAPublicKey):
            public_key.verify(signature, probe, PKCS1v15(), hashes.SHA256())
        elif isinstance(public_key, ec.EllipticCurvePublicKey):
            public_key.verify(signature, probe, ec.ECDSA(hashes.SHA256()))
        else:
            raise ConfigError(detail="signing.pkcs12_file holds a certificate that is not for its key")
    except InvalidSignature:
        raise ConfigError(detail="signing.pkcs12_file holds a certificate that is not for its key") from None
