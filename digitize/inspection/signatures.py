"""Whether a PDF is signed already: asked cheaply, and before anything would rewrite the file."""

import pikepdf

from digitize.errors import DamagedInputError

_FIELDS_MAX = 20_000
"""Form fields looked at; a form with more is hostile or broken."""


def has_signature(untrusted_pdf: pikepdf.Pdf) -> bool:
    """True where a signature field of the form is signed, whether or not the signature holds.

    Fields nest, inherit their kind, and untrusted ones may loop. Raises DamagedInputError past 20,000 fields.
    """
    form = untrusted_pdf.Root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary):
        return False
    waiting: list[tuple[object, bool]] = [(form.get("/Fields"), False)]
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
            is_signature = inherits_signature if kind is None else kind == pikepdf.Name.Sig
            if is_signature and isinstance(field.get("/V"), pikepdf.Dictionary):
                return True
            waiting.append((field.get("/Kids"), is_signature))
    return False
