"""The JPEG inside a TIFF frame (Adobe TIFF Technical Note 2), as one JPEG file with the very same coefficients.

A frame is cut into strips, each a JPEG of its own that leans on common tables. The strips become the restart
intervals of one scan (T.81, E.1.4): both start with fresh predictions at a byte's edge. Decoding and packing the
pixels anew would treble the size of the page.
"""

import io
import struct
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops, TiffImagePlugin
from PIL.Image import Transpose

from digitize.assembly.jpeg import APP14, DHT, DQT, DRI, END, RST0, SOF0, SOF1, Segment, join_segments, split_segments

_JPEG = 7  # compression; 6 is the older scheme that no two programs read alike
_GREY, _RGB, _YCBCR = 1, 2, 6  # photometric interpretation
_ORIENTATION, _TILE_OFFSETS, _JPEG_TABLES = 274, 324, 347
_TURNS = {1: (0, None), 6: (90, Transpose.ROTATE_270), 3: (180, Transpose.ROTATE_180), 8: (270, Transpose.ROTATE_90)}
"""Orientation to degrees clockwise, and how Pillow calls it; the others are mirrored."""
_BLOCK_PX = 8
_RESTART_INTERVAL_MAX = 0xFFFF
_RESTARTS = 8
"""Restart markers count from 0 to 7 and over again."""
_CHECK_REDUCTION = 8
_CHECK_TOLERANCE = 8
"""Of 255, between means over 8 x 8 pixels: colour is smoothed across the edges of strips when all is one scan."""


@dataclass(frozen=True, slots=True)
class ExtractedJpeg:
    data: bytes
    rotation: int
    """Degrees clockwise that set it upright."""


@dataclass(frozen=True, slots=True)
class _Strip:
    tables: tuple[Segment, ...]
    frame: Segment
    """SOF0 or SOF1."""
    scan_header: bytes
    entropy_coded: bytes


def extract_jpeg(image: TiffImagePlugin.TiffImageFile, path: Path) -> ExtractedJpeg | None:
    """The frame ``image`` stands at; None where it is not JPEG or is cut in a way we do not join.

    The JPEG has been decoded and held against the frame. Raises OSError where the frame is damaged.
    """
    tags = image.tag_v2
    colour = tags.get(TiffImagePlugin.PHOTOMETRIC_INTERPRETATION)
    samples = tags.get(TiffImagePlugin.SAMPLESPERPIXEL, 1)
    if (
        tags.get(TiffImagePlugin.COMPRESSION) != _JPEG
        or (samples, colour) not in {(1, _GREY), (3, _RGB), (3, _YCBCR)}
        or tags.get(TiffImagePlugin.PLANAR_CONFIGURATION, 1) != 1
        or _TILE_OFFSETS in tags
        or tags.get(_ORIENTATION, 1) not in _TURNS
    ):
        return None
    try:
        tables, _ = split_segments(tags[_JPEG_TABLES]) if _JPEG_TABLES in tags else ([], b"")
        strips = [_read_strip(strip) for strip in _strips(tags, path)]
        size = (tags[TiffImagePlugin.IMAGEWIDTH], tags[TiffImagePlugin.IMAGELENGTH])
        rows = min(tags.get(TiffImagePlugin.ROWSPERSTRIP, size[1]), size[1])
        jpeg = _join(tables, strips, size, rows, is_rgb=colour == _RGB)
    except (ValueError, LookupError, TypeError, struct.error):
        return None
    rotation, turn = _TURNS[tags.get(_ORIENTATION, 1)]
    return ExtractedJpeg(jpeg, rotation) if _looks_like(jpeg, turn, image) else None


def _strips(tags: TiffImagePlugin.ImageFileDirectory_v2, path: Path) -> list[bytes]:
    offsets, lengths = tags[TiffImagePlugin.STRIPOFFSETS], tags[TiffImagePlugin.STRIPBYTECOUNTS]
    strips = []
    with path.open("rb") as file:
        for offset, length in zip(offsets, lengths, strict=True):
            file.seek(offset)
            strips.append(file.read(length))
    return strips


def _read_strip(untrusted_strip: bytes) -> _Strip:
    segments, scan = split_segments(untrusted_strip)
    frames = [segment for segment in segments if segment.marker in {SOF0, SOF1}]
    tables = tuple(segment for segment in segments if segment.marker in {DQT, DHT})
    if len(frames) != 1 or any(segment.marker == DRI for segment in segments):
        raise ValueError("a strip we do not join")
    (length,) = struct.unpack(">H", scan[2:4])
    entropy_coded = scan[2 + length :]
    end = entropy_coded.rfind(END)
    return _Strip(tables, frames[0], scan[: 2 + length], entropy_coded[: end if end >= 0 else None])


def _join(tables: list[Segment], strips: list[_Strip], size: tuple[int, int], rows: int, *, is_rgb: bool) -> bytes:
    first, (width, height) = strips[0], size
    for strip in strips:
        # Height differs in the last strip only; everything else must be said alike.
        same_frame = (
            strip.frame.payload[:1] + strip.frame.payload[3:] == first.frame.payload[:1] + first.frame.payload[3:]
        )
        if not same_frame or strip.tables != first.tables or strip.scan_header != first.scan_header:
            raise ValueError("strips that differ")
    precision, _, frame_width, components = struct.unpack(">BHHB", first.frame.payload[:6])
    if frame_width != width:
        raise ValueError("strips of another width")
    frame = Segment(
        first.frame.marker,
        struct.pack(">BHHB", precision, height, width, components) + first.frame.payload[6:],
    )
    # Without a word about it, three components are taken for YCbCr; Adobe's marker tells of RGB (transform 0).
    segments = [Segment(APP14, b"Adobe\0\x64\0\0\0\0\0")] if is_rgb else []
    segments += [*tables, *first.tables, frame]
    if len(strips) > 1:
        segments.append(Segment(DRI, struct.pack(">H", _units_in_strip(frame, width, rows))))
    scan = bytearray(first.scan_header)
    for number, strip in enumerate(strips):
        if number:
            scan += bytes((0xFF, RST0 + (number - 1) % _RESTARTS))
        scan += strip.entropy_coded
    return join_segments(segments, bytes(scan) + END)


def _units_in_strip(frame: Segment, width: int, rows: int) -> int:
    """Minimum coded units (T.81, A.2): the restart interval that ends where a strip does."""
    factors = [frame.payload[at] for at in range(7, len(frame.payload), 3)]
    across, down = (max(f >> 4 for f in factors), max(f & 15 for f in factors)) if len(factors) > 1 else (1, 1)
    if rows % (_BLOCK_PX * down):
        raise ValueError("strips that end inside a unit")
    units = -(-width // (_BLOCK_PX * across)) * (rows // (_BLOCK_PX * down))
    if not 0 < units <= _RESTART_INTERVAL_MAX:
        raise ValueError("strips too long for a restart interval")
    return units


def _looks_like(jpeg: bytes, turn: Transpose | None, frame: Image.Image) -> bool:
    """A strip lost, doubled or moved shows anywhere; only then is the costly way taken."""
    with Image.open(io.BytesIO(jpeg)) as made:
        try:
            upright = made.convert("RGB") if turn is None else made.convert("RGB").transpose(turn)
        except (OSError, ValueError, SyntaxError):
            return False
    if upright.size != frame.size:
        return False
    small = upright.reduce(_CHECK_REDUCTION)
    expected = frame.convert("RGB").reduce(_CHECK_REDUCTION)
    difference = ImageChops.difference(small, expected)
    return all(sum(channel.histogram()[_CHECK_TOLERANCE + 1 :]) == 0 for channel in difference.split())
