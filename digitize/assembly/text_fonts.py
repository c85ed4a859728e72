"""The glyphless font of invisible text: one for the document instead of one for each page."""

import hashlib

import pikepdf

_NESTED_MAX = 4
"""Levels of forms in a text layer: the page's own and the one that straightened it."""


class SharedFonts:
    """Fonts met so far in the text layers of one PDF."""

    def __init__(self) -> None:
        self._known: dict[bytes, pikepdf.Object] = {}

    def share(self, form: pikepdf.Object, level: int = 0) -> None:
        """Let the form, and those it draws, use fonts met before where they are the same; what is left over is
        not saved.
        """
        resources = form.get("/Resources", pikepdf.Dictionary())
        fonts, forms = resources.get("/Font"), resources.get("/XObject")
        if isinstance(fonts, pikepdf.Dictionary):
            for name in list(fonts.keys()):
                fonts[name] = self._known.setdefault(_fingerprint(fonts[name]), fonts[name])
        if isinstance(forms, pikepdf.Dictionary) and level < _NESTED_MAX:
            for inner in forms.values():
                self.share(inner, level + 1)


def _fingerprint(font: pikepdf.Object) -> bytes:
    """Same for fonts that are written alike, whatever the numbers of their objects."""
    digest = hashlib.sha256()
    waiting: list[object] = [font]
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Array):
            digest.update(b"[%d" % len(item))
            waiting.extend(item)
        elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            digest.update(b"<%d" % len(item.keys()))
            for key in sorted(item.keys()):
                digest.update(key.encode())
                waiting.append(item[key])
            if isinstance(item, pikepdf.Stream):
                digest.update(item.read_raw_bytes())
        else:
            digest.update(repr(item).encode())
    return digest.digest()
