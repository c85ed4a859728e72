"""What the PDF and image libraries raise on files that are damaged or made to harm."""

import errno
import warnings

import pikepdf
from PIL import UnidentifiedImageError

from digitize.errors import DamagedInputError, DigitizeError, MachineFullError

PDF_ERRORS = (
    pikepdf.PdfError,
    pikepdf.DependencyError,
    RuntimeError,  # QpdfRuntimeError and RecursionError
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    ArithmeticError,
)
IMAGE_ERRORS = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, LookupError, TypeError)

_OF_THE_MACHINE = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE, errno.EIO, errno.EROFS, errno.ENOMEM}
)
"""Errors of the operating system that say nothing about the file: it must not be sent back for them."""

# Damaged metadata makes Pillow warn by the page; whether the pixels can be read is what decides.
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")


def blame(error: Exception) -> DigitizeError:
    """Whose fault one of ``PDF_ERRORS`` or ``IMAGE_ERRORS`` is: the file's, unless the machine ran out of something."""
    if isinstance(error, OSError) and error.errno in _OF_THE_MACHINE:
        return MachineFullError(reason=errno.errorcode[error.errno])
    return DamagedInputError()
