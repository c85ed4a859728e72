"""Units that have ended and the one that took over their papers."""

from collections.abc import Collection, Iterable
from datetime import date

from storage.reuse_api import Unit

Predecessors = dict[str, frozenset[str]]
"""By unit, all that it took over from, and they before it."""


def find_predecessors(units: Iterable[Unit], today: date) -> Predecessors:
    """Of units that have ended by ``today``; nothing of those that only will."""
    direct: dict[str, set[str]] = {}
    for unit in units:
        if unit.successor is not None and unit.valid_to is not None and unit.valid_to < today:
            direct.setdefault(unit.successor, set()).add(unit.code)
    return {code: frozenset(_all_before(code, direct)) for code in direct}


def with_predecessors(units: Collection[str], predecessors: Predecessors) -> frozenset[str]:
    """These units, and what they took over from."""
    return frozenset(units).union(*(predecessors.get(unit, ()) for unit in units))


def _all_before(code: str, direct: dict[str, set[str]]) -> set[str]:
    """A sheet may name two units as each other's successor."""
    found: set[str] = set()
    left = [code]
    while left:
        before = direct.get(left.pop(), set()) - found
        found |= before
        left += before
    return found - {code}
