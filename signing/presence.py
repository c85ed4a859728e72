"""Whether a PDF carries a signature, asked cheaply and before anything rewrites the file."""

from pathlib import Path

import pikepdf

from digitize.errors import DamagedInputError, EncryptedInputError

_FIELDS_MAX = 20_000
"""Form fields looked at; a form with more is hostile or broken."""


def has_signatures(path: Path) -> bool:
    """True where at least one signature field of the form is signed, whether or not the signature holds.

    Raises DamagedInputError, EncryptedInputError.
    """
    try:
        with pikepdf.open(path) as untrusted_pdf:
            form = untrusted_pdf.Root.get("/AcroForm")
            return isinstance(form, pikepdf.Dictionary) and _any_signed(form.get("/Fields"))
    except pikepdf.PasswordError:
        raise EncryptedInputError from None
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError):
        raise DamagedInputError from None


def _any_signed(fields: object) -> bool:
    waiting: list[tuple[object, bool]] = [(fields, False)]
    seen: set[tuple[int, int]] = set()
    looked_at = 0
    while waiting:
        branch, inherits_signature = waiting.pop()
        if not isinstance(branch, pikepdf.Array):
            continue
        for field in branch:
            looked_at += 1
            if looked_at > _FIELDS_MAX:
                raise DamagedInputError
            if not isinstance(field, pikepdf.Dictionary) or (field.is_indirect and field.objgen in seen):
                continue
            seen.add(field.objgen)
            kind = field.get("/FT")
            is_signature = inherits_signature if kind is None else kind == pikepdf.Name("/Sig")
            if is_signature and isinstance(field.get("/V"), pikepdf.Dictionary):
                return True
            waiting.append((field.get("/Kids"), is_signature))
    return False
