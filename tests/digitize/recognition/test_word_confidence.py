"""What is said of a word's being right holds on papers the weights were not fitted on."""

import json
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from digitize.config import Limits, Recognition
from digitize.inspection.inspect import inspect
from digitize.recognition.api import Line, RecognizedPage, Word
from digitize.recognition.choice import open_recognizer
from digitize.recognition.document import recognize_document
from digitize.recognition.word_confidence import FILE_NAME, NAMES, clues, probability
from samples.generator.corpus import Specimen, draw_specimen
from samples.generator.paper import Page, Text
from scripts.calibration.words import calibration_error, judge_words

WORD = Word("Nguyễn", (0.1, 0.1, 0.2, 0.115), 0.9)


def test_more_confidence_never_makes_a_word_less_likely() -> None:
    for text in ("Nguyễn", "1990", "15/QĐ-UBND", "—"):
        found = [probability(replace(WORD, text=text, confidence=step / 100), 40) for step in range(101)]
        assert found == sorted(found)
        assert 0 < found[0] < 0.7 < found[-1] < 1


def test_a_word_under_a_seal_is_less_likely_right() -> None:
    assert probability(replace(WORD, ink=0.8), 40) < probability(replace(WORD, ink=0.0), 40)


def test_the_weights_come_with_where_they_are_from() -> None:
    stored = json.loads((files("digitize.recognition") / FILE_NAME).read_text("utf-8"))
    assert set(stored["weights"]) == set(NAMES)
    assert len(clues(WORD, 40)) == len(NAMES)
    source = stored["provenance"]
    assert source["calibration_error"] < source["calibration_error_of_confidence"] / 2
    assert source["words_held_out"] > 5_000


def test_text_that_was_not_recognized_is_not_judged() -> None:
    page = RecognizedPage(1, 1240, 1754, 150, (Line((WORD,), 0),), method="text_layer")
    assert page.words_right is None
    assert page.mean_confidence == pytest.approx(0.9)


def test_the_verdict_on_a_page_is_given_in_the_recognizers_own_confidence() -> None:
    page = RecognizedPage(1, 1240, 1754, 150, (Line((replace(WORD, right=0.1),), 0),))
    assert (page.mean_confidence, page.words_right) == (pytest.approx(0.9), pytest.approx(0.1))


@pytest.mark.parametrize(
    "specimen",
    [
        Specimen("administrative_document", "A", 1_000_001, "noise"),
        Specimen("land_use_certificate", "B", 1_000_002, "seal-over-text"),
    ],
)
def test_the_expected_share_of_right_words_is_near_the_true_one(specimen: Specimen, tmp_path: Path) -> None:
    paper, (scan, *_), _ = draw_specimen(specimen)
    path = tmp_path / "scan.jpg"
    path.write_bytes(scan)
    limits, recognition = Limits(), Recognition(pages_in_parallel=1)
    inspected = inspect(path, limits, recognition)
    recognizer = open_recognizer(recognition, limits)
    (recognized,) = recognize_document(inspected, recognizer, recognition, limits, tmp_path)
    judged = list(judge_words(paper.pages[0], recognized.page))
    true = sum(right for _, right in judged) / len(judged)
    expected = sum(word.right or 0.0 for word, _ in judged) / len(judged)
    assert expected == pytest.approx(true, abs=0.06)


def test_a_word_is_right_only_letter_by_letter() -> None:
    drawn = Page((Text(20, 50, "Lò Thị Mây ........", 14), Text(20, 70, "Số: 15", 14)))
    read = [("Lò", 22, 48), ("Thi", 30, 48), ("Mây", 38, 48), ("Số:", 21, 68), ("16", 29, 68), ("ồn", 150, 200)]
    words = tuple(Word(t, (x / 210, (y - 1) / 297, (x + 4) / 210, (y + 2) / 297), 0.9) for t, x, y in read)
    page = RecognizedPage(1, 1654, 2339, 200, (Line(words, 0),))
    assert {word.text: right for word, right in judge_words(drawn, page)} == {
        "Lò": True, "Thi": False, "Mây": True, "Số:": True, "16": False, "ồn": False,
    }  # fmt: skip


def test_the_error_is_none_where_what_was_said_comes_true() -> None:
    said = [0.25] * 400 + [0.75] * 400
    true = ([True] + [False] * 3) * 100 + ([True] * 3 + [False]) * 100
    assert calibration_error(said, true) < 0.02
    assert calibration_error([0.95] * 800, true) == pytest.approx(0.45, abs=0.02)
