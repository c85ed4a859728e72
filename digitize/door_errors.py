"""Errors of single doors; part of the tree in ``digitize/errors.py``.

InvalidKeyError
└── MisplacedError             inbox_key_invalid, and says what is wrong with the key
RequestError
├── RetryRefusedError          retry_refused
├── RevokedError               revoked
├── SheetError                 sheet_unreadable
├── UnknownUnitError           unit_unknown
└── WebhookHostError           webhook_host_not_allowed
"""

from digitize.errors import InvalidKeyError, RequestError


class MisplacedError(InvalidKeyError):
    vi = (
        "Khóa trong hộp nhận phải có dạng đơn vị/hồ sơ/thành phần/tệp nhưng {reason_vi}; "
        "tệp được giữ lại, hãy gửi lại đúng chỗ."
    )
    en = (
        "An inbox key has to be unit/dossier/component/file, but {reason_en}; the file is held, send it again to the "
        "right place."
    )


class RetryRefusedError(RequestError):
    """Not quarantined, or for a reason that a second try does not mend: the key it came in under."""

    code = "retry_refused"
    http_status = 409
    vi = (
        "Chỉ làm lại được tài liệu đang bị giữ lại và có khóa hộp nhận đúng; hãy xem `digitize status`, tài liệu bị từ "
        "chối hoặc sai khóa thì quét hoặc gửi lại như thông báo của nó."
    )
    en = (
        "Only a quarantined document that came in under a right inbox key is taken up again; see `digitize status`, "
        "and scan or send what was rejected or misplaced again, as its message says."
    )


class RevokedError(RequestError):
    code = "revoked"
    http_status = 410
    vi = "Giấy tờ đã bị thu hồi nên không được dùng lại; hãy xem lý do ở trạng thái tài liệu và yêu cầu giấy tờ khác."
    en = (
        "The paper was revoked, so it is not given out; see the reason in the document's state and ask for another one."
    )


class SheetError(RequestError):
    code = "sheet_unreadable"
    http_status = 422
    vi = "Không nhập được bảng này vì {reason_vi}; chưa có gì thay đổi, hãy sửa bảng rồi nhập lại."
    en = "The sheet was not taken: {reason_en}; nothing was changed, mend the sheet and import it again."


class UnknownUnitError(RequestError):
    code = "unit_unknown"
    http_status = 422
    vi = "Không có máy trạm nào của đơn vị này nên bản quét không được nhận; hãy sửa mã đơn vị, hoặc khai [[stations]]."
    en = "No station of this unit is configured, so the scan is not taken; correct the unit, or configure [[stations]]."


class WebhookHostError(RequestError):
    code = "webhook_host_not_allowed"
    http_status = 422
    vi = "Thông báo không được gửi tới máy chủ này; hãy nhờ người vận hành thêm tên máy vào service.webhook_hosts."
    en = "Notices may not be sent to this host; ask the operator to add its name to service.webhook_hosts."
