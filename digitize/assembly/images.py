"""One scanned image as one PDF page: JPEG passes through, the rest is packed without loss into what is smallest.

PDF/A-3 allows CCITT Group 4 for bilevel images, and Flate with PNG prediction for all; so a grey page that was
scanned in colour, or a form with a handful of colours, is stored as what it is.
"""

from collections.abc import Iterator
from pathlib import Path

import img2pdf
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageChops, ImageCms, TiffImagePlugin

from digitize.assembly.jpeg import with_profile, without_profile
from digitize.assembly.profiles import is_srgb, is_usable
from digitize.assembly.tiff_jpeg import extract_jpeg
from digitize.ingestion.page_images import normalise
from digitize.inspection.api import PagePlan

_COMPONENTS = {"L": 1, "RGB": 3}
_PASSING_PNG_MODES = frozenset({"1", "L", "P", "RGB"})
_SIXTEEN_BIT_MODES = frozenset({"I;16", "I;16B", "I;16L", "I;16N"})
_PALETTE_COLOURS_MAX = 256
_SMALL_PALETTE_MAX = 16
"""Greys up to which four bits a pixel and a palette are smaller than eight bits without."""
_CODE_OF_CHANNELS = np.array([1 << 16, 1 << 8, 1], np.uint32)
_ROWS_AT_A_TIME = 256
_PNG_DEPTH_AT = 24
"""Offset of the bit depth in a PNG file: Pillow does not tell 16-bit colour from 8-bit."""
_SIXTEEN_BIT = 16


def write_image_page(image: Image.Image, path: Path, plan: PagePlan, folder: Path) -> Path:
    """Write the frame ``image`` (opened from ``path``) stands at as a PDF of one page into ``folder``.

    Raises OSError, ValueError and what else Pillow raises on damaged images.
    """
    smallest: Path | None = None
    for number, (source, rotation) in enumerate(_forms(image, path, plan, folder)):
        made = folder / f"{plan.number:06d}_page-{number}.pdf"
        _convert(source, plan.dpi, (plan.rotation + rotation) % 360, made)
        if source != path:
            source.unlink()
        if smallest is None or made.stat().st_size < smallest.stat().st_size:
            smallest, made = made, smallest or made
        if made != smallest:
            made.unlink()
    if smallest is None:
        raise ValueError("no form fits the image")
    return smallest


def _forms(image: Image.Image, path: Path, plan: PagePlan, folder: Path) -> Iterator[tuple[Path, int]]:
    """Image files that show the same pixels, and the degrees clockwise they still have to be turned by beyond the
    plan; the first ones are the input's own bytes where they may pass.
    """
    base = folder / f"{plan.number:06d}_page"
    carried = image.info.get("icc_profile")
    profile = carried if carried and is_usable(carried, _COMPONENTS.get(image.mode, 0)) else None
    if image.format in {"JPEG", "MPO"} and image.mode in _COMPONENTS:
        if carried == profile:
            yield path, 0
        else:
            yield _write_jpeg(base, without_profile(path.read_bytes())), 0
        return
    if isinstance(image, TiffImagePlugin.TiffImageFile):
        jpeg = extract_jpeg(image, path)
        if jpeg is not None:
            bare = not profile or is_srgb(profile)
            yield _write_jpeg(base, jpeg.data if bare else with_profile(jpeg.data, profile or b"")), jpeg.rotation
            return
    if image.mode in _SIXTEEN_BIT_MODES or _is_deep_png(image, path):
        yield (path if image.format == "PNG" and carried == profile else _save_deep(image, base)), 0
        return
    passes = image.format == "PNG" and image.mode in _PASSING_PNG_MODES and carried == profile and _is_opaque(image)
    if passes:
        yield path, 0
    for made in _pack(image, profile, plan, base, passes=passes):
        yield made, 0


def _write_jpeg(base: Path, data: bytes) -> Path:
    made = base.with_suffix(".jpg")
    made.write_bytes(data)
    return made


def _is_opaque(image: Image.Image) -> bool:
    return "transparency" not in image.info


def _is_deep_png(image: Image.Image, path: Path) -> bool:
    if image.format != "PNG" or image.mode not in _PASSING_PNG_MODES:
        return False
    with path.open("rb") as file:
        return file.read(_PNG_DEPTH_AT + 1)[_PNG_DEPTH_AT] == _SIXTEEN_BIT


def _save_deep(image: Image.Image, base: Path) -> Path:
    made = base.with_suffix(".png")
    image.convert("I").convert("I;16").save(made)
    return made


def _pack(image: Image.Image, profile: bytes | None, plan: PagePlan, base: Path, *, passes: bool) -> Iterator[Path]:
    image.load()
    mode = image.mode
    upright = normalise(image)
    if upright.mode != mode or (profile and is_srgb(profile)):
        profile = None
    reduced = _reduce(upright, keeps_colour_model=profile is not None)
    reduced.info.pop("icc_profile", None)  # Pillow writes what it finds here
    if passes and reduced.mode == mode != "1":
        return  # to pack the same samples again would cost seconds and save next to nothing
    resolution = (plan.dpi, plan.dpi)
    if reduced.mode == "1":
        made = base.with_suffix(".tiff")
        reduced.copy().save(made, compression="group4", dpi=resolution)  # a copy leaves the input's tags behind
        yield made  # Group 4 is small for print, and larger than Flate for dithered pictures
    made = base.with_suffix(".png")
    reduced.save(made, dpi=resolution, icc_profile=profile if reduced.mode in _COMPONENTS else None)
    yield made


def _reduce(image: Image.Image, *, keeps_colour_model: bool) -> Image.Image:
    """The same pixels in the colour model with the fewest bits."""
    if image.mode == "RGB" and not keeps_colour_model:
        red, green, blue = image.split()
        if _are_equal(red, green) and _are_equal(green, blue):
            image = red
    if image.mode == "L":
        levels = [level for level, count in enumerate(image.histogram()) if count]
        if set(levels) <= {0, 255}:
            return image.convert("1", dither=Image.Dither.NONE)
        if len(levels) > _SMALL_PALETTE_MAX or keeps_colour_model:
            return image
        return _with_palette(image, np.array(levels, np.uint32), [value for level in levels for value in [level] * 3])
    if image.mode == "RGB" and not keeps_colour_model:
        colours = image.getcolors(_PALETTE_COLOURS_MAX)
        if colours is not None:
            palette = sorted(tuple(colour) for _, colour in colours if isinstance(colour, tuple))
            codes = np.array(palette, np.uint32) @ _CODE_OF_CHANNELS
            return _with_palette(image, codes, [value for colour in palette for value in colour])
    return image


def _are_equal(one: Image.Image, other: Image.Image) -> bool:
    return ImageChops.difference(one, other).getbbox() is None


def _with_palette(image: Image.Image, codes: NDArray[np.unsignedinteger], palette: list[int]) -> Image.Image:
    """``codes``: the colours, ascending, as one number each; Pillow's own search for the nearest is not exact."""
    indices = np.empty((image.height, image.width), np.uint8)
    for top in range(0, image.height, _ROWS_AT_A_TIME):  # the wide intermediate values of a page would be 100 MB
        band = image.crop((0, top, image.width, min(image.height, top + _ROWS_AT_A_TIME)))
        pixels = np.asarray(band, np.uint32)
        if pixels.ndim > 2:  # noqa: PLR2004 - rows, columns and channels
            pixels = pixels @ _CODE_OF_CHANNELS
        indices[top : top + band.height] = np.searchsorted(codes, pixels)
    packed = Image.fromarray(indices)
    packed.putpalette(palette)
    return packed


def _convert(source: Path, dpi: int, rotation: int, target: Path) -> None:
    try:
        with target.open("wb") as file:
            img2pdf.convert(
                str(source),
                outputstream=file,
                layout_fun=img2pdf.get_fixed_dpi_layout_fun((dpi, dpi)),
                rotation=_ROTATIONS[rotation],
                first_frame_only=True,
                nodate=True,
            )
    except (img2pdf.ImageOpenError, img2pdf.JpegColorspaceError, ImageCms.PyCMSError) as error:
        raise ValueError(str(error)) from error


_ROTATIONS = {
    0: img2pdf.Rotation.none,
    90: img2pdf.Rotation["90"],
    180: img2pdf.Rotation["180"],
    270: img2pdf.Rotation["270"],
}
