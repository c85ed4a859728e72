"""JPEG (ITU-T T.81) taken apart at its markers, so that it can be put together anew without touching the picture."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

START, END = b"\xff\xd8", b"\xff\xd9"
APP0, APP2, APP14 = 0xE0, 0xE2, 0xEE
SOF0, SOF1, DQT, DHT, DRI, SOS, RST0 = 0xC0, 0xC1, 0xDB, 0xC4, 0xDD, 0xDA, 0xD0
_ICC_MARK = b"ICC_PROFILE\0"
_ICC_PART_BYTES = 0xFFFF - 2 - len(_ICC_MARK) - 2
"""What one segment holds beside its length, the mark, and the part's number and count (ICC.1, B.4)."""


@dataclass(frozen=True, slots=True)
class Segment:
    marker: int
    """Second byte of the marker; the first is always 0xFF."""
    payload: bytes
    """Without marker and length."""

    def to_bytes(self) -> bytes:
        return struct.pack(">BBH", 0xFF, self.marker, len(self.payload) + 2) + self.payload


def split_segments(untrusted_jpeg: bytes) -> tuple[list[Segment], bytes]:
    """The segments before the first scan, and the scan's header with all that follows.

    For an abbreviated stream of tables the second part is empty. Raises ValueError.
    """
    if not untrusted_jpeg.startswith(START):
        raise ValueError("no JPEG")
    segments: list[Segment] = []
    at = len(START)
    while True:
        if untrusted_jpeg[at : at + 1] != b"\xff":
            raise ValueError("no marker where one has to be")
        while untrusted_jpeg[at + 1 : at + 2] == b"\xff":  # fill bytes (B.1.1.2)
            at += 1
        if at + 2 > len(untrusted_jpeg):
            raise ValueError("cut short")
        marker = untrusted_jpeg[at + 1]
        if marker == END[1]:
            return segments, b""
        if marker == SOS:
            return segments, untrusted_jpeg[at:]
        (length,) = struct.unpack(">H", untrusted_jpeg[at + 2 : at + 4])
        payload = untrusted_jpeg[at + 4 : at + 2 + length]
        if length < 2 or len(payload) != length - 2:  # noqa: PLR2004 - the length counts itself
            raise ValueError("cut short")
        segments.append(Segment(marker, payload))
        at += 2 + length


def join_segments(segments: Sequence[Segment], scan: bytes) -> bytes:
    return START + b"".join(segment.to_bytes() for segment in segments) + scan


def without_profile(jpeg: bytes) -> bytes:
    """The same picture without its ICC profile. Raises ValueError."""
    segments, scan = split_segments(jpeg)
    kept = [s for s in segments if not (s.marker == APP2 and s.payload.startswith(_ICC_MARK))]
    return join_segments(kept, scan)


def with_profile(jpeg: bytes, profile: bytes) -> bytes:
    """The same picture with this ICC profile. Raises ValueError."""
    segments, scan = split_segments(jpeg)
    parts = [profile[at : at + _ICC_PART_BYTES] for at in range(0, len(profile), _ICC_PART_BYTES)]
    carried = [Segment(APP2, _ICC_MARK + bytes((n, len(parts))) + part) for n, part in enumerate(parts, 1)]
    return join_segments([*carried, *segments], scan)
