"""Template E of applications and diplomas: form 11/ĐK on land, the college's sheet in two languages."""

from dataclasses import replace
from random import Random

from samples.generator.fonts import Style
from samples.generator.form_sheet import FormSheet, Look
from samples.generator.paper import BLACK, PEN_BLUE, Handwriting, Paper, Rule, Signature
from samples.generator.pen import measure_handwriting
from samples.generator.stock.people import Person, draw_date, draw_person, draw_phone
from samples.generator.stock.places import Place, capital, proper
from samples.generator.templates.blocks import (
    draw_committee,
    draw_department,
    set_box,
    set_frame,
    set_motto,
    set_signer,
)
from samples.generator.templates.filling import set_day

_REQUESTS = {
    "Chuyển nhượng quyền sử dụng đất": "Người sử dụng đất: {one}",
    "Tặng cho quyền sử dụng đất cho con": "Người sử dụng đất: {one}",
    "Nhận thừa kế quyền sử dụng đất": "Người sử dụng đất: {one}",
    "Thay đổi số giấy tờ nhân thân của người sử dụng đất": "Căn cước công dân số {number}",
    "Chuyển mục đích sử dụng sang đất ở": "Đất ở tại nông thôn: 120 m2",
}
"""What changes, and how it reads afterwards."""


def draw_application_e(rng: Random) -> Paper:
    """Đơn đăng ký biến động of Decree 101/2024: a box of the office beside the motto, lettered lines, most by pen."""
    year, pen = rng.randint(2024, 2026), rng.random() < 0.65
    look = Look(12.5, 8.4, gap=2.0, leaders="rule", pen_colour=rng.choice((PEN_BLUE, PEN_BLUE, BLACK)))
    sheet = FormSheet(rng, look, left=26, right=192, top=14)
    sheet.text(192, "Mẫu số 11/ĐK", size=10, style=Style.BOLD, align="right")
    sheet.y = 25
    set_motto(sheet, 72, size=11.5)
    _set_receipt(sheet)
    sheet.y = 58
    sheet.stack(109, ("ĐƠN ĐĂNG KÝ BIẾN ĐỘNG",), size=15, style=Style.BOLD, pitch=6.4)
    sheet.stack(109, ("ĐẤT ĐAI, TÀI SẢN GẮN LIỀN VỚI ĐẤT",), size=13, style=Style.BOLD, pitch=9)
    place = draw_committee(rng, year).place
    sheet.field("Kính gửi:", _draw_office(rng, place), "addressee", x=44, hang=44, pen=pen)
    person = draw_person(rng, born=(year - 70, year - 22), year=year, capitals=True)
    _set_part(sheet, "I. PHẦN KÊ KHAI CỦA NGƯỜI ĐĂNG KÝ")
    _set_person(sheet, person, year, pen=pen)
    _set_change(sheet, person, year, pen=pen)
    oath = "Tôi cam đoan nội dung kê khai trên đơn là đúng sự thật, nếu sai tôi xin chịu trách nhiệm trước pháp luật."
    sheet.paragraph(oath, size=12.5, indent=0, gap=3)
    _sign(sheet, place.name, person, year, pen=pen)
    _set_opinion(sheet)
    sheet.own("full_name", "personal_id")
    return sheet.done("application_form")


def _draw_office(rng: Random, place: Place) -> str:
    if rng.random() < 0.4:
        return f"Ủy ban nhân dân {place.full}"
    district = place.levels[1] if len(place.levels) == 3 else "khu vực I"
    return f"Chi nhánh Văn phòng đăng ký đất đai {district}"


def _set_receipt(sheet: FormSheet) -> None:
    """What the office that takes the paper writes, still empty."""
    kept, sheet.y = sheet.y, 25.0
    set_box(sheet, (126, 19, 192, 50), 0.3)
    sheet.stack(159, ("PHẦN GHI CỦA", "NGƯỜI NHẬN HỒ SƠ"), size=9.5, style=Style.BOLD, pitch=4.2)
    for line in ("Đã kiểm tra, vào sổ tiếp nhận số:........", "Ngày....... tháng....... năm............"):
        sheet.text(159, line, size=9.5, align="centre")
        sheet.y += 4.6
    sheet.text(159, "(Ký và ghi rõ họ, tên)", size=9, style=Style.ITALIC, align="centre")
    sheet.y = kept


def _set_part(sheet: FormSheet, text: str) -> None:
    sheet.text(sheet.left, text, size=12.5, style=Style.BOLD)
    sheet.y += sheet.look.pitch


def _set_person(sheet: FormSheet, person: Person, year: int, *, pen: bool) -> None:
    rng = sheet.rng
    sheet.field("1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất:", "", right=sheet.left)
    sheet.field("a) Tên (viết chữ in hoa):", person.shown, "full_name", pen=pen)
    born = person.born
    sheet.field("b) Sinh ngày:", born.slashed, "date_of_birth", born.iso, right=108, pen=pen, end=False)
    sheet.field("Giới tính:", person.sex, x=112, pen=pen)
    papers = f"CCCD số {person.personal_id}"
    sheet.field("c) Giấy tờ nhân thân:", papers, right=128, pen=pen, end=False)
    sheet.field("cấp ngày:", draw_date(rng, 2021, year - 1).slashed, x=131, pen=pen)
    sheet.note("personal_id", person.personal_id, pen=pen)
    sheet.field("d) Địa chỉ:", person.residence, "residence", pen=pen)
    sheet.field("đ) Điện thoại liên hệ (nếu có):", draw_phone(rng), "phone", right=118, pen=pen, end=False)
    sheet.field("Hộp thư điện tử:", "", x=122)


def _set_change(sheet: FormSheet, person: Person, year: int, *, pen: bool) -> None:
    rng = sheet.rng
    sheet.field("2. Giấy chứng nhận đã cấp:", "", right=sheet.left)
    register = f"{rng.choice(('CH', 'CS'))} {rng.randint(0, 99_999):05}"
    sheet.field("Số vào sổ cấp GCN:", register, right=92, pen=pen, end=False)
    sheet.field("Số phát hành:", f"D{rng.choice('ABCDG')} {rng.randint(0, 999_999):06}", x=96, pen=pen)
    sheet.field("Ngày cấp:", draw_date(rng, year - 12, year - 3).slashed, right=92, pen=pen, end=False)
    sheet.field("Thửa đất số:", str(rng.randint(1, 900)), x=96, right=140, pen=pen, end=False)
    sheet.field("Tờ bản đồ số:", str(rng.randint(1, 80)), x=144, pen=pen)
    request, after = rng.choice(list(_REQUESTS.items()))
    sheet.field("3. Nội dung biến động:", request, "request", pen=pen)
    other = draw_person(rng, born=(year - 60, year - 20), year=year)
    sheet.field("Thông tin sau khi thay đổi:", after.format(one=other.name, number=person.personal_id), pen=pen)
    sheet.field("4. Giấy tờ kèm theo đơn này gồm có:", "Giấy chứng nhận đã cấp", pen=pen)


def _sign(sheet: FormSheet, place: str, person: Person, year: int, *, pen: bool) -> None:
    rng = sheet.rng
    date = draw_date(rng, year, year)
    set_day(sheet, f"{place}, ngày", date, "issue_date", x=110, pen=pen, style=Style.ITALIC, size=12)
    sheet.note("issue_place", place)
    sheet.y += 6
    sheet.stack(146, ("Người viết đơn",), size=12.5, style=Style.BOLD, pitch=5)
    sheet.stack(146, ("(Ký, ghi rõ họ tên và đóng dấu nếu có)",), size=10.5, style=Style.ITALIC, pitch=5)
    sheet.add(Signature(148, sheet.y + 5, 26, rng.randrange(10**6)))
    sheet.y += 17
    if pen:
        x = 146 - measure_handwriting(person.name, 3.2) / 2
        sheet.add(Handwriting(x, sheet.y, person.name, 3.2, rng.randrange(10**6), sheet.look.pen_colour))
    else:
        sheet.text(146, person.name, size=12.5, style=Style.BOLD, align="centre")


def _set_opinion(sheet: FormSheet) -> None:
    """The part that the office fills in later."""
    sheet.y += 8
    sheet.add(Rule(sheet.left, sheet.y - 5, sheet.right, sheet.y - 5, 0.3))
    _set_part(sheet, "II. Ý KIẾN CỦA CƠ QUAN ĐĂNG KÝ ĐẤT ĐAI")
    for _ in range(2):
        sheet.field("", "")


_TRADES = {
    "Điện công nghiệp": "Industrial Electricity", "Công nghệ ô tô": "Automotive Technology", "Dược": "Pharmacy",
    "Chăn nuôi - Thú y": "Animal Science", "Kế toán doanh nghiệp": "Accounting", "Điều dưỡng": "Nursing",
    "Hướng dẫn du lịch": "Tour Guiding",
}  # fmt: skip
_GRADES = {"Xuất sắc": "Excellent", "Giỏi": "Very good", "Khá": "Good", "Trung bình": "Average"}
_SCHOOLS = {
    "CỘNG ĐỒNG HÒA SƠN": "HOA SON COMMUNITY COLLEGE",
    "Y TẾ MÂY NGÀN": "MAY NGAN MEDICAL COLLEGE",
    "KỸ THUẬT CÔNG NGHIỆP ĐÁ DỰNG": "DA DUNG COLLEGE OF INDUSTRIAL TECHNIQUES",
    "KINH TẾ ĐỒI THÔNG": "DOI THONG COLLEGE OF ECONOMICS",
}


def draw_diploma_e(rng: Random) -> Paper:
    """Bằng tốt nghiệp cao đẳng of Circular 10/2017: Vietnamese on the left half, English on the right."""
    year = rng.randint(2018, 2025)
    sheet = FormSheet(rng, Look(12.5, 8.2, gap=2.0), left=26, right=140, width=297, height=210)
    set_frame(sheet, (30, 92, 150), (228, 238, 248), inset=9)
    sheet.add(Rule(148.5, 22, 148.5, 188, 0.2, (30, 92, 150)))
    person = draw_person(rng, born=(year - 27, year - 20), year=year)
    (trade, english), (grade, mark) = rng.choice(list(_TRADES.items())), rng.choice(list(_GRADES.items()))
    name, foreign = rng.choice(list(_SCHOOLS.items()))
    school = f"TRƯỜNG CAO ĐẲNG {name}"
    sheet.y = 24
    set_motto(sheet, 80, size=11.5)
    sheet.y += 11
    sheet.stack(80, (f"HIỆU TRƯỞNG {school}",), size=10.5, style=Style.BOLD, pitch=5.4)
    sheet.note("issuing_agency", school)
    sheet.stack(80, ("cấp",), size=12, style=Style.ITALIC, pitch=10)
    sheet.text(80, "BẰNG TỐT NGHIỆP CAO ĐẲNG", size=18, style=Style.BOLD, align="centre", colour=(170, 30, 40))
    sheet.y += 12
    sheet.field("Ngành, nghề:", trade, "major", strong=True)
    sheet.field("Cho:", person.shown, "full_name", strong=True, right=104, end=False)
    sheet.field("Giới tính:", person.sex, x=108)
    born = person.born
    sheet.field("Ngày sinh:", born.slashed, "date_of_birth", born.iso, right=76, end=False)
    sheet.field("Nơi sinh:", capital(person.home.province), "place_of_birth", x=78)
    sheet.field("Năm tốt nghiệp:", str(year), "graduation_year", right=76, end=False)
    sheet.field("Hình thức đào tạo:", "Chính quy", x=78)
    sheet.field("Hạng tốt nghiệp:", grade, "classification")
    _sign_diploma(sheet, school, year)
    number, register = f"CĐ {rng.randint(0, 999_999):06}", f"{rng.randint(1, 2400):04}/{year}/CĐ"
    sheet.y = 176
    sheet.field("Số hiệu:", number, "diploma_number")
    sheet.note("document_number", number)
    sheet.field("Số vào sổ gốc:", register, "register_number")
    rows = (
        ("Speciality:", english), ("Upon:", _plain(person)), ("Date of birth:", born.slashed),
        ("Year of graduation:", str(year)), ("Mode of study:", "Full-time"), ("Classification:", mark),
    )  # fmt: skip
    _set_english(sheet, foreign, rows, (number, register))
    sheet.own("full_name")
    return sheet.done("diploma", (248, 251, 255))


def _plain(person: Person) -> str:
    """The name as the English half has it: the title before, the letters unchanged."""
    return f"{'Ms.' if person.female else 'Mr.'} {person.shown}"


def _sign_diploma(sheet: FormSheet, school: str, year: int) -> None:
    rng = sheet.rng
    office = draw_department(rng, year, "Sở Lao động - Thương binh và Xã hội")
    seat, date = proper(office.place.province), draw_date(rng, year, year)
    sheet.y += 2
    sheet.text(104, f"{seat}, {date.long}", size=11, style=Style.ITALIC, align="centre")
    sheet.note("issue_place", seat)
    sheet.note("issue_date", date.long, date.iso)
    sheet.y += 5.4
    chain = rng.choice((("HIỆU TRƯỞNG",), ("KT. HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG"), ("Q. HIỆU TRƯỞNG",)))
    office = replace(office, position=chain, ring=f"{school} ★ {seat.upper()} ★", core=("TRƯỜNG", "CAO ĐẲNG"))
    set_signer(sheet, office, x=104, deep=30, size=11.5)


def _set_english(sheet: FormSheet, school: str, rows: tuple[tuple[str, str], ...], numbers: tuple[str, str]) -> None:
    sheet.left, sheet.right = 160, 272
    sheet.y = 24
    sheet.stack(217, ("SOCIALIST REPUBLIC OF VIET NAM", "Independence - Freedom - Happiness"), size=11, pitch=5)
    sheet.y += 6
    sheet.stack(217, (f"THE RECTOR OF {school}",), size=10.5, style=Style.BOLD, pitch=5.4)
    sheet.stack(217, ("confers",), size=12, style=Style.ITALIC, pitch=10)
    sheet.stack(217, ("THE DEGREE OF ASSOCIATE",), size=18, style=Style.BOLD, pitch=12)
    for label, text in rows:
        sheet.field(label, text)
    sheet.y = 176
    for label, text in zip(("Serial number:", "Reference number:"), numbers, strict=True):
        sheet.field(label, text)
