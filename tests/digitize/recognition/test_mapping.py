"""What is found on the straightened image lies where it was on the page."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from digitize.recognition.mapping import Mapping, coefficients, homography, identity, scaled, straighten, transform

PAGE = (1200, 1700)


def test_identity_moves_nothing() -> None:
    mapping = identity(PAGE)
    assert mapping.is_identity
    assert mapping.map_box((0.1, 0.2, 0.3, 0.4)) == pytest.approx((0.1, 0.2, 0.3, 0.4))


def test_a_sliver_of_a_degree_already_moves_pixels() -> None:
    assert not straighten(PAGE, 0.1).is_identity


@pytest.mark.parametrize("degrees", [-8.0, -0.5, 2.0, 10.0])
def test_lines_that_fall_are_level_on_the_straightened_image(degrees: float) -> None:
    mapping = straighten(PAGE, degrees)
    width, height = mapping.recognized_px
    ends = transform(mapping.matrix, np.array([(width * 0.2, height / 2), (width * 0.8, height / 2)]))
    run, fall = ends[1] - ends[0]
    assert math.degrees(math.atan2(fall, run)) == pytest.approx(degrees)


@given(degrees=st.floats(-10, 10), width=st.integers(1, 5000), height=st.integers(1, 5000))
def test_no_corner_of_the_page_is_cut_off(degrees: float, width: int, height: int) -> None:
    mapping = straighten((width, height), degrees)
    corners = np.array([(0.0, 0.0), (width, 0.0), (0.0, height), (width, height)])
    seen = transform(np.linalg.inv(mapping.matrix), corners)
    assert seen.min() >= -0.001
    assert (seen <= np.array(mapping.recognized_px) + 0.001).all()


def test_a_box_keeps_its_size_about_its_mapped_centre() -> None:
    mapping = straighten(PAGE, 5)
    width, height = mapping.recognized_px
    box = mapping.map_box((0.4, 0.3, 0.6, 0.32))
    assert (box[2] - box[0]) * PAGE[0] == pytest.approx(0.2 * width, abs=0.01)
    assert (box[3] - box[1]) * PAGE[1] == pytest.approx(0.02 * height, abs=0.01)
    centre = transform(mapping.matrix, np.array([(0.5 * width, 0.31 * height)]))[0]
    assert (box[0] + box[2]) / 2 * PAGE[0] == pytest.approx(centre[0])
    assert (box[1] + box[3]) / 2 * PAGE[1] == pytest.approx(centre[1])


def test_a_homography_takes_four_points_to_four() -> None:
    source = np.array([(0, 0), (1000, 0), (1000, 1400), (0, 1400)], np.float64)
    target = np.array([(80, 60), (900, 20), (980, 1500), (10, 1420)], np.float64)
    assert transform(homography(source, target), source) == pytest.approx(target)


def test_an_image_of_half_the_size_is_mapped_alike() -> None:
    mapping = straighten(PAGE, 4)
    matrix, size = scaled(mapping, (PAGE[0] // 2, PAGE[1] // 2))
    half = Mapping(size, (PAGE[0] // 2, PAGE[1] // 2), matrix)
    assert half.map_box((0.1, 0.5, 0.2, 0.6)) == pytest.approx(mapping.map_box((0.1, 0.5, 0.2, 0.6)), abs=0.002)


def test_pixels_go_where_points_go() -> None:
    page = Image.new("L", PAGE, 255)
    page.paste(0, (700, 300, 710, 310))
    mapping = straighten(PAGE, 6)
    seen = page.transform(
        mapping.recognized_px, Image.Transform.PERSPECTIVE, coefficients(mapping.matrix), fillcolor=255
    )
    y, x = np.nonzero(np.asarray(seen) < 128)
    middle = transform(mapping.matrix, np.array([(x.mean() + 0.5, y.mean() + 0.5)]))[0]
    assert middle == pytest.approx((705, 305), abs=1.0)
