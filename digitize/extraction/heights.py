"""How tall a word should be by its letters, and how tall it is: pen strokes and lost marks show in the difference.

Shares of the letter height of Times-like faces: small letters 0.45, capitals and ascenders 0.68, a mark over a
small letter the same, two marks 0.82, a mark over a capital 0.88, two 0.98; what hangs below the line 0.21.
"""

import unicodedata
from functools import lru_cache
from statistics import median

from digitize.extraction.layout import Token

_BELOW_MARKS = frozenset("\u0323")
_HORN = "\u031b"
_DESCENDERS = frozenset("gjpqy,;()[]Q")
_ASCENDERS = frozenset("bdđfhkl()/[]")
_TALL_SHARE = 0.68
_SMALL_SHARE = 0.45


@lru_cache(maxsize=16_384)
def expected_height(text: str) -> float:
    """In shares of the font size; 0 where no letter or digit says anything."""
    above = 0.0
    below = 0.0
    for letter in unicodedata.normalize("NFC", text):
        decomposed = unicodedata.normalize("NFD", letter)
        base, marks = decomposed[0], decomposed[1:]
        over = sum(mark not in _BELOW_MARKS and mark != _HORN for mark in marks)
        if base.isupper() or base == "Đ":
            above = max(above, _TALL_SHARE + (0.2 if over else 0.0) + (0.1 if over > 1 else 0.0))
        elif over:
            above = max(above, _TALL_SHARE if over == 1 else 0.82)
        elif base in _ASCENDERS or base.isdigit():
            above = max(above, _TALL_SHARE)
        elif base in "tij":
            above = max(above, 0.64)
        elif base.isalpha():
            above = max(above, _SMALL_SHARE)
        if base in _DESCENDERS or any(mark in _BELOW_MARKS for mark in marks):
            below = 0.21
    return above + below if above else 0.0


def font_size(token: Token) -> float | None:
    """Pixels of font size that the word's height speaks for; None where it has no letter or digit."""
    expected = expected_height(token.text)
    return token.height / expected if expected else None


def strange_heights(tokens: tuple[Token, ...], line: tuple[Token, ...], tolerance: float) -> bool:
    """Whether one of the words is taller or lower than the line's font size allows, by more than ``tolerance``."""
    sizes = [size for token in (*tokens, *line) if token.squeezed and (size := font_size(token)) is not None]
    if not sizes:
        return False
    usual = median(sizes)
    own = [size for token in tokens if token.squeezed and (size := font_size(token)) is not None]
    return any(size > usual * (1 + tolerance) or size < usual / (1 + tolerance) for size in own)
