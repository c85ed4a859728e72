"""Template D of land, enterprises and household businesses: the forms of 2004, 2006 and 2010."""

from dataclasses import replace
from math import dist
from random import Random

from samples.generator.fonts import Style
from samples.generator.form_sheet import FormSheet, Look
from samples.generator.paper import Colour, Paper, Rule, Signature
from samples.generator.stock.people import Person, draw_date, draw_person, draw_phone, draw_tax_code
from samples.generator.stock.places import draw_address, draw_place, proper
from samples.generator.templates.blocks import (
    draw_committee,
    draw_department,
    set_box,
    set_frame,
    set_head,
    set_motto,
    set_signer,
)
from samples.generator.templates.grid import Cell, head_cells, on_behalf, set_grid
from samples.generator.templates.registrations import dotted, money_words
from samples.generator.words import spell

_BOOK: Colour = (253, 246, 230)
_GILT: Colour = (196, 70, 50)
_BOOK_WIDTH_MM, _BOOK_HEIGHT_MM = 190.0, 265.0


def draw_land_d(rng: Random) -> Paper:
    """Red book of Decision 24/2004: the cover, then the two inner pages laid open, with the plan of the parcel."""
    year = rng.randint(2005, 2009)
    sheet = FormSheet(
        rng, Look(12.5, 7.4, strong=Style.BOLD), left=20, right=176, width=_BOOK_WIDTH_MM, height=_BOOK_HEIGHT_MM
    )
    set_frame(sheet, _GILT, (250, 226, 206), inset=8)
    sheet.y = 36
    set_motto(sheet, 95, size=14, old=True)
    sheet.y = 118
    for line, size in (("GIẤY CHỨNG NHẬN", 26), ("QUYỀN SỬ DỤNG ĐẤT", 26)):
        sheet.text(95, line, size=size, style=Style.BOLD, align="centre", colour=_GILT)
        sheet.y += 14
    serial = f"A{rng.choice('BCDĐEGHIKLM')} {rng.randint(0, 999_999):06}"
    sheet.y = 246
    sheet.text(95, serial, size=15, style=Style.BOLD, align="centre")
    sheet.note("serial_number", serial)
    sheet.turn_over((252, 236, 222))
    sheet.width = 2 * _BOOK_WIDTH_MM
    _set_left_page(sheet, year)
    _set_right_page(sheet)
    return sheet.done("land_use_certificate", _BOOK)


def _set_left_page(sheet: FormSheet, year: int) -> None:
    rng = sheet.rng
    set_box(sheet, (10, 10, 182, 255), 0.5, _GILT)
    office = draw_committee(rng, year, level=1)
    office = replace(office, parent=())
    seat = office.place.levels[1]
    sheet.y = 20
    sheet.stack(96, (" ".join(office.lines),), size=13, style=Style.BOLD, pitch=7)
    sheet.note("issuing_agency", " ".join(office.lines))
    sheet.stack(96, ("CHỨNG NHẬN",), size=14, style=Style.BOLD, pitch=8)
    person = draw_person(rng, born=(year - 70, year - 25), year=year, capitals=True)
    _part(sheet, "I- Tên người sử dụng đất")
    sheet.field(f"{person.title}:", person.shown, "owner_name", strong=True)
    sheet.field("Sinh năm:", str(person.born.year), right=80, end=False)
    sheet.field("Số CMND:", person.old_id, "owner_id", x=86)
    sheet.field("Hộ khẩu thường trú:", person.residence)
    _part(sheet, "II- Thửa đất được quyền sử dụng")
    parcel, mapped = str(rng.randint(1, 1200)), f"{rng.randint(1, 90):02}"
    sheet.field("1. Thửa đất số:", parcel, "parcel_number", right=90, end=False)
    sheet.field("2. Tờ bản đồ số:", mapped, "map_sheet", x=98)
    hamlet = rng.choice(("Thôn Đông", "Xóm Giữa", "Ấp 3", "Khu vực 2", "Đội 6"))
    sheet.field("3. Địa chỉ thửa đất:", f"{hamlet}, {office.place.full}", "address")
    area = str(rng.randint(52, 2400))
    sheet.field("4. Diện tích:", f"{area} m2")
    sheet.note("area_m2", area)
    sheet.field("Bằng chữ:", f"{spell(int(area)).capitalize()} mét vuông", x=25)
    sheet.field("5. Hình thức sử dụng:", "")
    sheet.field("+ Sử dụng riêng:", f"{area} m2", x=25, right=90, end=False)
    sheet.field("+ Sử dụng chung:", "Không m2", x=98)
    purpose = rng.choice(
        ("Đất ở nông thôn", "Đất ở đô thị", "Đất chuyên trồng lúa nước", "Đất trồng cây hàng năm khác", "Đất vườn")
    )
    sheet.field("6. Mục đích sử dụng đất:", purpose, "land_use_purpose")
    term = "Lâu dài" if "ở" in purpose.split() else f"Đến tháng {rng.randint(10, 12)} năm {rng.choice((2013, 2043))}"
    sheet.field("7. Thời hạn sử dụng đất:", term, "land_use_term")
    sheet.field("8. Nguồn gốc sử dụng đất:", "Nhà nước công nhận quyền sử dụng đất không thu tiền sử dụng đất")
    _part(sheet, "III- Tài sản gắn liền với đất")
    sheet.field("Không", "", x=25)
    _part(sheet, "IV- Ghi chú")
    sheet.field("Không", "", x=25)
    date, name = draw_date(rng, year, year), proper(seat)
    sheet.text(132, f"{name}, {date.long}", size=12, style=Style.ITALIC, align="centre")
    sheet.note("issue_place", name)
    sheet.note("issue_date", date.long, date.iso)
    sheet.y += 5.6
    set_signer(sheet, office, behalf=on_behalf(office), x=132, size=11.5, deep=28)
    sheet.y = max(sheet.y + 6, 248)
    number = f"H {rng.randint(0, 9_999):05}"
    sheet.field("Số vào sổ cấp giấy chứng nhận quyền sử dụng đất:", number, "register_number", x=16)


def _part(sheet: FormSheet, text: str) -> None:
    sheet.text(sheet.left - 4, text, size=12.5, style=Style.BOLD)
    sheet.y += sheet.look.pitch


def _set_right_page(sheet: FormSheet) -> None:
    """Plan of the parcel with the lengths of its sides, and the table of later changes, still empty."""
    rng = sheet.rng
    set_box(sheet, (198, 10, 370, 255), 0.5, _GILT)
    sheet.y = 20
    sheet.text(206, "V- Sơ đồ thửa đất", size=12.5, style=Style.BOLD)
    area = int(sheet.value("area_m2"))
    scale = 200 if area < 250 else 500 if area < 1500 else 1000
    shape = rng.uniform(0.6, 1.1)
    wide, deep = (1000 / scale * (area * share) ** 0.5 for share in (shape, 1 / shape))
    lean = rng.uniform(-0.1, 0.1) * wide
    x, y = 284 - wide / 2, 46.0
    corners = ((x, y), (x + wide, y + lean / 2), (x + wide + lean / 2, y + deep), (x - lean / 2, y + deep - lean / 2))
    for number, (start, end) in enumerate(zip(corners, (*corners[1:], corners[0]), strict=True), start=1):
        sheet.add(Rule(*start, *end, 0.4))
        length = f"{dist(start, end) * scale / 1000:.2f}"
        middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
        off = {1: (-4, -2.5), 2: (2.5, 1), 3: (-4, 5.5), 4: (-12, 1)}[number]
        sheet.y = middle[1] + off[1]
        sheet.text(middle[0] + off[0], length, size=9.5)
    sheet.y = y + deep / 2
    sheet.text(284, str(sheet.value("parcel_number")), size=13, style=Style.BOLD, align="centre")
    sheet.y += 6
    sheet.text(284, f"{area} m2", size=10, align="centre")
    sheet.y = y + deep + 15
    sheet.text(284, f"Tỷ lệ 1: {scale}", size=11, style=Style.ITALIC, align="centre")
    sheet.y = 168
    sheet.text(206, "VI- Những thay đổi sau khi cấp giấy chứng nhận", size=12.5, style=Style.BOLD)
    sheet.y = 180
    sheet.look = replace(sheet.look, size=10.5, pitch=5.6)
    heads = head_cells("Ngày, tháng, năm", "Nội dung thay đổi và cơ sở pháp lý", "Xác nhận của cơ quan có thẩm quyền")
    set_grid(sheet, (204, 236, 306, 364), (heads,))
    top = sheet.y - 4.1
    for edge in (204, 236, 306, 364):
        sheet.add(Rule(edge, top, edge, 248))
    sheet.add(Rule(204, 248, 364, 248))


_TRADES = ("XÂY LẮP ĐIỆN", "THUỶ LỢI", "IN VÀ BAO BÌ", "GIỐNG CÂY TRỒNG", "THIẾT BỊ TRƯỜNG HỌC", "KHAI THÁC ĐÁ")
_FIRMS = ("TÂN TIẾN", "HOÀNG GIA", "NAM SƠN", "BÌNH MINH", "PHÚ CƯỜNG", "MINH KHÔI")
_LINES = (
    ("Xây dựng nhà các loại", "4100"),
    ("Bán buôn vật liệu, thiết bị lắp đặt khác trong xây dựng", "4663"),
    ("Vận tải hàng hóa bằng đường bộ", "4933"),
    ("Lắp đặt hệ thống điện", "4321"),
    ("Dịch vụ lưu trú ngắn ngày", "5510"),
    ("Trồng rừng và chăm sóc rừng", "0210"),
)


def draw_enterprise_d(rng: Random) -> Paper:
    """Form of Decree 43/2010: two pages, lines of business and members in tables."""
    year = rng.randint(2010, 2014)
    sheet = FormSheet(rng, Look(12, 6.8, gap=2.0), left=26, right=190, top=24)
    office = draw_department(rng, year, "Sở Kế hoạch và Đầu tư", "Phòng Đăng ký kinh doanh")
    set_head(sheet, office, left=64, right=146, size=11)
    title = ("GIẤY CHỨNG NHẬN ĐĂNG KÝ DOANH NGHIỆP", "CÔNG TY TRÁCH NHIỆM HỮU HẠN HAI THÀNH VIÊN TRỞ LÊN")
    sheet.stack(108, title[:1], size=15, style=Style.BOLD, pitch=6.2)
    sheet.stack(108, title[1:], size=12, style=Style.BOLD, pitch=7)
    code, first = draw_tax_code(rng), draw_date(rng, year - 5, year - 1)
    sheet.text(108, f"Mã số doanh nghiệp: {code}", size=12.5, style=Style.BOLD, align="centre")
    sheet.note("enterprise_code", code)
    sheet.note("document_number", code)
    sheet.y += 6
    sheet.text(108, f"Đăng ký lần đầu: {first.long}", size=12, style=Style.ITALIC, align="centre")
    sheet.note("first_registered", first.long, first.iso)
    sheet.y += 5.6
    issued = draw_date(rng, year, year)
    text = f"Đăng ký thay đổi lần thứ {rng.randint(1, 6)}: {issued.long}"
    sheet.text(108, text, size=12, style=Style.ITALIC, align="centre")
    sheet.note("issue_date", issued.long, issued.iso)
    sheet.y += 9
    brand = rng.choice(_FIRMS)
    name = f"CÔNG TY TNHH {rng.choice(_TRADES)} {brand}"
    sheet.field("1. Tên công ty", "")
    sheet.field("Tên công ty viết bằng tiếng Việt:", name, "enterprise_name", strong=True)
    sheet.note("owner_name", name)
    sheet.note("owner_id", code)
    sheet.field("Tên công ty viết tắt:", f"{''.join(word[0] for word in brand.split())} CO., LTD")
    place = draw_place(rng, year)
    sheet.field("2. Địa chỉ trụ sở chính:", draw_address(rng, place), "head_office")
    sheet.field("Điện thoại:", draw_phone(rng), right=104, end=False)
    sheet.field("Fax:", draw_phone(rng), x=110)
    sheet.field("3. Ngành, nghề kinh doanh", "")
    sheet.y += 1
    lines = rng.sample(_LINES, rng.randint(2, 4))
    rows = [(Cell(str(row)), Cell(text), Cell(mark)) for row, (text, mark) in enumerate(lines, start=1)]
    set_grid(sheet, (26, 38, 162, 190), (head_cells("STT", "Tên ngành", "Mã ngành"), *rows))
    sheet.y += 1.5
    amount = rng.choice((800, 1_200, 1_800, 4_500, 6_000, 9_900, 20_000)) * 10**6
    sheet.field("4. Vốn điều lệ:", f"{dotted(amount)} đồng", "charter_capital", str(amount))
    sheet.field("Bằng chữ:", money_words(amount))
    head = draw_person(rng, born=(year - 60, year - 25), year=year, capitals=True)
    _set_members(sheet, head, draw_person(rng, born=(year - 60, year - 25), year=year, capitals=True), amount)
    sheet.turn_over()
    _set_representative(sheet, head, year)
    set_signer(sheet, office, x=146, deep=34)
    return sheet.done("enterprise_registration")


def _set_members(sheet: FormSheet, first: Person, second: Person, amount: int) -> None:
    share = sheet.rng.choice((51, 60, 70, 80))
    sheet.field("5. Danh sách thành viên góp vốn", "")
    sheet.y += 1
    look = sheet.look
    sheet.look = replace(look, size=10.5, pitch=5.4)
    rows = []
    for number, (one, part) in enumerate(((first, share), (second, 100 - share)), start=1):
        texts = (str(number), one.shown, one.residence, dotted(amount * part // 100), str(part), one.old_id)
        rows.append(tuple(map(Cell, texts)))
    heads = (
        "STT",
        "Tên thành viên",
        "Nơi đăng ký hộ khẩu thường trú",
        "Giá trị phần vốn góp (đồng)",
        "Tỷ lệ (%)",
        "Số CMND",
    )
    set_grid(sheet, (26, 36, 70, 116, 146, 164, 190), (head_cells(*heads), *rows))
    sheet.look = look


def _set_representative(sheet: FormSheet, person: Person, year: int) -> None:
    rng = sheet.rng
    sheet.field("6. Người đại diện theo pháp luật của công ty", "")
    sheet.field("Chức danh:", rng.choice(("Giám đốc", "Chủ tịch Hội đồng thành viên", "Tổng Giám đốc")))
    sheet.field("Họ và tên:", person.shown, "legal_representative", strong=True, right=136, end=False)
    sheet.field("Giới tính:", person.sex, x=142)
    sheet.field("Sinh ngày:", person.born.slashed, right=76, end=False)
    sheet.field("Dân tộc:", person.ethnicity, x=82, right=124, end=False)
    sheet.field("Quốc tịch:", "Việt Nam", x=130)
    sheet.field("Loại giấy chứng thực cá nhân:", "Giấy chứng minh nhân dân")
    sheet.field("Số:", person.old_id, right=76, end=False)
    sheet.field("Ngày cấp:", draw_date(rng, year - 8, year - 1).slashed, x=82, right=124, end=False)
    sheet.field("Nơi cấp:", f"Công an {proper(person.home.province)}", x=130)
    sheet.field("Nơi đăng ký hộ khẩu thường trú:", person.residence)
    sheet.field("Chỗ ở hiện tại:", person.residence)
    sheet.field("7. Thông tin về chi nhánh, văn phòng đại diện:", "Không")
    sheet.y += 8


_GOODS = (
    "Mua bán thức ăn gia súc, gia cầm",
    "Sửa chữa đồ điện dân dụng",
    "Kinh doanh nhà trọ, nhà nghỉ",
    "Gia công đồ mộc dân dụng",
    "Bán lẻ xăng dầu, gas",
)
_SIGNS = ("CƠ SỞ MỘC", "NHÀ NGHỈ", "ĐẠI LÝ THỨC ĂN CHĂN NUÔI", "CỬA HÀNG ĐIỆN MÁY", "HIỆU SÁCH", "XƯỞNG CƠ KHÍ")


def draw_household_d(rng: Random) -> Paper:
    """Form of Decree 88/2006, lying: the business left, its owner and the signer right."""
    year = rng.randint(2006, 2013)
    look = Look(12, 7.8, leaders=rng.choice(("rule", "dots")))
    sheet = FormSheet(rng, look, left=22, right=140, width=297, height=210)
    set_frame(sheet, (150, 60, 70), (252, 234, 234), inset=8)
    office = draw_committee(rng, year, level=1)
    parent = " ".join(office.lines)
    unit = "PHÒNG TÀI CHÍNH - KẾ HOẠCH"
    office = replace(office, lines=(unit,), position=rng.choice((("TRƯỞNG PHÒNG",), ("PHÓ TRƯỞNG PHÒNG",))))
    sheet.y = 20
    sheet.stack(70, (parent,), size=11, pitch=5)
    sheet.stack(70, (unit,), size=11, style=Style.BOLD, pitch=5)
    sheet.note("issuing_agency", unit)
    sheet.y = 20
    set_motto(sheet, 214, size=12, old=True)
    sheet.y = 42
    sheet.stack(148.5, ("GIẤY CHỨNG NHẬN ĐĂNG KÝ HỘ KINH DOANH",), size=19, style=Style.BOLD, pitch=7)
    code = f"{rng.randint(10, 99)}{rng.choice('ABCDEGHK')}8{rng.randint(0, 999_999):06}"
    sheet.text(148.5, f"Số: {code}", size=13, style=Style.BOLD, align="centre")
    sheet.note("household_business_code", code)
    sheet.note("document_number", code)
    sheet.y += 6
    date = draw_date(rng, year, year)
    sheet.text(148.5, f"Đăng ký lần đầu ngày {date.slashed}", size=12, style=Style.ITALIC, align="centre")
    sheet.note("issue_date", date.slashed, date.iso)
    top = sheet.y = 68
    person = draw_person(rng, born=(year - 62, year - 22), year=year, capitals=True)
    name = f"{rng.choice(_SIGNS)} {person.name.split()[-1]}".upper()
    sheet.field("1. Tên hộ kinh doanh (viết chữ in hoa):", name, "business_name", strong=True)
    address = draw_address(rng, office.place)
    sheet.field("2. Địa điểm kinh doanh:", address, "business_address")
    sheet.field("Điện thoại:", draw_phone(rng), right=82, end=False)
    sheet.field("Fax:", "", x=84)
    sheet.field("3. Ngành, nghề kinh doanh:", rng.choice(_GOODS))
    amount = rng.choice((15, 25, 40, 70, 90, 120, 250, 450)) * 10**6
    sheet.field("4. Vốn kinh doanh:", f"{dotted(amount)} đồng", "capital", str(amount))
    sheet.field("Viết bằng chữ:", money_words(amount))
    low = sheet.y + 8
    sheet.y, sheet.left, sheet.right = top, 154, 275
    _set_keeper(sheet, person, year)
    sheet.y += 3
    set_signer(sheet, office, x=222, size=12, deep=30)
    sheet.y = max(low, 146)
    sheet.text(80, "Chữ ký của chủ hộ kinh doanh", size=12, style=Style.BOLD, align="centre")
    sheet.add(Signature(80, sheet.y + 14, 30, rng.randrange(10**6)))
    sheet.note("owner_name", name)
    sheet.note("owner_id", code)
    return sheet.done("household_business_registration", (255, 250, 249))


def _set_keeper(sheet: FormSheet, person: Person, year: int) -> None:
    rng = sheet.rng
    sheet.field("5. Chủ hộ kinh doanh:", person.shown, "full_name", strong=True, right=244, end=False)
    sheet.field("Nam/nữ:", person.sex, x=246)
    sheet.field("Sinh ngày:", person.born.slashed, right=206, end=False)
    sheet.field("Dân tộc:", person.ethnicity, x=209)
    sheet.field("Chứng minh nhân dân số:", person.old_id, "personal_id")
    sheet.field("Ngày cấp:", draw_date(rng, year - 8, year - 1).slashed, right=206, end=False)
    sheet.field("Cơ quan cấp:", f"CA {proper(person.home.province)}", x=209)
    sheet.field("Nơi đăng ký hộ khẩu thường trú:", person.residence)
    sheet.field("Chỗ ở hiện tại:", person.residence)
