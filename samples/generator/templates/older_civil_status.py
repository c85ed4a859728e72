"""Template D of the papers on civil status: forms of 1999 and 2008, and the extract out of the electronic register."""

from dataclasses import replace
from random import Random

from samples.generator.fonts import Style
from samples.generator.form_sheet import FormSheet, Look
from samples.generator.paper import BLACK, PEN_BLUE, Barcode, Paper, Seal, Signature
from samples.generator.stock.names import draw_name
from samples.generator.stock.people import Person, draw_date, draw_person
from samples.generator.stock.places import draw_hospital, draw_place, proper
from samples.generator.templates.blocks import (
    Office,
    draw_committee,
    set_frame,
    set_head,
    set_motto,
    set_signer,
)
from samples.generator.templates.civil_status import ROSE, ROSE_FRAME, ROSE_WAVE, draw_child, draw_parents, own_both
from samples.generator.templates.grid import Cell, draw_trade, head_cells, on_behalf, set_grid
from samples.generator.words import Date


def _fill(rng: Random, size: float, pitch: float) -> tuple[Look, bool]:
    """How the clerk of those years filled in a form, by pen or on the typewriter; whether by pen."""
    if rng.random() < 0.5:
        colour = rng.choice((PEN_BLUE, PEN_BLUE, BLACK))
        return Look(size, pitch, leaders="rule", pen_colour=colour), True
    return Look(size, pitch, value=Style.TYPED, strong=Style.TYPED, leaders="rule"), False


def _without_day(date: Date) -> str:
    """A long date behind a label that ends in ``ngày``."""
    return date.long.removeprefix("ngày ")


def _set_seat(sheet: FormSheet, office: Office, *, x: float, right: float, pen: bool) -> None:
    """Commune, district and province on lines of their own, filled in as the rest."""
    look = sheet.look
    sheet.look = replace(look, size=11.0, pitch=6.2)
    for label, level in zip(("Xã, phường:", "Huyện, quận:", "Tỉnh, thành phố:"), office.place.levels, strict=True):
        sheet.field(label, proper(level), x=x, right=right, pen=pen)
    sheet.look = look


def draw_birth_d(rng: Random) -> Paper:
    """Giấy khai sinh of Decision 1203/1998: mother and father in a table, filled in by pen or typewriter."""
    year = rng.randint(1999, 2005)
    look, pen = _fill(rng, 12.0, 8.0)
    sheet = FormSheet(rng, look, left=26, right=188)
    set_frame(sheet, (96, 128, 104), inset=9)
    office = draw_committee(rng, year)
    sheet.y = 17
    sheet.text(190, "Mẫu TP/HT-1999-A.1", size=9.5, style=Style.ITALIC, align="right")
    sheet.y = 25
    _set_seat(sheet, office, x=22, right=88, pen=pen)
    sheet.y = 25
    set_motto(sheet, 144, size=11.5, old=True)
    sheet.y += 9
    number = str(rng.randint(1, 260))
    sheet.field("Số:", number, "document_number", x=128, right=148, pen=pen, end=False)
    sheet.field("Quyển số:", f"{rng.randint(1, 3):02}", x=152, right=182, pen=pen)
    sheet.y = 58
    sheet.stack(105, ("GIẤY KHAI SINH",), size=23, style=Style.BOLD, pitch=6.5)
    sheet.stack(105, ("(BẢN CHÍNH)",), size=12, style=Style.BOLD, pitch=11)
    mother, father = draw_parents(rng, year)
    child = draw_child(rng, year, father, mother)
    sheet.field("Họ và tên:", child.shown, "full_name", strong=True, pen=pen, right=146, end=False)
    sheet.field("Nam, nữ:", child.sex, "sex", child.sex_value, pen=pen, x=149)
    sheet.field("Sinh ngày:", _without_day(child.born), "date_of_birth", child.born.iso, pen=pen)
    sheet.field("(Viết bằng chữ):", child.born.words, "date_of_birth_words", pen=pen)
    sheet.field("Nơi sinh:", draw_hospital(rng, office.place), "place_of_birth", pen=pen)
    sheet.field("Dân tộc:", child.ethnicity, "ethnicity", pen=pen, right=104, end=False)
    sheet.field("Quốc tịch:", "Việt Nam", "nationality", pen=pen, x=108)
    sheet.field("Quê quán:", child.home.full, "hometown", pen=pen)
    sheet.y += 2.5
    _set_parents(sheet, mother, father, pen=pen)
    sheet.y += 1.5
    teller = rng.choice((mother, father))
    told = f"{teller.shown}, CMND số {teller.old_id}"
    sheet.field("Họ, tên, giấy tờ của người đứng khai:", told, pen=pen)
    date = draw_date(rng, year, year, after=child.born)
    sheet.field("Đăng ký ngày:", _without_day(date), "issue_date", date.iso, pen=pen, right=110)
    sheet.y += 1.5
    top = sheet.y
    sheet.text(58, "Người đứng khai ký tên", size=11.5, style=Style.BOLD, align="centre")
    sheet.add(Signature(58, top + 12, 26, rng.randrange(10**6)))
    set_signer(sheet, office, behalf=on_behalf(office), x=146, size=11.5, deep=29)
    sheet.note("issuing_agency", " ".join(office.lines))
    sheet.own("full_name")
    return sheet.done("birth_certificate", (250, 251, 243))


def _set_parents(sheet: FormSheet, mother: Person, father: Person, *, pen: bool) -> None:
    rng, look = sheet.rng, sheet.look
    sheet.look = replace(look, size=11.0, pitch=6.4, leaders="none")
    both = (mother, father)

    def row(label: str, *texts: str, names: tuple[str, ...] = ("", "")) -> tuple[Cell, ...]:
        filled = (Cell(text, name or None, pen=pen) for text, name in zip(texts, names, strict=True))
        return Cell(label, label=True), *filled

    set_grid(sheet, (22, 60, 124, 188), (
        head_cells("Phần khai về cha, mẹ", "NGƯỜI MẸ", "NGƯỜI CHA"),
        row("Họ và tên", *(one.shown for one in both), names=("mother_name", "father_name")),
        row("Năm sinh", *(str(one.born.year) for one in both), names=("mother_birth_year", "father_birth_year")),
        row("Dân tộc", *(one.ethnicity for one in both)),
        row("Quốc tịch", "Việt Nam", "Việt Nam"),
        row("Nghề nghiệp", draw_trade(rng), draw_trade(rng)),
        row("Nơi thường trú", *(one.residence for one in both)),
    ))  # fmt: skip
    sheet.look = look


def draw_marriage_d(rng: Random) -> Paper:
    """Giấy chứng nhận kết hôn of the same years, lying: husband and wife in a table, both sign."""
    year = rng.randint(1999, 2005)
    look, pen = _fill(rng, 11.5, 8.0)
    sheet = FormSheet(rng, look, left=24, right=273, width=297, height=210)
    set_frame(sheet, ROSE_FRAME, ROSE_WAVE, inset=8)
    office = draw_committee(rng, year)
    sheet.y = 20
    _set_seat(sheet, office, x=22, right=92, pen=pen)
    sheet.y = 20
    set_motto(sheet, 160, size=12, old=True)
    sheet.y = 20
    number = str(rng.randint(1, 140))
    sheet.field("Số:", number, "document_number", x=226, right=262, pen=pen)
    sheet.field("Quyển số:", f"{rng.randint(1, 2):02}/{year}", x=226, right=262, pen=pen)
    sheet.y = 43
    sheet.stack(148.5, ("GIẤY CHỨNG NHẬN KẾT HÔN",), size=22, style=Style.BOLD, pitch=11)
    born = (year - 36, year - 20)
    people = {
        "husband": draw_person(rng, born=born, year=year, female=False),
        "wife": draw_person(rng, born=born, year=year, female=True),
    }
    _set_couple(sheet, people, pen=pen)
    sheet.y += 2
    sheet.field("Đã đăng ký kết hôn tại:", office.running, "issuing_agency", pen=pen, right=202, end=False)
    date = draw_date(rng, year, year)
    sheet.field("ngày", _without_day(date), "issue_date", date.iso, pen=pen, x=206)
    sheet.y += 1
    top = sheet.y
    for x, key, who in ((58, "husband", "CHỒNG"), (128, "wife", "VỢ")):
        sheet.y = top
        sheet.stack(x, (f"CHỮ KÝ CỦA NGƯỜI {who}",), size=11, style=Style.BOLD, pitch=12)
        sheet.add(Signature(x, sheet.y, 26, rng.randrange(10**6)))
        sheet.y += 13
        sheet.text(x, people[key].name, size=11.5, align="centre")
    sheet.y = top
    set_signer(sheet, office, behalf=on_behalf(office), x=226, size=11, deep=27)
    own_both(sheet, people)
    return sheet.done("marriage_certificate", ROSE)


def _set_couple(sheet: FormSheet, people: dict[str, Person], *, pen: bool) -> None:
    rng, look = sheet.rng, sheet.look
    sheet.look = replace(look, leaders="none")
    rows = [head_cells("", "NGƯỜI CHỒNG", "NGƯỜI VỢ")]
    for label, field, show in (
        ("Họ và tên", "name", lambda one: one.shown),
        ("Sinh ngày", "date_of_birth", lambda one: _without_day(one.born)),
        ("Dân tộc, quốc tịch", "", lambda one: f"{one.ethnicity}, Việt Nam"),
        ("Nghề nghiệp", "", lambda _one: draw_trade(rng)),
        ("Nơi thường trú", "", lambda one: one.residence),
        ("Số CMND (hộ chiếu)", "id", lambda one: one.old_id),
    ):
        row = [Cell(label, label=True)]
        for key, one in people.items():
            value = one.born.iso if field == "date_of_birth" else None
            row.append(Cell(show(one), f"{key}_{field}" if field else None, value, pen=pen))
        rows.append(tuple(row))
    set_grid(sheet, (22, 66, 170, 275), rows)
    sheet.look = look


_SINGLE = (
    "Từ khi đủ tuổi kết hôn đến nay chưa đăng ký kết hôn với ai",
    "Từ ngày ly hôn đến nay chưa đăng ký kết hôn với ai",
    "Sống độc thân, chưa đăng ký kết hôn lần nào",
)
_ERRANDS = (
    "vay vốn tại Ngân hàng Chính sách xã hội",
    "đăng ký kết hôn tại xã khác",
    "chuyển nhượng quyền sử dụng đất",
    "bổ sung hồ sơ xuất khẩu lao động",
)


def draw_single_d(rng: Random) -> Paper:
    """Giấy xác nhận tình trạng hôn nhân as communes typed it before the form of 2010; the registrar signs beside."""
    year = rng.randint(2004, 2010)
    sheet = FormSheet(rng, Look(13.5, 8.4, gap=2.4), left=28, right=188, top=26)
    office, date = draw_committee(rng, year), draw_date(rng, year, year)
    set_head(sheet, office, number=f"{rng.randint(1, 300)}/XN-UB", date=date, left=64, right=143)
    sheet.y += 7
    sheet.stack(108, ("GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN",), size=16, style=Style.BOLD, pitch=12)
    seat = ", ".join(office.place.levels).upper()
    sheet.stack(108, (f"ỦY BAN NHÂN DÂN {seat}",), size=10.5, style=Style.BOLD, pitch=8)
    sheet.stack(108, ("XÁC NHẬN",), size=13.5, style=Style.BOLD, pitch=10)
    person = draw_person(rng, born=(year - 45, year - 19), year=year)
    sheet.field(f"{person.title}:", person.shown, "full_name", strong=True, right=140, end=False)
    sheet.field("Nam/Nữ:", person.sex, x=150)
    sheet.field("Sinh ngày:", _without_day(person.born), "date_of_birth", person.born.iso)
    sheet.field("Nơi sinh:", person.home.full)
    sheet.field("Dân tộc:", person.ethnicity, right=100, end=False)
    sheet.field("Quốc tịch:", "Việt Nam", x=108)
    given = draw_date(rng, year - 4, year - 1)
    sheet.field("CMND số:", person.old_id, "personal_id", right=84, end=False)
    sheet.field("cấp ngày:", given.slashed, x=86, right=130, end=False)
    sheet.field("tại:", f"Công an {proper(person.home.province)}", x=132)
    sheet.field("Hộ khẩu thường trú:", person.residence, "residence")
    state = rng.choice(_SINGLE)
    sheet.field("Về tình trạng hôn nhân:", f"{state}.", "marital_status", state)
    purpose = rng.choice(_ERRANDS)
    sheet.field("Giấy này cấp cho đương sự để làm thủ tục:", f"{purpose}.", "purpose", purpose)
    sheet.field("Giấy có giá trị trong thời hạn 06 (sáu) tháng kể từ ngày ký.", "")
    sheet.y += 6
    top = sheet.y
    sheet.stack(64, ("CÁN BỘ TƯ PHÁP - HỘ TỊCH",), size=12.5, style=Style.BOLD, pitch=16)
    sheet.add(Signature(66, sheet.y, 28, rng.randrange(10**6)))
    sheet.y = top + 39
    sheet.text(64, draw_name(rng, female=rng.random() < 0.5), size=13, style=Style.BOLD, align="centre")
    sheet.y = top
    set_signer(sheet, office, behalf=on_behalf(office), x=146, deep=33)
    sheet.own("full_name", "personal_id")
    return sheet.done("marital_status_certificate")


def draw_death_d(rng: Random) -> Paper:
    """Trích lục khai tử printed from the electronic register: QR code, numbered lines, image of the seal."""
    year = rng.randint(2022, 2026)
    sheet = FormSheet(rng, Look(12.5, 7.2, strong=Style.BOLD), left=30, right=188, top=38)
    office, date = draw_committee(rng, year), draw_date(rng, year, year)
    number = f"{rng.randint(1, 500)}/TLKT-BS"
    sheet.add(Barcode(22, 10, 20, f"https://hotich.example/tra-cuu/{rng.randrange(10**10):010}"))
    set_head(sheet, office, number=number, date=date)
    sheet.y += 5
    sheet.stack(108, ("TRÍCH LỤC KHAI TỬ", "(BẢN SAO)"), size=15, style=Style.BOLD, pitch=6.6)
    sheet.y += 4
    died = draw_date(rng, year - rng.randint(1, 5), year - 1)
    person = draw_person(rng, born=(died.year - 95, died.year - 25), year=year, capitals=True)
    _head(sheet, "I. Thông tin về người chết")
    sheet.field("1. Họ, chữ đệm, tên khai sinh:", person.shown, "full_name", strong=True)
    sheet.field("2. Sinh ngày:", person.born.slashed, "date_of_birth", person.born.iso, right=104, end=False)
    sheet.field("3. Giới tính:", person.sex, x=110)
    sheet.field("4. Dân tộc:", person.ethnicity, right=104, end=False)
    sheet.field("5. Quốc tịch:", "Việt Nam", x=110)
    sheet.field("6. Số ĐDCN/Giấy tờ tùy thân:", person.personal_id, "personal_id")
    sheet.field("7. Nơi cư trú cuối cùng:", person.residence)
    sheet.y += 1
    _head(sheet, "II. Thông tin về sự kiện chết")
    when = f"{rng.randint(0, 23):02}:{rng.randint(0, 59):02}, ngày {died.slashed}"
    sheet.field("8. Thời điểm chết:", when, "date_of_death", died.iso)
    place = person.residence if rng.random() < 0.5 else draw_hospital(rng, draw_place(rng, year))
    sheet.field("9. Địa điểm chết:", place, "place_of_death")
    cause = rng.choice(("Tuổi cao, sức yếu", "Nhồi máu cơ tim", "Xơ gan", "Đuối nước", "Ung thư dạ dày"))
    sheet.field("10. Nguyên nhân:", cause, "cause_of_death")
    told = f"Giấy báo tử số {rng.randint(1, 300)}/GBT, ngày {died.slashed}"
    sheet.field("11. Giấy báo tử/giấy tờ thay thế:", told)
    sheet.y += 1
    _head(sheet, "III. Thông tin đăng ký")
    sheet.field("12. Cơ quan đăng ký khai tử:", office.running)
    sheet.field("13. Số, năm đăng ký:", f"{rng.randint(1, 90):02}/{died.year}")
    sheet.y += 4
    _sign_electronically(sheet, office, date)
    sheet.own("full_name", "personal_id")
    return sheet.done("death_extract")


def _head(sheet: FormSheet, text: str) -> None:
    sheet.text(sheet.left, text, size=sheet.look.size, style=Style.BOLD)
    sheet.y += sheet.look.pitch


def _sign_electronically(sheet: FormSheet, office: Office, date: Date) -> None:
    """Images of seal and signature, quite straight, and who signed when at the foot."""
    rng = sheet.rng
    sheet.stack(146, ("NGƯỜI KÝ TRÍCH LỤC", *office.position), size=12.5, style=Style.BOLD, pitch=5.6)
    ink = sheet.y + 11
    sheet.add(Signature(150, ink, 30, rng.randrange(10**6)), Seal(128, ink, 28, office.ring, office.core))
    sheet.y = ink + 20
    sheet.text(146, office.signer, size=13, style=Style.BOLD, align="centre")
    sheet.note("signer_name", office.signer)
    sheet.note("signer_position", " ".join(office.position))
    sheet.y = 284
    clock = f"{rng.randint(7, 16):02}:{rng.randint(0, 59):02}:{rng.randint(0, 59):02} +07:00"
    foot = f"Bản giấy in từ bản điện tử, ký số lúc {clock} ngày {date.slashed}. Quét mã QR để tra cứu."
    sheet.text(sheet.left, foot, size=8.5, style=Style.SANS_ITALIC)
