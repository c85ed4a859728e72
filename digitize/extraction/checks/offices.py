"""Checks of what an office puts on its papers: number and symbol, its name, the signer's position."""

import re
from collections.abc import Sequence
from itertools import pairwise

from digitize.extraction.checks.api import Candidate, Candidates, value_of
from digitize.extraction.checks.places import unmistakable_words
from digitize.extraction.letters import bare_letters, fold, is_syllable
from digitize.extraction.schema import DocumentType
from digitize.extraction.vocabulary import AGENCY_NOUNS, AGENCY_TERMS, BODIES, CAPACITIES

_SYMBOL = re.compile(r"\d{1,8}[A-Za-z]?/(?:\d{4}/)?([A-ZĐƯa-zđư]{1,12})((?:[-/&][A-ZĐƯa-zđư0-9]{1,12}){0,6})")
_REGISTER_NUMBER = re.compile(r"\d{1,6}(?:/(?:19|20)\d\d|/[A-ZĐ]{1,8}(?:-[A-ZĐ]{1,8}){0,3})?")
_LEVELS = {"tinh", "xa", "phuong", "huyen", "quan", "thanh", "thi", "dac", "uy", "so", "bo", "cuc", "hoi"}
"""Words that open a line of an agency's name; there they have one right spelling."""
_LEVEL_SPELLINGS = {
    "tỉnh", "xã", "phường", "huyện", "quận", "thành", "thị", "đặc", "ủy", "uỷ", "sở", "bộ", "cục", "hội",
}  # fmt: skip
_HEADS_OF_POLICE = ("cuc truong", "bo truong", "giam doc", "cong an", "canh sat")
_PLACES = "XÃ|PHƯỜNG|THỊ TRẤN|HUYỆN|QUẬN|THỊ XÃ|THÀNH PHỐ|TỈNH|ĐẶC KHU"
_CAPACITY = rf"(?:PHÓ )?(?:{'|'.join(CAPACITIES)})"
_POSITION = re.compile(
    rf"(?:(?:TM\.|T/M) (?:{'|'.join(BODIES)})(?: (?:{_PLACES})(?: [0-9A-ZÀ-ỸĐ-]{{1,7}}){{1,8}})? )?"
    rf"(?:(?:TL|TUQ)\. {_CAPACITY} )?"
    rf"(?P<deputy_for>KT\. {_CAPACITY} )?(?:Q\. )?(?P<capacity>{_CAPACITY})"
)


def number_symbol_known(
    field: Candidate, fields: Candidates, others: Sequence[str], document_type: DocumentType
) -> bool | None:
    """The symbol (ký hiệu) is the one the printed kind takes; holds for the number as for the kind."""
    kind_field = fields.get(others[0]) if others else None
    number = field if field.value and "/" in field.value else kind_field
    kind_name = kind_field.value if number is field and kind_field else field.value
    if number is None or number.value is None or kind_name is None:
        return None
    match = _SYMBOL.fullmatch(number.value)
    if match is None:
        return False
    first = match[1]
    kinds = {kind.name: kind for kind in document_type.match.kinds}
    kind = kinds.get(kind_name)
    if kind is None:
        return None
    if kind.unprinted:
        taken = {symbol for other in document_type.match.kinds for symbol in other.symbols}
        return first not in taken and bool(match[2])
    return first in kind.symbols


def register_number(field: Candidate, _all: Candidates, _others: Sequence[str], _type: DocumentType) -> bool | None:
    """A number of the civil register: alone, with its year, or with a symbol in capitals."""
    return None if field.value is None else _REGISTER_NUMBER.fullmatch(field.value) is not None


def matches_agency(field: Candidate, fields: Candidates, others: Sequence[str], _type: DocumentType) -> bool | None:
    """The place is part of the agency's name (``others[0]``), letter for letter but for the case."""
    agency = fields.get(others[0])
    if agency is None or agency.value is None or field.value is None:
        return None
    place = [bare_letters(word).lower() for word in field.value.split()]
    words = [bare_letters(word).lower() for word in agency.value.split()]
    if any(words[i : i + len(place)] == place for i in range(len(words))):
        return True
    same_letters = [fold(word) for word in place]
    folded = [fold(word) for word in words]
    # The same letters with other marks: one of the two was read wrongly. Another place says nothing.
    return False if any(folded[i : i + len(place)] == same_letters for i in range(len(folded))) else None


def agency_words(field: Candidate, _all: Candidates, _others: Sequence[str], _type: DocumentType) -> bool | None:
    """Every word is a possible syllable, words of level such as TỈNH are spelled right (scans read TINH), and it opens
    as agencies' names do: ``NAM ĐỊNH`` has lost its first line.
    """
    if field.value is None:
        return None
    if not f"{fold(field.value)} ".startswith(AGENCY_NOUNS):
        return False
    if any(word.endswith((".", ";", ":")) for word in field.value.split()):
        return False  # a speck at the end of a head line, read as a full stop
    words = [bare_letters(word).lower() for word in field.value.split()]
    words = [word for word in words if word.isalpha()]
    if not words or (words[0] not in _LEVEL_SPELLINGS and fold(words[0]) in _LEVELS):
        return False
    for before, word in pairwise(words):
        after_noun = before in {"dân", "đồng", "phố", "ban"} and (before, word) != ("ban", "quản")
        if after_noun and fold(word) in _LEVELS and word not in _LEVEL_SPELLINGS:
            return False
    known = unmistakable_words(field.value)
    return all(is_syllable(word) or word in AGENCY_TERMS or word in known for word in words)


def police_capacity(field: Candidate, fields: Candidates, others: Sequence[str], _type: DocumentType) -> bool | None:
    """Who signs a citizen's card heads the police or a part of it; who certifies a copy of one is another. The position
    is ``others[0]``.
    """
    position = value_of(fields, others)
    if field.value is None or position is None:
        return None
    return any(head in fold(position) for head in _HEADS_OF_POLICE)


def known_capacity(field: Candidate, _all: Candidates, _others: Sequence[str], _type: DocumentType) -> bool | None:
    """The position is complete and put together as Decree 30/2020 has it (Appendix I, box 7a).

    ``TM. <body>`` is followed by a capacity, ``KT. <capacity>`` by a deputy's: a scan that lost a line under the
    seal fails here.
    """
    if field.value is None:
        return None
    words = field.value.upper().replace("UỶ", "ỦY").replace(".", ". ").split()
    match = _POSITION.fullmatch(" ".join(words))
    if match is None:
        return False
    return match["deputy_for"] is None or match["capacity"].startswith(("PHÓ ", "THỨ TRƯỞNG"))


def number_matches_agency(
    field: Candidate, fields: Candidates, others: Sequence[str], _type: DocumentType
) -> bool | None:
    """The symbol names the agency that issued the paper (Decree 30/2020, Appendix I, box 3): ``84/QĐ-UBND``.

    One is the number, the other ``others[0]``. Abbreviations other than of the people's committees and councils
    follow no rule, so that only the initials of the agency's name support them and nothing refutes them.
    """
    other = value_of(fields, others)
    if field.value is None or other is None:
        return None
    number, agency = (field.value, other) if _SYMBOL.fullmatch(field.value) else (other, field.value)
    match = _SYMBOL.fullmatch(number)
    if match is None:
        return None
    bodies = [part for part in re.split(r"[-/&]", f"{match[1]}{match[2]}") if part]
    words = [fold(bare_letters(word)) for word in agency.split()]
    name = " ".join(word for word in words if word)
    for body, printed in (("UBND", ("uy ban nhan dan", "ubnd")), ("HĐND", ("hoi dong nhan dan", "hdnd"))):
        if body in bodies:
            return any(one in name for one in printed)
    initials = "".join(word[0] for word in words if word and word not in {"va", "cua"})
    return True if any(len(body) > 1 and initials.startswith(fold(body)) for body in bodies[1:]) else None
