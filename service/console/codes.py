"""What the codes of records, attempts and the log are called on screen, Vietnamese first."""

from collections.abc import Mapping

from service.negotiation import Language

Names = dict[str, tuple[str, str]]

FIELD_STATES: Names = {
    "accepted": ("Chấp nhận", "Accepted"),
    "review": ("Cần kiểm tra", "To check"),
    "corrected": ("Đã sửa", "Corrected"),
}

SEXES: Names = {"male": ("Nam", "Male"), "female": ("Nữ", "Female")}

PRIORITIES: Names = {
    "urgent": ("khẩn (người dân đang chờ)", "urgent (a citizen is waiting)"),
    "default": ("thường", "default"),
    "bulk": ("tồn đọng", "back-file"),
}

QUALITY: Names = {
    "pass": ("đạt", "pass"),
    "rescan": ("cần quét lại", "scan again"),
}

CHECKS: Names = {
    "valid_date": ("ngày có thật", "real date"),
    "expiry_date": ("hạn đúng quy định", "expiry as the law has it"),
    "expires_on_birthday": ("hạn trùng ngày sinh", "expires on a birthday"),
    "says_none": ("giấy ghi là không có", "the paper says there is none"),
    "matches_words": ("khớp phần ghi bằng chữ", "matches the words"),
    "numeral_words": ("chữ số bằng lời hợp lệ", "number words make sense"),
    "number_matches_date": ("số khớp ngày", "number matches the date"),
    "age_fits": ("tuổi hợp lý", "age makes sense"),
    "parent_age": ("tuổi cha mẹ hợp lý", "parent's age makes sense"),
    "not_before": ("đúng thứ tự ngày", "dates in order"),
    "area_in_words": ("diện tích khớp phần bằng chữ", "area matches the words"),
    "money_in_words": ("số tiền khớp phần bằng chữ", "amount matches the words"),
    "matches_personal_id": ("khớp số định danh", "matches the personal id"),
    "valid_personal_id": ("số định danh hợp lệ", "valid personal id"),
    "id_is_female": ("số định danh của nữ", "a woman's id"),
    "id_is_male": ("số định danh của nam", "a man's id"),
    "licence_number": ("số giấy phép đúng dạng", "licence number of the right form"),
    "licence_class": ("hạng có trong luật", "class known to the law"),
    "tax_code": ("mã số thuế đúng số kiểm tra", "tax code's check digit"),
    "matches_number": ("khớp số khác trên giấy", "matches another number"),
    "phone": ("số điện thoại hợp lệ", "valid phone number"),
    "land_serial": ("số phát hành đúng dạng", "serial of the right form"),
    "number_symbol_known": ("ký hiệu khớp loại văn bản", "symbol fits the kind"),
    "number_matches_agency": ("ký hiệu khớp cơ quan", "symbol fits the agency"),
    "register_number": ("số đăng ký đúng dạng", "register number of the right form"),
    "matches_agency": ("khớp cơ quan ban hành", "matches the agency"),
    "agency_words": ("tên cơ quan hợp lý", "words of an agency"),
    "police_capacity": ("người ký thuộc công an", "signed by the police"),
    "known_capacity": ("chức vụ đã biết", "known position"),
    "known_place": ("địa danh có thật", "known place"),
    "listed_place": ("địa danh có trong danh mục", "listed place"),
    "whole_place": ("địa danh không bị cắt", "place not cut short"),
    "enterprise_name": ("tên có loại hình viết đúng", "legal form spelled right"),
    "household_code": ("mã số hộ kinh doanh đúng dạng", "household business code of the right form"),
    "map_number": ("số thửa, số tờ đúng dạng", "parcel or sheet number of the right form"),
    "land_register": ("số vào sổ đúng dạng", "entry number of the right form"),
    "known_land_use": ("loại đất có trong danh mục", "listed land use"),
    "known_term": ("thời hạn đúng dạng", "term of the right form"),
    "known_classification": ("xếp loại có trong danh mục", "listed classification"),
    "diploma_number": ("số hiệu văn bằng đúng dạng", "diploma number of the right form"),
    "diploma_register": ("số vào sổ gốc đúng dạng", "entry in the original register of the right form"),
    "year_of": ("năm khớp ngày cấp", "year fits the date of issue"),
    "person_name": ("dạng tên người", "form of a person's name"),
    "known_cause": ("nguyên nhân đã biết", "known cause"),
    "known_ethnicity": ("dân tộc có trong danh mục", "listed ethnicity"),
    "known_nationality": ("quốc tịch có trong danh mục", "listed nationality"),
    "known_marital_status": ("tình trạng hôn nhân đã biết", "known marital status"),
    "matches_qr": ("khớp mã QR", "matches the QR code"),
    "matches_mrz": ("khớp vùng máy đọc (MRZ)", "matches the machine-readable zone"),
    "matches_signature": ("khớp chữ ký số", "matches the digital signature"),
    "confirmed_by_reviewer": ("người kiểm tra đã đối chiếu", "checked by a reviewer"),
}

UNREAD: Names = {
    "is_text": ("không đọc ra chữ", "no legible text"),
    "is_name": ("không đọc ra tên người", "no readable name"),
    "is_date": ("không đọc ra ngày", "no readable date"),
    "is_year": ("không đọc ra năm", "no readable year"),
    "is_sex": ("không đọc ra giới tính", "no readable sex"),
    "is_personal_id": ("không đọc ra số định danh", "no readable personal id"),
    "is_document_number": ("không đọc ra số, ký hiệu", "no readable document number"),
    "is_tax_code": ("không đọc ra mã số thuế", "no readable tax code"),
    "is_registration_code": ("không đọc ra mã số", "no readable code"),
    "is_area": ("không đọc ra diện tích", "no readable area"),
    "is_money": ("không đọc ra số tiền", "no readable amount"),
    "is_phone": ("không đọc ra số điện thoại", "no readable phone number"),
    "is_land_serial": ("không đọc ra số phát hành", "no readable serial number"),
    "is_citizen_id": ("không đọc ra mười hai chữ số", "no readable twelve digits"),
    "is_licence_class": ("không đọc ra hạng", "no readable class"),
    "is_licence_number": ("không đọc ra số giấy phép", "no readable licence number"),
}
"""What has the place of a value and is none, such as 31/02; only ever fails."""

DOUBTS: Names = {
    "ink": ("mực màu: có thể viết tay hoặc bị dấu che", "coloured ink: perhaps handwritten or under a seal"),
    "edge": ("sát mép: có thể bị cắt", "at the edge: perhaps cut"),
    "no_colour": ("bản quét không màu: không rõ in hay viết tay", "no colour: printed or handwritten unknown"),
    "height": ("cỡ chữ lạ", "letters of a strange size"),
    "spelling": ("không phải chữ tiếng Việt", "no Vietnamese syllable"),
    "contested": ("chỗ khác trên giấy viết khác", "spelled otherwise elsewhere"),
    "restored": ("đã khôi phục dấu bị nhận dạng sai", "lost letters restored"),
    "respelled": ("địa danh ghi theo danh mục, hãy so với giấy", "place spelled as listed: compare with the paper"),
    "two_papers": ("hai giấy tờ trên một trang", "two papers on one page"),
    "unusual_name": ("tên hiếm gặp", "unusual name"),
    "toneless": ("chữ không có dấu thanh, có thể bị mất", "no tone mark, perhaps lost"),
    "lost_tone": ("có thể mất dấu", "perhaps lost its tone mark"),
    "handwriting": ("có thể viết tay", "perhaps handwritten"),
    "faint": ("chữ mờ, máy đọc không chắc", "faint print, read unsurely"),
    "gap": ("có khoảng trống giữa giá trị", "a gap inside the value"),
    "incomplete": ("có thể thiếu dòng", "perhaps a line is missing"),
    "pieces": ("bị đọc thành nhiều mảnh", "read in pieces"),
    "unconfirmed": ("chưa có gì trên giấy xác nhận", "nothing on the paper confirms it"),
    "unchecked": ("số không tự kiểm được", "number that nothing confirms"),
}

MENDED: Names = {
    "mrz": ("sửa được nhờ số kiểm tra", "mended, proved by the check digit"),
}

METHODS: Names = {
    "ocr": ("nhận dạng", "recognized"),
    "qr": ("mã QR", "QR code"),
    "mrz": ("vùng máy đọc (MRZ)", "machine-readable zone"),
    "signature": ("chữ ký số", "digital signature"),
    "text_layer": ("lớp chữ của tệp", "the file's own text"),
    "manual": ("người nhập", "entered by a person"),
}

STAGES: Names = {
    "inspect": ("đọc tệp, nhận dạng", "read and recognize"),
    "recognize": ("nhận dạng từ trang", "recognize from page"),
    "extract": ("bóc tách dữ liệu", "extract"),
    "assemble": ("dựng PDF, ký, lưu", "assemble, sign, publish"),
}

OUTCOMES: Names = {
    "advance": ("sang bước sau", "went on"),
    "hold": ("chờ người kiểm tra", "waits for a reviewer"),
    "publish": ("đã công bố", "published"),
    "reject": ("bị từ chối", "rejected"),
    "quarantine": ("bị giữ lại", "quarantined"),
    "retry": ("sẽ thử lại", "tried again later"),
}

EVENTS: Names = {
    "received": ("đã nhận", "received"),
    "duplicate": ("nộp lại cùng tệp", "handed in again"),
    "claimed": ("bắt đầu xử lý", "taken by a worker"),
    "lost": ("máy xử lý dừng đột ngột", "worker lost"),
    "advanced": ("sang bước sau", "went on"),
    "spread": ("chia trang cho các máy xử lý", "pages spread over all workers"),
    "recognized": ("đã nhận dạng các trang", "pages recognized"),
    "joined": ("đã gộp các trang", "pages joined"),
    "held": ("chờ người kiểm tra", "waits for a reviewer"),
    "corrected": ("người kiểm tra đã ghi", "corrected by a reviewer"),
    "published": ("đã công bố", "published"),
    "rejected": ("bị từ chối", "rejected"),
    "quarantined": ("bị giữ lại", "quarantined"),
    "retried": ("sẽ thử lại", "tried again later"),
    "resumed": ("người vận hành cho xử lý lại", "taken up again by the operator"),
    "restored": ("khôi phục từ kho lưu trữ", "restored from the archive"),
    "same_paper": ("cùng một giấy tờ với bản quét trước", "same paper as an earlier scan"),
    "same_number_differs": ("trùng số với giấy tờ khác nội dung", "same number as a paper that differs"),
    "revoked": ("đã thu hồi", "revoked"),
    "secret_deleted": ("đã xóa bản quét có dấu mật", "secret scan deleted"),
    "legal_hold_set": ("bắt đầu giữ theo lệnh", "legal hold set"),
    "legal_hold_released": ("thôi giữ theo lệnh", "legal hold released"),
    "seal_begun": ("bắt đầu ký", "signing begun"),
    "seal_begun_anew": ("bắt đầu ký lại", "signing begun anew"),
    "seal_submitted": ("đã gửi yêu cầu tới người ký", "signer asked"),
    "sealed": ("đã ký", "signed"),
    "preserved": ("đã thêm dấu thời gian lưu trữ", "archive timestamp added"),
    "not_preserved": ("chưa thêm được dấu thời gian lưu trữ", "archive timestamp failed"),
    "renewal_ordered": ("yêu cầu gia hạn dấu thời gian lưu trữ", "renewal of archive timestamps ordered"),
    "access.accesses": ("tra cứu ai đã xem", "asked who had looked"),
    "access.denied": ("bị từ chối truy cập", "access refused"),
    "access.document": ("cổng xem trạng thái", "portal asked for the state"),
    "access.fields": ("cổng lấy các trường dữ liệu", "portal fetched the fields"),
    "access.lookup": ("cổng tra cứu chủ giấy tờ", "portal looked the owner up"),
    "access.original": ("cổng lấy tệp gốc", "portal fetched the original"),
    "access.pdf": ("cổng lấy PDF", "portal fetched the PDF"),
    "access.prefill": ("cổng điền sẵn biểu mẫu", "portal prefilled a form"),
    "access.record": ("cổng lấy dữ liệu", "portal fetched the record"),
    "access.revoke": ("cổng yêu cầu thu hồi", "portal asked for revocation"),
    "access.search": ("cổng tìm theo từ", "portal searched for words"),
    "access.unauthenticated": ("truy cập không có khóa hợp lệ", "tries without a valid key"),
    "access.verify": ("cổng kiểm tra chữ ký", "portal verified signatures"),
    "console.correct": ("gửi biểu mẫu đối chiếu", "sent the review form"),
    "console.document": ("mở trên bàn vận hành", "opened in the console"),
    "console.page": ("xem ảnh trang", "looked at a page image"),
    "console.pdf": ("mở PDF trên bàn vận hành", "opened the PDF in the console"),
    "console.sign_in": ("đăng nhập bàn vận hành", "signed in to the console"),
    "console.sign_out": ("đăng xuất bàn vận hành", "signed out of the console"),
    "request.repeated": ("gửi lại yêu cầu cũ", "request sent again"),
    "dossiers.reported": ("báo hồ sơ", "dossiers reported"),
    "upload.begun": ("bắt đầu gửi qua API", "upload begun"),
    "upload.completed": ("đã gửi xong qua API", "upload completed"),
    "subscribed": ("đăng ký nhận thông báo", "subscribed to notices"),
    "unsubscribed": ("thôi nhận thông báo", "unsubscribed from notices"),
    "replayed": ("gửi lại thông báo", "notices sent again"),
    "notice_given_up": ("thôi gửi một thông báo", "notice given up"),
    "client_added": ("thêm khóa truy cập", "client added"),
    "client_revoked": ("hủy khóa truy cập", "client revoked"),
}

ACTORS: Names = {
    "accept": ("hệ thống nhận", "intake"),
    "anonymous": ("không rõ", "unknown"),
    "cli": ("người vận hành, dòng lệnh", "operator, command line"),
    "intake": ("hệ thống nhận", "intake"),
    "notices": ("hệ thống thông báo", "notices"),
    "operator": ("người vận hành", "operator"),
    "preservation": ("hệ thống bảo quản", "preservation"),
    "reindex": ("khôi phục danh mục", "reindex"),
}
"""Who writes to the log without being a client; any other is a worker, by machine and process."""

DETAILS: Names = {
    "algorithm": ("thuật toán", "algorithm"),
    "answer": ("trả lời", "answer"),
    "as": ("giống", "as"),
    "at": ("từ lúc", "from"),
    "attempt": ("lần", "attempt"),
    "code": ("mã lỗi", "error code"),
    "count": ("số giấy tờ", "documents"),
    "digest": ("mã băm", "digest"),
    "document_type": ("loại giấy tờ", "type"),
    "dossier": ("hồ sơ", "dossier"),
    "ends": ("hết hạn", "ends"),
    "fields": ("trường", "fields"),
    "left": ("còn lại", "left"),
    "objects": ("số tệp", "files"),
    "pages": ("trang", "pages"),
    "priority": ("ưu tiên", "priority"),
    "procedure": ("thủ tục", "procedure"),
    "published_at": ("công bố lúc", "published"),
    "ranges": ("số phần", "ranges"),
    "reason": ("lý do", "reason"),
    "received_at": ("nhận lúc", "received"),
    "scope": ("quyền", "scope"),
    "sha256": ("mã băm của tệp", "hash of the file"),
    "stage": ("bước", "stage"),
    "status": ("tình trạng", "state"),
    "step": ("chữ ký thứ", "signature"),
    "superseded_by": ("thay bằng", "superseded by"),
    "task": ("mục đích", "purpose"),
    "to": ("đến bước", "to"),
    "unit": ("đơn vị", "unit"),
    "use": ("việc", "use"),
    "worker": ("máy xử lý", "worker"),
}
"""What the entries of a document's log tell; what is not listed is for machines and not shown."""

REASONS: Names = {
    "form_token": ("biểu mẫu của phiên khác", "form of another session"),
    "procedure": ("thủ tục ngoài quyền", "procedure not permitted"),
    "scope": ("khóa thiếu quyền", "key lacks the scope"),
    "sensitive": ("dữ liệu nhạy cảm", "sensitive data"),
    "unit_or_type": ("đơn vị hoặc loại ngoài quyền", "unit or type not permitted"),
    "unknown": ("không có", "not there"),
}

TASKS: Names = {"review": ("đối chiếu", "review")}


def named(table: Names, code: str, language: Language) -> str:
    """A code's name; a code this console does not know yet is shown as it is."""
    if code not in table:
        return code
    return table[code][0 if language == "vi" else 1]


def actor_name(actor: str, client_names: Mapping[str, str], language: Language) -> str:
    return client_names.get(actor) or named(ACTORS, actor, language)


def check_text(check: str, language: Language) -> str:
    """One entry of a field's ``checks``: ✓ what holds, ✗ what fails, ? what is doubted."""
    state, _, name = check.rpartition(":")
    match state:
        case "doubt":
            return f"? {named(DOUBTS, name, language)}"
        case "mended":
            return f"✓ {named(MENDED, name, language)}"
        case "failed" if name in UNREAD:
            return f"✗ {named(UNREAD, name, language)}"
        case "failed":
            return f"✗ {'không đạt' if language == 'vi' else 'fails'}: {named(CHECKS, name, language)}"
        case _:
            return f"✓ {named(CHECKS, name, language)}"
