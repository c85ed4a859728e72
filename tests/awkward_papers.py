"""Papers that stand close to what PDF/A-3b forbids: what it takes to be right to claim it, or not to claim it.

Used by the tests, and by `make conformance`, which puts the results before veraPDF.
"""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageCms

from tests.papers import draw_page, write_scanned_pdf

Edit = Callable[[pikepdf.Pdf, pikepdf.Page], None]

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
LAB = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
JUNK = b"no profile" * 50
_DRAW_SCAN = b"q 400 0 0 590 0 0 cm /Im0 Do Q "
_DRAW_MORE = _DRAW_SCAN + b"0.5 w 10 10 m 50 50 l S "


def write_images(folder: Path) -> Iterator[Path]:
    """A scan in every form a station might send; each can be stored so that PDF/A-3b may be claimed."""
    page = draw_page()
    grey = page.convert("L")
    deep = grey.convert("I").point(lambda sample: sample * 257).convert("I;16")
    to_lab = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB")
    forms: list[tuple[str, Image.Image, dict[str, object]]] = [
        ("rgb-profile.jpg", page, {"icc_profile": SRGB}),
        ("rgb-junk-profile.jpg", page, {"icc_profile": JUNK}),
        ("grey-junk-profile.jpg", grey, {"icc_profile": JUNK}),
        ("grey-rgb-profile.jpg", grey, {"icc_profile": SRGB}),
        ("progressive.jpg", page, {"progressive": True}),
        ("cmyk.jpg", page.convert("CMYK"), {}),
        ("cmyk-rgb-profile.jpg", page.convert("CMYK"), {"icc_profile": SRGB}),
        ("rgb.png", page, {}),
        ("rgb-profile.png", page, {"icc_profile": SRGB}),
        ("rgb-junk-profile.png", page, {"icc_profile": JUNK}),
        ("palette.png", page.quantize(16), {}),
        ("palette-profile.png", page.quantize(16), {"icc_profile": SRGB}),
        ("transparent.png", page.convert("RGBA"), {}),
        ("grey-alpha.png", grey.convert("LA"), {}),
        ("bilevel.png", page.convert("1"), {}),
        ("sixteen.png", deep, {}),
        ("sixteen.tiff", deep, {}),
        ("bilevel-profile.tiff", page.convert("1"), {"compression": "group4", "icc_profile": SRGB}),
        ("lzw-profile.tiff", page, {"compression": "tiff_lzw", "icc_profile": SRGB}),
        ("lzw-lab-profile.tiff", page, {"compression": "tiff_lzw", "icc_profile": LAB}),
        ("jpeg-ycbcr.tiff", page.convert("YCbCr"), {"compression": "jpeg"}),
        ("jpeg-rgb.tiff", page, {"compression": "jpeg"}),
        ("cmyk.tiff", page.convert("CMYK"), {"compression": "tiff_lzw"}),
        ("lab.tiff", ImageCms.applyTransform(page, to_lab), {}),
    ]
    for name, image, options in forms:
        image.save(folder / name, dpi=(150, 150), **options)
        yield folder / name


def write_huge_pages(folder: Path) -> Iterator[Path]:
    """Scans of far more dots than it takes to read them, and one whose resolution is absurd."""
    page = draw_page().crop((0, 150, 874, 550)).convert("L")  # as drawn, 150 dpi
    forms: list[tuple[str, int, dict[str, object]]] = [
        ("at-1200-dpi.jpg", 1_200, {"quality": 60}),
        ("at-600-dpi-bilevel.tiff", 600, {"compression": "group4"}),
        ("at-600-dpi-unsaid.png", 0, {"compress_level": 1}),
    ]
    for name, dpi, options in forms:
        large = page.resize((page.width * (dpi or 600) // 150, page.height * (dpi or 600) // 150))
        image = large.convert("1") if "bilevel" in name else large
        image.save(folder / name, **options | ({"dpi": (dpi, dpi)} if dpi else {}))
        yield folder / name


def write_pdfs(folder: Path) -> Iterator[tuple[Path, str | None]]:
    """Scanned PDFs, each with one thing that is not plain, and the claim that is right for it."""
    for edits, claim in ((MENDED, "3b"), (BEYOND_MENDING, None)):
        for name, edit in edits.items():
            path = write_scanned_pdf(folder / f"{name}.pdf")
            with pikepdf.open(path, allow_overwriting_input=True) as pdf:
                edit(pdf, pdf.pages[0])
                pdf.save(path, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
            yield path, claim


def _profile(data: bytes, components: int = 3) -> Edit:
    def edit(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        page.Resources.XObject.Im0.ColorSpace = Array([Name.ICCBased, pdf.make_stream(data, N=components)])

    return edit


def _state(**entries: object) -> Edit:
    def edit(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        page.Resources.ExtGState = Dictionary(G0=Dictionary(Type=Name.ExtGState, **entries))
        page.Contents = pdf.make_stream(b"/G0 gs " + _DRAW_MORE)

    return edit


def _content(extra: bytes) -> Edit:
    def edit(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        page.Contents = pdf.make_stream(_DRAW_SCAN + extra)

    return edit


def _image(**entries: object) -> Edit:
    def edit(_: pikepdf.Pdf, page: pikepdf.Page) -> None:
        for key, value in entries.items():
            page.Resources.XObject.Im0[f"/{key}"] = value

    return edit


def _soft_mask(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    grey = {"ColorSpace": Name.DeviceGray, "BitsPerComponent": 8, "Width": 10, "Height": 10}
    page.Resources.XObject.Im0.SMask = pdf.make_stream(b"\xc8" * 100, Type=Name.XObject, Subtype=Name.Image, **grey)


def _layers(pdf: pikepdf.Pdf, _: pikepdf.Page) -> None:
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Layer"))
    automatic = Dictionary(Event=Name.View, OCGs=Array([layer]), Category=Array([Name.View]))
    chosen = Dictionary(Order=Array([layer]), AS=Array([automatic]))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=chosen)


def _outline(pdf: pikepdf.Pdf, _: pikepdf.Page) -> None:
    outlines = pdf.make_indirect(Dictionary(Type=Name.Outlines, Count=1))
    script = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
    chained = Dictionary(S=Name.URI, URI="https://example.org", Next=script)
    outlines.First = outlines.Last = pdf.make_indirect(Dictionary(Title="Chapter", A=chained, Parent=outlines))
    pdf.Root.Outlines = outlines


def _link(_: pikepdf.Pdf, page: pikepdf.Page) -> None:
    action = Dictionary(S=Name.URI, URI="https://example.org")
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=Array([10, 10, 100, 30]), A=action)
    page.Annots = Array([link])


def _foreign_metadata(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    page.Resources.XObject.Im0.Metadata = pdf.make_stream(b"<x:xmpmeta/>", Type=Name.Metadata, Subtype=Name.XML)


def _glyphs(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    square = pdf.make_stream(b"1000 0 0 0 750 750 d1 0 0 750 750 re f")
    page.Resources.Font = Dictionary(
        T3=Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 750, 750]), FirstChar=97, LastChar=97,
            FontMatrix=Array([0.001, 0, 0, 0.001, 0, 0]), CharProcs=Dictionary(sq=square), Widths=Array([1000]),
            Encoding=Dictionary(Type=Name.Encoding, Differences=Array([97, Name.sq])), Resources=Dictionary(),
        )
    )  # fmt: skip
    page.Contents = pdf.make_stream(_DRAW_SCAN + b"BT /T3 12 Tf 50 50 Td (aa) Tj ET")


def _separation(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    tint = Dictionary(FunctionType=2, Domain=Array([0, 1]), C0=Array([0] * 4), C1=Array([0, 1, 1, 0]), N=1)
    page.Resources.ColorSpace = Dictionary(S1=Array([Name.Separation, Name.Red, Name.DeviceCMYK, tint]))
    page.Contents = pdf.make_stream(_DRAW_SCAN + b"/S1 cs 1 scn 10 10 50 50 re f")


def _group(_: pikepdf.Pdf, page: pikepdf.Page) -> None:
    page.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)


def _attachment(pdf: pikepdf.Pdf, _: pikepdf.Page) -> None:
    pdf.attachments["sheet.txt"] = b"x"


def _field(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    widget = pdf.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Tx, T="field", Rect=Array([10, 10, 100, 30]))
    )
    page.Annots = Array([widget])
    pdf.Root.AcroForm = Dictionary(Fields=Array([widget]), NeedAppearances=True)


def _unembedded_font(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    page.Resources.Font = Dictionary(F1=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    page.Contents = pdf.make_stream(_DRAW_SCAN + b"BT /F1 12 Tf 50 50 Td (Hello) Tj ET")


def _pattern(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    box, steps = Array([0, 0, 9, 9]), {"XStep": 9, "YStep": 9}
    tile = pdf.make_stream(b"0 1 1 0 k 0 0 5 5 re f", Type=Name.Pattern, PatternType=1, PaintType=1, TilingType=1,
                           BBox=box, Resources=Dictionary(), **steps)  # fmt: skip
    page.Resources.Pattern = Dictionary(P1=tile)
    page.Contents = pdf.make_stream(_DRAW_SCAN + b"/Pattern cs /P1 scn 10 10 80 80 re f")


def _jpeg_2000(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    packed, scan = io.BytesIO(), draw_page()
    scan.save(packed, "JPEG2000")
    picture = pikepdf.Stream(pdf, packed.getvalue())
    size = {"Width": scan.width, "Height": scan.height}
    picture.stream_dict = Dictionary(Type=Name.XObject, Subtype=Name.Image, Filter=Name.JPXDecode, **size)
    page.Resources.XObject.Im0 = picture


MENDED: dict[str, Edit] = {
    "profile": _profile(SRGB),
    "junk-profile": _profile(JUNK),
    "lab-profile": _profile(LAB),
    "interpolated": _image(Interpolate=True),
    "soft-mask": _soft_mask,
    "layers": _layers,
    "outline-with-script": _outline,
    "link": _link,
    "foreign-metadata": _foreign_metadata,
    "drawn-glyphs": _glyphs,
    "halftone-phase": _state(ca=0.5, HTP=Array([0, 0]), TR=Name.Identity),
    "jpeg-2000": _jpeg_2000,
}
BEYOND_MENDING: dict[str, Edit] = {
    "transfer-function": _state(TR=Dictionary(FunctionType=2, Domain=Array([0, 1]), N=1)),
    "blend-mode": _state(BM=Name.Unheard),
    "rendering-intent": _state(RI=Name.Unheard),
    "unknown-operator": _content(b"10 10 m 50 50 l S 1 unheard"),
    "states-too-deep": _content(b"q " * 40 + b"10 10 m 50 50 l S " + b"Q " * 40),
    "cmyk-operator": _content(b"0 1 1 0 k 10 10 50 50 re f"),
    "cmyk-inline-image": _content(b"q 9 0 0 9 0 0 cm BI /W 1 /H 1 /CS /CMYK /BPC 8 ID \x01\x02\x03\x04 EI Q"),
    "interpolated-inline-image": _content(b"q 9 0 0 9 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 /I true ID \x01 EI Q"),
    "cmyk-separation": _separation,
    "cmyk-group": _group,
    "cmyk-pattern": _pattern,
    "replaced-image": _image(OPI=Dictionary()),
    "attachment": _attachment,
    "field-without-appearance": _field,
    "unembedded-font": _unembedded_font,
}
