"""Whether anybody can read a page, measured on its image before it is recognized.

A bad measure alone refuses nothing: a pencil note is faint and can be read. It takes a bad measure and a recognizer
that makes nothing of the page, see ``judge``.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Mask = NDArray[np.bool_]

CONTRAST_MIN = 50
"""Grey levels between paper and ink; the 43 real and sample pages measured have 118 to 255."""
EDGE_MAX_SHARE = 0.4
"""Width of an edge over the height of a small letter; sharp pages have 2.0 to 2.5 px for letters of 9 to 25 px."""
NOISE_MAX = 9.0
"""Grey levels by which neighbours on bare paper differ (standard deviation); measured pages have 0 to 3.5."""
LETTER_MIN_PX = 6.5
"""Height of a small letter of 13 pt (0.45 of its size) at 80 dpi."""
READ_FROM = 0.75
"""Mean confidence from which a page with a bad measure was read all the same: print gets 0.85 to 0.97, print upside
down 0.3 to 0.5. Pages made worse step by step had 8 % of their letters wrong at 0.8, and 84 % at 0.68, where noise
had left a few words alone to be read."""
READ_COARSE_FROM = 0.92
"""The same below the least resolution: at 75 dpi print still gets 0.89 with 3 % of its letters wrong, most of them
tone marks, which is how a wrong name passes for a right one."""

_LETTER_IN = 13 * 0.45 / 72
_CROP_PX = 480
_BLOCK_PX = 32
_PAPER_SHARE, _INK_SHARE, _STEEP_SHARE = 0.75, 0.3, 0.97
"""Percentiles that stand for paper and ink, and for the steepest steps between pixels."""
_CLEAR_PX = 4
_BARE_MIN_SHARE = 0.02


@dataclass(frozen=True, slots=True)
class Measures:
    contrast: float
    """Grey levels (0 to 255) between paper and ink where the page has most marks."""
    edge_px: float
    """Width of the sharpest edges, from paper to ink."""
    noise: float
    """Grey levels, standard deviation on bare paper."""
    letter_px: float
    """Height of a small letter of 13 pt at the page's resolution."""

    @property
    def problems(self) -> tuple[str, ...]:
        """Codes of the record's ``quality``; empty for a page that ought to be readable."""
        found = {
            "low_resolution": self.letter_px < LETTER_MIN_PX,
            "blurred": self.edge_px > EDGE_MAX_SHARE * self.letter_px,
            "low_contrast": self.contrast < CONTRAST_MIN,
            "noisy": self.noise > NOISE_MAX,
        }
        return tuple(code for code, holds in found.items() if holds)


def measure(grey: Image.Image, marks: Mask, dpi: int) -> Measures:
    """``grey``: mode L; ``marks``: True where there is ink, of the same shape at any smaller size.

    Looks at one spot, the one with most marks: about 10 ms.
    """
    box = find_densest(marks, grey.size)
    scale_x, scale_y = marks.shape[1] / grey.width, marks.shape[0] / grey.height
    spot = grey.crop(box)
    rows = slice(int(box[1] * scale_y), max(int(box[1] * scale_y) + 1, int(box[3] * scale_y)))
    columns = slice(int(box[0] * scale_x), max(int(box[0] * scale_x) + 1, int(box[2] * scale_x)))
    ink = Image.fromarray(marks[rows, columns].astype(np.uint8) * 255).resize(spot.size, Image.Resampling.NEAREST)
    paper = percentile(spot.histogram(), _PAPER_SHARE)
    contrast = float(paper - percentile(spot.histogram(ink), _INK_SHARE)) if ink.getbbox() else 0.0
    levels = np.asarray(spot).astype(np.int16)
    bare = np.asarray(ink.filter(ImageFilter.BoxBlur(_CLEAR_PX))) == 0
    across = np.diff(levels, axis=1)[::2]
    if np.count_nonzero(bare) >= _BARE_MIN_SHARE * bare.size:  # else noise has left no paper bare
        across = across[bare[::2, 1:]]
    noise = float(across.std()) / 2**0.5 if across.size else 0.0
    steps = np.bincount(np.abs(levels[:, 2:] - levels[:, :-2]).ravel(), minlength=1)
    steepest = max(1.0, percentile(steps.tolist(), _STEEP_SHARE) / 2)
    return Measures(contrast, contrast / steepest, noise, dpi * _LETTER_IN)


def judge(measures: Measures | None, mean_confidence: float | None) -> tuple[str, ...]:
    """Why nobody can read the page; empty where it was read or its image shows no reason not to.

    ``measures``: None for a page that bears too little to be measured: nobody can say that it was not read.
    """
    if measures is None:
        return ()
    problems = measures.problems
    enough = READ_COARSE_FROM if "low_resolution" in problems else READ_FROM
    return () if mean_confidence is not None and mean_confidence >= enough else problems


def find_densest(marks: Mask, size_px: tuple[int, int]) -> tuple[int, int, int, int]:
    """The box of at most 480 x 480 px with most marks."""
    counts = Image.fromarray(marks.astype(np.uint8) * 255).reduce(_BLOCK_PX)
    width, height = size_px
    reach = max(1, round(_CROP_PX / max(width / counts.width, height / counts.height)))
    totals = np.asarray(counts.filter(ImageFilter.BoxBlur(reach / 2)))
    row, column = np.unravel_index(int(np.argmax(totals)), totals.shape)
    x = int((column + 0.5) * width / counts.width)
    y = int((row + 0.5) * height / counts.height)
    left = max(0, min(x - _CROP_PX // 2, width - _CROP_PX))
    top = max(0, min(y - _CROP_PX // 2, height - _CROP_PX))
    return (left, top, min(width, left + _CROP_PX), min(height, top + _CROP_PX))


def percentile(histogram: list[int], share: float) -> int:
    """The least level that this share of all pixels does not exceed."""
    below = np.cumsum(histogram)
    return int(np.searchsorted(below, share * below[-1]))
