"""Cards of 85.6 x 54 mm: căn cước công dân of 2016 and 2021, giấy phép lái xe."""

from random import Random
from unicodedata import normalize

from samples.generator.fonts import Style
from samples.generator.form_sheet import FormSheet, Look
from samples.generator.paper import Barcode, Box, Colour, Paper, Seal, Signature, Waves
from samples.generator.stock.names import draw_name
from samples.generator.stock.people import Person, draw_date, draw_person
from samples.generator.words import Date

WIDTH_MM, HEIGHT_MM = 85.6, 54.0
_RED: Colour = (196, 34, 40)
_SKY: Colour = (231, 243, 242)
_PORTRAIT: Colour = (222, 230, 236)
_CHIP: Colour = (206, 176, 104)
_DIRECTOR = ("CỤC TRƯỞNG CỤC CẢNH SÁT", "QUẢN LÝ HÀNH CHÍNH VỀ TRẬT TỰ XÃ HỘI")
NO_EXPIRY = "Không thời hạn"


def open_card(rng: Random, tint: Colour, wave: Colour) -> FormSheet:
    sheet = FormSheet(
        rng,
        Look(6.6, 3.6, Style.SANS, Style.SANS, Style.SANS_BOLD, gap=0.8),
        left=27,
        right=WIDTH_MM - 2,
        top=5,
        width=WIDTH_MM,
        height=HEIGHT_MM,
    )
    sheet.add(Box(0, 0, WIDTH_MM, HEIGHT_MM, tint), Waves(1, 2, WIDTH_MM - 1, HEIGHT_MM - 1, 2.4, wave))
    return sheet


def draw_holder(rng: Random, year: int) -> tuple[Person, Date | None]:
    """Holder and expiry: the birthday at 25, 40 or 60, none after that (Law on citizen identification, art. 21)."""
    person = draw_person(rng, born=(year - 75, year - 15), year=year, capitals=True)
    for age in (25, 40, 60):
        if year - person.born.year < age - 2:
            return person, Date(person.born.day, person.born.month, person.born.year + age)
    return person, None


def draw_card_a(rng: Random) -> Paper:
    """Căn cước công dân gắn chip (2021): QR in front, chip and machine-readable zone behind."""
    year = rng.randint(2021, 2024)
    person, expiry = draw_holder(rng, year)
    issued = draw_date(rng, year, year)
    sheet = open_card(rng, _SKY, (216, 234, 232))
    _set_front_head(sheet, "Citizen Identity Card")
    old = person.old_id if rng.random() < 0.5 else ""
    qr = (person.personal_id, old, person.name, compact(person.born), person.sex)
    sheet.add(Barcode(68, 9, 15.5, "|".join((*qr, person.residence, compact(issued)))))
    if old:
        sheet.note("old_id", old)
    sheet.y = 24.2
    sheet.text(27, "Số / No.:", size=7.5, style=Style.SANS)
    sheet.text(39, person.personal_id, size=11, style=Style.SANS_BOLD)
    sheet.note("personal_id", person.personal_id)
    sheet.look = Look(5.9, 2.9, Style.SANS, Style.SANS, Style.SANS_BOLD, gap=0.6)
    sheet.y = 27.2
    _below(sheet, "Họ và tên / Full name:", person.shown, "full_name", strong=True)
    sheet.field("Ngày sinh / Date of birth:", person.born.slashed, "date_of_birth", person.born.iso)
    sheet.field("Giới tính / Sex:", person.sex, "sex", person.sex_value, right=52, end=False)
    sheet.field("Quốc tịch / Nationality:", "Việt Nam", "nationality", x=48)
    _below(sheet, "Quê quán / Place of origin:", person.home.short, "hometown")
    _below(sheet, "Nơi thường trú / Place of residence:", person.residence, "residence")
    _set_portrait(sheet)
    sheet.y = HEIGHT_MM - 4.4
    _set_expiry(sheet, "Có giá trị đến:", "Date of expiry", expiry)
    sheet.turn_over()
    sheet.add(Box(0, 0, WIDTH_MM, HEIGHT_MM, _SKY), Box(6, 17, 19, 27, _CHIP))
    sheet.y = 6
    sheet.field("Đặc điểm nhận dạng / Personal identification:", "", x=5, end=False)
    sheet.y = 9.4
    sheet.text(5, f"Nốt ruồi C: {rng.randint(1, 4)} cm dưới sau mắt phải", size=6.6, style=Style.SANS)
    sheet.y = 13
    sheet.field("Ngày, tháng, năm / Date, month, year:", issued.slashed, "issue_date", issued.iso, x=5)
    sheet.y = 18
    sheet.stack(46, _DIRECTOR, size=5.4, style=Style.SANS_BOLD, pitch=2.6)
    _sign(sheet, 46, "Cục Cảnh sát quản lý hành chính về trật tự xã hội")
    sheet.note("signer_position", " ".join(_DIRECTOR))
    _set_mrz(sheet, person, expiry)
    sheet.own("full_name", "personal_id")
    return sheet.done("citizen_card")


def draw_card_b(rng: Random) -> Paper:
    """Căn cước công dân of 2016 with a bar code: Vietnamese labels only, fingers behind."""
    year = rng.randint(2016, 2020)
    person, expiry = draw_holder(rng, year)
    sheet = open_card(rng, (238, 244, 232), (226, 236, 220))
    _set_front_head(sheet, "")
    sheet.y = 22
    sheet.text(27, "Số:", size=8, style=Style.SANS)
    sheet.text(33, person.personal_id, size=11, style=Style.SANS_BOLD, colour=_RED)
    sheet.note("personal_id", person.personal_id)
    sheet.y = 26.6
    sheet.field("Họ và tên:", person.shown, "full_name", strong=True)
    sheet.field("Ngày, tháng, năm sinh:", person.born.slashed, "date_of_birth", person.born.iso)
    sheet.field("Giới tính:", person.sex, "sex", person.sex_value, right=48, end=False)
    sheet.field("Quốc tịch:", "Việt Nam", "nationality", x=52)
    sheet.field("Quê quán:", person.home.short, "hometown")
    sheet.field("Nơi thường trú:", person.residence, "residence")
    _set_portrait(sheet)
    sheet.y = HEIGHT_MM - 3.6
    _set_expiry(sheet, "Có giá trị đến:", "", expiry)
    sheet.turn_over()
    sheet.add(Box(0, 0, WIDTH_MM, HEIGHT_MM, (238, 244, 232)))
    sheet.y = 14
    sheet.field("Đặc điểm nhận dạng:", f"Sẹo chấm C: {rng.randint(1, 4)} cm trên sau đuôi mắt trái", x=28)
    issued = draw_date(rng, year, year)
    sheet.y = 24
    sheet.text(55, issued.long.capitalize(), size=6.6, style=Style.SANS, align="centre")
    sheet.note("issue_date", issued.long.capitalize(), issued.iso)
    sheet.y += 3.4
    position = ("CỤC TRƯỞNG CỤC CẢNH SÁT", "ĐKQL CƯ TRÚ VÀ DLQG VỀ DÂN CƯ")
    sheet.stack(55, position, size=5.4, style=Style.SANS_BOLD, pitch=2.8)
    _sign(sheet, 55, "Cục Cảnh sát đăng ký quản lý cư trú")
    sheet.note("signer_position", " ".join(position))
    sheet.own("full_name", "personal_id")
    return sheet.done("citizen_card")


def _set_front_head(sheet: FormSheet, english: str) -> None:
    sheet.y = 5
    sheet.stack(50, ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",), size=6.8, style=Style.SANS_BOLD, pitch=2.8)
    sheet.stack(50, ("Độc lập - Tự do - Hạnh phúc",), size=6, style=Style.SANS_BOLD, pitch=2.6)
    if english:
        for line in ("SOCIALIST REPUBLIC OF VIET NAM", "Independence - Freedom - Happiness"):
            sheet.stack(46, (line,), size=4.6, style=Style.SANS, pitch=2.1)
    sheet.y += 3.0
    sheet.text(46, "CĂN CƯỚC CÔNG DÂN", size=10, style=Style.SANS_BOLD, align="centre", colour=_RED)
    if english:
        sheet.y += 2.8
        sheet.text(46, english, size=6.4, style=Style.SANS_ITALIC, align="centre", colour=_RED)


def _below(sheet: FormSheet, label: str, text: str, name: str, *, strong: bool = False) -> None:
    """Label above, value below it, as cards do."""
    sheet.text(sheet.left, label, size=5.2, style=Style.SANS)
    sheet.y += 2.7
    sheet.field("", text, name, strong=strong)


def _set_portrait(sheet: FormSheet) -> None:
    sheet.add(Box(4, 20, 23, 45, _PORTRAIT, portrait=True))


def _set_expiry(sheet: FormSheet, label: str, english: str, expiry: Date | None) -> None:
    text, value = (expiry.slashed, expiry.iso) if expiry else (NO_EXPIRY, None)
    x = sheet.text(2.5, label, size=4.6, style=Style.SANS)
    sheet.text(x + 0.5, text, size=4.6, style=Style.SANS)
    if english:
        sheet.y += 2.3
        sheet.text(2.5, english, size=4.2, style=Style.SANS_ITALIC)
    if value:
        sheet.note("expiry_date", text, value)
        sheet.note("valid_until", text, value)


def _sign(sheet: FormSheet, x: float, ring: str) -> None:
    rng = sheet.rng
    signer = draw_name(rng, female=False)
    scrawl = Signature(x + 3, sheet.y + 3, 12.0, rng.randrange(10**6))
    sheet.add(scrawl, Seal(x - 9, sheet.y + 3, 8.6, f"BỘ CÔNG AN ★ {ring.upper()} ★", ("CỤC",)))
    sheet.y += 9.6
    sheet.text(x, signer, size=6.6, style=Style.SANS_BOLD, align="centre")
    sheet.note("signer_name", signer)


def compact(date: Date) -> str:
    return f"{date.day:02}{date.month:02}{date.year}"


def check_digit(text: str) -> str:
    """Weights 7, 3, 1 modulo 10 (ICAO Doc 9303, part 3)."""
    values = (0 if c == "<" else int(c, 36) for c in text)
    return str(sum(value * (7, 3, 1)[place % 3] for place, value in enumerate(values)) % 10)


def write_mrz(person: Person, expiry: Date | None) -> tuple[str, str, str]:
    """Three lines of 30 (TD1) as the Vietnamese card fills them."""
    number = person.personal_id
    first = f"IDVNM{number[3:]}{check_digit(number[3:])}{number}<<"
    first += check_digit(number)
    born = f"{person.born.year % 100:02}{person.born.month:02}{person.born.day:02}"
    until = f"{expiry.year % 100:02}{expiry.month:02}{expiry.day:02}" if expiry else "991231"
    dates = (born + check_digit(born), until + check_digit(until))
    second = f"{dates[0]}{'F' if person.female else 'M'}{dates[1]}VNM<<<<<<<<<<<"
    second += check_digit(first[5:] + dates[0] + dates[1] + "<" * 11)
    plain = normalize("NFD", person.shown.replace("Đ", "D").replace("'", ""))
    surname, _, given = "".join(c for c in plain if c.isalnum() or c == " ").partition(" ")
    third = f"{surname}<<{given.replace(' ', '<')}".ljust(30, "<")[:30]
    return first, second, third


def _set_mrz(sheet: FormSheet, person: Person, expiry: Date | None) -> None:
    for number, line in enumerate(write_mrz(person, expiry)):
        sheet.y = 40.5 + 4.6 * number
        sheet.text(4.5, line, size=11.4, style=Style.MONO)


_CLASSES = ("A1", "A2", "B1", "B2", "C", "D", "E", "FC")
_NEW_CLASSES = ("A1", "A", "B", "C1", "C", "D1", "D2", "CE")


def draw_licence_a(rng: Random) -> Paper:
    """Giấy phép lái xe, PET card of 2013 to 2024, bilingual."""
    return _draw_licence(rng, rng.randint(2013, 2024), _CLASSES, bilingual=True)


def draw_licence_b(rng: Random) -> Paper:
    """Of 2025: classes of the law of 2024, issued by the police."""
    return _draw_licence(rng, rng.randint(2025, 2026), _NEW_CLASSES, bilingual=False)


def _draw_licence(rng: Random, year: int, classes: tuple[str, ...], *, bilingual: bool) -> Paper:
    person = draw_person(rng, born=(year - 60, year - 19), year=year, capitals=True)
    sheet = open_card(rng, (252, 246, 226), (246, 236, 206))
    sheet.y = 5
    authority = "SỞ GIAO THÔNG VẬN TẢI" if bilingual else "PHÒNG CẢNH SÁT GIAO THÔNG"
    province = person.home.province.upper()
    ministry = "BỘ GTVT" if bilingual else "BỘ CÔNG AN"
    sheet.stack(18, (ministry,), size=6, style=Style.SANS_BOLD, pitch=2.6)
    sheet.note("issuing_agency", ministry)
    if bilingual:
        sheet.stack(18, ("MOT",), size=5, style=Style.SANS_ITALIC, pitch=2.2)
    sheet.y = 5
    sheet.stack(58, ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",), size=6.6, style=Style.SANS_BOLD, pitch=2.8)
    sheet.stack(58, ("Độc lập - Tự do - Hạnh phúc",), size=6, style=Style.SANS_BOLD, pitch=4.2)
    title = "GIẤY PHÉP LÁI XE/DRIVER'S LICENSE" if bilingual else "GIẤY PHÉP LÁI XE"
    sheet.stack(58, (title,), size=8, style=Style.SANS_BOLD, pitch=4.2)
    number = f"{rng.choice(('01', '24', '33', '48', '56', '79'))}{rng.randint(10, 25)}99{rng.randint(0, 999_999):06}"
    sheet.text(44, "Số/No:" if bilingual else "Số:", size=8, style=Style.SANS)
    sheet.text(54, number, size=8.4, style=Style.SANS_BOLD, colour=_RED)
    sheet.note("licence_number", number)
    sheet.y += 4
    english = {"": ""} if not bilingual else {
        "Họ tên": "/Full name", "Ngày sinh": "/Date of Birth", "Quốc tịch": "/Nationality", "Nơi cư trú": "/Address",
        "Hạng": "/Class", "Có giá trị đến": "/Expires", "Ngày trúng tuyển": "/Beginning date",
    }  # fmt: skip
    label = lambda text: f"{text}{english.get(text, '')}:"  # noqa: E731
    sheet.field(label("Họ tên" if bilingual else "Họ và tên"), person.shown, "full_name", strong=True)
    sheet.field(label("Ngày sinh"), person.born.slashed, "date_of_birth", person.born.iso)
    sheet.field(label("Quốc tịch"), "VIỆT NAM" if bilingual else "Việt Nam", "nationality")
    sheet.field(label("Nơi cư trú"), person.residence, "residence")
    date = draw_date(rng, year, year)
    issued = f"{proper_name(person)}, {date.long}"
    sheet.text(58, issued, size=6, style=Style.SANS_ITALIC, align="centre")
    sheet.note("issue_place", proper_name(person))
    sheet.note("issue_date", date.long, date.iso)
    sheet.y += 3
    sheet.stack(58, ("GIÁM ĐỐC" if bilingual else "TRƯỞNG PHÒNG",), size=6, style=Style.SANS_BOLD, pitch=1.0)
    sheet.note("signer_position", "GIÁM ĐỐC" if bilingual else "TRƯỞNG PHÒNG")
    low, sheet.y = sheet.y, min(sheet.y, HEIGHT_MM - 11.5)
    signer = draw_name(rng, female=False)
    sheet.add(Signature(62, low + 2.5, 14, rng.randrange(10**6)))
    sheet.add(Seal(50, low + 2.6, 7.4, f"{province} ★ {authority} ★", ("SỞ",) if bilingual else ("PHÒNG",)))
    sheet.y = min(low + 7.0, HEIGHT_MM - 1.6)
    sheet.text(58, signer, size=6.4, style=Style.SANS_BOLD, align="centre")
    sheet.note("signer_name", signer)
    sheet.add(Box(4, 14, 22, 38, _PORTRAIT, portrait=True))
    sheet.y = 42.5
    sheet.look = Look(6.2, 3.4, Style.SANS, Style.SANS, Style.SANS_BOLD, gap=0.6)
    klass = rng.choice(classes)
    sheet.field(label("Hạng"), klass, "licence_class", x=4, right=26, strong=True)
    expiry = None if klass.startswith("A") else Date(date.day, date.month, date.year + 10)
    sheet.text(4, label("Có giá trị đến"), size=5.4, style=Style.SANS)
    sheet.y += 2.8
    until = expiry.slashed if expiry else NO_EXPIRY
    sheet.text(4, until, size=6.2, style=Style.SANS_BOLD)
    if expiry:
        sheet.note("expiry_date", until, expiry.iso)
        sheet.note("valid_until", until, expiry.iso)
    sheet.own("full_name")
    return sheet.done("driving_licence")


def proper_name(person: Person) -> str:
    """The province as it stands before the date of a card."""
    return person.home.province.split(" ", 1 if person.home.province.startswith("tỉnh") else 2)[-1]
