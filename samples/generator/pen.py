"""What a pen and a stamp leave: words, scrawls and seals as coverage masks (mode L, 255 is full ink)."""

import math
import random

from PIL import Image, ImageChops, ImageDraw

from samples.generator.fonts import MM_PER_INCH, Style, load_font
from samples.generator.letters import Point, advance, outline
from samples.generator.paper import Handwriting, Seal, Signature

_OVERSAMPLING = 3
_STAR = "★"
"""Divides the parts of a seal's ring; drawn, as the font lacks it."""


def px(length_mm: float, dpi: float) -> float:
    return length_mm / MM_PER_INCH * dpi


def measure_handwriting(text: str, height: float) -> float:
    """About how wide the words come out, in the unit of ``height``."""
    return height * sum(map(advance, text))


def draw_handwriting(writing: Handwriting, dpi: int) -> tuple[Image.Image, Point]:
    """Mask and the px of the page where its top left corner belongs."""
    rng = random.Random(writing.seed)
    height = px(writing.height, dpi) * _OVERSAMPLING
    margin = height * 0.4
    size = (int(measure_handwriting(writing.text, height) + 2 * margin), int(height + 2 * margin))
    mask = Image.new("L", size)
    x = margin
    for letter in writing.text:
        scale = rng.uniform(0.9, 1.1)
        lean = rng.uniform(0.1, 0.22)
        lift = rng.uniform(-0.05, 0.05) * height
        for stroke in outline(letter):
            points = [
                (
                    x + height * scale * (sx + lean * (1 - sy) + rng.uniform(-0.02, 0.02)),
                    margin + lift + height * (1 - scale) + height * scale * (sy + rng.uniform(-0.02, 0.02)),
                )
                for sx, sy in stroke
            ]
            _draw_stroke(mask, points, px(0.5, dpi) * _OVERSAMPLING, rng)
        x += height * advance(letter) * rng.uniform(0.95, 1.08)
    corner = (px(writing.x, dpi) - margin / _OVERSAMPLING, px(writing.y - writing.height, dpi) - margin / _OVERSAMPLING)
    return _shrink(mask), corner


def draw_signature(signature: Signature, dpi: int) -> tuple[Image.Image, Point]:
    """Mask and the px of the page where its top left corner belongs."""
    rng = random.Random(signature.seed)
    width = px(signature.width, dpi) * _OVERSAMPLING
    height = width * 0.62
    mask = Image.new("L", (int(width * 1.2), int(height * 1.2)))
    left, middle = width * 0.12, height * 0.62
    loops = rng.randint(4, 6)
    points: list[Point] = [(left, middle + height * 0.2), (left + width * 0.1, middle - height * 0.5)]
    for loop in range(loops):
        x = left + width * (0.12 + 0.55 * (loop + 0.5) / loops)
        tall = height * rng.uniform(0.12, 0.4)
        points += [
            (x - width * 0.05, middle + tall * 0.45),
            (x + width * rng.uniform(0.02, 0.06), middle - tall),
        ]
    points += [(left + width * 0.72, middle + height * 0.12), (left + width * 0.98, middle - height * 0.34)]
    _draw_stroke(mask, points, px(0.45, dpi) * _OVERSAMPLING, rng)
    sweep = [
        (left + width * 0.05, middle + height * 0.3),
        (left + width * 0.4, middle + height * 0.16),
        (left + width * 0.9, middle + height * 0.02),
    ]
    _draw_stroke(mask, sweep, px(0.4, dpi) * _OVERSAMPLING, rng)
    shrunk = _shrink(mask)
    corner = (px(signature.x, dpi) - shrunk.width / 2, px(signature.y, dpi) - shrunk.height / 2)
    return shrunk, corner


def draw_seal(seal: Seal, dpi: int) -> tuple[Image.Image, Point]:
    """Mask and the px of the page where its top left corner belongs."""
    size = int(px(seal.diameter, dpi) * _OVERSAMPLING)
    mask = Image.new("L", (size, size))
    draw = ImageDraw.Draw(mask)
    thick, thin = max(2, size // 42), max(1, size // 90)
    draw.ellipse((1, 1, size - 2, size - 2), outline=255, width=thick)
    inset = size * 0.19
    draw.ellipse((inset, inset, size - inset, size - inset), outline=255, width=thin)
    _draw_ring_text(mask, seal.ring, size)
    _draw_core(draw, seal.core, size)
    mask = mask.rotate(-seal.turn, Image.Resampling.BICUBIC)
    mask = _shrink(ImageChops.multiply(mask, _draw_ink_wear(mask.size, seal)))
    corner = (px(seal.x, dpi) - mask.width / 2, px(seal.y, dpi) - mask.height / 2)
    return mask, corner


def _draw_ring_text(mask: Image.Image, text: str, size: int) -> None:
    radius = size * 0.395
    rim = 2 * math.pi * radius * 0.96
    height = size * 0.088
    # A long name is set smaller, as the seal's engraver would.
    height *= min(1.0, 0.93 * rim / load_font(Style.BOLD, height).getlength(text))
    font = load_font(Style.BOLD, height)
    widths = [font.getlength(letter) for letter in text]
    step = (rim - sum(widths)) / len(text)
    angle = -math.pi / 2 - math.pi * 0.96
    cell = int(size * 0.2)
    for letter, width in zip(text, widths, strict=True):
        angle += (width + step) / 2 / radius
        glyph = Image.new("L", (cell, cell))
        if letter == _STAR:
            ImageDraw.Draw(glyph).polygon(_outline_star(cell / 2, cell * 0.5, cell * 0.16), fill=255)
        else:
            ImageDraw.Draw(glyph).text((cell / 2, cell * 0.66), letter, fill=255, font=font, anchor="ms")
        glyph = glyph.rotate(-math.degrees(angle) - 90, Image.Resampling.BICUBIC)
        x = int(size / 2 + radius * math.cos(angle) - cell / 2)
        y = int(size / 2 + radius * math.sin(angle) - cell / 2)
        spot = mask.crop((x, y, x + cell, y + cell))
        mask.paste(ImageChops.lighter(spot, glyph), (x, y))
        angle += (width + step) / 2 / radius


def _draw_core(draw: ImageDraw.ImageDraw, lines: tuple[str, ...], size: int) -> None:
    # A plain star stands where a real seal shows the national emblem: nothing here can pass for real.
    draw.polygon(_outline_star(size / 2, size * 0.36, size * 0.09), fill=255)
    font = load_font(Style.BOLD, size * 0.07)
    for number, line in enumerate(lines):
        draw.text((size / 2, size * (0.54 + 0.085 * number)), line, fill=255, font=font, anchor="ms")


def _outline_star(x: float, y: float, radius: float) -> list[Point]:
    points = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * 0.4
        angle = math.pi * corner / 5 - math.pi / 2
        points.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
    return points


def _draw_ink_wear(size: tuple[int, int], seal: Seal) -> Image.Image:
    rng = random.Random(seal.ring)
    coarse = Image.new("L", (9, 9))
    coarse.putdata([rng.randint(150, 255) for _ in range(81)])
    return coarse.resize(size, Image.Resampling.BICUBIC)


def _draw_stroke(mask: Image.Image, points: list[Point], width: float, rng: random.Random) -> None:
    draw = ImageDraw.Draw(mask)
    curve = _smooth(points, width / 5)
    pressure = rng.uniform(0.85, 1.0)
    for number, (x, y) in enumerate(curve):
        # The pen bears down in the middle of a stroke and lifts at its ends.
        share = number / max(1, len(curve) - 1)
        radius = width / 2 * pressure * (0.7 + 0.5 * math.sin(math.pi * share))
        draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)


def _smooth(points: list[Point], spacing: float) -> list[Point]:
    """Catmull-Rom curve through the points, sampled about every ``spacing`` px."""
    ends = [points[0], *points, points[-1]]
    curve: list[Point] = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        steps = 2 + int(1.5 * math.dist(b, c) / spacing)
        for step in range(steps):
            t = step / steps
            curve.append((_blend(a[0], b[0], c[0], d[0], t), _blend(a[1], b[1], c[1], d[1], t)))
    return curve


def _blend(a: float, b: float, c: float, d: float, t: float) -> float:
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t)


def _shrink(mask: Image.Image) -> Image.Image:
    size = (max(1, mask.width // _OVERSAMPLING), max(1, mask.height // _OVERSAMPLING))
    return mask.resize(size, Image.Resampling.BOX)
