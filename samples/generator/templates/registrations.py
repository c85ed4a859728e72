"""Enterprises, household businesses and land: giấy chứng nhận ĐKDN, ĐK hộ kinh doanh, quyền sử dụng đất."""

from dataclasses import replace
from random import Random

from samples.generator.fonts import Style
from samples.generator.form_sheet import FormSheet, Look
from samples.generator.paper import Barcode, Paper
from samples.generator.stock.people import draw_date, draw_person, draw_phone, draw_tax_code
from samples.generator.stock.places import draw_address, draw_place, proper
from samples.generator.templates.blocks import (
    draw_committee,
    draw_department,
    set_frame,
    set_head,
    set_motto,
    set_signer,
)
from samples.generator.words import spell

_TRADES = (
    "THƯƠNG MẠI VÀ DỊCH VỤ", "XÂY DỰNG", "SẢN XUẤT GỖ", "NÔNG SẢN SẠCH", "VẬN TẢI", "CHẾ BIẾN THỦY SẢN", "MAY MẶC",
    "DU LỊCH SINH THÁI", "CƠ KHÍ CHÍNH XÁC", "PHÁT TRIỂN PHẦN MỀM", "DƯỢC LIỆU", "KỸ THUẬT ĐIỆN LẠNH",
)  # fmt: skip
_BRANDS = (
    "HƯƠNG QUẾ", "BÌNH ỔN", "ĐẠI LỘC PHÁT", "SÔNG NGÀN", "TRƯỜNG THỌ", "VĨNH CỬU", "ÁNH DƯƠNG", "MỸ NGHỆ", "NGŨ HÀNH",
    "HƯNG THỊNH", "KHỞI NGHIỆP XANH", "THẮNG LỢI",
)  # fmt: skip
_UNITS = ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn"))


def money_words(amount: int) -> str:
    parts = []
    for unit, name in _UNITS:
        count, amount = divmod(amount, unit)
        if count:
            parts.append(f"{spell(count)} {name}")
    if amount:
        parts.append(spell(amount))
    return " ".join([*parts, "đồng"]).capitalize()


def dotted(amount: int) -> str:
    return f"{amount:,}".replace(",", ".")


def draw_enterprise_a(rng: Random) -> Paper:
    """Công ty trách nhiệm hữu hạn, form of Circulars 01/2021 and 02/2023 of the Ministry of Planning."""
    return _draw_enterprise(rng, rng.randint(2015, 2025), bilingual=False)


def draw_enterprise_b(rng: Random) -> Paper:
    """Công ty cổ phần, several registrations, foreign and short names."""
    return _draw_enterprise(rng, rng.randint(2015, 2025), bilingual=True)


def _draw_enterprise(rng: Random, year: int, *, bilingual: bool) -> Paper:
    sheet = FormSheet(rng, Look(12.5, 6.4), left=24, right=190, top=26)
    set_frame(sheet, (120, 124, 170), (240, 241, 250))
    office = draw_department(
        rng, year, "Sở Kế hoạch và Đầu tư" if year < 2025 else "Sở Tài chính", "Phòng Đăng ký kinh doanh"
    )
    set_head(sheet, office, left=60, right=143, size=11)
    kind = "CÔNG TY CỔ PHẦN" if bilingual else rng.choice(("CÔNG TY TNHH", "CÔNG TY TNHH MỘT THÀNH VIÊN"))
    sheet.stack(107, ("GIẤY CHỨNG NHẬN ĐĂNG KÝ DOANH NGHIỆP",), size=15, style=Style.BOLD, pitch=6.4)
    form = kind.replace("TNHH", "TRÁCH NHIỆM HỮU HẠN")
    sheet.stack(107, (form,), size=13, style=Style.BOLD, pitch=8)
    code = draw_tax_code(rng)
    sheet.text(107, f"Mã số doanh nghiệp: {code}", size=13, style=Style.BOLD, align="centre")
    sheet.note("enterprise_code", code)
    sheet.note("document_number", code)
    sheet.y += 6.4
    first, changed = draw_date(rng, year - 6, year - 2), draw_date(rng, year, year)
    sheet.text(107, f"Đăng ký lần đầu: {first.long}", size=12.5, style=Style.ITALIC, align="centre")
    sheet.note("first_registered", first.long, first.iso)
    sheet.y += 6.2
    if bilingual or rng.random() < 0.5:
        text = f"Đăng ký thay đổi lần thứ: {rng.randint(1, 9)}, {changed.long}"
        sheet.text(107, text, size=12.5, style=Style.ITALIC, align="centre")
        sheet.note("issue_date", changed.long, changed.iso)
    else:
        sheet.note("issue_date", first.long, first.iso)
    sheet.y += 9
    name = f"{kind} {rng.choice(_TRADES)} {rng.choice(_BRANDS)}"
    _heading(sheet, "1. Tên công ty")
    sheet.field("Tên công ty viết bằng tiếng Việt:", name, "enterprise_name", strong=True)
    if bilingual:
        sheet.field("Tên công ty viết bằng tiếng nước ngoài:", "ANH DUONG GREEN JOINT STOCK COMPANY")
        sheet.field("Tên công ty viết tắt:", "ADG JSC")
    _heading(sheet, "2. Địa chỉ trụ sở chính")
    place = draw_place(rng, year)
    sheet.field("", f"{draw_address(rng, place)}, Việt Nam", "head_office")
    sheet.field("Điện thoại:", draw_phone(rng), right=100, end=False)
    sheet.field("Email:", f"lienhe{rng.randint(1, 99)}@congty.example", x=110)
    capital = rng.choice((500, 900, 1_000, 1_500, 1_900, 3_200, 5_000, 10_000, 68_000, 250_000)) * 10**6
    _heading(sheet, "3. Vốn điều lệ")
    text = f"{dotted(capital)} đồng"
    sheet.field("Vốn điều lệ:" if not bilingual else "", f"{text}.", end=True)
    sheet.note("charter_capital", text, str(capital))
    sheet.field("Bằng chữ:", money_words(capital))
    if bilingual:
        sheet.field("Mệnh giá cổ phần:", "10.000 đồng", end=True)
        sheet.field("Tổng số cổ phần:", dotted(capital // 10_000))
    _heading(sheet, "4. Người đại diện theo pháp luật của công ty")
    person = draw_person(rng, born=(year - 60, year - 25), year=year, capitals=True)
    sheet.field("* Họ và tên:", person.shown, "legal_representative", right=140, strong=True, end=False)
    sheet.field("Giới tính:", person.sex, x=150)
    sheet.field("Chức danh:", rng.choice(("Giám đốc", "Tổng giám đốc", "Chủ tịch hội đồng quản trị")))
    sheet.field("Sinh ngày:", person.born.slashed, right=80, end=False)
    sheet.field("Dân tộc:", person.ethnicity, x=84, right=124, end=False)
    sheet.field("Quốc tịch:", "Việt Nam", x=130)
    sheet.field("Loại giấy tờ pháp lý của cá nhân:", "Thẻ căn cước công dân")
    sheet.field("Số giấy tờ pháp lý của cá nhân:", person.personal_id)
    sheet.field("Địa chỉ thường trú:", f"{person.residence}, Việt Nam")
    sheet.y += 3
    set_signer(sheet, office, deep=30)
    sheet.note("owner_name", name)
    sheet.note("owner_id", code)
    return sheet.done("enterprise_registration", (252, 252, 255))


def _heading(sheet: FormSheet, text: str) -> None:
    sheet.text(sheet.left, text, size=12.5, style=Style.BOLD)
    sheet.y += sheet.look.pitch


def draw_household_a(rng: Random) -> Paper:
    """Giấy chứng nhận đăng ký hộ kinh doanh, until 2025 from the district."""
    return _draw_household(rng, rng.randint(2016, 2024), numbered=True)


def draw_household_b(rng: Random) -> Paper:
    """The form since 2023, where the code is the tax code."""
    return _draw_household(rng, rng.randint(2023, 2025), numbered=False)


_SHOPS = (
    "TẠP HÓA",
    "QUÁN ĂN",
    "CƠ SỞ MAY",
    "NHÀ THUỐC",
    "TIỆM VÀNG",
    "CỬA HÀNG VẬT LIỆU XÂY DỰNG",
    "QUÁN PHỞ",
    "TIỆM SỬA XE",
)


def _draw_household(rng: Random, year: int, *, numbered: bool) -> Paper:
    sheet = FormSheet(
        rng, Look(13, 7.0, leaders="none" if numbered or rng.random() < 0.8 else "rule"), left=26, right=188, top=28
    )
    set_frame(sheet, (140, 110, 60))
    office = draw_committee(rng, year, level=1 if year < 2025 else 0)
    unit = "PHÒNG TÀI CHÍNH - KẾ HOẠCH" if year < 2025 else "PHÒNG KINH TẾ"
    office = replace(office, parent=office.lines, lines=(unit,), position=("TRƯỞNG PHÒNG",))
    set_head(sheet, office, left=64, right=144, size=11)
    sheet.y += 3
    sheet.stack(107, ("GIẤY CHỨNG NHẬN ĐĂNG KÝ HỘ KINH DOANH",), size=15.5, style=Style.BOLD, pitch=8)
    code = (
        f"{rng.randint(10, 99)}{rng.choice('ABCDEGHK')}8{rng.randint(0, 999_999):06}"
        if numbered
        else draw_tax_code(rng)
    )
    sheet.text(107, f"{'Số' if numbered else 'Mã số hộ kinh doanh'}: {code}", size=13, style=Style.BOLD, align="centre")
    sheet.note("household_business_code", code)
    sheet.note("document_number", code)
    sheet.y += 6.4
    date = draw_date(rng, year, year)
    sheet.text(107, f"Đăng ký lần đầu: {date.long}", size=12.5, style=Style.ITALIC, align="centre")
    sheet.note("issue_date", date.long, date.iso)
    sheet.y += 10
    person = draw_person(rng, born=(year - 65, year - 22), year=year, capitals=True)
    name = f"HỘ KINH DOANH {rng.choice(_SHOPS)} {person.name.split()[-1]} {rng.choice(_BRANDS)}".upper()
    sheet.field("1. Tên hộ kinh doanh:", name, "business_name", strong=True)
    label = "2. Địa điểm kinh doanh:" if numbered else "2. Địa chỉ trụ sở hộ kinh doanh:"
    sheet.field(label, draw_address(rng, office.place), "business_address")
    sheet.field("Điện thoại:", draw_phone(rng))
    sheet.field("3. Ngành, nghề kinh doanh:", "Bán lẻ lương thực, thực phẩm; dịch vụ ăn uống")
    capital = rng.choice((20, 35, 50, 80, 100, 150, 300, 500)) * 10**6
    text = f"{dotted(capital)} đồng"
    sheet.field("4. Vốn kinh doanh:", text, "capital", str(capital))
    sheet.field("Bằng chữ:", money_words(capital))
    owner = "5. Họ và tên đại diện hộ kinh doanh:" if numbered else "5. Thông tin về chủ hộ kinh doanh - Họ và tên:"
    sheet.field(owner, person.shown, "full_name", strong=True)
    sheet.field("Giới tính:", person.sex, right=70, end=False)
    sheet.field("Sinh ngày:", person.born.slashed, x=76, right=130, end=False)
    sheet.field("Dân tộc:", person.ethnicity, x=136)
    label = "Số định danh cá nhân/Số CCCD:" if numbered else "Số giấy tờ pháp lý của cá nhân:"
    sheet.field(label, person.personal_id, "personal_id")
    sheet.field("Nơi thường trú:", person.residence)
    sheet.y += 4
    set_signer(sheet, office)
    sheet.note("owner_name", name)
    sheet.note("owner_id", code)
    return sheet.done("household_business_registration")


def draw_land_a(rng: Random) -> Paper:
    """Giấy chứng nhận of 2009 (pink): first page with the owners, second with the parcel."""
    year = rng.randint(2010, 2024)
    sheet = FormSheet(rng, Look(13, 7.0), left=30, right=184, top=30)
    pink = (255, 240, 242)
    set_frame(sheet, (190, 80, 90), (252, 226, 230))
    set_motto(sheet, 107, size=13)
    sheet.y = 70
    title = ("GIẤY CHỨNG NHẬN", "QUYỀN SỬ DỤNG ĐẤT", "QUYỀN SỞ HỮU NHÀ Ở VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT")
    sheet.stack(107, title[:1], size=24, style=Style.BOLD, pitch=11)
    sheet.stack(107, title[1:], size=14, style=Style.BOLD, pitch=8)
    sheet.y += 14
    _heading(sheet, "I. Người sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất")
    person = draw_person(rng, born=(year - 75, year - 25), year=year)
    sheet.field(f"{person.title}:", person.shown, "owner_name", strong=True)
    number = person.old_id if year < 2017 else person.personal_id
    sheet.field("Năm sinh:", str(person.born.year), right=90, end=False)
    sheet.field("CMND số:" if year < 2017 else "CCCD số:", number, "owner_id", x=100)
    sheet.field("Địa chỉ thường trú:", person.residence)
    serial = f"{rng.choice('ABCD')}{rng.choice('ABCDEGHKLMNPQRSTUVXY')} {rng.randint(0, 999_999):06}"
    sheet.y = 264
    sheet.text(182, serial, size=14, style=Style.BOLD, align="right")
    sheet.note("serial_number", serial)
    sheet.turn_over(pink)
    set_frame(sheet, (190, 80, 90), (252, 226, 230))
    _heading(sheet, "II. Thửa đất, nhà ở và tài sản khác gắn liền với đất")
    _set_parcel(sheet, year, combined=True)
    _heading(sheet, "2. Nhà ở: -/-")
    _heading(sheet, "3. Công trình xây dựng khác: -/-")
    _heading(sheet, "4. Ghi chú: Không")
    _finish_land(sheet, year)
    return sheet.done("land_use_certificate", pink)


def draw_land_b(rng: Random) -> Paper:
    """Giấy chứng nhận of 2025 (Circular 10/2024): one page, QR code, short title."""
    year = rng.randint(2025, 2026)
    sheet = FormSheet(rng, Look(12.5, 7.0), left=28, right=186, top=28)
    set_frame(sheet, (180, 90, 100), (252, 232, 234))
    set_motto(sheet, 100, size=12.5)
    sheet.add(Barcode(158, 26, 28, f"https://giaychungnhan.example/{rng.randrange(10**9):09}"))
    sheet.y = 60
    sheet.stack(107, ("GIẤY CHỨNG NHẬN",), size=20, style=Style.BOLD, pitch=8)
    title = "QUYỀN SỬ DỤNG ĐẤT, QUYỀN SỞ HỮU TÀI SẢN GẮN LIỀN VỚI ĐẤT"
    sheet.stack(107, (title,), size=12, style=Style.BOLD, pitch=10)
    person = draw_person(rng, born=(year - 75, year - 25), year=year)
    _heading(sheet, "1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất:")
    sheet.field(f"{person.title}:", person.shown, "owner_name", strong=True, right=110, end=False)
    sheet.field("CCCD số:", person.personal_id, "owner_id", x=116)
    sheet.field("Địa chỉ:", person.residence)
    _heading(sheet, "2. Thông tin thửa đất:")
    _set_parcel(sheet, year, combined=False)
    _heading(sheet, "3. Thông tin tài sản gắn liền với đất: -/-")
    serial = f"AA {rng.randint(0, 99_999_999):08}"
    _finish_land(sheet, year)
    sheet.text(sheet.left, f"Số phát hành GCN: {serial}", size=12.5, style=Style.BOLD)
    sheet.note("serial_number", serial)
    return sheet.done("land_use_certificate", (255, 244, 245))


_PURPOSES = (
    "Đất ở tại nông thôn",
    "Đất ở tại đô thị",
    "Đất trồng cây lâu năm",
    "Đất chuyên trồng lúa nước",
    "Đất nuôi trồng thủy sản",
)
_TERMS = ("Lâu dài", "Đến ngày 15/10/2043", "Đến tháng 10/2063", "50 năm")


def _set_parcel(sheet: FormSheet, year: int, *, combined: bool) -> None:
    rng = sheet.rng
    parcel, mapped = str(rng.randint(1, 990)), str(rng.randint(1, 120))
    if combined:
        _heading(sheet, "1. Thửa đất:")
        sheet.field("a) Thửa đất số:", f"{parcel},", x=sheet.left, right=90, end=False)
        sheet.field("tờ bản đồ số:", f"{mapped},", x=92)
    else:
        sheet.field("a) Thửa đất số:", f"{parcel};", right=90, end=False)
        sheet.field("tờ bản đồ số:", mapped, x=92)
    sheet.note("parcel_number", parcel)
    sheet.note("map_sheet", mapped)
    sheet.field("b) Địa chỉ:" if combined else "b) Địa chỉ thửa đất:", draw_place(rng, year).full, "address")
    area = rng.randint(400, 29_999) / 10
    text = f"{area:.1f}".replace(".", ",")
    words = f"{spell(int(area))} phẩy {spell(round(area * 10) % 10) or 'không'} mét vuông"
    text = text.removesuffix(",0")
    shown = f"{text} m²"
    if combined:
        sheet.field("c) Diện tích:", f"{shown}, (bằng chữ: {words.capitalize()}),")
    else:
        sheet.field("c) Diện tích:", shown)
    sheet.note("area_m2", text, text.replace(",", "."))
    if combined:
        sheet.field("d) Hình thức sử dụng:", f"riêng: {shown}, chung: Không m²,")
    purpose, term = rng.choice(_PURPOSES), rng.choice(_TERMS)
    end = "," if combined else ""
    sheet.field("đ) Mục đích sử dụng:" if combined else "d) Loại đất:", f"{purpose}{end}")
    sheet.note("land_use_purpose", purpose)
    sheet.field("e) Thời hạn sử dụng:" if combined else "đ) Thời hạn sử dụng đất:", f"{term}{end}")
    sheet.note("land_use_term", term)
    sheet.field("g) Nguồn gốc sử dụng:", "Công nhận QSDĐ như giao đất có thu tiền sử dụng đất")


def _finish_land(sheet: FormSheet, year: int) -> None:
    rng = sheet.rng
    date = draw_date(rng, year, year)
    office = draw_committee(rng, year, level=1 if year < 2025 else 0)
    sheet.y += 4
    name = proper(office.place.levels[1 if year < 2025 else 0])
    sheet.text(140, f"{name}, {date.long}", size=13, style=Style.ITALIC, align="centre")
    sheet.note("issue_place", name)
    sheet.note("issue_date", date.long, date.iso)
    sheet.y += 6
    agency = " ".join(office.lines)
    sheet.note("issuing_agency", agency)
    set_signer(sheet, office, x=140, behalf=(f"TM. {agency}",), size=12)
    number = f"{rng.choice(('CH', 'CS', 'VP'))} {rng.randint(0, 99_999):05}"
    sheet.y += 8
    sheet.text(sheet.left, f"Số vào sổ cấp GCN: {number}", size=12.5)
    sheet.note("register_number", number)
    sheet.y += 7
