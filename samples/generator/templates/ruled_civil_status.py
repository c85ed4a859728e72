"""Template C of the papers on civil status and of the citizen's card: ruled tables and sans serif forms."""

from random import Random

from samples.generator.fonts import Style
from samples.generator.form_sheet import FormSheet, Look
from samples.generator.paper import Barcode, Box, Paper
from samples.generator.stock.people import draw_date, draw_person
from samples.generator.stock.places import draw_hospital
from samples.generator.templates.blocks import draw_committee, set_frame, set_head, set_motto, set_signer
from samples.generator.templates.cards import compact, draw_holder, open_card, write_mrz
from samples.generator.templates.civil_status import draw_child, draw_parents, own_both, show_date
from samples.generator.templates.rows import Row, set_rows

_SANS = Look(11.5, 6.8, Style.SANS, Style.SANS, Style.SANS_BOLD)
_SERIF = Look(12.5, 7.0)


def draw_birth_c(rng: Random) -> Paper:
    """Trích lục khai sinh (bản sao) from the electronic register, in a ruled table."""
    year = rng.randint(2021, 2026)
    sheet = FormSheet(rng, _SERIF, left=25, right=188)
    office, date = draw_committee(rng, year), draw_date(rng, year, year)
    set_head(sheet, office, number=f"{rng.randint(1, 900)}/TLKS-BS", date=date)
    sheet.y += 5
    sheet.stack(107, ("TRÍCH LỤC KHAI SINH", "(BẢN SAO)"), size=16, style=Style.BOLD, pitch=8)
    sheet.y += 5
    mother, father = draw_parents(rng, year)
    child = draw_child(rng, year - 1, father, mother)
    rows: list[Row] = [
        ("Họ, chữ đệm, tên", child.shown, "full_name"),
        ("Ngày, tháng, năm sinh", show_date(rng, child.born, slashed=1.0), "date_of_birth", child.born.iso),
        ("Ghi bằng chữ", child.born.words, "date_of_birth_words"),
        ("Giới tính", child.sex, "sex", child.sex_value),
        ("Dân tộc", child.ethnicity, "ethnicity"),
        ("Quốc tịch", "Việt Nam", "nationality"),
        ("Số định danh cá nhân", child.personal_id, "personal_id"),
        ("Nơi sinh", draw_hospital(rng, child.home), "place_of_birth"),
        ("Quê quán", child.home.full, "hometown"),
        ("Họ, chữ đệm, tên người mẹ", mother.shown, "mother_name"),
        ("Năm sinh", str(mother.born.year), "mother_birth_year"),
        ("Họ, chữ đệm, tên người cha", father.shown, "father_name"),
        ("Năm sinh", str(father.born.year), "father_birth_year"),
        ("Nơi đăng ký khai sinh", office.running),
    ]
    set_rows(sheet, rows, column=84)
    sheet.y += 4
    set_signer(sheet, office, title="NGƯỜI KÝ TRÍCH LỤC", deep=30)
    sheet.own("full_name", "personal_id")
    return sheet.done("birth_certificate")


def draw_marriage_c(rng: Random) -> Paper:
    """Husband and wife one below the other, labels in a sans serif."""
    year = rng.randint(2016, 2026)
    sheet = FormSheet(rng, _SANS, left=26, right=186)
    set_frame(sheet, (160, 60, 90), (252, 236, 242))
    office = draw_committee(rng, year)
    sheet.y = 30
    set_motto(sheet, 105)
    sheet.y += 15
    sheet.stack(105, ("GIẤY CHỨNG NHẬN KẾT HÔN",), size=19, style=Style.BOLD, pitch=9)
    number = f"{rng.randint(1, 180):02}/{year}"
    sheet.field("Số:", number, "document_number", x=140)
    born = (year - 38, year - 20)
    people = {
        "husband": draw_person(rng, born=born, year=year, female=False),
        "wife": draw_person(rng, born=born, year=year, female=True),
    }
    for key, who in (("husband", "chồng"), ("wife", "vợ")):
        person = people[key]
        sheet.field(f"Họ, chữ đệm, tên {who}:", person.shown, f"{key}_name", strong=True)
        shown = show_date(rng, person.born)
        sheet.field("Ngày, tháng, năm sinh:", shown, f"{key}_date_of_birth", person.born.iso)
        sheet.field("Dân tộc:", person.ethnicity, right=90, end=False)
        sheet.field("Quốc tịch:", "Việt Nam", x=100)
        sheet.field("Nơi cư trú:", person.residence)
        sheet.field("Số định danh cá nhân/Giấy tờ tùy thân:", person.personal_id, f"{key}_id")
        sheet.y += 3
    sheet.field("Nơi đăng ký kết hôn:", office.running, "issuing_agency")
    date = draw_date(rng, year, year)
    sheet.field("Ngày, tháng, năm đăng ký:", date.slashed, "issue_date", date.iso)
    sheet.y += 4
    set_signer(sheet, office, title="NGƯỜI KÝ GIẤY CHỨNG NHẬN KẾT HÔN", x=138)
    own_both(sheet, people)
    return sheet.done("marriage_certificate", (255, 249, 251))


def draw_single_c(rng: Random) -> Paper:
    """Giấy xác nhận tình trạng hôn nhân written as running text with a table of the person."""
    year = rng.randint(2020, 2026)
    sheet = FormSheet(rng, _SERIF)
    office, date = draw_committee(rng, year), draw_date(rng, year, year)
    set_head(sheet, office, number=f"{rng.randint(1, 400):02}/XN-UBND", date=date)
    sheet.y += 8
    sheet.stack(108, ("GIẤY XÁC NHẬN", "TÌNH TRẠNG HÔN NHÂN"), size=15, style=Style.BOLD, pitch=7)
    sheet.y += 6
    sheet.field(f"{office.running} xác nhận:", "")
    sheet.y += 3
    person = draw_person(rng, born=(year - 50, year - 20), year=year)
    state = "Chưa đăng ký kết hôn với ai" if rng.random() < 0.6 else "Đã ly hôn, hiện chưa đăng ký kết hôn với ai"
    rows: list[Row] = [
        ("Họ, chữ đệm, tên", person.shown, "full_name"),
        ("Ngày, tháng, năm sinh", person.born.slashed, "date_of_birth", person.born.iso),
        ("Giới tính", person.sex),
        ("Số định danh cá nhân", person.personal_id, "personal_id"),
        ("Nơi cư trú", person.residence, "residence"),
        ("Tình trạng hôn nhân", state, "marital_status"),
        ("Mục đích sử dụng", "Làm thủ tục mua bán nhà đất", "purpose"),
    ]
    set_rows(sheet, rows, column=82)
    sheet.y += 6
    set_signer(sheet, office)
    sheet.own("full_name", "personal_id")
    return sheet.done("marital_status_certificate")


def draw_death_c(rng: Random) -> Paper:
    """Trích lục khai tử in a ruled table."""
    year = rng.randint(2020, 2026)
    sheet = FormSheet(rng, _SANS)
    office, date = draw_committee(rng, year), draw_date(rng, year, year)
    set_head(sheet, office, number=f"{rng.randint(1, 90):02}/{year}", date=date)
    sheet.y += 6
    sheet.stack(108, ("TRÍCH LỤC KHAI TỬ",), size=17, style=Style.BOLD, pitch=13)
    person, died = draw_person(rng, born=(year - 95, year - 30), year=year), draw_date(rng, year - 1, year - 1)
    rows: list[Row] = [
        ("Họ, chữ đệm, tên người chết", person.shown, "full_name"),
        ("Ngày, tháng, năm sinh", person.born.slashed, "date_of_birth", person.born.iso),
        ("Giới tính", person.sex),
        ("Số định danh cá nhân", person.personal_id, "personal_id"),
        ("Chết vào lúc", died.long, "date_of_death", died.iso),
        ("Nơi chết", draw_hospital(rng, person.home), "place_of_death"),
        ("Nguyên nhân chết", "Bệnh hiểm nghèo", "cause_of_death"),
        ("Nơi đăng ký khai tử", office.running),
    ]
    set_rows(sheet, rows, column=84)
    sheet.y += 6
    set_signer(sheet, office, title="NGƯỜI KÝ TRÍCH LỤC")
    sheet.own("full_name", "personal_id")
    return sheet.done("death_extract")


def draw_card_c(rng: Random) -> Paper:
    """Căn cước of July 2024: residence, QR and machine-readable zone behind."""
    year = rng.randint(2024, 2026)
    person, expiry = draw_holder(rng, year)
    issued = draw_date(rng, year, year)
    sheet = open_card(rng, (234, 244, 240), (218, 236, 230))
    sheet.look = Look(6.6, 4.6, Style.SANS, Style.SANS, Style.SANS_BOLD, gap=0.8)
    sheet.y = 6
    sheet.stack(50, ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",), size=6.6, style=Style.SANS_BOLD, pitch=2.8)
    sheet.stack(50, ("Độc lập - Tự do - Hạnh phúc",), size=6, style=Style.SANS_BOLD, pitch=5.5)
    sheet.stack(50, ("CĂN CƯỚC",), size=12, style=Style.SANS_BOLD, pitch=2.8)
    sheet.stack(50, ("IDENTITY CARD",), size=6, style=Style.SANS, pitch=5.5)
    sheet.add(Box(4, 20, 23, 45, (222, 230, 236), portrait=True))
    for label, text, name, value in (
        ("Số định danh cá nhân / Personal identification number:", person.personal_id, "personal_id", None),
        ("Họ, chữ đệm và tên khai sinh / Full name:", person.shown, "full_name", None),
        ("Ngày, tháng, năm sinh / Date of birth:", person.born.slashed, "date_of_birth", person.born.iso),
    ):
        sheet.text(27, label, size=5.2, style=Style.SANS)
        sheet.y += 3.2
        sheet.field("", text, name, value, strong=True)
    sheet.field("Giới tính / Sex:", person.sex, "sex", person.sex_value, right=52, end=False)
    sheet.look = Look(5.8, 4.6, Style.SANS, Style.SANS, Style.SANS_BOLD, gap=0.6)
    sheet.field("Quốc tịch / Nationality:", "Việt Nam", "nationality", x=50)
    sheet.turn_over()
    sheet.look = Look(5.8, 3.1, Style.SANS, Style.SANS, Style.SANS_BOLD, gap=0.6)
    sheet.add(Box(0, 0, sheet.width, sheet.height, (234, 244, 240)))
    qr = (person.personal_id, "", person.name, compact(person.born), person.sex, person.residence, compact(issued))
    sheet.add(Barcode(66, 3, 17, "|".join((*qr, "", "", ""))))
    until, value = (expiry.slashed, expiry.iso) if expiry else ("Không thời hạn", None)
    for label, text, name, iso in (
        ("Nơi cư trú / Place of residence:", person.residence, "residence", None),
        ("Nơi đăng ký khai sinh / Place of birth:", person.home.full, None, None),
        ("Ngày, tháng, năm cấp / Date of issue:", issued.slashed, "issue_date", issued.iso),
        ("Ngày, tháng, năm hết hạn / Date of expiry:", until, "expiry_date" if value else None, value),
    ):
        sheet.field(label, "", x=4, right=64)
        sheet.field("", text, name, iso, x=4, right=64)
    if value:
        sheet.note("valid_until", until, value)
    sheet.text(4, "BỘ CÔNG AN", size=6.4, style=Style.SANS_BOLD)
    sheet.note("issuing_agency", "BỘ CÔNG AN")
    for number, line in enumerate(write_mrz(person, expiry)):
        sheet.y = 42 + 4.4 * number
        sheet.text(4.5, line, size=11, style=Style.MONO)
    sheet.own("full_name", "personal_id")
    return sheet.done("citizen_card")
