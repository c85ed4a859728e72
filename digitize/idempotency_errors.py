"""Errors of idempotency keys; part of the tree in ``digitize/errors.py``.

RequestError
├── KeyReusedError             idempotency_key_reused
└── KeyInUseError              idempotency_key_in_use
"""

from digitize.errors import RequestError


class KeyReusedError(RequestError):
    code = "idempotency_key_reused"
    http_status = 422
    vi = "Khóa Idempotency-Key này đã dùng cho một yêu cầu khác; hãy gửi yêu cầu mới với khóa mới."
    en = "This Idempotency-Key was used for another request; send a new request with a new key."


class KeyInUseError(RequestError):
    code = "idempotency_key_in_use"
    http_status = 409
    vi = "Yêu cầu đầu tiên với khóa Idempotency-Key này chưa xong; hãy gửi lại sau {seconds} giây."
    en = "The first request with this Idempotency-Key is still under way; send it again in {seconds} s."
