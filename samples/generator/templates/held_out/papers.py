"""Template F of applications and diplomas: a driver's form with a photograph, a degree with English below each line."""

from dataclasses import replace
from random import Random

from samples.generator.fonts import Style, measure_mm
from samples.generator.form_sheet import FormSheet, Look
from samples.generator.paper import BLACK, PEN_BLUE, Barcode, Box, Colour, Handwriting, Paper, Rule, Signature
from samples.generator.pen import measure_handwriting
from samples.generator.stock.people import Person, draw_date, draw_person, draw_phone
from samples.generator.stock.places import proper
from samples.generator.templates.blocks import Office, draw_department, set_box, set_frame, set_motto, set_signer
from samples.generator.templates.filling import set_day
from samples.generator.words import Date

_CLASSES = {True: ("A1", "B", "C1", "C", "D2", "D"), False: ("A1", "A2", "B1", "B2", "C", "D", "E")}
"""By whether the police are in charge, as since 2025."""
_REASONS = (
    "giấy phép lái xe sắp hết hạn sử dụng", "bị mất giấy phép lái xe", "giấy phép bị hỏng, mờ thông tin",
    "đổi sang thẻ vật liệu PET", "sai ngày, tháng, năm sinh so với căn cước",
)  # fmt: skip


def draw_application_f(rng: Random) -> Paper:
    """Đơn đề nghị đổi, cấp lại giấy phép lái xe of 2017 and of 2025, where nobody asks for the address any more."""
    year, pen = rng.randint(2018, 2026), rng.random() < 0.65
    police = year > 2024
    ink = rng.choice((PEN_BLUE, PEN_BLUE, BLACK))
    look = Look(13, 9.0, gap=1.8, leaders="rule" if pen else rng.choice(("rule", "dots")), pen_colour=ink)
    sheet = FormSheet(rng, look, left=28, right=190, top=22)
    set_motto(sheet, 109, size=13)
    sheet.y += 14
    title = "ĐỀ NGHỊ ĐỔI (CẤP LẠI) GIẤY PHÉP LÁI XE" if police else "ĐƠN ĐỀ NGHỊ ĐỔI, CẤP LẠI GIẤY PHÉP LÁI XE"
    sheet.stack(109, (title,), size=14.5, style=Style.BOLD, pitch=11)
    person = draw_person(rng, born=(year - 62, year - 20), year=2025 if police else 2020, capitals=True)
    province = person.home.province
    office = "Phòng Cảnh sát giao thông - Công an" if police else "Sở Giao thông vận tải"
    sheet.field("Kính gửi:", f"{office} {province}", "addressee", x=56, hang=56, pen=pen)
    _set_photograph(sheet, pasted=rng.random() < 0.5)
    _set_driver(sheet, person, year, pen=pen, police=police)
    _set_licence(sheet, person, year, pen=pen, police=police)
    _set_request(sheet, pen=pen, police=police)
    _sign_driver(sheet, proper(province), person, year, pen=pen)
    sheet.own("full_name", "personal_id")
    return sheet.done("application_form")


_PHOTO_MM = (28.0, 56.0, 30.0, 40.0)
"""Where the photograph has its place: left, top, width and height."""


def _set_photograph(sheet: FormSheet, *, pasted: bool) -> None:
    x, y, wide, tall = _PHOTO_MM
    set_box(sheet, (x, y, x + wide, y + tall), 0.25)
    if pasted:
        sheet.add(Box(x + 0.6, y + 0.6, x + wide - 0.6, y + tall - 0.6, (206, 220, 238), portrait=True))
        return
    kept, sheet.y = sheet.y, y + tall / 2 - 2
    sheet.stack(x + wide / 2, ("Ảnh màu", "3 cm x 4 cm"), size=10, style=Style.ITALIC, pitch=5)
    sheet.y = kept


def _set_driver(sheet: FormSheet, person: Person, year: int, *, pen: bool, police: bool) -> None:
    """Beside the photograph, then below it over the whole width."""
    rng, born = sheet.rng, person.born
    sheet.left, sheet.y = 64, max(sheet.y, 62)
    sheet.field("Tôi là:", person.shown, "full_name", pen=pen)
    sheet.field("Quốc tịch:", "Việt Nam", pen=pen, right=126, end=False)
    sheet.field("Nam, nữ:", person.sex, x=129, pen=pen)
    shown = rng.choice(
        (f"{born.day:02}/ {born.month:02}/ {born.year}", born.slashed, f"{born.day}/{born.month}/{born.year}")
    )
    label = "Ngày tháng năm sinh:" if police else "Sinh ngày:"
    sheet.field(label, shown, "date_of_birth", born.iso, pen=pen)
    if rng.random() < 0.6:
        sheet.field("Số điện thoại:", draw_phone(rng), "phone", pen=pen)
    else:
        sheet.field("Số điện thoại:", "")
    sheet.left, sheet.y = 28, max(sheet.y, _PHOTO_MM[1] + _PHOTO_MM[3] + 8)
    if not police:
        sheet.field("Nơi đăng ký hộ khẩu thường trú:", person.home.full, pen=pen)
        sheet.field("Nơi cư trú:", person.residence, "residence", pen=pen)
    label = "Số định danh cá nhân hoặc số Hộ chiếu:" if police else "Số CMND/CCCD (hoặc hộ chiếu):"
    sheet.field(label, person.personal_id, "personal_id", pen=pen)
    given = draw_date(rng, min(2021, year - 1), year - 1).slashed
    sheet.field("cấp ngày:", given, right=92, pen=pen, end=False)
    sheet.field("nơi cấp:", "Cục CSQLHC về TTXH", x=95, pen=pen)


def _set_licence(sheet: FormSheet, person: Person, year: int, *, pen: bool, police: bool) -> None:
    """Where the driver learned and what licence there is: numbers of another paper than this."""
    rng = sheet.rng
    school = rng.choice(("Trung tâm sát hạch Hòa Sơn", "Trường Trung cấp nghề số 5", "Trung tâm Đồi Chè"))
    learned = rng.randint(max(person.born.year + 18, year - 14), year - 1)
    sheet.field("Đã học lái xe tại:", school, right=150, pen=pen, end=False)
    sheet.field("năm:", str(learned), x=153, pen=pen)
    klass = rng.choice(_CLASSES[False])
    number = f"{rng.randint(10, 96)}{learned % 100:02}99{rng.randint(0, 999_999):06}"
    sheet.field("Hiện đã có giấy phép lái xe hạng:", klass, right=112, pen=pen, end=False)
    sheet.field("số:", number, x=115, pen=pen)
    by = "Phòng CSGT" if police and learned > 2024 else "Sở GTVT"
    sheet.field("do:", f"{by} {proper(person.home.province)}", right=124, pen=pen, end=False)
    sheet.field("cấp ngày:", draw_date(rng, learned, learned).slashed, x=127, pen=pen)


def _set_request(sheet: FormSheet, *, pen: bool, police: bool) -> None:
    rng = sheet.rng
    reason = rng.choice(_REASONS)
    deed = "cấp lại" if "mất" in reason else "đổi"
    request = f"{deed} giấy phép lái xe hạng {rng.choice(_CLASSES[police])}"
    sheet.field("Đề nghị cho tôi được:", request, "request", pen=pen)
    sheet.field("Lý do:", reason, pen=pen)
    _set_choice(sheet, "Vi phạm hành chính trong lĩnh vực giao thông đường bộ:", ("Có", "Không"))
    sheet.look = replace(sheet.look, leaders="none", size=12.5, pitch=6.4)
    sheet.field("Xin gửi kèm theo:", "01 giấy khám sức khỏe của người lái xe; bản sao giấy phép lái xe, căn cước.")
    oath = "Tôi xin cam đoan những điều ghi trên đây là đúng sự thật, nếu sai tôi xin hoàn toàn chịu trách nhiệm."
    sheet.field("", oath)
    sheet.y += 2


def _set_choice(sheet: FormSheet, label: str, answers: tuple[str, ...]) -> None:
    """Boxes behind a question, the last of them crossed by pen."""
    x = sheet.text(sheet.left, label, size=12.5) + 4
    for answer in answers:
        x = sheet.text(x, answer, size=12.5) + 1.6
        set_box(sheet, (x, sheet.y - 3.2, x + 3.6, sheet.y + 0.4), 0.25)
        if answer == answers[-1]:
            pen = sheet.look.pen_colour
            sheet.add(Rule(x + 0.4, sheet.y - 2.9, x + 3.4, sheet.y + 0.2, 0.5, pen))
            sheet.add(Rule(x + 0.3, sheet.y + 0.1, x + 3.3, sheet.y - 3.0, 0.5, pen))
        x += 9
    sheet.y += sheet.look.pitch


def _sign_driver(sheet: FormSheet, place: str, person: Person, year: int, *, pen: bool) -> None:
    rng = sheet.rng
    date = draw_date(rng, year, year)
    set_day(sheet, f"{place}, ngày", date, "issue_date", x=108, pen=pen, style=Style.ITALIC, size=12.5)
    sheet.note("issue_place", place)
    sheet.y += 6
    sheet.stack(148, ("NGƯỜI LÀM ĐƠN",), size=12.5, style=Style.BOLD, pitch=5)
    sheet.stack(148, ("(Ký và ghi rõ họ, tên)",), size=11.5, style=Style.ITALIC, pitch=9)
    sheet.add(Signature(150, sheet.y, 26, rng.randrange(10**6)))
    sheet.y += 12
    if pen:
        x = 148 - measure_handwriting(person.name, 3.2) / 2
        sheet.add(Handwriting(x, sheet.y, person.name, 3.2, rng.randrange(10**6), sheet.look.pen_colour))
    else:
        sheet.text(148, person.name, size=12.5, style=Style.BOLD, align="centre")


_SUBJECTS = {
    "Khoa học máy tính": "Computer Science", "Ngôn ngữ Anh": "English Language", "Quản lý đất đai": "Land Management",
    "Công tác xã hội": "Social Work", "Tài chính - Ngân hàng": "Finance and Banking", "Lâm học": "Forestry",
    "Kỹ thuật cơ điện tử": "Mechatronics", "Giáo dục mầm non": "Early Childhood Education",
    "Quản lý công": "Public Administration", "Luật": "Law",
}  # fmt: skip
_ENGINEERING = ("Khoa học máy tính", "Lâm học", "Kỹ thuật cơ điện tử")
_RANKS = {"Xuất sắc": "Excellent", "Giỏi": "Very Good", "Khá": "Good", "Trung bình": "Ordinary"}
_UNIVERSITIES = {
    "TRƯỜNG ĐẠI HỌC MÂY NGÀN": "MAY NGAN UNIVERSITY",
    "TRƯỜNG ĐẠI HỌC SƯ PHẠM HÒA SƠN": "HOA SON UNIVERSITY OF EDUCATION",
    "TRƯỜNG ĐẠI HỌC KỸ THUẬT ĐÁ DỰNG": "DA DUNG UNIVERSITY OF TECHNOLOGY",
    "ĐẠI HỌC CỬA RỪNG": "CUA RUNG UNIVERSITY",
}
_DEGREES = {"CỬ NHÂN": "BACHELOR", "KỸ SƯ": "ENGINEER", "THẠC SĨ": "MASTER"}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_GOLD: Colour = (176, 140, 62)
_WINE: Colour = (150, 24, 40)
_MIDDLE_MM = 148.5


def draw_diploma_f(rng: Random) -> Paper:
    """Degree of Circular 27/2019: every line in the middle, its English below; no year of graduation, no birthplace."""
    year = rng.randint(2020, 2026)
    sheet = FormSheet(rng, Look(14, 7.0), left=30, right=267, width=297, height=210)
    set_frame(sheet, _GOLD, (250, 244, 230), inset=9)
    subject = rng.choice(list(_SUBJECTS))
    bare = "KỸ SƯ" if subject in _ENGINEERING else "CỬ NHÂN"
    degree = rng.choice((bare, bare, "THẠC SĨ"))
    school, foreign = rng.choice(list(_UNIVERSITIES.items()))
    person = draw_person(rng, born=(year - 34, year - 22), year=year, capitals=rng.random() < 0.6)
    sheet.y = 22
    set_motto(sheet, _MIDDLE_MM, size=12)
    sheet.y += 5.4
    _english(sheet, "SOCIALIST REPUBLIC OF VIET NAM - Independence - Freedom - Happiness")
    sheet.y += 0.6
    head = "GIÁM ĐỐC" if school.startswith("ĐẠI HỌC") else "HIỆU TRƯỞNG"
    sheet.stack(_MIDDLE_MM, (f"{head} {school}", "cấp"), size=12.5, style=Style.BOLD, pitch=5.4)
    sheet.note("issuing_agency", school)
    _english(sheet, f"THE {'PRESIDENT' if head == 'GIÁM ĐỐC' else 'RECTOR'} OF {foreign} confers")
    sheet.y += 4
    sheet.text(_MIDDLE_MM, f"BẰNG {degree}", size=27, style=Style.BOLD, align="centre", colour=_WINE)
    sheet.y += 6
    _english(sheet, f"THE DEGREE OF {_DEGREES[degree]}")
    _set_graduate(sheet, person, subject, has_rank=degree != "THẠC SĨ")
    date = draw_date(rng, year, year)
    _sign_degree(sheet, school, head, date)
    _set_numbers(sheet, year)
    sheet.own("full_name")
    return sheet.done("diploma", (255, 253, 247))


def _english(sheet: FormSheet, text: str) -> None:
    sheet.stack(_MIDDLE_MM, (text,), size=9.5, style=Style.ITALIC, pitch=7.6)


def _centred(sheet: FormSheet, label: str, text: str, size: float) -> None:
    """A label and its value in bold, together in the middle."""
    gap = 1.8
    room = measure_mm(label, Style.REGULAR, 12.5) + gap + measure_mm(text, Style.BOLD, size)
    x = sheet.text(_MIDDLE_MM - room / 2, label, size=12.5)
    sheet.text(x + gap, text, size=size, style=Style.BOLD)
    sheet.y += 4.7


def _set_graduate(sheet: FormSheet, person: Person, subject: str, *, has_rank: bool) -> None:
    rng, born = sheet.rng, person.born
    sheet.y += 3.4
    _centred(sheet, "Ngành:", subject, 14)
    sheet.note("major", subject)
    _english(sheet, f"in {_SUBJECTS[subject]}")
    sheet.y += 1.4
    _centred(sheet, "Cho:" if rng.random() < 0.5 else f"Cho {person.title.lower()}:", person.shown, 17)
    sheet.note("full_name", person.shown)
    _english(sheet, f"Upon {'Ms.' if person.female else 'Mr.'} {person.name}")
    shown = born.long.removeprefix("ngày ") if rng.random() < 0.5 else born.slashed
    _centred(sheet, "Sinh ngày:", shown, 13)
    sheet.note("date_of_birth", shown, born.iso)
    _english(sheet, f"Born on {born.day} {_MONTHS[born.month - 1]} {born.year}")
    if has_rank:
        rank, mark = rng.choice(list(_RANKS.items()))
        _centred(sheet, "Hạng tốt nghiệp:", rank, 13)
        sheet.note("classification", rank)
        _english(sheet, f"Degree classification: {mark}")


def _sign_degree(sheet: FormSheet, school: str, head: str, date: Date) -> None:
    rng = sheet.rng
    seat = rng.choice(("Hòa Sơn", "Đồi Chè", "Mây Ngàn"))
    sheet.y = max(sheet.y - 2, 142)
    text = f"{seat}, {date.long}"
    sheet.text(216, text, size=11.5, style=Style.ITALIC, align="centre")
    sheet.note("issue_place", seat)
    sheet.note("issue_date", date.long, date.iso)
    sheet.y += 4.2
    sheet.text(216, f"{date.day} {_MONTHS[date.month - 1]} {date.year}", size=9, style=Style.ITALIC, align="centre")
    sheet.y += 5.4
    chain = rng.choice(((head,), (f"KT. {head}", f"PHÓ {head}")))
    office = replace(_draw_rector(rng), position=chain, ring=f"BỘ GIÁO DỤC VÀ ĐÀO TẠO ★ {school} ★")
    set_signer(sheet, office, x=216, deep=30, size=11.5)


def _draw_rector(rng: Random) -> Office:
    office = draw_department(rng, 2024, "Trường Đại học")
    return replace(office, core=("TRƯỜNG",))


def _set_numbers(sheet: FormSheet, year: int) -> None:
    """Left below, beside the code by which a degree is looked up."""
    rng = sheet.rng
    sheet.add(Barcode(26, 160, 20, f"https://vanbang.example/{rng.randrange(10**9):09}"))
    number = f"{rng.choice(('MN', 'HSU', 'ĐH', ''))}{rng.randint(0, 9_999_999):07}"
    register = f"{rng.randint(1, 4200):04}/{rng.choice(('ĐT', 'VB', 'SĐH'))}-{year}"
    sheet.look = Look(11.5, 5.0, gap=1.4)
    sheet.y = 168
    for label, text, name, english in (
        ("Số hiệu:", number, "diploma_number", "Serial No."),
        ("Số vào sổ gốc cấp văn bằng:", register, "register_number", "Reference No."),
    ):
        sheet.field(label, text, name, x=49, right=140)
        sheet.y -= 0.6
        sheet.text(49, english, size=8.5, style=Style.ITALIC)
        sheet.y += 5.4
    sheet.note("document_number", number)
