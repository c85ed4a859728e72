"""Template D of the cards: giấy chứng minh nhân dân of nine digits, giấy phép lái xe of paper under film."""

from dataclasses import replace
from random import Random

from samples.generator.fonts import Style
from samples.generator.form_sheet import FormSheet, Look
from samples.generator.paper import Box, Colour, Paper, Rule, Seal, Signature, Waves
from samples.generator.stock.names import draw_name
from samples.generator.stock.people import draw_date, draw_person
from samples.generator.stock.places import Place, draw_place, proper
from samples.generator.templates.blocks import set_box
from samples.generator.templates.cards import HEIGHT_MM, NO_EXPIRY, WIDTH_MM, open_card
from samples.generator.templates.grid import Cell, head_cells, set_grid
from samples.generator.words import Date

_RED: Colour = (190, 40, 46)
_PORTRAIT: Colour = (226, 228, 224)
_RIDGES: Colour = (120, 122, 130)
_PALE: Colour = (228, 238, 230)


def _dashed(date: Date) -> str:
    return f"{date.day:02}-{date.month:02}-{date.year}"


def draw_card_d(rng: Random) -> Paper:
    """Giấy chứng minh nhân dân of 1999, which is no citizen's card: nine digits, prints of two fingers behind."""
    year = rng.randint(1999, 2012)
    person = draw_person(rng, born=(year - 60, year - 15), year=year, capitals=True)
    sheet = open_card(rng, _PALE, (212, 228, 218))
    sheet.look = Look(6.8, 4.0, Style.SANS, Style.SANS, Style.SANS_BOLD, gap=0.8, leaders="rule")
    sheet.left, sheet.right, sheet.y = 28, 82.4, 5
    sheet.stack(55, ("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM",), size=6.6, style=Style.SANS_BOLD, pitch=2.9)
    sheet.stack(55, ("Độc lập - Tự do - Hạnh phúc",), size=6.2, style=Style.SANS_BOLD, pitch=4.6)
    sheet.text(55, "GIẤY CHỨNG MINH NHÂN DÂN", size=9.6, style=Style.SANS_BOLD, align="centre", colour=_RED)
    sheet.y += 4.6
    x = sheet.text(39, "SỐ", size=8, style=Style.SANS)
    sheet.text(x + 2, person.old_id, size=11, style=Style.SANS_BOLD, colour=_RED)
    sheet.note("personal_id", person.old_id)
    sheet.y += 5
    seat = draw_place(rng, year)
    sheet.field("Họ tên:", person.shown, "full_name", strong=True)
    born, value = _dashed(person.born), person.born.iso
    if person.born.year < 1965 and rng.random() < 0.4:
        born = value = str(person.born.year)
    sheet.field("Sinh ngày:", born, "date_of_birth", value)
    sheet.field("Nguyên quán:", person.home.short, "hometown")
    sheet.field("Nơi ĐKHK thường trú:", _shorten(rng, seat), "residence")
    sheet.add(Box(4, 15, 24, 43, _PORTRAIT, portrait=True))
    sheet.turn_over(_PALE)
    _set_back(sheet, person.ethnicity, seat.province, year)
    return replace(sheet.done("unknown", _PALE), fields={}, handwritten=(), printed={}, places={})


def _shorten(rng: Random, place: Place) -> str:
    """An address as the clerk cut it to fit the card."""
    house = rng.choice(("", "", f"Tổ {rng.randint(1, 12)}, ", f"Xóm {rng.randint(1, 9)}, ", f"{rng.randint(3, 180)} "))
    return f"{house}{'đường Lê Lợi, ' if house[-1:] == ' ' and house[0].isdigit() else ''}{place.short}"


def _set_back(sheet: FormSheet, ethnicity: str, province: str, year: int) -> None:
    rng = sheet.rng
    sheet.add(Waves(1, 2, WIDTH_MM - 1, HEIGHT_MM - 1, 2.4, (212, 228, 218)))
    sheet.y = 5
    faith = rng.choice(("Không", "Không", "Phật giáo", "Thiên chúa"))
    sheet.field("Dân tộc:", ethnicity, x=4, right=42, end=False)
    sheet.field("Tôn giáo:", faith, x=45, right=82)
    set_box(sheet, (3, 7, WIDTH_MM - 3, HEIGHT_MM - 2.5), 0.2)
    sheet.add(Rule(23, 7, 23, HEIGHT_MM - 2.5, 0.2), Rule(3, 29.2, 23, 29.2, 0.2))
    for top, finger in ((7, "NGÓN TRỎ TRÁI"), (29.2, "NGÓN TRỎ PHẢI")):
        sheet.y = top + 2.6
        sheet.text(13, finger, size=4.8, style=Style.SANS_BOLD, align="centre")
        sheet.add(Waves(6.5, top + 5, 19.5, top + 20, 0.8, _RIDGES))
    sheet.y = 10.4
    sheet.text(54, "DẤU VẾT RIÊNG VÀ DỊ HÌNH", size=5.6, style=Style.SANS_BOLD, align="centre")
    sheet.y += 4.4
    mark = rng.choice(("Sẹo chấm", "Nốt ruồi", "Sẹo tròn"))
    side = rng.choice(("trước đầu mày trái", "dưới sau mép phải", "trên sau cánh mũi trái"))
    sheet.field("", f"{mark} C: {rng.randint(1, 4)}cm {side}", x=26, right=81)
    issued = draw_date(rng, year, year)
    sheet.y = 22
    sheet.text(54, issued.long.capitalize(), size=6.4, style=Style.SANS_ITALIC, align="centre")
    sheet.note("issue_date", issued.long.capitalize(), issued.iso)
    sheet.y += 3.4
    noun = "TP." if province.startswith("thành phố") else "TỈNH"
    director = f"GIÁM ĐỐC CA {noun} {proper(province).upper()}"
    position = (director,) if rng.random() < 0.5 else (f"KT. {director}", "PHÓ GIÁM ĐỐC")
    sheet.stack(54, position, size=5.8, style=Style.SANS_BOLD, pitch=2.7)
    sheet.note("signer_position", " ".join(position))
    signer = draw_name(rng, female=False)
    ring = f"BỘ CÔNG AN ★ CÔNG AN {province.upper()} ★"
    sheet.add(Signature(57, 38, 15, rng.randrange(10**6)), Seal(45, 38, 13, ring, ("CÔNG AN",), rng.uniform(-9, 9)))
    sheet.y = 49
    sheet.text(55, signer, size=6.6, style=Style.SANS_BOLD, align="centre")
    sheet.note("signer_name", signer)


_VEHICLES = {
    "A1": "Mô tô hai bánh có dung tích xi lanh từ 50 đến dưới 175 cm3",
    "A2": "Mô tô hai bánh có dung tích xi lanh từ 175 cm3 trở lên",
    "B1": "Ô tô chở người đến 9 chỗ, không kinh doanh vận tải",
    "B2": "Ô tô chở người đến 9 chỗ, ô tô tải dưới 3.500 kg",
    "C": "Ô tô tải, máy kéo có trọng tải từ 3.500 kg trở lên",
    "D": "Ô tô chở người từ 10 đến 30 chỗ",
}


def draw_licence_d(rng: Random) -> Paper:
    """Giấy phép lái xe before 2013: paper under film, a letter and six digits, classes in a table behind."""
    year = rng.randint(2002, 2012)
    person = draw_person(rng, born=(year - 50, year - 19), year=year)
    tint: Colour = (250, 244, 220)
    sheet = open_card(rng, tint, (240, 226, 190))
    sheet.look = Look(6.8, 3.9, Style.REGULAR, Style.BOLD, Style.BOLD, gap=0.8)
    place = draw_place(rng, year)
    office = ("SỞ GTVT", proper(place.province).upper())
    sheet.y = 5
    sheet.stack(15, office, size=6, style=Style.BOLD, pitch=2.6)
    sheet.note("issuing_agency", " ".join(office))
    sheet.y = 5
    sheet.stack(56, ("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM",), size=6.6, style=Style.BOLD, pitch=2.7)
    sheet.stack(56, ("Độc lập - Tự do - Hạnh phúc",), size=6.4, style=Style.BOLD, pitch=5)
    sheet.stack(56, ("GIẤY PHÉP LÁI XE",), size=11.5, style=Style.BOLD, pitch=4)
    number = f"{rng.choice('ABKLNRS')}{rng.choice(('', *'ABCDEKN'))} 99{rng.randint(0, 9999):04}"
    x = sheet.text(45, "Số:", size=7, style=Style.REGULAR)
    sheet.text(x + 1, number, size=8.4, style=Style.BOLD, colour=_RED)
    sheet.note("licence_number", number)
    sheet.y += 4.4
    klass = rng.choice(list(_VEHICLES))
    sheet.field("Họ và tên:", person.shown, "full_name")
    sheet.field("Sinh ngày:", _dashed(person.born), "date_of_birth", person.born.iso, right=60, end=False)
    sheet.field("Quốc tịch:", "Việt Nam", "nationality", x=59)
    sheet.field("Nơi cư trú:", person.residence, "residence")
    sheet.field("Được lái xe hạng:", klass, "licence_class")
    sheet.add(Box(4, 12, 23, 37, _PORTRAIT, portrait=True))
    date = draw_date(rng, year, year)
    seat = proper(place.province)
    sheet.y = max(sheet.y, 39.4)
    sheet.text(60, f"{seat}, {date.long}", size=6.2, style=Style.ITALIC, align="centre")
    sheet.note("issue_place", seat)
    sheet.note("issue_date", date.long, date.iso)
    _sign_licence(sheet, place.province)
    sheet.own("full_name")
    sheet.turn_over(tint)
    _set_classes(sheet, klass, date)
    return sheet.done("driving_licence", tint)


def _sign_licence(sheet: FormSheet, province: str) -> None:
    """The director's name below, the seal half upon the photograph."""
    rng = sheet.rng
    sheet.y += 2.8
    position = rng.choice((("GIÁM ĐỐC",), ("KT. GIÁM ĐỐC - PHÓ GIÁM ĐỐC",)))
    sheet.stack(60, position, size=6.2, style=Style.BOLD, pitch=1)
    sheet.note("signer_position", position[0], position[0].replace(" - ", " "))
    signer = draw_name(rng, female=False)
    sheet.add(Signature(60, min(sheet.y + 3.2, 47.6), 11, rng.randrange(10**6)))
    sheet.add(Seal(20.5, 39, 11, f"{province.upper()} ★ SỞ GIAO THÔNG VẬN TẢI ★", ("SỞ",), rng.uniform(-12, 12)))
    sheet.y = HEIGHT_MM - 2
    sheet.text(60, signer, size=6.8, style=Style.BOLD, align="centre")
    sheet.note("signer_name", signer)


def _set_classes(sheet: FormSheet, klass: str, date: Date) -> None:
    sheet.add(Waves(1, 2, WIDTH_MM - 1, HEIGHT_MM - 1, 2.4, (240, 226, 190)))
    sheet.y = 7
    sheet.stack(WIDTH_MM / 2, ("CÁC LOẠI XE ĐƯỢC PHÉP ĐIỀU KHIỂN",), size=7.2, style=Style.BOLD, pitch=5)
    sheet.look = Look(6.2, 3.2, Style.REGULAR, Style.REGULAR, Style.BOLD, gap=0)
    years = {"B1": 5, "B2": 5, "C": 3, "D": 3}.get(klass)
    until = Date(date.day, date.month, date.year + years) if years else None
    row = (
        Cell(klass, strong=True),
        Cell(_VEHICLES[klass]),
        Cell(draw_date(sheet.rng, date.year - 1, date.year - 1).slashed),
        Cell(until.slashed if until else NO_EXPIRY),
    )
    heads = head_cells("Hạng", "Loại xe cơ giới", "Ngày trúng tuyển", "Có giá trị đến")
    set_grid(sheet, (3, 13, 45, 64, 82.6), (heads, row))
    if until:
        sheet.note("expiry_date", until.slashed, until.iso)
        sheet.note("valid_until", until.slashed, until.iso)
    sheet.y += 1
    sheet.field("Người lái xe phải mang theo giấy phép này khi điều khiển xe và xuất trình khi có yêu cầu.", "", x=3)
