"""Template F of land: a pink book unfolded upon the scanner."""

from dataclasses import dataclass, replace
from random import Random

from samples.generator.fonts import Style
from samples.generator.form_sheet import FormSheet, Look
from samples.generator.paper import Colour, Paper, Rule, Signature
from samples.generator.stock.names import draw_name
from samples.generator.stock.people import draw_date, draw_person, draw_tax_code
from samples.generator.stock.places import Place, draw_address, draw_place, proper
from samples.generator.templates.blocks import (
    Office,
    draw_department,
    set_box,
    set_motto,
    set_signer,
)
from samples.generator.templates.grid import Cell, head_cells, set_grid
from samples.generator.templates.registrations import dotted
from samples.generator.words import spell

_PINK: Colour = (255, 238, 240)
_ROSE: Colour = (196, 84, 100)
_RED: Colour = (190, 30, 40)
_PAGE_MM, _TALL_MM = 190.0, 265.0
_FIRMS = ("CÔNG TY CỔ PHẦN CHÈ ĐỒI THÔNG", "CÔNG TY TNHH LÂM NGHIỆP SƯỜN GIĂNG", "HỢP TÁC XÃ RAU SẠCH SUỐI MÂY")
_USES = {
    "Đất ở tại nông thôn": "Đất trồng cây lâu năm", "Đất ở tại đô thị": "Đất trồng cây hàng năm khác",
    "Đất rừng sản xuất": "", "Đất thương mại, dịch vụ": "", "Đất nuôi trồng thủy sản": "", "Đất ở": "Đất vườn, ao",
}  # fmt: skip
"""Use of a parcel, and what else lies on one of them."""


@dataclass(frozen=True, slots=True)
class _Parcel:
    place: Place
    area: str
    purpose: str
    term: str


def draw_land_f(rng: Random) -> Paper:
    """Pink book of Circular 23/2014, unfolded: pages 4 and 1 are one scan, pages 2 and 3 the other."""
    year = rng.randint(2015, 2024)
    sheet = FormSheet(rng, Look(12.5, 7.6, gap=1.8), left=206, right=366, width=2 * _PAGE_MM, height=_TALL_MM)
    office = draw_department(rng, 2024, "Sở Tài nguyên và Môi trường")
    later = rng.random() < 0.5
    _set_last_page(sheet)
    _set_title_page(sheet, year)
    sheet.turn_over(_PINK)
    sheet.add(Rule(_PAGE_MM, 4, _PAGE_MM, _TALL_MM - 4, 0.15, (220, 180, 186)))
    parcel = _draw_parcel(rng, office.place)
    sheet.left, sheet.right = 20, 176
    _set_parcel(sheet, parcel)
    _set_house(sheet, parcel)
    _sign_book(sheet, office, year)
    _set_plan(sheet, parcel)
    _set_changes(sheet, year, filled=later)
    return sheet.done("land_use_certificate", _PINK)


def _set_last_page(sheet: FormSheet) -> None:
    """Page 4 to the left: the end of the table of changes, the warning, the number below the bars."""
    sheet.add(Rule(_PAGE_MM, 4, _PAGE_MM, _TALL_MM - 4, 0.15, (220, 180, 186)))
    sheet.y = 22
    left = 18.0
    sheet.look = replace(sheet.look, size=10.5, pitch=5.6)
    heads = head_cells("Nội dung thay đổi và cơ sở pháp lý", "Xác nhận của cơ quan có thẩm quyền")
    set_grid(sheet, (left, 112, 176), (heads,))
    for x in (left, 112.0, 176.0):
        sheet.add(Rule(x, sheet.y - 4.1, x, 206))
    sheet.add(Rule(left, 206, 176, 206))
    sheet.y = 214
    warning = (
        "Người được cấp Giấy chứng nhận không được sửa chữa, tẩy xóa hoặc bổ sung bất kỳ nội dung nào trong Giấy "
        "chứng nhận; khi bị mất hoặc hư hỏng phải khai báo ngay với cơ quan cấp Giấy."
    )
    sheet.paragraph(warning, size=10, style=Style.ITALIC, indent=0, left=left, right=176, pitch=4.6)
    bars = f"{sheet.rng.randrange(10**14):014}"
    sheet.look = replace(sheet.look, size=12.5, pitch=7.6)
    for place, digit in enumerate(bars):
        x = 70 + place * 3.4
        sheet.add(Rule(x, 236, x, 246, 0.3 + int(digit) * 0.12), Rule(x + 1.8, 236, x + 1.8, 246, 0.4))
    sheet.y = 250.5
    sheet.text(93, bars, size=9, style=Style.SANS, align="centre")


def _set_title_page(sheet: FormSheet, year: int) -> None:
    """Page 1 to the right: who holds the land, an enterprise now and then, and the serial number in red."""
    rng = sheet.rng
    set_box(sheet, (198, 8, 372, 257), 0.9, _ROSE)
    sheet.y = 30
    middle = 285.0
    set_motto(sheet, middle, size=13)
    sheet.y = 82
    lines = (("GIẤY CHỨNG NHẬN", 24), ("QUYỀN SỬ DỤNG ĐẤT", 17), ("QUYỀN SỞ HỮU NHÀ Ở VÀ TÀI SẢN KHÁC", 13.5))
    for text, size in (*lines, ("GẮN LIỀN VỚI ĐẤT", 13.5)):
        sheet.text(middle, text, size=size, style=Style.BOLD, align="centre", colour=_RED)
        sheet.y += size * 0.5
    sheet.y += 14
    _part(sheet, "I. Người sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất")
    sheet.left = 210
    if rng.random() < 0.2:
        name = rng.choice(_FIRMS)
        sheet.field("Tên tổ chức:", name, "owner_name", strong=True)
        sheet.field("Giấy chứng nhận đăng ký doanh nghiệp số:", draw_tax_code(rng), "owner_id")
        sheet.field("Địa chỉ trụ sở chính:", draw_address(rng, draw_place(rng, 2020)))
    else:
        person = draw_person(rng, born=(year - 78, year - 24), year=2020, capitals=rng.random() < 0.7)
        kind, number = ("CMND", person.old_id) if year < 2019 else ("CCCD", person.personal_id)
        sheet.field(f"{person.title}:", person.shown, "owner_name", strong=True)
        sheet.field("Năm sinh:", f"{person.born.year},", right=250, end=False)
        sheet.field(f"{kind} số:", f"{number},", x=252)
        sheet.note("owner_id", number)
        sheet.field("Địa chỉ thường trú:", f"{person.residence}.")
    serial = f"{rng.choice(('BĐ', 'BV', 'CA', 'CĐ', 'CK', 'CR', 'DA', 'DĐ', 'DH'))} {rng.randint(0, 999_999):06}"
    sheet.y = 248
    sheet.text(364, serial, size=15, style=Style.SANS_BOLD, align="right", colour=_RED)
    sheet.note("serial_number", serial)


def _part(sheet: FormSheet, text: str) -> None:
    sheet.text(sheet.left, text, size=12.5, style=Style.BOLD)
    sheet.y += sheet.look.pitch


def _draw_parcel(rng: Random, place: Place) -> _Parcel:
    """One use, or two with a share of the area and a term for each."""
    first, second = rng.choice(list(_USES.items()))
    tenths = rng.randint(480, 32_000)
    area = _metres(tenths)
    until = f"Đến ngày {rng.choice(('15/10/2063', '01/7/2064', '15/10/2043', '20/12/2067'))}"
    if second and rng.random() < 0.6:
        share = tenths * rng.randint(2, 7) // 10
        purpose = f"{first}: {_metres(share)} m²; {second}: {_metres(tenths - share)} m²"
        return _Parcel(place, area, purpose, f"{first}: Lâu dài; {second}: {until}")
    return _Parcel(place, area, first, "Lâu dài" if second else until)


def _metres(tenths: int) -> str:
    return f"{tenths / 10:.1f}".replace(".", ",").removesuffix(",0")


def _set_parcel(sheet: FormSheet, parcel: _Parcel) -> None:
    rng = sheet.rng
    sheet.y = 20
    _part(sheet, "II. Thửa đất, nhà ở và tài sản khác gắn liền với đất")
    _part(sheet, "1. Thửa đất:")
    number, mapped = str(rng.randint(1, 1650)), str(rng.randint(1, 140))
    x = sheet.field("a) Thửa đất số:", f"{number},", right=90, end=False)
    sheet.note("parcel_number", number)
    sheet.field("tờ bản đồ số:", f"{mapped},", x=x + 6)
    sheet.note("map_sheet", mapped)
    hamlet = rng.choice(("thôn Thượng", "tổ dân phố 5", "xóm Bãi", "ấp Hòa Lợi", "bản Pá Khoang", "khu phố 2"))
    address = f"{hamlet}, {parcel.place.full}"
    sheet.field("b) Địa chỉ:", f"{address},")
    sheet.note("address", address)
    value = parcel.area.replace(",", ".")
    whole, _, tenth = parcel.area.partition(",")
    words = spell(int(whole)) + (f" phẩy {spell(int(tenth))}" if tenth else "")
    sheet.field("c) Diện tích:", f"{parcel.area} m², (Bằng chữ: {words.capitalize()} mét vuông),")
    sheet.note("area_m2", parcel.area, value)
    sheet.field("d) Hình thức sử dụng:", f"Sử dụng riêng {parcel.area} m²,")
    sheet.field("đ) Mục đích sử dụng:", f"{parcel.purpose},")
    sheet.note("land_use_purpose", parcel.purpose)
    sheet.field("e) Thời hạn sử dụng:", f"{parcel.term},")
    sheet.note("land_use_term", parcel.term)
    source = ("Nhà nước giao đất có thu tiền sử dụng đất", "Nhận chuyển nhượng đất được công nhận quyền sử dụng đất")
    sheet.field("g) Nguồn gốc sử dụng:", f"{rng.choice(source)}.")


def _set_house(sheet: FormSheet, parcel: _Parcel) -> None:
    """A house with areas and an address of its own, on land to live on, or none."""
    rng = sheet.rng
    if parcel.purpose.startswith("Đất ở") and rng.random() < 0.5:
        _part(sheet, "2. Nhà ở:")
        sheet.field("a) Loại nhà ở:", "Nhà ở riêng lẻ;", right=84, end=False)
        sheet.field("b) Diện tích xây dựng:", f"{rng.randint(400, 1200) / 10:.1f} m²;".replace(".", ","), x=96)
        sheet.field(
            "c) Diện tích sàn:", f"{rng.randint(800, 2400) / 10:.1f} m²;".replace(".", ","), right=84, end=False
        )
        sheet.field("d) Hình thức sở hữu:", "Sở hữu riêng;", x=96)
        sheet.field("đ) Cấp (hạng):", f"Cấp {rng.choice(('III', 'IV'))};", right=84, end=False)
        sheet.field("e) Thời hạn được sở hữu:", "-/-", x=96)
    else:
        sheet.field("2. Nhà ở:", "-/-")
    sheet.field("3. Công trình xây dựng khác:", "-/-")
    sheet.field("4. Rừng sản xuất là rừng trồng:", "-/-", right=100, end=False)
    sheet.field("5. Cây lâu năm:", "-/-", x=108)
    debt = f"Nợ tiền sử dụng đất: {dotted(sheet.rng.randint(9, 180) * 10**6)} đồng."
    sheet.field("6. Ghi chú:", rng.choice(("Không.", "Thửa đất có 12,0 m² thuộc hành lang đường bộ.", debt)))


def _sign_book(sheet: FormSheet, office: Office, year: int) -> None:
    rng = sheet.rng
    date, seat = draw_date(rng, year, year), proper(office.place.province)
    sheet.y = max(sheet.y + 2, 170)
    sheet.text(124, f"{seat}, {date.long}", size=12.5, style=Style.ITALIC, align="centre")
    sheet.note("issue_place", seat)
    sheet.note("issue_date", date.long, date.iso)
    sheet.y += 6
    agency = f"SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG {office.place.province.upper()}"
    sheet.stack(124, (agency,), size=11, style=Style.BOLD, pitch=5.4)
    sheet.note("issuing_agency", agency)
    deputy = ("TUQ. GIÁM ĐỐC", "GIÁM ĐỐC VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI")
    office = replace(
        office, core=("SỞ",), position=rng.choice((("GIÁM ĐỐC",), ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), deputy))
    )
    set_signer(sheet, office, x=124, size=11.5, deep=32)
    register = f"{rng.choice(('CS', 'CH', 'CT', 'CN'))} {rng.randint(0, 99_999):05}"
    sheet.y = 252
    sheet.field("Số vào sổ cấp GCN:", register, "register_number", right=90)


def _set_plan(sheet: FormSheet, parcel: _Parcel) -> None:
    """Page 3: the parcel in outline with the lengths of its sides, and neighbours by their numbers."""
    rng = sheet.rng
    sheet.left, sheet.right, sheet.y = 204, 368, 20
    _part(sheet, "III. Sơ đồ thửa đất, nhà ở và tài sản khác gắn liền với đất")
    corners = [
        (x + rng.uniform(-8, 8), y + rng.uniform(-7, 7)) for x, y in ((250, 50), (322, 48), (318, 112), (254, 116))
    ]
    beside = ((-4, -4), (4, 1), (-4, 7), (-13, 1))
    for (x0, y0), (x1, y1), (dx, dy) in zip(corners, (*corners[1:], corners[0]), beside, strict=True):
        sheet.add(Rule(x0, y0, x1, y1, 0.5))
        sheet.y = (y0 + y1) / 2 + dy
        sheet.text((x0 + x1) / 2 + dx, f"{rng.randint(60, 480) / 10:.1f}".replace(".", ","), size=9)
    sheet.y = 82
    sheet.text(286, str(sheet.value("parcel_number")), size=12, style=Style.BOLD, align="centre")
    sheet.y += 5
    sheet.text(286, parcel.area, size=10, align="centre")
    for x, y in ((218, 84), (346, 80), (286, 31)):
        sheet.y = y
        sheet.text(x, str(rng.randint(1, 1650)), size=9.5, style=Style.ITALIC, align="centre")
    sheet.y = 132
    sheet.text(286, f"Tỷ lệ 1: {rng.choice((200, 500, 1000))}", size=11, style=Style.ITALIC, align="centre")


def _set_changes(sheet: FormSheet, year: int, *, filled: bool) -> None:
    """Below the plan: a mortgage, with a day and a signer that are not those of the book."""
    rng = sheet.rng
    sheet.y = 146
    _part(sheet, "IV. Những thay đổi sau khi cấp giấy chứng nhận")
    sheet.look = replace(sheet.look, size=10.5, pitch=5.4)
    heads = head_cells("Nội dung thay đổi và cơ sở pháp lý", "Xác nhận của cơ quan có thẩm quyền")
    edges = (204.0, 300.0, 368.0)
    day = draw_date(rng, min(year + 1, 2025), min(year + 1, 2025))
    change, seen = "", ""
    if filled:
        bank = rng.choice(("Ngân hàng Nông nghiệp chi nhánh Mây Ngàn", "Quỹ tín dụng nhân dân Bến Lau"))
        change = f"Thế chấp tại {bank}, theo hồ sơ số {rng.randint(1, 99_999):06}.TC.001."
        seen = f"Ngày {day.slashed} GIÁM ĐỐC CHI NHÁNH"
    top = sheet.y
    set_grid(sheet, edges, (heads, (Cell(change), Cell(seen))))
    if filled:
        sheet.add(Signature(334, sheet.y + 4, 20, rng.randrange(10**6)))
        kept, sheet.y = sheet.y, sheet.y + 16
        sheet.text(334, draw_name(rng, female=False), size=10.5, align="centre")
        sheet.y = kept
    for x in edges:
        sheet.add(Rule(x, top, x, 250))
    sheet.add(Rule(edges[0], 250, edges[-1], 250))
