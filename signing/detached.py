"""Whether a record is what was signed beside it, for many records: each certificate is judged once."""

import hashlib

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature

from signing.sealed_file import check_signer
from signing.timestamps import signer_first
from signing.trust import TrustRoots
from signing.verdicts import FAILED
from signing.verification import verify_detached

_MALFORMED = (ValueError, TypeError, KeyError, IndexError)
_KEPT = ("version", "sid", "digest_algorithm", "signed_attrs", "signature_algorithm", "signature")


def signer_info(der: bytes) -> bytes:
    """DER of the SignerInfo (RFC 5652, 5.3) of a CMS with one signer, without its timestamp: what of a signature is
    another for every record.
    """
    (signer,) = cms.ContentInfo.load(der)["content"]["signer_infos"]
    return bytes(cms.SignerInfo({name: signer[name] for name in _KEPT}).dump())


class DetachedChecker:
    """Safe to share between threads."""

    def __init__(self, trust_roots: TrustRoots) -> None:
        self._trust_roots = trust_roots
        self._judged: dict[bytes, bool] = {}
        self._trusted: dict[bytes, x509.Certificate] = {}
        """By the DER that SignerInfos name them with."""

    def holds(self, data: bytes, der: bytes) -> bool:
        """Whether ``der`` is a right signature over ``data`` by a certificate that leads to a trusted root.

        One that has run out since is taken: the record was believed when it was signed, and lies inside the sealed PDF.
        """
        try:
            signed = cms.ContentInfo.load(der)["content"]
            certificate = signer_first(signed)[0].dump()
            (signer,) = signed["signer_infos"]
            parsed = x509.load_der_x509_certificate(certificate)
            check_signer(signer, hashlib.sha256(data).digest(), parsed)
        except (*_MALFORMED, InvalidSignature):
            return False
        if certificate not in self._judged:
            record = verify_detached(data, der, self._trust_roots)
            known = record.trusted or record.sub_indication == "OUT_OF_BOUNDS_NO_POE"
            self._judged[certificate] = record.verdict != FAILED and known
        if self._judged[certificate]:
            self._trusted[signer["sid"].dump()] = parsed
        return self._judged[certificate]

    def holds_by(self, data: bytes, signer: bytes) -> bool:
        """Whether ``signer`` (``signer_info``) is a right signature over ``data`` by a certificate that ``holds`` has
        seen and believed. False tells nothing of the whole CMS.
        """
        try:
            info = cms.SignerInfo.load(signer)
            certificate = self._trusted[info["sid"].dump()]
            check_signer(info, hashlib.sha256(data).digest(), certificate)
        except (*_MALFORMED, InvalidSignature):
            return False
        return True
