"""Tells a scan that carries the text of an earlier recognition from a page whose text is its own.

A scanner's program lays invisible letters over the picture, and what it misread looks like honest text. Such a page
need not be one image: a footer, a margin or a page of strips is enough to hide it from ``find_page_image``.
"""

import pikepdf

from digitize.ingestion.foreign import PDF_ERRORS
from digitize.inspection.page_image import INVISIBLE_TEXT, TEXT_SHOWING, Matrix, multiply, read_matrix

_PICTURE_FROM = 0.3
"""Share of the page covered by images from which its text may only describe them; a seal or an emblem has 0.02."""
_DEPTH_MAX = 5
_UPRIGHT: Matrix = (1, 0, 0, 1, 0, 0)


def looks_scanned(page: pikepdf.Page) -> bool:
    """Whether the page shows invisible text, or images over a good part of it; True where it cannot be told."""
    x0, y0, x1, y1 = (float(v) for v in page.cropbox)
    try:
        resources = page.get("/Resources", pikepdf.Dictionary())
        covered = _covered(page, resources, _UPRIGHT, 0)
    except PDF_ERRORS:
        return True
    return covered is None or covered >= _PICTURE_FROM * abs((x1 - x0) * (y1 - y0))


def _covered(
    source: pikepdf.Page | pikepdf.Object, resources: pikepdf.Object, matrix: Matrix, depth: int
) -> float | None:
    """Area under images in square points, of forms too; None where there is invisible text or no end to it."""
    if depth > _DEPTH_MAX:
        return None
    objects = resources.get("/XObject", pikepdf.Dictionary())
    state, stack, area = (matrix, 0), [], 0.0
    for instruction in pikepdf.parse_content_stream(source):
        operands, name = instruction.operands, str(instruction.operator)
        here, text_mode = state
        if name == "q":
            stack.append(state)
        elif name == "Q" and stack:
            state = stack.pop()
        elif name == "cm":
            state = (multiply(read_matrix(operands), here), text_mode)
        elif name == "Tr":
            state = (here, int(operands[0]))
        elif name in TEXT_SHOWING and text_mode == INVISIBLE_TEXT:
            return None
        elif name == "INLINE IMAGE":
            area += _area(here)
        elif name == "Do" and str(operands[0]) in objects:
            drawn = objects[str(operands[0])]
            if drawn.get("/Subtype") == pikepdf.Name.Image:
                area += _area(here)
            elif drawn.get("/Subtype") == pikepdf.Name.Form:
                inner = multiply(read_matrix(drawn.get("/Matrix", list(_UPRIGHT))), here)
                below = _covered(drawn, drawn.get("/Resources", resources), inner, depth + 1)
                if below is None:
                    return None
                area += below
    return area


def _area(matrix: Matrix) -> float:
    return abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])
