"""Errors of uploads by the API; part of the tree in ``digitize/errors.py``.

RequestError
├── PartDamagedError           upload_part_damaged
├── UploadIncompleteError      upload_incomplete
└── UploadMismatchError        upload_mismatch
"""

from digitize.errors import RequestError


class PartDamagedError(RequestError):
    code = "upload_part_damaged"
    http_status = 422
    vi = "Phần {number} đến không đủ độ dài hoặc sai mã băm SHA-256 nên không được lưu; hãy gửi lại phần đó."
    en = "Part {number} did not arrive with its length and its SHA-256 and was not kept; send that part again."


class UploadIncompleteError(RequestError):
    code = "upload_incomplete"
    http_status = 409
    vi = "Còn thiếu các phần {parts}; hãy gửi các phần đó rồi yêu cầu hoàn tất lại."
    en = "The parts {parts} are missing; send them, then ask for completion again."


class UploadMismatchError(RequestError):
    code = "upload_mismatch"
    http_status = 422
    vi = "Các phần ghép lại không đúng mã băm SHA-256 đã khai; hãy gửi lại các phần của đúng tệp đã khai."
    en = "The parts together do not have the SHA-256 that was announced; send the parts of the announced file again."
