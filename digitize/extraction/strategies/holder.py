"""The holder of a licence or the person a decision is about, named in the running text.

``Ông <name>, số định danh cá nhân <12 digits>``: taken only where the whole paper names one such person, since of
several nobody is the owner.
"""

from collections.abc import Sequence

from digitize.extraction.layout import Token
from digitize.extraction.normalisers import personal_id
from digitize.extraction.paper import Paper, Reading, read
from digitize.extraction.schema import FieldSpec

ID_REACH = 10
"""Words before the number in which its name (số định danh cá nhân, căn cước, CCCD, CMND) stands."""
NAME_REACH = 18
NAME_WORDS_MAX = 6
_ID_NAMES = ("dinhdanh", "cccd", "cancuoc", "cmnd", "chungminh")
_TITLES = {"ong", "ba", "anh", "chi"}

Found = tuple[tuple[Token, ...], tuple[Token, ...], int]


def find_holder_name(paper: Paper, _field: FieldSpec) -> Reading | None:
    found = _find_holder(paper)
    return None if found is None or not found[0] else read(found[0], found[2])


def find_holder_id(paper: Paper, _field: FieldSpec) -> Reading | None:
    found = _find_holder(paper)
    return None if found is None else read(found[1], found[2])


def _find_holder(paper: Paper) -> Found | None:
    """Name words, number word and page of the only person with a number; None for none or several."""
    people: dict[str, Found] = {}
    for sheet in paper.sheets:
        tokens = [token for segment in sheet.segments for token in segment.tokens]
        for index, token in enumerate(tokens):
            number = personal_id(token.bare) if token.bare.isdigit() else None
            if number is None or not _is_named(tokens[max(0, index - ID_REACH) : index]):
                continue
            people.setdefault(number, (_name_before(tokens, index), (token,), sheet.number))
    return next(iter(people.values())) if len(people) == 1 else None


def _is_named(before: Sequence[Token]) -> bool:
    text = "".join(token.squeezed for token in before)
    return any(name in text for name in _ID_NAMES)


def _name_before(tokens: Sequence[Token], end: int) -> tuple[Token, ...]:
    for start in range(end - 1, max(-1, end - NAME_REACH), -1):
        if tokens[start].squeezed not in _TITLES:
            continue
        name: list[Token] = []
        for token in tokens[start + 1 : start + 1 + NAME_WORDS_MAX]:
            if not token.bare.isalpha() or not token.bare[0].isupper():
                break
            name.append(token)
            if token.text.endswith((",", ";", ".", ":")):
                break
        if len(name) > 1:
            return tuple(name)
    return ()
