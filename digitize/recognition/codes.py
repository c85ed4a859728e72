"""Reads QR codes and barcodes off a page image."""

import zxingcpp
from PIL import Image

from digitize.model import Box
from digitize.recognition.api import Code
from digitize.recognition.mapping import Mapping

_READ_DPI = 300
"""A citizen card's code has modules of 0.3 mm: 2.5 to 4 px at 300 dpi; at half of that every third read fails."""
_MEGAPIXELS_MAX = 20
"""A3 at 300 dpi has 17. Caps the time, which grows with the area: A4 (9) takes 23 ms, full of finder patterns 0.9 s."""
_CODES_MAX = 32
_TEXT_MAX = 4_300
"""Characters; the largest QR code holds 4,296."""
_FORMATS = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.Code128])
_NAMES = {zxingcpp.BarcodeFormat.Code128: "code128"}


def read_codes(image: Image.Image, dpi: int, mapping: Mapping) -> tuple[Code, ...]:
    """The codes whose own error check holds, boxes on the upright page. ``image``: grey, as recognized.

    A code's content is text and nothing else: an address in it is never opened.
    """
    excess = image.width * image.height / (_MEGAPIXELS_MAX * 1_000_000)
    factor = max(1, round(dpi / _READ_DPI), int(excess**0.5) + (excess > 1))
    small = image.reduce(factor) if factor > 1 else image
    # Codes are found in any direction all the same; trying turned and inverted images costs three times as much.
    found = zxingcpp.read_barcodes(
        small,
        formats=_FORMATS,
        try_rotate=False,
        try_downscale=False,
        try_invert=False,
        text_mode=zxingcpp.TextMode.Plain,
    )
    codes = (
        Code(_text(one), _NAMES.get(one.format, "qr"), mapping.map_box(_box(one, small.size)))
        for one in found[:_CODES_MAX]
    )
    return tuple(code for code in codes if code.text)


def _text(found: zxingcpp.Barcode) -> str:
    """Vietnamese codes hold UTF-8, mostly without saying so."""
    try:
        text = found.bytes.decode()
    except UnicodeDecodeError:
        text = found.text
    return text[:_TEXT_MAX].strip()


def _box(found: zxingcpp.Barcode, size: tuple[int, int]) -> Box:
    place = found.position
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    across, down = sorted(corner.x for corner in corners), sorted(corner.y for corner in corners)
    return (across[0] / size[0], down[0] / size[1], across[-1] / size[0], down[-1] / size[1])
