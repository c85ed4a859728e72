"""Restores letters the recognizer lost where the paper can have printed one thing only: CHU TỊCH is CHỦ TỊCH.

Never in silence: ``text`` keeps what was read, the value bears ``doubt:restored`` among its checks, and how often such
values are right is fitted like any other clue. Of places only single letters are restored so, since no list has them
all; one that is listed with other marks is offered as it is listed (``doubt:respelled``), and never accepted.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from rapidfuzz.distance import Indel

from digitize.extraction.api import Doubt
from digitize.extraction.checks.places import SAYING_WHERE, misspelled_places, misspelled_provinces
from digitize.extraction.letters import fold, single, split_tone
from digitize.extraction.names import COMMON_FAMILIES, FAMILIES, NAME_SYLLABLES
from digitize.extraction.schema import FieldSpec
from digitize.extraction.vocabulary import (
    BODIES,
    CAPACITIES,
    CAUSES_OF_DEATH,
    OFFICE_PHRASES,
    OFFICES_SHORT,
    SYMBOLS,
    TRADE_PHRASES,
)

_AUTHORITIES = ("TM.", "T/M", "KT.", "TL.", "TUQ.", "Q.")
_SEPARATORS = "'`\"“”‘’_|.,:;- "
_SURE_FROM = 0.9
"""Confidence of a family name from which it stands as read: ``Nguyên`` for ``Nguyễn`` has 0.5 to 0.8."""
_LETTERS_MIN = 6
_LOST_AT_START = 2
_HAMLET = re.compile(r"(^|[,] )T[ốồ] (?=\d|dân phố)")
"""Tổ (dân phố), the smallest part of a ward."""
_PROVINCE_WORD = re.compile(r"(^|[,] )([Tt])[iìíĩ]nh (?=[A-ZĐ])")
"""Tỉnh before a name; Tịnh begins the names of communes."""
_OFFICE_JOINED = re.compile(rf"\b(SỞ|BỘ)({'|'.join(OFFICES_SHORT)})\b")
_SLASH_LOST = re.compile(rf"([0-9]{{1,6}})((?:{'|'.join(SYMBOLS)})-[A-ZĐ][A-ZĐ0-9-]{{1,12}})")
_SPECKS = "ˆ„“”‘’'\"`*^~.,_-–—°|"
_FRACTION = re.compile(r"(?<=\d)[Il|](?=\d)")
_FOREIGN = str.maketrans("ÑñŸÿ", "NnỸỹ")
"""Letters of no Vietnamese name, and what they were."""
_FOR_GOOD = "Lâu dài"
_AI = re.compile(r"(?<=với )al$")
_GIVEN_ONLY = frozenset({"nguyên", "trân", "định"})
"""Syllables that no family has, with the letters of one."""
_MIDDLE, _MIDDLE_FROM = "Văn", 3
_IA = re.compile(r"(^|[,] |xã |phường |huyện |thị trấn |thị xã |Xã |Huyện )la (?=[A-ZĐ])")
"""Many communes of the highlands are called Ia …, and none la."""


def restore(field: FieldSpec, value: str, first_word: float) -> tuple[str, Doubt] | None:
    """The value with its letters restored; None where nothing is to restore, or more than one thing could be.

    ``first_word``: the recognizer's confidence in it, 0 to 1.
    """
    restored = _restore(field, single(value), first_word) or value
    respelled = restored
    if SAYING_WHERE & set(field.checks):
        for wrong, right in misspelled_places(restored):
            respelled = respelled.replace(wrong, right)
    if respelled != restored:
        return respelled, "respelled"
    return None if restored == value else (restored, "restored")


def _restore(field: FieldSpec, value: str, first_word: float) -> str | None:
    if "signer_position" in field.strategies:
        restored = _restore_position(value) or _restore_capacity(value)
    elif field.normaliser == "name":
        spelled = value.translate(_FOREIGN)
        restored = _restore_middle(_restore_family(spelled, first_word) or spelled)
    elif "known_term" in field.checks and fold(value) == fold(_FOR_GOOD):
        restored = _FOR_GOOD
    elif "known_marital_status" in field.checks:
        restored = _AI.sub("ai", value)
    elif "known_cause" in field.checks:
        restored = _restore_phrases(value, _CAUSES)
    elif "enterprise_name" in field.checks:
        restored = _restore_phrases(value, _TRADES)
    else:
        restored = _restore_place(value) if SAYING_WHERE & set(field.checks) else value
    if "agency_words" in field.checks:
        restored = _OFFICE_JOINED.sub(r"\1 \2", _restore_phrases(restored or value, _OFFICES))
    return restored


def mend(field: FieldSpec, text: str) -> str | None:
    """What was printed where the text is no value of the field as read, and one thing only can have been: a slash that
    is lost before a symbol, specks and dots beside a name. None where nothing is known.
    """
    mended = single(text)
    if field.normaliser == "document_number":
        mended = _SLASH_LOST.sub(r"\1/\2", "".join(mended.split()))
    elif field.normaliser == "name":
        words = mended.split()
        kept = [word for word in words if any(c.isalpha() for c in word)]
        mended = " ".join(word.strip(_SPECKS) for word in kept)
    return None if mended == text else mended


def _restore_place(value: str) -> str:
    """Signs that print cannot have had there, and the province, of which there are few; other names stay as read."""
    value = _FRACTION.sub("/", _HAMLET.sub(r"\1Tổ ", _IA.sub(r"\1Ia ", value)))
    value = _PROVINCE_WORD.sub(r"\1\2ỉnh ", value)
    for wrong, right in misspelled_provinces(value):
        value = value.replace(wrong, right)
    return value


_Phrases = Mapping[tuple[str, ...], str]
"""How phrases are spelled, by their words folded."""


def _by_words(phrases: Iterable[str]) -> _Phrases:
    return {tuple(fold(phrase).split()): phrase for phrase in phrases}


_CAUSES, _OFFICES, _TRADES = map(_by_words, (CAUSES_OF_DEATH, OFFICE_PHRASES, TRADE_PHRASES))


def _restore_phrases(value: str, phrases: _Phrases) -> str:
    """``Ủng thư phổi``, ``ỦY BẠN NHÂN DÂN``: the words of a phrase that is known, in the case read."""
    words = value.split(" ")
    letters = [fold(word.strip(_SEPARATORS)) for word in words]
    for phrase, spelled in phrases.items():
        for start in range(len(words) - len(phrase) + 1):
            if tuple(letters[start : start + len(phrase)]) != phrase:
                continue
            for index, right in enumerate(spelled.split(), start):
                bare = words[index].strip(_SEPARATORS)
                words[index] = words[index].replace(bare, _spell_as(bare, right))
    return " ".join(words)


def _spell_as(read: str, right: str) -> str:
    if split_tone(read) == split_tone(right) or "uỷ" in read.lower():
        return read  # uỷ is ủy, hoà is hòa
    return right.upper() if read.isupper() else right.capitalize() if read[:1].isupper() else right


def _phrases() -> Iterator[str]:
    yield from BODIES
    for before, capacity in product(("", "PHÓ "), CAPACITIES):
        yield before + capacity


_SPELLED: dict[tuple[str, ...], str] = {tuple(fold(phrase).split()): phrase for phrase in _phrases()}
_LONGEST = max(map(len, _SPELLED))


def _restore_position(value: str) -> str | None:
    """Phrase by phrase, the longest first; None where a word belongs to none."""
    words = [word.strip(_SEPARATORS) for word in value.split()]
    letters = [fold(word) for word in words]
    found: list[str] = []
    start = 0
    while start < len(words):
        if not words[start]:
            start += 1
            continue
        authority = _authority(words[start])
        if authority is not None:
            found.append(authority)
            start += 1
            continue
        length = _spelled_from(letters, start)
        if not length:
            # Whose committee it is, as read: no list has all places.
            if not found or found[-1] not in BODIES:
                return None
            end = next((i for i in range(start, len(words)) if _opens(words, letters, i)), len(words))
            found.append(" ".join(filter(None, words[start:end])))
            start = end
            continue
        found.append(_SPELLED[tuple(letters[start : start + length])])
        start += length
    return " ".join(found) or None


def _spelled_from(letters: Sequence[str], start: int) -> int:
    """How many words from there on are one phrase; 0: none."""
    lengths = range(min(_LONGEST, len(letters) - start), 0, -1)
    return next((n for n in lengths if tuple(letters[start : start + n]) in _SPELLED), 0)


def _authority(word: str) -> str | None:
    """``TM.`` of ``tm``; ``T/M``, as before 2011, has no full stop."""
    return next((known for known in _AUTHORITIES if word.upper() in {known, known.rstrip(".")}), None)


def _opens(words: Sequence[str], letters: Sequence[str], index: int) -> bool:
    return _authority(words[index]) is not None or _spelled_from(letters, index) > 0


def _restore_capacity(value: str) -> str | None:
    """``IAM ĐỌC``, ``GLAM ĐỌC``, ``TAM ĐỌC``: one letter is lost, or two at the start, or I is L, or the first two are
    one that is another; and one capacity alone is so.
    """
    letters = fold(value).strip(_SEPARATORS)
    alike = [phrase for letters_of, phrase in _SPELLED.items() if _is_near(letters, " ".join(letters_of))]
    return alike[0] if len(alike) == 1 else None


def _is_near(letters: str, whole: str) -> bool:
    letters, whole = letters.replace("l", "i"), whole.replace("l", "i")
    if len(letters) < _LETTERS_MIN:
        return False
    behind_start = whole[_LOST_AT_START:]
    return Indel.distance(letters, whole, score_cutoff=1) <= 1 or behind_start in {letters, letters[1:]}


def _by_letters(families: Iterable[str]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for family in sorted(families):
        found.setdefault(fold(family), []).append(family)
    return found


_FAMILIES = {**_by_letters(FAMILIES), **_by_letters(COMMON_FAMILIES)}
"""By their letters without marks; of rare and common ones with the same letters the common."""


def _restore_family(value: str, first_word: float) -> str | None:
    first, _, others = value.partition(" ")
    lowered = first.lower()
    families = _FAMILIES.get(fold(first), [])
    if not others or len(families) != 1 or lowered in families:
        return None
    # A rarer family name, such as Lù or Lễ, is none that lost its marks.
    if lowered not in _GIVEN_ONLY and (lowered in NAME_SYLLABLES or first_word >= _SURE_FROM):
        return None
    family = families[0]
    return f"{family.upper() if first.isupper() else family.capitalize()} {others}"


def _restore_middle(value: str) -> str:
    """``Nguyễn Vẫn Tường``: second of three words or more, and a syllable of no name but for its marks; nine in ten
    men's names with these letters there have Văn.
    """
    words = value.split(" ")
    if len(words) < _MIDDLE_FROM or fold(words[1]) != fold(_MIDDLE) or words[1].lower() in NAME_SYLLABLES:
        return value
    words[1] = _MIDDLE.upper() if words[1].isupper() else _MIDDLE
    return " ".join(words)
