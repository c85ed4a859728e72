"""A paper is known by its title or its layout, and a look-alike is not known at all."""

import pytest

from digitize.extraction.classification import classify
from digitize.extraction.doctypes import load_document_types
from digitize.extraction.layout import lay_out
from digitize.recognition.api import Line
from tests.digitize.extraction.pages import BIRTH, BODY, DECISION, HEAD, line, page, swap, without


def code_of(*lines: Line) -> str | None:
    found = classify(lay_out([page(*lines)]), load_document_types().values())
    return found.document_type.code if found else None


def test_a_decision_is_an_administrative_document() -> None:
    assert code_of(*DECISION) == "administrative_document"


@pytest.mark.parametrize(
    "title",
    ["GIẤY KHAI SINH", "GIAY KHAI SINH", "TRÍCH LỤC KHAI SINH", "GIẤY KHAI SINH (BẢN SAO)", "GIẤY KHAl SINH"],
)
def test_a_title_is_known_with_and_without_its_marks(title: str) -> None:
    assert code_of(*swap(BIRTH, "GIẤY KHAI SINH", line(title, 1050, 480))) == "birth_certificate"


def test_a_title_may_stand_on_two_lines() -> None:
    title = (line("TRÍCH LỤC KHAI SINH", 1000, 480), line("(BẢN SAO)", 1130, 540))
    assert code_of(*swap(BIRTH, "GIẤY KHAI SINH", *title)) == "birth_certificate"


@pytest.mark.parametrize(
    "title",
    ["TỜ KHAI ĐĂNG KÝ KHAI SINH", "GIẤY CHỨNG SINH", "TRÍCH LỤC GHI CHÚ LY HÔN", "TỜ KHAI ĐĂNG KÝ KHAI TỬ"],
)
def test_a_look_alike_is_no_birth_certificate(title: str) -> None:
    assert code_of(*swap(BIRTH, "GIẤY KHAI SINH", line(title, 950, 480))) != "birth_certificate"


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        (["GIẤY CHỨNG NHẬN", "QUYỀN SỬ DỤNG ĐẤT"], "land_use_certificate"),
        (["GIẤY CHỨNG NHẬN", "QUYỀN SỬ DỤNG ĐẤT, QUYỀN SỞ HỮU TÀI SẢN", "GẮN LIỀN VỚI ĐẤT"], "land_use_certificate"),
        (["HỢP ĐỒNG CHUYỂN NHƯỢNG", "QUYỀN SỬ DỤNG ĐẤT"], None),
        (["HỢP ĐỒNG TẶNG CHO QUYỀN SỬ DỤNG ĐẤT"], None),
        (["ĐƠN ĐĂNG KÝ, CẤP GIẤY CHỨNG NHẬN", "QUYỀN SỬ DỤNG ĐẤT"], "application_form"),
        (["ĐƠN ĐĂNG KÝ", "GIẤY CHỨNG NHẬN QUYỀN SỬ DỤNG ĐẤT"], "application_form"),
        (["GIẤY ĐỀ NGHỊ ĐĂNG KÝ HỘ KINH DOANH"], "application_form"),
        (["TỜ KHAI", "Cấp bản sao trích lục hộ tịch"], "application_form"),
        (["ĐƠN XIN NGHỈ PHÉP NĂM"], "application_form"),
        (["GIẤY CHỨNG NHẬN ĐĂNG KÝ DOANH NGHIỆP", "CÔNG TY CỔ PHẦN"], "enterprise_registration"),
        (["GIẤY CHỨNG NHẬN", "ĐĂNG KÝ KINH DOANH"], "enterprise_registration"),
        (["GIẤY CHỨNG NHẬN ĐĂNG KÝ HỘ KINH DOANH"], "household_business_registration"),
        (["GIẤY CHỨNG NHẬN ĐĂNG KÝ KINH DOANH", "HỘ KINH DOANH CÁ THỂ"], "household_business_registration"),
        (["GIẤY CHỨNG NHẬN ĐĂNG KÝ THUẾ"], None),
        (["GIẤY CHỨNG NHẬN ĐĂNG KÝ XE Ô TÔ"], None),
        (["BẰNG TỐT NGHIỆP TRUNG HỌC PHỔ THÔNG"], "diploma"),
        (["BẰNG KỸ SƯ"], "diploma"),
        (["BẰNG TỐT NGHIỆP", "CAO ĐẲNG NGHỀ"], "diploma"),
        (["GIẤY CHỨNG NHẬN TỐT NGHIỆP TẠM THỜI"], None),
        (["BẢNG ĐIỂM TỐT NGHIỆP"], None),
    ],
)  # fmt: skip
def test_a_title_says_what_a_paper_is(lines: list[str], code: str | None) -> None:
    motto = (line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 740, 260), line("Độc lập - Tự do - Hạnh phúc", 860, 330))
    printed = [line(text, 1240 - 14 * len(text), 480 + 70 * row) for row, text in enumerate(lines)]
    assert (
        code_of(*motto, *printed, line("Họ và tên: Trần Thị Hoa, sinh năm 1980, thường trú tại xã Suối Mưa", 350, 760))
        == code
    )


def test_a_title_in_running_text_is_no_title() -> None:
    assert code_of(line("Bản chính giấy khai sinh của con", 400, 500), *BODY) is None


def test_a_letter_has_no_printed_kind() -> None:
    letter = (
        *HEAD,
        line("V/v sửa chữa cầu treo", 350, 500),
        line("Kính gửi: Sở Xây dựng", 900, 620),
        *BODY,
    )
    assert code_of(*letter) == "administrative_document"


def test_a_kind_without_the_layout_around_it_is_unknown() -> None:
    assert code_of(line("THÔNG BÁO", 1110, 560), *BODY) is None


def test_a_head_without_kind_is_unknown() -> None:
    assert code_of(*HEAD, *BODY) is None


def test_a_certificate_of_marital_status_is_not_taken_for_a_letter() -> None:
    lines = (*HEAD, line("GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN", 800, 560), line("Kính gửi: Ông A", 500, 640))
    assert code_of(*lines) == "marital_status_certificate"


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("TRÍCH LỤC KHAI TỬ", "death_extract"),
        ("GIẤY CHỨNG TỬ", "death_extract"),
        ("GIẤY CHỨNG NHẬN KẾT HÔN", "marriage_certificate"),
        ("TRÍCH LỤC KẾT HÔN (BẢN SAO)", "marriage_certificate"),
        ("GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN", "marital_status_certificate"),
        ("CĂN CƯỚC CÔNG DÂN", "citizen_card"),
        ("CĂN CƯỚC", "citizen_card"),
        ("GIẤY PHÉP LÁI XEIDRIVER'S LICENSE", "driving_licence"),
    ],
)
def test_papers_of_like_titles_are_told_apart(title: str, code: str) -> None:
    assert code_of(line(title, 900, 480), *BODY) == code


@pytest.mark.parametrize(
    "titles",
    [
        ("TỜ KHAI", "CẤP GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN"),
        ("ĐƠN ĐỀ NGHỊ ĐỔI GIẤY PHÉP LÁI XE",),
        ("GIẤY CHỨNG MINH NHÂN DÂN",),
    ],
)
def test_what_asks_for_a_paper_is_not_that_paper(titles: tuple[str, ...]) -> None:
    lines = [line(title, 900 - 10 * len(title), 480 + 60 * number) for number, title in enumerate(titles)]
    assert code_of(*lines, *BODY) not in {"marital_status_certificate", "driving_licence", "citizen_card"}


def test_labels_stand_in_for_a_title_that_was_lost() -> None:
    front = (
        line("Họ và tên / Full name: TRẦN THỊ HOA", 300, 600),
        line("Quốc tịch / Nationality: Việt Nam", 300, 680),
        line("Quê quán / Place of origin: Suối Mưa, Hòa Sơn", 300, 760),
        line("Có giá trị đến: 02/03/2039", 300, 840),
    )
    assert code_of(*front) == "citizen_card"
    assert code_of(*front[:1]) is None


def test_an_empty_page_is_unknown() -> None:
    assert code_of() is None


def test_a_receipt_is_unknown() -> None:
    receipt = without(DECISION, "CỘNG HÒA", "Độc lập", "Số:", "QUYẾT ĐỊNH")
    assert code_of(*receipt) is None
