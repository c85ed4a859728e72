"""Vietnamese names of document types and fields on screen; the English name is the code itself."""

from service.negotiation import Language

DOCUMENT_TYPES: dict[str, str] = {
    "administrative_document": "Văn bản hành chính",
    "birth_certificate": "Giấy khai sinh",
    "marriage_certificate": "Giấy chứng nhận kết hôn",
    "marital_status_certificate": "Giấy xác nhận tình trạng hôn nhân",
    "death_extract": "Trích lục khai tử",
    "citizen_card": "Căn cước",
    "land_use_certificate": "Giấy chứng nhận quyền sử dụng đất",
    "enterprise_registration": "Giấy chứng nhận đăng ký doanh nghiệp",
    "household_business_registration": "Giấy chứng nhận đăng ký hộ kinh doanh",
    "driving_licence": "Giấy phép lái xe",
    "diploma": "Bằng tốt nghiệp",
    "application_form": "Tờ khai, đơn đề nghị",
    "unknown": "Chưa rõ loại",
}

FIELDS: dict[str, str] = {
    "document_number": "Số, ký hiệu",
    "issue_date": "Ngày ban hành",
    "issue_place": "Nơi ban hành",
    "issuing_agency": "Cơ quan ban hành",
    "parent_agency": "Cơ quan chủ quản",
    "document_kind": "Tên loại văn bản",
    "subject": "Trích yếu",
    "signer_name": "Người ký",
    "signer_position": "Chức vụ người ký",
    "owner_name": "Chủ giấy tờ",
    "owner_id": "Số định danh chủ giấy tờ",
    "valid_until": "Có hiệu lực đến",
    "full_name": "Họ và tên",
    "date_of_birth": "Ngày sinh",
    "date_of_birth_words": "Ngày sinh bằng chữ",
    "sex": "Giới tính",
    "ethnicity": "Dân tộc",
    "nationality": "Quốc tịch",
    "place_of_birth": "Nơi sinh",
    "hometown": "Quê quán",
    "personal_id": "Số định danh cá nhân",
    "old_id": "Số chứng minh nhân dân cũ",
    "mother_name": "Họ tên mẹ",
    "mother_birth_year": "Năm sinh mẹ",
    "father_name": "Họ tên cha",
    "father_birth_year": "Năm sinh cha",
    "wife_name": "Họ tên vợ",
    "wife_date_of_birth": "Ngày sinh vợ",
    "wife_id": "Số định danh vợ",
    "husband_name": "Họ tên chồng",
    "husband_date_of_birth": "Ngày sinh chồng",
    "husband_id": "Số định danh chồng",
    "residence": "Nơi cư trú",
    "marital_status": "Tình trạng hôn nhân",
    "purpose": "Mục đích sử dụng",
    "date_of_death": "Ngày chết",
    "place_of_death": "Nơi chết",
    "cause_of_death": "Nguyên nhân chết",
    "expiry_date": "Có giá trị đến",
    "serial_number": "Số phát hành",
    "register_number": "Số vào sổ",
    "parcel_number": "Thửa đất số",
    "map_sheet": "Tờ bản đồ số",
    "address": "Địa chỉ",
    "area_m2": "Diện tích (m²)",
    "land_use_purpose": "Mục đích sử dụng đất",
    "land_use_term": "Thời hạn sử dụng đất",
    "enterprise_code": "Mã số doanh nghiệp",
    "enterprise_name": "Tên doanh nghiệp",
    "head_office": "Trụ sở chính",
    "charter_capital": "Vốn điều lệ (đồng)",
    "legal_representative": "Người đại diện theo pháp luật",
    "first_registered": "Đăng ký lần đầu",
    "household_business_code": "Mã số hộ kinh doanh",
    "business_name": "Tên hộ kinh doanh",
    "business_address": "Địa chỉ kinh doanh",
    "capital": "Vốn (đồng)",
    "licence_number": "Số giấy phép",
    "licence_class": "Hạng",
    "major": "Ngành đào tạo",
    "graduation_year": "Năm tốt nghiệp",
    "classification": "Xếp loại",
    "diploma_number": "Số hiệu bằng",
    "addressee": "Kính gửi",
    "phone": "Điện thoại",
    "request": "Nội dung đề nghị",
}


def field_label(name: str, language: Language) -> str:
    return FIELDS[name] if language == "vi" and name in FIELDS else _spoken(name)


def type_label(code: str | None, language: Language) -> str:
    if code is None:
        return "—"
    return DOCUMENT_TYPES[code] if language == "vi" and code in DOCUMENT_TYPES else _spoken(code)


def _spoken(code: str) -> str:
    return code.replace("_", " ").capitalize()
