"""From the pixels that were recognized back to the page as scanned: plane projective maps as 3 x 3 matrices.

Points are pixels, x to the right, y down; a matrix takes the column (x, y, 1) to (wx', wy', w).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitize.model import Box

Matrix = NDArray[np.float64]
Size = tuple[int, int]
"""Width and height in px."""
Point = tuple[float, float]

_IDENTITY_WITHIN_PX = 0.5
_GRID = 5


@dataclass(frozen=True, slots=True, eq=False)
class Mapping:
    """Where each pixel of the recognized image lies on the upright page."""

    recognized_px: Size
    page_px: Size
    matrix: Matrix

    @property
    def is_identity(self) -> bool:
        """Whether no pixel moves by more than half a pixel."""
        if self.recognized_px != self.page_px:
            return False
        grid = _grid(self.recognized_px)
        return bool(np.abs(transform(self.matrix, grid) - grid).max() <= _IDENTITY_WITHIN_PX)

    def map_box(self, box: Box) -> Box:
        """Box on the page, both as fractions; see ``map_boxes``."""
        return self.map_boxes([box])[0]

    def map_boxes(self, boxes: Sequence[Box]) -> list[Box]:
        """Boxes on the page, as fractions like those given.

        Each keeps the word's own width and height about its mapped centre: the box around a slanted word would
        grow with the word's length, and two words of one line would seem to be of different sizes.
        """
        if self.is_identity:
            return list(boxes)
        x0, y0, x1, y1 = (np.array(boxes, np.float64).reshape(-1, 4) * (self.recognized_px * 2)).T
        corners = [np.column_stack(corner) for corner in ((x0, y0), (x1, y0), (x1, y1), (x0, y1))]
        a, b, c, d = (transform(self.matrix, corner) for corner in corners)
        across, down = (_length(b - a) + _length(c - d)) / 4, (_length(d - a) + _length(c - b)) / 4
        half, middle = np.column_stack([across, down]), (a + b + c + d) / 4
        mapped = np.hstack([middle - half, middle + half]) / (self.page_px * 2)
        return [tuple(box) for box in np.clip(mapped, 0.0, 1.0).tolist()]

    def after(self, first: "Mapping") -> "Mapping":
        """Of an image made in two steps: this leads on from the page of ``first``, which is the image of this one."""
        return Mapping(first.recognized_px, self.page_px, self.matrix @ first.matrix)

    def turned(self, degrees: int) -> "Mapping":
        """The same where both the image and the page are turned clockwise by 0, 90, 180 or 270 degrees."""
        there, back = _turn(degrees, self.page_px), np.linalg.inv(_turn(degrees, self.recognized_px))
        return Mapping(_swap(self.recognized_px, degrees), _swap(self.page_px, degrees), there @ self.matrix @ back)

    @property
    def tilt_deg(self) -> float:
        """By how much a line that is level in the middle of the image falls to the right on the page."""
        width, height = self.recognized_px
        left, right = transform(self.matrix, np.array([(width / 4, height / 2), (width * 3 / 4, height / 2)]))
        return math.degrees(math.atan2(right[1] - left[1], right[0] - left[0]))


def identity(size_px: Size) -> Mapping:
    return Mapping(size_px, size_px, np.eye(3))


def reduced(size_px: Size, page_px: Size) -> Mapping:
    """Of the page made smaller."""
    return Mapping(size_px, page_px, np.diag([page_px[0] / size_px[0], page_px[1] / size_px[1], 1.0]))


def straighten(page_px: Size, skew_deg: float) -> Mapping:
    """Of a page whose lines fall by ``skew_deg`` to the right: the recognized image is large enough to hold all."""
    turn = math.radians(skew_deg)
    cos, sin = math.cos(turn), math.sin(turn)
    width, height = page_px
    wide = math.ceil(width * abs(cos) + height * abs(sin))
    high = math.ceil(width * abs(sin) + height * abs(cos))
    rotation = np.array([(cos, -sin, 0.0), (sin, cos, 0.0), (0.0, 0.0, 1.0)])
    matrix = shift(width / 2, height / 2) @ rotation @ shift(-wide / 2, -high / 2)
    return Mapping((wide, high), page_px, matrix)


def shift(x: float, y: float) -> Matrix:
    return np.array([(1.0, 0.0, x), (0.0, 1.0, y), (0.0, 0.0, 1.0)])


def homography(source: NDArray[np.float64], target: NDArray[np.float64]) -> Matrix:
    """The projective map that takes four points (4 x 2) to four others."""
    rows, right = [], []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows += [(x, y, 1, 0, 0, 0, -u * x, -u * y), (0, 0, 0, x, y, 1, -v * x, -v * y)]
        right += [u, v]
    return np.append(np.linalg.solve(np.array(rows, np.float64), np.array(right, np.float64)), 1.0).reshape(3, 3)


def transform(matrix: Matrix, points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points as n x 2."""
    mapped = np.column_stack([points, np.ones(len(points))]) @ matrix.T
    flat: NDArray[np.float64] = mapped[:, :2] / mapped[:, 2:]
    return flat


def coefficients(matrix: Matrix) -> tuple[float, ...]:
    """The eight numbers of Pillow's PERSPECTIVE, which leads from the target's pixels to the source's."""
    return tuple(float(value) for value in (matrix / matrix[2, 2]).ravel()[:8])


def scaled(mapping: Mapping, page_px: Size) -> tuple[Matrix, Size]:
    """The same mapping for an image of the page of another size, and the size of its recognized image."""
    sx, sy = page_px[0] / mapping.page_px[0], page_px[1] / mapping.page_px[1]
    width, height = mapping.recognized_px
    size = (round(width * sx), round(height * sy))
    matrix = np.diag([sx, sy, 1.0]) @ mapping.matrix @ np.diag([width / size[0], height / size[1], 1.0])
    return matrix, size


def _swap(size_px: Size, degrees: int) -> Size:
    width, height = size_px
    return (height, width) if degrees in (90, 270) else size_px


def _turn(degrees: int, size_px: Size) -> Matrix:
    width, height = size_px
    rows = {
        0: [(1, 0, 0), (0, 1, 0)],
        90: [(0, -1, height), (1, 0, 0)],
        180: [(-1, 0, width), (0, -1, height)],
        270: [(0, 1, 0), (-1, 0, width)],
    }[degrees]
    return np.array([*rows, (0, 0, 1)], np.float64)


def _grid(size_px: Size) -> NDArray[np.float64]:
    steps = np.linspace(0, 1, _GRID)
    x, y = np.meshgrid(steps * size_px[0], steps * size_px[1])
    return np.column_stack([x.ravel(), y.ravel()])


def _length(vectors: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.hypot(vectors[:, 0], vectors[:, 1])
