"""Birth, marriage, single status, death (hộ tịch), after the forms of Circulars 15/2015, 04/2020 and before."""

from random import Random

from samples.generator.fonts import Style
from samples.generator.form_sheet import FormSheet, Look
from samples.generator.paper import Paper
from samples.generator.stock.people import Person, draw_date, draw_person
from samples.generator.stock.places import draw_hospital, draw_place
from samples.generator.templates.blocks import draw_committee, set_frame, set_head, set_motto, set_signer
from samples.generator.words import Date

ROSE = (255, 250, 246)
ROSE_FRAME = (176, 96, 84)
ROSE_WAVE = (252, 240, 233)


def show_date(rng: Random, date: Date, *, slashed: float = 0.6) -> str:
    """One of the ways offices write a date behind a label."""
    roll = rng.random()
    if roll < slashed * 0.6:
        return date.slashed
    if roll < slashed * 0.85:
        return f"{date.day:02}/{date.month}/{date.year}"
    if roll < slashed:
        return f"{date.day:02}-{date.month:02}-{date.year}"
    return date.long if roll < 0.9 else date.long.capitalize()


def draw_birth_a(rng: Random) -> Paper:
    """Giấy khai sinh of the forms of 2015 and 2020."""
    year = rng.randint(2016, 2025)
    sheet = FormSheet(rng, Look(13.5, 7.8, gap=2.2, leaders=rng.choice(("none", "none", "rule"))), left=30, right=188)
    set_frame(sheet, ROSE_FRAME, ROSE_WAVE)
    office = draw_committee(rng, year)
    sheet.y = 32
    set_motto(sheet, 108, size=12.5)
    sheet.y = 56
    sheet.stack(108, ("GIẤY KHAI SINH",), size=22, style=Style.BOLD, pitch=7)
    number = f"{rng.randint(1, 420)}/{year}" if rng.random() < 0.7 else str(rng.randint(1, 420))
    sheet.stack(108, (f"Số: {number}",), size=13, pitch=10)
    sheet.note("document_number", number)
    mother, father = draw_parents(rng, year)
    child = draw_child(rng, year, father, mother)
    _set_child(sheet, child)
    _set_parents(sheet, (("mẹ", "mother", mother), ("cha", "father", father)), "Họ, chữ đệm, tên người {}:")
    sheet.field("Họ, chữ đệm, tên người đi khai sinh:", father.shown if rng.random() < 0.5 else mother.shown)
    sheet.field("Giấy tờ tùy thân:", f"Căn cước công dân số {father.personal_id}")
    sheet.field("Nơi đăng ký khai sinh:", office.running, "issuing_agency")
    date = draw_date(rng, year, year, after=child.born)
    sheet.field("Ngày, tháng, năm đăng ký:", show_date(rng, date), "issue_date", date.iso)
    sheet.y += 2
    set_signer(sheet, office, title="NGƯỜI KÝ GIẤY KHAI SINH", deep=32)
    sheet.own("full_name", "personal_id")
    return sheet.done("birth_certificate", ROSE)


def draw_birth_b(rng: Random) -> Paper:
    """Giấy khai sinh of Decision 01/2006: other labels, father first, no personal number."""
    year = rng.randint(2000, 2015)
    sheet = FormSheet(rng, Look(13, 8.0, leaders=rng.choice(("none", "rule", "dots"))), left=28, right=188)
    set_frame(sheet, ROSE_FRAME, ROSE_WAVE)
    office = draw_committee(rng, year)
    sheet.y = 32
    for label, level in zip(("Tỉnh/TP:", "Huyện/Quận:", "Xã/Phường:"), reversed(office.place.levels), strict=True):
        sheet.text(28, f"{label} {level.split(' ', 1)[1]}", size=11.5)
        sheet.y += 5.4
    sheet.y = 32
    set_motto(sheet, 142, size=11.5, old=rng.random() < 0.5)
    number = str(rng.randint(1, 300))
    sheet.y = 54
    sheet.text(150, f"Số: {number}", size=12.5)
    sheet.note("document_number", number)
    sheet.y += 5.6
    sheet.text(150, f"Quyển số: 01/{year}", size=12.5)
    sheet.y = 70
    sheet.stack(108, ("GIẤY KHAI SINH",), size=22, style=Style.BOLD, pitch=12)
    mother, father = draw_parents(rng, year)
    child = draw_child(rng, year, father, mother)
    sheet.field("Họ và tên:", child.shown, "full_name", strong=True, right=140, end=False)
    sheet.field("Giới tính:", child.sex, "sex", child.sex_value, x=146)
    sheet.field("Ngày, tháng, năm sinh:", show_date(rng, child.born), "date_of_birth", child.born.iso)
    words = child.born.words
    sheet.field("(Bằng chữ:", f"{words})")
    sheet.note("date_of_birth_words", words)
    sheet.field("Nơi sinh:", draw_hospital(rng, office.place), "place_of_birth")
    sheet.field("Dân tộc:", child.ethnicity, "ethnicity", right=105, end=False)
    sheet.field("Quốc tịch:", "Việt Nam", "nationality", x=112)
    sheet.field("Quê quán:", child.home.full, "hometown")
    for who, key, parent in (("cha", "father", father), ("mẹ", "mother", mother)):
        sheet.field(f"Họ và tên {who}:", parent.shown, f"{key}_name", strong=True)
        sheet.field("Dân tộc:", parent.ethnicity, right=84, end=False)
        sheet.field("Quốc tịch:", "Việt Nam", x=88, right=136, end=False)
        sheet.field("Năm sinh:", str(parent.born.year), f"{key}_birth_year", x=140)
        sheet.field("Nơi thường trú/tạm trú:", parent.residence)
    sheet.field("Nơi đăng ký:", office.running, "issuing_agency")
    date = draw_date(rng, year, year, after=child.born)
    sheet.field("Ngày, tháng, năm đăng ký:", show_date(rng, date), "issue_date", date.iso)
    sheet.y += 2
    set_signer(sheet, office, title="NGƯỜI KÝ GIẤY KHAI SINH", deep=30)
    sheet.own("full_name")
    return sheet.done("birth_certificate", ROSE)


def draw_child(rng: Random, year: int, father: Person, mother: Person) -> Person:
    surname = father.name.split()[0] if rng.random() < 0.9 else mother.name.split()[0]
    return draw_person(
        rng, born=(year - (rng.random() < 0.3), year), year=year, surname=surname, capitals=father.capitals
    )


def draw_parents(rng: Random, year: int) -> tuple[Person, Person]:
    capitals = rng.random() < 0.6
    ages = (year - 40, year - 20)
    mother = draw_person(rng, born=ages, year=year, female=True, capitals=capitals)
    return mother, draw_person(rng, born=ages, year=year, female=False, capitals=capitals)


def _set_child(sheet: FormSheet, child: Person) -> None:
    rng = sheet.rng
    sheet.field("Họ, chữ đệm, tên:", child.shown, "full_name", strong=True)
    sheet.field("Ngày, tháng, năm sinh:", show_date(rng, child.born), "date_of_birth", child.born.iso)
    words = child.born.words if rng.random() < 0.7 else child.born.words.lower()
    sheet.field("Ghi bằng chữ:", words, "date_of_birth_words")
    sheet.field("Giới tính:", child.sex, "sex", child.sex_value, right=70, end=False)
    sheet.field("Dân tộc:", child.ethnicity, "ethnicity", x=76, right=124, end=False)
    sheet.field("Quốc tịch:", "Việt Nam", "nationality", x=130)
    sheet.field("Nơi sinh:", draw_hospital(rng, child.home), "place_of_birth")
    sheet.field("Quê quán:", child.home.full, "hometown")
    if rng.random() < 0.85:
        sheet.field("Số định danh cá nhân:", child.personal_id, "personal_id")


def _set_parents(sheet: FormSheet, parents: tuple[tuple[str, str, Person], ...], label: str) -> None:
    for who, key, parent in parents:
        sheet.field(label.format(who), parent.shown, f"{key}_name", strong=True)
        sheet.field("Năm sinh:", str(parent.born.year), f"{key}_birth_year", right=70, end=False)
        sheet.field("Dân tộc:", parent.ethnicity, x=76, right=124, end=False)
        sheet.field("Quốc tịch:", "Việt Nam", x=130)
        sheet.field("Nơi cư trú:", parent.residence)


def draw_marriage_a(rng: Random) -> Paper:
    """Giấy chứng nhận kết hôn of 2015 and 2020: wife left, husband right."""
    return _draw_marriage(rng, rng.randint(2016, 2025), wife_first=True)


def draw_marriage_b(rng: Random) -> Paper:
    """Of Decision 01/2006: husband left, old numbers, register book."""
    return _draw_marriage(rng, rng.randint(2006, 2015), wife_first=False)


def _draw_marriage(rng: Random, year: int, *, wife_first: bool) -> Paper:
    sheet = FormSheet(
        rng, Look(12, 6.8, leaders="none" if wife_first or rng.random() < 0.5 else "rule"), left=24, right=190
    )
    set_frame(sheet, ROSE_FRAME, ROSE_WAVE)
    office = draw_committee(rng, year)
    sheet.y = 32
    set_motto(sheet, 105, size=12.5)
    sheet.y += 16
    sheet.stack(105, ("GIẤY CHỨNG NHẬN KẾT HÔN",), size=20, style=Style.BOLD, pitch=8)
    number = f"{rng.randint(1, 180)}/{year}" if wife_first else str(rng.randint(1, 180))
    sheet.stack(105, (f"Số: {number}",), size=13, pitch=6)
    sheet.note("document_number", number)
    if not wife_first:
        sheet.stack(105, (f"Quyển số: 01/{year}",), size=13, pitch=6)
    sheet.y += 6
    born = (year - 38, year - 20)
    people = {
        "wife": draw_person(rng, born=born, year=year, female=True),
        "husband": draw_person(rng, born=born, year=year, female=False),
    }
    top, low = sheet.y, sheet.y
    order = ("wife", "husband") if wife_first else ("husband", "wife")
    for key, x0, x1 in zip(order, (22.0, 108.0), (102.0, 190.0), strict=True):
        sheet.y = top
        _set_spouse(sheet, key, people[key], (x0, x1), modern=wife_first)
        low = max(low, sheet.y)
    sheet.y = low + 2
    agency = "Nơi đăng ký kết hôn:" if wife_first else "Nơi đăng ký:"
    sheet.field(agency, office.running, "issuing_agency")
    date = draw_date(rng, year, year)
    sheet.field("Ngày, tháng, năm đăng ký:", show_date(rng, date), "issue_date", date.iso)
    sheet.y += 3
    for x, who in zip((52, 104), order, strict=True):
        sheet.text(x, "VỢ" if who == "wife" else "CHỒNG", size=12.5, style=Style.BOLD, align="centre")
    set_signer(sheet, office, x=156, title="NGƯỜI KÝ GIẤY CHỨNG NHẬN", size=11.5)
    own_both(sheet, people)
    return sheet.done("marriage_certificate", ROSE)


def own_both(sheet: FormSheet, people: dict[str, Person]) -> None:
    names = [people["wife"].shown, people["husband"].shown]
    sheet.note("owner_name", ", ".join(names), names)
    ids = [sheet.value(f"{key}_id") for key in ("wife", "husband")]
    sheet.note("owner_id", ", ".join(ids), ids)


def _set_spouse(sheet: FormSheet, key: str, person: Person, sides: tuple[float, float], *, modern: bool) -> None:
    x0, x1 = sides
    rng = sheet.rng
    who = "vợ" if key == "wife" else "chồng"
    label = f"Họ, chữ đệm, tên {who}:" if modern else f"Họ và tên {who}:"
    sheet.field(label, person.shown, f"{key}_name", x=x0, right=x1, strong=True)
    shown = show_date(rng, person.born, slashed=1.0)
    sheet.field("Ngày, tháng, năm sinh:", shown, f"{key}_date_of_birth", person.born.iso, x=x0, right=x1)
    sheet.field("Dân tộc:", person.ethnicity, x=x0, right=x1)
    sheet.field("Quốc tịch:", "Việt Nam", x=x0, right=x1)
    sheet.field("Nơi cư trú:" if modern else "Nơi thường trú/tạm trú:", person.residence, x=x0, right=x1)
    number = person.personal_id if modern else person.old_id
    papers = f"{'CCCD' if modern else 'CMND'} số {number}"
    sheet.field("Giấy tờ tùy thân:" if modern else "Số Giấy CMND:", papers if modern else number, x=x0, right=x1)
    sheet.note(f"{key}_id", number)


def draw_single_a(rng: Random) -> Paper:
    """Giấy xác nhận tình trạng hôn nhân of 2015 and 2020."""
    return _draw_single(rng, rng.randint(2016, 2024), leaders=False)


def draw_single_b(rng: Random) -> Paper:
    """The same paper as communes type it: long dates, dotted lines, old numbers."""
    return _draw_single(rng, rng.randint(2010, 2015), leaders=True)


_STATES = (
    "Chưa đăng ký kết hôn với ai.",
    "Hiện tại chưa đăng ký kết hôn với ai.",
    "Đã đăng ký kết hôn, nhưng đã ly hôn theo Bản án số {n}/{y}/HNGĐ-ST; hiện tại chưa đăng ký kết hôn với ai.",
    "Có đăng ký kết hôn, nhưng vợ hoặc chồng đã chết; hiện tại chưa đăng ký kết hôn với ai.",
)
_PURPOSES = (
    "Để đăng ký kết hôn",
    "Để vay vốn ngân hàng",
    "Bổ túc hồ sơ mua bán nhà đất",
    "Làm thủ tục chuyển nhượng đất",
)


def _draw_single(rng: Random, year: int, *, leaders: bool) -> Paper:
    sheet = FormSheet(rng, Look(13.5, 7.6, leaders=rng.choice(("rule", "dots")) if leaders else "none"), right=188)
    office, date = draw_committee(rng, year), draw_date(rng, year, year)
    set_head(sheet, office, number=f"{rng.randint(1, 400)}/UBND-XNTTHN", date=date)
    sheet.y += 6
    sheet.stack(108, ("GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN",), size=15, style=Style.BOLD, pitch=8)
    if rng.random() < 0.7:
        authority = office.running.upper() if rng.random() < 0.5 else f"{office.position[-1]} {' '.join(office.lines)}"
        sheet.stack(108, (authority,), size=11 if len(authority) < 70 else 8.5, style=Style.BOLD, pitch=8)
    person = draw_person(rng, born=(year - 50, year - 20), year=year)
    sheet.field("Xét đề nghị của ông/bà:", person.shown)
    sheet.stack(108, ("XÁC NHẬN:",), size=13.5, style=Style.BOLD, pitch=8)
    sheet.field("Họ và tên:" if leaders else "Họ, chữ đệm, tên:", person.shown, "full_name", strong=True)
    sheet.field("Ngày, tháng, năm sinh:", show_date(rng, person.born), "date_of_birth", person.born.iso)
    sheet.field("Giới tính:", person.sex, right=70, end=False)
    sheet.field("Dân tộc:", person.ethnicity, x=76, right=124, end=False)
    sheet.field("Quốc tịch:", "Việt Nam", x=130)
    number = person.old_id if leaders else person.personal_id
    papers = f"{'Chứng minh nhân dân' if leaders else 'Căn cước công dân'} số {number}"
    if not leaders and rng.random() < 0.5:
        sheet.field("Số định danh cá nhân:", number)
    else:
        sheet.field("Giấy tờ tùy thân:", papers)
    sheet.note("personal_id", number)
    sheet.field("Nơi cư trú:", person.residence, "residence")
    state = rng.choice(_STATES).format(n=rng.randint(1, 90), y=year - 1)
    sheet.field("Tình trạng hôn nhân:", state, "marital_status", state.rstrip("."))
    purpose = rng.choice(_PURPOSES)
    sheet.field("Giấy này được sử dụng để:", f"{purpose}.", "purpose", purpose)
    if rng.random() < 0.6:
        sheet.field("Giấy này có giá trị sử dụng trong thời hạn 6 tháng kể từ ngày cấp.", "")
    sheet.y += 4
    set_signer(sheet, office)
    sheet.own("full_name", "personal_id")
    return sheet.done("marital_status_certificate")


def draw_death_a(rng: Random) -> Paper:
    """Trích lục khai tử (bản chính) of 2015 and 2020."""
    return _draw_death(rng, rng.randint(2016, 2025), copy=False)


def draw_death_b(rng: Random) -> Paper:
    """Trích lục khai tử (bản sao), issued years after the registration."""
    return _draw_death(rng, rng.randint(2016, 2025), copy=True)


_CAUSES = (
    "Bệnh già",
    "Già yếu",
    "Tai nạn giao thông",
    "Ung thư phổi",
    "Đột quỵ não",
    "Bệnh tim mạch",
    "Suy hô hấp cấp",
)


def _draw_death(rng: Random, year: int, *, copy: bool) -> Paper:
    sheet = FormSheet(rng, Look(13.5, 7.8, leaders="rule" if copy and rng.random() < 0.5 else "none"), right=188)
    office = draw_committee(rng, year)
    issued = draw_date(rng, year, year)
    set_head(sheet, office, number=f"{rng.randint(1, 300)}/TLKT{'-BS' if copy else ''}", date=issued)
    sheet.y += 6
    title = ("TRÍCH LỤC KHAI TỬ", "(BẢN SAO)") if copy else ("TRÍCH LỤC KHAI TỬ",)
    sheet.stack(108, title, size=16, style=Style.BOLD, pitch=7.4)
    sheet.y += 4
    died_year = year - rng.randint(1, 9) if copy else year
    person = draw_person(rng, born=(died_year - 95, died_year - 25), year=year)
    died = draw_date(rng, died_year - 1, died_year - 1)
    sheet.field("Họ, chữ đệm, tên:", person.shown, "full_name", strong=True)
    born, value = show_date(rng, person.born), person.born.iso
    if rng.random() < 0.25:
        born = value = str(person.born.year)
    sheet.field("Ngày, tháng, năm sinh:", born, "date_of_birth", value)
    sheet.field("Giới tính:", person.sex, right=70, end=False)
    sheet.field("Dân tộc:", person.ethnicity, x=76, right=124, end=False)
    sheet.field("Quốc tịch:", "Việt Nam", x=130)
    if rng.random() < 0.6:
        sheet.field("Số định danh cá nhân:", person.personal_id)
    else:
        sheet.field("Giấy tờ tùy thân:", f"Căn cước công dân số {person.personal_id}")
    sheet.note("personal_id", person.personal_id)
    clock = f"{rng.randint(0, 23):02} giờ {rng.randint(0, 59):02} phút, " if rng.random() < 0.7 else ""
    when = f"{clock}{died.long}"
    sheet.field("Đã chết vào lúc:", when)
    sheet.note("date_of_death", when, died.iso)
    place = person.residence if rng.random() < 0.6 else draw_hospital(rng, draw_place(rng, year))
    sheet.field("Nơi chết:", place, "place_of_death")
    sheet.field("Nguyên nhân chết:", rng.choice(_CAUSES), "cause_of_death")
    sheet.field("Nơi đăng ký khai tử:", office.running)
    registered = died if not copy else draw_date(rng, died_year, died_year)
    sheet.field("Số:", f"{rng.randint(1, 90)}/{died_year}", right=80, end=False)
    sheet.field("Ngày, tháng, năm đăng ký:", registered.slashed, x=92)
    sheet.y += 4
    set_signer(sheet, office, title="NGƯỜI KÝ TRÍCH LỤC")
    sheet.own("full_name", "personal_id")
    return sheet.done("death_extract")
