"""Looks at a file just sealed, byte by byte and without the library that wrote it: what is wrong must not be published.

The whole verifier takes 14 ms, most of it for what cannot differ from one paper to the next: whether the signer's
certificate is trusted. What can differ is checked here for every paper: that the paper's own bytes are unchanged, that
one signature covers all but itself, and that it is right.
"""

import hashlib
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from asn1crypto import cms
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.serialization import Encoding

from digitize.errors import SigningError

_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s*\]")
_TIMESTAMP = "signature_time_stamp_token"
_CHUNK = 1 << 20
_ADDED_MAX = 4 << 20
"""Bytes a seal adds at most: fields, stamp with its font and the signature take 50 KB."""


def check_sealed_file(
    source: Path, sealed: Path, certificate: x509.Certificate, chain: Sequence[x509.Certificate] = ()
) -> datetime | None:
    """Raises SigningError unless ``sealed`` is ``source`` with one right signature (SHA-256) of this certificate, and
    no certificates beside it but those of the chain.

    Gives the time in the signature dictionary's timestamp token, aware; None where it bears none.
    """
    with source.open("rb") as paper, sealed.open("rb") as file:
        length = _compare(paper, file)
        added = file.read(_ADDED_MAX + 1)
        found = _RANGE.findall(added)
        if len(added) > _ADDED_MAX or len(found) != 1:
            raise SigningError(reason="seal_not_found_after_signing")
        start, first, behind, second = map(int, found[0])
        size = length + len(added)
        if start != 0 or not length <= first < behind or behind + second != size:
            raise SigningError(reason="seal_does_not_cover_the_file")
        hole = added[first - length : behind - length]
        if hole[:1] != b"<" or hole[-1:] != b">":
            raise SigningError(reason="seal_does_not_cover_the_file")
        digest = _digest(file, first, behind)
    try:
        return _check_signature(bytes.fromhex(hole[1:-1].decode("ascii")), digest, certificate, chain)
    except (ValueError, TypeError, KeyError, IndexError, InvalidSignature):
        raise SigningError(reason="seal_does_not_verify") from None


def _compare(paper: BinaryIO, file: BinaryIO) -> int:
    """Bytes of the paper, all of which have to begin the file."""
    length = 0
    while chunk := paper.read(_CHUNK):
        if file.read(len(chunk)) != chunk:
            raise SigningError(reason="paper_changed_by_signing")
        length += len(chunk)
    return length


def _digest(file: BinaryIO, first: int, behind: int) -> bytes:
    digest = hashlib.sha256()
    file.seek(0)
    left = first
    while left:
        chunk = file.read(min(_CHUNK, left))
        digest.update(chunk)
        left -= len(chunk)
    file.seek(behind)
    while chunk := file.read(_CHUNK):
        digest.update(chunk)
    return digest.digest()


def _check_signature(
    der: bytes, digest: bytes, certificate: x509.Certificate, chain: Sequence[x509.Certificate]
) -> datetime | None:
    data = cms.ContentInfo.load(der)["content"]  # zeros behind it are room that was not needed
    embedded = {one.chosen.dump() for one in data["certificates"]}
    own = certificate.public_bytes(Encoding.DER)
    if own not in embedded or not embedded <= {own, *(one.public_bytes(Encoding.DER) for one in chain)}:
        raise InvalidSignature
    (signer,) = data["signer_infos"]
    attributes = signer["signed_attrs"]
    (said,) = (one["values"][0].native for one in attributes if one["type"].native == "message_digest")
    serial = signer["sid"].chosen["serial_number"].native
    if said != digest or signer["digest_algorithm"]["algorithm"].native != "sha256":
        raise InvalidSignature
    if serial != certificate.serial_number:
        raise InvalidSignature
    signature = signer["signature"].native
    _verify(certificate, signature, attributes.untag().dump())
    tokens = [one["values"][0] for one in signer["unsigned_attrs"] if one["type"].native == _TIMESTAMP]
    return _time_of(tokens[0], signature) if tokens else None


def _verify(certificate: x509.Certificate, signature: bytes, data: bytes) -> None:
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, data, PKCS1v15(), hashes.SHA256())
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, data, ec.ECDSA(hashes.SHA256()))
    else:
        raise InvalidSignature


def _time_of(token: cms.ContentInfo, signature: bytes) -> datetime:
    info = token["content"]["encap_content_info"]["content"].parsed
    imprint = info["message_imprint"]
    name = imprint["hash_algorithm"]["algorithm"].native
    if imprint["hashed_message"].native != hashlib.new(name, signature).digest():
        raise InvalidSignature
    stamped: datetime = info["gen_time"].native
    return stamped.astimezone(UTC)
