"""Draws a page of a paper as the image a perfect scanner would give."""

import math

from PIL import Image, ImageChops, ImageDraw

from samples.generator.fonts import PT_PER_INCH, load_font
from samples.generator.paper import (
    A4_HEIGHT_MM,
    A4_WIDTH_MM,
    PEN_BLUE,
    SEAL_RED,
    Colour,
    Handwriting,
    Page,
    Rule,
    Seal,
    Signature,
    Text,
    Waves,
)
from samples.generator.pen import Point, draw_handwriting, draw_seal, draw_signature, px


def draw_page(page: Page, dpi: int) -> Image.Image:
    """RGB image of the whole A4 page."""
    size = (round(px(A4_WIDTH_MM, dpi)), round(px(A4_HEIGHT_MM, dpi)))
    image = Image.new("RGB", size, page.tint)
    for item in page.items:
        match item:
            case Text():
                _draw_text(image, item, dpi)
            case Rule():
                _draw_rule(image, item, dpi)
            case Waves():
                _draw_waves(image, item, dpi)
            case Signature():
                _lay_ink(image, *draw_signature(item, dpi), PEN_BLUE)
            case Handwriting():
                _lay_ink(image, *draw_handwriting(item, dpi), PEN_BLUE)
            case Seal():
                _lay_ink(image, *draw_seal(item, dpi), SEAL_RED)
    return image


def _draw_text(image: Image.Image, item: Text, dpi: int) -> None:
    font = load_font(item.style, item.size_pt / PT_PER_INCH * dpi)
    place = (px(item.x, dpi), px(item.y, dpi))
    ImageDraw.Draw(image).text(place, item.text, fill=item.colour, font=font, anchor="ls")


def _draw_rule(image: Image.Image, item: Rule, dpi: int) -> None:
    draw = ImageDraw.Draw(image)
    start, end = (px(item.x0, dpi), px(item.y0, dpi)), (px(item.x1, dpi), px(item.y1, dpi))
    width = max(1, round(px(item.width, dpi)))
    if not item.dotted:
        draw.line((start, end), fill=item.colour, width=width)
        return
    pitch = px(0.9, dpi)
    for dot in range(int((end[0] - start[0]) / pitch)):
        x = start[0] + dot * pitch
        draw.ellipse((x, start[1] - width / 2, x + width, start[1] + width / 2), fill=item.colour)


def _draw_waves(image: Image.Image, item: Waves, dpi: int) -> None:
    draw = ImageDraw.Draw(image)
    y = item.y0
    while y <= item.y1:
        steps = int((item.x1 - item.x0) * 2)
        points = [
            (px(item.x0 + step / 2, dpi), px(y + item.pitch * 0.8 * math.sin(step / 6), dpi))
            for step in range(steps + 1)
        ]
        draw.line(points, fill=item.colour, width=max(1, round(px(0.15, dpi))))
        y += item.pitch


def _lay_ink(image: Image.Image, mask: Image.Image, corner: Point, colour: Colour) -> None:
    """Ink darkens what lies below it, as on paper; it never covers print with its own colour."""
    x, y = round(corner[0]), round(corner[1])
    box = (x, y, x + mask.width, y + mask.height)
    below = image.crop(box)
    film = Image.composite(Image.new("RGB", mask.size, colour), Image.new("RGB", mask.size, (255, 255, 255)), mask)
    image.paste(ImageChops.multiply(below, film), box)
