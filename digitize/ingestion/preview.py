"""Small page pictures for the console: enough to read a field by, a fraction of the scan's size."""

import io
from pathlib import Path

from PIL import Image

from digitize.ingestion.turns import CLOCKWISE

PREVIEW_DPI = 110
_LONG_SIDE_PX = 1_286  # A4 at 110 dpi
_QUALITY = 70


def make_preview(page_image: Path, turn: int = 0) -> bytes:
    """JPEG of a page image, its long side at most that of A4 at 110 dpi.

    ``turn``: degrees clockwise that set it upright.
    """
    with Image.open(page_image) as image:
        image.draft("RGB", (_LONG_SIDE_PX, _LONG_SIDE_PX))
        mode = "RGB" if image.mode not in {"1", "L"} else "L"
        small = image.convert(mode)
        small.thumbnail((_LONG_SIDE_PX, _LONG_SIDE_PX), Image.Resampling.BOX)
        if turn:
            small = small.transpose(CLOCKWISE[turn])
        target = io.BytesIO()
        small.save(target, "JPEG", quality=_QUALITY)
    return target.getvalue()
