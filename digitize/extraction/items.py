"""Where a line begins something new, though no label that is known stands in it.

No list has the labels and headings of every edition of a form, so that a value would run on into what follows it:
``tỉnh Hòa Sơn`` into ``Phần khai về cha, mẹ``. How the line looks and where the one above ends tell the two apart.
"""

import re
from collections.abc import Sequence

from digitize.extraction.layout import Token
from digitize.extraction.letters import fold, is_syllable

LABEL_WORDS_MAX = 14
ITEM_DIGITS_MAX = 2
HEADING_WORDS_MIN = 2
HEADING_LETTERS_MIN = 6
SPARE_HEIGHTS = 1.0
"""Word heights that are left at a line's end beside the next word, so that it would have stood there."""
_NUMBERED = re.compile(r"\(?(?:\d{1,2}|[IVX]{1,4}|[a-zđ])[.)]{1,2}|[-–+*•]")
_LEVELS = frozenset(
    (
        "tinh", "huyen", "quan", "xa", "phuong", "tran", "pho", "thi", "thanh", "khu", "ap", "thon", "ban", "to",
        "lang", "xom", "so", "va", "cua", "cho", "tai", "do", "voi", "the",
    )
)  # fmt: skip
"""Folded words after which something must follow."""


def begins_anew(above: Sequence[Token], below: Sequence[Token], right: float) -> bool | None:
    """Whether ``below`` is no part of the value that ``above`` ends; None where that may be so. ``right``: how far the
    lines of the value may reach.
    """
    words = [token for token in below if token.squeezed]
    if not words or not above:
        return False
    if is_item_number(below[0]) and len(words) > 1:
        return True
    if _is_upper(words) and not _is_upper(above):
        letters = sum(len(word.squeezed) for word in words)
        return len(words) >= HEADING_WORDS_MIN and letters >= HEADING_LETTERS_MIN
    if not words[0].bare[:1].isupper() or must_go_on(above[-1]):
        return False
    if has_own_label(words):
        return True
    # A full stop may be a speck, and a line end early before a long word or another column.
    return None if _ends(above[-1]) or _had_room(above[-1], words[0], right) else False


def has_own_label(words: Sequence[Token]) -> bool:
    """``Giấy này cấp cho đương sự để làm thủ tục:``: opens with a capital and comes to a colon."""
    if not words[0].bare[:1].isupper():
        return False
    return any(word.text.endswith(":") and len(word.text) > 1 for word in words[:LABEL_WORDS_MAX])


def is_item_number(token: Token) -> bool:
    """``2.``, ``b)``, ``IV.``, ``-``."""
    return _NUMBERED.fullmatch(token.text) is not None


def may_be_item_number(token: Token) -> bool:
    """The same, also where the scan has lost its sign: ``2``, ``e``."""
    letters = token.squeezed
    return is_item_number(token) or len(letters) <= 1 or (letters.isdigit() and len(letters) <= ITEM_DIGITS_MAX)


def must_go_on(last: Token) -> bool:
    """Whether a value cannot end so: with a comma, or ``tỉnh``."""
    return last.text.endswith((",", "-", "–")) or fold(last.bare) in _LEVELS


def _ends(last: Token) -> bool:
    """With a full stop that is no abbreviation's, as in ``TP.``."""
    return last.text.endswith((".", ";")) and is_syllable(last.bare.lower()) and not last.bare.isupper()


def _had_room(last: Token, following: Token, right: float) -> bool:
    height = max(last.height, following.height)
    return right - last.right > following.right - following.left + SPARE_HEIGHTS * height


def _is_upper(tokens: Sequence[Token]) -> bool:
    return "".join(token.bare for token in tokens).isupper()
