"""The files in which a paper reaches the inbox."""

import io
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Protocol

import img2pdf
import pikepdf
from PIL import Image

from samples.generator.degradations import Degradation, degrade
from samples.generator.paper import Paper
from samples.generator.raster import draw_page
from samples.generator.vector import draw_pdf, settle_pdf

_EXIF_ORIENTATION = 0x0112
_EXIF_TURN_RIGHT = 6
_BILEVEL_THRESHOLD = 150


class Form(Protocol):
    """SHALL give the same bytes for the same paper and seed."""

    @property
    def suffix(self) -> str: ...

    def write(self, paper: Paper, seed: int) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Jpeg:
    dpi: int = 300
    quality: int = 75
    steps: tuple[Degradation, ...] = ()
    lies_on_side: bool = False
    """Stored turned left, with the EXIF tag that says so."""
    suffix: str = field(default="jpg", init=False)

    def write(self, paper: Paper, seed: int) -> bytes:
        image = degrade(draw_page(paper.pages[0], self.dpi), self.steps, seed)
        return encode_jpeg(image, self.dpi, self.quality, lies_on_side=self.lies_on_side)


@dataclass(frozen=True, slots=True)
class Png:
    dpi: int = 200
    steps: tuple[Degradation, ...] = ()
    suffix: str = field(default="png", init=False)

    def write(self, paper: Paper, seed: int) -> bytes:
        image = degrade(draw_page(paper.pages[0], self.dpi), self.steps, seed)
        buffer = io.BytesIO()
        image.save(buffer, "PNG", dpi=(self.dpi, self.dpi), optimize=True)
        return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class BilevelTiff:
    """All pages in one TIFF, black and white, CCITT G4: the office copier's favourite."""

    dpi: int = 300
    steps: tuple[Degradation, ...] = ()
    suffix: str = field(default="tif", init=False)

    def write(self, paper: Paper, seed: int) -> bytes:
        images = []
        for number, page in enumerate(paper.pages):
            image = degrade(draw_page(page, self.dpi), self.steps, seed + number).convert("L")
            levels = [255 * (level >= _BILEVEL_THRESHOLD) for level in range(256)]
            images.append(image.point(levels).convert("1", dither=Image.Dither.NONE))
        buffer = io.BytesIO()
        images[0].save(
            buffer,
            "TIFF",
            save_all=True,
            append_images=images[1:],
            compression="group4",
            dpi=(self.dpi, self.dpi),
        )
        return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class ScannedPdf:
    """One JPEG a page, as scanners send it."""

    dpi: int = 200
    quality: int = 75
    steps: tuple[Degradation, ...] = ()
    suffix: str = field(default="pdf", init=False)

    def write(self, paper: Paper, seed: int) -> bytes:
        scans = []
        for number, page in enumerate(paper.pages):
            image = degrade(draw_page(page, self.dpi), self.steps, seed + number)
            scans.append(encode_jpeg(image, self.dpi, self.quality))
        return settle_pdf(img2pdf.convert(scans, nodate=True))


@dataclass(frozen=True, slots=True)
class BornDigitalPdf:
    suffix: str = field(default="pdf", init=False)

    def write(self, paper: Paper, seed: int) -> bytes:  # noqa: ARG002 - chance has no part in it
        return draw_pdf(paper.pages)


@dataclass(frozen=True, slots=True)
class MixedPdf:
    """Born-digital pages and, where ``scanned`` names them (0-based), scans."""

    scanned: Collection[int]
    scan: ScannedPdf = ScannedPdf()
    suffix: str = field(default="pdf", init=False)

    def write(self, paper: Paper, seed: int) -> bytes:
        buffer = io.BytesIO()
        with pikepdf.new() as joined:
            for number, page in enumerate(paper.pages):
                alone = Paper((page,), paper.document_type)
                data = self.scan.write(alone, seed) if number in self.scanned else draw_pdf((page,))
                with pikepdf.open(io.BytesIO(data)) as part:
                    joined.pages.extend(part.pages)
            joined.save(buffer, deterministic_id=True)
        return settle_pdf(buffer.getvalue())


@dataclass(frozen=True, slots=True)
class Truncated:
    """Another form of which only the first ``share`` (0 to 1) arrived."""

    form: Form
    share: float

    @property
    def suffix(self) -> str:
        return self.form.suffix

    def write(self, paper: Paper, seed: int) -> bytes:
        data = self.form.write(paper, seed)
        return data[: int(len(data) * self.share)]


def encode_jpeg(image: Image.Image, dpi: int, quality: int, *, lies_on_side: bool = False) -> bytes:
    buffer = io.BytesIO()
    exif = Image.Exif()
    if lies_on_side:
        image = image.transpose(Image.Transpose.ROTATE_90)
        exif[_EXIF_ORIENTATION] = _EXIF_TURN_RIGHT
    image.save(buffer, "JPEG", quality=quality, dpi=(dpi, dpi), exif=exif)
    return buffer.getvalue()
