"""Document ids: surrogate, opaque, the only id that stands in URLs, object keys and logs."""

import hashlib

ID_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford base 32: no i, l, o, u to misread
ID_LENGTH = 26  # 130 bits


def document_id(*, unit: str | None, dossier: str | None, component: str | None, sha256: str) -> str:
    """Id of a document: the same drop twice is one document, wherever and whenever it is seen.

    Each part is written with its length first, so that no two different drops spell the same input.
    """
    parts = [part or "" for part in (unit, dossier, component, sha256)]
    message = b"".join(len(p.encode()).to_bytes(4, "big") + p.encode() for p in parts)
    number = int.from_bytes(hashlib.sha256(b"digitize document 1\0" + message).digest(), "big") >> (256 - 130)
    return "".join(ID_LETTERS[(number >> shift) & 31] for shift in range(125, -1, -5))


def is_document_id(untrusted_text: str) -> bool:
    return len(untrusted_text) == ID_LENGTH and all(c in ID_LETTERS for c in untrusted_text)
