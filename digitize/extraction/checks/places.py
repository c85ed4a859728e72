"""Checks of place names against the units of Vietnam, old and new. What is printed is never rewritten."""

import re
from collections.abc import Iterator, Sequence

from digitize.extraction.checks.api import Candidate, Candidates
from digitize.extraction.gazetteer import is_listed, spellings
from digitize.extraction.letters import bare_letters, fold, is_syllable, split_tone
from digitize.extraction.places import PROVINCES
from digitize.extraction.schema import DocumentType

SAYING_WHERE = frozenset({"known_place", "whole_place", "listed_place", "matches_agency", "agency_words"})
"""Checks of fields that name places."""
_BY_LETTERS: dict[str, set[str]] = {}
for _name in PROVINCES:
    _words = _name.lower().replace(" - ", " ")
    _BY_LETTERS.setdefault(fold(_words), set()).add(_words)
_LONGEST = max(len(letters.split()) for letters in _BY_LETTERS)
_UNNAMED = ("thanh pho", "thi tran", "thi xa", "dac khu", "uy ban", "uy ban nhan", "to dan pho", "khu pho")
_UNNAMED_WORDS = frozenset({"tinh", "huyen", "quan", "xa", "phuong", "thanh", "thi", "duong", "pho", "so", "dac"})
_NAMED_LEVELS = {
    "xa": False, "phuong": False, "thi tran": False, "dac khu": False,
    "huyen": True, "quan": True, "thi xa": True,
}  # fmt: skip
"""Folded, and whether it is a district's. ``thành phố`` may be a province's."""
_CAPACITY_OPENINGS = frozenset({"kt", "tl", "tuq", "q", "chu", "pho"})
"""What follows whose committee it is in the position of a signer."""
_LEVELS = ("tinh", "thanh pho", "tp")


def known_place(field: Candidate, _all: Candidates, _others: Sequence[str], _type: DocumentType) -> bool | None:
    """The province that the place ends in, or names after ``tỉnh`` or ``thành phố``, is spelled as it should be.

    False: the same letters with other marks (``tỉnh Quang Nam``). Names outside of the list say nothing: communes
    are many, and a town may be called as no province is.
    """
    if field.value is None:
        return None
    words = [bare_letters(word) for word in field.value.split()]
    words = [word for word in words if word]
    verdicts = [_spelled_right(name) and not name.split()[0].islower() for name in _provinces_in(words)]
    return None if not verdicts else all(verdicts)


def misspelled_provinces(place: str) -> list[tuple[str, str]]:
    """Provinces that a place names with other marks, as it has them, and as they are spelled; where there are several
    spellings, none.
    """
    words = [word.strip(",.;") for word in place.split()]
    wrong = [name for name in _provinces_in([word for word in words if word]) if not _spelled_right(name)]
    spellings = ((name, _BY_LETTERS[fold(name)]) for name in wrong)
    return [(name, next(iter(known)).title()) for name, known in spellings if len(known) == 1 and name.istitle()]


def whole_place(field: Candidate, _all: Candidates, _others: Sequence[str], _type: DocumentType) -> bool | None:
    """False where the place breaks off: it ends in a word of level (``…, thành phố``), or in the beginning of a
    province's name that is none itself (``tỉnh Bắc``); and where it goes on behind its province. Never True: no list
    has every place.
    """
    if field.value is None:
        return None
    words = [fold(bare_letters(word)) for word in field.value.split()]
    words = [word for word in words if word]
    start = _province_start(words)
    if not words or breaks_off(words) or (start and _goes_on_behind_province(words[start:])):
        return False
    return None


def breaks_off(words: Sequence[str]) -> bool:
    """Whether a place of these words cannot end there."""
    folded = [word for word in map(fold, words) if word]
    if not folded or " ".join(folded).endswith(_UNNAMED) or folded[-1] in _UNNAMED_WORDS:
        return True
    start = _province_start(folded)
    name = " ".join(folded[start:])
    return bool(start) and name not in _BY_LETTERS and any(known.startswith(f"{name} ") for known in _BY_LETTERS)


def _province_start(words: Sequence[str]) -> int:
    """Index of the first word behind the last ``tỉnh``, ``thành phố`` or ``TP``; 0: there is none."""
    return next((i + 1 for i in range(len(words) - 1, -1, -1) if words[i] in {"tinh", "pho", "tp"}), 0)


def listed_place(field: Candidate, _all: Candidates, _others: Sequence[str], _type: DocumentType) -> bool | None:
    """Every commune and district that the place names by its level (``xã Ba Vì, huyện Ba Bể``) is listed so; a place
    that names no level is one name. False: one of them is listed with other marks only.
    """
    if field.value is None:
        return None
    if not field.value.isupper() and any(_is_of_two_cases(word) for word in field.value.split()):
        return False  # VỊ Thủy
    verdicts = [is_listed(name, district=district) for name, district in _names_in(field.value)]
    if False in verdicts:
        return False
    return True if verdicts and all(verdicts) else None


def misspelled_places(place: str) -> list[tuple[str, str]]:
    """Communes and districts that are listed with other tones only, as the place has them and as the only listed name
    of these letters has them. ``Đắk`` is spelled in several ways.
    """
    wrong = [
        (name, spellings(name, district=district))
        for name, district in _named_places(place)
        if is_listed(name, district=district) is False
    ]
    known = ((name, next(iter(listed))) for name, listed in wrong if len(listed) == 1)
    return [
        (name, listed.upper() if name.isupper() else listed)
        for name, listed in known
        if _toneless(name) == _toneless(listed) and "đăk" not in _toneless(name)
    ]


def _toneless(name: str) -> list[str]:
    return [split_tone(word)[0] for word in name.split()]


def unmistakable_words(place: str) -> frozenset[str]:
    """The words, in small letters, of the provinces, districts and communes that are spelled as they are listed, and
    that no other listed place has the letters of.
    """
    names = [
        name
        for name, district in _names_in(place)
        if is_listed(name, district=district) and len(spellings(name, district=district)) == 1
    ]
    words = [word for word in map(bare_letters, place.split()) if word]
    names += [name for name in _provinces_in(words) if _spelled_right(name)]
    return frozenset(bare_letters(word).lower() for name in names for word in name.split())


def _names_in(place: str) -> list[tuple[str, bool]]:
    """Those behind a word of level; a place that names no level is one name, unless it is a province."""
    named = list(_named_places(place))
    if not named and "," not in place and not any(c.isdigit() for c in place):
        return [(place, False)] if place not in PROVINCES else []
    return named


def _is_of_two_cases(word: str) -> bool:
    """``VỊ`` and ``TOàn`` in a place in small letters; abbreviations such as ``TP.`` are no syllables."""
    letters = bare_letters(word)
    return len(letters) > 1 and letters[1:].lower() != letters[1:] and is_syllable(letters.lower())


def _named_places(place: str) -> Iterator[tuple[str, bool]]:
    """Names behind a word of level, and whether it is a district's; numbers (``phường 12``) are none."""
    for part in re.split(r"[,;()]|\s[-–]\s", place):
        words = part.split()
        level, start = None, 0
        for index in range(len(words) + 1):
            found = _level_at(words, index)
            ends = index == len(words) or fold(words[index]).rstrip(".") in _CAPACITY_OPENINGS
            if found is None and not ends:
                continue
            name = " ".join(words[start:index])
            if level is not None and name and not any(c.isdigit() for c in name):
                yield name, level
            level, start = (None, index) if found is None else (found[0], index + found[1])


def _level_at(words: Sequence[str], index: int) -> tuple[bool, int] | None:
    """Whether the level that is named there is a district's, and in how many words. Only a capital follows a level in
    small letters: ``xã hội`` is none.
    """
    for length in (2, 1):
        level = fold(" ".join(words[index : index + length]))
        if level in _NAMED_LEVELS and index + length < len(words) and words[index + length][:1].isupper():
            return _NAMED_LEVELS[level], length
    return None


def _goes_on_behind_province(words: Sequence[str]) -> bool:
    """``tỉnh Hải Dương 550,1``: the next cell of a table; only the country may follow."""
    longest = max((n for n in range(1, _LONGEST + 1) if " ".join(words[:n]) in _BY_LETTERS), default=0)
    rest = [word for word in words[longest:] if word != "-"]
    return bool(longest and rest) and rest != ["viet", "nam"] and not any(word in _UNNAMED_WORDS for word in rest)


def _provinces_in(words: Sequence[str]) -> list[str]:
    """Runs of words with the letters of a province's name: at the end, the whole, or behind a word of level."""
    found = []
    for start in range(len(words)):
        for end in range(min(len(words), start + _LONGEST), start, -1):
            if fold(" ".join(words[start:end])) not in _BY_LETTERS:
                continue
            before = fold(" ".join(words[max(0, start - 2) : start]))
            if end == len(words) or before.endswith(_LEVELS):
                found.append(" ".join(words[start:end]))
            break
    return found


def _spelled_right(name: str) -> bool:
    return name.lower() in _BY_LETTERS[fold(name)]
