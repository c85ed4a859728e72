"""What a calibration says of values, and the one that is shipped."""

import math
from datetime import date
from random import Random

import numpy as np
import pytest

from digitize.config import Extraction
from digitize.extraction.api import Clues
from digitize.extraction.calibration import (
    ALL,
    Calibration,
    CalibrationData,
    Level,
    chance_of_at_most,
    levels_of,
    load_calibration,
)
from digitize.extraction.clues import kind_of
from digitize.extraction.doctypes import load_document_types
from samples.generator.templates.registry import TEMPLATES
from scripts.calibration.fitting import Example, calibration_error, fit, fit_weights, level_of, probability

RATE = 0.005
TYPES = load_document_types()


def draw_examples(number: int, seed: int = 1) -> list[Example]:
    """Values right with a chance that their clues decide: names, and dates that a check holds for."""
    rng = Random(seed)
    examples = []
    for index in range(number):
        words, holds, is_name = rng.uniform(-1, 4), float(rng.random() < 0.5), rng.random() < 0.5
        chance = 1 / (1 + math.exp(-(0.5 + 0.8 * words + 1.5 * holds - 1.0 * is_name)))
        clues = Clues("t.name" if is_name else "t.day", "name" if is_name else "date", {"words": words, "holds": holds})
        examples.append(Example(clues, rng.random() < chance, "AB"[index % 2]))
    return examples


def level(given: list[float], wrong: set[int]) -> Level:
    return level_of(np.array(given), np.array([float(index not in wrong) for index in range(len(given))]))


def test_a_fit_recovers_known_probabilities() -> None:
    examples = draw_examples(4_000)
    weights = fit_weights(examples)
    for words, holds in ((0.0, 0.0), (1.0, 1.0), (3.0, 0.0)):
        true = 1 / (1 + math.exp(-(0.5 + 0.8 * words + 1.5 * holds - 1.0)))
        said = probability(weights, Clues("t.name", "name", {"words": words, "holds": holds}))
        assert said == pytest.approx(true, abs=0.04)


def test_what_is_said_of_unseen_values_comes_true() -> None:
    weights = fit_weights(draw_examples(3_000))
    others = draw_examples(3_000, seed=2)
    given = np.array([probability(weights, example.clues) for example in others])
    right = np.array([float(example.right) for example in others])
    assert calibration_error(given, right) < 0.02
    assert calibration_error(np.full(len(others), 0.999), right) > 0.1


def test_the_same_examples_give_the_same_fit() -> None:
    assert fit(draw_examples(300)) == fit(draw_examples(300))


def test_a_fit_needs_a_template_to_look_at() -> None:
    with pytest.raises(ValueError, match="two templates"):
        fit([example for example in draw_examples(20) if example.template == "A"])


@pytest.mark.parametrize(("wrong", "needed"), [(0, 598), (1, 947), (3, 1_549)])
def test_the_bound_is_that_of_clopper_and_pearson(wrong: int, needed: int) -> None:
    """Table values for 0.5 % at 95 %, one-sided."""
    assert chance_of_at_most(wrong, needed, RATE) <= 0.05 < chance_of_at_most(wrong, needed - 1, RATE)


def test_a_bar_holds_the_bound() -> None:
    given = [1 - index / 2_000 for index in range(1_000)]
    one = level(given, {700, 800, 801, 990})
    bar = one.bar(RATE)
    above = [index for index, probability in enumerate(given) if probability > bar]
    assert len(above) == 700


def test_without_errors_every_value_passes_if_there_are_enough() -> None:
    assert level([0.9] * 598, set()).bar(RATE) == 0.0
    assert level([0.9] * 597, set()).bar(RATE) == math.inf


def test_errors_among_the_surest_let_nothing_pass() -> None:
    assert level([0.9] * 700, {0, 1, 2, 3, 4}).bar(RATE) == math.inf


def test_equal_probabilities_stand_or_fall_together() -> None:
    one = level([0.9] * 700 + [0.8] * 300, {699, 999})
    assert [above for _, above in one.errors] == [0, 700]
    assert one.bar(RATE) == math.inf


def made(levels: dict[str, Level]) -> Calibration:
    provenance = load_calibration().data.provenance
    return Calibration(CalibrationData(provenance=provenance, weights={}, levels=levels))


CLUES = Clues("t.name", "name", {})
FIELD, KIND, _ = levels_of(CLUES)
GOOD = level([0.9] * 1_000, set())
MANY = level([1 - index / 10_000 for index in range(5_000)], set(range(4_000, 4_010)))


def test_a_field_without_values_enough_takes_the_bar_of_its_kind() -> None:
    few = level([0.9] * 50, set())
    assert made({FIELD: few, KIND: GOOD, ALL: MANY}).bar(CLUES, RATE) == 0.0


def test_a_kind_without_values_enough_takes_the_bar_of_all() -> None:
    few = level([0.9] * 50, set())
    one = made({FIELD: few, KIND: few, ALL: level([0.9] * 900 + [0.5] * 100, {950, 951, 952})})
    assert one.bar(CLUES, RATE) == 0.5


def test_a_field_nobody_has_seen_meets_a_stricter_bar() -> None:
    seen = made({FIELD: level([0.9] * 50, set()), KIND: GOOD, ALL: MANY})
    unseen = made({KIND: GOOD, ALL: MANY})
    assert seen.bar(CLUES, RATE) < unseen.bar(CLUES, RATE) < 1


def test_a_field_with_errors_of_its_own_meets_a_higher_bar() -> None:
    own = level([0.9] * 30 + [0.8] * 20, {45, 46})
    assert made({FIELD: own, KIND: GOOD, ALL: MANY}).bar(CLUES, RATE) == 0.8


def test_a_kind_whose_errors_are_too_many_is_not_believed_as_far_as_others() -> None:
    seen, bad = level([0.9] * 30, set()), level([0.99] * 100 + [0.9] * 200, {100, 101, 102, 103, 104})
    assert made({FIELD: seen, KIND: bad, ALL: GOOD}).bar(CLUES, RATE) == 0.9


def test_whoever_bears_more_errors_never_has_a_higher_bar() -> None:
    """Two in a thousand are shown by the kind, one in a hundred by the field, whose own errors say less."""
    own = level([0.95] * 400 + [0.9] * 100, {350, 399})
    one = made({FIELD: own, KIND: GOOD, ALL: MANY})
    bars = [one.bar(CLUES, rate) for rate in (0.0001, 0.001, 0.003, 0.005, 0.01, 0.015, 0.02, 0.05, 0.3, 1.0)]
    assert bars == sorted(bars, reverse=True)
    assert bars[0] == math.inf
    assert bars[-1] == 0.0


def test_no_values_at_all_let_nothing_pass() -> None:
    assert made({}).bar(CLUES, RATE) == math.inf
    assert made({ALL: MANY}).bar(CLUES, 0.0) == math.inf


def test_the_shipped_data_say_where_they_come_from() -> None:
    said = load_calibration().data.provenance
    assert date.fromisoformat(said.fitted_on) >= date(2026, 11, 1)
    assert (said.split, said.first_seed) == ("calibration", 1_000_000)
    assert set(said.types) == set(TYPES)
    assert said.specimens == said.per_template * sum(len(TEMPLATES[code]) for code in said.types)
    assert said.values == load_calibration().data.levels[ALL].seen
    assert said.wrong == load_calibration().data.levels[ALL].wrong
    assert all(len(digest) == 64 for digest in (said.extraction_digest, said.recognition_digest, said.generator_digest))
    assert said.calibration_error < 0.05


def test_the_shipped_bars_keep_the_rate() -> None:
    levels = load_calibration().data.levels
    for one in levels.values():
        bar = one.bar(RATE)
        wrong = sum(probability > bar for probability, _ in one.errors)
        seen = next((above for probability, above in one.errors if probability <= bar), one.seen)
        assert bar == math.inf or chance_of_at_most(wrong, seen, RATE) <= 0.05


def test_the_shipped_data_know_every_field_of_every_type() -> None:
    levels = load_calibration().data.levels
    kinds = {f"kind:{kind_of(field)}" for one in TYPES.values() for field in one.fields}
    assert kinds <= set(levels)
    assert levels[ALL].bar(Extraction().accepted_error_rate_max) < 1
