"""Diplomas: bằng tốt nghiệp trung học phổ thông, bằng cử nhân (bilingual)."""

from dataclasses import replace
from random import Random

from samples.generator.fonts import Style
from samples.generator.form_sheet import FormSheet, Look
from samples.generator.paper import Paper
from samples.generator.stock.people import draw_date, draw_person
from samples.generator.stock.places import capital
from samples.generator.templates.blocks import draw_department, set_frame, set_motto, set_signer
from samples.generator.templates.civil_status import show_date

WIDTH_MM, HEIGHT_MM = 210.0, 148.0
_GRADES = ("Giỏi", "Khá", "Trung bình", "Xuất sắc")
_ENGLISH = {"Giỏi": "Very good", "Khá": "Good", "Trung bình": "Average", "Xuất sắc": "Excellent"}
MAJORS = {
    "Công nghệ thông tin": "Information Technology", "Kế toán": "Accounting", "Luật kinh tế": "Economic Law",
    "Sư phạm Ngữ văn": "Literature Teacher Education", "Điều dưỡng": "Nursing",
    "Kỹ thuật xây dựng": "Civil Engineering",
    "Quản trị kinh doanh": "Business Administration", "Thú y": "Veterinary Medicine",
}  # fmt: skip


def draw_diploma_a(rng: Random) -> Paper:
    """Bằng tốt nghiệp trung học phổ thông, a half sheet."""
    year = rng.randint(2008, 2025)
    leaders = rng.choice(("none", "rule"))
    sheet = FormSheet(rng, Look(12.5, 7.2, leaders=leaders), left=40, right=185, width=WIDTH_MM, height=HEIGHT_MM)
    set_frame(sheet, (180, 130, 60), (252, 244, 224), inset=7)
    sheet.y = 18
    set_motto(sheet, 105, size=12)
    office = draw_department(rng, year, "Sở Giáo dục và Đào tạo")
    sheet.y += 8
    sheet.stack(105, (f"GIÁM ĐỐC {office.running.upper()}",), size=11, style=Style.BOLD, pitch=6)
    sheet.note("issuing_agency", office.running.upper())
    sheet.stack(105, ("cấp",), size=12, style=Style.ITALIC, pitch=8)
    sheet.stack(105, ("BẰNG TỐT NGHIỆP TRUNG HỌC PHỔ THÔNG",), size=17, style=Style.BOLD, pitch=9)
    person = draw_person(rng, born=(year - 19, year - 18), year=year)
    sheet.field("Cho:", person.shown, "full_name", strong=True)
    sheet.field("Ngày sinh:", show_date(rng, person.born), "date_of_birth", person.born.iso, right=105, end=False)
    sheet.field("Nơi sinh:", capital(person.home.province), "place_of_birth", x=112)
    sheet.field("Giới tính:", person.sex, right=105, end=False)
    sheet.field("Dân tộc:", person.ethnicity, x=112)
    sheet.field("Học sinh trường:", f"THPT {person.home.name}")
    sheet.field("Năm tốt nghiệp:", str(year), "graduation_year", right=105, end=False)
    if year < 2020:
        grade = rng.choice(_GRADES[:3])
        sheet.field("Xếp loại tốt nghiệp:", grade, "classification", x=112, end=False)
    sheet.y += 7
    date = draw_date(rng, year, year)
    top = sheet.y
    _set_close(sheet, office.place.levels[-1].split(" ", 1)[1].removeprefix("phố "), date.long, date.iso)
    set_signer(sheet, replace(office, position=("GIÁM ĐỐC",)), x=150, deep=22, size=11.5)
    sheet.y = top + 16
    sheet.left, sheet.right = 22, 100
    _set_numbers(sheet, f"A {rng.randint(0, 9_999_999):08}", f"{rng.randint(1, 900)}/{year}", english=False)
    sheet.own("full_name")
    return sheet.done("diploma", (255, 251, 240))


def draw_diploma_b(rng: Random) -> Paper:
    """Bằng cử nhân or kỹ sư: English on the left half, Vietnamese on the right."""
    year = rng.randint(2010, 2025)
    sheet = FormSheet(rng, Look(11.5, 6.6), left=152, right=272, width=297, height=210)
    set_frame(sheet, (150, 40, 44), (252, 240, 234), inset=9)
    person = draw_person(rng, born=(year - 26, year - 22), year=year)
    major, english = rng.choice(list(MAJORS.items()))
    grade = rng.choice(_GRADES)
    kind = "KỸ SƯ" if "Kỹ thuật" in major or "Công nghệ" in major else "CỬ NHÂN"
    place = person.home.province.split(" ", 1)[1].removeprefix("phố ")
    school = f"TRƯỜNG ĐẠI HỌC {rng.choice(('SUỐI MÂY', 'BẾN LAU', 'ĐỒI THÔNG', 'THƯỢNG NGUỒN'))}"
    sheet.y = 26
    sheet.stack(80, ("SOCIALIST REPUBLIC OF VIET NAM", "Independence - Freedom - Happiness"), size=11, pitch=5.4)
    sheet.y += 12
    degree = "ENGINEER" if kind == "KỸ SƯ" else "BACHELOR"
    sheet.stack(80, (f"THE DEGREE OF {degree}",), size=18, style=Style.BOLD, pitch=12)
    for label, text in (
        ("Major:", english), ("Upon:", person.name), ("Date of birth:", person.born.slashed),
        ("Year of graduation:", str(year)), ("Degree classification:", _ENGLISH[grade]),
    ):  # fmt: skip
        sheet.field(label, text, x=28, right=140)
    sheet.y = 26
    set_motto(sheet, 212, size=11.5)
    sheet.y += 9
    sheet.stack(212, ("HIỆU TRƯỞNG", school), size=12, style=Style.BOLD, pitch=6)
    sheet.note("issuing_agency", school)
    sheet.stack(212, ("cấp",), size=12, style=Style.ITALIC, pitch=9)
    sheet.stack(212, (f"BẰNG {kind}",), size=20, style=Style.BOLD, pitch=10)
    sheet.field("Ngành:", major, "major", strong=True)
    sheet.field("Cho:", person.shown, "full_name", strong=True)
    sheet.field("Ngày sinh:", show_date(rng, person.born), "date_of_birth", person.born.iso)
    sheet.field("Năm tốt nghiệp:", str(year), "graduation_year")
    sheet.field("Xếp loại tốt nghiệp:", grade, "classification")
    if rng.random() < 0.6:
        sheet.field("Hình thức đào tạo:", "Chính quy")
    date = draw_date(rng, year, year)
    sheet.y += 3
    _set_close(sheet, place, date.long, date.iso, x=232)
    office = draw_department(rng, year, "Sở Giáo dục và Đào tạo")
    office = replace(office, position=("HIỆU TRƯỞNG",), ring=f"BỘ GIÁO DỤC VÀ ĐÀO TẠO ★ {school} ★", core=("TRƯỜNG",))
    set_signer(sheet, office, x=232, deep=26, size=12)
    sheet.y = 180
    sheet.left, sheet.right = 28, 140
    _set_numbers(sheet, f"{rng.randint(0, 9_999_999):07}", f"{rng.randint(1, 9000)}/{year}", english=True)
    sheet.own("full_name")
    return sheet.done("diploma", (255, 252, 248))


def _set_close(sheet: FormSheet, place: str, long: str, iso: str, *, x: float = 150) -> None:
    sheet.text(x, f"{place}, {long}", size=11.5, style=Style.ITALIC, align="centre")
    sheet.note("issue_place", place)
    sheet.note("issue_date", long, iso)
    sheet.y += 5.6


def _set_numbers(sheet: FormSheet, number: str, register: str, *, english: bool) -> None:
    sheet.field("Số hiệu / No.:" if english else "Số hiệu:", number, "diploma_number")
    sheet.note("document_number", number)
    label = "Số vào sổ gốc cấp văn bằng / Reg. No.:" if english else "Số vào sổ gốc cấp văn bằng:"
    sheet.field(label, register, "register_number")
