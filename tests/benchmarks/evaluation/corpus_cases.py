"""Papers of the generated corpus as cases: certificates, cards, land papers and forms, and the order a person reads in.

A template sets what belongs together one after the other: the left column, then the right one; a person's lines, then
the next person's; the rows of a form or table across. So the order in which its items were set is the order to read.
"""

from collections.abc import Iterator
from pathlib import Path

from samples.generator.corpus import draw_specimen, list_specimens
from samples.generator.fonts import MM_PER_INCH, PT_PER_INCH, measure_mm
from samples.generator.paper import Page, Text
from samples.generator.templates.registry import TEMPLATES
from tests.benchmarks.evaluation.cases import Case
from tests.benchmarks.evaluation.scores import Box

_QUICK = ("marriage_certificate", "land_use_certificate", "enterprise_registration", "diploma")
"""Two people side by side, pages folded in two, a table, a signature beside notes."""
_SCAN = "clean-200"
PAPERS = tuple(f"paper: {type_code.replace('_', ' ')}" for type_code in TEMPLATES)
"""Classes of these cases: scanned clean, since what they differ in is the layout."""
_SAME_LINE_MM = 0.2
_APART_IN_HEIGHTS = 2.2
"""A gap from which pieces on one line are two columns, as the corpus's own truth parts them."""


def draw_papers(folder: Path, kinds: tuple[str, ...], *, quick: bool) -> Iterator[Case]:
    """One paper of every template of each type, the held-out one too; the same pixels every time."""
    types = tuple(t for t, kind in zip(TEMPLATES, PAPERS, strict=True) if kind in kinds and (t in _QUICK or not quick))
    for specimen in list_specimens("test", 1, types=types, scans=(_SCAN,)) if types else ():
        if quick and specimen.template == "B":
            continue
        paper, pages, dpi = draw_specimen(specimen)
        for number, (page, data) in enumerate(zip(paper.pages, pages, strict=True), start=1):
            path = folder / f"{specimen.name}-{number}.jpg"
            path.write_bytes(data)
            lines = lines_in_order(page)
            truth, places = tuple(text for text, _ in lines), tuple(box for _, box in lines)
            kind = PAPERS[list(TEMPLATES).index(specimen.type_code)]
            yield Case(f"{specimen.type_code} {specimen.template} {number}", kind, path, dpi, truth, places=places)


def lines_in_order(page: Page) -> tuple[tuple[str, Box], ...]:
    """Text and box (fractions of the page) of every printed line, in reading order."""
    lines: list[list[Text]] = []
    for item in page.items:
        if not isinstance(item, Text) or not item.text.strip(". "):
            continue
        if lines and _goes_on(lines[-1][-1], item):
            lines[-1].append(item)
        else:
            lines.append([item])
    return tuple((" ".join(item.text for item in line), _box(line, page)) for line in lines)


def _goes_on(before: Text, item: Text) -> bool:
    gap = item.x - _right(before)
    return abs(before.y - item.y) <= _SAME_LINE_MM and -1.0 <= gap < _APART_IN_HEIGHTS * _height(item)


def _box(line: list[Text], page: Page) -> Box:
    return (
        line[0].x / page.width,
        min(item.y - 0.8 * _height(item) for item in line) / page.height,
        _right(line[-1]) / page.width,
        max(item.y + 0.25 * _height(item) for item in line) / page.height,
    )


def _right(item: Text) -> float:
    return item.x + measure_mm(item.text, item.style, item.size_pt)


def _height(item: Text) -> float:
    return item.size_pt / PT_PER_INCH * MM_PER_INCH
