"""pyHanko's signer over a key as loaded, with what every CMS of the key has alike put together once."""

# mypy: disable-error-code="no-untyped-call"
# pyHanko is typed in part only.

import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.sign import signers
from pyhanko.sign.timestamps import TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from digitize.errors import SigningError
from signing.cms_template import CmsTemplate, take_template
from signing.keys.api import CertifiedKey, SigningKey
from signing.sealed_file import DIGEST


class KeptKeySigner(signers.Signer):
    """Signs with the key as loaded, SimpleSigner would parse it anew for every signature (65 to 209 ms); and with what
    every CMS of the key has alike put together once.
    """

    def __init__(self, key: CertifiedKey) -> None:
        super().__init__(
            signing_cert=_to_asn1(key.certificate),
            cert_registry=SimpleCertificateStore.from_certs([_to_asn1(c) for c in key.chain]),
            embed_roots=False,
        )
        self._key = key
        self._template: CmsTemplate | None = None
        self._detached: CmsTemplate | None = None
        self._takes_template = False

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        if dry_run or self._takes_template or not isinstance(self._key, SigningKey):
            return bytes(self._key.signature_bytes)
        return self._key.sign(data, digest_algorithm)

    async def template(self) -> CmsTemplate:
        """Of PDFs as PAdES has them, whose CMS claims no time. Not for several threads at once, the first time."""
        if self._template is None:
            digest = hashlib.new(DIGEST, b"template").digest()
            with self._without_key():
                self._template = take_template(await self.async_sign(digest, DIGEST, use_pades=True), digest)
        return self._template

    async def sign_detached(self, data: bytes, moment: datetime, timestamper: TimeStamper | None) -> bytes:
        """DER of a CAdES signature over anything else, which claims this time (aware)."""
        if not isinstance(self._key, SigningKey):
            raise SigningError(reason="no_key_for_records")
        template = await self.detached_template()
        digest = hashlib.new(DIGEST, data).digest()
        signature = self._key.sign(template.signed_attributes(digest, moment), DIGEST)
        token = None
        if timestamper is not None:
            token = await timestamper.async_timestamp(hashlib.new(DIGEST, signature).digest(), DIGEST)
        return template.fill(digest, signature, token, moment)

    async def detached_template(self) -> CmsTemplate:
        """Not for several threads at once, the first time."""
        if self._detached is None:
            moment, data = datetime.now(UTC), b"template"
            settings = signers.pdf_cms.PdfCMSSignedAttributes(signing_time=moment)
            with self._without_key():
                example = await self.async_sign_general_data(
                    io.BytesIO(data), DIGEST, use_cades=True, signed_attr_settings=settings
                )
            self._detached = take_template(example, hashlib.new(DIGEST, data).digest(), moment)
        return self._detached

    @contextmanager
    def _without_key(self) -> Iterator[None]:
        """No key is used for what is thrown away."""
        self._takes_template = True
        try:
            yield
        finally:
            self._takes_template = False


def _to_asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
