"""Template F of the cards: enlarged by a copier onto one sheet, certified as a true copy or not; front above back."""

from dataclasses import dataclass, replace
from random import Random

from samples.generator.fonts import Style
from samples.generator.form_sheet import FormSheet, Look
from samples.generator.paper import Barcode, Box, Colour, Paper, Seal, Signature, Waves
from samples.generator.stock.names import draw_name
from samples.generator.stock.people import Person, draw_date, draw_person
from samples.generator.templates.blocks import draw_committee, set_box
from samples.generator.templates.cards import HEIGHT_MM, NO_EXPIRY, WIDTH_MM, compact, draw_holder, write_mrz
from samples.generator.templates.grid import Cell, head_cells, set_grid
from samples.generator.words import Date

_RED: Colour = (188, 34, 40)
_CHIP: Colour = (200, 176, 120)


@dataclass(frozen=True, slots=True)
class _Copy:
    """One side of a card on the sheet: where its corner lies, how much the copier enlarged, its tints."""

    x: float
    y: float
    scale: float
    tint: Colour
    wave: Colour
    grey: bool

    def at(self, sheet: FormSheet, y: float) -> None:
        sheet.y = self.y + y * self.scale

    def across(self, x: float) -> float:
        return self.x + x * self.scale

    def look(self, size: float, pitch: float) -> Look:
        k = self.scale
        return Look(size * k, pitch * k, Style.SANS, Style.SANS, Style.SANS_BOLD, gap=1.2 * k)

    def lay(self, sheet: FormSheet) -> None:
        x1, y1 = self.across(WIDTH_MM), self.y + HEIGHT_MM * self.scale
        sheet.add(Box(self.x, self.y, x1, y1, self.tint))
        sheet.add(Waves(self.x + 1, self.y + 3, x1 - 1, y1 - 3, 2.6, self.wave))
        set_box(sheet, (self.x, self.y, x1, y1), 0.25, (140, 140, 146))

    def box(self, sheet: FormSheet, corners: tuple[float, float, float, float], colour: Colour, *, face: bool) -> None:
        x0, y0, x1, y1 = corners
        k = self.scale
        sheet.add(Box(self.across(x0), self.y + y0 * k, self.across(x1), self.y + y1 * k, colour, portrait=face))

    def red(self) -> Colour:
        return (60, 60, 64) if self.grey else _RED

    def print(
        self, sheet: FormSheet, x: float, text: str, size: float, style: Style = Style.SANS, *, red: bool = False
    ) -> float:
        colour = self.red() if red else (28, 28, 32)
        return sheet.text(self.across(x), text, size=size * self.scale, style=style, colour=colour)

    def centre(self, sheet: FormSheet, x: float, text: str, size: float, style: Style, step: float) -> None:
        colour = self.red() if style is Style.SANS_BOLD and size > 8 else (28, 28, 32)
        middle = self.across(x)
        sheet.text(middle, text, size=size * self.scale, style=style, align="centre", colour=colour)
        sheet.y += step * self.scale


def _draw_copies(rng: Random, tint: Colour, wave: Colour, *, grey: float = 0.0) -> tuple[_Copy, _Copy]:
    """Front and back below each other, not quite in line; ``grey`` of the copies have no colour."""
    bare = rng.random() < grey
    if bare:
        tint, wave = (236, 236, 236), (218, 218, 218)
    scale = rng.choice((1.0, 1.25, 1.4))
    middle = (210 - WIDTH_MM * scale) / 2
    x, y = middle + rng.uniform(-6, 6), rng.uniform(20, 30)
    front = _Copy(x, y, scale, tint, wave, bare)
    return front, replace(front, x=middle + rng.uniform(-6, 6), y=y + HEIGHT_MM * scale + rng.uniform(6, 14))


def draw_card_f(rng: Random) -> Paper:
    """Căn cước of July 2024 in its true order, often as a certified copy; a small child's has no photograph."""
    issued = draw_date(rng, 2024, 2026)
    if issued.year == 2024 and issued.month < 7:
        issued = replace(issued, month=issued.month + 6)
    person, expiry = draw_holder(rng, issued.year)
    child = rng.random() < 0.15
    if child:
        born = (issued.year - 5, issued.year - 2)
        person = draw_person(rng, born=born, year=issued.year, capitals=True)
        expiry = Date(min(person.born.day, 28), person.born.month, person.born.year + 14)
    front, back = _draw_copies(rng, (226, 240, 236), (206, 228, 222), grey=0.5)
    sheet = FormSheet(rng)
    _set_card_front(sheet, front, person, child=child)
    _set_card_back(sheet, back, person, issued, expiry)
    if rng.random() < 0.6:
        _certify(sheet, back.y + HEIGHT_MM * back.scale + 10, issued)
    sheet.own("full_name", "personal_id")
    return sheet.done("citizen_card")


def _set_card_front(sheet: FormSheet, copy: _Copy, person: Person, *, child: bool) -> None:
    copy.lay(sheet)
    copy.at(sheet, 4.6)
    copy.centre(sheet, 48, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 6.2, Style.SANS_BOLD, 2.5)
    copy.centre(sheet, 48, "Độc lập - Tự do - Hạnh phúc", 5.6, Style.SANS_BOLD, 2.3)
    copy.centre(sheet, 48, "SOCIALIST REPUBLIC OF VIET NAM", 4.6, Style.SANS, 1.9)
    copy.centre(sheet, 48, "Independence - Freedom - Happiness", 4.6, Style.SANS, 4.2)
    copy.centre(sheet, 48, "CĂN CƯỚC", 11, Style.SANS_BOLD, 2.6)
    copy.centre(sheet, 48, "IDENTITY CARD", 6, Style.SANS, 4.0)
    copy.box(sheet, (72, 14, 79, 19), (180, 180, 180) if copy.grey else _CHIP, face=False)
    if not child:
        copy.box(sheet, (4, 20, 23, 47), (168, 168, 168) if copy.grey else (216, 220, 224), face=not copy.grey)
    _pair(sheet, copy, 27, "Số định danh cá nhân / Personal identification number", person.personal_id, "personal_id")
    label = "Họ, chữ đệm và tên khai sinh / Full name"
    _pair(sheet, copy, 27, label, person.shown, "full_name", gap=5.2)
    born = person.born
    top = sheet.y
    _pair(sheet, copy, 27, "Ngày, tháng, năm sinh / Date of birth", born.slashed, "date_of_birth", born.iso)
    sheet.y = top
    _pair(sheet, copy, 66, "Giới tính / Sex", person.sex, "sex", person.sex_value, gap=4.4)
    _pair(sheet, copy, 27, "Quốc tịch / Nationality", "Việt Nam", "nationality")


def _pair(
    sheet: FormSheet,
    copy: _Copy,
    x: float,
    label: str,
    text: str,
    name: str | None,
    value: str | None = None,
    *,
    gap: float = 4.4,
    right: float = 83.6,
) -> None:
    """Small label, its value below; two of them may stand beside each other."""
    copy.print(sheet, x, label, 4.8)
    sheet.y += 2.9 * copy.scale
    sheet.look = copy.look(6.6, 2.8)
    sheet.field("", text, name, value, x=copy.across(x), right=copy.across(right), strong=True, end=False)
    sheet.y += gap * copy.scale


def _set_card_back(sheet: FormSheet, copy: _Copy, person: Person, issued: Date, expiry: Date | None) -> None:
    copy.lay(sheet)
    copy.box(sheet, (67, 22.5, 79, 31.5), (190, 190, 190) if copy.grey else _CHIP, face=False)
    qr = (person.personal_id, "", person.name, compact(person.born), person.sex, person.residence, compact(issued))
    sheet.add(Barcode(copy.across(65), copy.y + 3 * copy.scale, 18 * copy.scale, "|".join((*qr, "", "", ""))))
    copy.at(sheet, 4.6)
    _pair(sheet, copy, 4, "Nơi cư trú / Place of residence", person.residence, "residence", right=64, gap=4.0)
    _pair(sheet, copy, 4, "Nơi đăng ký khai sinh / Place of birth", person.home.full, None, right=64, gap=4.0)
    label = "Ngày, tháng, năm cấp / Date of issue"
    top = sheet.y = max(sheet.y, copy.y + 24.4 * copy.scale)
    _pair(sheet, copy, 4, label, issued.slashed, "issue_date", issued.iso)
    until = expiry.slashed if expiry else NO_EXPIRY
    sheet.y = top
    label = "Ngày, tháng, năm hết hạn / Date of expiry"
    if expiry:
        _pair(sheet, copy, 33, label, until, "expiry_date", expiry.iso)
        sheet.note("valid_until", until, expiry.iso)
    else:
        _pair(sheet, copy, 33, label, until, None)
    sheet.y = max(sheet.y - 0.4 * copy.scale, copy.y + 33.4 * copy.scale)
    copy.print(sheet, 4, "BỘ CÔNG AN", 6.2, Style.SANS_BOLD)
    sheet.note("issuing_agency", "BỘ CÔNG AN")
    sheet.y += 2.2 * copy.scale
    copy.print(sheet, 4, "MINISTRY OF PUBLIC SECURITY", 4.2)
    for number, line in enumerate(write_mrz(person, expiry)):
        copy.at(sheet, 42 + 4.4 * number)
        copy.print(sheet, 4.5, line, 11, Style.MONO)


def _certify(sheet: FormSheet, y: float, issued: Date) -> None:
    """Stamp, number, day and signer of whoever certifies the copy: nothing of it belongs to the card."""
    rng = sheet.rng
    office = draw_committee(rng, 2026)
    day = draw_date(rng, 2026, 2026, after=issued if issued.year == 2026 else None)
    middle = 132.0
    sheet.y = y
    sheet.stack(middle, ("CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH",), size=11.5, style=Style.BOLD, pitch=5.4)
    book = f"Số chứng thực: {rng.randint(20, 9800)}   Quyển số: {rng.randint(1, 12):02}/{day.year}-SCT/BS"
    sheet.stack(middle, (book, day.long.capitalize()), size=11, pitch=5.2)
    sheet.stack(middle, office.position, size=11.5, style=Style.BOLD, pitch=5)
    sheet.add(Signature(middle + 4, sheet.y + 9, 30, rng.randrange(10**6)))
    sheet.add(Seal(middle - 17, sheet.y + 9, 28, office.ring, office.core, rng.uniform(-9, 9)))
    sheet.y += 22
    sheet.text(middle, office.signer, size=12, style=Style.BOLD, align="centre")


_CLASSES = {"A1": None, "A": None, "B": 10, "C1": 10, "C": 5, "D1": 5, "D2": 5, "D": 5}
"""Classes of the law of 2024 and for how many years they hold."""
_KINDS = {
    "A1": "Mô tô đến 125 cm3", "A": "Mô tô trên 125 cm3", "B": "Ô tô đến 8 chỗ, tải đến 3,5 t",
    "C1": "Ô tô tải trên 3,5 t đến 7,5 t", "C": "Ô tô tải trên 7,5 t", "D1": "Ô tô trên 8 đến 16 chỗ",
    "D2": "Ô tô trên 16 đến 29 chỗ", "D": "Ô tô trên 29 chỗ",
}  # fmt: skip


def draw_licence_f(rng: Random) -> Paper:
    """Giấy phép lái xe of 2025, copied: days and authority behind labels of their own, all classes in a table."""
    year = rng.randint(2025, 2026)
    person = draw_person(rng, born=(year - 58, year - 19), year=year, capitals=True)
    front, back = _draw_copies(rng, (250, 243, 222), (240, 230, 202))
    sheet = FormSheet(rng)
    klass = rng.choice(list(_CLASSES))
    issued = draw_date(rng, year, year)
    years = _CLASSES[klass]
    until = Date(min(issued.day, 28), issued.month, issued.year + years) if years else None
    _set_licence_front(sheet, front, person, klass, (issued, until))
    _set_licence_back(sheet, back, klass, issued, until)
    sheet.own("full_name")
    return sheet.done("driving_licence")


def _set_licence_front(
    sheet: FormSheet, copy: _Copy, person: Person, klass: str, days: tuple[Date, Date | None]
) -> None:
    rng, (issued, until) = sheet.rng, days
    copy.lay(sheet)
    copy.at(sheet, 4.8)
    copy.centre(sheet, 46, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 6.4, Style.SANS_BOLD, 2.5)
    copy.centre(sheet, 46, "SOCIALIST REPUBLIC OF VIET NAM", 4.4, Style.SANS, 4.0)
    copy.centre(sheet, 46, "GIẤY PHÉP LÁI XE", 9.6, Style.SANS_BOLD, 2.4)
    copy.centre(sheet, 46, "DRIVING LICENCE", 5.4, Style.SANS, 4.2)
    copy.box(sheet, (4, 14, 22, 38), (206, 218, 232), face=True)
    number = f"{rng.randint(10, 96)}{rng.randint(10, 26)}99{rng.randint(0, 999_999):06}"
    _line(sheet, copy, "Số/No", number, "licence_number", strong=True)
    _line(sheet, copy, "Họ tên/Full name", person.shown, "full_name", strong=True)
    born = person.born
    _line(sheet, copy, "Ngày sinh/Date of birth", born.slashed, "date_of_birth", born.iso, right=60, end=False)
    _line(sheet, copy, "Quốc tịch/Nationality", rng.choice(("VIỆT NAM", "Việt Nam")), "nationality", x=56)
    _line(sheet, copy, "Ngày cấp/Date of issue", issued.slashed, "issue_date", issued.iso, right=60, end=False)
    shown = until.slashed if until else NO_EXPIRY
    name, value = ("expiry_date", until.iso) if until else (None, None)
    _line(sheet, copy, "Ngày hết hạn/Expiry", shown, name, value, x=56)
    if until:
        sheet.note("valid_until", shown, until.iso)
    seat = person.residence.split(", ")[-1]
    agency = f"Phòng Cảnh sát giao thông - Công an {seat}"
    _line(sheet, copy, "Cơ quan cấp/Issued by", agency, "issuing_agency")
    _line(sheet, copy, "Nơi cư trú/Residence", person.residence, "residence")
    copy.at(sheet, 42)
    x = copy.print(sheet, 4, "Hạng/Class", 5.6)
    sheet.text(x + 1.4, klass, size=10 * copy.scale, style=Style.SANS_BOLD, colour=copy.red())
    sheet.note("licence_class", klass)
    _sign_front(sheet, copy, seat)


def _line(
    sheet: FormSheet,
    copy: _Copy,
    label: str,
    text: str,
    name: str | None,
    value: str | None = None,
    *,
    x: float = 25,
    right: float = 84,
    strong: bool = False,
    end: bool = True,
) -> None:
    sheet.look = copy.look(5.2, 2.9)
    sheet.field(label, text, name, value, x=copy.across(x), right=copy.across(right), strong=strong, end=end)


def _sign_front(sheet: FormSheet, copy: _Copy, seat: str) -> None:
    rng = sheet.rng
    sheet.y = max(sheet.y, copy.y + 43.4 * copy.scale)
    position = rng.choice(("TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG"))
    copy.centre(sheet, 62, position, 5.2, Style.SANS_BOLD, 1.0)
    sheet.note("signer_position", position)
    signer = draw_name(rng, female=False)
    ink, middle = copy.y + 47.2 * copy.scale, copy.across(66)
    ring = f"CÔNG AN {seat.upper()} ★ PHÒNG CẢNH SÁT GIAO THÔNG ★"
    sheet.add(Signature(middle, ink, 10 * copy.scale, rng.randrange(10**6)))
    sheet.add(Seal(copy.across(52), ink, 8 * copy.scale, ring, ("PHÒNG",), rng.uniform(-9, 9)))
    copy.at(sheet, 52.4)
    copy.centre(sheet, 62, signer, 5.8, Style.SANS_BOLD, 1)
    sheet.note("signer_name", signer)


def _set_licence_back(sheet: FormSheet, copy: _Copy, klass: str, issued: Date, until: Date | None) -> None:
    """Every class there is, days only beside those held: the one in front, often a motorcycle's too."""
    rng = sheet.rng
    copy.lay(sheet)
    copy.at(sheet, 4.4)
    copy.centre(sheet, 34, "CÁC LOẠI XE ĐƯỢC ĐIỀU KHIỂN / CATEGORIES", 5.6, Style.SANS_BOLD, 3.6)
    sheet.look = copy.look(4.6, 2.5)
    passed = draw_date(rng, issued.year - 3, issued.year - 1)
    held = {klass: (passed.slashed, until.slashed if until else NO_EXPIRY)}
    if klass not in {"A1", "A"} and rng.random() < 0.6:
        held["A1"] = (draw_date(rng, issued.year - 12, issued.year - 4).slashed, NO_EXPIRY)
    edges = [copy.across(x) for x in (2, 8, 36, 50, 65)]
    rows = [
        (Cell(one, strong=one in held), Cell(kind), *(Cell(text) for text in held.get(one, ("", ""))))
        for one, kind in _KINDS.items()
    ]
    set_grid(sheet, edges, (head_cells("Hạng", "Loại xe", "Trúng tuyển", "Đến/Until"), *rows))
    code = f"https://gplx.example/{rng.randrange(10**10):010}"
    sheet.add(Barcode(copy.across(66.5), copy.y + 16 * copy.scale, 17 * copy.scale, code))
    copy.at(sheet, 50.6)
    copy.print(sheet, 2.4, f"12. Điều kiện hạn chế: {rng.choice(('Không', '01.06', '10.02'))}", 4.8)
