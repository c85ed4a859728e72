"""What forms print around the gaps that a pen fills."""

from samples.generator.fonts import Style
from samples.generator.form_sheet import FormSheet
from samples.generator.paper import Handwriting
from samples.generator.pen import measure_handwriting
from samples.generator.templates.blocks import Office
from samples.generator.words import Date


def set_day(
    sheet: FormSheet,
    lead: str,
    date: Date,
    name: str | None = None,
    *,
    x: float,
    pen: bool,
    style: Style = Style.REGULAR,
    size: float | None = None,
    day_only: bool = False,
) -> float:
    """``lead`` (ends in ``ngày``) and the date, with its truth; the figures, or the day, by pen. The x of its end."""
    points = sheet.look.size if size is None else size
    figures = (f"{date.day:02}", f"{date.month:02}" if date.month < 3 else str(date.month), str(date.year))
    for number, (word, figure) in enumerate(zip((lead, "tháng", "năm"), figures, strict=True)):
        x = sheet.text(x, word, size=points, style=style) + 1.4
        if pen and not (day_only and number):
            height = points * 0.25
            ink = sheet.look.pen_colour
            sheet.add(Handwriting(x, sheet.y, figure, height, sheet.rng.randrange(10**6), ink))
            x += measure_handwriting(figure, height) * 1.08 + 1.4
        else:
            x = sheet.text(x, figure, size=points, style=style) + 1.2
    if name is not None:
        sheet.note(name, date.long, date.iso, pen=pen)
    return x


def name_agency(office: Office, mark: str = "TM.") -> tuple[str, ...]:
    """For whom is signed (TM., before 2000 often T/M), on one line above the position of who signs."""
    return (f"{mark} {' '.join(office.lines)}",)
