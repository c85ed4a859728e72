"""Applications (tờ khai, đơn đề nghị): printed forms filled in by pen or by keyboard."""

from random import Random

from samples.generator.fonts import Style
from samples.generator.form_sheet import FormSheet, Look
from samples.generator.paper import BLACK, PEN_BLUE, Handwriting, Paper, Signature
from samples.generator.stock.people import draw_date, draw_person, draw_phone
from samples.generator.templates.blocks import draw_committee, set_motto
from samples.generator.templates.civil_status import show_date

FORMS = {
    "TỜ KHAI CẤP BẢN SAO TRÍCH LỤC HỘ TỊCH": "cấp bản sao trích lục khai sinh",
    "TỜ KHAI ĐĂNG KÝ KHAI SINH": "đăng ký khai sinh cho con",
    "TỜ KHAI CẤP GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN": "cấp Giấy xác nhận tình trạng hôn nhân để đăng ký kết hôn",
    "ĐƠN ĐỀ NGHỊ HỖ TRỢ XÓA NHÀ TẠM": "hỗ trợ kinh phí xóa nhà tạm, nhà dột nát",
    "ĐƠN ĐỀ NGHỊ XÁC NHẬN NƠI CƯ TRÚ": "xác nhận thông tin về cư trú",
    "ĐƠN ĐĂNG KÝ BIẾN ĐỘNG ĐẤT ĐAI": "đăng ký biến động quyền sử dụng đất do nhận thừa kế",
    "ĐƠN XIN XÁC NHẬN HỘ NGHÈO": "xác nhận gia đình thuộc diện hộ nghèo",
}


def draw_application_a(rng: Random) -> Paper:
    """Tờ khai with dotted lines, most often filled in by hand."""
    return _draw_application(rng, by_pen=rng.random() < 0.65, modern=True)


def draw_application_b(rng: Random) -> Paper:
    """Đơn typed over dots, other labels, sometimes the day and phone by pen."""
    return _draw_application(rng, by_pen=rng.random() < 0.15, modern=False)


def _draw_application(rng: Random, *, by_pen: bool, modern: bool) -> Paper:
    year = rng.randint(2018, 2026)
    pen_colour = rng.choice((PEN_BLUE, PEN_BLUE, BLACK))
    look = Look(13, 8.6 if by_pen else 7.6, leaders="rule" if modern else "dots", pen_colour=pen_colour)
    sheet = FormSheet(rng, Look(look.size, look.pitch, leaders="rule", pen_colour=pen_colour) if by_pen else look)
    set_motto(sheet, 108)
    sheet.y += 15
    titles = [title for title in FORMS if title.startswith("TỜ KHAI") == modern]
    title = rng.choice(titles)
    sheet.stack(108, (title,), size=15, style=Style.BOLD, pitch=10)
    office = draw_committee(rng, year)
    sheet.field("Kính gửi:", office.running, "addressee", x=36, hang=36, pen=by_pen)
    sheet.y += 2
    person = draw_person(rng, born=(year - 65, year - 20), year=year)
    label = "Họ, chữ đệm, tên người yêu cầu:" if modern else "Tôi tên là:"
    sheet.field(label, person.shown, "full_name", strong=True, pen=by_pen)
    label = "Ngày, tháng, năm sinh:" if modern else "Sinh ngày:"
    born = show_date(rng, person.born, slashed=0.9 if by_pen else 0.6)
    sheet.field(label, born, "date_of_birth", person.born.iso, pen=by_pen)
    label = "Số định danh cá nhân:" if modern else "Số CCCD:"
    if rng.random() < 0.5:
        sheet.field(label, person.personal_id, "personal_id", pen=by_pen)
    else:
        sheet.field("Giấy tờ tùy thân:", f"CCCD số {person.personal_id}", pen=by_pen)
        sheet.note("personal_id", person.personal_id, pen=by_pen)
    sheet.field("Nơi cư trú:" if modern else "Hiện cư trú tại:", person.residence, "residence", pen=by_pen)
    if rng.random() < 0.75:
        phone_pen = by_pen or rng.random() < 0.2
        sheet.field("Số điện thoại:" if modern else "Điện thoại liên hệ:", draw_phone(rng), "phone", pen=phone_pen)
    request = FORMS[title]
    label = "Đề nghị cơ quan:" if modern else "Nay tôi làm đơn này đề nghị:"
    sheet.field(label, request, "request", pen=by_pen)
    sheet.look = Look(13, 6.6)
    sheet.field("", "Tôi cam đoan những nội dung khai trên đây là đúng sự thật và chịu trách nhiệm trước pháp luật.")
    sheet.y += 8
    _set_close(sheet, office.place.name, year, by_pen=by_pen)
    sheet.own("full_name", "personal_id")
    return sheet.done("application_form")


def _set_close(sheet: FormSheet, place: str, year: int, *, by_pen: bool) -> None:
    rng = sheet.rng
    date = draw_date(rng, year, year)
    name = sheet.value("full_name")
    if by_pen:
        x = sheet.text(104, f"{place}, ngày", size=13, style=Style.ITALIC)
        for text, after in ((f"{date.day:02}", " tháng"), (f"{date.month:02}", f" năm {date.year}")):
            sheet.add(Handwriting(x + 1.6, sheet.y, text, 3.4, rng.randrange(10**6), sheet.look.pen_colour))
            x = sheet.text(x + 7.4, after.strip(), size=13, style=Style.ITALIC)
        sheet.note("issue_date", f"ngày {date.day:02} tháng {date.month:02} năm {date.year}", date.iso, pen=True)
    else:
        sheet.text(148, f"{place}, {date.long}", size=13, style=Style.ITALIC, align="centre")
        sheet.note("issue_date", date.long, date.iso)
    sheet.note("issue_place", place)
    sheet.y += 7
    sheet.text(
        148, "NGƯỜI LÀM ĐƠN" if rng.random() < 0.5 else "Người yêu cầu", size=13, style=Style.BOLD, align="centre"
    )
    sheet.y += 5.6
    sheet.text(148, "(Ký, ghi rõ họ tên)", size=12, style=Style.ITALIC, align="centre")
    sheet.add(Signature(150, sheet.y + 13, 28, rng.randrange(10**6)))
    sheet.y += 26
    if by_pen:
        sheet.add(Handwriting(130, sheet.y, name, 3.6, rng.randrange(10**6), sheet.look.pen_colour))
    else:
        sheet.text(148, name, size=13, style=Style.BOLD, align="centre")
