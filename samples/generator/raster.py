"""Draws a page of a paper as the image a perfect scanner would give."""

import math

import numpy as np
import zxingcpp
from PIL import Image, ImageChops, ImageDraw

from samples.generator.fonts import PT_PER_INCH, load_font
from samples.generator.paper import (
    PEN_BLUE,
    SEAL_RED,
    Barcode,
    Box,
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

_CLOTHES: Colour = (92, 98, 118)
_SKIN: Colour = (196, 168, 148)


def draw_page(page: Page, dpi: int) -> Image.Image:
    """RGB image of the whole page."""
    size = (round(px(page.width, dpi)), round(px(page.height, dpi)))
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
                _lay_ink(image, *draw_handwriting(item, dpi), item.colour)
            case Seal():
                _lay_ink(image, *draw_seal(item, dpi), SEAL_RED)
            case Barcode():
                _draw_barcode(image, item, dpi)
            case Box():
                _draw_box(image, item, dpi)
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


def _draw_barcode(image: Image.Image, item: Barcode, dpi: int) -> None:
    code = zxingcpp.create_barcode(item.text, zxingcpp.BarcodeFormat.QRCode)
    modules = Image.fromarray(np.array(zxingcpp.write_barcode_to_image(code)))
    side = round(px(item.size, dpi))
    place = (round(px(item.x, dpi)), round(px(item.y, dpi)))
    image.paste(modules.resize((side, side), Image.Resampling.BOX).convert("RGB"), place)


def _draw_box(image: Image.Image, item: Box, dpi: int) -> None:
    draw = ImageDraw.Draw(image)
    x0, y0, x1, y1 = (px(length, dpi) for length in (item.x0, item.y0, item.x1, item.y1))
    draw.rectangle((x0, y0, x1, y1), fill=item.colour)
    if item.portrait:
        middle, wide, tall = (x0 + x1) / 2, x1 - x0, y1 - y0
        draw.pieslice((x0 + wide * 0.08, y0 + tall * 0.62, x1 - wide * 0.08, y1 + tall * 0.4), 180, 360, fill=_CLOTHES)
        draw.ellipse((middle - wide * 0.2, y0 + tall * 0.18, middle + wide * 0.2, y0 + tall * 0.62), fill=_SKIN)


def _lay_ink(image: Image.Image, mask: Image.Image, corner: Point, colour: Colour) -> None:
    """Ink darkens what lies below it, as on paper; it never covers print with its own colour."""
    x, y = round(corner[0]), round(corner[1])
    box = (x, y, x + mask.width, y + mask.height)
    below = image.crop(box)
    film = Image.composite(Image.new("RGB", mask.size, colour), Image.new("RGB", mask.size, (255, 255, 255)), mask)
    image.paste(ImageChops.multiply(below, film), box)
