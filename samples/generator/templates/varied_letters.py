"""Template E of administrative documents: provinces and offices of ministries, who signs for whom, whose pen."""

from dataclasses import replace
from random import Random

from samples.generator.fonts import Style, measure_mm
from samples.generator.form_sheet import FormSheet, Look
from samples.generator.paper import SEAL_RED, Handwriting, Paper
from samples.generator.pen import measure_handwriting
from samples.generator.sheet import number_page
from samples.generator.stock.people import draw_date
from samples.generator.stock.places import proper
from samples.generator.templates.administrative import LETTER_KIND
from samples.generator.templates.blocks import Office, draw_department, set_box, set_head, set_signer, wrap
from samples.generator.templates.filling import set_day

_KINDS = {
    "QUYẾT ĐỊNH": "QĐ", "THÔNG BÁO": "TB", "TỜ TRÌNH": "TTr", "GIẤY MỜI": "GM", "KẾT LUẬN": "KL", "BÁO CÁO": "BC",
    LETTER_KIND: "", "HƯỚNG DẪN": "HD",
}  # fmt: skip
_COMMITTEE = (
    ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"),
    ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"),
    ("TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
)
_INSURANCE = (
    ("GIÁM ĐỐC",),
    ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
    ("TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG CHẾ ĐỘ BẢO HIỂM XÃ HỘI"),
)
_TAXES = (
    ("CỤC TRƯỞNG",),
    ("KT. CỤC TRƯỞNG", "PHÓ CỤC TRƯỞNG"),
    ("TL. CỤC TRƯỞNG", "KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG"),
)
_COURTS = (("CỤC TRƯỞNG",), ("KT. CỤC TRƯỞNG", "PHÓ CỤC TRƯỞNG"))
_SUBJECTS = (
    "chi trả trợ cấp hằng tháng qua tài khoản cá nhân",
    "đối chiếu danh sách tham gia bảo hiểm y tế hộ gia đình",
    "rà soát người nộp thuế không còn hoạt động tại địa chỉ đã đăng ký",
    "phối hợp xác minh điều kiện thi hành án",
    "công bố danh mục thủ tục hành chính thực hiện tại bộ phận một cửa",
    "bàn giao hồ sơ lưu trữ của các đơn vị sau sắp xếp",
    "cấp tài khoản định danh điện tử cho cơ quan, tổ chức",
)
_OPENING = "Căn cứ chức năng, nhiệm vụ được giao và tình hình thực tế, cơ quan thông tin đến các đơn vị như sau:"
_POINTS = (
    "Các đơn vị lập danh sách theo mẫu gửi kèm, ký số và gửi qua trục liên thông văn bản trước ngày 15 hằng tháng.",
    "Đối với 2.316 trường hợp đã có dữ liệu, không yêu cầu người dân nộp lại bản giấy; chỉ đối chiếu khi có sai khác.",
    "Trường hợp thông tin không khớp, phải xác minh trong 05 ngày làm việc và ghi rõ kết quả vào biên bản.",
    "Giao Văn phòng theo dõi, đôn đốc; tổng hợp những khó khăn, vướng mắc và báo cáo lãnh đạo vào cuối mỗi quý.",
    "Số tiền phải thu là 4.582.000.000 đồng, đã thu 3.917.000.000 đồng, đạt 85,5% so với kế hoạch năm.",
    "Mọi thông tin trao đổi xin liên hệ bộ phận tiếp nhận của cơ quan trong giờ hành chính.",
    "Công khai kết quả trên trang thông tin điện tử và tại trụ sở; thời gian công khai ít nhất là 30 ngày.",
    "Hết thời hạn công khai mà không có ý kiến khác thì danh sách được coi là đã thống nhất giữa các bên.",
    "Lãnh đạo đơn vị chịu trách nhiệm nếu để chậm trễ, ảnh hưởng đến quyền lợi của người dân và doanh nghiệp.",
    "Bố trí cán bộ hướng dẫn tại các xã vùng sâu, vùng xa, mỗi tuần ít nhất hai buổi, có lịch thông báo trước.",
)


def _draw_office(rng: Random, year: int) -> tuple[Office, str]:
    """Who writes, and the letters that stand for it in a number."""
    office = draw_department(rng, year, "Văn phòng")
    province = office.place.province.upper()
    parent, lines, mark, positions, above = rng.choice((
        ((), ("ỦY BAN NHÂN DÂN", province), "UBND", _COMMITTEE, "★"),
        (("BẢO HIỂM XÃ HỘI VIỆT NAM",), ("BẢO HIỂM XÃ HỘI", province), "BHXH", _INSURANCE, "BẢO HIỂM XÃ HỘI VIỆT NAM"),
        (("TỔNG CỤC THUẾ",), wrap(f"CỤC THUẾ {province}", 27), "CT", _TAXES, "TỔNG CỤC THUẾ"),
        (
            ("TỔNG CỤC", "THI HÀNH ÁN DÂN SỰ"),
            ("CỤC THI HÀNH ÁN DÂN SỰ", province),
            "CTHADS",
            _COURTS,
            "TỔNG CỤC THI HÀNH ÁN DÂN SỰ",
        ),
    ))  # fmt: skip
    ring = f"{above} ★ {' '.join(lines)} ★".removeprefix("★ ")
    core = tuple(proper(office.place.province).upper().split(" ", 1))
    return replace(office, parent=parent, lines=lines, position=rng.choice(positions), ring=ring, core=core), mark


def draw_letter_e(rng: Random) -> Paper:
    """Decree 30/2020 as registries use it: number and day by pen in half of them, up to three lines of capacity."""
    year = rng.randint(2020, 2024)
    sheet = FormSheet(rng, Look(14, 6.3), left=31, right=193, top=21)
    office, mark = _draw_office(rng, year)
    kind, symbol = rng.choice(list(_KINDS.items()))
    bare = kind == LETTER_KIND
    set_head(sheet, office, left=62, right=146, size=12)
    if office.parent:
        sheet.note("parent_agency", " ".join(office.parent))
    sheet.y -= 6
    _set_number(sheet, office, f"/{mark}-{rng.choice(('VP', 'TH', 'NV'))}" if bare else f"/{symbol}-{mark}", year)
    sheet.note("document_kind", kind)
    _set_subject(sheet, kind, rng.choice(_SUBJECTS))
    if bare or kind == "TỜ TRÌNH":
        _set_addressees(sheet, proper(office.place.province))
    _set_body(sheet, office, decides=kind == "QUYẾT ĐỊNH")
    _close(sheet, office)
    return sheet.done("administrative_document")


def _set_number(sheet: FormSheet, office: Office, symbol: str, year: int) -> None:
    rng, pen = sheet.rng, sheet.rng.random() < 0.5
    number = f"{rng.randint(1, 4200):02}"
    if pen:
        x = sheet.text(38, "Số:", size=13) + 1.6
        sheet.add(Handwriting(x, sheet.y + 0.2, number, 4.4, rng.randrange(10**6)))
        sheet.text(x + measure_handwriting(number, 4.4) * 1.06 + 1.6, symbol, size=13)
    else:
        sheet.text(62, f"Số: {number}{symbol}", size=13, align="centre")
    sheet.note("document_number", f"{number}{symbol}", pen=pen)
    date, place = draw_date(rng, year, year), proper(office.place.province)
    half = measure_mm(f"{place}, {date.long}", Style.ITALIC, 13) / 2 + (2 if pen else 0)
    x = 146 - half
    set_day(sheet, f"{place}, ngày", date, "issue_date", x=x, pen=pen, style=Style.ITALIC, size=13, day_only=True)
    sheet.note("issue_place", place)
    sheet.y += 5.6


def _set_subject(sheet: FormSheet, kind: str, subject: str) -> None:
    """Below the number of a letter, else in the middle below the kind; a stamp of urgency beside it now and then."""
    bare = kind == LETTER_KIND
    lead = "V/v" if bare else "Về việc"
    text = f"{lead} {subject}"
    lines = wrap(text, len(text) // (1 + len(text) // (30 if bare else 54)) + 5)
    if bare:
        sheet.stack(62, tuple(lines), size=12, pitch=5)
        if sheet.rng.random() < 0.25:
            _stamp_urgent(sheet, 108, sheet.y - 6)
        sheet.y += 5
    else:
        sheet.y += 6
        sheet.stack(112, (kind,), size=14, style=Style.BOLD, pitch=6.2)
        sheet.stack(112, tuple(lines), size=14, style=Style.BOLD, pitch=6)
        sheet.rule(94, 130, dy=-3)
        sheet.y += 5
    sheet.note("subject", " ".join(lines))


def _stamp_urgent(sheet: FormSheet, x: float, y: float) -> None:
    set_box(sheet, (x, y - 6.4, x + 30, y + 2.6), 0.7, SEAL_RED)
    kept, sheet.y = sheet.y, y
    word = sheet.rng.choice(("HỎA TỐC", "KHẨN"))
    sheet.text(x + 15, word, size=15, style=Style.SANS_BOLD, align="centre", colour=SEAL_RED)
    sheet.y = kept


def _set_addressees(sheet: FormSheet, province: str) -> None:
    receivers = (f"Các sở, ban, ngành của {province}", "Ủy ban nhân dân các huyện, thị xã, thành phố", "Bưu điện tỉnh")
    x = sheet.text(72, "Kính gửi:", size=14) + 3
    for number, receiver in enumerate(receivers[: sheet.rng.randint(2, 3)]):
        sheet.y += 6.2 if number else 0
        sheet.text(x, f"- {receiver};", size=14)
    sheet.y += 10


def _set_body(sheet: FormSheet, office: Office, *, decides: bool) -> None:
    rng = sheet.rng
    if decides:
        whole = " ".join(office.lines)
        chief = office.position[0].rpartition(". ")[2]
        head = whole if whole.startswith(chief) else f"{chief} {whole}"
        sheet.stack(112, (head,), size=13, style=Style.BOLD, pitch=8)
        ground = "Căn cứ Quyết định quy định chức năng, nhiệm vụ, quyền hạn và cơ cấu tổ chức của cơ quan;"
        sheet.paragraph(ground, size=14, style=Style.ITALIC, pitch=6.3)
        sheet.stack(112, ("QUYẾT ĐỊNH:",), size=14, style=Style.BOLD, pitch=8)
    else:
        sheet.paragraph(_OPENING, size=14, pitch=6.3, gap=2.4)
    points = rng.sample(_POINTS, rng.randint(3, len(_POINTS)))
    points[-1] = f"{points[-1].removesuffix('.')}./."
    turned = False
    for number, point in enumerate(points, start=1):
        if sheet.y > 205 and not turned:
            sheet.turn_over()
            number_page(sheet, 2)
            turned = True
        lead = f"**Điều {number}.**" if decides else f"{number}."
        sheet.paragraph(f"{lead} {point}", size=14, pitch=6.3, gap=2.4)


def _close(sheet: FormSheet, office: Office) -> None:
    sheet.y += 4
    top = sheet.y
    sheet.text(sheet.left, "Nơi nhận:", size=12, style=Style.BOLD_ITALIC)
    for receiver in ("Như trên;", "Lãnh đạo cơ quan;", "Trang thông tin điện tử;", "Lưu: VT, TH."):
        sheet.y += 4.7
        sheet.text(sheet.left, f"- {receiver}", size=11)
    sheet.y = top
    set_signer(sheet, office, x=146, size=13.5, deep=38)
