"""Small files made for one test each: scans of a few words in every form a station might send."""

import io
from pathlib import Path

import img2pdf
import pikepdf
from PIL import Image, ImageDraw, ImageFont

from signing.fonts import find_stamp_font

A5_AT_150_DPI = (874, 1240)
WORDS = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA", "Đơn vị thử nghiệm", "Số hai mươi bảy")


def draw_page(words: tuple[str, ...] = WORDS, size: tuple[int, int] = A5_AT_150_DPI) -> Image.Image:
    """Black words on white, large enough to be read at 150 dpi."""
    page = Image.new("RGB", size, "white")
    font = ImageFont.truetype(str(find_stamp_font(None)), size[0] // 22)
    for row, text in enumerate(words):
        ImageDraw.Draw(page).text((size[0] // 9, size[1] // 6 + row * size[1] // 10), text, "black", font)
    return page


def stamp(
    page: Image.Image, text: str, ink: str, at_mm: tuple[float, float], *, framed: bool = True, dpi: int = 150
) -> Image.Image:
    """A rectangular stamp 8 mm high, as secrecy marks have it; ``at_mm``: its top left corner."""
    page = page.copy()
    pen = ImageDraw.Draw(page)
    font = ImageFont.truetype(str(find_stamp_font(None)), round(5.8 * dpi / 25.4))
    x, y, margin = at_mm[0] * dpi / 25.4, at_mm[1] * dpi / 25.4, 3 * dpi / 25.4
    _, y0, x1, y1 = pen.textbbox((x + margin, y + margin / 2), text, font)
    pen.text((x + margin, y + margin / 2), text, ink, font)
    if framed:
        pen.rectangle((x, y0 - margin / 2, x1 + margin, y1 + margin / 2), outline=ink, width=3)
    return page


def write_jpeg(path: Path, page: Image.Image | None = None, **options: object) -> Path:
    (page or draw_page()).save(path, "JPEG", dpi=(150, 150), quality=85, **options)
    return path


def write_scanned_pdf(
    path: Path, *, rotate: int = 0, pages: int = 1, extra_content: bytes = b"", page: Image.Image | None = None
) -> Path:
    """A PDF whose pages are one JPEG each, as a scanner writes it; ``rotate`` is /Rotate of every page."""
    jpeg = path.with_suffix(".source.jpg")
    image = page or draw_page()
    if rotate:
        image = image.rotate(rotate, expand=True)  # counter-clockwise, so that /Rotate sets it upright again
    write_jpeg(jpeg, image)
    with pikepdf.new() as pdf:
        for _ in range(pages):
            picture = pikepdf.Stream(pdf, jpeg.read_bytes())
            picture.stream_dict = pikepdf.Dictionary(
                Type=pikepdf.Name.XObject,
                Subtype=pikepdf.Name.Image,
                Width=image.width,
                Height=image.height,
                ColorSpace=pikepdf.Name.DeviceRGB,
                BitsPerComponent=8,
                Filter=pikepdf.Name.DCTDecode,
            )
            width, height = image.width * 72 / 150, image.height * 72 / 150
            added = pdf.add_blank_page(page_size=(width, height))
            added.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=picture))
            added.Contents = pdf.make_stream(f"q {width} 0 0 {height} 0 0 cm /Im0 Do Q\n".encode() + extra_content)
            if rotate:
                added.Rotate = rotate
        pdf.save(path)
    jpeg.unlink()
    return path


def write_numbered_pdf(path: Path, pages: int, *, cut: int | None = None) -> Path:
    """Pages quickly read, each with its own number on it; of page ``cut`` the picture is cut off in the middle."""
    jpegs = []
    for number in range(1, pages + 1):
        packed = io.BytesIO()
        draw_page((f"TỜ SỐ {number} CỦA TẬP HỒ SƠ",), (874, 620)).save(packed, "JPEG", dpi=(150, 150), quality=85)
        data = packed.getvalue()
        jpegs.append(data[: len(data) // 2] if number == cut else data)
    path.write_bytes(img2pdf.convert(jpegs))
    return path
