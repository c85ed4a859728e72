"""What the states of a document are called, in the console and in the terminal alike."""

STATES: dict[str, tuple[str, str]] = {
    "received": ("Đã nhận", "Received"),
    "processing": ("Đang xử lý", "Processing"),
    "needs_review": ("Cần kiểm tra", "Needs review"),
    "published": ("Đã công bố", "Published"),
    "rejected": ("Bị từ chối", "Rejected"),
    "quarantined": ("Bị giữ lại", "Quarantined"),
    "revoked": ("Đã thu hồi", "Revoked"),
}
