"""A form being filled in: what is set under the name of a field becomes the paper's truth."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Literal

from samples.generator.fonts import Style, measure_mm
from samples.generator.paper import (
    A4_HEIGHT_MM,
    A4_WIDTH_MM,
    BLACK,
    PEN_BLUE,
    WHITE,
    Colour,
    Handwriting,
    Page,
    Paper,
    Rule,
)
from samples.generator.pen import measure_handwriting
from samples.generator.sheet import Sheet

Leaders = Literal["none", "rule", "dots"]


@dataclass(frozen=True, slots=True)
class Look:
    """How a form is set: sizes in pt, lengths in mm."""

    size: float = 13.0
    pitch: float = 7.4
    label: Style = Style.REGULAR
    value: Style = Style.REGULAR
    strong: Style = Style.BOLD
    gap: float = 1.6
    leaders: Leaders = "none"
    label_colour: Colour = BLACK
    pen_colour: Colour = PEN_BLUE


class FormSheet(Sheet):
    """Pages of one paper; ``turn_over`` begins the next."""

    def __init__(
        self,
        rng: Random,
        look: Look = Look(),
        *,
        left: float = 26.0,
        right: float = 190.0,
        top: float = 24.0,
        width: float = A4_WIDTH_MM,
        height: float = A4_HEIGHT_MM,
    ) -> None:
        super().__init__(left=left, right=right, top=top, width=width, height=height)
        self.rng = rng
        self.look = look
        self._top = top
        self._pages: list[Page] = []
        self._fields: dict[str, Any] = {}
        self._printed: dict[str, str] = {}
        self._places: dict[str, int] = {}
        self._handwritten: list[str] = []

    def note(self, name: str, text: str, value: Any = None, *, pen: bool = False) -> None:
        """State that this page shows the field as ``text``; ``value`` where the record holds another form of it."""
        if name in self._fields:
            return
        self._fields[name] = text if value is None else value
        if value is not None and value != text:
            self._printed[name] = text
        if self._pages:
            self._places[name] = len(self._pages) + 1
        if pen:
            self._handwritten.append(name)

    def value(self, name: str) -> Any:
        """What has been noted for the field. Raises KeyError."""
        return self._fields[name]

    def own(self, name: str, personal_id: str | None = None) -> None:
        """The paper belongs to whom these fields name."""
        for owner, field in (("owner_name", name), ("owner_id", personal_id)):
            if field in self._fields:
                pen = field in self._handwritten
                self.note(owner, self._printed.get(field, self._fields[field]), self._fields[field], pen=pen)

    def field(
        self,
        label: str,
        text: str,
        name: str | None = None,
        value: Any = None,
        *,
        x: float | None = None,
        right: float | None = None,
        strong: bool = False,
        pen: bool = False,
        end: bool = True,
        hang: float | None = None,
    ) -> float:
        """Label and value; a long value goes on below at ``hang`` (default: where the label began).

        The x where the value ends. ``end`` moves on to the next line.
        """
        look = self.look
        start = self.left if x is None else x
        limit = self.right if right is None else right
        after = self.text(start, label, size=look.size, style=look.label, colour=look.label_colour) if label else start
        x_value = after + (look.gap if label else 0.0)
        at = self._set_value(text, x_value, start if hang is None else hang, limit, strong=strong, pen=pen)
        if name is not None:
            self.note(name, text, value, pen=pen)
        if end:
            self.y += look.pitch
        return at

    def _set_value(self, text: str, first: float, hang: float, limit: float, *, strong: bool, pen: bool) -> float:
        style = self.look.strong if strong else self.look.value
        x = first
        lines = self._break(text, style, (first, hang), limit, pen=pen)
        for number, line in enumerate(lines):
            if number:
                self.y += self.look.pitch
            x = first if number == 0 else hang
            if self.look.leaders == "rule":
                self.add(Rule(x, self.y + 1.2, limit, self.y + 1.2, 0.2, dotted=True))
            x = self._write(line, x, style, limit, pen=pen)
        return x

    def _write(self, line: str, x: float, style: Style, limit: float, *, pen: bool) -> float:
        size = self.look.size
        if pen:
            height = size * 0.25
            self.add(Handwriting(x + 1.5, self.y, line, height, self.rng.randrange(10**6), self.look.pen_colour))
            return x + 1.5 + measure_handwriting(line, height)
        if self.look.leaders == "dots":
            x = self.text(x, "." * self.rng.randint(2, 6), size=size, style=self.look.label)
        x = self.text(x, line, size=size, style=style)
        if self.look.leaders == "dots" and (room := int((limit - x) / measure_mm(".", self.look.label, size))) > 1:
            x = self.text(x, "." * room, size=size, style=self.look.label)
        return x

    def _break(self, text: str, style: Style, starts: tuple[float, float], limit: float, *, pen: bool) -> Sequence[str]:
        size = self.look.size

        def measure(line: str) -> float:
            if pen:
                return measure_handwriting(line, size * 0.25) + 1.5
            spare = measure_mm("......", style, size) if self.look.leaders == "dots" else 0.0
            return measure_mm(line, style, size) + spare

        lines: list[str] = []
        current = ""
        for word in text.split():
            room = limit - starts[1 if lines else 0]
            tried = f"{current} {word}".strip()
            if current and measure(tried) > room:
                lines.append(current)
                current = word
            else:
                current = tried
        return [*lines, current]

    def turn_over(self, tint: Colour = WHITE) -> None:
        self._pages.append(self.finish(tint))
        self._items = []
        self.y = self._top

    def done(self, document_type: str, tint: Colour = WHITE) -> Paper:
        pages = (*self._pages, self.finish(tint))
        return Paper(pages, document_type, self._fields, tuple(self._handwritten), self._printed, self._places)
