"""Every error a user can meet.

DigitizeError
├── InputRefusedError              the station can mend it: ends ``rejected``
│   ├── EmptyFileError             input_empty
│   ├── UnsupportedTypeError       input_unsupported
│   ├── DamagedInputError          input_damaged
│   ├── EncryptedInputError        input_encrypted
│   ├── InputTooLargeError         input_too_large
│   ├── TooManyPagesError          input_too_many_pages
│   ├── UnreadablePagesError       input_unreadable
│   └── SecretPaperError           secret_paper, and the scan is deleted
├── InputHeldError                 nobody should open it by hand: ends ``quarantined``
│   ├── InputBombError             input_bomb
│   ├── InvalidKeyError            inbox_key_invalid
│   ├── DocumentTimeoutError       document_timeout
│   ├── SignerDeclinedError        signer_declined
│   └── WorkerDiedError            document_killed_worker
├── ServiceError                   a part of the system failed: retried for as long as that lasts
│   ├── StorageUnavailableError    storage_unavailable
│   ├── QueueUnavailableError      queue_unavailable
│   ├── CatalogueUnavailableError  catalogue_unavailable
│   ├── of disks and files         machine_errors.py
│   ├── RecognizerError            recognizer_failed, held after some attempts
│   ├── SigningError               signing_failed
│   ├── TimestampError             timestamp_unavailable
│   ├── RevocationError            revocation_unavailable
│   ├── SignerAskedError           waiting_for_signer
│   ├── SignerSilentError          signer_silent, and is asked anew
│   └── InternalError              internal_error, held after some attempts
├── LeaseLostError                 lease_lost: another worker owns the document now
└── RequestError                   the caller can mend it
    ├── ConfigError                config_invalid
    ├── NotFoundError              not_found
    ├── UnauthenticatedError       unauthenticated
    ├── NotPermittedError          not_permitted
    ├── InvalidRequestError        invalid_request
    ├── SensitiveError             sensitive_not_permitted
    ├── UnknownProcedureError      procedure_unknown
    ├── UnsearchableError          query_unsearchable
    ├── CursorError                cursor_invalid
    ├── ConflictError              conflict
    ├── TooManyRequestsError       too_many_requests
    ├── NotReadyError              not_ready
    └── of single doors            upload_errors.py, door_errors.py, idempotency_errors.py

A message is one sentence that says what happened and what to do, Vietnamese and English. It never carries
personal data: no file name, no value of a field.
"""

from collections.abc import Iterable
from typing import ClassVar, Literal

from digitize.model import Problem

ExitCode = int


class DigitizeError(Exception):
    """Root. ``ends_as`` is the state a document ends in when no retry is left."""

    code: ClassVar[str]
    vi: ClassVar[str]
    en: ClassVar[str]
    retryable: ClassVar[bool] = False
    blames_document: ClassVar[bool] = True
    """False: the cause lies outside the document, which therefore waits for as long as it lasts."""
    ends_as: ClassVar[Literal["rejected", "quarantined"]] = "quarantined"
    http_status: ClassVar[int] = 500
    exit_code: ClassVar[ExitCode] = 1

    def __init__(self, **values: object) -> None:
        """``values`` fill the braces of the message and must not hold personal data."""
        self.values = values
        super().__init__(self.problem().en)

    def __reduce__(self) -> tuple[object, ...]:
        return (_restore, (type(self), self.values))  # so that it crosses from a worker's process

    def problem(self) -> Problem:
        return Problem(code=self.code, vi=self.vi.format(**self.values), en=self.en.format(**self.values))


def _restore(kind: type[DigitizeError], values: dict[str, object]) -> DigitizeError:
    return kind(**values)


class InputRefusedError(DigitizeError):
    ends_as = "rejected"
    http_status = 422
    exit_code = 10


class EmptyFileError(InputRefusedError):
    code = "input_empty"
    vi = "Tệp không có nội dung; hãy quét lại rồi gửi lại."
    en = "The file is empty; scan it again and send it again."


class UnsupportedTypeError(InputRefusedError):
    code = "input_unsupported"
    vi = "Tệp không phải PDF, TIFF, JPEG hay PNG; hãy lưu bản quét ở một trong các định dạng này rồi gửi lại."
    en = "The file is not a PDF, TIFF, JPEG or PNG; save the scan as one of these and send it again."


class DamagedInputError(InputRefusedError):
    code = "input_damaged"
    vi = "Tệp bị hỏng hoặc bị cắt cụt; hãy quét lại rồi gửi lại."
    en = "The file is damaged or cut short; scan it again and send it again."


class EncryptedInputError(InputRefusedError):
    code = "input_encrypted"
    vi = "Tệp PDF bị khóa bằng mật khẩu; hãy gửi bản không đặt mật khẩu."
    en = "The PDF is locked with a password; send a copy without one."


class InputTooLargeError(InputRefusedError):
    code = "input_too_large"
    http_status = 413
    vi = "Tệp lớn hơn giới hạn {limit_mib} MiB; hãy quét ở 300 dpi hoặc chia thành nhiều tệp."
    en = "The file is larger than the limit of {limit_mib} MiB; scan at 300 dpi or split it into several files."


class TooManyPagesError(InputRefusedError):
    code = "input_too_many_pages"
    vi = "Tệp có {pages} trang, nhiều hơn giới hạn {limit}; hãy chia thành nhiều tệp."
    en = "The number of pages is {pages}, over the limit of {limit}; split it into several files."


class UnreadablePagesError(InputRefusedError):
    """``pages``: numbers, 1-based; ``causes``: codes of the record's quality problems."""

    code = "input_unreadable"
    vi = "Không đọc được trang {pages} ({reasons_vi}); hãy đặt giấy ngay ngắn, quét lại ở 300 dpi rồi gửi lại."
    en = "{pages_en} cannot be read ({reasons_en}); lay the paper straight, scan again at 300 dpi and send it again."

    def __init__(self, *, pages: Iterable[int], causes: Iterable[str]) -> None:
        self.pages, self.causes = tuple(pages), tuple(dict.fromkeys(causes))
        numbers = ", ".join(str(page) for page in self.pages)
        super().__init__(
            pages=numbers,
            pages_en=f"Page {numbers}" if len(self.pages) == 1 else f"Pages {numbers}",
            reasons_vi=", ".join(QUALITY_PROBLEMS[cause][0] for cause in self.causes),
            reasons_en=", ".join(QUALITY_PROBLEMS[cause][1] for cause in self.causes),
        )

    def __reduce__(self) -> tuple[object, ...]:
        return (_restore, (type(self), {"pages": self.pages, "causes": self.causes}))

    def problem(self) -> Problem:
        return super().problem().model_copy(update={"causes": self.causes})


QUALITY_PROBLEMS = {
    "low_resolution": ("độ phân giải thấp", "low resolution"),
    "blurred": ("ảnh mờ nhòe", "blurred"),
    "low_contrast": ("chữ quá nhạt", "low contrast"),
    "noisy": ("ảnh nhiễu", "noise"),
    "too_dark": ("ảnh đen", "black"),
    "cut_off": ("chữ bị cắt ở mép ảnh", "print cut off at the edge"),
    "blank": ("trang trắng", "blank"),
    "no_words": ("không có chữ nào đọc được", "no word could be read"),
}
"""What the quality of a page may suffer from, in Vietnamese and English."""


class SecretPaperError(InputRefusedError):
    """The page bears a secrecy mark (Circular 01/2023/TT-VPCP, Art. 4; ADR 5): nothing of the scan may be kept."""

    code = "secret_paper"
    vi = (
        "Trang {page} có dấu chỉ độ mật nên không được số hóa và bản quét đã bị xóa; "
        "hãy giao bản giấy cho người phụ trách tài liệu mật và xóa bản quét ở máy trạm."
    )
    en = (
        "Page {page} bears a secrecy mark, so it must not be digitized and the scan was deleted; take the paper to the "
        "person responsible for secret papers and delete the scan at the station."
    )


class InputHeldError(DigitizeError):
    ends_as = "quarantined"
    http_status = 422
    exit_code = 11


class InputBombError(InputHeldError):
    code = "input_bomb"
    vi = "Ảnh khai kích thước {megapixels} triệu điểm, quá giới hạn {limit}; tệp bị giữ lại, hãy quét lại ở 300 dpi."
    en = "An image claims {megapixels} megapixels, over the limit of {limit}; it is held, scan again at 300 dpi."


class InvalidKeyError(InputHeldError):
    code = "inbox_key_invalid"
    vi = "Tên khóa trong hộp nhận sai dạng đơn vị/hồ sơ/thành phần/tệp; tệp được giữ lại, hãy gửi lại đúng chỗ."
    en = "The inbox key is not unit/dossier/component/file; the file is held, send it again to the right place."


class DocumentTimeoutError(InputHeldError):
    code = "document_timeout"
    vi = "Xử lý quá {limit_s} giây nên đã dừng; tệp được giữ lại, hãy báo người vận hành hoặc quét lại."
    en = "It took longer than {limit_s} seconds and was stopped; the file is held, tell the operator or scan again."


class SignerDeclinedError(InputHeldError):
    code = "signer_declined"
    vi = "Người ký đã từ chối ký tài liệu này; hãy hỏi người ký, rồi người vận hành cho ký lại bằng `digitize retry`."
    en = "The signer declined to sign this document; ask them, then the operator has it signed by `digitize retry`."


class WorkerDiedError(InputHeldError):
    code = "document_killed_worker"
    retryable = True
    vi = "Tiến trình xử lý dừng đột ngột ({reason}); hệ thống đang chạy tự thử lại, rồi giữ tệp chờ `digitize retry`."
    en = "The worker process ended suddenly ({reason}); the stack retries it, then it waits for `digitize retry`."


class ServiceError(DigitizeError):
    retryable = True
    blames_document = False
    ends_as = "quarantined"
    http_status = 503
    exit_code = 20


class StorageUnavailableError(ServiceError):
    code = "storage_unavailable"
    vi = "Kho đối tượng không trả lời; hãy khởi động bằng `digitize up` hoặc xem `digitize doctor`; tài liệu sẽ chờ."
    en = "The object store does not answer; run `digitize up`, or see `digitize doctor`; documents wait for it."


class QueueUnavailableError(ServiceError):
    code = "queue_unavailable"
    vi = "Hàng đợi Redis không trả lời; hãy khởi động bằng `digitize up` hoặc xem `digitize doctor`; tài liệu sẽ chờ."
    en = "The Redis queue does not answer; run `digitize up`, or see `digitize doctor`; documents wait for it."


class CatalogueUnavailableError(ServiceError):
    code = "catalogue_unavailable"
    vi = "Cơ sở dữ liệu danh mục không trả lời; hãy kiểm tra bằng `digitize doctor` rồi làm lại; tài liệu sẽ chờ."
    en = "The catalogue database does not answer; check with `digitize doctor` and do it again; documents wait for it."


class RecognizerError(ServiceError):
    code = "recognizer_failed"
    blames_document = True
    vi = "Tesseract không đọc được trang {page}; hệ thống tự thử lại; hãy xem `digitize doctor`, rồi `digitize retry`."
    en = "Tesseract failed on page {page}; the running stack retries it; see `digitize doctor`, then `digitize retry`."


class SigningError(ServiceError):
    code = "signing_failed"
    vi = "Không ký được ({reason}); hệ thống đang chạy tự thử lại, hãy kiểm tra khóa ký bằng `digitize doctor`."
    en = "Signing failed ({reason}); the running stack retries it, check the signing key with `digitize doctor`."


class TimestampError(ServiceError):
    code = "timestamp_unavailable"
    vi = "Máy chủ dấu thời gian không trả lời; hệ thống đang chạy tự thử lại, hãy kiểm tra signing.tsa_url."
    en = "The timestamp server does not answer; the running stack retries it, check signing.tsa_url."


class RevocationError(ServiceError):
    code = "revocation_unavailable"
    vi = (
        "Chưa lấy được trạng thái thu hồi của chứng thư ({reason}); hệ thống đang chạy tự thử lại, hãy kiểm tra đường "
        "mạng tới máy chủ của tổ chức chứng thực và signing.trust_roots_file."
    )
    en = (
        "The revocation status of a certificate is not to be had ({reason}); the running stack retries it, check the "
        "line to the certification authority's servers and signing.trust_roots_file."
    )


class SignerAskedError(ServiceError):
    """No failure: a person signs when they find the time."""

    code = "waiting_for_signer"
    vi = "Đang chờ người ký xác nhận trên điện thoại; hãy nhắc người ký mở ứng dụng ký số."
    en = "The signer has yet to confirm on the phone; ask them to open the signing app."


class SignerSilentError(ServiceError):
    code = "signer_silent"
    vi = "Người ký chưa xác nhận trong thời hạn của dịch vụ; hệ thống tự gửi lại yêu cầu ký."
    en = "The signer did not confirm within the service's time; the request is sent again."


class InternalError(ServiceError):
    code = "internal_error"
    blames_document = True
    http_status = 500
    exit_code = 1
    vi = "Lỗi bên trong chương trình ({kind}); hãy thử lại (`digitize retry`) hoặc gửi nhật ký cho người phát triển."
    en = "An internal error occurred ({kind}); try again (`digitize retry`), or send the log to the developers."


class LeaseLostError(DigitizeError):
    """Not a failure of the document: the worker stops and writes nothing more."""

    code = "lease_lost"
    http_status = 409
    vi = "Một tiến trình khác đã nhận tài liệu này; không cần làm gì."
    en = "Another worker has taken this document over; nothing needs to be done."


class RequestError(DigitizeError):
    http_status = 400
    exit_code = 2


class ConfigError(RequestError):
    code = "config_invalid"
    exit_code = 3
    vi = "Cấu hình sai: {detail}."
    en = "The configuration is wrong: {detail}."


class NotFoundError(RequestError):
    code = "not_found"
    http_status = 404
    exit_code = 4
    vi = "Không tìm thấy; hãy kiểm tra lại mã."
    en = "Nothing was found; check the id."


class UnauthenticatedError(RequestError):
    code = "unauthenticated"
    http_status = 401
    vi = "Thiếu khóa API hợp lệ; hãy gửi tiêu đề `Authorization: Bearer <khóa>`."
    en = "A valid API key is missing; send the header `Authorization: Bearer <key>`."


class NotPermittedError(RequestError):
    code = "not_permitted"
    http_status = 403
    vi = "Khóa này không được phép làm việc đó; hãy xin người vận hành cấp thêm quyền."
    en = "This key may not do that; ask the operator to widen its scope."


class InvalidRequestError(RequestError):
    code = "invalid_request"
    http_status = 422
    vi = "Yêu cầu không hợp lệ ({detail}); hãy sửa rồi gửi lại."
    en = "The request is not valid ({detail}); correct it and send it again."


class SensitiveError(RequestError):
    code = "sensitive_not_permitted"
    http_status = 403
    vi = "Giấy tờ có dữ liệu cá nhân nhạy cảm mà khóa này không được xem; hãy xin quyền `sensitive`."
    en = "The paper holds sensitive personal data that this key may not see; ask for the scope `sensitive`."


class UnknownProcedureError(RequestError):
    code = "procedure_unknown"
    http_status = 422
    vi = "Chưa có thủ tục này trong danh mục; hãy nhập danh mục bằng `digitize procedures import`."
    en = "This procedure is not in the catalogue; import it with `digitize procedures import`."


class UnsearchableError(RequestError):
    code = "query_unsearchable"
    http_status = 422
    vi = "Chỉ tìm được từ 1 đến 20 từ, không có số từ 8 chữ số trở lên; hãy sửa lại, hoặc tra cứu theo số định danh."
    en = "A search takes 1 to 20 words and no number of 8 digits or more; change it, or look papers up by the number."


class CursorError(RequestError):
    """Of another query or another client, or changed on the way."""

    code = "cursor_invalid"
    http_status = 422
    vi = "Con trỏ trang không thuộc truy vấn này; hãy gửi lại truy vấn không kèm con trỏ để bắt đầu từ trang đầu."
    en = "The cursor is not of this query; send the query without one to begin at the first page."


class ConflictError(RequestError):
    code = "conflict"
    http_status = 409
    vi = "Yêu cầu trái với điều đã ghi trước đó; hãy xem lại rồi gửi yêu cầu mới."
    en = "The request contradicts what is recorded already; look at it again and send a new one."


class TooManyRequestsError(RequestError):
    code = "too_many_requests"
    http_status = 429
    vi = "Quá nhiều yêu cầu; hãy gửi lại sau {seconds} giây."
    en = "Too many requests; send it again in {seconds} s."


class NotReadyError(RequestError):
    code = "not_ready"
    http_status = 409
    vi = "Tài liệu chưa được công bố; hãy thử lại sau."
    en = "The document is not published yet; try again later."
