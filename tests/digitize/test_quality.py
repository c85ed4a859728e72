"""A page nobody can read is told from one that can, and why."""

import random

import numpy as np
import pytest
from PIL import Image, ImageFilter

from digitize.inspection.quality import Measures, judge, measure
from digitize.recognition.look import find_marks, shrink
from samples.generator.degradations import noise
from tests.digitize.recognition.papers import DPI, draw_print

READ, NOT_READ = 0.95, 0.3


def look(page: Image.Image, dpi: int = DPI) -> Measures:
    return measure(page, find_marks(shrink(page)), dpi)


def test_clean_print_has_no_problem() -> None:
    assert look(draw_print()).problems == ()


@pytest.mark.parametrize("scale", [2, 1])
def test_print_at_the_least_resolution_offices_use_has_no_problem(scale: int) -> None:
    page = draw_print().resize((827 * scale, 1170 * scale), Image.Resampling.BOX)
    assert look(page, 100 * scale).problems == ()


@pytest.mark.parametrize(
    ("page", "dpi", "problem"),
    [
        (draw_print().filter(ImageFilter.GaussianBlur(3.5)), DPI, "blurred"),
        (draw_print().point(lambda level: 215 + level * 20 // 255), DPI, "low_contrast"),
        (noise(60)(draw_print(), random.Random(7)), DPI, "noisy"),
        (draw_print().resize((496, 702), Image.Resampling.BOX), 60, "low_resolution"),
    ],
    ids=["blurred", "faint", "noisy", "coarse"],
)
def test_each_fault_has_its_name_and_refuses_only_what_was_not_read(page: Image.Image, dpi: int, problem: str) -> None:
    measures = look(page, dpi)
    assert problem in measures.problems
    assert judge(measures, READ) == ()
    assert problem in judge(measures, NOT_READ)
    assert problem in judge(measures, None)


def test_a_coarse_page_that_was_read_with_tone_marks_lost_is_refused() -> None:
    page = draw_print().resize((620, 877), Image.Resampling.BOX)
    assert judge(look(page, 75), 0.89) == ("low_resolution",)
    assert judge(look(page, 75), 0.95) == ()


def test_a_few_words_read_out_of_noise_do_not_pass_for_the_page() -> None:
    assert judge(look(noise(60)(draw_print(), random.Random(7))), 0.68) == ("noisy",)


def test_words_that_cannot_be_read_on_a_sharp_page_are_no_fault_of_the_scan() -> None:
    assert judge(look(draw_print()), NOT_READ) == ()


@pytest.mark.parametrize("size", [(1, 1), (5, 3000), (1240, 1)])
def test_any_shape_can_be_measured(size: tuple[int, int]) -> None:
    measures = look(Image.fromarray(np.zeros(size[::-1], np.uint8)))
    assert np.isfinite([measures.contrast, measures.edge_px, measures.noise, measures.letter_px]).all()
