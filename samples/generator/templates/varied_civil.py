"""Template E of the papers on civil status: a copy from the book, the nineties, forms filled in by pen."""

from random import Random

from samples.generator.fonts import Style
from samples.generator.form_sheet import FormSheet, Look
from samples.generator.paper import BLACK, PEN_BLUE, Colour, Paper, Rule, Signature
from samples.generator.stock.names import draw_name
from samples.generator.stock.people import Person, draw_date, draw_person
from samples.generator.stock.places import draw_hospital, draw_place, proper
from samples.generator.templates.blocks import (
    Office,
    draw_committee,
    draw_filling,
    set_frame,
    set_head,
    set_motto,
    set_signer,
)
from samples.generator.templates.civil_status import draw_child, draw_parents, own_both
from samples.generator.templates.filling import name_agency, set_day
from samples.generator.templates.grid import draw_trade, on_behalf


def _draw_look(rng: Random, size: float, pitch: float) -> tuple[Look, bool]:
    """A form with dotted lines, filled in by pen or by the printer; whether by pen."""
    pen = rng.random() < 0.5
    return Look(size, pitch, gap=2.2, leaders="rule", pen_colour=rng.choice((PEN_BLUE, PEN_BLUE, BLACK))), pen


def draw_birth_e(rng: Random) -> Paper:
    """Giấy khai sinh (bản sao) of Decision 01/2006, years after the birth; whoever signs the copy stands right."""
    year = rng.randint(2006, 2015)
    look, pen = _draw_look(rng, 12.5, 8.0)
    sheet = FormSheet(rng, look, left=27, right=190, top=16)
    office = draw_committee(rng, year)
    born = year - rng.randint(1, 5)
    sheet.text(192, "Mẫu TP/HT-2006-KS.3", size=9, style=Style.ITALIC, align="right")
    sheet.y = 24
    labels = ("Tỉnh, thành phố:", "Huyện, quận:", "Xã, phường, thị trấn:")
    sheet.look = Look(11, 6, leaders="rule", pen_colour=look.pen_colour)
    for label, level in zip(labels, reversed(office.place.levels), strict=True):
        sheet.field(label, proper(level), x=24, right=84, pen=pen)
    sheet.y = 24
    set_motto(sheet, 145, size=11.5)
    sheet.y += 9
    number = str(rng.randint(1, 340))
    sheet.field("Số:", number, "document_number", x=122, right=140, pen=pen, end=False)
    sheet.field("Quyển số:", f"0{rng.randint(1, 3)}/{born}", x=144, right=178, pen=pen)
    sheet.look = look
    sheet.y = 57
    sheet.stack(108, ("GIẤY KHAI SINH",), size=21, style=Style.BOLD, pitch=6)
    sheet.stack(108, ("(BẢN SAO)",), size=12, style=Style.BOLD, pitch=10)
    mother, father = draw_parents(rng, born)
    child = draw_child(rng, born, father, mother)
    _set_child(sheet, child, office, pen=pen)
    for who, key, parent in (("cha", "father", father), ("mẹ", "mother", mother)):
        sheet.field(f"Họ và tên người {who}:", parent.shown, f"{key}_name", right=148, pen=pen, end=False)
        sheet.field("Năm sinh:", str(parent.born.year), f"{key}_birth_year", x=151, pen=pen)
        sheet.field("Dân tộc:", parent.ethnicity, right=84, pen=pen, end=False)
        sheet.field("Quốc tịch:", "Việt Nam", x=88, pen=pen)
        sheet.field("Nơi thường trú/tạm trú:", parent.residence, pen=pen)
    sheet.field("Nơi đăng ký:", office.running, "issuing_agency", pen=pen)
    registered = draw_date(rng, born, born, after=child.born)
    sheet.field("Ngày, tháng, năm đăng ký:", registered.slashed, right=110, pen=pen, end=False)
    sheet.field("Ghi chú:", "", x=114)
    sheet.y += 1
    _sign_copy(sheet, office, year, pen=pen)
    sheet.own("full_name")
    return sheet.done("birth_certificate")


def _set_child(sheet: FormSheet, child: Person, office: Office, *, pen: bool) -> None:
    sheet.field("Họ và tên:", child.shown, "full_name", strong=True, pen=pen, right=150, end=False)
    sheet.field("Giới tính:", child.sex, "sex", child.sex_value, pen=pen, x=153)
    sheet.field("Ngày, tháng, năm sinh:", child.born.slashed, "date_of_birth", child.born.iso, pen=pen)
    words = child.born.words
    sheet.field("Viết bằng chữ:", words, "date_of_birth_words", pen=pen)
    sheet.field("Nơi sinh:", draw_hospital(sheet.rng, office.place), "place_of_birth", pen=pen)
    sheet.field("Dân tộc:", child.ethnicity, "ethnicity", right=84, pen=pen, end=False)
    sheet.field("Quốc tịch:", "Việt Nam", "nationality", x=88, pen=pen)
    sheet.field("Quê quán:", child.home.full, "hometown", pen=pen)


def _sign_copy(sheet: FormSheet, office: Office, year: int, *, pen: bool) -> None:
    """The copy is issued by who signs it today; of the original it only says who signed it."""
    rng = sheet.rng
    top = sheet.y
    sheet.y += 6
    sheet.stack(62, ("NGƯỜI KÝ GIẤY KHAI SINH",), size=11.5, style=Style.BOLD, pitch=8)
    sheet.text(62, "(Đã ký)", size=12, style=Style.ITALIC, align="centre")
    sheet.y += 9
    sheet.text(62, draw_name(rng, female=rng.random() < 0.3), size=12, style=Style.BOLD, align="centre")
    sheet.y = top
    sheet.text(148, "Sao từ Sổ đăng ký khai sinh", size=12, style=Style.ITALIC, align="centre")
    sheet.y += 5.8
    date = draw_date(rng, year, year)
    place = office.place.name
    set_day(sheet, f"{place}, ngày", date, "issue_date", x=118, pen=pen, style=Style.ITALIC, size=12)
    sheet.note("issue_place", place)
    sheet.y += 6
    set_signer(sheet, office, behalf=on_behalf(office), x=148, size=11.5, deep=28)


_GREEN: Colour = (246, 251, 244)


def draw_marriage_e(rng: Random) -> Paper:
    """Giấy chứng nhận kết hôn of the nineties, a small sheet: the man's side left, the woman's right."""
    year = rng.randint(1990, 1998)
    look, pen = draw_filling(rng, 10.5, 6.8)
    sheet = FormSheet(rng, look, left=17, right=180, width=196, height=236)
    set_frame(sheet, (70, 120, 90), (230, 242, 228), inset=8)
    office = draw_committee(rng, year)
    sheet.y = 22
    commune, district = office.place.levels[0], office.place.levels[1]
    sheet.stack(50, ("ỦY BAN NHÂN DÂN", commune.upper(), district.upper()), size=10.5, style=Style.BOLD, pitch=5)
    sheet.note("issuing_agency", f"ỦY BAN NHÂN DÂN {commune.upper()} {district.upper()}")
    sheet.y += 2
    number = str(rng.randint(1, 95))
    sheet.field("Số:", number, "document_number", x=26, right=44, pen=pen, end=False)
    sheet.field("Quyển số:", f"{rng.randint(1, 4):02}", x=47, right=76, pen=pen)
    sheet.y = 22
    set_motto(sheet, 133, size=11, old=True)
    sheet.y = 60
    sheet.stack(98, ("GIẤY CHỨNG NHẬN KẾT HÔN",), size=19, style=Style.BOLD, pitch=12)
    born = (year - 34, year - 19)
    people = {
        "husband": draw_person(rng, born=born, year=year, female=False),
        "wife": draw_person(rng, born=born, year=year, female=True),
    }
    top = low = sheet.y
    for key, heading, x0, x1 in (("husband", "BÊN NAM", 17.0, 94.0), ("wife", "BÊN NỮ", 102.0, 180.0)):
        sheet.y = top
        sheet.stack((x0 + x1) / 2, (heading,), size=12, style=Style.BOLD, pitch=8)
        _set_side(sheet, key, people[key], (x0, x1), pen=pen)
        low = max(low, sheet.y)
    sheet.add(Rule(98, top - 4, 98, low - 4))
    sheet.y = low + 2
    sheet.stack(98, ("Đã tự nguyện kết hôn, được ghi vào Sổ đăng ký kết hôn của địa phương.",), size=11, pitch=8)
    _sign_marriage(sheet, office, people, year, pen=pen)
    own_both(sheet, people)
    return sheet.done("marriage_certificate", _GREEN)


def _set_side(sheet: FormSheet, key: str, person: Person, sides: tuple[float, float], *, pen: bool) -> None:
    x0, x1 = sides
    born = person.born.long.removeprefix("ngày ")
    for label, text, name, value in (
        ("Họ và tên:", person.shown, "name", None),
        ("Sinh ngày:", born, "date_of_birth", person.born.iso),
        ("Dân tộc:", person.ethnicity, "", None),
        ("Quốc tịch:", "Việt Nam", "", None),
        ("Nghề nghiệp:", draw_trade(sheet.rng), "", None),
        ("Quê quán:", person.home.short, "", None),
        ("Nơi đăng ký thường trú:", person.residence, "", None),
        ("Số CMND hoặc hộ chiếu:", person.old_id, "id", None),
    ):
        sheet.field(label, text, f"{key}_{name}" if name else None, value, x=x0, right=x1, pen=pen)


def _sign_marriage(sheet: FormSheet, office: Office, people: dict[str, Person], year: int, *, pen: bool) -> None:
    rng = sheet.rng
    place = office.place.name
    set_day(sheet, f"{place}, ngày", draw_date(rng, year, year), "issue_date", x=98, pen=pen, style=Style.ITALIC)
    sheet.note("issue_place", place)
    sheet.y += 6.4
    top = sheet.y
    for x, who, one in ((36, "Bên nam ký", people["husband"]), (78, "Bên nữ ký", people["wife"])):
        sheet.y = top
        sheet.stack(x, (who,), size=10.5, style=Style.BOLD, pitch=12)
        sheet.add(Signature(x, sheet.y, 24, rng.randrange(10**6)))
        sheet.y += 12
        sheet.text(x, one.name, size=9.5, align="centre")
    sheet.y = top
    set_signer(sheet, office, behalf=name_agency(office, "T/M"), x=140, size=10.5, deep=28)


_STATES = (
    "Chưa đăng ký kết hôn với ai",
    "Chưa đăng ký kết hôn lần nào",
    "Đã ly hôn, hiện tại chưa đăng ký kết hôn với ai",
)


def draw_single_e(rng: Random) -> Paper:
    """Form of Circular 08.a/2010, whose errand may name whom the person is to marry."""
    year = rng.randint(2010, 2015)
    look, pen = _draw_look(rng, 13, 9.6)
    sheet = FormSheet(rng, look, left=28, right=190, top=22)
    sheet.text(192, "Mẫu TP/HT-2010-XNTTHN.1", size=9, style=Style.ITALIC, align="right")
    sheet.y = 30
    office, date = draw_committee(rng, year), draw_date(rng, year, year)
    set_head(sheet, office, number=f"{rng.randint(1, 300)}/UBND-XN", date=date, left=62, right=144)
    sheet.y += 6
    sheet.stack(109, ("GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN",), size=16, style=Style.BOLD, pitch=9)
    sheet.stack(109, (f"{' '.join(office.lines)} XÁC NHẬN:",), size=11.5, style=Style.BOLD, pitch=10)
    person = draw_person(rng, born=(year - 45, year - 20), year=year)
    sheet.field("Ông/bà:", person.shown, "full_name", strong=True, pen=pen, right=140, end=False)
    sheet.field("Giới tính:", person.sex, pen=pen, x=144)
    born = person.born
    sheet.field("Ngày, tháng, năm sinh:", born.slashed, "date_of_birth", born.iso, pen=pen)
    sheet.field("Nơi sinh:", person.home.full, pen=pen)
    sheet.field("Dân tộc:", person.ethnicity, right=92, pen=pen, end=False)
    sheet.field("Quốc tịch:", "Việt Nam", x=96, pen=pen)
    sheet.field("Số Giấy CMND/Hộ chiếu:", person.old_id, "personal_id", right=108, pen=pen, end=False)
    sheet.field("cấp ngày:", draw_date(rng, year - 8, year - 1).slashed, x=112, pen=pen)
    sheet.field("Nơi thường trú/tạm trú:", person.residence, "residence", pen=pen)
    state = rng.choice(_STATES)
    sheet.field("Tình trạng hôn nhân hiện tại:", state, "marital_status", pen=pen)
    sheet.field("Giấy này được cấp để sử dụng vào mục đích:", _draw_errand(rng, person, year), "purpose", pen=pen)
    sheet.field("Có giá trị trong thời hạn 06 tháng, kể từ ngày cấp.", "", right=sheet.left)
    sheet.y += 4
    set_signer(sheet, office, x=148, behalf=(f"TM. {office.lines[0]}",), deep=34)
    sheet.own("full_name", "personal_id")
    return sheet.done("marital_status_certificate")


def _draw_errand(rng: Random, person: Person, year: int) -> str:
    if rng.random() < 0.5:
        return rng.choice(("Vay vốn ngân hàng", "Chuyển nhượng nhà, đất", "Bổ sung hồ sơ đi lao động"))
    other = draw_person(rng, born=(year - 40, year - 20), year=year, female=not person.female)
    title = "chị" if other.female else "anh"
    return f"Đăng ký kết hôn với {title} {other.name}, sinh năm {other.born.year}"


_CAUSES = ("Tuổi già", "Tai biến mạch máu não", "Ung thư gan", "Suy tim", "Tai nạn lao động", "Lao phổi")


def draw_death_e(rng: Random) -> Paper:
    """Trích lục khai tử as printed form of Circular 15/2015, in a frame, filled in for who still had nine digits."""
    year = rng.randint(2016, 2019)
    look, pen = _draw_look(rng, 13.5, 9.6)
    sheet = FormSheet(rng, look, left=29, right=188, top=26)
    set_frame(sheet, (112, 112, 124), inset=12)
    office = draw_committee(rng, year)
    died = draw_date(rng, year - 1, year - 1)
    set_head(sheet, office, left=64, right=140, size=11.5)
    sheet.y -= 4
    sheet.field("Số:", f"{rng.randint(1, 120)}/TLKT", "document_number", x=46, right=82, pen=pen, end=False)
    place = office.place.name
    issued = draw_date(rng, year, year)
    set_day(sheet, f"{place}, ngày", issued, "issue_date", x=104, pen=pen, style=Style.ITALIC, size=12)
    sheet.note("issue_place", place)
    sheet.y += 15
    sheet.stack(107, ("TRÍCH LỤC KHAI TỬ",), size=18, style=Style.BOLD, pitch=12)
    person = draw_person(rng, born=(died.year - 92, died.year - 22), year=year)
    sheet.field("Họ, chữ đệm, tên người chết:", person.shown, "full_name", strong=True, pen=pen)
    year_only = person.born.year < 1955 and rng.random() < 0.6
    born, value = (str(person.born.year),) * 2 if year_only else (person.born.slashed, person.born.iso)
    sheet.field("Ngày, tháng, năm sinh:", born, "date_of_birth", value, pen=pen)
    sheet.field("Giới tính:", person.sex, right=68, pen=pen, end=False)
    sheet.field("Dân tộc:", person.ethnicity, x=72, right=122, pen=pen, end=False)
    sheet.field("Quốc tịch:", "Việt Nam", x=126, pen=pen)
    sheet.field("Giấy tờ tùy thân: CMND số", person.old_id, "personal_id", pen=pen)
    sheet.field("Nơi cư trú cuối cùng:", person.residence, pen=pen)
    x = sheet.field("Đã chết vào lúc", f"{rng.randint(0, 23)}", right=70, pen=pen, end=False)
    x = sheet.text(max(x, 70) + 1.5, "giờ", size=13)
    x = sheet.field("", f"{rng.randint(0, 59):02}", x=x + 1.5, right=x + 12, pen=pen, end=False)
    set_day(sheet, "phút, ngày", died, "date_of_death", x=max(x, 90) + 1.5, pen=pen)
    sheet.y += look.pitch
    where = person.residence if rng.random() < 0.5 else draw_hospital(rng, draw_place(rng, year))
    sheet.field("Nơi chết:", where, "place_of_death", pen=pen)
    sheet.field("Nguyên nhân chết:", rng.choice(_CAUSES), "cause_of_death", pen=pen)
    sheet.field("Đăng ký khai tử tại:", office.running, pen=pen)
    sheet.field("Số đăng ký:", f"{rng.randint(1, 80):02}/{died.year}", right=98, pen=pen, end=False)
    sheet.field("Người đi khai tử:", draw_name(rng, female=rng.random() < 0.5), x=102, pen=pen)
    sheet.y += 3
    set_signer(sheet, office, behalf=name_agency(office), x=144, size=12.5, deep=34)
    sheet.own("full_name", "personal_id")
    return sheet.done("death_extract")
