"""Template F of administrative documents: councils, centres and bureaus of 2025, made and signed as files."""

from dataclasses import dataclass, replace
from random import Random

from samples.generator.fonts import Style, measure_mm
from samples.generator.form_sheet import FormSheet, Look
from samples.generator.paper import Colour, Paper
from samples.generator.sheet import number_page
from samples.generator.stock.names import draw_name
from samples.generator.stock.people import draw_date
from samples.generator.templates.administrative import LETTER_KIND
from samples.generator.templates.blocks import Office, draw_committee, set_head, set_signer, wrap
from samples.generator.templates.grid import Cell, head_cells, set_grid
from samples.generator.words import Date

_STAMP: Colour = (40, 60, 130)
_SYMBOLS = {
    "NGHỊ QUYẾT": "NQ", "QUYẾT ĐỊNH": "QĐ", "THÔNG BÁO": "TB", "KẾ HOẠCH": "KH", "PHƯƠNG ÁN": "PA", "GIẤY MỜI": "GM",
    "PHIẾU CHUYỂN": "PC", "CHƯƠNG TRÌNH": "CTr", "CHỈ THỊ": "CT", "BÁO CÁO": "BC", LETTER_KIND: "",
}  # fmt: skip
_KINDS = {
    "HĐND": ("NGHỊ QUYẾT", "NGHỊ QUYẾT", "THÔNG BÁO", "BÁO CÁO", "GIẤY MỜI", LETTER_KIND),
    "UBND": ("QUYẾT ĐỊNH", "QUYẾT ĐỊNH", "KẾ HOẠCH", "CHỈ THỊ", "PHƯƠNG ÁN", "CHƯƠNG TRÌNH", "THÔNG BÁO", LETTER_KIND),
    "TTPVHCC": ("THÔNG BÁO", "PHIẾU CHUYỂN", "GIẤY MỜI", "BÁO CÁO", LETTER_KIND),
    "CHTTP": ("QUYẾT ĐỊNH", "THÔNG BÁO", "PHIẾU CHUYỂN", "KẾ HOẠCH", LETTER_KIND),
}
"""What each office writes, by the letters that stand for it in a number."""
_ACTS = (
    "phân bổ kinh phí sự nghiệp giáo dục từ nguồn tăng thu ngân sách địa phương",
    "sáp nhập các thôn, tổ dân phố chưa đủ tiêu chuẩn về quy mô số hộ gia đình",
    "chuyển đổi số và thực hiện Đề án 06 trên địa bàn xã giai đoạn 2026 - 2030",
    "ứng phó sạt lở đất, lũ quét tại các điểm dân cư có nguy cơ cao",
    "thẩm tra hồ sơ công nhận xã an toàn khu",
    "tiếp nhận, giải quyết thủ tục hành chính không phụ thuộc vào địa giới hành chính",
    "cập nhật, làm sạch dữ liệu hộ tịch đã số hóa",
    "cải tạo nhà văn hóa và khu thể thao thôn",
)
_GROUNDS = (
    "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
    "Căn cứ Nghị định số 118/2025/NĐ-CP ngày 09 tháng 6 năm 2025 của Chính phủ về thực hiện thủ tục hành chính;",
    "Theo đề nghị của Trưởng phòng Văn hóa - Xã hội tại Tờ trình số 38/TTr-VHXH ngày 02 tháng 02 năm 2026.",
)
_MATTERS = (
    "Phạm vi, đối tượng: các cơ quan, đơn vị, hộ gia đình có liên quan trên địa bàn; ưu tiên hộ nghèo, hộ cận nghèo.",
    "Nguồn vốn thực hiện là 2.350 triệu đồng, trong đó ngân sách xã 850 triệu đồng, vốn xã hội hóa 1.500 triệu đồng.",
    "Hồ sơ được luân chuyển trên Hệ thống thông tin giải quyết thủ tục hành chính; không yêu cầu nộp thêm bản giấy.",
    "Giao Phòng Kinh tế chủ trì, phối hợp với Trung tâm Phục vụ hành chính công thực hiện, báo cáo trước ngày 20.",
    "Thay thế các quy định trước đây trái với nội dung này; các nội dung khác giữ nguyên hiệu lực.",
    "Thời gian thực hiện trong 45 ngày, kể từ ngày ký; trường hợp có khó khăn được gia hạn một lần không quá 15 ngày.",
    "Kết quả bước đầu: đã số hóa 18.402 hồ sơ, đối khớp đúng 17.655 hồ sơ (95,9%), còn 747 hồ sơ phải xác minh lại.",
    "Đề nghị Ủy ban Mặt trận Tổ quốc và các đoàn thể giám sát, vận động nhân dân đồng thuận, tích cực tham gia.",
)


@dataclass(frozen=True, slots=True)
class _Desk:
    """Who writes, the letters of a number, and what stands above a decision."""

    office: Office
    mark: str
    authority: tuple[str, ...]


def _draw_desk(rng: Random) -> _Desk:
    base = draw_committee(rng, 2026)
    commune, province = base.place.levels[0].upper(), base.place.province.upper()
    mark = rng.choice(tuple(_KINDS))
    if mark == "HĐND":
        position = rng.choice((("CHỦ TỊCH",), ("TM. THƯỜNG TRỰC", "PHÓ CHỦ TỊCH"), ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")))
        lines = ("HỘI ĐỒNG NHÂN DÂN", commune)
        authority = (" ".join(lines), "KHÓA II, KỲ HỌP THỨ HAI")
        ring = f"{province} ★ HỘI ĐỒNG NHÂN DÂN {commune} ★"
        return _Desk(replace(base, parent=(), lines=lines, position=position, ring=ring), mark, authority)
    if mark == "UBND":
        position = rng.choice((("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), ("CHỦ TỊCH",)))
        return _Desk(replace(base, position=position), mark, (f"CHỦ TỊCH ỦY BAN NHÂN DÂN {commune}",))
    if mark == "TTPVHCC":
        position = rng.choice((("GIÁM ĐỐC",), ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), ("Q. GIÁM ĐỐC",)))
        lines = ("TRUNG TÂM", "PHỤC VỤ HÀNH CHÍNH CÔNG")
        ring = f"UBND {commune} ★ TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG ★"
        office = replace(base, parent=("ỦY BAN NHÂN DÂN", commune), lines=lines, position=position, ring=ring)
        return _Desk(replace(office, core=("TRUNG", "TÂM")), mark, (f"GIÁM ĐỐC {' '.join(lines)}",))
    position = rng.choice((
        ("CỤC TRƯỞNG",), ("KT. CỤC TRƯỞNG", "PHÓ CỤC TRƯỞNG"), ("TUQ. CỤC TRƯỞNG", "CHÁNH VĂN PHÒNG"),
    ))  # fmt: skip
    lines = ("CỤC HÀNH CHÍNH TƯ PHÁP",)
    place = replace(base.place, levels=("thành phố Hà Nội",))
    office = replace(base, parent=("BỘ TƯ PHÁP",), lines=lines, position=position, place=place)
    return _Desk(replace(office, ring="BỘ TƯ PHÁP ★ CỤC HÀNH CHÍNH TƯ PHÁP ★", core=("CỤC",)), mark, ("CỤC TRƯỞNG",))


def draw_letter_f(rng: Random) -> Paper:
    """A file of 2025 or 2026: number set in by the registry's system, who signed when above, now and then an annex."""
    sheet = FormSheet(rng, Look(13.5, 6.3), left=30, right=192, top=25)
    desk = _draw_desk(rng)
    office, kind = desk.office, rng.choice(_KINDS[desk.mark])
    date = draw_date(rng, 2026, 2026)
    if rng.random() < 0.6:
        _stamp_file(sheet, office, date)
    sheet.y = 25
    set_head(sheet, office, left=63, right=146, size=12)
    if office.parent:
        sheet.note("parent_agency", " ".join(office.parent))
    sheet.y -= 5.4
    desks = ("VP", "VHXH", "KT", "TH", "QLHT")
    bare = kind == LETTER_KIND
    symbol = f"{desk.mark}-{rng.choice(desks)}" if bare else f"{_SYMBOLS[kind]}-{desk.mark}"
    number = f"{rng.randint(1, 5200):02}/{symbol}"
    _set_number(sheet, office, number, date)
    sheet.note("document_kind", kind)
    _set_subject(sheet, kind, rng.choice(_ACTS))
    if bare or kind in {"PHIẾU CHUYỂN", "GIẤY MỜI"}:
        _set_addressee(sheet)
    _set_body(sheet, desk, kind)
    _close(sheet, office)
    if kind in {"QUYẾT ĐỊNH", "KẾ HOẠCH", "NGHỊ QUYẾT"} and rng.random() < 0.6:
        _set_annex(sheet, office, kind, number, date)
    return sheet.done("administrative_document")


def _stamp_file(sheet: FormSheet, office: Office, date: Date) -> None:
    """What a signing programme writes into the upper corner: the agency and the moment, which is no field."""
    rng = sheet.rng
    clock = f"{rng.randint(7, 17):02}:{rng.randint(0, 59):02}:{rng.randint(0, 59):02}"
    place = office.place.province if office.place.province not in office.running else ""
    lines = (f"Ký bởi: {' '.join(office.lines)}", place, f"Thời gian ký: {date.slashed} {clock} +07:00")
    sheet.y = 8.5
    for line in filter(None, lines):
        sheet.text(199, line, size=8, style=Style.SANS, align="right", colour=_STAMP)
        sheet.y += 3.4


def _set_number(sheet: FormSheet, office: Office, number: str, date: Date) -> None:
    """Number and date; the system sets its figures in a face of its own, into what was left open."""
    rng, place = sheet.rng, office.place.name
    style = rng.choice((Style.REGULAR, Style.SANS))
    figures, symbol = number.split("/")
    room = measure_mm(f"Số: {figures}/{symbol}", Style.REGULAR, 13) / 2
    x = sheet.text(63 - room, "Số:", size=13) + 1.4
    x = sheet.text(x, figures, size=12.5, style=style)
    sheet.text(x + 0.3, f"/{symbol}", size=13)
    sheet.note("document_number", number)
    sheet.text(146, f"{place}, {date.long}", size=13, style=Style.ITALIC, align="centre")
    sheet.note("issue_place", place)
    sheet.note("issue_date", date.long, date.iso)
    sheet.y += 6


def _set_subject(sheet: FormSheet, kind: str, act: str) -> None:
    bare = kind == LETTER_KIND
    lead = {
        LETTER_KIND: "V/v", "NGHỊ QUYẾT": "Về việc", "QUYẾT ĐỊNH": "Ban hành Phương án", "THÔNG BÁO": "Kết quả",
        "GIẤY MỜI": "Dự họp triển khai", "PHIẾU CHUYỂN": "Hồ sơ đề nghị", "BÁO CÁO": "Tình hình, kết quả",
    }.get(kind, "Triển khai")  # fmt: skip
    text = f"{lead} {act}"
    lines = wrap(text, len(text) // (1 + len(text) // (34 if bare else 60)) + 6)
    if bare:
        sheet.stack(63, lines, size=12, style=Style.ITALIC, pitch=4.9)
        sheet.y += 6
    else:
        sheet.y += 5
        sheet.stack(111, (kind,), size=15, style=Style.BOLD, pitch=6.4)
        sheet.stack(111, lines, size=13.5, style=Style.BOLD, pitch=5.8)
        sheet.rule(92, 130, dy=-3)
        sheet.y += 5
    sheet.note("subject", " ".join(lines))


def _set_addressee(sheet: FormSheet) -> None:
    receivers = ("Văn phòng Ủy ban nhân dân tỉnh", "Các phòng, ban, trung tâm thuộc xã", "Ông/bà trưởng các thôn, tổ")
    for number, receiver in enumerate(sheet.rng.sample(receivers, sheet.rng.randint(1, 3))):
        lead = "Kính gửi: " if number == 0 else ""
        x = sheet.text(62, lead, size=13.5) if lead else 62 + measure_mm("Kính gửi: ", Style.REGULAR, 13.5)
        sheet.text(x, f"- {receiver};", size=13.5)
        sheet.y += 6
    sheet.y += 3


def _set_body(sheet: FormSheet, desk: _Desk, kind: str) -> None:
    rng = sheet.rng
    decides = kind in {"QUYẾT ĐỊNH", "NGHỊ QUYẾT"}
    if decides:
        sheet.stack(111, desk.authority, size=13, style=Style.BOLD, pitch=6)
        sheet.y += 2
        for ground in _GROUNDS:
            sheet.paragraph(ground, size=13.5, style=Style.ITALIC, pitch=6, gap=1.4)
        sheet.y += 1.5
        sheet.stack(111, (f"{kind}:",), size=13.5, style=Style.BOLD, pitch=8)
    elif kind in {"KẾ HOẠCH", "PHƯƠNG ÁN", "CHỈ THỊ"}:
        sheet.paragraph(f"Thực hiện {_GROUNDS[1].removeprefix('Căn cứ ').rstrip(';')}:", size=13.5, pitch=6.2)
    matters = rng.sample(_MATTERS, rng.randint(3, len(_MATTERS)))
    strong = "**" if decides or rng.random() < 0.5 else ""
    matters[-1] = f"{matters[-1].removesuffix('.')}./."
    for number, matter in enumerate(matters, start=1):
        if sheet.y > 235:
            sheet.turn_over()
            number_page(sheet, 2)
        lead = f"Điều {number}." if decides else f"{number}."
        sheet.paragraph(f"{strong}{lead}{strong} {matter}", size=13.5, pitch=6.2, gap=2.2)
    if sheet.y > 235:
        sheet.turn_over()
        number_page(sheet, 2)


def _close(sheet: FormSheet, office: Office) -> None:
    sheet.y += 4
    top = sheet.y
    sheet.text(sheet.left, "Nơi nhận:", size=12, style=Style.BOLD_ITALIC)
    for receiver in ("Như trên;", "TT. Đảng ủy, TT. HĐND;", "CT, các PCT;", "Cổng TTĐT;", "Lưu: VT, HS."):
        sheet.y += 4.6
        sheet.text(sheet.left, f"- {receiver}", size=11)
    sheet.y = top
    set_signer(sheet, office, x=147, size=13.5, deep=35)


def _set_annex(sheet: FormSheet, office: Office, kind: str, number: str, date: Date) -> None:
    """A list of people below a heading that repeats number and date of the document."""
    rng = sheet.rng
    sheet.turn_over()
    sheet.y = 24
    sheet.stack(111, ("Phụ lục", "DANH SÁCH TỔ CÔNG TÁC"), size=13.5, style=Style.BOLD, pitch=6)
    seat = " ".join(office.lines)
    source = f"(Kèm theo {kind.capitalize()} số {number} {date.long} của {seat})"
    for line in wrap(source, 78):
        sheet.stack(111, (line,), size=12, style=Style.ITALIC, pitch=5.4)
    sheet.y += 7
    sheet.look = Look(12, 6.2)
    rows = [
        (
            Cell(str(row)),
            Cell(draw_name(rng, female=rng.random() < 0.4)),
            Cell(rng.choice(("Phó Chủ tịch", "Trưởng phòng", "Công chức", "Trưởng thôn", "Chuyên viên"))),
            Cell(rng.choice(("Tổ trưởng", "Tổ phó", "Thành viên"))),
        )
        for row in range(1, rng.randint(5, 12))
    ]
    heads = head_cells("STT", "Họ và tên", "Chức vụ, đơn vị công tác", "Nhiệm vụ")
    set_grid(sheet, (30, 43, 96, 152, 192), (heads, *rows))
