"""Template F of enterprises and household businesses: an owner abroad, a person's number for a code."""

from dataclasses import replace
from random import Random

from samples.generator.fonts import Style
from samples.generator.form_sheet import FormSheet, Look
from samples.generator.paper import Paper
from samples.generator.stock.people import Person, draw_date, draw_person, draw_phone, draw_tax_code
from samples.generator.stock.places import draw_address
from samples.generator.templates.blocks import (
    Office,
    draw_committee,
    draw_department,
    set_head,
    set_signer,
)
from samples.generator.templates.grid import Cell, head_cells, set_grid
from samples.generator.templates.registrations import dotted, money_words
from samples.generator.words import spell

_FIELDS = ("ĐIỆN TỬ", "DỆT MAY", "KHUÔN MẪU", "BAO BÌ NHỰA", "LINH KIỆN Ô TÔ", "NÔNG SẢN XUẤT KHẨU", "GIÀY DA")
_BRANDS = ("SEJIN VINA", "ĐÔNG Á", "HANARO", "THÁI DƯƠNG", "MEKONG STAR", "TÂN VIỄN ĐÔNG", "NIPPO HÒA SƠN")
_PARENTS = {
    "SEJIN HOLDINGS CO., LTD": ("Hàn Quốc", "KIM TAE WOO", "45 Gongdan-ro, thành phố Gumi, Hàn Quốc"),
    "NIPPO SEIKI KABUSHIKI KAISHA": ("Nhật Bản", "YAMADA HIROSHI", "3-8 Sakae, thành phố Nagoya, Nhật Bản"),
    "ORIENT STAR PTE. LTD": ("Singapore", "TAN WEI LIANG", "10 Jalan Besar, Singapore"),
    "FORMOSA MOLDS INC": ("Trung Quốc (Đài Loan)", "CHANG YU TING", "Số 66, đường Zhongli, Đào Viên, Đài Loan"),
}
"""Owners abroad, each with its land, the one who stands for it, and its seat."""
_COLUMN_MM = 84.0


def draw_enterprise_f(rng: Random) -> Paper:
    """One-member company of an organisation abroad: two columns without rules, capital in đồng and in dollars."""
    year = rng.randint(2019, 2026)
    sheet = FormSheet(rng, Look(12, 6.3, gap=1.6), left=26, right=190, top=20)
    department = "Sở Kế hoạch và Đầu tư" if year < 2025 else "Sở Tài chính"
    office = draw_department(rng, year, department, "Phòng Đăng ký kinh doanh")
    office = replace(office, core=("PHÒNG", "ĐKKD"))
    set_head(sheet, office, left=60, right=145, size=11)
    sheet.stack(108, ("GIẤY CHỨNG NHẬN ĐĂNG KÝ DOANH NGHIỆP",), size=15.5, style=Style.BOLD, pitch=6)
    form = "CÔNG TY TRÁCH NHIỆM HỮU HẠN MỘT THÀNH VIÊN"
    sheet.stack(108, (form,), size=12.5, style=Style.BOLD, pitch=7.4)
    code, first = draw_tax_code(rng), draw_date(rng, year - 9, year - 1)
    sheet.text(108, f"Mã số doanh nghiệp: {code}", size=13, style=Style.BOLD, align="centre")
    sheet.note("enterprise_code", code)
    sheet.note("document_number", code)
    sheet.y += 6
    sheet.text(108, f"Đăng ký lần đầu, {first.long}", size=12, style=Style.ITALIC, align="centre")
    sheet.note("first_registered", first.long, first.iso)
    sheet.y += 5.6
    changed = draw_date(rng, year, year)
    text = f"Đăng ký thay đổi lần thứ {spell(rng.randint(1, 12))}, {changed.long}"
    sheet.text(108, text, size=12, style=Style.ITALIC, align="centre")
    sheet.note("issue_date", changed.long, changed.iso)
    sheet.y += 9
    parent = rng.choice(list(_PARENTS))
    _set_company(sheet, office, code)
    _set_owner(sheet, parent)
    _set_head_of(sheet, parent)
    sheet.y += 4
    set_signer(sheet, office, x=148, size=12, deep=31)
    return sheet.done("enterprise_registration")


def _part(sheet: FormSheet, text: str) -> None:
    sheet.text(sheet.left, text, size=sheet.look.size, style=Style.BOLD)
    sheet.y += sheet.look.pitch


def _row(sheet: FormSheet, label: str, text: str, name: str | None = None, *, strong: bool = False) -> None:
    """Label left, value in its column, below each other where it is long."""
    sheet.field(label, "", right=_COLUMN_MM, end=False)
    sheet.field("", text, name, x=_COLUMN_MM, hang=_COLUMN_MM, strong=strong)


def _set_company(sheet: FormSheet, office: Office, code: str) -> None:
    rng = sheet.rng
    name = f"CÔNG TY TNHH {rng.choice(_FIELDS)} {rng.choice(_BRANDS)}"
    _part(sheet, "1. Tên công ty")
    _row(sheet, "Tên bằng tiếng Việt", name, "enterprise_name", strong=True)
    sheet.note("owner_name", name)
    sheet.note("owner_id", code)
    _row(sheet, "Tên bằng tiếng nước ngoài", f"{rng.choice(('GREEN', 'PACIFIC', 'UNITED'))} VINA COMPANY LIMITED")
    _part(sheet, "2. Địa chỉ trụ sở chính")
    lot = f"Lô {rng.choice('ABCDK')}{rng.randint(1, 29)}, Khu công nghiệp {rng.choice(('Suối Mây', 'Cửa Rừng'))}"
    _row(sheet, "Địa chỉ", f"{lot}, {office.place.full}, Việt Nam", "head_office")
    _row(sheet, "Điện thoại/Fax", draw_phone(rng))
    dollars = rng.choice((200_000, 500_000, 1_000_000, 2_500_000, 8_000_000))
    amount = dollars * rng.choice((22_800, 23_400, 25_100))
    _part(sheet, "3. Vốn điều lệ")
    shown = f"{dotted(amount)} đồng"
    _row(sheet, "Bằng số", f"{shown}, tương đương {dotted(dollars)} đô la Mỹ")
    sheet.note("charter_capital", shown, str(amount))
    _row(sheet, "Bằng chữ", money_words(amount))


def _set_owner(sheet: FormSheet, parent: str) -> None:
    rng, (land, _, seat) = sheet.rng, _PARENTS[parent]
    _part(sheet, "4. Thông tin về chủ sở hữu")
    _row(sheet, "Tên tổ chức", parent)
    _row(sheet, "Số quyết định thành lập", f"{rng.randint(100_000, 999_999)}-{rng.randint(1_000_000, 9_999_999)}")
    _row(sheet, "Ngày cấp, nơi cấp", f"{draw_date(rng, 1992, 2008).slashed}, {land}")
    _row(sheet, "Địa chỉ trụ sở chính", seat)


def _set_head_of(sheet: FormSheet, parent: str) -> None:
    """Who stands for the company by law: somebody from abroad with a passport, or a manager of this country."""
    rng, (land, stranger, seat) = sheet.rng, _PARENTS[parent]
    _part(sheet, "5. Người đại diện theo pháp luật của công ty")
    local = draw_person(rng, born=(1958, 1992), year=2024, capitals=True)
    home = rng.random() < 0.4
    _row(sheet, "Họ và tên", local.shown if home else stranger, "legal_representative", strong=True)
    _row(sheet, "Chức danh", rng.choice(("Tổng giám đốc", "Giám đốc", "Chủ tịch công ty")))
    _row(sheet, "Sinh ngày, giới tính", f"{local.born.slashed}, {local.sex if home else 'Nam'}")
    _row(sheet, "Quốc tịch", "Việt Nam" if home else land)
    papers = (
        f"CCCD số {local.personal_id}" if home else f"Hộ chiếu số {rng.choice('MTEK')}{rng.randint(10**7, 10**8 - 1)}"
    )
    _row(sheet, "Giấy tờ pháp lý", papers)
    _row(sheet, "Địa chỉ liên lạc", local.residence if home else seat)


_TRADES = (
    ("Bán lẻ lương thực, thực phẩm trong cửa hàng tổng hợp", "4711"), ("Nhà hàng và dịch vụ ăn uống lưu động", "5610"),
    ("Cắt tóc, làm đầu, gội đầu", "9631"), ("Sửa chữa, bảo dưỡng mô tô, xe máy", "9531"), ("Dịch vụ đồ uống", "5630"),
    ("May trang phục", "1410"), ("Bán lẻ thuốc, dụng cụ y tế trong cửa hàng chuyên doanh", "4772"),
)  # fmt: skip
_SIGNS = ("BÚN CHẢ", "TRÀ SỮA", "SPA", "ĐIỆN NƯỚC", "GIẶT LÀ", "VẬT TƯ NÔNG NGHIỆP", "HOMESTAY", "BÁNH MÌ")


def draw_household_f(rng: Random) -> Paper:
    """Form of Circular 68/2025: labels in bold, the keeper's own number for a code, a table of trades."""
    look = Look(12.5, 7.2, label=Style.BOLD, strong=Style.REGULAR, gap=2.0)
    sheet = FormSheet(rng, look, left=28, right=190, top=22)
    office = _draw_commune_office(rng)
    set_head(sheet, office, left=63, right=146, size=11.5)
    sheet.y += 2
    sheet.stack(109, ("GIẤY CHỨNG NHẬN", "ĐĂNG KÝ HỘ KINH DOANH"), size=16, style=Style.BOLD, pitch=6.8)
    person = draw_person(rng, born=(1955, 2004), year=2026, capitals=True)
    # Since July 2025 the number of the person is the tax number, and so the code of the business.
    code = person.personal_id if rng.random() < 0.7 else draw_tax_code(rng)
    x = sheet.text(76, "Mã số hộ kinh doanh:", size=12.5) + 2
    sheet.text(x, code, size=13, style=Style.BOLD)
    sheet.note("household_business_code", code)
    sheet.note("document_number", code)
    sheet.y += 6.2
    _set_days(sheet)
    name = f"HỘ KINH DOANH {rng.choice(_SIGNS)} {rng.choice(_BRANDS).split()[-1]} {person.name.split()[-1]}".upper()
    sheet.field("1. Tên hộ kinh doanh:", name, "business_name", strong=True)
    sheet.field("2. Địa chỉ trụ sở:", draw_address(rng, office.place), "business_address")
    sheet.field("Điện thoại:", draw_phone(rng), right=92, end=False)
    sheet.field("Thư điện tử:", f"{rng.choice(('cuahang', 'quan', 'shop'))}{rng.randint(1, 99)}@hkd.example", x=98)
    _set_trades(sheet)
    amount = rng.choice((25, 40, 70, 100, 180, 350, 600, 1_200)) * 10**6
    sheet.field("4. Vốn kinh doanh:", f"{dotted(amount)} VNĐ", "capital", str(amount))
    sheet.field("Bằng chữ:", money_words(amount))
    sheet.field("5. Chủ thể thành lập:", rng.choice(("Cá nhân", "Các thành viên hộ gia đình")))
    _set_keeper(sheet, person)
    sheet.y += 4
    set_signer(sheet, office, x=146, size=12.5, deep=32)
    sheet.note("owner_name", name)
    sheet.note("owner_id", code)
    return sheet.done("household_business_registration")


def _draw_commune_office(rng: Random) -> Office:
    office = draw_committee(rng, 2026)
    unit = ("PHÒNG KINH TẾ",) if office.place.commune.startswith("xã") else ("PHÒNG KINH TẾ,", "HẠ TẦNG VÀ ĐÔ THỊ")
    chain = rng.choice((("TRƯỞNG PHÒNG",), ("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG"), ("PHÓ TRƯỞNG PHÒNG",)))
    ring = f"UBND {office.place.commune.upper()} ★ {' '.join(unit)} ★"
    return replace(office, parent=office.lines, lines=unit, position=chain, ring=ring, core=("PHÒNG",))


def _set_days(sheet: FormSheet) -> None:
    """The first registration, and for some a change: the later day is that of the paper."""
    rng = sheet.rng
    changed = draw_date(rng, 2026, 2026)
    if rng.random() < 0.5:
        first = draw_date(rng, 2016, 2025)
        lines = (("Đăng ký lần đầu,", first), (f"Đăng ký thay đổi lần thứ {rng.randint(1, 5)},", changed))
    else:
        lines = (("Đăng ký lần đầu,", changed),)
    for label, date in lines:
        sheet.text(109, f"{label} {date.long}", size=12, style=Style.ITALIC, align="centre")
        sheet.y += 5.8
    sheet.note("issue_date", changed.long, changed.iso)
    sheet.y += 4


def _set_trades(sheet: FormSheet) -> None:
    rng, look = sheet.rng, sheet.look
    sheet.field("3. Ngành, nghề kinh doanh:", "")
    sheet.look = replace(look, size=11, pitch=5.6, label=Style.REGULAR)
    rows = [
        (Cell(str(row)), Cell(text), Cell(mark))
        for row, (text, mark) in enumerate(rng.sample(_TRADES, rng.randint(1, 3)), start=1)
    ]
    set_grid(sheet, (28, 40, 164, 190), (head_cells("STT", "Tên ngành", "Mã ngành"), *rows))
    sheet.look = look
    sheet.y += 1.6


def _set_keeper(sheet: FormSheet, person: Person) -> None:
    sheet.field("6. Thông tin về chủ hộ kinh doanh:", "")
    sheet.field("Họ, chữ đệm và tên:", person.shown, "full_name", right=146, end=False)
    sheet.field("Giới tính:", person.sex, x=150)
    sheet.field("Ngày, tháng, năm sinh:", person.born.slashed, right=104, end=False)
    sheet.field("Dân tộc:", person.ethnicity, x=108, right=146, end=False)
    sheet.field("Quốc tịch:", "Việt Nam", x=150)
    sheet.field("Số định danh cá nhân:", person.personal_id, "personal_id")
    sheet.field("Địa chỉ liên lạc:", person.residence)
