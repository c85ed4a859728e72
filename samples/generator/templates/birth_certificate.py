"""Birth certificates (giấy khai sinh) and extracts of the birth register (trích lục khai sinh)."""

from dataclasses import dataclass

from samples.generator.fonts import Style, measure_mm
from samples.generator.paper import Page, Paper, Rule, Seal, Signature, Waves
from samples.generator.sheet import Sheet
from samples.generator.templates.administrative import MOTTO
from samples.generator.words import Date

_TINT = (255, 249, 244)
_WAVE = (252, 239, 231)
_FRAME = (176, 96, 84)
_SIZE = 13.5
_PITCH = 8.0


@dataclass(frozen=True, slots=True)
class Parent:
    name: str
    birth_year: int
    ethnicity: str
    residence: str


@dataclass(frozen=True, slots=True)
class Child:
    name: str
    born: Date
    female: bool
    ethnicity: str
    place_of_birth: str
    hometown: str
    personal_id: str | None
    """None on papers from before 2016, when children had no number yet."""
    mother: Parent
    father: Parent


@dataclass(frozen=True, slots=True)
class Registration:
    """What the office adds; ``agency`` as it is printed behind ``Nơi đăng ký``."""

    number: str
    agency: str
    date: Date
    position: tuple[str, ...]
    signer: str
    seal_ring: str
    seal_core: tuple[str, ...]
    declarant: str
    declarant_paper: str
    seed: int


@dataclass(frozen=True, slots=True)
class Extract:
    """Head of an extract: who issues it, when, under which number."""

    agency: tuple[str, ...]
    number: str
    place: str
    date: Date
    position: tuple[str, ...]
    signer: str


def compose_certificate(child: Child, registration: Registration) -> Paper:
    """The original in the form of Circulars 15/2015 and 04/2020 of the Ministry of Justice."""
    sheet = _open_form()
    sheet.y = 33.0
    _set_motto(sheet, 108.0)
    sheet.y = 58.0
    sheet.stack(108.0, ("GIẤY KHAI SINH",), size=22, style=Style.BOLD, pitch=7.0)
    sheet.stack(108.0, (f"Số: {registration.number}",), size=13, pitch=12.0)
    _set_child(sheet, child)
    _set_parent(sheet, "Họ, chữ đệm, tên người mẹ:", child.mother)
    _set_parent(sheet, "Họ, chữ đệm, tên người cha:", child.father)
    _field(sheet, "Họ, chữ đệm, tên người đi khai sinh:", registration.declarant)
    _field(sheet, "Giấy tờ tùy thân:", registration.declarant_paper)
    _field(sheet, "Nơi đăng ký khai sinh:", registration.agency)
    _field(sheet, "Ngày, tháng, năm đăng ký:", registration.date.slashed)
    sheet.y += 3.0
    _set_signer(sheet, "NGƯỜI KÝ GIẤY KHAI SINH", registration.position, registration.signer, registration)
    fields = _child_truth(child) | {
        "document_number": registration.number,
        "issue_date": registration.date.iso,
        "issuing_agency": registration.agency,
        "signer_name": registration.signer,
        "signer_position": " ".join(registration.position),
    }
    return Paper((sheet.finish(_TINT),), "birth_certificate", fields)


def compose_extract(child: Child, registration: Registration, extract: Extract) -> Paper:
    """Trích lục khai sinh (bản sao), from the register, on plain paper."""
    sheet = Sheet(left=28.0, right=192.0, top=26.0)
    sheet.stack(62.0, extract.agency, size=12.5, style=Style.BOLD, pitch=5.4)
    half = measure_mm(extract.agency[-1], Style.BOLD, 12.5) / 4
    sheet.rule(62.0 - half, 62.0 + half, dy=-3.2)
    sheet.y += 3.6
    sheet.text(62.0, f"Số: {extract.number}", size=13, align="centre")
    number_y = sheet.y
    sheet.y = 26.0
    _set_motto(sheet, 145.0)
    sheet.y = number_y
    dated = f"{extract.place}, {extract.date.long}"
    sheet.text(145.0, dated, size=13, style=Style.ITALIC, align="centre")
    sheet.y += 17.0
    sheet.stack(110.0, ("TRÍCH LỤC KHAI SINH", "(BẢN SAO)"), size=16, style=Style.BOLD, pitch=7.4)
    sheet.y += 6.0
    _set_child(sheet, child)
    _set_parent(sheet, "Họ, chữ đệm, tên người mẹ:", child.mother)
    _set_parent(sheet, "Họ, chữ đệm, tên người cha:", child.father)
    _field(sheet, "Nơi đăng ký khai sinh:", registration.agency)
    x = _field(sheet, "Số:", registration.number, end=False)
    _field(sheet, "Ngày, tháng, năm đăng ký:", registration.date.slashed, x=x + 12.0)
    sheet.y += 4.0
    _set_signer(sheet, "NGƯỜI KÝ TRÍCH LỤC", extract.position, extract.signer, registration)
    fields = _child_truth(child) | {
        "document_number": extract.number,
        "issue_date": extract.date.iso,
        "issue_place": extract.place,
        "issuing_agency": " ".join(extract.agency),
        "signer_name": extract.signer,
        "signer_position": " ".join(extract.position),
    }
    return Paper((sheet.finish(),), "birth_certificate", fields)


def compose_old_certificate(child: Child, registration: Registration, district: str, province: str) -> Paper:
    """The original in the wording used until 2015 (series TP/HT): other labels, father first, no number."""
    sheet = _open_form()
    sheet.y = 33.0
    for label, value in (("Tỉnh:", province), ("Huyện:", district), ("Xã:", registration.seal_core[-1].title())):
        end = sheet.text(30.0, label, size=12)
        sheet.text(end + 2.0, value, size=12)
        sheet.y += 5.6
    sheet.y = 33.0
    _set_motto(sheet, 140.0)
    sheet.y = 56.0
    sheet.text(150.0, f"Số: {registration.number}", size=12.5)
    sheet.y += 5.6
    sheet.text(150.0, f"Quyển số: 01/{registration.date.year}", size=12.5)
    sheet.y = 72.0
    sheet.stack(108.0, ("GIẤY KHAI SINH",), size=22, style=Style.BOLD, pitch=13.0)
    x = _field(sheet, "Họ và tên:", child.name, bold=True, end=False)
    _field(sheet, "Giới tính:", _sex(child), x=max(x + 10.0, 140.0))
    _field(sheet, "Ngày, tháng, năm sinh:", child.born.slashed)
    _field(sheet, "(Bằng chữ:", f"{child.born.words})")
    _field(sheet, "Nơi sinh:", child.place_of_birth)
    x = _field(sheet, "Dân tộc:", child.ethnicity, end=False)
    _field(sheet, "Quốc tịch:", "Việt Nam", x=max(x + 10.0, 110.0))
    _field(sheet, "Quê quán:", child.hometown)
    for title, parent in (("cha", child.father), ("mẹ", child.mother)):
        _field(sheet, f"Họ và tên {title}:", parent.name, bold=True)
        x = _field(sheet, "Dân tộc:", parent.ethnicity, end=False)
        x = _field(sheet, "Quốc tịch:", "Việt Nam", x=x + 10.0, end=False)
        _field(sheet, "Năm sinh:", str(parent.birth_year), x=x + 10.0)
        _field(sheet, "Nơi thường trú/tạm trú:", parent.residence)
    _field(sheet, "Nơi đăng ký:", registration.agency)
    _field(sheet, "Ngày, tháng, năm đăng ký:", registration.date.slashed)
    sheet.y += 5.0
    _set_signer(sheet, "NGƯỜI KÝ GIẤY KHAI SINH", registration.position, registration.signer, registration)
    fields = _child_truth(child) | {
        "document_number": registration.number,
        "issue_date": registration.date.iso,
        "issuing_agency": registration.agency,
        "signer_name": registration.signer,
        "signer_position": " ".join(registration.position),
    }
    return Paper((sheet.finish(_TINT),), "birth_certificate", fields)


def blank_back() -> Page:
    """The printed notes on the back of the form, of which a thin sheet lets some through."""
    sheet = Sheet(left=34.0, right=182.0, top=60.0)
    sheet.stack(108.0, ("GHI CHÚ",), size=14, style=Style.BOLD, pitch=10.0)
    for _ in range(6):
        sheet.paragraph(
            "Những thay đổi về hộ tịch sau khi đăng ký được ghi vào phần này, có chữ ký và dấu của cơ quan "
            "đăng ký hộ tịch có thẩm quyền.",
            size=13,
            gap=5.0,
        )
    return sheet.finish()


def _child_truth(child: Child) -> dict[str, str]:
    fields = {
        "full_name": child.name,
        "owner_name": child.name,
        "date_of_birth": child.born.iso,
        "date_of_birth_words": child.born.words,
        "sex": "female" if child.female else "male",
        "ethnicity": child.ethnicity,
        "nationality": "Việt Nam",
        "place_of_birth": child.place_of_birth,
        "hometown": child.hometown,
        "mother_name": child.mother.name,
        "mother_birth_year": str(child.mother.birth_year),
        "father_name": child.father.name,
        "father_birth_year": str(child.father.birth_year),
    }
    if child.personal_id is not None:
        fields |= {"personal_id": child.personal_id, "owner_id": child.personal_id}
    return fields


def _open_form() -> Sheet:
    sheet = Sheet(left=30.0, right=188.0)
    sheet.add(Waves(16.0, 20.0, 198.0, 281.0, 3.2, _WAVE))
    for inset, width in ((12.0, 1.1), (14.2, 0.3)):
        x1, y1, half = 210.0 - inset, 297.0 - inset, width / 2
        for y in (inset, y1):
            sheet.add(Rule(inset - half, y, x1 + half, y, width, _FRAME))
        for x in (inset, x1):
            sheet.add(Rule(x, inset, x, y1, width, _FRAME))
    return sheet


def _set_motto(sheet: Sheet, x: float) -> None:
    sheet.text(x, MOTTO[0], size=12.5, style=Style.BOLD, align="centre")
    sheet.y += 5.6
    sheet.text(x, MOTTO[1], size=13, style=Style.BOLD, align="centre")
    half = measure_mm(MOTTO[1], Style.BOLD, 13) / 2
    sheet.rule(x - half, x + half, dy=1.8)


def _set_child(sheet: Sheet, child: Child) -> None:
    _field(sheet, "Họ, chữ đệm, tên:", child.name, bold=True)
    _field(sheet, "Ngày, tháng, năm sinh:", child.born.slashed)
    _field(sheet, "Ghi bằng chữ:", child.born.words)
    x = _field(sheet, "Giới tính:", _sex(child), end=False)
    x = _field(sheet, "Dân tộc:", child.ethnicity, x=x + 16.0, end=False)
    _field(sheet, "Quốc tịch:", "Việt Nam", x=x + 16.0)
    _field(sheet, "Nơi sinh:", child.place_of_birth)
    _field(sheet, "Quê quán:", child.hometown)
    if child.personal_id is not None:
        _field(sheet, "Số định danh cá nhân:", child.personal_id)


def _set_parent(sheet: Sheet, label: str, parent: Parent) -> None:
    _field(sheet, label, parent.name, bold=True)
    x = _field(sheet, "Năm sinh:", str(parent.birth_year), end=False)
    x = _field(sheet, "Dân tộc:", parent.ethnicity, x=x + 16.0, end=False)
    _field(sheet, "Quốc tịch:", "Việt Nam", x=x + 16.0)
    _field(sheet, "Nơi cư trú:", parent.residence)


def _field(
    sheet: Sheet, label: str, value: str, *, x: float | None = None, bold: bool = False, end: bool = True
) -> float:
    """Label and value on one line; the x where the value ends. ``end`` moves on to the next line."""
    after = sheet.text(sheet.left if x is None else x, label, size=_SIZE)
    after = sheet.text(after + 2.2, value, size=_SIZE, style=Style.BOLD if bold else Style.REGULAR)
    if after > sheet.right:
        raise ValueError(f"'{label} {value}' runs over the margin")
    if end:
        sheet.y += _PITCH
    return after


def _sex(child: Child) -> str:
    return "Nữ" if child.female else "Nam"


def _set_signer(sheet: Sheet, title: str, position: tuple[str, ...], signer: str, registration: Registration) -> None:
    x = 146.0
    sheet.stack(x, (title,), size=13, style=Style.BOLD, pitch=6.0)
    sheet.stack(x, position, size=13, style=Style.BOLD, pitch=6.0)
    sheet.y += 35.0
    sheet.text(x, signer, size=13.5, style=Style.BOLD, align="centre")
    ink = sheet.y - 20.5
    sheet.add(
        Signature(x + 4, ink, 34.0, registration.seed),
        Seal(x - 18, ink - 1.0, 34.0, registration.seal_ring, registration.seal_core, turn=-4.0),
    )
