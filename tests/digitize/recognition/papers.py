"""Pages of print for the recognition tests: enough lines to tell their direction by."""

from PIL import Image, ImageDraw, ImageFont

from signing.fonts import find_stamp_font

LINES = (
    "Căn cứ Luật Tổ chức chính quyền địa phương;",
    "Theo đề nghị của Trưởng phòng Văn hóa và Thông tin,",
    "Quyết định thành lập tổ công tác rà soát thủ tục hành chính",
    "gồm các ông, bà có tên trong danh sách kèm theo. Tổ công tác",
    "có nhiệm vụ lập kế hoạch, phân công người thực hiện và báo cáo",
    "kết quả trước ngày mười lăm hằng tháng cho bộ phận một cửa.",
    "Kinh phí được bố trí trong dự toán của cơ quan thường trực.",
    "Các đơn vị, cá nhân liên quan chịu trách nhiệm thi hành.",
)
DPI = 150
SIZE = (1240, 1754)


def draw_print(lines: int = 3, *, mode: str = "L", ink: object = "black") -> Image.Image:
    """A4 at 150 dpi with ``lines`` times eight lines of 14 pt print."""
    page = Image.new(mode, SIZE, "white")
    font = ImageFont.truetype(str(find_stamp_font(None)), 14 * DPI // 72)
    draw = ImageDraw.Draw(page)
    for row, text in enumerate(LINES * lines):
        draw.text((150, 160 + 50 * row), text, ink, font)
    return page


def skewed(page: Image.Image, degrees: float) -> Image.Image:
    """Lines fall by ``degrees`` to the right."""
    white = 255 if page.mode == "L" else (255, 255, 255)
    return page.rotate(-degrees, Image.Resampling.BICUBIC, fillcolor=white)
