"""Fits probabilities to judged values: penalized logistic regression, by Newton's method.

What the levels tell of errors comes from fits that had not seen the value's template, since an office's next paper is
printed by a template nobody has seen either.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from digitize.extraction.api import Clues
from digitize.extraction.calibration import ERRORS_KEPT, Level, features_of, levels_of

PENALTY = 1.0
"""Of half the square of each weight but that of ``always``: a prior of log-odds within about 1 of what others show."""
REASONS_TO_DOUBT = ("doubt:", "twin:", "unfamiliar", "misread")
"""Clues that no weight may turn into a reason to believe."""
STEPS_MAX = 60
STEP_ENDS = 1e-9
DIGITS = 5
BINS_MAX = 10
VALUES_PER_BIN = 20
"""At least, for fewer show nothing but chance."""

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    clues: Clues
    right: bool
    template: str
    """What a fit either has seen or has not: ``A``, ``B`` ..."""


@dataclass(frozen=True, slots=True)
class Fit:
    weights: dict[str, float]
    levels: dict[str, Level]
    brier_score: float
    calibration_error: float


def fit(examples: Sequence[Example]) -> Fit:
    """The same examples give the same fit. Raises ValueError where all are of one template."""
    templates = sorted({example.template for example in examples})
    if len(templates) == 1:
        raise ValueError("two templates are needed: one to fit, one to look at")
    right = np.array([example.right for example in examples], float)
    unseen = np.zeros(len(examples))
    for template in templates:
        others = [example for example in examples if example.template != template]
        weights = fit_weights(others)
        for index, example in enumerate(examples):
            if example.template == template:
                unseen[index] = probability(weights, example.clues)
    return Fit(
        fit_weights(examples),
        _levels(examples, unseen, right),
        round(float(np.mean((unseen - right) ** 2)), DIGITS),
        round(calibration_error(unseen, right), DIGITS),
    )


def fit_weights(examples: Sequence[Example]) -> dict[str, float]:
    """Weight by name of the feature, those that round to 0 left out. No doubt makes a value more probable: one that
    would, by the company it keeps in these papers, is left out.
    """
    rows = [features_of(example.clues) for example in examples]
    names = sorted({name for row in rows for name in row})
    y = np.array([example.right for example in examples], float)
    while True:
        x = np.array([[row.get(name, 0.0) for name in names] for row in rows])
        penalty = np.array([1e-6 if name == "always" else PENALTY for name in names])
        weights = dict(zip(names, _newton(x, y, penalty).tolist(), strict=True))
        wrong_way = {name for name, weight in weights.items() if name.startswith(REASONS_TO_DOUBT) and weight > 0}
        if not wrong_way:
            return {name: round(weight, DIGITS) for name, weight in weights.items() if round(weight, DIGITS)}
        names = [name for name in names if name not in wrong_way]


def probability(weights: Mapping[str, float], clues: Clues) -> float:
    score = sum(weights.get(name, 0.0) * value for name, value in features_of(clues).items())
    return float(_chance(np.array([score]))[0])


def calibration_error(given: Vector, right: Vector) -> float:
    """Expected calibration error: the mean distance of what was said from what was, over bins of as many values."""
    if not len(given):
        return math.nan
    order = np.argsort(given, kind="stable")
    bins = np.array_split(order, max(1, min(BINS_MAX, len(given) // VALUES_PER_BIN)))
    return float(sum(len(part) * abs(given[part].mean() - right[part].mean()) for part in bins) / len(given))


def _newton(x: NDArray[np.float64], y: Vector, penalty: Vector) -> Vector:
    weights = np.zeros(x.shape[1])
    for _ in range(STEPS_MAX):
        chance = _chance(x @ weights)
        slope = x.T @ (y - chance) - penalty * weights
        spread = chance * (1 - chance) + 1e-9
        step = np.linalg.solve((x * spread[:, None]).T @ x + np.diag(penalty), slope)
        weights = weights + step * min(1.0, 4.0 / max(1e-12, float(np.abs(step).max())))
        if float(np.abs(step).max()) < STEP_ENDS:
            break
    return weights


def _chance(score: Vector) -> Vector:
    result: Vector = 1 / (1 + np.exp(-np.clip(score, -40, 40)))
    return result


def _levels(examples: Sequence[Example], given: Vector, right: Vector) -> dict[str, Level]:
    members: dict[str, list[int]] = defaultdict(list)
    for index, example in enumerate(examples):
        for name in levels_of(example.clues):
            members[name].append(index)
    return {name: level_of(given[inside], right[inside]) for name, inside in sorted(members.items())}


def level_of(given: Vector, right: Vector) -> Level:
    """``given``: probabilities; ``right``: 1 or 0 of the same values."""
    descending = np.sort(given)[::-1]
    errors = np.sort(given[right == 0])[::-1]
    kept = tuple((float(e), int(np.searchsorted(-descending, -e, side="left"))) for e in errors[:ERRORS_KEPT])
    rounded = tuple((float(np.round(e, DIGITS + 1)), above) for e, above in kept)
    return Level(seen=len(given), wrong=len(errors), errors=rounded)
