"""Certificates and applications in the forms of several years, typed as they are printed."""

import pytest

from digitize.config import Extraction
from digitize.extraction.api import Extracted
from digitize.extraction.doctypes import load_document_types
from digitize.extraction.engine import extract
from digitize.recognition.api import Line
from tests.digitize.extraction.pages import line, page, swap

MOTTO = (line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 740, 260), line("Độc lập - Tự do - Hạnh phúc", 860, 330))
ENTERPRISE = (
    line("SỞ KẾ HOẠCH VÀ ĐẦU TƯ | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 250, 260),
    line("TỈNH HÒA SƠN | | Độc lập - Tự do - Hạnh phúc", 380, 330),
    line("PHÒNG ĐĂNG KÝ KINH DOANH", 250, 400),
    line("GIẤY CHỨNG NHẬN ĐĂNG KÝ DOANH NGHIỆP", 700, 560),
    line("CÔNG TY TRÁCH NHIỆM HỮU HẠN HAI THÀNH VIÊN TRỞ LÊN", 560, 640),
    line("Mã số doanh nghiệp: 0100109106", 880, 720),
    line("Đăng ký lần đầu: ngày 12 tháng 5 năm 2014", 800, 790),
    line("Đăng ký thay đổi lần thứ 2, ngày 20 tháng 11 năm 2019", 720, 860),
    line("1. Tên công ty", 350, 940),
    line("Tên công ty viết bằng tiếng Việt: CÔNG TY TNHH SUỐI MƯA XANH", 350, 1020),
    line("Tên công ty viết bằng tiếng nước ngoài: SUOI MUA GREEN COMPANY LIMITED", 350, 1100),
    line("2. Địa chỉ trụ sở chính", 350, 1180),
    line("Số 15, đường Bản Hạ, phường Đồi Thông, thành phố Hòa Sơn, tỉnh Hòa Bình, Việt Nam", 350, 1260),
    line("Điện thoại: 02183 888 999 Fax:", 350, 1340),
    line("3. Vốn điều lệ: 2.500.000.000 đồng", 350, 1420),
    line("Bằng chữ: Hai tỷ năm trăm triệu đồng", 350, 1500),
    line("4. Danh sách thành viên góp vốn", 350, 1580),
    line("5. Người đại diện theo pháp luật của công ty", 350, 1660),
    line("* Họ và tên: HOÀNG THỊ HÀ Giới tính: Nữ", 350, 1740),
    line("Chức danh: Giám đốc", 350, 1820),
    line("TRƯỞNG PHÒNG", 1600, 2000),
    line("Bế Văn Toản", 1620, 2300),
)
HOUSEHOLD = (
    line("ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 250, 260),
    line("HUYỆN MÂY NGÀN | | Độc lập - Tự do - Hạnh phúc", 250, 330),
    line("PHÒNG TÀI CHÍNH - KẾ HOẠCH", 230, 400),
    line("GIẤY CHỨNG NHẬN ĐĂNG KÝ HỘ KINH DOANH", 700, 560),
    line("Số: 60A8322849", 1050, 640),
    line("Đăng ký lần đầu, ngày 15 tháng 11 năm 2019", 800, 720),
    line("1. Tên hộ kinh doanh: HỘ KINH DOANH BẾ VĂN TOẢN", 350, 820),
    line("2. Địa điểm kinh doanh: Thôn Nà Lọm, xã Suối Mưa, huyện Mây Ngàn, tỉnh Hòa Bình", 350, 900),
    line("Điện thoại: 0912345678", 350, 980),
    line("3. Ngành, nghề kinh doanh: Bán lẻ hàng tạp hóa", 350, 1060),
    line("4. Vốn kinh doanh: 50.000.000 đồng (Năm mươi triệu đồng)", 350, 1140),
    line("5. Họ và tên đại diện hộ kinh doanh: BẾ VĂN TOẢN Giới tính: Nam", 350, 1220),
    line("Sinh ngày: 01/02/1980 Dân tộc: Tày Quốc tịch: Việt Nam", 350, 1300),
    line("Chứng minh nhân dân số: 012345678 Ngày cấp: 03/04/2010", 350, 1380),
    line("TRƯỞNG PHÒNG", 1600, 1600),
    line("Hoàng Thị Hà", 1620, 1900),
)
LAND = (
    *MOTTO,
    line("GIẤY CHỨNG NHẬN", 1000, 560),
    line("QUYỀN SỬ DỤNG ĐẤT", 980, 640),
    line("QUYỀN SỞ HỮU NHÀ Ở VÀ TÀI SẢN KHÁC GẮN LIỀN VỚI ĐẤT", 640, 720),
    line("I. Người sử dụng đất, chủ sở hữu nhà ở và tài sản khác gắn liền với đất", 350, 860),
    line("Ông: Trần Văn Thạch", 350, 940),
    line("Năm sinh: 1960, CMND số: 012345678, địa chỉ thường trú: Xã Bến Lau, tỉnh Hòa Bình", 350, 1020),
    line("BA 123456", 1900, 3300),
)
PARCEL = (
    line("II. Thửa đất, nhà ở và tài sản khác gắn liền với đất", 350, 300),
    line("1. Thửa đất:", 350, 380),
    line("a) Thửa đất số: 57, tờ bản đồ số: 12,", 350, 460),
    line("b) Địa chỉ: Thôn Nà Lọm, xã Suối Mưa, huyện Mây Ngàn, tỉnh Hòa Bình,", 350, 540),
    line("c) Diện tích: 1.250,5 m², (bằng chữ: Một nghìn hai trăm năm mươi phẩy năm mét vuông),", 350, 620),
    line("d) Hình thức sử dụng: riêng: 1.250,5 m², chung: không m²,", 350, 700),
    line("đ) Mục đích sử dụng: Đất trồng cây lâu năm,", 350, 780),
    line("e) Thời hạn sử dụng: Đến ngày 15/10/2043,", 350, 860),
    line("g) Nguồn gốc sử dụng: Nhà nước giao đất không thu tiền sử dụng đất", 350, 940),
    line("Mây Ngàn, ngày 15 tháng 10 năm 2013", 1300, 1200),
    line("TM. ỦY BAN NHÂN DÂN HUYỆN MÂY NGÀN", 1200, 1280),
    line("KT. CHỦ TỊCH", 1500, 1350),
    line("PHÓ CHỦ TỊCH", 1490, 1420),
    line("Hoàng Thị Hà", 1500, 1720),
    line("Số vào sổ cấp GCN: CH 00321", 350, 1900),
)
SCHOOL = (
    *MOTTO,
    line("GIÁM ĐỐC SỞ GIÁO DỤC VÀ ĐÀO TẠO HÒA BÌNH", 760, 450),
    line("Cấp", 1210, 520),
    line("BẰNG TỐT NGHIỆP TRUNG HỌC PHỔ THÔNG", 780, 620),
    line("Cho: Trần Thị Hoa", 500, 740),
    line("Ngày sinh: 07/3/1996 Nơi sinh: Tỉnh Hòa Bình", 500, 820),
    line("Giới tính: Nữ Dân tộc: Tày", 500, 900),
    line("Học sinh Trường: THPT Mây Ngàn", 500, 980),
    line("Khóa thi: 02/6/2014 Hội đồng thi: THPT Mây Ngàn", 500, 1060),
    line("Xếp loại tốt nghiệp: Trung bình", 500, 1140),
    line("Hình thức đào tạo: Chính quy", 500, 1220),
    line("Hòa Bình, ngày 10 tháng 7 năm 2014", 1300, 1340),
    line("GIÁM ĐỐC", 1600, 1410),
    line("Bế Văn Toản", 1590, 1700),
    line("Số hiệu: A 01234567", 300, 1560),
    line("Số vào sổ cấp bằng: 321/2014", 300, 1630),
)
UNIVERSITY = (
    line("SOCIALIST REPUBLIC OF VIETNAM | | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 150, 260),
    line("Independence - Freedom - Happiness | | | Độc lập - Tự do - Hạnh phúc", 180, 330),
    line("HIỆU TRƯỞNG", 1760, 450),
    line("TRƯỜNG ĐẠI HỌC SUỐI MƯA", 1600, 520),
    line("cấp", 1880, 590),
    line("THE DEGREE OF BACHELOR | | | | BẰNG CỬ NHÂN", 250, 680),
    line("Accounting | | | | | | KẾ TOÁN", 450, 760),
    line("Upon: Mr. Tran Van Thach | | | Cho: Ông Trần Văn Thạch", 150, 850),
    line("Date of birth: 1 February 1990 | | Ngày sinh: 01/02/1990", 150, 930),
    line("Year of graduation: 2012 | | | Năm tốt nghiệp: 2012", 150, 1010),
    line("Degree classification: Very good | | Xếp loại tốt nghiệp: Giỏi", 150, 1090),
    line("Hòa Bình, ngày 30 tháng 6 năm 2012", 1550, 1250),
    line("HIỆU TRƯỞNG", 1760, 1320),
    line("Hoàng Thị Hà", 1760, 1620),
    line("Reg. No: 123/2012/CN | | | Số hiệu: 654321", 150, 1720),
    line("Số vào sổ cấp bằng: 123/2012/CN", 1500, 1790),
)
DECLARATION = (
    *MOTTO,
    line("TỜ KHAI ĐĂNG KÝ KHAI SINH", 900, 480),
    line("Kính gửi: Ủy ban nhân dân xã Suối Mưa, tỉnh Hòa Bình", 600, 580),
    line("Họ, chữ đệm, tên người yêu cầu: TRẦN VĂN THẠCH", 350, 680),
    line("Nơi cư trú: Thôn Nà Lọm, xã Suối Mưa, tỉnh Hòa Bình", 350, 760),
    line("Giấy tờ tùy thân: CCCD số 017087990263, cấp ngày 01/02/2022", 350, 840),
    line("Quan hệ với người được khai sinh: Cha đẻ", 350, 920),
    line("Đề nghị cơ quan đăng ký khai sinh cho người dưới đây:", 350, 1000),
    line("Họ, chữ đệm, tên: TRẦN THỊ HOA", 350, 1080),
    line("Ngày, tháng, năm sinh: 07/3/2019", 350, 1160),
    line("Nơi cư trú: Xã Bến Lau", 350, 1240),
    line("Suối Mưa, ngày 12 tháng 3 năm 2019", 1300, 1400),
    line("Người yêu cầu", 1500, 1470),
    line("Trần Văn Thạch", 1480, 1750),
)


def read(*pages: tuple[Line, ...]) -> Extracted:
    recognized = [page(*lines, number=number) for number, lines in enumerate(pages, 1)]
    return extract(recognized, load_document_types(), Extraction())


def values(*pages: tuple[Line, ...]) -> dict[str, object]:
    return {name: field.value for name, field in read(*pages).fields.items()}


def test_an_enterprise_is_read() -> None:
    assert values(ENTERPRISE) == {
        "enterprise_code": "0100109106",
        "document_number": "0100109106",
        "first_registered": "2014-05-12",
        "issue_date": "2019-11-20",
        "enterprise_name": "CÔNG TY TNHH SUỐI MƯA XANH",
        "head_office": "Số 15, đường Bản Hạ, phường Đồi Thông, thành phố Hòa Sơn, tỉnh Hòa Bình, Việt Nam",
        "charter_capital": "2500000000",
        "legal_representative": "HOÀNG THỊ HÀ",
        "issuing_agency": "PHÒNG ĐĂNG KÝ KINH DOANH",
        "signer_position": "TRƯỞNG PHÒNG",
        "signer_name": "Bế Văn Toản",
        "owner_id": "0100109106",
        "owner_name": "CÔNG TY TNHH SUỐI MƯA XANH",
    }


def test_a_later_registration_that_was_not_read_is_doubted() -> None:
    lost = swap(ENTERPRISE, "lần thứ 2", line("Đăng kỹ thay đổi lần thứ 2. ngay 2O thang ll", 720, 860))
    date = read(lost).fields["issue_date"]
    assert (date.value, date.state) == ("2014-05-12", "review")
    assert "doubt:incomplete" in date.checks


def test_capital_in_words_must_agree() -> None:
    assert "money_in_words" in read(ENTERPRISE).fields["charter_capital"].checks
    wrong = swap(ENTERPRISE, "Bằng chữ", line("Bằng chữ: Hai tỷ sáu trăm triệu đồng", 350, 1500))
    assert "failed:money_in_words" in read(wrong).fields["charter_capital"].checks
    cut = swap(ENTERPRISE, "Bằng chữ", line("Bằng chữ: Hai tỷ", 350, 1500))
    assert not {"money_in_words", "failed:money_in_words"} & set(read(cut).fields["charter_capital"].checks)


def test_a_household_business_is_read() -> None:
    assert values(HOUSEHOLD) == {
        "household_business_code": "60A8322849",
        "document_number": "60A8322849",
        "issue_date": "2019-11-15",
        "business_name": "HỘ KINH DOANH BẾ VĂN TOẢN",
        "business_address": "Thôn Nà Lọm, xã Suối Mưa, huyện Mây Ngàn, tỉnh Hòa Bình",
        "capital": "50000000",
        "full_name": "BẾ VĂN TOẢN",
        "personal_id": "012345678",
        "issuing_agency": "PHÒNG TÀI CHÍNH - KẾ HOẠCH",
        "signer_position": "TRƯỞNG PHÒNG",
        "signer_name": "Hoàng Thị Hà",
        "owner_id": "60A8322849",
        "owner_name": "HỘ KINH DOANH BẾ VĂN TOẢN",
    }


def test_a_land_certificate_is_read_over_two_pages() -> None:
    assert values(LAND, PARCEL) == {
        "owner_name": "Trần Văn Thạch",
        "owner_id": "012345678",
        "serial_number": "BA 123456",
        "register_number": "CH 00321",
        "parcel_number": "57",
        "map_sheet": "12",
        "address": "Thôn Nà Lọm, xã Suối Mưa, huyện Mây Ngàn, tỉnh Hòa Bình",
        "area_m2": "1250.5",
        "land_use_purpose": "Đất trồng cây lâu năm",
        "land_use_term": "Đến ngày 15/10/2043",
        "issue_date": "2013-10-15",
        "issue_place": "Mây Ngàn",
        "issuing_agency": "ỦY BAN NHÂN DÂN HUYỆN MÂY NGÀN",
        "signer_position": "TM. ỦY BAN NHÂN DÂN HUYỆN MÂY NGÀN KT. CHỦ TỊCH PHÓ CHỦ TỊCH",
        "signer_name": "Hoàng Thị Hà",
    }


def test_area_in_words_must_agree() -> None:
    assert "area_in_words" in read(LAND, PARCEL).fields["area_m2"].checks
    wrong = swap(PARCEL, "Diện tích", line("c) Diện tích: 1.260,5 m² (bằng chữ: Một nghìn mét vuông),", 350, 620))
    assert "failed:area_in_words" in read(LAND, wrong).fields["area_m2"].checks


@pytest.mark.parametrize(
    "owners", [("Ông: Trần Văn Thạch", "Và vợ là bà: Hoàng Thị Hà"), ("Hộ ông: Trần Văn Thạch và vợ", "")]
)
def test_of_two_owners_none_is_taken_for_the_only_one(owners: tuple[str, str]) -> None:
    lines = [line(text, 350, 930 + 45 * row) for row, text in enumerate(owners) if text]
    owner = read(swap(LAND, "Ông: Trần", *lines), PARCEL).fields["owner_name"]
    assert owner.state == "review"
    assert "doubt:incomplete" in owner.checks


def test_two_numbers_of_the_form_are_none() -> None:
    assert "serial_number" in read((*LAND, line("BB 654321", 300, 3300)), PARCEL).needs_review


def test_a_school_leaving_diploma_is_read() -> None:
    assert values(SCHOOL) == {
        "full_name": "Trần Thị Hoa",
        "date_of_birth": "1996-03-07",
        "place_of_birth": "Tỉnh Hòa Bình",
        "classification": "Trung bình",
        "diploma_number": "A 01234567",
        "document_number": "A 01234567",
        "register_number": "321/2014",
        "issue_date": "2014-07-10",
        "issue_place": "Hòa Bình",
        "issuing_agency": "SỞ GIÁO DỤC VÀ ĐÀO TẠO HÒA BÌNH",
        "signer_position": "GIÁM ĐỐC",
        "signer_name": "Bế Văn Toản",
        "owner_name": "Trần Thị Hoa",
    }


def test_a_signer_is_read_whose_position_the_seal_hides() -> None:
    damaged = tuple(line("GLAM ĐỌC", 1600, 1410) if one.text == "GIÁM ĐỐC" else one for one in SCHOOL)
    assert values(damaged)["signer_position"] == "GIÁM ĐỐC"
    hidden = tuple(one for one in SCHOOL if one.text != "GIÁM ĐỐC")
    found = values(hidden)
    assert found["signer_name"] == "Bế Văn Toản"
    assert "signer_position" not in found


def test_the_unit_behind_a_label_is_no_value() -> None:
    assert values(LAND, swap(PARCEL, "Diện tích", line("Diện tích (m2?) 1.250,5", 350, 620)))["area_m2"] == "1250.5"


def test_the_vietnamese_half_of_a_degree_is_read() -> None:
    found = values(UNIVERSITY)
    assert found["full_name"] == "Trần Văn Thạch"
    assert found["date_of_birth"] == "1990-02-01"
    assert found["graduation_year"] == "2012"
    assert found["classification"] == "Giỏi"
    assert found["issuing_agency"] == "TRƯỜNG ĐẠI HỌC SUỐI MƯA"
    assert (found["signer_position"], found["signer_name"]) == ("HIỆU TRƯỞNG", "Hoàng Thị Hà")
    assert (found["diploma_number"], found["register_number"]) == ("654321", "123/2012/CN")
    assert found["issue_date"] == "2012-06-30"


def test_the_applicant_is_not_the_child() -> None:
    found = values(DECLARATION)
    assert found["full_name"] == "TRẦN VĂN THẠCH"
    assert found["residence"] == "Thôn Nà Lọm, xã Suối Mưa, tỉnh Hòa Bình"
    assert found["personal_id"] == "017087990263"
    assert found["addressee"] == "Ủy ban nhân dân xã Suối Mưa, tỉnh Hòa Bình"
    assert found.get("date_of_birth") is None
    assert (found["issue_place"], found["issue_date"]) == ("Suối Mưa", "2019-03-12")
    assert (found["owner_name"], found["owner_id"]) == ("TRẦN VĂN THẠCH", "017087990263")


def test_a_letter_run_into_its_label_is_doubted() -> None:
    run_on = swap(DECLARATION, "người yêu cầu:", line("Họ, chữ đệm, tên người yêu cầuTRẦN VĂN THẠCH", 350, 680))
    assert read(run_on).fields["full_name"].state == "review"


def test_an_address_that_breaks_off_is_doubted() -> None:
    cut = line("Nơi cư trú: Thôn Nà Lọm, xã Suối Mưa, thành phố", 350, 760)
    assert "failed:whole_place" in read(swap(DECLARATION, "Nà Lọm", cut)).fields["residence"].checks
