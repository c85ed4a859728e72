"""What kind of file a station handed in: by its first bytes, never by its name."""

from pathlib import Path

from digitize.errors import EmptyFileError, UnsupportedTypeError

EXTENSIONS = {
    "application/pdf": "pdf",
    "image/tiff": "tiff",
    "image/jpeg": "jpg",
    "image/png": "png",
}
_PDF_HEADER_WITHIN_BYTES = 1024  # readers accept a header after leading junk (ISO 32000-1, note in 7.5.2)


def sniff(path: Path) -> str:
    """Media type of the file. Raises EmptyFileError, UnsupportedTypeError."""
    with path.open("rb") as file:
        head = file.read(_PDF_HEADER_WITHIN_BYTES)
    if not head:
        raise EmptyFileError
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith((b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")):
        return "image/tiff"
    if b"%PDF-" in head:
        return "application/pdf"
    raise UnsupportedTypeError
