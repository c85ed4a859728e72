"""The generator draws the same bytes each time, and what it draws is what the paper says."""

import itertools
import random
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from samples.generator.catalogue.samples import SAMPLES
from samples.generator.degradations import degrade, grey, noise, skew, tone
from samples.generator.fonts import Style, measure_mm
from samples.generator.paper import Handwriting, Page, Seal, Signature, Text
from samples.generator.raster import draw_page
from samples.generator.sample import Sample
from samples.generator.sheet import Sheet
from samples.generator.vector import draw_pdf
from samples.generator.words import Date, spell

CARD_LONG_SIDE_MM = 86
DOCUMENTS = Path(__file__).parents[2] / "samples" / "documents"


def find(name: str) -> Sample:
    return next(sample for sample in SAMPLES if sample.name == name)


# One of each way of writing a file; the rest differ in what is drawn only.
@pytest.mark.parametrize(
    "name",
    [
        "shop-receipt",
        "submission-png",
        "letter-bilevel-tiff",
        "report-mixed-pdf",
        "notice-born-digital",
        "damaged-jpeg",
    ],
)
def test_drawing_again_gives_the_committed_bytes(name: str, tmp_path: Path) -> None:
    sample = find(name)
    sample.write(tmp_path)
    drawn = {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()}
    assert drawn == {path.name: path.read_bytes() for path in (DOCUMENTS / name).iterdir()}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_committed_expectation_is_the_generators(sample: Sample) -> None:
    assert (DOCUMENTS / sample.name / "expected.json").read_bytes() == sample.expect()


def test_a_signed_sample_is_kept_until_it_is_asked_for_anew(tmp_path: Path) -> None:
    sample = find("decision-signed-pdf")
    sample.write(tmp_path)
    target = tmp_path / sample.name / sample.file_name
    first = target.read_bytes()
    sample.write(tmp_path)
    assert target.read_bytes() == first
    sample.write(tmp_path, anew=True)
    assert target.read_bytes() != first


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_no_text_runs_off_the_sheet_or_into_another(sample: Sample) -> None:
    for page in sample.paper.pages:
        texts = [item for item in page.items if isinstance(item, Text)]
        assert texts
        margin = 10 if page.width > CARD_LONG_SIDE_MM else 1
        for text in texts:
            assert text.x > margin
            assert text.x + measure_mm(text.text, text.style, text.size_pt) < page.width - margin
            assert margin < text.y < page.height - margin
        for first, second in itertools.pairwise(texts):
            if first.y == second.y and first.x < second.x:
                assert first.x + measure_mm(first.text, first.style, first.size_pt) <= second.x


def test_every_sample_that_says_handwritten_has_pen_digits() -> None:
    written = [
        sample.name
        for sample in SAMPLES
        if any(isinstance(item, Handwriting) for page in sample.paper.pages for item in page.items)
    ]
    assert written == [sample.name for sample in SAMPLES if sample.paper.handwritten]
    assert written


def test_seal_is_red_and_signature_blue() -> None:
    seal = Seal(60, 60, 34, "XÃ SUỐI MÂY", ("XÃ",))
    red = np.asarray(draw_page(Page((seal,)), 100)).reshape(-1, 3).min(axis=0)
    blue = np.asarray(draw_page(Page((Signature(60, 60, 30, 4),)), 100)).reshape(-1, 3).min(axis=0)
    assert red[0] > red[2] + 100
    assert blue[2] > blue[0] + 80


def test_handwriting_cannot_be_born_digital() -> None:
    with pytest.raises(TypeError, match="Handwriting"):
        draw_pdf((Page((Handwriting(30, 40, "12", 5, 1),)),))


def test_paragraph_fills_its_lines_to_the_margin_but_not_the_last() -> None:
    sheet = Sheet(left=30, right=190)
    sheet.paragraph("Cộng đồng dân cư bản Nà Lốc họp và ghi biên bản. " * 5, indent=10)
    words = [item for item in sheet.finish().items if isinstance(item, Text)]
    lines = sorted({word.y for word in words})
    ends = [max(w.x + measure_mm(w.text, w.style, w.size_pt) for w in words if w.y == line) for line in lines]
    assert len(lines) > 2
    assert all(abs(end - 190) < 0.01 for end in ends[:-1])
    assert ends[-1] < 189
    assert words[0].x == 40


def test_marks_switch_bold_and_italic() -> None:
    sheet = Sheet()
    sheet.paragraph("**Điều 1.** Xã __Bến Lau__ **__gấp__**")
    styles = [item.style for item in sheet.finish().items if isinstance(item, Text)]
    expected = [Style.BOLD] * 2 + [Style.REGULAR] + [Style.ITALIC] * 2 + [Style.BOLD_ITALIC]
    assert styles == expected


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (5, "năm"),
        (10, "mười"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (30, "ba mươi"),
        (1999, "một nghìn chín trăm chín mươi chín"),
        (2008, "hai nghìn không trăm linh tám"),
        (2010, "hai nghìn không trăm mười"),
        (2024, "hai nghìn không trăm hai mươi bốn"),
    ],
)
def test_numbers_in_words(number: int, words: str) -> None:
    assert spell(number) == words


def test_dates_take_leading_zeros_as_the_decree_says() -> None:
    assert Date(5, 2, 2026).long == "ngày 05 tháng 02 năm 2026"
    assert Date(15, 3, 2026).long == "ngày 15 tháng 3 năm 2026"
    assert Date(4, 4, 2026).words == "Ngày bốn tháng tư năm hai nghìn không trăm hai mươi sáu"


def test_degradations_follow_their_seed() -> None:
    image = Image.new("RGB", (120, 90), (128, 128, 128))
    steps = (skew(1.0), tone(40, 220), noise(8))
    assert degrade(image, steps, 7).tobytes() == degrade(image, steps, 7).tobytes()
    assert degrade(image, steps, 7).tobytes() != degrade(image, steps, 8).tobytes()


def test_noise_has_the_amount_asked_for() -> None:
    image = Image.new("L", (400, 400), 128)
    pixels = np.asarray(noise(10)(image, random.Random(1)), dtype=float)
    assert 8 < pixels.std() < 12
    assert abs(pixels.mean() - 128) < 1


def test_grey_has_one_channel_and_tone_keeps_its_bounds() -> None:
    image = Image.new("RGB", (2, 1))
    image.putdata([(0, 0, 0), (255, 255, 255)])
    assert list(degrade(image, (grey(), tone(70, 205)), 1).tobytes()) == [70, 205]
