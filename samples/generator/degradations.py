"""What scanners and paper do to a page: functions from image to image, to be put one after another."""

import random
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageChops, ImageFilter, ImageOps

from samples.generator.paper import Colour, Page
from samples.generator.raster import draw_page

Degradation = Callable[[Image.Image, random.Random], Image.Image]

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
