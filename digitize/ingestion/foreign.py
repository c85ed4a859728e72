"""What the PDF and image libraries raise on files that are damaged or made to harm."""

import warnings

import pikepdf
from PIL import UnidentifiedImageError

from digitize.errors import DamagedInputError, DigitizeError
from digitize.machine_errors import machine_error

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

# Damaged metadata makes Pillow warn by the page; whether the pixels can be read is what decides.
warnings.filterwarnings("ignore", category=UserWarning, module=r"PIL\.")


def blame(error: Exception) -> DigitizeError:
    """Whose fault one of ``PDF_ERRORS`` or ``IMAGE_ERRORS`` is: the file's, unless it is the machine's."""
    return machine_error(error) or DamagedInputError()
