"""Vietnamese letters: folding for comparison, and what a written syllable can be.

Folding is for comparing only; no value is ever made from folded text.
"""

# ruff: noqa: SIM905 - long word lists are read and checked as text, not as lists of quoted words

import re
import unicodedata
from functools import lru_cache

CIRCUMFLEX_OR_BREVE = frozenset("âêôăÂÊÔĂ")
MARKS_OF_TONE = frozenset("\u0300\u0301\u0303\u0309\u0323")
"""Huyền, sắc, ngã, hỏi, nặng as combining marks."""

_STOPS = ("c", "ch", "p", "t")
_ONSETS = frozenset("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q r s t th tr v x".split()) | {""}
_RIMES = frozenset(
    (
        "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
        "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it "
        "iu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on "
        "ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng uât uây uc uê uêch uênh ui um "
        "un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya uych uyên uyêt uynh uyt uyu ư ưa ưc ưi ưm ưng ươc ươi "
        "ươm ươn ương ươp ươt ưt ưu uơi y yêm yên yêng yêt yêu ua uai uan uang uanh uao uat uay uăc uăn uăng uăt uach "
        "uac ue uen ueo uet uơn uit uin uinh ui uêt uên"
    ).split()
)

LONGEST_SYLLABLE = 7
"""Letters of the longest written syllable (``nghiêng``)."""


@lru_cache(maxsize=32_768)
def fold(text: str) -> str:
    """Lower case without diacritics, Đ as d, ø (how scans show ố) as o; other characters stay. For words and lines, of
    which many come again.
    """
    return fold_page(text)


def fold_page(text: str) -> str:
    """As ``fold``, and nothing of it is kept in memory."""
    lowered = unicodedata.normalize("NFD", text.lower().replace("đ", "d").replace("ø", "o"))
    return unicodedata.normalize("NFC", "".join(c for c in lowered if not unicodedata.combining(c)))


_DOUBLED = re.compile(r"(?<!\w)([NĐ])\1(?=[a-zà-ỹ])", re.IGNORECASE)
_DOUBLED_END = re.compile(r"(?<=[A-ZĐ])ĐĐ(?=$|[-/])")


def single(text: str) -> str:
    """Without the letter that Tesseract reads twice at the start of a word, or at the end of a symbol: ``NNinh``,
    ``NÑam``, ``ĐĐung``, ``QĐĐ-UBND``.
    """
    return _DOUBLED_END.sub("Đ", _DOUBLED.sub(r"\1", text.replace("NÑ", "N")))


def squeeze(text: str) -> str:
    """Folded letters and digits only: what stays the same however a form is spaced and punctuated."""
    return "".join(c for c in fold(text) if c.isalnum())


def split_tone(syllable: str) -> tuple[str, str]:
    """The syllable in lower case without its tone mark, and the mark ('' for the level tone)."""
    tone = ""
    plain: list[str] = []
    for letter in unicodedata.normalize("NFD", syllable.lower()):
        if letter in MARKS_OF_TONE:
            tone += letter
        else:
            plain.append(letter)
    return unicodedata.normalize("NFC", "".join(plain)), tone


@lru_cache(maxsize=32_768)
def is_syllable(word: str) -> bool:
    """Whether Vietnamese spelling allows the word as one syllable (``xuất`` yes, ``xuât`` and ``nøãi`` no).

    A syllable that ends in a stop (c, ch, p, t) carries sắc or nặng; a scan that lost the tone mark over a
    circumflex often leaves an impossible syllable behind.
    """
    if not 0 < len(word) <= LONGEST_SYLLABLE:
        return False
    plain, tone = split_tone(word)
    if len(tone) > 1:
        return False
    for length in (3, 2, 1, 0):
        onset, rime = plain[:length], plain[length:]
        if onset not in _ONSETS or not _fits(onset, rime):
            continue
        if not rime.endswith(_STOPS) or tone in {"\u0301", "\u0323"}:
            return True
    return False


def _fits(onset: str, rime: str) -> bool:
    if onset == "gi" and rime in {"", "n"}:
        return True
    return rime in _RIMES and (onset != "q" or rime.startswith(("u", "o")))


def is_abbreviation(word: str) -> bool:
    """Capitals that are no syllable, such as UBND or TTHC, hyphens between them allowed."""
    letters = [part for part in word.split("-") if part]
    return bool(letters) and all(part.isalpha() and part.isupper() and not is_syllable(part) for part in letters)


def bare_letters(word: str) -> str:
    """The word without punctuation at its ends."""
    start, end = 0, len(word)
    while start < end and not word[start].isalnum():
        start += 1
    while end > start and not word[end - 1].isalnum():
        end -= 1
    return word[start:end]
