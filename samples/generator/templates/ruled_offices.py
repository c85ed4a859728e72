"""Template C of registrations, land, licences, diplomas, applications and letters: mostly ruled tables."""

from dataclasses import replace
from random import Random

from samples.generator.fonts import Style
from samples.generator.form_sheet import FormSheet, Look
from samples.generator.paper import Barcode, Box, Paper, Signature
from samples.generator.stock.names import draw_name
from samples.generator.stock.people import draw_date, draw_person, draw_phone, draw_tax_code
from samples.generator.stock.places import capital, draw_address, draw_place
from samples.generator.templates.administrative import Layout
from samples.generator.templates.blocks import (
    draw_committee,
    draw_department,
    set_frame,
    set_head,
    set_motto,
    set_signer,
)
from samples.generator.templates.cards import open_card
from samples.generator.templates.diplomas import MAJORS
from samples.generator.templates.official_letters import compose_letter
from samples.generator.templates.registrations import dotted, money_words
from samples.generator.templates.rows import Row, set_rows
from samples.generator.words import Date

_SANS = Look(11, 6.4, Style.SANS, Style.SANS, Style.SANS_BOLD)
_SERIF = Look(12.5, 6.8)
_MIDDLE = Layout(
    left=28, right=192, top=28, head_left=56, head_right=139, head_size=11.5, motto_size=12, body_size=13.5
)


def draw_letter_c(rng: Random) -> Paper:
    """Schools and hospitals, a layout between the others."""
    year = rng.randint(2020, 2026)
    name = rng.choice(("Trung tâm Y tế", "Ban Quản lý dự án", "Trường Trung cấp nghề", "Chi cục Kiểm lâm"))
    return compose_letter(rng, draw_department(rng, year, name), year, _MIDDLE)


def draw_enterprise_c(rng: Random) -> Paper:
    """Doanh nghiệp tư nhân, set as a table."""
    year = rng.randint(2018, 2026)
    sheet = FormSheet(rng, _SERIF, left=26, right=188, top=28)
    department = "Sở Kế hoạch và Đầu tư" if year < 2025 else "Sở Tài chính"
    office = draw_department(rng, year, department, "Phòng Doanh nghiệp và Đầu tư")
    set_head(sheet, office, size=10, left=62, right=146)
    title = ("GIẤY CHỨNG NHẬN", "ĐĂNG KÝ DOANH NGHIỆP", "DOANH NGHIỆP TƯ NHÂN")
    sheet.stack(107, title, size=14, style=Style.BOLD, pitch=6.6)
    code, first = draw_tax_code(rng), draw_date(rng, year, year)
    sheet.y += 2
    sheet.field("Mã số doanh nghiệp:", code, "enterprise_code", x=70)
    sheet.note("document_number", code)
    sheet.field("Đăng ký lần đầu:", first.long, "first_registered", first.iso, x=70)
    sheet.note("issue_date", first.long, first.iso)
    sheet.y += 5
    person = draw_person(rng, born=(year - 60, year - 25), year=year, capitals=True)
    name = f"DOANH NGHIỆP TƯ NHÂN {' '.join(person.name.upper().split()[-2:])}"
    amount = rng.choice((300, 800, 1_200, 2_500)) * 10**6
    rows: list[Row] = [
        ("Tên doanh nghiệp", name, "enterprise_name"),
        ("Địa chỉ trụ sở chính", draw_address(rng, draw_place(rng, year)), "head_office"),
        ("Vốn đầu tư/Vốn điều lệ", f"{dotted(amount)} đồng", "charter_capital", str(amount)),
        ("Bằng chữ", money_words(amount)),
        ("Người đại diện pháp luật", person.shown, "legal_representative"),
        ("Ngày sinh", person.born.slashed),
        ("Số định danh cá nhân", person.personal_id),
    ]
    set_rows(sheet, rows, column=86)
    sheet.y += 6
    set_signer(sheet, office)
    sheet.note("owner_name", name)
    sheet.note("owner_id", code)
    return sheet.done("enterprise_registration")


def draw_household_c(rng: Random) -> Paper:
    """Giấy chứng nhận đăng ký hộ kinh doanh, sans serif, labels above."""
    year = rng.randint(2021, 2026)
    sheet = FormSheet(rng, _SANS, left=26, right=188, top=28)
    office = replace(draw_committee(rng, year), position=("CHỦ TỊCH",))
    set_head(sheet, office)
    sheet.stack(107, ("GIẤY CHỨNG NHẬN", "ĐĂNG KÝ HỘ KINH DOANH"), size=16, style=Style.BOLD, pitch=7.5)
    code, date = draw_tax_code(rng), draw_date(rng, year, year)
    sheet.field("Mã số:", code, "household_business_code", x=86)
    sheet.note("document_number", code)
    sheet.field("Cấp lần đầu", date.long, "issue_date", date.iso, x=78)
    sheet.y += 5
    person = draw_person(rng, born=(year - 60, year - 25), year=year, capitals=True)
    name = f"HỘ KINH DOANH {person.name.upper()}"
    amount = rng.choice((30, 60, 120, 200)) * 10**6
    rows: list[Row] = [
        ("Tên hộ kinh doanh", name, "business_name"),
        ("Địa chỉ kinh doanh", draw_address(rng, office.place), "business_address"),
        ("Vốn kinh doanh", f"{dotted(amount)} đồng", "capital", str(amount)),
        ("Chủ hộ kinh doanh", person.shown, "full_name"),
        ("Số định danh cá nhân", person.personal_id, "personal_id"),
        ("Nơi cư trú", person.residence),
    ]
    set_rows(sheet, rows, column=76)
    sheet.y += 6
    set_signer(sheet, office)
    sheet.note("owner_name", name)
    sheet.note("owner_id", code)
    return sheet.done("household_business_registration")


def draw_land_c(rng: Random) -> Paper:
    """Giấy chứng nhận with the parcel in a table."""
    year = rng.randint(2024, 2026)
    sheet = FormSheet(rng, _SERIF, left=28, right=186, top=26)
    set_frame(sheet, (180, 70, 90), (253, 232, 236))
    sheet.y = 28
    set_motto(sheet, 98)
    sheet.add(Barcode(160, 22, 24, f"https://tracuu.example/{rng.randrange(10**9):09}"))
    sheet.y = 54
    title = ("GIẤY CHỨNG NHẬN", "QUYỀN SỬ DỤNG ĐẤT, QUYỀN SỞ HỮU", "TÀI SẢN GẮN LIỀN VỚI ĐẤT")
    sheet.stack(107, title, size=14, style=Style.BOLD, pitch=7)
    sheet.y += 6
    person = draw_person(rng, born=(year - 75, year - 25), year=year)
    area = rng.randint(600, 9_999)
    rows: list[Row] = [
        ("Người sử dụng đất", person.shown, "owner_name"),
        ("Số định danh cá nhân", person.personal_id, "owner_id"),
        ("Thửa đất số", str(rng.randint(1, 900)), "parcel_number"),
        ("Tờ bản đồ số", str(rng.randint(1, 90)), "map_sheet"),
        ("Địa chỉ thửa đất", draw_place(rng, year).full, "address"),
        ("Diện tích (m²)", f"{area / 10:.1f}".replace(".", ","), "area_m2", f"{area / 10:.1f}"),
        ("Loại đất", rng.choice(("Đất ở", "Đất rừng sản xuất", "Đất trồng cây hàng năm khác")), "land_use_purpose"),
        ("Thời hạn sử dụng đất", rng.choice(("Lâu dài", "Đến ngày 01/7/2064")), "land_use_term"),
        ("Số vào sổ cấp Giấy chứng nhận", f"CN {rng.randint(0, 99_999):05}", "register_number"),
        ("Số phát hành Giấy chứng nhận", f"AA {rng.randint(0, 99_999_999):08}", "serial_number"),
    ]
    set_rows(sheet, rows, column=90)
    date, office = draw_date(rng, year, year), draw_committee(rng, year)
    sheet.y += 4
    sheet.text(146, f"{office.place.name}, {date.long}", size=12.5, style=Style.ITALIC, align="centre")
    sheet.note("issue_place", office.place.name)
    sheet.note("issue_date", date.long, date.iso)
    sheet.y += 6
    sheet.stack(146, office.lines, size=12, style=Style.BOLD, pitch=5.6)
    sheet.note("issuing_agency", " ".join(office.lines))
    set_signer(sheet, office, x=146)
    return sheet.done("land_use_certificate", (255, 246, 247))


def draw_licence_c(rng: Random) -> Paper:
    """Giấy phép lái xe with every label above its value."""
    year = rng.randint(2019, 2026)
    person = draw_person(rng, born=(year - 60, year - 19), year=year, capitals=True)
    sheet = open_card(rng, (250, 240, 226), (244, 228, 206))
    sheet.stack(46, ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",), size=6.6, style=Style.SANS_BOLD, pitch=4)
    sheet.stack(46, ("GIẤY PHÉP LÁI XE / DRIVING LICENCE",), size=8, style=Style.SANS_BOLD, pitch=4)
    sheet.add(Box(4, 14, 22, 38, (222, 230, 236), portrait=True))
    number = f"{rng.randint(10, 96)}{rng.randint(10, 25)}99{rng.randint(0, 999_999):06}"
    date = draw_date(rng, year, year)
    expiry = Date(date.day, date.month, date.year + 10)
    sheet.look = Look(6, 2.9, Style.SANS, Style.SANS_BOLD, Style.SANS_BOLD)
    for label, text, name, value in (
        ("Số / No.", number, "licence_number", None),
        ("Họ và tên / Full name", person.shown, "full_name", None),
        ("Ngày sinh / Date of birth", person.born.slashed, "date_of_birth", person.born.iso),
        ("Quốc tịch / Nationality", "Việt Nam", "nationality", None),
        ("Nơi cư trú / Address", person.residence, "residence", None),
    ):
        sheet.text(27, label, size=4.8, style=Style.SANS)
        sheet.y += 2.8
        sheet.field("", text, name, value)
    sheet.text(4, "Hạng / Class", size=4.8, style=Style.SANS)
    sheet.text(27, "Có giá trị đến / Expiry", size=4.8, style=Style.SANS)
    sheet.text(56, "Ngày cấp / Issued", size=4.8, style=Style.SANS)
    sheet.y += 2.8
    sheet.field("", rng.choice(("B", "C1", "C", "D2")), "licence_class", x=4, end=False)
    sheet.field("", expiry.slashed, "expiry_date", expiry.iso, x=27, end=False)
    sheet.note("valid_until", expiry.slashed, expiry.iso)
    sheet.field("", date.slashed, "issue_date", date.iso, x=56)
    sheet.own("full_name")
    return sheet.done("driving_licence")


def draw_diploma_c(rng: Random) -> Paper:
    """Bằng tốt nghiệp đại học of an academy, one language, on a half sheet."""
    year = rng.randint(2012, 2026)
    sheet = FormSheet(rng, Look(12, 7), left=60, right=180, width=210, height=148)
    set_frame(sheet, (60, 90, 150), (232, 238, 250), inset=6)
    sheet.y = 17
    set_motto(sheet, 105, size=11.5)
    school = f"HỌC VIỆN {rng.choice(('NÔNG LÂM SUỐI MÂY', 'HÀNH CHÍNH HÒA SƠN', 'ÂM NHẠC ĐỒI THÔNG'))}"
    sheet.y += 8
    sheet.stack(105, (f"GIÁM ĐỐC {school}", "CẤP BẰNG TỐT NGHIỆP ĐẠI HỌC"), size=13.5, style=Style.BOLD, pitch=8)
    sheet.note("issuing_agency", school)
    person = draw_person(rng, born=(year - 30, year - 22), year=year)
    sheet.field("Cho ông/bà:", person.shown, "full_name", strong=True)
    sheet.field("Sinh ngày:", person.born.long, "date_of_birth", person.born.iso)
    sheet.field("Tại:", capital(person.home.province), "place_of_birth")
    sheet.field("Ngành đào tạo:", rng.choice(list(MAJORS)), "major")
    sheet.field("Hạng tốt nghiệp:", rng.choice(("Giỏi", "Khá", "Trung bình khá")), "classification", end=False)
    sheet.field("Năm:", str(year), "graduation_year", x=130)
    date = draw_date(rng, year, year)
    sheet.text(148, f"Hòa Sơn, {date.long}", size=11.5, style=Style.ITALIC, align="centre")
    sheet.note("issue_place", "Hòa Sơn")
    sheet.note("issue_date", date.long, date.iso)
    sheet.y += 6
    low = sheet.y
    office = replace(draw_department(rng, year, "Học viện"), position=("GIÁM ĐỐC",))
    set_signer(sheet, office, x=148, deep=20, size=11.5)
    sheet.y, sheet.left = low + 8, 20
    number = f"QH{rng.randint(0, 9_999_999):07}"
    sheet.field("Số hiệu bằng:", number, "diploma_number", right=110)
    sheet.note("document_number", number)
    sheet.field("Vào sổ cấp bằng số:", f"{rng.randint(1, 900)}/ĐH{year}", "register_number", right=110)
    sheet.own("full_name")
    return sheet.done("diploma", (248, 250, 255))


def draw_application_c(rng: Random) -> Paper:
    """Đơn đề nghị in a table, part of it by pen."""
    year, pen = rng.randint(2022, 2026), rng.random() < 0.5
    sheet = FormSheet(rng, Look(12.5, 8.2, leaders="rule"))
    set_motto(sheet, 108)
    sheet.y += 16
    sheet.stack(108, ("ĐƠN ĐỀ NGHỊ CẤP GIẤY XÁC NHẬN",), size=15, style=Style.BOLD, pitch=9)
    office = draw_committee(rng, year)
    sheet.field("Kính gửi:", office.running, "addressee", x=40)
    person = draw_person(rng, born=(year - 65, year - 20), year=year)
    sheet.field("1. Họ và tên người đề nghị:", person.shown, "full_name", pen=pen)
    sheet.field("2. Sinh ngày:", person.born.slashed, "date_of_birth", person.born.iso, pen=pen)
    sheet.field("3. Số định danh/CCCD:", person.personal_id, "personal_id", pen=pen)
    sheet.field("4. Chỗ ở hiện nay:", person.residence, "residence", pen=pen)
    sheet.field("5. Điện thoại:", draw_phone(rng), "phone", pen=pen)
    request = rng.choice(("xác nhận đất không có tranh chấp", "xác nhận hoàn cảnh khó khăn của gia đình"))
    sheet.field("6. Nội dung đề nghị:", request, "request", pen=pen)
    date = draw_date(rng, year, year)
    sheet.y += 8
    sheet.text(148, f"{office.place.name}, {date.long}", size=13, style=Style.ITALIC, align="centre")
    sheet.note("issue_place", office.place.name)
    sheet.note("issue_date", date.long, date.iso)
    sheet.y += 7
    sheet.text(148, "Người đề nghị", size=13, style=Style.BOLD, align="centre")
    sheet.add(Signature(150, sheet.y + 13, 28, rng.randrange(10**6)))
    sheet.y += 28
    sheet.text(148, draw_name(rng, female=False) if pen else person.shown, size=13, style=Style.BOLD, align="centre")
    sheet.own("full_name", "personal_id")
    return sheet.done("application_form")
