"""Template F of the papers on civil status: copies out of the register for grown people, a spouse from abroad."""

from dataclasses import replace
from random import Random

from samples.generator.fonts import Style
from samples.generator.form_sheet import FormSheet, Look
from samples.generator.paper import Colour, Paper, Rule, Signature
from samples.generator.stock.names import draw_name
from samples.generator.stock.people import Person, draw_date, draw_person
from samples.generator.stock.places import Place, draw_address, draw_hospital, draw_place
from samples.generator.templates.blocks import Office, draw_committee, set_frame, set_head, set_motto, set_signer
from samples.generator.templates.civil_status import own_both
from samples.generator.words import spell


def _draw_registry(rng: Random, year: int, *, share: float = 0.4) -> Office:
    """Commune or, while there were districts, the district; since 2025 an official may sign for the chairman."""
    level = 1 if year < 2025 and rng.random() < share else 0
    office = draw_committee(rng, year, level=level)
    office = replace(office, place=Place(office.place.levels[level:]))
    if year > 2025 and rng.random() < 0.4:
        office = replace(office, position=("TUQ. CHỦ TỊCH", "CÔNG CHỨC TƯ PHÁP - HỘ TỊCH"))
    return office


def draw_birth_f(rng: Random) -> Paper:
    """Trích lục khai sinh (bản sao) of Circular 04/2020 for anyone: a year alone, no father, a book of long ago."""
    year = rng.randint(2020, 2026)
    sheet = FormSheet(rng, Look(13, 7.5, value=Style.BOLD, gap=2.2), left=30, right=191, top=22)
    office, issued = _draw_registry(rng, year), draw_date(rng, year, year)
    set_head(sheet, office, number=f"{rng.randint(1, 1900)}/TLKS-BS", date=issued, left=61, right=145, size=12)
    sheet.y += 5
    sheet.stack(110, ("TRÍCH LỤC KHAI SINH",), size=17, style=Style.BOLD, pitch=6.4)
    sheet.stack(110, ("(BẢN SAO)",), size=13, style=Style.BOLD, pitch=11)
    born = rng.randint(1948, 1985) if rng.random() < 0.5 else rng.randint(1986, year - 1)
    # Who is grown up is written as the register was: places of three levels, whatever the year of the copy.
    one = draw_person(rng, born=(born, born), year=2020, capitals=rng.random() < 0.8)
    surname = one.name.split()[0] if one.ethnicity == "Kinh" else None
    ages = (born - 42, born - 19)
    mother = draw_person(rng, born=ages, year=2020, female=True, capitals=one.capitals)
    father = draw_person(rng, born=ages, year=2020, female=False, surname=surname, capitals=one.capitals)
    _set_born(sheet, one)
    _set_parent(sheet, "mẹ", "mother", mother)
    _set_parent(sheet, "cha", "father", None if rng.random() < 0.2 else father)
    registered = draw_date(rng, max(born, 1978), max(born, 1978), after=one.born)
    where = draw_committee(rng, 2020).running
    sheet.field("Đã đăng ký khai sinh tại:", where)
    sheet.field("Số đăng ký:", f"{rng.randint(1, 390):02}", right=84, end=False)
    sheet.field("Ngày, tháng, năm đăng ký:", registered.slashed, x=88)
    sheet.field("Ghi chú:", rng.choice(("Không", "Đăng ký lại", "Đăng ký quá hạn", "")))
    sheet.y += 4
    set_signer(sheet, office, title="NGƯỜI KÝ TRÍCH LỤC", x=147, deep=31)
    sheet.own("full_name", "personal_id")
    return sheet.done("birth_certificate")


def _set_born(sheet: FormSheet, one: Person) -> None:
    """Whose birth it is; the date in figures and words on one line, old people have only the year."""
    rng, born = sheet.rng, one.born
    sheet.field("Họ, chữ đệm, tên:", one.shown, "full_name", right=142, end=False)
    sheet.field("Giới tính:", one.sex, "sex", one.sex_value, x=157)
    year_only = born.year < 1975 and rng.random() < 0.5
    shown, value = (str(born.year), str(born.year)) if year_only else (born.slashed, born.iso)
    words = f"Năm {spell(born.year)}" if year_only else born.words
    x = sheet.field("Ngày, tháng, năm sinh:", f"{shown};", right=190, end=False)
    sheet.note("date_of_birth", shown, value)
    sheet.field("ghi bằng chữ:", words, "date_of_birth_words", x=x + 2, hang=sheet.left)
    sheet.field("Nơi sinh:", draw_hospital(rng, draw_place(rng, 2020)), "place_of_birth")
    sheet.field("Dân tộc:", one.ethnicity, "ethnicity", right=92, end=False)
    sheet.field("Quốc tịch:", "Việt Nam", "nationality", x=110)
    sheet.field("Quê quán:", one.home.full, "hometown")
    if born.year > 2015 or rng.random() < 0.6:
        sheet.field("Số định danh cá nhân:", one.personal_id, "personal_id")
    else:
        sheet.field("Số định danh cá nhân:", "")


def _set_parent(sheet: FormSheet, who: str, key: str, parent: Person | None) -> None:
    """Two lines of one parent, or the empty form where the register names none."""
    sheet.y += 0.8
    label = f"Họ, chữ đệm, tên người {who}:"
    if parent is None:
        sheet.field(label, "")
        for text, x in (("Năm sinh:", 30), ("Dân tộc:", 84), ("Quốc tịch:", 134)):
            sheet.field(text, "", x=x, end=text == "Quốc tịch:")
        sheet.field("Nơi cư trú:", "")
        return
    sheet.field(label, parent.shown, f"{key}_name")
    sheet.field("Năm sinh:", str(parent.born.year), f"{key}_birth_year", right=80, end=False)
    sheet.field("Dân tộc:", parent.ethnicity, x=84, right=130, end=False)
    sheet.field("Quốc tịch:", "Việt Nam", x=134)
    sheet.field("Nơi cư trú:", parent.residence)


_MEN = ("KIM DONG HYUN", "LIN CHIH WEI", "SATO KENJI", "MARTIN PAUL ANDRE", "MILLER JOHN ADAM")
_WOMEN = ("KIM SOO YEON", "LIN MEI LING", "SATO HARUKA", "SOMCHAI PIMCHANOK", "MILLER ANNA GRACE")
_LANDS = {
    "KIM": ("Hàn Quốc", "M", "Số 18, đường Sejong, thành phố Daejeon, Hàn Quốc"),
    "LIN": ("Trung Quốc (Đài Loan)", "3", "Số 77, đường Zhongshan, thành phố Cao Hùng, Đài Loan"),
    "SATO": ("Nhật Bản", "TR", "2-14 Minami, quận Kita, thành phố Osaka, Nhật Bản"),
    "MARTIN": ("Pháp", "19AF", "12 rue des Tilleuls, 69003 Lyon, Cộng hòa Pháp"),
    "SOMCHAI": ("Thái Lan", "AA", "99/4 Moo 3, tỉnh Chiang Mai, Thái Lan"),
    "MILLER": ("Hoa Kỳ", "6", "418 Alder St, Portland, Oregon, Hoa Kỳ"),
}
"""Where people of these surnames are from, how their passports begin, where they live."""
_LILAC: Colour = (252, 249, 255)
_PLUM: Colour = (132, 92, 150)


def draw_marriage_f(rng: Random) -> Paper:
    """Giấy chứng nhận kết hôn, lying: every label above its value, one of the two often from abroad."""
    year = rng.randint(2016, 2026)
    sheet = FormSheet(rng, Look(13.5, 6.4, strong=Style.BOLD), left=24, right=273, width=297, height=210)
    set_frame(sheet, _PLUM, (244, 236, 250), inset=8)
    sheet.y = 22
    set_motto(sheet, 148.5, size=12.5)
    sheet.y += 13
    sheet.stack(148.5, ("GIẤY CHỨNG NHẬN KẾT HÔN",), size=22, style=Style.BOLD, pitch=7.4)
    number = f"{rng.randint(1, 240):02}/{year}"
    sheet.stack(148.5, (f"Số: {number}",), size=12.5, pitch=9)
    sheet.note("document_number", number)
    born = (year - 45, year - 20)
    people = {
        key: draw_person(rng, born=born, year=year, female=key == "wife", capitals=True) for key in ("wife", "husband")
    }
    foreign = rng.choice((None, "husband", "husband", "wife"))
    top = low = sheet.y
    for key, x0, x1 in (("wife", 24.0, 144.0), ("husband", 154.0, 273.0)):
        sheet.y = top
        if key == foreign:
            name = rng.choice(_WOMEN if key == "wife" else _MEN)
            people[key] = replace(people[key], name=name, residence=_LANDS[name.split()[0]][2])
        _set_spouse(sheet, key, people[key], (x0, x1), foreign=key == foreign)
        low = max(low, sheet.y)
    sheet.add(Rule(149, top - 4, 149, low - 5, 0.2, _PLUM))
    sheet.y = low + 1
    office, date = _draw_registry(rng, year, share=0.9 if foreign else 0.1), draw_date(rng, year, year)
    sheet.field("Nơi đăng ký kết hôn:", office.running, "issuing_agency", right=200, end=False)
    sheet.field("Ngày, tháng, năm đăng ký:", date.slashed, "issue_date", date.iso, x=207)
    _sign_couple(sheet, office, people)
    own_both(sheet, people)
    return sheet.done("marriage_certificate", _LILAC)


def _set_spouse(sheet: FormSheet, key: str, one: Person, sides: tuple[float, float], *, foreign: bool) -> None:
    x0, x1 = sides
    who = "vợ" if key == "wife" else "chồng"
    land, letters, _ = _LANDS[one.name.split()[0]] if foreign else ("Việt Nam", "", "")
    passport = f"{letters}{sheet.rng.randint(10_000_000, 99_999_999)}"
    given = draw_date(sheet.rng, 2013, 2015).slashed
    papers = f"Hộ chiếu số {passport}, cấp ngày {given}" if foreign else f"Căn cước công dân số {one.personal_id}"
    sheet.note(f"{key}_id", passport if foreign else one.personal_id)
    half = (x0 + x1) / 2
    _above(sheet, f"Họ, chữ đệm, tên {who}", one.shown, f"{key}_name", x0, x1, strong=True)
    _above(sheet, "Ngày, tháng, năm sinh", one.born.slashed, f"{key}_date_of_birth", x0, half, one.born.iso, end=False)
    _above(sheet, "Dân tộc", "" if foreign else one.ethnicity, None, half - 6, x1, end=False)
    _above(sheet, "Quốc tịch", land, None, half + 24, x1)
    _above(sheet, "Nơi cư trú", one.residence, None, x0, x1)
    _above(sheet, "Giấy tờ tùy thân", papers, None, x0, x1)


def _above(
    sheet: FormSheet,
    label: str,
    text: str,
    name: str | None,
    x: float,
    right: float,
    value: str | None = None,
    *,
    strong: bool = False,
    end: bool = True,
) -> None:
    """A small label and its value on the line below; without ``end`` the next stands beside it."""
    top = sheet.y
    sheet.text(x, label, size=10.5, style=Style.ITALIC, colour=(90, 70, 100))
    sheet.y += 5.6
    sheet.field("", text, name, value, x=x, right=right, strong=strong)
    sheet.y = sheet.y + 1.8 if end else top


def _sign_couple(sheet: FormSheet, office: Office, people: dict[str, Person]) -> None:
    sheet.y += 2
    top = sheet.y
    for x, key, who in ((58, "wife", "VỢ"), (128, "husband", "CHỒNG")):
        sheet.y = top
        sheet.stack(x, (who,), size=11.5, style=Style.BOLD, pitch=4.6)
        sheet.stack(x, ("(Ký, ghi rõ họ, chữ đệm, tên)",), size=9.5, style=Style.ITALIC, pitch=9)
        sheet.add(Signature(x, sheet.y, 26, sheet.rng.randrange(10**6)))
        sheet.y = top + 30
        sheet.text(x, people[key].name, size=11, align="centre")
    sheet.y = top
    title = "NGƯỜI KÝ GIẤY CHỨNG NHẬN KẾT HÔN"
    set_signer(sheet, office, title=title, x=226, size=11.5, deep=32)


_STATES = (
    "Chưa đăng ký kết hôn với ai.",
    (
        "Đã đăng ký kết hôn và đã ly hôn theo Quyết định số {n}/{y}/QĐST-HNGĐ ngày {d} của Tòa án; hiện tại chưa "
        "đăng ký kết hôn với ai."
    ),
    (
        "Đã đăng ký kết hôn, nhưng {spouse} đã chết (Trích lục khai tử số {n}/TLKT cấp ngày {d}); hiện tại chưa đăng "
        "ký kết hôn với ai."
    ),
    "Hiện tại đang có {spouse} là {title} {other} (Giấy chứng nhận kết hôn số {n}/{y} cấp ngày {d}).",
)
_ERRANDS = (
    "làm thủ tục vay vốn tại ngân hàng",
    "làm thủ tục chuyển nhượng quyền sử dụng đất tại tổ chức hành nghề công chứng",
    "đăng ký kết hôn tại Ủy ban nhân dân phường Lưỡng Vượng",
    "bổ sung hồ sơ xin cấp thị thực",
    "làm thủ tục mua nhà ở xã hội",
)


def draw_single_f(rng: Random) -> Paper:
    """Form of Circular 04/2020 in full: who asks for whom, the time lived at one place, then the state today."""
    year = rng.randint(2020, 2026)
    sheet = FormSheet(rng, Look(13.5, 7.6, gap=2.0), left=31, right=191, top=20)
    office, date = _draw_registry(rng, year, share=0.1), draw_date(rng, year, year)
    set_head(sheet, office, number=f"{rng.randint(1, 900):02}/GXN-UBND", date=date, left=62, right=146, size=12)
    sheet.y += 6
    sheet.stack(111, ("GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN",), size=15.5, style=Style.BOLD, pitch=11)
    person = draw_person(rng, born=(year - 60, year - 20), year=year)
    asks = person.name
    if rng.random() < 0.4:
        asks = draw_name(rng, female=rng.random() < 0.5)
    sheet.paragraph(
        f"Xét đề nghị của ông/bà {asks}, về việc cấp Giấy xác nhận tình trạng hôn nhân cho "
        f"{'bản thân' if asks == person.name else 'người có tên dưới đây'},",
        size=13.5,
        pitch=6.4,
        gap=3,
    )
    sheet.stack(111, ("XÁC NHẬN:",), size=14, style=Style.BOLD, pitch=9)
    _set_single(sheet, person, year)
    state = _draw_state(rng, person, year)
    sheet.field("Tình trạng hôn nhân:", state, "marital_status", state.removesuffix("."))
    sheet.field("Giấy này có giá trị trong thời hạn 6 tháng, kể từ ngày cấp, được sử dụng", "")
    married = "đang có" in state
    purpose = rng.choice([errand for errand in _ERRANDS if not (married and "kết hôn" in errand)])
    sheet.field("để:", f"{purpose}./.", "purpose", purpose)
    sheet.y += 5
    set_signer(sheet, office, title="NGƯỜI KÝ GIẤY XÁC NHẬN", x=148, size=13, deep=33)
    sheet.own("full_name", "personal_id")
    return sheet.done("marital_status_certificate")


def _set_single(sheet: FormSheet, person: Person, year: int) -> None:
    rng, born = sheet.rng, person.born
    sheet.field("Họ, chữ đệm, tên:", person.shown, "full_name", strong=True)
    shown = rng.choice((born.slashed, born.long.removeprefix("ngày "), f"{born.day}/{born.month}/{born.year}"))
    sheet.field("Ngày, tháng, năm sinh:", shown, "date_of_birth", born.iso, right=120, end=False)
    sheet.field("Giới tính:", person.sex, x=140)
    sheet.field("Dân tộc:", person.ethnicity, right=110, end=False)
    sheet.field("Quốc tịch:", "Việt Nam", x=140)
    given = draw_date(rng, year - 4, year - 1)
    kind = "Căn cước" if given.year > 2024 else "Căn cước công dân"
    papers = f"Thẻ {kind.lower()} số {person.personal_id}, cấp ngày {given.slashed}"
    sheet.field("Giấy tờ tùy thân:", papers)
    sheet.note("personal_id", person.personal_id)
    sheet.field("Nơi cư trú:", person.residence, "residence")
    if rng.random() < 0.6:
        since, until = draw_date(rng, year - 12, year - 7), draw_date(rng, year - 6, year - 1)
        sheet.field("Trong thời gian cư trú tại:", draw_address(rng, draw_place(rng, 2020)))
        sheet.field("từ", since.long, right=110, end=False)
        sheet.field("đến", until.long, x=112)


def _draw_state(rng: Random, person: Person, year: int) -> str:
    return rng.choice(_STATES).format(
        n=rng.randint(1, 200),
        y=year - 2,
        d=draw_date(rng, year - 2, year - 2).slashed,
        spouse="chồng" if person.female else "vợ",
        title="ông" if person.female else "bà",
        other=draw_name(rng, female=not person.female),
    )


_CAUSES = ("Suy thận mạn", "Bệnh già", "Ung thư gan giai đoạn cuối", "Tai nạn sinh hoạt", "Nhồi máu não", "Không rõ")


def draw_death_f(rng: Random) -> Paper:
    """Trích lục khai tử of 2025 from a commune that took over the book of another; place and date above the signer."""
    issued = draw_date(rng, 2025, 2026)
    if issued.year == 2025 and issued.month < 7:
        issued = replace(issued, month=issued.month + 6)
    sheet = FormSheet(rng, Look(13, 7.6, value=Style.BOLD, gap=2.2), left=30, right=190, top=24)
    office = _draw_registry(rng, 2026)
    set_head(sheet, office, left=60, right=145, size=12)
    sheet.y -= 2
    sheet.stack(110, ("TRÍCH LỤC KHAI TỬ",), size=17, style=Style.BOLD, pitch=6.6)
    copy = rng.random() < 0.5
    if copy:
        sheet.stack(110, ("(BẢN SAO)",), size=12.5, style=Style.BOLD, pitch=6.6)
    number = f"{rng.randint(1, 460)}/TLKT{'-BS' if copy else ''}"
    sheet.stack(110, (f"Số: {number}",), size=13, pitch=10)
    sheet.note("document_number", number)
    died = draw_date(rng, issued.year - 9, issued.year - 1)
    person = draw_person(rng, born=(died.year - 96, died.year - 18), year=2020, capitals=rng.random() < 0.7)
    _set_dead(sheet, person)
    _set_end(sheet, person)
    clock = f"{rng.randint(0, 23)} giờ {rng.randint(0, 59):02} phút, " if rng.random() < 0.75 else ""
    sheet.field("Đã chết vào lúc:", f"{clock}{died.long}")
    sheet.note("date_of_death", died.long, died.iso)
    sheet.field("Theo Giấy báo tử/Giấy tờ thay thế:", f"số {rng.randint(1, 140)}/GBT ngày {died.slashed}")
    sheet.field("Đăng ký khai tử tại:", f"Ủy ban nhân dân {_draw_former(rng, office.place).full} (cũ)")
    sheet.field("Số:", f"{rng.randint(1, 90)}/{died.year}", right=76, end=False)
    sheet.field("ngày đăng ký:", draw_date(rng, died.year, died.year, after=died).slashed, x=84)
    sheet.y += 5
    sheet.text(146, f"{office.place.name}, {issued.long}", size=13, style=Style.ITALIC, align="centre")
    sheet.note("issue_place", office.place.name)
    sheet.note("issue_date", issued.long, issued.iso)
    sheet.y += 6.4
    set_signer(sheet, office, title="NGƯỜI KÝ TRÍCH LỤC", x=146, deep=32)
    sheet.own("full_name", "personal_id")
    return sheet.done("death_extract")


def _draw_former(rng: Random, place: Place) -> Place:
    """A commune that was, of the same province where there is one."""
    drawn = [draw_place(rng, 2020) for _ in range(40)]
    return next((one for one in drawn if one.province == place.province), drawn[0])


def _set_dead(sheet: FormSheet, person: Person) -> None:
    rng, born = sheet.rng, person.born
    sheet.field("Họ, chữ đệm, tên:", person.shown, "full_name")
    shown, value = born.slashed, born.iso
    if born.year < 1950 and rng.random() < 0.7:
        shown = value = str(born.year)
    sheet.field("Ngày, tháng, năm sinh:", shown, "date_of_birth", value, right=120, end=False)
    sheet.field("Giới tính:", person.sex, x=136)
    sheet.field("Dân tộc:", person.ethnicity, right=110, end=False)
    sheet.field("Quốc tịch:", "Việt Nam", x=136)
    roll = rng.random()
    if roll < 0.25:
        sheet.field("Giấy tờ tùy thân:", "Không có")
    elif roll < 0.6:
        sheet.field("Giấy tờ tùy thân:", f"Giấy chứng minh nhân dân số {person.old_id}")
        sheet.note("personal_id", person.old_id)
    else:
        sheet.field("Số định danh cá nhân:", person.personal_id, "personal_id")


def _set_end(sheet: FormSheet, person: Person) -> None:
    """Where and of what, before the time: the register of this office lists it so."""
    rng = sheet.rng
    sheet.field("Nơi cư trú cuối cùng:", person.residence)
    place = "Tại nhà riêng" if rng.random() < 0.3 else draw_hospital(rng, draw_place(rng, 2020))
    sheet.field("Nơi chết:", place, "place_of_death")
    sheet.field("Nguyên nhân chết:", rng.choice(_CAUSES), "cause_of_death")
