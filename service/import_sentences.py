"""Why a row of a sheet is refused: one sentence in Vietnamese and English that says what the column takes."""

Sentence = tuple[str, str]

_CODE: Sentence = (
    "Mã chỉ gồm chữ không dấu, số và . _ -, tối đa 64 ký tự, không có chín chữ số liền nhau; hãy sửa mã.",
    "A code has letters without marks, digits and . _ -, 64 at most, and no nine digits in a row; correct it.",
)
_NAME: Sentence = ("Tên có từ 1 đến 1.000 ký tự; hãy sửa tên.", "A name has 1 to 1,000 letters; correct it.")
_YES_OR_NO: Sentence = (
    "Chỉ ghi x, có, không hoặc để trống; hãy sửa ô này.",
    "Only x, yes, no or nothing is taken; correct the cell.",
)
_DAY: Sentence = (
    "Không phải ngày; hãy viết ngày/tháng/năm đủ bốn chữ số, không kèm giờ, như 01/07/2025.",
    "This is no day; write day/month/year of four digits and no hour, like 01/07/2025.",
)
_TIME: Sentence = (
    "Không phải thời điểm; hãy viết ngày/tháng/năm đủ bốn chữ số, như 12/09/2026 hoặc 12/09/2026 08:00.",
    "This is no time; write day/month/year of four digits, like 12/09/2026 or 12/09/2026 08:00.",
)
TAKES: dict[str, Sentence] = {
    "procedure": _CODE,
    "procedure_name": _NAME,
    "component": _CODE,
    "component_name": _NAME,
    "required": _YES_OR_NO,
    "digitized": _YES_OR_NO,
    "stands_in": (
        "Không có loại giấy tờ này; hãy ghi mã loại, như birth_certificate, hoặc result: kèm mã thủ tục.",
        "There is no such document type; write a type's code, like birth_certificate, or result: and a procedure.",
    ),
    "months": ("Hãy ghi số tháng, từ 1 đến 1.200.", "Write a number of months, 1 to 1,200."),
    "code": _CODE,
    "name": _NAME,
    "level": (
        "Cấp là bộ, tỉnh, huyện hoặc xã; hãy sửa ô này.",
        "The level is bộ, tỉnh, huyện or xã; correct the cell.",
    ),
    "valid_from": _DAY,
    "valid_to": _DAY,
    "successor": _CODE,
    "unit": _CODE,
    "owner_id": (
        "Số định danh có chữ không dấu, số và . / -, tối đa 32 ký tự; hãy định dạng ô là văn bản để giữ số 0 ở đầu.",
        "A number has letters without marks, digits and . / -, 32 at most; make the cell text, to keep zeros in front.",
    ),
    "received_at": _TIME,
    "resolved_at": _TIME,
}
"""By field."""

TO_COME: Sentence = (
    "Ngày này chưa tới; hãy sửa ngày.",
    "This day has not come yet; correct it.",
)
EMPTY: Sentence = (
    "Ô này trống; hãy điền, ô gộp thì bỏ gộp và điền vào từng dòng.",
    "The cell is empty; fill it in, of merged cells in every row.",
)
CONTRADICTS: Sentence = (
    "Các dòng của thành phần này ghi khác nhau về tên, bắt buộc hoặc số hóa; hãy ghi giống nhau.",
    "The rows of this component differ in name, required or digitized; write them alike.",
)
REPEATED: Sentence = (
    "Mã này đã có ở dòng trên; hãy bỏ một trong hai dòng.",
    "This code stands in an earlier row already; take one of the two out.",
)
COMPARED: dict[str, Sentence] = {
    "months": (
        "Có thời hạn mà không có giấy tờ thay thế; hãy điền giấy tờ thay thế hoặc bỏ thời hạn.",
        "There are months and nothing that stands in; say what stands in, or take the months out.",
    ),
    "valid_to": (
        "Ngày hết hiệu lực trước ngày có hiệu lực; hãy sửa một trong hai ngày.",
        "The last day is before the first; correct one of them.",
    ),
    "resolved_at": (
        "Ngày có kết quả trước ngày tiếp nhận; hãy sửa một trong hai ngày.",
        "It was resolved before it was received; correct one of them.",
    ),
}
"""By field, where it does not go with another of the row."""
