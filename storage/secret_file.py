"""Random keys that a machine makes for itself."""

import os
import secrets
import tempfile
from pathlib import Path

_SECRET_BYTES = 32


def read_or_make_secret(path: Path) -> bytes:
    """32 random bytes: made on first use, mode 0600, one for all processes of this machine."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(_SECRET_BYTES))
            file.flush()
            os.fsync(handle)
        try:
            os.link(name, path)  # never replaces: of two processes that start at once, both use the first's
        except FileExistsError:
            pass
        finally:
            Path(name).unlink()
    return path.read_bytes()
