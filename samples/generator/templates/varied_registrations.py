"""Template E of land, enterprises and household businesses: a book of the nineties, the form of 2025, one by pen."""

from dataclasses import replace
from random import Random

from samples.generator.fonts import Style
from samples.generator.form_sheet import FormSheet, Look
from samples.generator.paper import BLACK, PEN_BLUE, Barcode, Colour, Paper
from samples.generator.stock.people import Person, draw_date, draw_person, draw_phone, draw_tax_code
from samples.generator.stock.places import draw_address, draw_place, proper
from samples.generator.templates.blocks import (
    Office,
    draw_committee,
    draw_department,
    draw_filling,
    set_box,
    set_head,
    set_motto,
    set_signer,
)
from samples.generator.templates.filling import name_agency, set_day
from samples.generator.templates.grid import Cell, head_cells, set_grid
from samples.generator.templates.registrations import dotted, money_words

_CREAM: Colour = (252, 247, 232)
_BRICK: Colour = (186, 58, 48)
_PLOTS = {
    "Đất ở": "Lâu dài", "Đất thổ cư": "Lâu dài", "Đất trồng lúa 2 vụ": "20 năm", "Đất màu": "20 năm",
    "Đất vườn": "Lâu dài", "Đất trồng cây lâu năm": "50 năm",
}  # fmt: skip
"""Use and term as books of those years wrote them."""


def draw_land_e(rng: Random) -> Paper:
    """Red book of 1993 to 2004, laid open: the title left, right the holder and the parcel in a table."""
    year = rng.randint(1994, 2003)
    look, pen = draw_filling(rng, 13, 10.4)
    sheet = FormSheet(rng, look, left=196, right=362, width=380, height=265)
    set_box(sheet, (10, 10, 182, 255), 0.8, _BRICK)
    set_box(sheet, (188, 10, 370, 255), 0.4, _BRICK)
    sheet.y = 34
    set_motto(sheet, 96, size=14, old=True)
    sheet.y = 112
    for line in ("GIẤY CHỨNG NHẬN", "QUYỀN SỬ DỤNG ĐẤT"):
        sheet.text(96, line, size=25, style=Style.BOLD, align="centre", colour=_BRICK)
        sheet.y += 14
    serial = f"{rng.choice('BCDEGHKLMNPQ')} {rng.randint(0, 999_999):06}"
    sheet.y = 240
    x = sheet.text(70, "Số:", size=13)
    sheet.text(x + 2, serial, size=15, style=Style.BOLD, colour=_BRICK)
    sheet.note("serial_number", serial)
    _set_holding(sheet, year, pen=pen)
    return sheet.done("land_use_certificate", _CREAM)


def _set_holding(sheet: FormSheet, year: int, *, pen: bool) -> None:
    rng, look = sheet.rng, sheet.look
    office = draw_committee(rng, year, level=1)
    seat = office.place.levels[1]
    sheet.y = 24
    sheet.stack(279, (" ".join(office.lines),), size=13, style=Style.BOLD, pitch=7)
    sheet.note("issuing_agency", " ".join(office.lines))
    sheet.stack(279, ("CHỨNG NHẬN",), size=14, style=Style.BOLD, pitch=10)
    person = draw_person(rng, born=(year - 68, year - 25), year=year)
    sheet.field(f"Hộ {person.title.lower()}:", person.shown, "owner_name", strong=True, pen=pen, right=318, end=False)
    sheet.field("Sinh năm:", str(person.born.year), x=322, pen=pen)
    hamlet = rng.choice(("Thôn Trung", "Xóm 4", "Ấp Mới", "Đội 3", "Bản Hạ"))
    commune = office.place.levels[0]
    sheet.field("Thường trú tại:", f"{hamlet}, {commune}", pen=pen)
    area = rng.randint(72, 3200)
    sheet.field("Được quyền sử dụng:", f"{area} m2 đất", pen=pen)
    sheet.field("Tại:", f"{commune}, {seat}", "address", pen=pen)
    sheet.field("Theo bảng liệt kê dưới đây:", "", right=196)
    sheet.look = replace(look, size=11, pitch=7.0, leaders="none")
    purpose, term = rng.choice(list(_PLOTS.items()))
    row = (
        Cell(f"{rng.randint(1, 40):02}", "map_sheet", pen=pen),
        Cell(str(rng.randint(1, 1400)), "parcel_number", pen=pen),
        Cell(str(area), "area_m2", pen=pen),
        Cell(purpose, "land_use_purpose", pen=pen),
        Cell(term, "land_use_term", pen=pen),
        Cell("", pen=pen),
    )
    heads = ("Tờ bản đồ số", "Thửa số", "Diện tích (m2)", "Mục đích sử dụng", "Thời hạn sử dụng", "Ghi chú")
    blank = tuple(Cell("") for _ in heads)
    total = (Cell("Cộng", label=True), Cell(""), Cell(str(area), pen=pen), Cell(""), Cell(""), Cell(""))
    set_grid(sheet, (196, 218, 240, 266, 310, 342, 362), (head_cells(*heads), row, blank, blank, total))
    sheet.look = look
    sheet.y += 6
    name = proper(seat)
    set_day(sheet, f"{name}, ngày", draw_date(rng, year, year), "issue_date", x=274, pen=pen, style=Style.ITALIC)
    sheet.note("issue_place", name)
    sheet.y += 6
    set_signer(sheet, office, behalf=name_agency(office), x=304, size=12, deep=34)
    sheet.y = 238
    sheet.field("Vào sổ cấp giấy chứng nhận", "", right=196)
    number = f"{rng.randint(1, 99_999):05} QSDĐ"
    sheet.field("quyền sử dụng đất số:", number, "register_number", right=272, pen=pen)


_FIRMS = ("THIÊN AN", "NAM HẢI", "KIM NGÂN", "TÂM ĐỨC", "GIA NGUYỄN", "SAO MAI", "HỢP NHẤT")
_TRADES = ("THỰC PHẨM", "CÔNG NGHỆ SỐ", "LOGISTICS", "GIÁO DỤC", "NỘI THẤT", "NÔNG NGHIỆP CÔNG NGHỆ CAO")


def draw_enterprise_e(rng: Random) -> Paper:
    """Form of Decree 168/2025: code in a QR, the owner of a one-member company before its representative."""
    year = rng.randint(2025, 2026)
    sheet = FormSheet(rng, Look(12.5, 7.5, gap=2.0), left=27, right=190, top=22)
    office = draw_department(rng, 2026, "Sở Tài chính", "Phòng Đăng ký kinh doanh và Tài chính doanh nghiệp")
    lines = ("PHÒNG ĐĂNG KÝ KINH DOANH", "VÀ TÀI CHÍNH DOANH NGHIỆP")
    office = replace(office, lines=lines, core=("PHÒNG", "ĐKKD"))
    code, first = draw_tax_code(rng), draw_date(rng, 2025, 2025)
    changed = draw_date(rng, 2026, 2026) if year == 2026 else None
    set_head(sheet, office, left=62, right=147, size=10.5)
    sheet.add(Barcode(27, sheet.y - 4, 18, f"https://dangkykinhdoanh.example/{code}"))
    sheet.y += 2
    sheet.stack(112, ("GIẤY CHỨNG NHẬN", "ĐĂNG KÝ DOANH NGHIỆP"), size=15, style=Style.BOLD, pitch=6.4)
    sheet.stack(112, ("CÔNG TY TRÁCH NHIỆM HỮU HẠN MỘT THÀNH VIÊN",), size=11.5, style=Style.BOLD, pitch=8)
    sheet.field("Mã số doanh nghiệp (mã số thuế):", code, "enterprise_code", strong=True)
    sheet.note("document_number", code)
    sheet.field("Đăng ký lần đầu:", first.long, "first_registered", first.iso)
    if changed is not None:
        times = f"Đăng ký thay đổi lần thứ {rng.randint(1, 4)}:"
        sheet.field(times, changed.long, "issue_date", changed.iso)
    else:
        sheet.note("issue_date", first.long, first.iso)
    sheet.y += 2
    _set_company(sheet, code)
    owner = draw_person(rng, born=(1955, 2000), year=2026, capitals=True)
    head = owner if rng.random() < 0.5 else draw_person(rng, born=(1955, 2000), year=2026, capitals=True)
    _set_people(sheet, owner, head)
    sheet.y += 4
    set_signer(sheet, office, x=146, size=12.5, deep=32)
    return sheet.done("enterprise_registration")


def _heading(sheet: FormSheet, text: str) -> None:
    sheet.text(sheet.left, text, size=sheet.look.size, style=Style.BOLD)
    sheet.y += sheet.look.pitch


def _set_company(sheet: FormSheet, code: str) -> None:
    rng = sheet.rng
    brand = rng.choice(_FIRMS)
    name = f"CÔNG TY TNHH MTV {rng.choice(_TRADES)} {brand}"
    _heading(sheet, "1. Tên doanh nghiệp")
    sheet.field("Tên bằng tiếng Việt:", name, "enterprise_name", strong=True)
    sheet.note("owner_name", name)
    sheet.note("owner_id", code)
    sheet.field("Tên viết tắt:", f"{''.join(word[0] for word in brand.split())} CO.")
    _heading(sheet, "2. Trụ sở chính")
    sheet.field("Địa chỉ:", draw_address(rng, draw_place(rng, 2026)), "head_office")
    sheet.field("Số điện thoại:", draw_phone(rng), right=92, end=False)
    sheet.field("Thư điện tử:", f"vp{rng.randint(10, 99)}@doanhnghiep.example", x=96)
    amount = rng.choice((200, 950, 1_800, 3_000, 4_900, 9_000, 36_000, 120_000)) * 10**6
    _heading(sheet, "3. Vốn điều lệ")
    sheet.field("Bằng số:", f"{dotted(amount)} VNĐ", "charter_capital", str(amount))
    sheet.field("Bằng chữ:", money_words(amount))


def _set_people(sheet: FormSheet, owner: Person, head: Person) -> None:
    rng = sheet.rng
    _heading(sheet, "4. Thông tin về chủ sở hữu")
    sheet.field("Họ, chữ đệm và tên:", owner.shown, strong=True)
    sheet.field("Số định danh cá nhân:", owner.personal_id)
    _heading(sheet, "5. Người đại diện theo pháp luật")
    name = "legal_representative"
    sheet.field("Họ, chữ đệm và tên:", head.shown, name, strong=True, right=140, end=False)
    sheet.field("Giới tính:", head.sex, x=144)
    sheet.field("Chức danh:", rng.choice(("Giám đốc", "Tổng Giám đốc", "Chủ tịch công ty")))
    sheet.field("Ngày, tháng, năm sinh:", head.born.slashed, right=100, end=False)
    sheet.field("Số định danh cá nhân:", head.personal_id, x=104)
    sheet.field("Địa chỉ liên lạc:", head.residence)


_GOODS = ("Bán lẻ tạp hóa", "Sửa chữa xe máy", "Cắt tóc, gội đầu", "Dịch vụ ăn uống", "May đo quần áo", "Bán thuốc tây")
_SHOPS = ("TẠP HÓA", "TIỆM SỬA XE", "QUÁN CƠM", "NHÀ MAY", "QUẦY THUỐC", "CỬA HÀNG GẠO")


def draw_household_e(rng: Random) -> Paper:
    """Form of Decree 43/2010 in towns, filled in by hand: the office by pen its number, the members in a table."""
    year, pen = rng.randint(2011, 2015), rng.random() < 0.55
    look = Look(12.5, 8.5, gap=2.0, leaders="rule", pen_colour=rng.choice((PEN_BLUE, PEN_BLUE, BLACK)))
    sheet = FormSheet(rng, look, left=26, right=188, top=24)
    office = _draw_town_office(rng, year)
    set_head(sheet, office, left=62, right=144, size=11.5)
    sheet.y -= 5
    code = f"{rng.randint(10, 99)}{rng.choice('ABCDEGHK')}8{rng.randint(0, 999_999):06}"
    sheet.field("Số:", code, "household_business_code", x=40, right=86, pen=pen)
    sheet.note("document_number", code, pen=pen)
    sheet.y += 5
    sheet.stack(107, ("GIẤY CHỨNG NHẬN", "ĐĂNG KÝ HỘ KINH DOANH"), size=15.5, style=Style.BOLD, pitch=6.8)
    date = draw_date(rng, year, year)
    x = 66 if pen else 72
    set_day(sheet, "Cấp lần đầu, ngày", date, "issue_date", x=x, pen=pen, style=Style.ITALIC)
    sheet.y += 10
    person = draw_person(rng, born=(year - 60, year - 22), year=year, capitals=True)
    name = f"{rng.choice(_SHOPS)} {person.name.split()[-1]}".upper()
    _set_shop(sheet, office, name, pen=pen)
    _set_keeper(sheet, person, year, pen=pen)
    sheet.y += 5
    set_signer(sheet, office, x=144, size=12.5, deep=32)
    sheet.note("owner_name", name, pen=pen)
    sheet.note("owner_id", code, pen=pen)
    return sheet.done("household_business_registration")


def _draw_town_office(rng: Random, year: int) -> Office:
    office = draw_committee(rng, year, level=1)
    chain = rng.choice((("TRƯỞNG PHÒNG",), ("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG")))
    return replace(office, parent=office.lines, lines=("PHÒNG TÀI CHÍNH - KẾ HOẠCH",), position=chain)


def _set_shop(sheet: FormSheet, office: Office, name: str, *, pen: bool) -> None:
    rng = sheet.rng
    sheet.field("1. Tên hộ kinh doanh (viết in hoa):", name, "business_name", pen=pen)
    sheet.field("2. Địa điểm kinh doanh:", draw_address(rng, office.place), "business_address", pen=pen)
    sheet.field("Điện thoại:", draw_phone(rng), right=100, pen=pen, end=False)
    sheet.field("Email:", "", x=104)
    sheet.field("3. Ngành, nghề kinh doanh:", rng.choice(_GOODS), pen=pen)
    amount = rng.choice((10, 18, 30, 45, 60, 85, 160, 280)) * 10**6
    sheet.field("4. Vốn kinh doanh:", f"{dotted(amount)} đồng", "capital", str(amount), pen=pen)
    sheet.field("(Bằng chữ:", f"{money_words(amount)})", pen=pen)


def _set_keeper(sheet: FormSheet, person: Person, year: int, *, pen: bool) -> None:
    rng, look = sheet.rng, sheet.look
    label = "5. Họ và tên cá nhân hoặc đại diện hộ gia đình:"
    sheet.field(label, person.shown, "full_name", pen=pen)
    sheet.field("Giới tính:", person.sex, right=62, pen=pen, end=False)
    sheet.field("Sinh ngày:", person.born.slashed, x=66, right=118, pen=pen, end=False)
    sheet.field("Dân tộc:", person.ethnicity, x=122, pen=pen)
    sheet.field("Số Giấy CMND:", person.old_id, "personal_id", right=88, pen=pen, end=False)
    sheet.field("Ngày cấp:", draw_date(rng, year - 9, year - 1).slashed, x=92, right=138, pen=pen, end=False)
    sheet.field("Nơi cấp:", f"CA {proper(person.home.province)}", x=141, pen=pen)
    sheet.field("Nơi đăng ký hộ khẩu thường trú:", person.residence, pen=pen)
    sheet.field("6. Danh sách cá nhân góp vốn thành lập hộ kinh doanh (nếu có):", "", right=sheet.left)
    sheet.look = replace(look, size=10.5, pitch=5.8, leaders="none")
    heads = ("STT", "Họ và tên", "Nơi thường trú", "Phần vốn góp (đồng)", "Số CMND")
    set_grid(sheet, (26, 37, 82, 128, 160, 188), (head_cells(*heads), tuple(Cell("") for _ in heads)))
    sheet.look = look
