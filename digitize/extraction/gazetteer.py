"""Names of the districts and communes of Vietnam, before and after the reform of 2025-07-01 (``gazetteer.txt``).

Nothing printed is ever rewritten after them: a name with the same letters and other marks than any that is listed is a
reason to look, one that is listed a reason to believe, and one of other letters none for either, since communes that
were merged before 2024 are not listed.
"""

from functools import cache
from pathlib import Path

from digitize.extraction.letters import fold, split_tone

FILE = Path(__file__).with_name("gazetteer.txt")


def is_listed(name: str, *, district: bool) -> bool | None:
    """False: its letters are listed with other marks only, or as the beginning of longer names only, so that it breaks
    off. ``hoà`` and ``hòa`` are one. A town that was a district may be a commune today, so that the name of either will
    do where a commune is meant.
    """
    exact, letters, beginnings = _load(district)
    if _marked(name) in exact:
        return True
    folded = fold(name)
    return False if folded in letters or folded in beginnings else None


def spellings(name: str, *, district: bool) -> frozenset[str]:
    """The listed names of the same letters, each as it is listed; several, where marks tell two places apart."""
    return _by_letters(district).get(fold(name), frozenset())


def _marked(name: str) -> str:
    """The letters of each word with its tone behind it, wherever the mark is set."""
    return " ".join("".join(split_tone(word)) for word in name.split())


@cache
def _by_letters(district: bool) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name in _names(district):
        found.setdefault(fold(name), set()).add(name)
    return {letters: frozenset(names) for letters, names in found.items()}


@cache
def _load(district: bool) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """All names as they are compared, their letters, and the first words of longer ones."""
    names = _names(district)
    letters = frozenset(fold(name) for name in names)
    beginnings = {" ".join(words[:end]) for words in map(str.split, letters) for end in range(1, len(words))}
    return frozenset(map(_marked, names)), letters, frozenset(beginnings)


def _names(district: bool) -> list[str]:
    names: list[str] = []
    wanted = True
    for line in FILE.read_text("utf-8").splitlines():
        if line.startswith("# "):
            wanted = line == "# districts" or not district
        elif wanted:
            names.append(line)
    return names
