"""Which way up a page lies, and its skew, are told without reading a word."""

import pytest
from PIL import Image, ImageDraw

from digitize.recognition.direction import Direction, find_direction
from digitize.recognition.look import find_marks, shrink
from tests.digitize.recognition.papers import draw_print, skewed


def look(page: Image.Image) -> Direction:
    return find_direction(find_marks(shrink(page)))


@pytest.mark.parametrize("degrees", [-8.0, -3.0, -0.3, 0.0, 0.15, 1.0, 4.0, 8.0])
def test_skew_is_told_to_a_tenth_of_a_degree(degrees: float) -> None:
    direction = look(skewed(draw_print(), degrees))
    assert direction.turn == 0
    assert direction.skew_deg == pytest.approx(degrees, abs=0.1)


@pytest.mark.parametrize("degrees", [-6.35, -1.23, 0.07, 0.62, 2.48, 5.55])
@pytest.mark.parametrize("lines", [4, 8])
def test_the_skew_of_a_sparse_page_is_told_as_well(degrees: float, lines: int) -> None:
    page = draw_print(1)
    page.paste(255, (0, 160 + 50 * lines, page.width, page.height))
    assert look(skewed(page, degrees)).skew_deg == pytest.approx(degrees, abs=0.1)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("degrees", [-2.0, 3.0])
def test_a_turned_page_is_seen_with_its_skew(turn: int, degrees: float) -> None:
    lying = skewed(draw_print(), degrees).rotate(turn, expand=True)  # counter-clockwise
    direction = look(lying)
    assert direction.turn == turn
    assert direction.skew_deg == pytest.approx(degrees, abs=0.1)


def test_a_page_upside_down_is_never_taken_for_granted() -> None:
    assert not look(draw_print().rotate(180)).sure


def test_an_upright_page_needs_no_second_opinion() -> None:
    assert look(draw_print()).sure


def test_frames_and_rules_do_not_hide_the_lines() -> None:
    page = draw_print()
    draw = ImageDraw.Draw(page)
    for inset in range(40, 120, 12):
        draw.rectangle((inset, inset, page.width - inset, page.height - inset), outline=0, width=2)
    for x in range(200, 1100, 90):
        draw.line((x, 140, x, 1600), fill=0, width=2)
    assert look(page).turn == 0


@pytest.mark.parametrize(
    "page", [Image.new("L", (1240, 1754), "white"), Image.new("L", (1, 1)), Image.new("L", (3, 9))]
)
def test_a_page_without_marks_has_no_direction(page: Image.Image) -> None:
    assert look(page) == Direction(0, 0.0, sure=True, lined=False, has_lines=False)
