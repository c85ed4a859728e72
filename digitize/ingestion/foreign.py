"""What the PDF and image libraries raise on files that are damaged or made to harm."""

import warnings

import pikepdf
from PIL import UnidentifiedImageError

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
