"""Cuts a line where it ran from one column into the next."""

from itertools import pairwise

from digitize.recognition.api import Line


def gaps_of(line: Line) -> list[tuple[float, int]]:
    """Width of each gap, as a share of the page's width, and the index of the word behind it."""
    return [(after.box[0] - before.box[2], n) for n, (before, after) in enumerate(pairwise(line.words), 1)]


def cut_at(line: Line, place: int) -> tuple[Line, Line]:
    """The words before ``place``, and from it on."""
    return Line(line.words[:place], line.block), Line(line.words[place:], line.block)
