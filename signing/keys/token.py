"""A key in a token or an HSM, used through PKCS#11. It never leaves it.

One session and one lock a process: threads with sessions of their own crash some modules (SoftHSM 2.6.1 among them).
What goes wrong with a session does not heal, so it is opened anew. A module must not be carried through a fork: each
process opens its own, and whoever only hands on to forked workers never opens any.
"""

import hashlib
import multiprocessing
import os
import threading
from pathlib import Path
from typing import Any

import pkcs11
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from pkcs11.exceptions import PinIncorrect, PinLenRange, PinLocked, PKCS11Error
from pkcs11.util.ec import encode_ecdsa_signature

from digitize.config import Signing
from digitize.errors import ConfigError, DigitizeError, SigningError
from signing.keys.api import SigningKey, check_key, check_pair
from signing.keys.certificates import read_certificates

SETTING = "signing.pkcs11_module"
_REFUSED = "pkcs11-pin-refused"
"""Beside the secrets: the PIN file that a token refused, by its time of change. A token locks after a few wrong PINs,
and workers that try again are many.
"""
_PIN_REFUSED = "token: PIN refused and not tried again, correct signing.pkcs11_pin_file"
_BEGUN: set[Path | None] = set()
"""Modules that this process has loaded."""
_RSA = {
    "sha256": pkcs11.Mechanism.SHA256_RSA_PKCS,
    "sha384": pkcs11.Mechanism.SHA384_RSA_PKCS,
    "sha512": pkcs11.Mechanism.SHA512_RSA_PKCS,
}


class Pkcs11Key(SigningKey):
    def __init__(self, config: Signing, secrets_dir: Path, certificates: list[x509.Certificate]) -> None:
        super().__init__(certificates[0], tuple(certificates[1:]))
        self._config = config
        self._secrets_dir = secrets_dir
        self._lock = threading.Lock()
        self._key: Any = None
        self._process = 0

    def sign(self, data: bytes, digest_algorithm: str) -> bytes:
        with self._lock:
            try:
                return self._sign(data, digest_algorithm)
            except PKCS11Error:
                self._key = None  # a token pulled out and put back, a module that was restarted
            try:
                return self._sign(data, digest_algorithm)
            except PKCS11Error as error:
                self._key = None
                raise SigningError(reason=f"token: {type(error).__name__}") from None

    def _sign(self, data: bytes, digest_algorithm: str) -> bytes:
        if self._key is None or self._process != os.getpid():
            self._key, self._process = self._open(), os.getpid()
        if isinstance(self.certificate.public_key(), rsa.RSAPublicKey):
            return bytes(self._key.sign(data, mechanism=_RSA[digest_algorithm]))
        # Raw ECDSA: not every module hashes for it.
        digest = hashlib.new(digest_algorithm, data).digest()
        return encode_ecdsa_signature(self._key.sign(digest, mechanism=pkcs11.Mechanism.ECDSA))

    def _open(self) -> Any:
        """The key, in a session of this process. Raises PKCS11Error, ConfigError, SigningError."""
        pin, changed = self._read_pin()
        refused = self._secrets_dir / _REFUSED
        if refused.exists() and refused.read_text() == changed:
            raise SigningError(reason=_PIN_REFUSED)
        module = _load(self._config.pkcs11_module)
        token = module.get_token(token_label=self._config.pkcs11_token)
        try:
            session = token.open(user_pin=pin)
        except (PinIncorrect, PinLocked, PinLenRange):
            refused.parent.mkdir(parents=True, exist_ok=True)
            refused.write_text(changed)
            raise SigningError(reason=_PIN_REFUSED) from None
        refused.unlink(missing_ok=True)
        return session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY, label=self._config.pkcs11_key)

    def _read_pin(self) -> tuple[str, str]:
        path = self._config.pkcs11_pin_file
        if path is None:
            raise ConfigError(detail="signing.pkcs11_pin_file names the file that holds the token's PIN")
        try:
            return path.read_text(encoding="utf-8").strip(), str(path.stat().st_mtime_ns)
        except OSError:
            raise ConfigError(detail="signing.pkcs11_pin_file names a file that cannot be read") from None


def _load(path: Path | None) -> Any:
    """The module, begun anew in this process: what it knew of its tokens may be past."""
    module = pkcs11.lib(str(path))
    if path in _BEGUN:
        module.reinitialize()
    _BEGUN.add(path)
    return module


def open_pkcs11(config: Signing, secrets_dir: Path) -> Pkcs11Key:
    """Check token, PIN, key and certificate by one signature, in a process of its own.

    Raises ConfigError, SigningError.
    """
    if not config.pkcs11_token or not config.pkcs11_key or config.certificate_file is None:
        raise ConfigError(detail="signing.pkcs11_token, signing.pkcs11_key and signing.certificate_file go with it")
    key = Pkcs11Key(config, secrets_dir, read_certificates(config.certificate_file))
    check_key(key, "signing.certificate_file")
    _in_a_child(config, secrets_dir)
    return key


def _in_a_child(config: Signing, secrets_dir: Path) -> None:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_probe, args=(config.model_dump_json(), secrets_dir, theirs))
    child.start()
    theirs.close()
    try:
        failure = ours.recv()
    except EOFError:
        failure = ("crashed when it was opened", None)
    child.join()
    match failure:
        case (str() as detail, None):
            raise ConfigError(detail=f"{SETTING} {detail}")
        case (None, DigitizeError() as error):
            raise error


def _probe(config_json: str, secrets_dir: Path, answer: Any) -> None:
    """Answers with what is wrong with the setting, and the error; neither where all is well."""
    try:
        config = Signing.model_validate_json(config_json)
        _load(config.pkcs11_module)
        key = Pkcs11Key(config, secrets_dir, read_certificates(config.certificate_file or Path()))
        check_pair(key, "signing.certificate_file")
        answer.send((None, None))
    except PKCS11Error:
        answer.send(("is no module that can be loaded here", None))
    except DigitizeError as error:
        answer.send((None, error))
    except Exception as error:  # noqa: BLE001 - a module that is none, or of another machine
        answer.send((f"does not work ({type(error).__name__})", None))
    finally:
        answer.close()
        os._exit(0)  # not through what the module wants done at the end
