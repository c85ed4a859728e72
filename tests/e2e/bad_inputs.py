"""What stations send by mistake or malice, and how each has to end."""

import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from tests.papers import write_jpeg, write_scanned_pdf


@dataclass(frozen=True)
class BadInput:
    write: Callable[[Path], Path]
    status: str
    code: str


def write_empty(folder: Path) -> Path:
    path = folder / "empty.pdf"
    path.write_bytes(b"")
    return path


def write_text(folder: Path) -> Path:
    path = folder / "text.pdf"
    path.write_text("Đây là văn bản, không phải PDF.\n", "utf-8")
    return path


def write_encrypted(folder: Path) -> Path:
    source, path = write_scanned_pdf(folder / "unlocked.pdf"), folder / "encrypted.pdf"
    with pikepdf.open(source) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="chủ", user="khóa"))
    source.unlink()
    return path


def write_truncated_jpeg(folder: Path) -> Path:
    path = write_jpeg(folder / "truncated.jpg")
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    return path


def write_png_bomb(folder: Path) -> Path:
    """100,000 x 100,000 px of one colour: 10 gigapixels if anyone decoded it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 100_000, 100_000, 1, 0, 0, 0, 0)
    data = zlib.compress(bytes(12_501 * 1_000))
    path = folder / "bomb.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b""))
    return path


def write_ten_thousand_pages(folder: Path) -> Path:
    count = 10_000
    kids = " ".join(f"{number} 0 R" for number in range(3, count + 3))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", f"<< /Type /Pages /Count {count} /Kids [{kids}] >>".encode()]
    objects += [b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >>"] * count
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        size, table, size, len(out),
    )  # fmt: skip
    path = folder / "ten-thousand.pdf"
    path.write_bytes(out)
    return path


BAD_INPUTS = {
    "empty": BadInput(write_empty, "rejected", "input_empty"),
    "text called PDF": BadInput(write_text, "rejected", "input_unsupported"),
    "encrypted PDF": BadInput(write_encrypted, "rejected", "input_encrypted"),
    "truncated JPEG": BadInput(write_truncated_jpeg, "rejected", "input_damaged"),
    "pixel bomb": BadInput(write_png_bomb, "quarantined", "input_bomb"),
    "10,000 pages": BadInput(write_ten_thousand_pages, "rejected", "input_too_many_pages"),
}
