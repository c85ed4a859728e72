"""Finds the one image that fills a scanned PDF page, so that it can be taken out as it is."""

from dataclasses import dataclass

import pikepdf

from digitize.ingestion.foreign import PDF_ERRORS

Matrix = tuple[float, float, float, float, float, float]

_FILLS_FROM = 0.97
"""Overlap (intersection over union) of image and page from which the image is the page."""
_MAX_CONTENT_BYTES = 256 * 1024
"""A scanned page draws one image and perhaps invisible text; longer content is no plain scan."""
_PAINTING = frozenset(["S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "BI", "INLINE IMAGE"])
TEXT_SHOWING = frozenset(["Tj", "TJ", "'", '"'])
INVISIBLE_TEXT = 3
_JPEG = "/DCTDecode"
_READABLE_FILTERS = frozenset({_JPEG, "/FlateDecode", "/CCITTFaxDecode", "/LZWDecode", "/RunLengthDecode"})
_JPEG_SPACES = frozenset({"/DeviceRGB", "/DeviceGray", "/CalRGB", "/CalGray"})
_ICC_COMPONENTS = frozenset({1, 3})
_BITS_PER_SAMPLE = frozenset({1, 8})


@dataclass(frozen=True, slots=True)
class FoundImage:
    name: str
    """Under which the page's resources hold it."""
    matrix: Matrix
    """Where the page draws it, in default user space."""
    stream: pikepdf.Stream
    width_px: int
    height_px: int
    readable: bool
    """False: pikepdf cannot be trusted to take it out right, so the page is rendered instead."""
    is_jpeg: bool
    """The stream's own bytes are a JPEG file a recognizer reads."""


def find_page_image(page: pikepdf.Page) -> FoundImage | None:
    """The image, upright on the page and its only visible mark; None where the page is anything else.

    Signature widgets do not count: their appearances are reported as signatures, and read better apart.
    """
    try:
        return _find(page)
    except PDF_ERRORS:
        return None  # a page too odd to understand is rendered


def _find(page: pikepdf.Page) -> FoundImage | None:
    if _has_visible_annotation(page) or _content_length(page) > _MAX_CONTENT_BYTES:
        return None
    images = page.get("/Resources", pikepdf.Dictionary()).get("/XObject", pikepdf.Dictionary())
    drawn = _drawn_image(page)
    if drawn is None or drawn[0] not in images:
        return None
    name, matrix = drawn
    stream = images[name]
    if not isinstance(stream, pikepdf.Stream) or stream.get("/Subtype") != pikepdf.Name.Image:
        return None
    filters = _names(stream.get("/Filter"))
    is_jpeg = filters == [_JPEG] and _is_plain_jpeg_space(stream.get("/ColorSpace"))
    masked = any(key in stream for key in ("/SMask", "/Mask", "/Decode", "/ImageMask"))
    readable = (
        not masked
        and len(filters) <= 1
        and set(filters) <= _READABLE_FILTERS
        and (is_jpeg or _JPEG not in filters)
        and int(stream.get("/BitsPerComponent", 8)) in _BITS_PER_SAMPLE
    )
    return FoundImage(name, matrix, stream, int(stream.Width), int(stream.Height), readable, is_jpeg and not masked)


def _drawn_image(page: pikepdf.Page) -> tuple[str, Matrix] | None:
    """Name and place of the only thing the page draws, where it fills the page upright."""
    matrix: Matrix = (1, 0, 0, 1, 0, 0)
    stack: list[Matrix] = []
    text_mode = 0
    drawn: list[tuple[str, Matrix]] = []
    for instruction in pikepdf.parse_content_stream(page):
        operands, name = instruction.operands, str(instruction.operator)
        if name == "q":
            stack.append(matrix)
        elif name == "Q":
            matrix = stack.pop() if stack else matrix
        elif name == "cm":
            matrix = multiply(read_matrix(operands), matrix)
        elif name == "Tr":
            text_mode = int(operands[0])
        elif name == "Do":
            drawn.append((str(operands[0]), matrix))
        elif name in _PAINTING or (name in TEXT_SHOWING and text_mode != INVISIBLE_TEXT):
            return None
    if len(drawn) == 1 and _fills(drawn[0][1], page):
        return drawn[0]
    return None


def read_matrix(operands: object) -> Matrix:
    a, b, c, d, e, f = (float(v) for v in list(operands))  # type: ignore[call-overload]
    return (a, b, c, d, e, f)


def multiply(m: Matrix, n: Matrix) -> Matrix:
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )


def _fills(matrix: Matrix, page: pikepdf.Page) -> bool:
    a, b, c, d, e, f = matrix
    if a <= 0 or d <= 0 or abs(b) > a * 1e-3 or abs(c) > d * 1e-3:
        return False  # turned, mirrored or slanted: Poppler draws it better than we would
    x0, y0, x1, y1 = (float(v) for v in page.cropbox)
    width = min(e + a, x1) - max(e, x0)
    height = min(f + d, y1) - max(f, y0)
    if width <= 0 or height <= 0:
        return False
    common = width * height
    return common / (a * d + (x1 - x0) * (y1 - y0) - common) >= _FILLS_FROM


def _content_length(page: pikepdf.Page) -> int:
    contents = page.get("/Contents", pikepdf.Array())
    streams = [contents] if isinstance(contents, pikepdf.Stream) else list(contents)
    return sum(int(stream.get("/Length", 0)) for stream in streams)


def _has_visible_annotation(page: pikepdf.Page) -> bool:
    for annotation in page.get("/Annots", pikepdf.Array()):
        if not isinstance(annotation, pikepdf.Dictionary) or "/AP" not in annotation:
            continue
        field_type = annotation.get("/FT", annotation.get("/Parent", pikepdf.Dictionary()).get("/FT"))
        if field_type != pikepdf.Name.Sig and annotation.get("/Subtype") != pikepdf.Name.Link:
            return True
    return False


def _names(value: object) -> list[str]:
    if value is None:
        return []
    return [str(v) for v in value] if isinstance(value, pikepdf.Array) else [str(value)]


def _is_plain_jpeg_space(space: object) -> bool:
    if isinstance(space, pikepdf.Name):
        return str(space) in _JPEG_SPACES
    if isinstance(space, pikepdf.Array) and len(space) > 1:
        if str(space[0]) == "/ICCBased":
            return int(space[1].get("/N", 0)) in _ICC_COMPONENTS
        return str(space[0]) in _JPEG_SPACES
    return False
