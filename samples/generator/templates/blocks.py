"""Parts that many papers share: motto, head, signature, frame, and the offices behind them."""

from dataclasses import dataclass
from random import Random

from samples.generator.fonts import Style, measure_mm
from samples.generator.form_sheet import FormSheet, Look
from samples.generator.paper import BLACK, PEN_BLUE, Colour, Rule, Seal, Signature, Waves
from samples.generator.stock.names import draw_name
from samples.generator.stock.places import Place, capital, draw_place
from samples.generator.templates.administrative import MOTTO
from samples.generator.words import Date

_MOTTO_OLD = ("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


@dataclass(frozen=True, slots=True)
class Office:
    """Who issues: lines of the head, the name in running text, the signer and the seal."""

    parent: tuple[str, ...]
    lines: tuple[str, ...]
    running: str
    place: Place
    position: tuple[str, ...]
    signer: str
    ring: str
    core: tuple[str, ...]


def draw_committee(rng: Random, year: int, *, level: int = 0) -> Office:
    """People's committee of a commune (level 0), of a district or, since 2025, a province (level 1)."""
    place = draw_place(rng, year)
    seat = place.levels[level]
    parent = ()
    if level + 1 < len(place.levels) and rng.random() < 0.3:
        parent = ("ỦY BAN NHÂN DÂN", place.levels[level + 1].upper())
    position = rng.choice((("CHỦ TỊCH",), ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), ("PHÓ CHỦ TỊCH",)))
    return Office(
        parent=parent,
        lines=("ỦY BAN NHÂN DÂN", seat.upper()),
        running=f"Ủy ban nhân dân {', '.join(place.levels[level:])}",
        place=place,
        position=position,
        signer=draw_name(rng, female=rng.random() < 0.35),
        ring=f"{place.province.upper()} ★ ỦY BAN NHÂN DÂN {seat.upper()} ★",
        core=(seat.split()[0].upper(), " ".join(seat.split()[1:]).upper()),
    )


def draw_department(rng: Random, year: int, name: str, unit: str = "") -> Office:
    """A provincial department (sở), or a unit within it."""
    place = draw_place(rng, year)
    full = f"{name} {place.province}"
    above = (name.upper(), place.province.upper())
    head, deputy = ("TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG") if unit else ("GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    return Office(
        parent=above if unit else ("ỦY BAN NHÂN DÂN", place.province.upper()),
        lines=(unit.upper(),) if unit else (name.upper(),),
        running=capital(f"{unit} - {full}" if unit else full),
        place=place,
        position=rng.choice(((head,), (f"KT. {head}", deputy))),
        signer=draw_name(rng, female=rng.random() < 0.35),
        ring=f"{place.province.upper()} ★ {name.upper()} ★",
        core=tuple((unit or name).upper().split(" ", 1)),
    )


def draw_filling(rng: Random, size: float, pitch: float) -> tuple[Look, bool]:
    """How a clerk before the computer filled in a form, by pen or on the typewriter; whether by pen."""
    if rng.random() < 0.5:
        colour = rng.choice((PEN_BLUE, PEN_BLUE, BLACK))
        return Look(size, pitch, leaders="rule", pen_colour=colour), True
    return Look(size, pitch, value=Style.TYPED, strong=Style.TYPED, leaders="rule"), False


def set_motto(sheet: FormSheet, x: float, *, size: float = 13.0, old: bool = False) -> None:
    """Motto centred on x; ``y`` stays on its second line."""
    lines = _MOTTO_OLD if old else MOTTO
    sheet.text(x, lines[0], size=size, style=Style.BOLD, align="centre")
    sheet.y += size * 0.43
    sheet.text(x, lines[1], size=size + 0.5, style=Style.BOLD, align="centre")
    half = measure_mm(lines[1], Style.BOLD, size + 0.5) / 2
    sheet.rule(x - half, x + half, dy=1.8)


def set_head(
    sheet: FormSheet,
    office: Office,
    *,
    number: str | None = None,
    date: Date | None = None,
    left: float = 62.0,
    right: float = 144.0,
    size: float = 12.0,
) -> None:
    """Agency left and motto right, number and date below (Decree 30/2020, App. I), with their truth."""
    top = sheet.y
    sheet.stack(left, office.parent, size=size, pitch=5.2)
    sheet.stack(left, office.lines, size=size, style=Style.BOLD, pitch=5.2)
    half = measure_mm(office.lines[-1], Style.BOLD, size) / 4
    sheet.rule(left - half, left + half, dy=-3.1)
    low = sheet.y
    sheet.y = top
    set_motto(sheet, right, size=size)
    sheet.y = max(low, sheet.y + 6.5) + 2.0
    sheet.note("issuing_agency", " ".join(office.lines))
    if number is not None:
        sheet.text(left, f"Số: {number}", size=13, align="centre")
        sheet.note("document_number", number)
    if date is not None:
        sheet.text(right, f"{office.place.name}, {date.long}", size=13, style=Style.ITALIC, align="centre")
        sheet.note("issue_place", office.place.name)
        sheet.note("issue_date", date.long, date.iso)
    sheet.y += 8.0


def set_signer(
    sheet: FormSheet,
    office: Office,
    *,
    x: float = 148.0,
    title: str | None = None,
    behalf: tuple[str, ...] = (),
    size: float = 13.0,
    deep: float = 34.0,
) -> None:
    """Title, on whose behalf (TM.), position, signature under a seal, name; with their truth: what box 7a of
    Decree 30/2020 holds is the position, so the lines of ``behalf`` belong to it and the title does not.
    """
    if title:
        sheet.stack(x, (title,), size=size, style=Style.BOLD, pitch=5.8)
    sheet.stack(x, behalf, size=size, style=Style.BOLD, pitch=size * 0.44)
    sheet.stack(x, office.position, size=size, style=Style.BOLD, pitch=5.8)
    sheet.y += deep - 5.8
    sheet.text(x, office.signer, size=size + 0.5, style=Style.BOLD, align="centre")
    # Between position and name, as a careful clerk sets it; now and then it touches one of them.
    ink = sheet.y - deep * 0.5 - 1.7 + sheet.rng.uniform(-2, 2)
    turn = sheet.rng.uniform(-9, 9)
    scrawl = Signature(x + 4, ink, 32.0, sheet.rng.randrange(10**6))
    sheet.add(scrawl, Seal(x - 17, ink, min(30.0, deep - 5.0), office.ring, office.core, turn=turn))
    sheet.note("signer_name", office.signer)
    sheet.note("signer_position", " ".join((*behalf, *office.position)))


def set_frame(sheet: FormSheet, colour: Colour, wave: Colour | None = None, *, inset: float = 11.0) -> None:
    """Double frame of a certificate, over waves where it has them."""
    width, height = sheet.width, sheet.height
    if wave is not None:
        sheet.add(Waves(inset + 3, inset + 3, width - inset - 3, height - inset - 3, 3.6, wave))
    for edge, thick in ((inset, 1.0), (inset + 2.0, 0.3)):
        set_box(sheet, (edge, edge, width - edge, height - edge), thick, colour)


def set_box(
    sheet: FormSheet, corners: tuple[float, float, float, float], thick: float = 0.25, colour: Colour = BLACK
) -> None:
    x0, y0, x1, y1 = corners
    for y in (y0, y1):
        sheet.add(Rule(x0, y, x1, y, thick, colour))
    for x in (x0, x1):
        sheet.add(Rule(x, y0, x, y1, thick, colour))


def wrap(text: str, letters: int) -> tuple[str, ...]:
    """Lines of at most so many letters; a longer word has a line of its own."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + len(word) >= letters:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return tuple(lines)
