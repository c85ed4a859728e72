"""Template D of letters, applications and diplomas: Circular 01/2011, form CT01, the vocational schools."""

from dataclasses import replace
from random import Random

from samples.generator.fonts import Style, measure_mm
from samples.generator.form_sheet import FormSheet, Look
from samples.generator.paper import BLACK, PEN_BLUE, SEAL_RED, Box, Handwriting, Paper, Seal, Signature
from samples.generator.stock.people import Person, draw_date, draw_person, draw_phone
from samples.generator.stock.places import capital, proper
from samples.generator.templates.administrative import LETTER_KIND
from samples.generator.templates.blocks import (
    Office,
    draw_committee,
    draw_department,
    set_box,
    set_frame,
    set_head,
    set_motto,
    set_signer,
)
from samples.generator.templates.grid import Cell, head_cells, set_digits, set_grid
from samples.generator.words import Date

_KINDS = {
    "QUYẾT ĐỊNH": "QĐ", "THÔNG BÁO": "TB", "KẾ HOẠCH": "KH", "BÁO CÁO": "BC", "HƯỚNG DẪN": "HD", "TỜ TRÌNH": "TTr",
    LETTER_KIND: "",
}  # fmt: skip
_SUBJECTS = (
    "thực hiện phổ cập giáo dục mầm non cho trẻ em 5 tuổi trên địa bàn",
    "hỗ trợ lãi suất vốn vay cho hộ chăn nuôi bị thiệt hại do dịch bệnh",
    "quản lý, sử dụng nguồn thu phí vệ sinh môi trường",
    "phân công trực bảo đảm an ninh, trật tự dịp Tết Nguyên đán",
    "giao chỉ tiêu xây dựng đường giao thông nông thôn",
    "lập hồ sơ đề nghị công nhận gia đình văn hóa",
)
_ORDERS = (
    "Giao Phòng Tài chính - Kế hoạch chủ trì, phối hợp với các đơn vị liên quan hướng dẫn, kiểm tra việc thực hiện.",
    "Thời gian thực hiện: từ ngày 01 tháng 4 đến hết ngày 30 tháng 9; sơ kết vào tuần cuối của quý III.",
    "Ủy ban nhân dân các xã, thị trấn niêm yết công khai tại trụ sở và nhà văn hóa thôn trong thời hạn 15 ngày.",
    "Mức hỗ trợ là 1.500.000 đồng một hộ, chi trả một lần qua Ủy ban nhân dân cấp xã nơi hộ đăng ký thường trú.",
    "Các trường hợp không đủ điều kiện phải được trả lời bằng văn bản, nêu rõ lý do.",
    "Trưởng các phòng, ban, ngành và Chủ tịch Ủy ban nhân dân các xã, thị trấn chịu trách nhiệm thi hành.",
    "Qua rà soát, toàn huyện có 1.284 hộ thuộc diện thụ hưởng, trong đó 312 hộ là đồng bào dân tộc thiểu số.",
    "Định kỳ trước ngày 20 hằng tháng, các đơn vị gửi báo cáo về Văn phòng để tổng hợp, trình lãnh đạo xem xét.",
)
_ORGANISATION = {
    2011: "Căn cứ Luật Tổ chức Hội đồng nhân dân và Ủy ban nhân dân ngày 26 tháng 11 năm 2003;",
    2016: "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
}
"""The law that decisions rest on, by the year from which it held."""


def draw_letter_d(rng: Random) -> Paper:
    """Districts in the layout of Circular 01/2011: on behalf of the committee, now and then two pages or a stamp."""
    year = rng.randint(2011, 2019)
    sheet = FormSheet(rng, Look(13.5, 6.2), left=31, right=190, top=22)
    office = draw_committee(rng, year, level=1)
    kind, mark = rng.choice(list(_KINDS.items()))
    if kind in {LETTER_KIND, "THÔNG BÁO", "BÁO CÁO"} and rng.random() < 0.35:
        position: tuple[str, ...] = ("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG")
    else:
        position = (f"TM. {office.lines[0]}", *office.position)
    office = replace(office, position=position)
    bare = kind == LETTER_KIND
    number = f"{rng.randint(1, 3600):02}/{'UBND-VP' if bare else f'{mark}-UBND'}"
    seat, date = proper(office.place.levels[1]), draw_date(rng, year, year)
    set_head(sheet, replace(office, place=replace(office.place, levels=(seat,))), number=number, date=date, left=64)
    if office.parent:
        sheet.note("parent_agency", " ".join(office.parent))
    sheet.note("document_kind", kind)
    low = _set_subject(sheet, kind, f"{rng.choice(_SUBJECTS)} năm {year}")
    if rng.random() < 0.35:
        _stamp_arrival(sheet, seat, date)
    sheet.y = low + 4
    if kind == "QUYẾT ĐỊNH":
        _open_decision(sheet, office, year)
    elif bare:
        sheet.stack(110, ("Kính gửi: Ủy ban nhân dân các xã, thị trấn",), size=13.5, pitch=9)
    _set_orders(sheet, kind)
    _close_letter(sheet, office, addressed=bare)
    return sheet.done("administrative_document")


def _set_subject(sheet: FormSheet, kind: str, subject: str) -> float:
    """Kind and subject in the middle, or the subject of a letter below its number; the ``y`` below."""
    bare = kind == LETTER_KIND
    size = 12.0 if bare else 13.5
    style = Style.REGULAR if bare else Style.BOLD
    lead = "V/v" if bare else "Về việc" if kind in {"QUYẾT ĐỊNH", "THÔNG BÁO", "TỜ TRÌNH"} else ""
    lines = _break(f"{lead} {subject}" if lead else capital(subject), 62.0 if bare else 130.0, size, style)
    if bare:
        sheet.y -= 2.4
        sheet.stack(64, lines, size=size, pitch=5)
    else:
        sheet.y += 4
        sheet.stack(110, (kind,), size=14, style=style, pitch=6.2)
        sheet.stack(110, lines, size=size, style=style, pitch=5.8)
        sheet.rule(96, 124, dy=-3)
    sheet.note("subject", " ".join(lines))
    return sheet.y + 3


def _break(text: str, room: float, size: float, style: Style) -> tuple[str, ...]:
    lines = [""]
    for word in text.split():
        tried = f"{lines[-1]} {word}".strip()
        if measure_mm(tried, style, size) > room:
            lines.append(word)
        else:
            lines[-1] = tried
    return tuple(lines)


def _stamp_arrival(sheet: FormSheet, seat: str, date: Date) -> None:
    """The stamp that the office receiving the paper sets into its upper margin, filled in by pen."""
    rng = sheet.rng
    set_box(sheet, (12, 4, 74, 17), 0.4, SEAL_RED)
    sheet.y = 8
    sheet.text(
        43, f"PHÒNG TÀI CHÍNH - KẾ HOẠCH {seat.upper()}", size=7, style=Style.SANS_BOLD, align="centre", colour=SEAL_RED
    )
    sheet.y = 13.6
    x = sheet.text(14, "ĐẾN  Số:", size=8, style=Style.SANS_BOLD, colour=SEAL_RED)
    for text, label in ((str(rng.randint(20, 990)), "Ngày:"), (f"{date.day}/{date.month}", "")):
        sheet.add(Handwriting(x + 2, sheet.y, text, 3.2, rng.randrange(10**6)))
        if label:
            x = sheet.text(x + 14, label, size=8, style=Style.SANS_BOLD, colour=SEAL_RED)


def _open_decision(sheet: FormSheet, office: Office, year: int) -> None:
    sheet.stack(110, (" ".join(office.lines),), size=13, style=Style.BOLD, pitch=8)
    law = next(text for since, text in reversed(_ORGANISATION.items()) if year >= since)
    for ground in (law, "Căn cứ Nghị quyết của Hội đồng nhân dân huyện về nhiệm vụ phát triển kinh tế - xã hội;"):
        sheet.paragraph(ground, size=13.5, pitch=5.9, gap=1)
    sheet.paragraph("Xét đề nghị của Trưởng phòng Tài chính - Kế hoạch,", size=13.5, pitch=5.9, gap=3)
    sheet.stack(110, ("QUYẾT ĐỊNH:",), size=13.5, style=Style.BOLD, pitch=8)


def _set_orders(sheet: FormSheet, kind: str) -> None:
    """The matter, over two pages where it is long; this circular numbers pages below."""
    rng = sheet.rng
    orders = rng.sample(_ORDERS, rng.randint(4, len(_ORDERS)))
    orders[-1] = f"{orders[-1].removesuffix('.')}./."
    turned = False
    for number, order in enumerate(orders, start=1):
        if sheet.y > 200 and not turned:
            sheet.turn_over()
            turned = True
        lead = {"QUYẾT ĐỊNH": f"**Điều {number}.** ", "KẾ HOẠCH": f"**{number}.** "}.get(kind, "")
        sheet.paragraph(f"{lead}{order}", size=13.5, pitch=5.9)
    if turned:
        kept, sheet.y = sheet.y, 284.0
        sheet.text(190, "2", size=12, align="right")
        sheet.y = kept


def _close_letter(sheet: FormSheet, office: Office, *, addressed: bool) -> None:
    sheet.y += 4
    top = sheet.y
    sheet.text(sheet.left, "Nơi nhận:", size=12, style=Style.BOLD_ITALIC)
    first = "Như trên;" if addressed else "UBND tỉnh (để báo cáo);"
    for receiver in (first, "TTr. Huyện ủy, HĐND huyện;", "CT, các PCT UBND huyện;", "Lưu: VT, TCKH."):
        sheet.y += 4.6
        sheet.text(sheet.left, f"- {receiver}", size=11)
    sheet.y = top
    set_signer(sheet, office, x=150, size=13, deep=33)


_REQUESTS = (
    "Đăng ký thường trú theo diện về ở cùng cha mẹ",
    "Đăng ký tạm trú cho bản thân, thời hạn 24 tháng",
    "Xác nhận thông tin về cư trú",
    "Tách hộ tại cùng một chỗ ở hợp pháp",
    "Điều chỉnh thông tin về nghề nghiệp trong Cơ sở dữ liệu về cư trú",
)


def draw_application_d(rng: Random) -> Paper:
    """Form CT01 of the police (2021): numbered lines, a box for each digit, a table of the family, three signers."""
    year, pen = rng.randint(2021, 2026), rng.random() < 0.55
    colour = rng.choice((PEN_BLUE, PEN_BLUE, BLACK))
    sheet = FormSheet(rng, Look(12, 9.0, leaders="rule", pen_colour=colour), left=25, right=192, top=14)
    sheet.text(192, "Mẫu CT01 ban hành theo TT số 56/2021/TT-BCA", size=9, style=Style.ITALIC, align="right")
    sheet.y = 24
    set_motto(sheet, 108, size=12.5)
    sheet.y += 12
    sheet.stack(108, ("TỜ KHAI THAY ĐỔI THÔNG TIN CƯ TRÚ",), size=15, style=Style.BOLD, pitch=9)
    place = draw_committee(rng, year).place
    sheet.field("Kính gửi:", f"Công an {place.full}", "addressee", x=48, hang=48, pen=pen)
    person = draw_person(rng, born=(year - 65, year - 18), year=year, capitals=not pen)
    _set_applicant(sheet, person, pen=pen)
    head = draw_person(rng, born=(year - 75, year - 40), year=year, capitals=not pen)
    sheet.field("11. Họ, chữ đệm và tên chủ hộ:", head.shown, pen=pen, right=134, end=False)
    sheet.field("12. Quan hệ với chủ hộ:", rng.choice(("Con", "Cháu", "Em")), pen=pen, x=137)
    _set_number(sheet, "13. Số định danh cá nhân/CMND của chủ hộ:", head.personal_id, pen=pen)
    sheet.field("14. Nội dung đề nghị:", rng.choice(_REQUESTS), "request", pen=pen)
    _set_family(sheet, year, pen=pen)
    _close_application(sheet, person, head, (place.name, draw_date(rng, year, year)), pen=pen)
    sheet.own("full_name", "personal_id")
    return sheet.done("application_form")


def _set_applicant(sheet: FormSheet, person: Person, *, pen: bool) -> None:
    rng = sheet.rng
    sheet.field("1. Họ, chữ đệm và tên:", person.shown, "full_name", pen=pen)
    born = person.born.slashed
    sheet.field("2. Ngày, tháng, năm sinh:", born, "date_of_birth", person.born.iso, pen=pen, right=116, end=False)
    sheet.field("3. Giới tính:", person.sex, pen=pen, x=120)
    _set_number(sheet, "4. Số định danh cá nhân/CMND:", person.personal_id, pen=pen)
    sheet.note("personal_id", person.personal_id, pen=pen)
    sheet.field("5. Số điện thoại liên hệ:", draw_phone(rng), "phone", pen=pen, right=108, end=False)
    sheet.field("6. Email:", "", x=112)
    sheet.field("7. Nơi thường trú:", person.residence, "residence", pen=pen)
    sheet.field("8. Nơi tạm trú:", "Không", pen=pen)
    sheet.field("9. Nơi ở hiện tại:", person.residence, pen=pen)
    sheet.field("10. Nghề nghiệp, nơi làm việc:", rng.choice(("Lao động tự do", "Công nhân may", "Giáo viên")), pen=pen)


def _set_number(sheet: FormSheet, label: str, digits: str, *, pen: bool) -> None:
    x = sheet.text(sheet.left, label, size=sheet.look.size)
    set_digits(sheet, digits, x=x + 3, pen=pen)
    sheet.y += sheet.look.pitch


def _set_family(sheet: FormSheet, year: int, *, pen: bool) -> None:
    rng, look = sheet.rng, sheet.look
    sheet.text(sheet.left, "15. Những thành viên trong hộ gia đình cùng thay đổi:", size=look.size)
    sheet.y += 7
    sheet.look = replace(look, size=10, pitch=5.6, leaders="none")
    rows = []
    for number in range(1, 1 + rng.choice((0, 1, 1, 2))):
        one = draw_person(rng, born=(year - 16, year - 3), year=year)
        texts = (str(number), one.name, one.born.slashed, one.sex, one.personal_id, "Con")
        rows.append(tuple(Cell(text, pen=pen) for text in texts))
    blank = tuple(Cell("") for _ in range(6))
    heads = head_cells("TT", "Họ, chữ đệm và tên", "Ngày sinh", "Giới tính", "Số định danh cá nhân", "Quan hệ")
    set_grid(sheet, (25, 34, 84, 112, 130, 170, 192), (heads, *rows, blank))
    sheet.look = look


def _close_application(sheet: FormSheet, person: Person, head: Person, where: tuple[str, Date], *, pen: bool) -> None:
    """The head of the household left, a parent between (left empty), the applicant right."""
    rng, (place, date) = sheet.rng, where
    sheet.y += 3
    top = sheet.y
    if pen:
        x = sheet.text(116, f"{place}, ngày", size=11, style=Style.ITALIC)
        for text, after in ((f"{date.day:02}", "tháng"), (f"{date.month:02}", f"năm {date.year}")):
            sheet.add(Handwriting(x + 1.4, sheet.y, text, 3.0, rng.randrange(10**6), sheet.look.pen_colour))
            x = sheet.text(x + 6.6, after, size=11, style=Style.ITALIC)
        sheet.note("issue_date", f"ngày {date.day:02} tháng {date.month:02} năm {date.year}", date.iso, pen=True)
    else:
        sheet.text(160, f"{place}, {date.long}", size=11, style=Style.ITALIC, align="centre")
        sheet.note("issue_date", date.long, date.iso)
    sheet.note("issue_place", place)
    for x, lines in (
        (48, ("Ý KIẾN CỦA CHỦ HỘ",)),
        (105, ("Ý KIẾN CỦA CHA, MẸ", "HOẶC NGƯỜI GIÁM HỘ")),
        (160, ("NGƯỜI KÊ KHAI",)),
    ):
        sheet.y = top + 5.6
        sheet.stack(x, lines, size=11, style=Style.BOLD, pitch=4.8)
        sheet.stack(x, ("(Ký, ghi rõ họ tên)",), size=10, style=Style.ITALIC, pitch=4.8)
    for x, name in ((48, head.name), (160, person.name)):
        sheet.y = top + 24
        sheet.add(Signature(x, sheet.y, 24, rng.randrange(10**6)))
        sheet.y += 11
        if pen:
            sheet.add(Handwriting(x - 18, sheet.y, name, 3.0, rng.randrange(10**6), sheet.look.pen_colour))
        else:
            sheet.text(x, name, size=11.5, align="centre")


_TRADES = ("Hàn", "Điện công nghiệp", "Công nghệ ô tô", "Chế biến món ăn", "May thời trang", "Cắt gọt kim loại")
_SCHOOLS = ("CƠ GIỚI HÒA SƠN", "KINH TẾ - KỸ THUẬT MÂY NGÀN", "DÂN TỘC NỘI TRÚ ĐÁ DỰNG", "SỐ 7 ĐỒI CHÈ")


def draw_diploma_d(rng: Random) -> Paper:
    """Bằng tốt nghiệp trung cấp nghề, with the photograph at the left and the decision that recognises it."""
    year = rng.randint(2009, 2017)
    sheet = FormSheet(rng, Look(12.5, 8.2), left=84, right=250, width=270, height=184)
    set_frame(sheet, (40, 110, 90), (228, 244, 236), inset=8)
    school = f"TRƯỜNG TRUNG CẤP NGHỀ {rng.choice(_SCHOOLS)}"
    sheet.y = 20
    set_motto(sheet, 135, size=13)
    sheet.y += 11
    sheet.stack(135, (f"HIỆU TRƯỞNG {school}",), size=13, style=Style.BOLD, pitch=12)
    sheet.note("issuing_agency", school)
    sheet.text(135, "BẰNG TỐT NGHIỆP TRUNG CẤP NGHỀ", size=22, style=Style.BOLD, align="centre", colour=(170, 30, 40))
    sheet.y += 12
    person = draw_person(rng, born=(year - 26, year - 18), year=year)
    sheet.field("Cấp cho:", person.shown, "full_name", strong=True, right=180, end=False)
    sheet.field("Nam/Nữ:", person.sex, x=188)
    born = person.born.slashed
    sheet.field("Sinh ngày:", born, "date_of_birth", person.born.iso, right=150, end=False)
    sheet.field("Tại:", capital(person.home.province), "place_of_birth", x=156)
    sheet.field("Nghề:", rng.choice(_TRADES), "major", strong=True, right=150, end=False)
    sheet.field("Khóa học:", f"{year - 2} - {year}", x=156)
    grade = rng.choice(("Xuất sắc", "Giỏi", "Khá", "Trung bình khá", "Trung bình"))
    sheet.field("Tốt nghiệp loại:", grade, "classification", right=150, end=False)
    sheet.field("Năm tốt nghiệp:", str(year), "graduation_year", x=156)
    date = draw_date(rng, year, year)
    decision = f"số {rng.randint(10, 400)}/QĐ-TCN ngày {date.slashed}"
    sheet.field("Theo Quyết định công nhận tốt nghiệp", decision)
    sheet.y += 2
    office = draw_department(rng, year, "Sở Lao động - Thương binh và Xã hội")
    seat = proper(office.place.province)
    sheet.text(196, f"{seat}, {date.long}", size=12, style=Style.ITALIC, align="centre")
    sheet.note("issue_place", seat)
    sheet.note("issue_date", date.long, date.iso)
    sheet.y += 6
    office = replace(
        office,
        position=rng.choice((("HIỆU TRƯỞNG",), ("KT. HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG"))),
        ring=f"SỞ LĐTBXH {office.place.province.upper()} ★ {school} ★",
        core=("TRƯỜNG",),
    )
    set_signer(sheet, office, x=196, size=12, deep=34)
    _set_side(sheet, office, year)
    sheet.own("full_name")
    return sheet.done("diploma", (249, 254, 251))


def _set_side(sheet: FormSheet, office: Office, year: int) -> None:
    """Photograph, the seal upon its corner, and the numbers below."""
    rng = sheet.rng
    sheet.add(Box(30, 72, 60, 112, (224, 230, 234), portrait=True))
    sheet.add(Seal(58, 112, 24, office.ring, office.core, rng.uniform(-10, 10)))
    sheet.y = 140
    number = f"{rng.choice('BCD')} {rng.randint(0, 999_999):06}"
    sheet.field("Số hiệu:", number, "diploma_number", x=24, right=120)
    sheet.note("document_number", number)
    sheet.field("Số vào sổ:", f"{rng.randint(1, 1200):04}/{year}", "register_number", x=24, right=120)
