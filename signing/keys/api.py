"""The signing key: one port, behind which it lies in a file, in a token or with a signing service."""

from abc import ABC, abstractmethod
from datetime import UTC, datetime

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.x509.oid import NameOID

from digitize.errors import ConfigError, SigningError

RSA_KEY_BITS_MIN = 2_048
HASHES: dict[str, type[hashes.HashAlgorithm]] = {
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}
_EC_SIGNATURE_EXTRA = 9
"""Bytes of a DER signature beyond its two numbers: tags, lengths and a zero before each."""


class CertifiedKey:
    """A key, wherever it lies, with its certificate and the certificates between it and the root."""

    def __init__(
        self, certificate: x509.Certificate, chain: tuple[x509.Certificate, ...], *, development: bool = False
    ) -> None:
        self.certificate = certificate
        self.chain = chain
        self.development = development
        """True: made by the development CA; whatever it signs has to say so."""

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
        public_key = self.certificate.public_key()
        if isinstance(public_key, rsa.RSAPublicKey):
            return f"RSA-{public_key.key_size}"
        if isinstance(public_key, ec.EllipticCurvePublicKey):
            return f"EC-{public_key.curve.name}"
        raise ConfigError(detail="the signing key is neither RSA nor EC")

    @property
    def signature_bytes(self) -> int:
        """Of the longest signature it gives."""
        public_key = self.certificate.public_key()
        if isinstance(public_key, rsa.RSAPublicKey):
            return public_key.key_size // 8
        if isinstance(public_key, ec.EllipticCurvePublicKey):
            return 2 * ((public_key.key_size + 7) // 8) + _EC_SIGNATURE_EXTRA
        raise ConfigError(detail="the signing key is neither RSA nor EC")


class SigningKey(CertifiedKey, ABC):
    """One that signs at once. Kept for the life of the process and shared by its threads; one conformance suite
    (``tests/signing/test_key_kinds.py``) is run against each kind.
    """

    @abstractmethod
    def sign(self, data: bytes, digest_algorithm: str) -> bytes:
        """Raw signature over ``data`` hashed with the algorithm named (``sha256``, ``sha384``, ``sha512``): PKCS#1
        v1.5, or ECDSA in DER.

        The caller's algorithm is taken, never a fixed one: a signature with another hash than its CMS names
        verifies as intact but not as valid. Raises SigningError where the key cannot be used now.
        """


class ConfirmedKey(CertifiedKey, ABC):
    """One with which a person signs, on a phone, when they find the time: asked now, answered in minutes or days."""

    @abstractmethod
    def submit(self, reference: str, data: bytes, digest_algorithm: str) -> str:
        """Ask for a signature over ``data``; the id of the transaction. ``reference`` names the paper to the service,
        the same however often it is asked. Raises SigningError.
        """

    @abstractmethod
    def poll(self, transaction: str) -> bytes | None:
        """The raw signature; None while the person has not answered. Raises SigningError, SignerDeclinedError, and
        SignerSilentError where the service has given up waiting and has to be asked anew.
        """


def check_key(key: CertifiedKey, setting: str) -> None:
    """Before the first paper: what it is for, how long it is valid. ``setting`` names it in messages.

    Raises ConfigError where it cannot seal, SigningError where the certificate is outside its validity.
    """
    public_key = key.certificate.public_key()
    if not isinstance(public_key, rsa.RSAPublicKey | ec.EllipticCurvePublicKey):
        raise ConfigError(detail=f"{setting} holds a key that is neither RSA nor EC")
    if isinstance(public_key, rsa.RSAPublicKey) and public_key.key_size < RSA_KEY_BITS_MIN:
        raise ConfigError(detail=f"{setting} holds an RSA key shorter than {RSA_KEY_BITS_MIN} bits")
    key.check_validity(datetime.now(UTC))
    try:
        usage = key.certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return
    if not (usage.digital_signature or usage.content_commitment):
        raise ConfigError(detail=f"{setting} holds a certificate that is not for signing documents")


def check_pair(key: SigningKey, setting: str) -> None:
    """Sign once and verify with the certificate: key and certificate that do not match would seal rubbish."""
    probe = b"probe"
    signature = key.sign(probe, "sha256")
    public_key = key.certificate.public_key()
    try:
        if isinstance(public_key, rsa.RSAPublicKey):
            public_key.verify(signature, probe, PKCS1v15(), hashes.SHA256())
        elif isinstance(public_key, ec.EllipticCurvePublicKey):
            public_key.verify(signature, probe, ec.ECDSA(hashes.SHA256()))
    except InvalidSignature:
        raise ConfigError(detail=f"{setting} holds a certificate that is not for its key") from None


def common_name(name: x509.Name) -> str:
    """The common name, or the whole name in RFC 4514 form where there is none."""
    attributes = name.get_attributes_for_oid(NameOID.COMMON_NAME)
    return str(attributes[0].value) if attributes else name.rfc4514_string()
