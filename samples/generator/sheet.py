"""Sets lines and paragraphs on one page, top to bottom."""

import re
from typing import Literal

from samples.generator.fonts import Style, measure_mm
from samples.generator.paper import (
    A4_HEIGHT_MM,
    A4_WIDTH_MM,
    BLACK,
    WHITE,
    Colour,
    Item,
    Page,
    Rule,
    Text,
)

Align = Literal["left", "centre", "right"]
Word = tuple[str, Style]

_MARK = re.compile(r"(\*\*|__)")
_BOLDER = {
    Style.REGULAR: Style.BOLD,
    Style.ITALIC: Style.BOLD_ITALIC,
    Style.SANS: Style.SANS_BOLD,
    Style.SANS_ITALIC: Style.SANS_BOLD_ITALIC,
}
_SLANTED = {
    Style.REGULAR: Style.ITALIC,
    Style.BOLD: Style.BOLD_ITALIC,
    Style.SANS: Style.SANS_ITALIC,
    Style.SANS_BOLD: Style.SANS_BOLD_ITALIC,
}


class Sheet:
    """One page being filled; ``y`` is the baseline of the next line, in mm."""

    def __init__(
        self,
        *,
        left: float = 30.0,
        right: float = 190.0,
        top: float = 24.0,
        width: float = A4_WIDTH_MM,
        height: float = A4_HEIGHT_MM,
    ) -> None:
        self.width = width
        self.height = height
        self.left = left
        self.right = right
        self.y = top
        self._items: list[Item] = []

    def add(self, *items: Item) -> None:
        self._items.extend(items)

    def text(
        self,
        x: float,
        text: str,
        *,
        size: float,
        style: Style = Style.REGULAR,
        align: Align = "left",
        colour: Colour = BLACK,
    ) -> float:
        """Set one line at ``y``, with x its left end, middle or right end; the x where it ends."""
        width = measure_mm(text, style, size)
        start = x - {"left": 0.0, "centre": width / 2, "right": width}[align]
        self.add(Text(start, self.y, text, size, style, colour))
        return start + width

    def stack(
        self, x: float, lines: tuple[str, ...], *, size: float, style: Style = Style.REGULAR, pitch: float
    ) -> None:
        """Lines centred on x, one below the other; ``y`` moves past the last."""
        for line in lines:
            self.text(x, line, size=size, style=style, align="centre")
            self.y += pitch

    def rule(self, x0: float, x1: float, *, dy: float = 0.0, width: float = 0.25) -> None:
        self.add(Rule(x0, self.y + dy, x1, self.y + dy, width))

    def paragraph(
        self,
        marked: str,
        *,
        size: float = 14.0,
        style: Style = Style.REGULAR,
        indent: float = 10.0,
        left: float | None = None,
        right: float | None = None,
        pitch: float = 6.0,
        gap: float = 2.0,
        justify: bool = True,
    ) -> None:
        """Set wrapped text; ``**`` switches bold and ``__`` italic. ``gap`` follows the last line."""
        x0, x1 = left or self.left, right or self.right
        lines = _wrap(_words(marked, style), size, x1 - x0, indent)
        for number, line in enumerate(lines):
            start = x0 + (indent if number == 0 else 0.0)
            last = number == len(lines) - 1
            self._set_words(line, size, start, x1 if justify and not last else None)
            self.y += pitch
        self.y += gap

    def _set_words(self, line: list[Word], size: float, start: float, end: float | None) -> None:
        widths = [measure_mm(word, style, size) for word, style in line]
        space = measure_mm(" ", Style.REGULAR, size)
        if end is not None and len(line) > 1:
            space = (end - start - sum(widths)) / (len(line) - 1)
        x = start
        for (word, style), width in zip(line, widths, strict=True):
            self.add(Text(x, self.y, word, size, style))
            x += width + space

    def finish(self, tint: Colour = WHITE) -> Page:
        return Page(tuple(self._items), tint, self.width, self.height)


def number_page(sheet: Sheet, number: int) -> None:
    """Page number in the middle of the top margin, from the second page on (Decree 30/2020, App. I)."""
    kept, sheet.y = sheet.y, 14.0
    sheet.text(A4_WIDTH_MM / 2, str(number), size=13, align="centre")
    sheet.y = kept


def _words(marked: str, style: Style) -> list[Word]:
    words: list[Word] = []
    bold = slanted = False
    for piece in _MARK.split(marked):
        if piece == "**":
            bold = not bold
        elif piece == "__":
            slanted = not slanted
        else:
            shown = _BOLDER.get(style, style) if bold else style
            shown = _SLANTED.get(shown, shown) if slanted else shown
            words += [(word, shown) for word in piece.split()]
    return words


def _wrap(words: list[Word], size: float, width: float, indent: float) -> list[list[Word]]:
    space = measure_mm(" ", Style.REGULAR, size)
    lines: list[list[Word]] = [[]]
    used = indent
    for word in words:
        length = measure_mm(word[0], word[1], size)
        if lines[-1] and used + length > width:
            lines.append([])
            used = 0.0
        lines[-1].append(word)
        used += length + space
    return lines
