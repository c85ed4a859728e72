"""What hides persons in the catalogue: owner numbers are found by a keyed hash and kept encrypted, and so are records.

Whoever gets hold of a copy of the database alone learns neither. A plain hash would not do: of 12-digit numbers every
one can be tried. Without the key nothing can be read back, but nothing is lost: the archive holds every record.
"""

import base64
import hashlib
import hmac
import secrets
import zlib

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from digitize.config import Config
from digitize.errors import ConfigError
from storage.secret_file import read_or_make_secret

CATALOGUE_KEY_FILE = "catalogue.key"
"""In the secrets directory."""
_NONCE_BYTES = 12
MAC_BYTES = 16
_TERM_BYTES = 6
"""Of a hundred million terms in an index, one in three million is taken for another."""
_COMPRESSION = 1
"""Of zlib: higher levels take four times as long for a tenth less."""


class CatalogueKey:
    """Safe to share between threads. ``secret``: 32 random bytes or more."""

    def __init__(self, secret: bytes) -> None:
        self._cipher = AESGCM(_derive(secret, b"digitize catalogue encryption 1"))
        self._hash_key = _derive(secret, b"digitize catalogue owners 1")
        # A paper has hundreds of terms: keyed BLAKE2 (RFC 7693) takes a quarter of what HMAC does.
        self._terms = hashlib.blake2b(key=_derive(secret, b"digitize catalogue search 1"), digest_size=_TERM_BYTES)
        self._cursor_key = _derive(secret, b"digitize catalogue cursors 1")
        self.fingerprint = _derive(secret, b"digitize catalogue fingerprint 1").hex()
        """Tells two keys apart and gives neither away."""

    def blind(self, value: str) -> str:
        """The same 64 hexadecimal digits for the same value; from them nobody gets back to it without the key."""
        return hmac.digest(self._hash_key, value.encode("utf-8", "surrogatepass"), hashlib.sha256).hex()

    def hide_term(self, term: str) -> int:
        """The same number below 2**48 for the same term."""
        hashed = self._terms.copy()
        hashed.update(term.encode("utf-8", "surrogatepass"))
        return int.from_bytes(hashed.digest(), "big")

    def authenticate(self, message: bytes) -> bytes:
        """16 bytes that nobody can make for another message."""
        return hmac.digest(self._cursor_key, message, hashlib.sha256)[:MAC_BYTES]

    def seal(self, text: str, place: str) -> str:
        """Encrypted for one place of the catalogue, in base64; in another place it cannot be opened."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = self._cipher.encrypt(nonce, zlib.compress(text.encode(), _COMPRESSION), place.encode())
        return base64.b64encode(nonce + sealed).decode("ascii")

    def open(self, sealed: str, place: str) -> str:
        """Raises ConfigError: sealed under another key or for another place, or changed since."""
        try:
            message = base64.b64decode(sealed, validate=True)
            packed = self._cipher.decrypt(message[:_NONCE_BYTES], message[_NONCE_BYTES:], place.encode())
        except (InvalidTag, ValueError):
            raise ConfigError(detail=f"{CATALOGUE_KEY_FILE} does not open what the catalogue holds") from None
        return zlib.decompress(packed).decode()


def load_catalogue_key(config: Config) -> CatalogueKey:
    """The configured key file, else one made on first use. Raises ConfigError where the file is missing or short."""
    named = config.storage.catalogue_key_file
    if named is not None and not named.is_file():
        raise ConfigError(detail=f"storage.catalogue_key_file: {named} is not there")
    secret = read_or_make_secret(named or config.secrets_dir / CATALOGUE_KEY_FILE)
    if len(secret) < SHA256.digest_size:
        raise ConfigError(detail="storage.catalogue_key_file: a key has 32 random bytes or more")
    return CatalogueKey(secret)


def _derive(secret: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), SHA256.digest_size, salt=None, info=purpose).derive(secret)
