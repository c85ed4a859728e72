"""Each check holds, fails and keeps silent where it should."""

import pytest

from digitize.extraction.checks.api import Candidate
from digitize.extraction.checks.registry import CHECKS
from digitize.extraction.doctypes import load_document_types

OFFICIAL = load_document_types()["administrative_document"]


def verdict(check: str, value: str | None, **others: str | None) -> bool | None:
    name, *refs = check.split(":")
    fields = {other: Candidate(other, text, text) for other, text in others.items()}
    field = Candidate("field", value, value)
    return CHECKS[name](field, fields | {"field": field}, refs, OFFICIAL)


@pytest.mark.parametrize(
    ("check", "value", "others", "holds"),
    [
        ("valid_date", "2019-03-07", {}, True),
        ("valid_date", "2019-03", {}, False),
        ("valid_date", "1819-03-07", {}, False),
        ("valid_date", None, {}, None),
        ("matches_words:words", "2019-03-07", {"words": "Ngày bảy tháng ba năm hai nghìn không trăm mười chín"}, True),
        ("matches_words:words", "2019-03-01", {"words": "Ngày bảy tháng ba năm hai nghìn không trăm mười chín"}, False),
        ("matches_words:words", "2019-03-07", {"words": "không rõ"}, None),
        ("matches_words:words", "2019-03-07", {}, None),
        ("matches_personal_id:number", "female", {"number": "004319000127"}, True),
        ("matches_personal_id:number", "male", {"number": "004319000127"}, False),
        ("matches_personal_id:number", "2019-03-07", {"number": "004319000127"}, True),
        ("matches_personal_id:number", "2009", {"number": "004319000127"}, False),
        ("matches_personal_id:number", "male", {"number": "012345678"}, None),
        ("valid_personal_id", "004319000127", {}, True),
        ("valid_personal_id", "003319000127", {}, False),
        ("valid_personal_id:born:sex", "004319000127", {"born": "2019-03-07", "sex": "female"}, True),
        ("valid_personal_id:born:sex", "004319000127", {"born": "2018-03-07", "sex": "female"}, False),
        ("number_symbol_known:kind", "84/QĐ-UBND", {"kind": "QUYẾT ĐỊNH"}, True),
        ("number_symbol_known:kind", "84/TB-UBND", {"kind": "QUYẾT ĐỊNH"}, False),
        ("number_symbol_known:kind", "84", {"kind": "QUYẾT ĐỊNH"}, False),
        ("number_symbol_known:kind", "574/UBND-KT", {"kind": "CÔNG VĂN"}, True),
        ("number_symbol_known:kind", "574/TTr-UBND", {"kind": "CÔNG VĂN"}, False),
        ("number_symbol_known:kind", "84/QĐ-UBND", {}, None),
        ("number_symbol_known:number", "QUYẾT ĐỊNH", {"number": "84/QĐ-UBND"}, True),
        ("number_symbol_known:number", "CÔNG VĂN", {"number": "84/QĐ-UBND"}, False),
        ("register_number", "31/2019", {}, True),
        ("register_number", "102", {}, True),
        ("register_number", "128/TLKS-BS", {}, True),
        ("register_number", "31/20I9", {}, False),
        ("matches_agency:agency", "Suối Mưa", {"agency": "ỦY BAN NHÂN DÂN XÃ SUỐI MƯA"}, True),
        ("matches_agency:agency", "Suối Mưa", {"agency": "ỦY BAN NHÂN DÂN XÃ SUÔI MƯA"}, False),
        ("matches_agency:agency", "Hòa Sơn", {"agency": "ỦY BAN NHÂN DÂN XÃ SUỐI MƯA"}, None),
        ("agency_words", "ỦY BAN NHÂN DÂN TỈNH HÒA SƠN", {}, True),
        ("agency_words", "UBND XÃ SUỐI MƯA", {}, True),
        ("agency_words", "ỦY BAN NHÂN DÂN TINH HÒA SƠN", {}, False),
        ("agency_words", "ỦY BAN NHÂN DÂN PHƯƠNG ĐỒI THÔNG", {}, False),
        ("agency_words", "SỞ XÂY DUNGG", {}, False),
        ("agency_words", "SỞ NÔNG NGHIỆP. VÀ MÔI TRƯỜNG", {}, False),
        ("person_name", "Trần Thị Hoa", {}, True),
        ("person_name", "TRẦN THỊ HOA", {}, True),
        ("person_name", "rần Thị Hoa", {}, False),
        ("person_name", "Hoa", {}, False),
        ("person_name", "Nguyễnn Hoa", {}, False),
        ("known_capacity", "CHỦ TỊCH", {}, True),
        ("known_capacity", "Q. GIÁM ĐỐC", {}, True),
        ("known_capacity", "TM. UỶ BAN NHÂN DÂN KT.CHỦ TỊCH PHÓ CHỦ TỊCH", {}, True),
        ("known_capacity", "TUQ. CHỦ TỊCH CHÁNH VĂN PHÒNG", {}, True),
        ("known_capacity", "KT. BỘ TRƯỞNG THỨ TRƯỞNG", {}, True),
        ("known_capacity", "KT. CHỦ TỊCH CHỦ TỊCH", {}, False),
        ("known_capacity", "CHU TỊCH", {}, False),
        ("numeral_words", "Ngày bảy tháng ba năm hai nghìn không trăm mười chín", {}, True),
        ("numeral_words", "Ngày bảy tháng ba năm hai nghìn không trắm mười chín", {}, False),
        ("parent_age:born", "1990", {"born": "2019-03-07"}, True),
        ("parent_age:born", "2012", {"born": "2019-03-07"}, False),
        ("not_before:born", "2019-03-15", {"born": "2019-03-07"}, True),
        ("not_before:born", "2019-03-05", {"born": "2019-03-07"}, False),
        ("not_before:born", "2019-03-05", {"born": "2019"}, True),
        ("known_ethnicity", "Tày", {}, True),
        ("known_ethnicity", "H'Mông", {}, True),
        ("known_ethnicity", "Tảy", {}, False),
        ("known_nationality", "Việt Nam", {}, True),
        ("known_nationality", "Việt Nàm", {}, False),
        ("expiry_date:issued", "2036-03-07", {"issued": "2026-03-07"}, True),
        ("expiry_date:issued", "2025-03-07", {"issued": "2026-03-07"}, False),
        ("expiry_date", "2036-03", {}, False),
        ("expires_on_birthday:born", "2041-03-07", {"born": "2001-03-07"}, True),
        ("expires_on_birthday:born", "2041-03-01", {"born": "2001-03-07"}, False),
        ("expires_on_birthday:born", "2042-03-07", {"born": "2001-03-07"}, False),
        ("expires_on_birthday:expiry", "2001-03-07", {"expiry": "2041-03-07"}, True),
        ("number_matches_date:issued", "84/2019/NĐ-CP", {"issued": "2019-03-07"}, True),
        ("number_matches_date:issued", "31/2019", {"issued": "2018-03-07"}, False),
        ("number_matches_date:issued", "84/QĐ-UBND", {"issued": "2018-03-07"}, None),
        ("number_matches_date:number", "2019-03-07", {"number": "31/2019"}, True),
        ("age_fits:issued", "1950-03-07", {"issued": "2019-01-01"}, True),
        ("age_fits:issued", "2020-03-07", {"issued": "2019-01-01"}, False),
        ("area_in_words:words", "120.5", {"words": "Một trăm hai mươi phẩy năm mét vuông"}, True),
        ("area_in_words:words", "120.6", {"words": "Một trăm hai mươi phẩy năm mét vuông"}, False),
        ("area_in_words:words", "120.6", {"words": "mét vuông"}, None),
        ("money_in_words:words", "10000000000", {"words": "Mười tỷ đồng"}, True),
        ("money_in_words:words", "1000000000", {"words": "Mười tỷ đồng"}, False),
        ("tax_code", "0123456787", {}, True),
        ("tax_code", "0123456787-001", {}, True),
        ("tax_code", "0123456782", {}, False),
        ("tax_code", "0123456787-000", {}, False),
        ("tax_code", "004319000127", {}, True),
        ("tax_code", "003319000127", {}, False),
        ("matches_number:again", "0123456787", {"again": "0123456787"}, True),
        ("matches_number:again", "0123456787", {"again": "0123456782"}, False),
        ("phone", "0912345678", {}, True),
        ("phone", "02103123456", {}, True),
        ("phone", "0112345678", {}, False),
        ("land_serial", "CH 01234567", {}, True),
        ("land_serial", "CHA 01234567", {}, False),
        ("number_matches_agency:agency", "84/QĐ-UBND", {"agency": "ỦY BAN NHÂN DÂN XÃ SUỐI MƯA"}, True),
        ("number_matches_agency:agency", "84/QĐ-UBND", {"agency": "SỞ XÂY DỰNG"}, False),
        ("number_matches_agency:agency", "84/QĐ-SXD", {"agency": "SỞ XÂY DỰNG"}, True),
        ("number_matches_agency:agency", "84/QĐ-XYZ", {"agency": "SỞ XÂY DỰNG"}, None),
        ("number_matches_agency:number", "HỘI ĐỒNG NHÂN DÂN TỈNH HÒA SƠN", {"number": "7/NQ-HĐND"}, True),
        ("known_place", "Xã Suối Mưa, tỉnh Quảng Nam", {}, True),
        ("known_place", "Xã Suối Mưa, tỉnh Quang Nam", {}, False),
        ("known_place", "ỦY BAN NHÂN DÂN TỈNH QUANG NAM", {}, False),
        ("known_place", "thành phố Hà Nôi, Việt Nam", {}, False),
        ("known_place", "Bà Rịa - Vũng Tàu", {}, True),
        ("known_place", "Xã Suối Mưa, tỉnh Hòa Sơn", {}, None),
    ],
)  # fmt: skip
def test_checks(check: str, value: str | None, others: dict[str, str], holds: bool | None) -> None:
    assert verdict(check, value, **others) is holds


def test_amounts_are_compared_with_the_words_printed_behind_them() -> None:
    for text, holds in (("120,5 m² (Một trăm hai mươi phẩy năm mét vuông)", True), ("bằng chữ: một trăm", False)):
        field = Candidate("area_m2", "120.5", text)
        assert CHECKS["area_in_words"](field, {"area_m2": field}, (), OFFICIAL) is holds


def test_every_check_keeps_silent_without_a_value() -> None:
    for name in CHECKS:
        assert verdict(f"{name}:other", None, other="2019-03-07") is None
