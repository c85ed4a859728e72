"""What the console says, Vietnamese first; and what codes of the record are called on screen."""

from service.negotiation import Language

PHRASES: dict[str, tuple[str, str]] = {
    "title": ("Số hóa hồ sơ", "Dossier digitization"),
    "overview": ("Tổng quan", "Overview"),
    "sign_in": ("Đăng nhập", "Sign in"),
    "sign_in_lead": ("Bàn vận hành số hóa giấy tờ hồ sơ", "Operator console for digitized dossier papers"),
    "sign_out": ("Đăng xuất", "Sign out"),
    "key": ("Khóa truy cập", "Access key"),
    "key_hint": (
        "Dán khóa có quyền “console” do người quản trị cấp. Phiên kết thúc sau 8 giờ.",
        "Paste a key with the scope “console”, given by your administrator. You stay signed in for 8 hours.",
    ),
    "key_refused": (
        "Khóa không đúng hoặc không có quyền vào bàn vận hành.",
        "The key is wrong or may not use the console.",
    ),
    "skip": ("Đến nội dung chính", "Skip to content"),
    "all": ("Tất cả", "All"),
    "states": ("Tình trạng", "By state"),
    "units": ("Theo đơn vị", "By unit"),
    "unit": ("Đơn vị", "Unit"),
    "no_unit": ("không rõ", "unknown"),
    "queue": ("Hàng đợi", "Queue"),
    "waiting": ("Đang chờ hoặc đang xử lý", "Waiting or being processed"),
    "awaiting_review": ("Chờ người kiểm tra", "Waiting for a reviewer"),
    "held": ("Bị giữ lại", "Held"),
    "oldest": ("lâu nhất", "oldest"),
    "recent": ("Giấy tờ mới thay đổi", "Documents, newest change first"),
    "none": ("Không có giấy tờ nào.", "No documents."),
    "id": ("Mã", "Id"),
    "dossier": ("Hồ sơ", "Dossier"),
    "component": ("Thành phần", "Component"),
    "type": ("Loại giấy tờ", "Type"),
    "state": ("Tình trạng", "State"),
    "received": ("Nhận lúc", "Received"),
    "changed": ("Thay đổi", "Changed"),
    "age": ("Tuổi", "Age"),
    "attempts": ("Số lần chạy", "Attempts"),
    "error": ("Mã lỗi", "Error code"),
    "refresh": ("Tự làm mới mỗi 10 giây", "Refresh every 10 seconds"),
    "refresh_off": ("Dừng tự làm mới", "Stop refreshing"),
    "document": ("Giấy tờ", "Document"),
    "pages": ("Trang", "Pages"),
    "page": ("Trang", "Page"),
    "no_pages": (
        "Không còn ảnh trang trong kho tạm; hãy mở bản PDF.",
        "The page images are no longer kept; open the PDF.",
    ),
    "no_pages_yet": ("Chưa có ảnh trang.", "No page images yet."),
    "previous": ("Trước", "Previous"),
    "next": ("Sau", "Next"),
    "fields": ("Trường dữ liệu", "Fields"),
    "field": ("Trường", "Field"),
    "value": ("Giá trị", "Value"),
    "printed": ("Như in trên giấy", "As printed"),
    "confidence": ("Độ tin cậy", "Confidence"),
    "checks": ("Kiểm tra", "Checks"),
    "no_fields": ("Không có trường dữ liệu nào.", "No fields."),
    "not_found": ("không tìm thấy", "not found"),
    "missing_fields": ("Trường không tìm thấy trên giấy", "Fields not found on the paper"),
    "review_title": ("Cần người kiểm tra", "Needs a reviewer"),
    "review_lead": (
        "So từng giá trị với ảnh, sửa nếu sai, rồi đánh dấu “Đã đối chiếu”. Chỉ trường được đánh dấu mới được ghi.",
        "Compare each value with the image, correct it if wrong, then tick “Checked”. Only ticked fields are saved.",
    ),
    "checked": ("Đã đối chiếu", "Checked"),
    "save": ("Ghi các trường đã đối chiếu", "Save checked fields"),
    "two_owners": ("Mỗi người một dòng.", "One person a line."),
    "blank_hint": ("Gõ dấu “-” nếu trên giấy không có.", "Type “-” if the paper has none."),
    "date_hint": ("ngày/tháng/năm", "day/month/year"),
    "saved": ("Đã ghi. Cảm ơn.", "Saved. Thank you."),
    "nothing_ticked": (
        "Chưa có trường nào được đánh dấu “Đã đối chiếu”; chưa ghi gì.",
        "No field was ticked “Checked”; nothing was saved.",
    ),
    "changed_meanwhile": (
        "Giấy tờ đã thay đổi từ lúc mở trang này; chưa ghi gì, hãy đối chiếu lại.",
        "The document has changed since this page was opened; nothing was saved, please check again.",
    ),
    "mend_marked": ("Chưa ghi gì; hãy sửa các ô được đánh dấu.", "Nothing was saved; correct the marked fields."),
    "bad_empty": (
        "Ô đang trống dù trên giấy có chữ: hãy gõ giá trị, hoặc gõ dấu “-” nếu thật sự không có.",
        "The box is empty though the paper has something there: type it, or “-” if there is truly nothing.",
    ),
    "bad_date": ("Không phải ngày: viết ngày/tháng/năm, tháng/năm hoặc năm.", "Not a date: day/month/year."),
    "bad_number": ("Số định danh có 12 chữ số, số cũ có 9.", "A personal id has 12 digits, an old one 9."),
    "bad_year": ("Năm có 4 chữ số.", "A year has 4 digits."),
    "bad_sex": ("Chọn Nam hoặc Nữ.", "Choose male or female."),
    "bad_text": ("Có ký tự không hợp lệ hoặc quá dài.", "It holds an invalid character or is too long."),
    "file": ("Tệp", "File"),
    "file_name": ("Tên tệp nhận được", "Name as received"),
    "size": ("Kích thước", "Size"),
    "media_type": ("Định dạng", "Format"),
    "quality": ("Chất lượng", "Quality"),
    "priority": ("Ưu tiên", "Priority"),
    "pdf": ("Mở PDF đã ký", "Open the signed PDF"),
    "pdf_hint": ("Liên kết chỉ dùng được trong {seconds} giây.", "The link works for {seconds} seconds."),
    "signatures": ("Chữ ký số", "Signatures"),
    "no_signatures": ("Chưa có chữ ký.", "No signatures yet."),
    "signer": ("Người ký", "Signer"),
    "level": ("Mức", "Level"),
    "signed_at": ("Thời gian ký", "Signed at"),
    "verdict": ("Kết luận", "Verdict"),
    "attempts_title": ("Các lần chạy", "Attempts"),
    "stage": ("Bước", "Stage"),
    "started": ("Bắt đầu", "Started"),
    "ended": ("Kết thúc", "Ended"),
    "outcome": ("Kết quả", "Outcome"),
    "running": ("đang chạy", "running"),
    "events": ("Nhật ký", "Log"),
    "no_events": ("Chưa có gì.", "Nothing yet."),
    "time": ("Thời gian", "Time"),
    "actor": ("Ai", "Who"),
    "event": ("Việc", "What"),
    "details": ("Chi tiết", "Details"),
    "error_title": ("Không thực hiện được", "That did not work"),
    "back": ("Về trang tổng quan", "Back to the overview"),
    "other_language": ("English", "Tiếng Việt"),
    "form_expired": (
        "Biểu mẫu đã hết hạn; hãy mở lại trang rồi làm lại.",
        "The form has expired; open the page again and repeat.",
    ),
}

STATES: dict[str, tuple[str, str]] = {
    "received": ("Đã nhận", "Received"),
    "processing": ("Đang xử lý", "Processing"),
    "needs_review": ("Cần kiểm tra", "Needs review"),
    "published": ("Đã công bố", "Published"),
    "rejected": ("Bị từ chối", "Rejected"),
    "quarantined": ("Bị giữ lại", "Quarantined"),
    "revoked": ("Đã thu hồi", "Revoked"),
    "accepted": ("Chấp nhận", "Accepted"),
    "review": ("Cần kiểm tra", "To check"),
    "corrected": ("Đã sửa", "Corrected"),
}

SEXES: dict[str, tuple[str, str]] = {"male": ("Nam", "Male"), "female": ("Nữ", "Female")}

PRIORITIES: dict[str, tuple[str, str]] = {
    "urgent": ("khẩn (người dân đang chờ)", "urgent (a citizen is waiting)"),
    "default": ("thường", "default"),
    "bulk": ("tồn đọng", "back-file"),
}

QUALITY: dict[str, tuple[str, str]] = {
    "pass": ("đạt", "pass"),
    "rescan": ("cần quét lại", "scan again"),
}


def phrase(key: str, language: Language) -> str:
    vi, en = PHRASES[key]
    return vi if language == "vi" else en


def named(table: dict[str, tuple[str, str]], code: str, language: Language) -> str:
    """A code's name; a code this console does not know yet is shown as it is."""
    if code not in table:
        return code
    return table[code][0 if language == "vi" else 1]
