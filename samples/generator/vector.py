"""Draws a paper as a born-digital PDF: real letters, embedded fonts, seal and signature as pictures."""

import io
from collections.abc import Sequence

import pikepdf
from PIL import Image
from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from samples.generator.fonts import MM_PER_INCH, PT_PER_INCH, Style, register_font
from samples.generator.paper import (
    A4_HEIGHT_MM,
    A4_WIDTH_MM,
    PEN_BLUE,
    SEAL_RED,
    Colour,
    Page,
    Rule,
    Seal,
    Signature,
    Text,
)
from samples.generator.pen import draw_seal, draw_signature

PICTURE_DPI = 200


def draw_pdf(pages: Sequence[Page]) -> bytes:
    """PDF of these pages, the same bytes each time. Raises TypeError for an item that only a pen could make."""
    buffer = io.BytesIO()
    size = (_pt(A4_WIDTH_MM), _pt(A4_HEIGHT_MM))
    # Left uncompressed here: qpdf compresses below with its own zlib, the same on every machine.
    canvas = Canvas(
        buffer,
        pagesize=size,
        invariant=True,
        pageCompression=0,
        initialFontName=register_font(Style.REGULAR),
    )
    canvas.setTitle("Giấy tờ hư cấu")
    for page in pages:
        for item in page.items:
            match item:
                case Text():
                    _draw_text(canvas, item)
                case Rule():
                    _draw_rule(canvas, item)
                case Signature():
                    _draw_picture(canvas, *draw_signature(item, PICTURE_DPI), PEN_BLUE)
                case Seal():
                    _draw_picture(canvas, *draw_seal(item, PICTURE_DPI), SEAL_RED)
                case _:
                    raise TypeError(f"{type(item).__name__} has no place in a born-digital paper")
        canvas.showPage()
    canvas.save()
    return settle_pdf(buffer.getvalue())


def settle_pdf(data: bytes) -> bytes:
    """The same PDF written by qpdf, so that its bytes depend on its content only."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        # img2pdf writes the time of day into the one and chance into the other.
        del pdf.docinfo
        if "/ID" in pdf.trailer:
            del pdf.trailer["/ID"]
        pdf.save(
            buffer,
            deterministic_id=True,
            recompress_flate=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return buffer.getvalue()


def _pt(length_mm: float) -> float:
    return length_mm / MM_PER_INCH * PT_PER_INCH


def _draw_text(canvas: Canvas, item: Text) -> None:
    canvas.setFillColorRGB(*(part / 255 for part in item.colour))
    canvas.setFont(register_font(item.style), item.size_pt)
    # The space belongs to the text as word processors write it; readers of the text layer need it.
    canvas.drawString(_pt(item.x), _pt(A4_HEIGHT_MM - item.y), f"{item.text} ")


def _draw_rule(canvas: Canvas, item: Rule) -> None:
    canvas.setStrokeColorRGB(*(part / 255 for part in item.colour))
    canvas.setLineWidth(_pt(item.width))
    canvas.setDash((0.7, 2) if item.dotted else ())
    canvas.line(_pt(item.x0), _pt(A4_HEIGHT_MM - item.y0), _pt(item.x1), _pt(A4_HEIGHT_MM - item.y1))


def _draw_picture(canvas: Canvas, mask: Image.Image, corner: tuple[float, float], colour: Colour) -> None:
    picture = Image.new("RGBA", mask.size, (*colour, 255))
    picture.putalpha(mask)
    scale = PT_PER_INCH / PICTURE_DPI
    bottom = _pt(A4_HEIGHT_MM) - (corner[1] + mask.height) * scale
    canvas.drawImage(
        ImageReader(picture), corner[0] * scale, bottom, mask.width * scale, mask.height * scale, mask="auto"
    )
