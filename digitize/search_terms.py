"""What of a text can be searched for: words with and without their marks, and pairs of neighbours.

A word typed without marks finds it with any marks (``nguyen``: Nguyễn, Nguyên); a word typed with marks finds it with
these marks only, wherever the tone mark stands (``hòa`` is ``hoà``). Upper and lower case are one. Numbers of eight
digits and more are nobody's to search for: persons are found by look-up.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from digitize.errors import UnsearchableError
from digitize.extraction.letters import fold, split_tone
from digitize.model import Record

WORDS_MAX = 20
"""Of one query."""
_WORD = re.compile(r"[^\W_]+")
_STRAY_MARKS = re.compile("[\u0300-\u036f]+")
_NUMBER = re.compile("\\d+(?:([ \u00a0.-])\\d+(?:\\1\\d+)*)?")
"""Digits, also in groups as numbers of persons are often printed."""
_SOLID_DIGITS_MAX, _GROUPED_DIGITS_MAX = 7, 8
"""Eight in groups are a date."""
_QUOTED_OR_NOT = re.compile(r'"([^"]*)"|(\S+)')
_QUOTES = str.maketrans("“”„«»", '"""""')


def index_terms(record: Record) -> set[str]:
    """Of the text of its pages, and of what a reviewer wrote in the place of what was read."""
    terms: set[str] = set()
    for text in (*(page.text for page in record.pages), *_corrected(record)):
        words = [_split_marks(word) for word in _words(_without_long_numbers(text))]
        terms.update(_pairs([plain for plain, _ in words]))
        for plain, marked in set(words):
            terms.add(f"plain {plain}")
            if marked:
                terms.add(f"marked {marked}")
    return terms


def query_terms(query: str) -> set[str]:
    """All of them have to be in a document. Words in quotes, and words joined by anything but a space, have to stand
    side by side, each with its neighbour. Raises UnsearchableError.
    """
    if any(_is_long(number) for number in _NUMBER.finditer(query)):
        raise UnsearchableError
    terms: set[str] = set()
    count = 0
    for quoted, bare in _QUOTED_OR_NOT.findall(query.translate(_QUOTES)):
        words = [_split_marks(word) for word in _words(quoted or bare)]
        terms.update(f"marked {marked}" for _, marked in words if marked)
        # Where a pair stands both of its words do, which need not be asked for.
        terms.update(_pairs([plain for plain, _ in words]) if len(words) > 1 else _unmarked(words))
        count += len(words)
    if not 0 < count <= WORDS_MAX:
        raise UnsearchableError
    return terms


def _corrected(record: Record) -> Iterator[str]:
    for field in record.fields.values():
        if field.state == "corrected" and field.value is not None:
            yield from field.value if isinstance(field.value, list) else [field.value]


def _without_long_numbers(text: str) -> str:
    return _NUMBER.sub(lambda number: " " if _is_long(number) else number[0], text)


def _words(text: str) -> list[str]:
    return _WORD.findall(_STRAY_MARKS.sub("", unicodedata.normalize("NFC", text)).lower())


@lru_cache(maxsize=32_768)
def _split_marks(word: str) -> tuple[str, str]:
    """The word without marks, and with them in one spelling, the tone last; '' where it has none."""
    plain = fold(word)
    return plain, "" if plain == word else "".join(split_tone(word))


def _pairs(plain: list[str]) -> Iterable[str]:
    return (f"pair {one} {following}" for one, following in set(pairwise(plain)))


def _unmarked(words: list[tuple[str, str]]) -> Iterable[str]:
    return (f"plain {plain}" for plain, marked in words if not marked)


def _is_long(number: re.Match[str]) -> bool:
    digits = sum(character.isdigit() for character in number[0])
    return digits > (_GROUPED_DIGITS_MAX if number[1] else _SOLID_DIGITS_MAX)
