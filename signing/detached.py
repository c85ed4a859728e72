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


class DetachedChecker:
    """Not for several threads at once to judge the same new certificate, which would only cost time."""

    def __init__(self, trust_roots: TrustRoots) -> None:
        self._trust_roots = trust_roots
        self._judged: dict[bytes, bool] = {}

    def holds(self, data: bytes, der: bytes) -> bool:
        """Whether ``der`` is a right signature over ``data`` by a certificate that leads to a trusted root.

        One that has run out since is taken: the record was believed when it was signed, and lies inside the sealed PDF.
        """
        try:
            signed = cms.ContentInfo.load(der)["content"]
            certificate = signer_first(signed)[0].dump()
            check_signer(signed, hashlib.sha256(data).digest(), x509.load_der_x509_certificate(certificate))
        except (ValueError, TypeError, KeyError, IndexError, InvalidSignature):
            return False
        if certificate not in self._judged:
            record = verify_detached(data, der, self._trust_roots)
            known = record.trusted or record.sub_indication == "OUT_OF_BOUNDS_NO_POE"
            self._judged[certificate] = record.verdict != FAILED and known
        return self._judged[certificate]
