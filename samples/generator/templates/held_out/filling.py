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
) -> float:
    """``lead`` (ends in ``ngày``) and the date, with its truth; by pen only the figures. The x where it ends."""
    points = sheet.look.size if size is None else size
    if pen:
        figures = (f"{date.day:02}", f"{date.month:02}" if date.month < 3 else str(date.month), str(date.year))
        for word, figure in zip((lead, "tháng", "năm"), figures, strict=True):
            x = sheet.text(x, word, size=points, style=style) + 1.2
            height = points * 0.25
            ink = sheet.look.pen_colour
            sheet.add(Handwriting(x, sheet.y, figure, height, sheet.rng.randrange(10**6), ink))
            x += measure_handwriting(figure, height) * 1.08 + 1.4
    else:
        x = sheet.text(x, f"{lead} {date.long.removeprefix('ngày ')}", size=points, style=style)
    if name is not None:
        sheet.note(name, date.long, date.iso, pen=pen)
    return x


def set_agency_title(sheet: FormSheet, office: Office, *, x: float, size: float, mark: str = "TM.") -> None:
    """For the agency (TM., before 2000 often T/M), on one line above the position of who signs for it."""
    sheet.stack(x, (f"{mark} {' '.join(office.lines)}",), size=size, style=Style.BOLD, pitch=size * 0.44)
