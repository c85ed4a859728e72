"""The inspect stage: is this file one we can take, and how is each page to be read?"""

from dataclasses import replace
from pathlib import Path

from digitize.config import Limits, Recognition
from digitize.errors import InputTooLargeError
from digitize.ingestion.media import sniff
from digitize.inspection.api import Inspected
from digitize.inspection.images import inspect_image
from digitize.inspection.pdf import inspect_pdf

_MIB = 1 << 20


def inspect(path: Path, limits: Limits, recognition: Recognition, numbers: range | None = None) -> Inspected:
    """Look at the file without decoding a page; only the pages of these ``numbers`` (1-based) are planned, or all.

    Raises EmptyFileError, UnsupportedTypeError, DamagedInputError, EncryptedInputError, InputTooLargeError,
    TooManyPagesError, InputBombError.
    """
    if path.stat().st_size > limits.max_input_mib * _MIB:
        raise InputTooLargeError(limit_mib=limits.max_input_mib)
    media_type = sniff(path)
    if media_type == "application/pdf":
        return inspect_pdf(path, limits, recognition, numbers)
    inspected = inspect_image(path, media_type, limits)
    wanted = inspected.pages if numbers is None else inspected.pages[numbers.start - 1 : numbers.stop - 1]
    return replace(inspected, pages=wanted)
