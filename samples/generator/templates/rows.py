"""Forms in ruled tables: a label in the left column, its value in the right."""

from typing import Any

from samples.generator.form_sheet import FormSheet
from samples.generator.paper import Rule

Row = tuple[str, str] | tuple[str, str, str] | tuple[str, str, str, Any]
"""Label, text, and where it is a field: its name, and its value if that reads otherwise."""


def set_rows(sheet: FormSheet, rows: list[Row], *, column: float, left: float | None = None) -> None:
    """Set the rows below each other; ``column`` is the x where the values begin."""
    x0, x1 = sheet.left if left is None else left, sheet.right
    top = edge = sheet.y - 5.2
    for row in rows:
        label, text, name, value = (*row, None, None)[:4]
        start = sheet.y
        sheet.field(label, "", x=x0 + 1.5, right=column - 1)
        low = sheet.y
        sheet.y = start
        sheet.field("", text, name, value, x=column + 1.5, right=x1 - 1)
        sheet.y = max(low, sheet.y)
        edge = sheet.y - 5.2
        sheet.add(Rule(x0, edge, x1, edge))
    for x in (x0, column, x1):
        sheet.add(Rule(x, top, x, edge))
    sheet.add(Rule(x0, top, x1, top))
