"""What an archive PDF weighs, and that no pixel pays for it: lossless pages stay lossless, JPEG stays the same JPEG."""

import io
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageChops, ImageCms, TiffImagePlugin

from digitize.assembly.document import assemble
from digitize.config import Config, Limits, Recognition
from digitize.inspection.inspect import inspect
from digitize.model import Record, Source, Status
from digitize.recognition.document import recognize_document
from digitize.recognition.tesseract import TesseractRecognizer
from signing.api import Stamp
from signing.signer import open_signer
from tests.papers import A5_AT_150_DPI, draw_page, write_jpeg, write_scanned_pdf

LIMITS = Limits()
RECOGNITION = Recognition(pages_in_parallel=2)
MADE_AT = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def build(path: Path, folder: Path, *, text: bool = False) -> Path:
    folder.mkdir(exist_ok=True)
    inspected = inspect(path, LIMITS, RECOGNITION)
    source = Source(filename=path.name, sha256="0" * 64, media_type=inspected.media_type, size=path.stat().st_size)
    record = Record(document_id="0" * 26, status=Status.PUBLISHED, source=source)
    pages = []
    if text:
        recognizer = TesseractRecognizer(RECOGNITION, LIMITS)
        pages = [each.page for each in recognize_document(inspected, recognizer, RECOGNITION, LIMITS, folder)]
    return assemble(inspected, pages, record, MADE_AT, folder).path


@dataclass(frozen=True)
class Stored:
    """The picture of one page, as another reader sees it and as it lies in the file."""

    picture: Image.Image
    raw: bytes
    samples: bytes
    filter: str
    bits: int
    space: str
    profile: bytes | None


def stored(path: Path) -> list[Stored]:
    with pikepdf.open(path) as pdf:
        return [_stored(next(x for x in p.Resources.XObject.values() if x.Subtype == "/Image")) for p in pdf.pages]


def _stored(stream: pikepdf.Stream) -> Stored:
    space = stream.ColorSpace
    parts = list(space) if isinstance(space, pikepdf.Array) else [space]
    filters = stream.Filter
    kind, packing = str(parts[0]), str(filters[0] if isinstance(filters, pikepdf.Array) else filters)
    return Stored(
        picture=pikepdf.PdfImage(stream).as_pil_image().convert("RGB"),
        raw=stream.read_raw_bytes(),
        samples=stream.read_bytes() if packing == "/FlateDecode" else b"",
        filter=packing,
        bits=int(stream.BitsPerComponent),
        space=kind,
        profile=parts[1].read_bytes() if kind == "/ICCBased" else None,
    )


def noisy_paper(size: tuple[int, int] = A5_AT_150_DPI) -> Image.Image:
    """A page with the grain of a scanner, which is most of what a scan weighs."""
    grain = np.random.default_rng(7).integers(-9, 10, (size[1], size[0], 3))
    return Image.fromarray((np.asarray(draw_page(size=size), np.int16) + grain).clip(0, 255).astype(np.uint8))


def tinted(page: Image.Image) -> Image.Image:
    return Image.merge("RGB", [page.getchannel("R"), *(page.getchannel("G").point(lambda v: v * 9 // 10),) * 2])


def renamed_profile() -> bytes:
    """The curves of sRGB under another name."""
    profile = bytearray(SRGB)
    profile[profile.index(b"s\0R\0G\0B")] = ord("x")
    return bytes(profile)


def drawing(colours: int) -> Image.Image:
    """A page of so many colours, no two channels alike."""
    steps = np.arange(A5_AT_150_DPI[1])[:, None] * colours // A5_AT_150_DPI[1] + np.zeros(A5_AT_150_DPI[0], int)
    return Image.fromarray(np.stack([steps, 255 - steps, steps // 2], axis=-1).astype(np.uint8))


@pytest.mark.parametrize("pages", [1, 3])
def test_a_signed_jpeg_scan_is_at_most_115_percent_of_the_input(tmp_path: Path, pages: int) -> None:
    scan = write_scanned_pdf(tmp_path / "scan.pdf", pages=pages, page=noisy_paper((1240, 1754)))
    signed = tmp_path / "signed.pdf"
    config = Config(data_dir=tmp_path / "data")
    signer = open_signer(config.signing, config.secrets_dir)
    signer.sign_pdf(build(scan, tmp_path / "work", text=True), signed, Stamp("SAO Y", "UBND XÃ THỬ NGHIỆM", MADE_AT))
    assert signed.stat().st_size <= 1.15 * scan.stat().st_size


def test_pages_share_one_font(tmp_path: Path) -> None:
    scan = write_scanned_pdf(tmp_path / "scan.pdf", pages=3)
    with pikepdf.open(build(scan, tmp_path / "work", text=True)) as pdf:
        fonts = [x for x in pdf.objects if isinstance(x, pikepdf.Dictionary) and x.get("/Type") == "/Font"]
        assert sorted(str(font.Subtype) for font in fonts) == ["/CIDFontType2", "/Type0"]


@pytest.mark.parametrize(
    ("name", "page", "filter_name", "bits", "space"),
    [
        ("bilevel.png", draw_page().convert("1"), "/CCITTFaxDecode", 1, "/DeviceGray"),
        ("bilevel-in-colour.png", draw_page().convert("1").convert("RGB"), "/CCITTFaxDecode", 1, "/DeviceGray"),
        ("bilevel-in-grey.tiff", draw_page().convert("1").convert("L"), "/CCITTFaxDecode", 1, "/DeviceGray"),
        ("grey-in-colour.png", noisy_paper().convert("L").convert("RGB"), "/FlateDecode", 8, "/DeviceGray"),
        ("grey.tiff", noisy_paper().convert("L"), "/FlateDecode", 8, "/DeviceGray"),
        ("four-colours.png", drawing(4), "/FlateDecode", 2, "/Indexed"),
        ("two-hundred-colours.tiff", drawing(200), "/FlateDecode", 8, "/Indexed"),
        ("colour.png", tinted(noisy_paper()), "/FlateDecode", 8, "/DeviceRGB"),
        ("colour.tiff", tinted(noisy_paper()), "/FlateDecode", 8, "/DeviceRGB"),
    ],
)
def test_a_lossless_page_is_stored_as_what_it_is_pixel_for_pixel(
    tmp_path: Path, name: str, page: Image.Image, filter_name: str, bits: int, space: str
) -> None:
    path = tmp_path / name
    page.save(path, dpi=(150, 150), **({"compression": "tiff_lzw"} if path.suffix == ".tiff" else {}))
    (image,) = stored(build(path, tmp_path / "work"))
    assert (image.filter, image.bits, image.space) == (filter_name, bits, space)
    assert ImageChops.difference(image.picture, page.convert("RGB")).getbbox() is None


def test_sixteen_bits_stay_sixteen(tmp_path: Path) -> None:
    deep = np.arange(400 * 600, dtype=np.uint16).reshape(600, 400)
    for name in ("deep.png", "deep.tiff"):
        path = tmp_path / name
        Image.fromarray(deep).save(path, dpi=(150, 150))
        (image,) = stored(build(path, tmp_path / "work"))
        assert image.bits == 16
        assert np.array_equal(np.frombuffer(image.samples, ">u2").reshape(deep.shape), deep)


def test_a_profile_that_says_more_than_srgb_keeps_its_colours(tmp_path: Path) -> None:
    path = tmp_path / "profiled.png"
    profile = renamed_profile()
    noisy_paper().convert("L").convert("RGB").save(path, dpi=(150, 150), icc_profile=profile)
    (image,) = stored(build(path, tmp_path / "work"))
    assert image.profile == profile


@pytest.mark.parametrize("mode", ["L", "RGB", "YCbCr"])
@pytest.mark.parametrize("rows_in_strip", [None, 64, A5_AT_150_DPI[1]])
def test_jpeg_inside_tiff_keeps_its_coefficients(tmp_path: Path, mode: str, rows_in_strip: int | None) -> None:
    path = tmp_path / "scan.tiff"
    tags = {} if rows_in_strip is None else {278: rows_in_strip}
    noisy_paper().convert(mode).save(path, compression="jpeg", quality=80, dpi=(150, 150), tiffinfo=tags)
    made = build(path, tmp_path / "work")
    (image,) = stored(made)
    assert image.filter == "/DCTDecode"
    with Image.open(path) as scan:
        assert ImageChops.difference(image.picture, scan.convert("RGB")).getbbox() is None
    assert made.stat().st_size <= path.stat().st_size + 12_000


def write_strips(path: Path, page: Image.Image, rows: int, qualities: list[int]) -> Path:
    """A TIFF as scanners write it, whose strips are whole JPEGs with halved colour; one strip for each quality."""
    strips = []
    for number, quality in enumerate(qualities):
        packed = io.BytesIO()
        band = page.crop((0, number * rows, page.width, min(page.height, (number + 1) * rows)))
        band.save(packed, "JPEG", quality=quality, subsampling="4:2:0")
        strips.append(packed.getvalue())
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags.update({256: page.width, 257: page.height, 258: (8, 8, 8), 259: 7, 262: 6, 277: 3, 278: rows, 284: 1})
    # Offsets from the end of the tags: Pillow adds where that is.
    offsets = tuple(sum(map(len, strips[:number])) for number in range(len(strips)))
    tags.update({530: (2, 2), 273: offsets, 279: tuple(map(len, strips))})
    tags.tagtype[273] = tags.tagtype[279] = 4
    path.write_bytes(b"II*\0\x08\0\0\0" + tags.tobytes(8) + b"".join(strips))
    return path


def test_subsampled_jpeg_inside_tiff_is_joined_at_its_strips(tmp_path: Path) -> None:
    page = tinted(noisy_paper())
    path = write_strips(tmp_path / "scan.tiff", page, 128, [80] * 10)
    (image,) = stored(build(path, tmp_path / "work"))
    assert image.filter == "/DCTDecode"
    with Image.open(path) as scan:  # colour is smoothed across what were the edges of strips, and nowhere else
        apart = ImageChops.difference(image.picture, scan.convert("RGB"))
    edges = {row for strip in range(1, 10) for row in (strip * 128 - 1, strip * 128)}
    rows = set(np.flatnonzero(np.asarray(apart).any(axis=(1, 2))).tolist())
    assert rows
    assert rows <= edges


def test_strips_that_cannot_be_joined_are_packed_without_loss(tmp_path: Path) -> None:
    """Given one strip with tables of its own, When it cannot be joined to the others, Then its pixels are kept."""
    path = write_strips(tmp_path / "scan.tiff", noisy_paper(), 128, [80] * 9 + [60])
    (image,) = stored(build(path, tmp_path / "work"))
    assert image.filter == "/FlateDecode"
    with Image.open(path) as scan:
        assert ImageChops.difference(image.picture, scan.convert("RGB")).getbbox() is None


def test_a_jpeg_with_a_broken_profile_keeps_its_picture(tmp_path: Path) -> None:
    for mode in ("L", "RGB"):
        plain, broken = io.BytesIO(), tmp_path / "broken.jpg"
        page = noisy_paper().convert(mode)
        page.save(plain, "JPEG", dpi=(150, 150))
        page.save(broken, "JPEG", dpi=(150, 150), icc_profile=b"no profile" * 50)
        (image,) = stored(build(broken, tmp_path / "work"))
        assert image.raw == plain.getvalue()
        assert image.space in {"/DeviceGray", "/DeviceRGB"}


def test_a_tiff_of_many_pages_is_joined_in_order_and_leaves_no_page_behind(tmp_path: Path) -> None:
    path, folder = tmp_path / "scan.tiff", tmp_path / "work"
    greys = [Image.new("L", (200 + 10 * number, 300), 100 + number) for number in range(12)]
    greys[0].save(path, save_all=True, append_images=greys[1:], compression="tiff_lzw", dpi=(150, 150))
    assert [image.picture.size for image in stored(build(path, folder))] == [page.size for page in greys]
    assert sorted(left.name for left in folder.iterdir()) == ["assembled.pdf", "pages.pdf"]


def test_a_phone_picture_with_a_second_one_inside_is_one_page(tmp_path: Path) -> None:
    path = write_jpeg(tmp_path / "plain.jpg")
    phone = tmp_path / "phone.jpg"
    with Image.open(path) as page:
        page.save(phone, "MPO", save_all=True, append_images=[page.resize((120, 160))], dpi=(150, 150))
    assert [image.picture.size for image in stored(build(phone, tmp_path / "work"))] == [A5_AT_150_DPI]


@pytest.mark.parametrize(("compression", "packing"), [("jpeg", "/DCTDecode"), ("tiff_lzw", "/CCITTFaxDecode")])
@pytest.mark.parametrize(("orientation", "turn"), [(3, 180), (6, 90), (8, 270)])
def test_a_tiff_that_says_how_it_is_turned_stands_upright(
    tmp_path: Path, compression: str, packing: str, orientation: int, turn: int
) -> None:
    """Pillow turns such frames by itself: turned once more they would lie on their side again."""
    upright = draw_page().convert("1").convert("L")
    path, folder = tmp_path / "scan.tiff", tmp_path / "work"
    upright.rotate(turn, expand=True).save(path, compression=compression, dpi=(150, 150), tiffinfo={274: orientation})
    made = build(path, folder)
    (image,) = stored(made)
    assert image.filter == packing
    subprocess.run(["pdftoppm", "-r", "150", "-gray", "-singlefile", made, folder / "seen"], check=True)
    with Image.open(folder / "seen.pgm") as seen:
        apart = ImageChops.difference(seen.resize(upright.size), upright).reduce(4)
    assert sum(apart.histogram()[128:]) == 0


def test_jpeg_inside_tiff_keeps_a_profile_that_says_something(tmp_path: Path) -> None:
    path = tmp_path / "scan.tiff"
    profile = renamed_profile()
    noisy_paper().save(path, compression="jpeg", dpi=(150, 150), icc_profile=profile)
    (image,) = stored(build(path, tmp_path / "work"))
    assert (image.filter, image.profile) == ("/DCTDecode", profile)
