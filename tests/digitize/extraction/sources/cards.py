"""A citizen's card as recognized, with its code and its machine-readable zone, and a type that reads it."""

from digitize.config import Extraction
from digitize.extraction.engine import extract
from digitize.extraction.schema import DocumentType
from digitize.extraction.sources.api import Witness
from digitize.extraction.sources.mrz import check_digit
from digitize.model import FieldRecord
from digitize.recognition.api import Code, Line, RecognizedPage
from tests.digitize.extraction.pages import HEIGHT, WIDTH, Look, line

NUMBER, OLD, BORN, ISSUED, EXPIRES = "001199990001", "012345678", "1999-02-01", "2021-05-10", "2039-02-01"
NAME, RESIDENCE = "Nguyễn Thị Ỷ Lan", "Thôn Hạ, Suối Mưa, Hòa Sơn"
CODE_TEXT = f"{NUMBER}|{OLD}|{NAME}|01021999|Nữ|{RESIDENCE}|10052021"
CODE_BOX = (0.7, 0.1, 0.8, 0.2)


def _field(name: str, label: str, **more: object) -> dict[str, object]:
    return {"name": name, "strategies": ["label"], "labels": [label], **more}


CARD_TYPE = DocumentType.model_validate(
    {
        "code": "citizen_card",
        "name_vi": "Thẻ căn cước",
        "name_en": "Citizen's card",
        "match": {"titles": ["CĂN CƯỚC CÔNG DÂN"]},
        "second_sources": ["citizen_qr", "mrz"],
        "fields": [
            _field("personal_id", "Số", normaliser="personal_id", checks=["valid_personal_id:date_of_birth:sex"]),
            _field("full_name", "Họ và tên", normaliser="name", checks=["person_name"]),
            _field("date_of_birth", "Ngày sinh", normaliser="date", checks=["matches_personal_id:personal_id"]),
            _field("sex", "Giới tính", normaliser="sex"),
            _field("residence", "Nơi thường trú"),
            _field("expiry_date", "Có giá trị đến", normaliser="date"),
            _field("issue_date", "Ngày cấp", normaliser="date"),
            _field("old_id", "Số cũ", normaliser="personal_id"),
        ],
    }
)
FAINT = Look(0.45)
"""Read so unsurely that nothing is accepted without a second source."""
FRONT = {
    "title": "CĂN CƯỚC CÔNG DÂN",
    "personal_id": f"Số: {NUMBER}",
    "full_name": f"Họ và tên: {NAME.upper()}",
    "date_of_birth": "Ngày sinh: 01/02/1999",
    "sex": "Giới tính: Nữ",
    "residence": f"Nơi thường trú: {RESIDENCE}",
    "expiry_date": "Có giá trị đến: 01/02/2039",
}


def zone(number: str = NUMBER, born: str = "990201", sex: str = "F", expires: str = "390201") -> list[str]:
    first = f"IDVNM{number[3:]}{check_digit(number[3:])}{number}<<{check_digit(number)}"
    second = f"{born}{check_digit(born)}{sex}{expires}{check_digit(expires)}VNM<<<<<<<<<<<"
    return [first, second + str(check_digit(first[5:] + second[:7] + second[8:15])), "NGUYEN<<THI<Y<LAN<<<<<<<<<<<<<"]


def card(
    *codes: str, mrz: list[str] | None = None, look: Look = FAINT, **printed: str | None
) -> tuple[RecognizedPage, ...]:
    """Front with the codes' texts, and the back where ``mrz`` is given; ``printed`` replaces or drops lines."""
    texts = [text for text in (FRONT | printed).values() if text is not None]
    lines = tuple(line(text, 300, 300 + 100 * row, look) for row, text in enumerate(texts))
    drawn = tuple(Code(text, "qr", CODE_BOX) for text in codes)
    front = RecognizedPage(1, WIDTH, HEIGHT, 300, lines, codes=drawn)
    return (front, back(mrz)) if mrz is not None else (front,)


def back(mrz: list[str]) -> RecognizedPage:
    lines: tuple[Line, ...] = tuple(line(text, 300, 2000 + 80 * row) for row, text in enumerate(mrz))
    return RecognizedPage(2, WIDTH, HEIGHT, 300, lines)


def read(pages: tuple[RecognizedPage, ...], *witnesses: Witness) -> dict[str, FieldRecord]:
    return extract(pages, {"citizen_card": CARD_TYPE}, Extraction(), witnesses).fields
