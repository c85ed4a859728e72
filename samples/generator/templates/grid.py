"""Forms in columns: tables with a heading over each column, and boxes for one digit each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from random import Random
from typing import Any

from samples.generator.fonts import Style, measure_mm
from samples.generator.form_sheet import FormSheet
from samples.generator.paper import Handwriting, Rule
from samples.generator.pen import measure_handwriting
from samples.generator.templates.blocks import Office, set_box

_SIDE_MM = 1.4
"""Between the print of a cell and its rules."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows, and where it is a field: its name, and its value if that reads otherwise."""

    text: str
    name: str | None = None
    value: Any = None
    pen: bool = False
    label: bool = False
    """Printed with the form, not filled in."""
    strong: bool = False


def head_cells(*texts: str) -> tuple[Cell, ...]:
    return tuple(Cell(text, label=True, strong=True) for text in texts)


def set_grid(sheet: FormSheet, edges: Sequence[float], rows: Sequence[Sequence[Cell]]) -> None:
    """Set ruled rows below each other; ``edges`` are the x of the upright rules, one more than there are columns."""
    filled = sheet.look
    printed = replace(filled, value=filled.label, strong=Style.BOLD)
    lift = filled.pitch * 0.74
    top = sheet.y - lift
    sheet.add(Rule(edges[0], top, edges[-1], top))
    for row in rows:
        start = low = sheet.y
        for cell, (x0, x1) in zip(row, pairwise(edges), strict=True):
            sheet.y = start
            sheet.look = printed if cell.label else filled
            x, right = x0 + _SIDE_MM, x1 - _SIDE_MM
            sheet.field("", cell.text, cell.name, cell.value, x=x, right=right, pen=cell.pen, strong=cell.strong)
            low = max(low, sheet.y)
        sheet.y = low
        sheet.add(Rule(edges[0], low - lift, edges[-1], low - lift))
    for x in edges:
        sheet.add(Rule(x, top, x, sheet.y - lift))
    sheet.look = filled


def set_digits(sheet: FormSheet, digits: str, *, x: float, pen: bool, side: float = 5.4) -> None:
    """A box for each digit, on the line at ``y``."""
    size = sheet.look.size
    for place, digit in enumerate(digits):
        left = x + place * side
        set_box(sheet, (left, sheet.y - 0.76 * side, left + side, sheet.y + 0.24 * side), 0.2)
        if pen:
            height = size * 0.25
            start = left + (side - measure_handwriting(digit, height)) / 2
            sheet.add(Handwriting(start, sheet.y, digit, height, sheet.rng.randrange(10**6), sheet.look.pen_colour))
        else:
            sheet.text(left + (side - measure_mm(digit, Style.REGULAR, size)) / 2, digit, size=size)


def on_behalf(office: Office) -> tuple[str, ...]:
    """Of the committee (TM.), above the position of who signs for it."""
    return f"TM. {office.lines[0]}", office.lines[1]


def draw_trade(rng: Random) -> str:
    return rng.choice(("Làm ruộng", "Giáo viên", "Công nhân", "Buôn bán nhỏ", "Bộ đội", "Thợ may", "Cán bộ", "Ngư dân"))
