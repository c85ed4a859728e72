"""Template E of the cards: both sides of a twelve-digit identity card copied onto one sheet; a licence of 2025."""

from dataclasses import replace
from random import Random

from samples.generator.fonts import Style, measure_mm
from samples.generator.form_sheet import FormSheet, Look
from samples.generator.paper import Barcode, Box, Colour, Paper, Seal, Signature, Waves
from samples.generator.stock.names import draw_name
from samples.generator.stock.people import Person, draw_date, draw_person
from samples.generator.stock.places import proper
from samples.generator.templates.blocks import set_box
from samples.generator.templates.cards import HEIGHT_MM, NO_EXPIRY, WIDTH_MM, open_card
from samples.generator.templates.grid import Cell, head_cells, set_grid
from samples.generator.words import Date

_LOOK = Look(6.8, 3.7, Style.SANS, Style.SANS, Style.SANS_BOLD, gap=0.8)
_PALE: Colour = (226, 236, 240)
_WAVE: Colour = (208, 224, 230)
_PORTRAIT: Colour = (214, 222, 226)
_RIDGES: Colour = (116, 118, 126)
_RED: Colour = (190, 40, 46)
_LEFT_MM = 62.0
"""Where on the sheet the copier lays the card."""


def draw_card_e(rng: Random) -> Paper:
    """Giấy chứng minh nhân dân of twelve digits (2012 to 2016), front above back on one A4 page."""
    year = rng.randint(2012, 2015)
    person = draw_person(rng, born=(year - 65, year - 15), year=year, capitals=True)
    sheet = FormSheet(rng, _LOOK)
    issued = draw_date(rng, year, year)
    top, second = 28.0 + rng.uniform(-4, 8), 98.0 + rng.uniform(-4, 10)
    _set_front(sheet, person, issued, top)
    _set_back(sheet, person, issued, second)
    sheet.own("full_name", "personal_id")
    return sheet.done("citizen_card")


def _lay_card(sheet: FormSheet, top: float) -> None:
    x0, x1, y1 = _LEFT_MM, _LEFT_MM + WIDTH_MM, top + HEIGHT_MM
    sheet.add(Box(x0, top, x1, y1, _PALE), Waves(x0 + 1, top + 2, x1 - 1, y1 - 2, 2.4, _WAVE))
    set_box(sheet, (x0, top, x1, y1), 0.2, (150, 150, 156))


def _set_front(sheet: FormSheet, person: Person, issued: Date, top: float) -> None:
    _lay_card(sheet, top)
    middle = _LEFT_MM + 53
    sheet.y = top + 5
    sheet.stack(middle, ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",), size=6.6, style=Style.SANS_BOLD, pitch=2.8)
    sheet.stack(middle, ("Độc lập - Tự do - Hạnh phúc",), size=6, style=Style.SANS_BOLD, pitch=4.2)
    sheet.text(middle, "GIẤY CHỨNG MINH NHÂN DÂN", size=9.4, style=Style.SANS_BOLD, align="centre", colour=_RED)
    sheet.y += 4.4
    x = sheet.text(_LEFT_MM + 33, "Số:", size=7.4, style=Style.SANS)
    sheet.text(x + 1.5, person.personal_id, size=10.5, style=Style.SANS_BOLD, colour=_RED)
    sheet.note("personal_id", person.personal_id)
    sheet.left, sheet.right = _LEFT_MM + 26, _LEFT_MM + WIDTH_MM - 2
    sheet.y += 4.4
    sheet.field("Họ và tên khai sinh:", person.shown, "full_name", strong=True)
    sheet.field("Họ và tên gọi khác:", "")
    sheet.field("Ngày, tháng, năm sinh:", person.born.slashed, "date_of_birth", person.born.iso)
    sheet.field("Giới tính:", person.sex, "sex", person.sex_value, right=_LEFT_MM + 48, end=False)
    sheet.field("Dân tộc:", person.ethnicity, x=_LEFT_MM + 52)
    sheet.look = replace(_LOOK, size=6.4, pitch=3.2)
    sheet.field("Quê quán:", person.home.short, "hometown")
    sheet.field("Nơi thường trú:", person.residence, "residence")
    sheet.add(Box(_LEFT_MM + 3, top + 16, _LEFT_MM + 23, top + 44, _PORTRAIT, portrait=True))
    until = Date(min(issued.day, 28), issued.month, issued.year + 15)
    sheet.y = top + 48
    sheet.text(_LEFT_MM + 3, "Có giá trị đến:", size=5.6, style=Style.SANS)
    sheet.y += 2.8
    sheet.text(_LEFT_MM + 3, until.slashed, size=6.2, style=Style.SANS_BOLD)
    sheet.note("expiry_date", until.slashed, until.iso)
    sheet.note("valid_until", until.slashed, until.iso)


_POSITIONS = (
    ("CỤC TRƯỞNG CỤC CẢNH SÁT", "ĐĂNG KÝ QUẢN LÝ CƯ TRÚ VÀ DLQG VỀ DÂN CƯ"),
    ("TL. BỘ TRƯỞNG BỘ CÔNG AN", "CỤC TRƯỞNG CỤC CẢNH SÁT QLHC VỀ TTXH"),
)


def _set_back(sheet: FormSheet, person: Person, issued: Date, top: float) -> None:
    rng = sheet.rng
    _lay_card(sheet, top)
    sheet.look = replace(_LOOK, size=6.4, pitch=3.4)
    sheet.add(Barcode(_LEFT_MM + 69, top + 3, 13, f"{rng.randrange(16**24):024x}"))
    for place, finger in enumerate(("Ngón trỏ trái", "Ngón trỏ phải")):
        y = top + 5 + 24 * place
        sheet.y = y
        sheet.text(_LEFT_MM + 13, finger, size=5.6, style=Style.SANS, align="centre")
        sheet.add(Waves(_LEFT_MM + 6, y + 2, _LEFT_MM + 20, y + 19, 0.8, _RIDGES))
    sheet.left, sheet.right = _LEFT_MM + 25, _LEFT_MM + 67
    sheet.y = top + 6
    surname = person.name.split()[0] if person.ethnicity == "Kinh" else None
    sheet.field("Họ và tên cha:", draw_name(rng, female=False, surname=surname))
    sheet.field("Họ và tên mẹ:", draw_name(rng, female=True))
    mark = rng.choice(("Nốt ruồi", "Sẹo chấm", "Sẹo thẳng"))
    where = rng.choice(("dưới trước cánh mũi phải", "trên sau đuôi mày trái", "dưới mép trái"))
    sheet.field("Đặc điểm nhận dạng:", f"{mark} C: {rng.randint(1, 3)} cm {where}")
    sheet.y = max(sheet.y + 1, top + 23)
    middle = _LEFT_MM + 54
    long = issued.long.capitalize()
    sheet.text(middle, long, size=6.2, style=Style.SANS_ITALIC, align="centre")
    sheet.note("issue_date", long, issued.iso)
    sheet.y += 3.2
    position = rng.choice(_POSITIONS)
    sheet.stack(middle, position, size=5.2, style=Style.SANS_BOLD, pitch=2.5)
    sheet.note("signer_position", " ".join(position))
    signer, ink = draw_name(rng, female=False), sheet.y + 6
    sheet.add(Signature(middle + 4, ink, 14, rng.randrange(10**6)))
    sheet.add(Seal(middle - 9, ink, 12, "BỘ CÔNG AN ★ CỤC CẢNH SÁT ★", ("CỤC",), rng.uniform(-9, 9)))
    sheet.y = top + HEIGHT_MM - 3
    sheet.text(middle, signer, size=6.6, style=Style.SANS_BOLD, align="centre")
    sheet.note("signer_name", signer)


_CLASSES = {
    "A1": ("Mô tô hai bánh đến 125 cm3 hoặc động cơ điện đến 11 kW", None),
    "A": ("Mô tô hai bánh trên 125 cm3 hoặc động cơ điện trên 11 kW", None),
    "B": ("Ô tô chở người đến 08 chỗ, ô tô tải đến 3.500 kg", 10),
    "C1": ("Ô tô tải trên 3.500 kg đến 7.500 kg", 10),
    "C": ("Ô tô tải trên 7.500 kg", 5),
    "D2": ("Ô tô chở người trên 16 chỗ đến 29 chỗ", 5),
}
"""What each class of the law of 2024 allows, and for how many years it holds."""
_CREAM: Colour = (250, 244, 224)


def draw_licence_e(rng: Random) -> Paper:
    """Giấy phép lái xe of Circular 12/2025 of the police: every word in two languages, QR code and classes behind."""
    year = rng.randint(2025, 2026)
    person = draw_person(rng, born=(year - 58, year - 19), year=year, capitals=True)
    sheet = open_card(rng, _CREAM, (242, 232, 204))
    sheet.y = 5
    sheet.stack(14, ("BỘ CÔNG AN",), size=6, style=Style.SANS_BOLD, pitch=2.4)
    sheet.note("issuing_agency", "BỘ CÔNG AN")
    sheet.stack(14, ("MINISTRY OF PUBLIC SECURITY",), size=3.6, style=Style.SANS_ITALIC, pitch=2)
    sheet.y = 5
    sheet.stack(56, ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",), size=6.6, style=Style.SANS_BOLD, pitch=2.7)
    sheet.stack(56, ("Độc lập - Tự do - Hạnh phúc",), size=6, style=Style.SANS_BOLD, pitch=3.6)
    sheet.stack(56, ("GIẤY PHÉP LÁI XE/DRIVING LICENCE",), size=8, style=Style.SANS_BOLD, pitch=3.8)
    number = f"{rng.randint(10, 96):02}{rng.randint(10, 25)}99{rng.randint(0, 999_999):06}"
    x = sheet.text(38, "Số/No.:", size=7, style=Style.SANS)
    sheet.text(x + 1, number, size=8.8, style=Style.SANS_BOLD, colour=_RED)
    sheet.note("licence_number", number)
    sheet.add(Box(4, 13, 23, 38, _PORTRAIT, portrait=True))
    sheet.left, sheet.y = 26, 20.6
    sheet.look = replace(_LOOK, size=6, pitch=3.2, gap=0.8)
    klass = rng.choice(list(_CLASSES))
    sheet.field("Họ và tên/Full name:", person.shown, "full_name", strong=True)
    sheet.field("Ngày sinh/Date of birth:", person.born.slashed, "date_of_birth", person.born.iso)
    sheet.field("Quốc tịch/Nationality:", "VIỆT NAM", "nationality")
    sheet.field("Nơi cư trú/Place of residence:", person.residence, "residence")
    date = draw_date(rng, year, year)
    seat = proper(person.home.province)
    _set_date(sheet, seat, date)
    _sign_licence(sheet, seat)
    sheet.y = 41.6
    x = sheet.text(4, "Hạng/Class:", size=6, style=Style.SANS)
    sheet.text(x + 1, klass, size=8, style=Style.SANS_BOLD)
    sheet.note("licence_class", klass)
    years = _CLASSES[klass][1]
    until = Date(min(date.day, 28), date.month, date.year + years) if years else None
    sheet.y += 3.6
    sheet.text(4, "Có giá trị đến/Valid until:", size=5, style=Style.SANS)
    sheet.y += 2.9
    shown = until.slashed if until else f"{NO_EXPIRY}/Unlimited"
    sheet.text(4, shown, size=6.2, style=Style.SANS_BOLD)
    if until:
        sheet.note("expiry_date", until.slashed, until.iso)
        sheet.note("valid_until", until.slashed, until.iso)
    sheet.own("full_name")
    sheet.turn_over(_CREAM)
    _set_classes(sheet, klass, date, shown)
    return sheet.done("driving_licence", _CREAM)


def _set_date(sheet: FormSheet, seat: str, date: Date) -> None:
    month = f"{date.month:02}" if date.month < 3 else str(date.month)
    shown = f"ngày/date {date.day:02} tháng/month {month} năm/year {date.year}"
    text = f"{seat}, {shown}"
    sheet.y = max(sheet.y + 0.4, 36.6)
    size = 5.6 if measure_mm(text, Style.SANS_ITALIC, 5.6) < 56 else 5.0
    sheet.text(55, text, size=size, style=Style.SANS_ITALIC, align="centre")
    sheet.note("issue_place", seat)
    sheet.note("issue_date", shown, date.iso)


def _sign_licence(sheet: FormSheet, seat: str) -> None:
    rng = sheet.rng
    position = rng.choice((("TRƯỞNG PHÒNG",), ("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG")))
    sheet.y += 2.7
    sheet.stack(58, position, size=5.6, style=Style.SANS_BOLD, pitch=2.3)
    sheet.note("signer_position", " ".join(position))
    signer = draw_name(rng, female=False)
    ring = f"CÔNG AN {seat.upper()} ★ PHÒNG CẢNH SÁT GIAO THÔNG ★"
    ink = (sheet.y + HEIGHT_MM - 4) / 2 - 0.8
    sheet.add(Signature(61, ink, 12, rng.randrange(10**6)), Seal(49, ink, 8.6, ring, ("PHÒNG",), rng.uniform(-9, 9)))
    sheet.y = HEIGHT_MM - 2.2
    sheet.text(58, signer, size=6.2, style=Style.SANS_BOLD, align="centre")
    sheet.note("signer_name", signer)


def _set_classes(sheet: FormSheet, klass: str, date: Date, until: str) -> None:
    sheet.add(Waves(1, 2, WIDTH_MM - 1, HEIGHT_MM - 1, 2.4, (242, 232, 204)))
    sheet.add(Barcode(66, 34, 17, f"https://gplx.example/{sheet.rng.randrange(10**10):010}"))
    sheet.y = 6
    sheet.stack(42.8, ("CÁC LOẠI XE ĐƯỢC ĐIỀU KHIỂN",), size=6.8, style=Style.SANS_BOLD, pitch=2.6)
    sheet.stack(42.8, ("Classification of vehicles",), size=5.4, style=Style.SANS_ITALIC, pitch=4.6)
    sheet.look = Look(5.6, 2.9, Style.SANS, Style.SANS, Style.SANS_BOLD, gap=0)
    heads = head_cells("Hạng/ Class", "Loại xe/ Vehicles", "Ngày trúng tuyển/ Date of test", "Giá trị đến/ Until")
    passed = draw_date(sheet.rng, date.year - 1, date.year - 1).slashed
    row = (Cell(klass, strong=True), Cell(_CLASSES[klass][0]), Cell(passed), Cell(until))
    set_grid(sheet, (3, 13, 45, 65, 82.6), (heads, row))
    sheet.y += 1
    sheet.look = Look(5.2, 2.7, Style.SANS_ITALIC, Style.SANS_ITALIC, gap=0)
    sheet.field("", "Người lái xe mang theo giấy phép này khi điều khiển xe.", x=3, right=62)
