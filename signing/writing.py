"""How this package adds to a PDF: behind what is there, and with XMP and document information left alone."""

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter


class UntouchedMetadataWriter(IncrementalPdfFileWriter):
    """Leaves XMP and document information as assembly wrote them.

    pyHanko would rewrite both; then a changed XMP could not be told from tampering, and what makes the file
    PDF/A would pass through one more serializer.
    """

    def _update_meta(self) -> None:
        pass
