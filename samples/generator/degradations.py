"""What scanners and paper do to a page: functions from image to image, to be put one after another."""

import io
import math
import random
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from samples.generator.fonts import MM_PER_INCH
from samples.generator.paper import A4_WIDTH_MM, SEAL_RED, Colour, Page, Seal
from samples.generator.pen import draw_seal
from samples.generator.raster import draw_page

Degradation = Callable[[Image.Image, random.Random], Image.Image]
Point = tuple[float, float]
Corners = tuple[Point, Point, Point, Point]

_GHOST_DPI = 100
"""What shows through paper is soft; more would be work for nothing."""


def degrade(image: Image.Image, steps: tuple[Degradation, ...], seed: int) -> Image.Image:
    rng = random.Random(seed)
    for step in steps:
        image = step(image, rng)
    return image


def skew(degrees: float) -> Degradation:
    """Turn clockwise, as a sheet that slipped; corners show the white lid."""

    def apply(image: Image.Image, _rng: random.Random) -> Image.Image:
        white = (255,) * len(image.getbands())
        return image.rotate(-degrees, Image.Resampling.BICUBIC, fillcolor=white)

    return apply


def blur(radius_px: float) -> Degradation:
    def apply(image: Image.Image, _rng: random.Random) -> Image.Image:
        return image.filter(ImageFilter.GaussianBlur(radius_px))

    return apply


def noise(amount: int) -> Degradation:
    """Grain of about ``amount`` grey levels (standard deviation), the same in every channel."""

    def apply(image: Image.Image, rng: random.Random) -> Image.Image:
        count = image.width * image.height
        # Bytes of the standard library's generator, whose stream is fixed for good, unlike numpy's.
        first = np.frombuffer(rng.randbytes(count), np.uint8).astype(np.int16)
        second = np.frombuffer(rng.randbytes(count), np.uint8).astype(np.int16)
        grain = ((first + second - 255) * amount // 104).reshape(image.height, image.width)
        pixels = np.asarray(image).astype(np.int16)
        pixels += grain if pixels.ndim == 2 else grain[:, :, None]
        return Image.fromarray(pixels.clip(0, 255).astype(np.uint8), image.mode)

    return apply


def grey() -> Degradation:
    def apply(image: Image.Image, _rng: random.Random) -> Image.Image:
        return image.convert("L")

    return apply


def tone(darkest: int, lightest: int) -> Degradation:
    """Squeeze the range of tones: a worn toner cartridge, a lamp past its time, yellowed paper."""

    def apply(image: Image.Image, _rng: random.Random) -> Image.Image:
        return image.point(
            [darkest + level * (lightest - darkest) // 255 for level in range(256)] * len(image.getbands())
        )

    return apply


def paper(colour: Colour) -> Degradation:
    """Paper that is not quite white; without it a scan of black print has no colour at all, as none really has."""

    def apply(image: Image.Image, _rng: random.Random) -> Image.Image:
        return ImageChops.multiply(image, Image.new(image.mode, image.size, colour))

    return apply


def shade(depth: int) -> Degradation:
    """A darker band along the left edge, where the sheet was lifted by a binding."""

    def apply(image: Image.Image, _rng: random.Random) -> Image.Image:
        width = image.width // 14
        row = [255 - depth * (width - x) // width if x < width else 255 for x in range(image.width)]
        band = Image.new("L", (image.width, 1))
        band.putdata(row)
        full = band.resize(image.size, Image.Resampling.NEAREST)
        return ImageChops.multiply(image, full.convert(image.mode))

    return apply


def bleed_through(back: Page, strength: float) -> Degradation:
    """Let the print of the other side show, mirrored; ``strength`` 0 to 1."""

    def apply(image: Image.Image, _rng: random.Random) -> Image.Image:
        ghost = ImageOps.mirror(draw_page(back, _GHOST_DPI).convert("L")).resize(image.size)
        ghost = ghost.filter(ImageFilter.GaussianBlur(2))
        ghost = ghost.point([255 - int((255 - level) * strength) for level in range(256)])
        return ImageChops.multiply(image, ghost.convert(image.mode))

    return apply


def turn(degrees: int) -> Degradation:
    """Lay the sheet down turned clockwise by 90, 180 or 270 degrees."""

    def apply(image: Image.Image, _rng: random.Random) -> Image.Image:
        return image.rotate(-degrees, expand=True)

    return apply


def stamp_over(seal: Seal) -> Degradation:
    """Set one more seal down, wherever it falls on print."""

    def apply(image: Image.Image, _rng: random.Random) -> Image.Image:
        mask, (x, y) = draw_seal(seal, round(image.width / A4_WIDTH_MM * MM_PER_INCH))
        film = Image.composite(Image.new("RGB", mask.size, SEAL_RED), Image.new("RGB", mask.size, "white"), mask)
        inked = image.convert("RGB")
        box = (round(x), round(y), round(x) + mask.width, round(y) + mask.height)
        inked.paste(ImageChops.multiply(inked.crop(box), film), box)
        return inked

    return apply


def punch(diameter_mm: float = 6.0) -> Degradation:
    """Two filing holes in the left margin, dark with what lies below."""

    def apply(image: Image.Image, _rng: random.Random) -> Image.Image:
        holed = image.copy()
        per_mm = image.width / A4_WIDTH_MM
        x, radius = 12 * per_mm, diameter_mm / 2 * per_mm
        for y_mm in (108.5, 188.5):  # 80 mm apart, ISO 838
            y = y_mm * per_mm
            dark = (40,) * len(image.getbands())
            ImageDraw.Draw(holed).ellipse((x - radius, y - radius, x + radius, y + radius), fill=dark)
        return holed

    return apply


def dark_lid(width_mm: float) -> Degradation:
    """The open lid of the scanner, black along the right and the lower edge."""

    def apply(image: Image.Image, _rng: random.Random) -> Image.Image:
        edge = round(width_mm * image.width / A4_WIDTH_MM)
        framed = Image.new(image.mode, image.size, (22,) * len(image.getbands()))
        framed.paste(image.crop((0, 0, image.width - edge, image.height - 2 * edge)), (0, 0))
        return framed

    return apply


def dim_towards(corner: tuple[float, float], darkest: float) -> Degradation:
    """Light that falls off from the opposite corner to ``darkest`` (0 to 1) at ``corner``, in fractions of the page."""

    def apply(image: Image.Image, _rng: random.Random) -> Image.Image:
        x, y = np.meshgrid(np.linspace(0, 1, 64), np.linspace(0, 1, 64))
        far = np.hypot(x - corner[0], y - corner[1]) / math.sqrt(2)
        levels = Image.fromarray((255 * (darkest + (1 - darkest) * np.minimum(far, 1))).astype(np.uint8))
        return ImageChops.multiply(image, levels.resize(image.size, Image.Resampling.BILINEAR).convert(image.mode))

    return apply


def jpeg(quality: int) -> Degradation:
    """Pack and unpack as the scanner's smallest file setting does."""

    def apply(image: Image.Image, _rng: random.Random) -> Image.Image:
        buffer = io.BytesIO()
        image.save(buffer, "JPEG", quality=quality)
        return Image.open(io.BytesIO(buffer.getvalue())).convert(image.mode)

    return apply


def bilevel(threshold: int = 150) -> Degradation:
    """Black and white without shades, as old copiers send."""

    def apply(image: Image.Image, _rng: random.Random) -> Image.Image:
        return image.convert("L").point([255 * (level >= threshold) for level in range(256)])

    return apply


def resample(share: float) -> Degradation:
    """Scan with ``share`` of the resolution."""

    def apply(image: Image.Image, _rng: random.Random) -> Image.Image:
        return image.resize((round(image.width * share), round(image.height * share)), Image.Resampling.BOX)

    return apply


def photograph(corners: Corners, table: Colour = (96, 74, 52)) -> Degradation:
    """A phone's picture of the sheet on a table.

    ``corners``: where the sheet's corners fall, clockwise from the top left, as fractions of the picture.
    """

    def apply(image: Image.Image, _rng: random.Random) -> Image.Image:
        width, height = image.size
        sheet = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float64)
        seen = np.array(corners) * (width, height)
        rows, right = [], []
        for (x, y), (u, v) in zip(seen, sheet, strict=True):
            rows += [(x, y, 1, 0, 0, 0, -u * x, -u * y), (0, 0, 0, x, y, 1, -v * x, -v * y)]
            right += [u, v]
        coefficients = np.linalg.solve(np.array(rows), np.array(right))
        colour = table if image.mode == "RGB" else sum(table) // 3
        return image.transform(
            image.size, Image.Transform.PERSPECTIVE, coefficients.tolist(), Image.Resampling.BICUBIC, fillcolor=colour
        )

    return apply
