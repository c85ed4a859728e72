"""Looks at a file just sealed or timestamped, byte by byte and without the library that wrote it: what is wrong must
not be published.

The whole verifier takes 14 ms, most of it for what cannot differ from one paper to the next: whether the signer's
certificate is trusted. What can differ is checked here for every paper: that the paper's own bytes are unchanged, that
one signature covers all but itself, and that it is right.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.serialization import Encoding

from digitize.errors import SigningError
from signing.timestamps import check_token, signature_timestamp, signer_first, token_time

_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s*\]")
DIGEST = "sha256"
"""Every signature and timestamp made here is over this."""
_RANGE_BYTES_MAX = 128
"""Beyond what any /ByteRange of four numbers takes."""
_CHUNK = 1 << 20
_ADDED_MAX = 4 << 20
"""Bytes a seal or timestamp adds at most: fields, stamp with its font and the signature take 50 KB; revocation lists
may be large.
"""


def check_begins_with(source: Path, target: Path) -> None:
    """Raises SigningError unless ``target`` begins with all of ``source``."""
    with source.open("rb") as paper, target.open("rb") as file:
        _compare(paper, file, source.stat().st_size)


def check_sealed_file(
    source: Path,
    sealed: Path,
    certificate: x509.Certificate,
    chain: Sequence[x509.Certificate] = (),
    *,
    paper_bytes: int | None = None,
) -> cms.ContentInfo | None:
    """Raises SigningError unless ``sealed`` is ``source`` with one right signature (SHA-256) of this certificate, and
    no certificates beside it but those of the chain. ``paper_bytes``: of the source, only so many are the paper.

    Gives the signature's timestamp token, which is right though its server's trust is not looked at; None where it
    bears none.
    """
    try:
        der, digest = _read_added_signature(source, sealed, paper_bytes)
        return _check_signature(der, digest, certificate, chain)
    except (ValueError, TypeError, KeyError, IndexError, InvalidSignature):
        raise SigningError(reason="seal_does_not_verify") from None


def check_timestamped_file(source: Path, timestamped: Path) -> tuple[datetime, tuple[asn1_x509.Certificate, ...]]:
    """Raises SigningError unless ``timestamped`` is ``source`` with one right document timestamp over all of it.

    Gives its time, aware, and its certificates, the server's first; their trust is not looked at.
    """
    try:
        der, digest = _read_added_signature(source, timestamped)
        token = cms.ContentInfo.load(der)
        _check_stamped(token, digest)
        return token_time(token), signer_first(token["content"])
    except (ValueError, TypeError, KeyError, IndexError, InvalidSignature):
        raise SigningError(reason="timestamp_does_not_verify") from None


@dataclass(frozen=True, slots=True)
class Seal:
    """The one signature of a file, found right over all of it."""

    certificate: asn1_x509.Certificate
    others: tuple[asn1_x509.Certificate, ...]
    """The certificates beside it."""
    token: cms.ContentInfo | None


def read_only_seal(path: Path) -> Seal | None:
    """None unless the file bears one right signature (SHA-256) over all of it and no other: then the verifier has to
    look closer. Whether the certificate is trusted is not looked at.
    """
    try:
        with path.open("rb") as file:
            found, size = _find_ranges(file)
            if len(found) != 1:
                return None
            start, first, behind, second = found[0]
            if start != 0 or not 0 < first < behind or behind - first > _ADDED_MAX or behind + second != size:
                return None
            file.seek(first)
            der, digest = _parse_hole(file.read(behind - first)), _digest(file, first, behind)
        data = cms.ContentInfo.load(der)["content"]
        (signer,) = data["signer_infos"]
        certificate, *others = signer_first(data)
        _check_attributes(signer, digest)
        key = x509.load_der_x509_certificate(certificate.dump())
        _verify(key, signer["signature"].native, signer["signed_attrs"].untag().dump())
        token = signature_timestamp(signer)
        if token is not None:
            _check_stamped(token, hashlib.sha256(signer["signature"].native).digest())
    except (ValueError, TypeError, KeyError, IndexError, InvalidSignature):
        return None
    return Seal(certificate, tuple(others), token)


def _find_ranges(file: BinaryIO) -> tuple[list[tuple[int, int, int, int]], int]:
    """What stands behind each /ByteRange of the file, and the file's size."""
    found: list[tuple[int, int, int, int]] = []
    size, kept = 0, b""
    while chunk := file.read(_CHUNK):
        size += len(chunk)
        window = kept + chunk
        if b"/ByteRange" in window:
            matches = list(_RANGE.finditer(window))
            # One that the end of the chunk cuts through is seen with the next.
            found += [tuple(map(int, match.groups())) for match in matches]  # type: ignore[misc]
            kept = window[max(matches[-1].end() if matches else 0, len(window) - _RANGE_BYTES_MAX) :]
        else:
            kept = window[-_RANGE_BYTES_MAX:]
    return found, size


def _parse_hole(hole: bytes) -> bytes:
    if hole[:1] != b"<" or hole[-1:] != b">":
        raise ValueError("no hexadecimal string")
    der = bytes.fromhex(hole[1:-1].decode("ascii"))
    if der[len(cms.ContentInfo.load(der).dump()) :].strip(b"\0"):
        raise ValueError("something stands in the room that was not needed")
    return der


def _read_added_signature(source: Path, target: Path, paper_bytes: int | None = None) -> tuple[bytes, bytes]:
    """Of the one signature behind the paper's own bytes: its DER, and the SHA-256 it has to be of."""
    with source.open("rb") as paper, target.open("rb") as file:
        length = source.stat().st_size if paper_bytes is None else paper_bytes
        _compare(paper, file, length)
        added = file.read(_ADDED_MAX + 1)
        found = _RANGE.findall(added)
        if len(added) > _ADDED_MAX or len(found) != 1:
            raise SigningError(reason="seal_not_found_after_signing")
        start, first, behind, second = map(int, found[0])
        size = length + len(added)
        if start != 0 or not length <= first < behind or behind + second != size:
            raise SigningError(reason="seal_does_not_cover_the_file")
        return _parse_hole(added[first - length : behind - length]), _digest(file, first, behind)


def _compare(paper: BinaryIO, file: BinaryIO, length: int) -> None:
    """So many bytes of the paper have to begin the file, which is left behind them."""
    left = length
    while left:
        chunk = paper.read(min(_CHUNK, left))
        if not chunk or file.read(len(chunk)) != chunk:
            raise SigningError(reason="paper_changed_by_signing")
        left -= len(chunk)


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
) -> cms.ContentInfo | None:
    data = cms.ContentInfo.load(der)["content"]  # zeros behind it are room that was not needed
    embedded = {one.chosen.dump() for one in data["certificates"]}
    own = certificate.public_bytes(Encoding.DER)
    if own not in embedded or not embedded <= {own, *(one.public_bytes(Encoding.DER) for one in chain)}:
        raise InvalidSignature
    (signer,) = data["signer_infos"]
    check_signer(signer, digest, certificate)
    token = signature_timestamp(signer)
    if token is not None:
        _check_stamped(token, hashlib.sha256(signer["signature"].native).digest())
    return token


def check_signer(signer: cms.SignerInfo, digest: bytes, certificate: x509.Certificate) -> None:
    """That this SHA-256 was signed with this certificate. Raises InvalidSignature, ValueError …"""
    _check_attributes(signer, digest)
    if signer["sid"].chosen["serial_number"].native != certificate.serial_number:
        raise InvalidSignature
    _verify(certificate, signer["signature"].native, signer["signed_attrs"].untag().dump())


def _check_attributes(signer: cms.SignerInfo, digest: bytes) -> None:
    (said,) = (one["values"][0].native for one in signer["signed_attrs"] if one["type"].native == "message_digest")
    if said != digest or signer["digest_algorithm"]["algorithm"].native != DIGEST:
        raise InvalidSignature


def _check_stamped(token: cms.ContentInfo, digest: bytes) -> None:
    """That the token is of this SHA-256."""
    if _imprint(token) != (DIGEST, digest):
        raise InvalidSignature
    check_token(token)


def _imprint(token: cms.ContentInfo) -> tuple[str, bytes]:
    """Name of the hash and what was stamped."""
    imprint = token["content"]["encap_content_info"]["content"].parsed["message_imprint"]
    return imprint["hash_algorithm"]["algorithm"].native, imprint["hashed_message"].native


def _verify(certificate: x509.Certificate, signature: bytes, data: bytes) -> None:
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        key.verify(signature, data, PKCS1v15(), hashes.SHA256())
    elif isinstance(key, ec.EllipticCurvePublicKey):
        key.verify(signature, data, ec.ECDSA(hashes.SHA256()))
    else:
        raise InvalidSignature
