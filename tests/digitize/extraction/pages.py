"""Recognized pages built by hand: lines given in pixels of a page of 2480 × 3508 (A4 at 300 dpi)."""

from dataclasses import dataclass, replace

from digitize.extraction.heights import expected_height
from digitize.recognition.api import Line, RecognizedPage, Word
from digitize.recognition.word_confidence import probability

WIDTH, HEIGHT = 2480, 3508
FONT_PX = 56
LETTER_PX = 26


@dataclass(frozen=True)
class Look:
    """How a run of words looks to the recognizer."""

    confidence: float = 0.965
    ink: float | None = 0.0
    scale: float = 1.0
    gap: int = 16


PRINT = Look()


def word(text: str, left: float, baseline: float, look: Look = PRINT) -> Word:
    height = (expected_height(text) or 0.2) * FONT_PX * look.scale
    hangs = 0.21 * FONT_PX if expected_height(text) > 0.85 or text.endswith(",") else 0.0
    right = left + max(1, len(text)) * LETTER_PX
    box = (left / WIDTH, (baseline + hangs - height) / HEIGHT, right / WIDTH, (baseline + hangs) / HEIGHT)
    seen = Word(text, box, look.confidence, look.ink)
    return replace(seen, right=probability(seen, height))


def line(text: str, left: float, baseline: float, look: Look = PRINT, block: int = 1) -> Line:
    """Words of ``text`` side by side; ``|`` is a column gap of 300 px inside the one line Tesseract gave."""
    words: list[Word] = []
    at = left
    for part in text.split():
        if part == "|":
            at += 300
            continue
        words.append(word(part, at, baseline, look))
        at += len(part) * LETTER_PX + look.gap
    return Line(tuple(words), block)


def page(*lines: Line, number: int = 1, text_layer: bool = False) -> RecognizedPage:
    method = "text_layer" if text_layer else "ocr"
    return RecognizedPage(number, WIDTH, HEIGHT, 300, tuple(lines), method)


HEAD = (
    line("ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 350, 260),
    line("XÃ SUỐI MƯA | Độc lập - Tự do - Hạnh phúc", 420, 330),
    line("Số: 15/QĐ-UBND | Suối Mưa, ngày 07 tháng 3 năm 2026", 400, 430),
)
BODY = (
    line("Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;", 460, 900),
    line("Xét đề nghị của Trưởng phòng Kinh tế xã Suối Mưa.", 460, 970),
    line("Điều 1. Phê duyệt kế hoạch sửa chữa cầu treo Suối Mưa trong quý II năm 2026.", 460, 1040),
)
SIGNATURE = (
    line("Nơi nhận: | | | KT. CHỦ TỊCH", 350, 1500),
    line("- Như Điều 1; | | | PHÓ CHỦ TỊCH", 350, 1570),
    line("- Lưu: VT.", 350, 1640),
    line("Hoàng Thị Thúy", 1650, 1850),
)
DECISION = (
    *HEAD,
    line("QUYẾT ĐỊNH", 1110, 560),
    line("Về việc phê duyệt kế hoạch sửa chữa cầu treo", 650, 640),
    line("Suối Mưa trong quý II năm 2026", 850, 710),
    *BODY,
    *SIGNATURE,
)
BIRTH = (
    line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 800, 260),
    line("Độc lập - Tự do - Hạnh phúc", 900, 330),
    line("GIẤY KHAI SINH", 1050, 480),
    line("Số: 31/2019", 1130, 560),
    line("Họ, chữ đệm, tên: TRẦN THỊ HOA", 350, 700),
    line("Ngày, tháng, năm sinh: 07/3/2019", 350, 780),
    line("Ghi bằng chữ: Ngày bảy tháng ba năm hai nghìn không trăm mười chín", 350, 860),
    line("Giới tính: Nữ Dân tộc: Tày Quốc tịch: Việt Nam", 350, 940),
    line("Nơi sinh: Trạm Y tế xã Suối Mưa, tỉnh Hòa Sơn", 350, 1020),
    line("Quê quán: Xã Suối Mưa, tỉnh Hòa Sơn", 350, 1100),
    line("Số định danh cá nhân: 004319000127", 350, 1180),
    line("Họ, chữ đệm, tên người mẹ: HOÀNG THỊ HÀ", 350, 1260),
    line("Năm sinh: 1990 Dân tộc: Tày Quốc tịch: Việt Nam", 350, 1340),
    line("Nơi cư trú: Bản Hạ, xã Suối Mưa, tỉnh Hòa Sơn", 350, 1420),
    line("Họ, chữ đệm, tên người cha: TRẦN VĂN THẠCH", 350, 1500),
    line("Năm sinh: 1987 Dân tộc: Kinh Quốc tịch: Việt Nam", 350, 1580),
    line("Họ, chữ đệm, tên người đi khai sinh: TRẦN VĂN THẠCH", 350, 1660),
    line("Nơi đăng ký khai sinh: Ủy ban nhân dân xã Suối Mưa, tỉnh Hòa Sơn", 350, 1740),
    line("Ngày, tháng, năm đăng ký: 15/3/2019", 350, 1820),
    line("NGƯỜI KÝ GIẤY KHAI SINH", 1500, 1900),
    line("CHỦ TỊCH", 1700, 1970),
    line("Bế Văn Toản", 1680, 2250),
)


def without(lines: tuple[Line, ...], *texts: str) -> tuple[Line, ...]:
    """The lines but those that contain one of the texts."""
    return tuple(one for one in lines if not any(text in one.text for text in texts))


def swap(lines: tuple[Line, ...], text: str, *instead: Line) -> tuple[Line, ...]:
    """The lines with the one that contains the text replaced."""
    at = next(i for i, one in enumerate(lines) if text in one.text)
    return (*lines[:at], *instead, *lines[at + 1 :])
