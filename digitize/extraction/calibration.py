"""From clues to a probability, and from an error rate an office accepts to the probability a value must exceed.

``calibration.json`` beside this file is data: a logistic regression fitted on fictional papers drawn for nothing else,
and how its errors lay among the values of each field, of fields of one kind, and of all. `make calibrate` writes it;
its ``provenance`` says from what.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from digitize.extraction.api import Clues

FILE = Path(__file__).with_name("calibration.json")
CONFIDENCE_LEVEL = 0.95
"""One-sided, of the bound on the error rate among accepted values (Clopper and Pearson, 1934)."""
FIELD_VALUES_MIN = 5
"""A field that is looked for in the wrong place shows it within so many values; one seen less often has not ..."""
STRICTER = 2
"""... so that its values must be as sure as if this part of the error rate were asked for."""
REFUTED_BELOW = 0.1
"""Where a field's own errors above the bar are less likely than this at the rate asked for, its bar is raised."""
RATES = (0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)
"""Error rates that are told apart; one in between counts as the next lower."""
ERRORS_KEPT = 60
"""Of each level, from the most probable down: 60 errors are 0.5 % of 12,000 values."""
PROBABILITY_MAX = 0.9999
ALL = "all"
WEIGHED_BY_KIND = frozenset(
    {
        *("words", "least_word", "least_right"),
        *("doubt:height", "doubt:toneless", "doubt:unusual_name"),
    }
)
"""A date is checked by its form, a sentence by nothing: how well the words were read counts differently."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Provenance(_Part):
    fitted_on: str
    """Day of the fit, ``YYYY-MM-DD``."""
    split: str
    first_seed: int
    per_template: int
    types: tuple[str, ...]
    specimens: int
    refused: int
    """Of the specimens, by the quality gate; nothing of them was used."""
    values: int
    wrong: int
    extraction_digest: str
    """SHA-256 of the code and the document types that made the clues."""
    recognition_digest: str
    """The same of what read the pages."""
    generator_digest: str
    """The same of what drew them."""
    brier_score: float
    """This and the next: of values of a template that the fit had not seen, as are the errors of the levels."""
    calibration_error: float
    """Expected calibration error over ten bins of as many values."""


class Level(_Part):
    """Values of one field, of one kind or of all, each judged by a fit that had not seen its template."""

    seen: int
    wrong: int
    errors: tuple[tuple[float, int], ...]
    """Probability given to a wrong value, and how many values had a greater one; the most probable first."""

    def bar(self, error_rate_max: float) -> float:
        """The lowest probability above which the bound on the error rate is within ``error_rate_max``; inf: none."""

        def holds(wrong: int, seen: int) -> bool:
            # As many as the rate brings on average or more are no reason to believe in fewer, and need no sum.
            if wrong >= seen * error_rate_max:
                return False
            return chance_of_at_most(wrong, seen, error_rate_max) <= 1 - CONFIDENCE_LEVEL

        return self._lowest(holds)

    def bar_not_refuted(self, error_rate_max: float) -> float:
        """The lowest probability above which there are no more errors than the rate brings by chance."""

        def holds(wrong: int, seen: int) -> bool:
            if wrong <= math.floor(seen * error_rate_max):
                return True
            return 1 - chance_of_at_most(wrong - 1, seen, error_rate_max) >= REFUTED_BELOW

        return self._lowest(holds)

    def _lowest(self, holds: Callable[[int, int], bool]) -> float:
        if len(self.errors) == self.wrong and holds(self.wrong, self.seen):
            return 0.0
        for wrong in reversed(range(len(self.errors))):
            probability, seen = self.errors[wrong]
            if holds(wrong, seen):
                return probability
        return math.inf


class CalibrationData(_Part):
    provenance: Provenance
    weights: dict[str, float]
    levels: dict[str, Level]


@dataclass(frozen=True, eq=False)
class Calibration:
    data: CalibrationData

    def probability(self, clues: Clues) -> float:
        """0 to 1: of the values with such clues, the part that is right."""
        weights = self.data.weights
        score = sum(weights.get(name, 0.0) * value for name, value in features_of(clues).items())
        return min(PROBABILITY_MAX, 1 / (1 + math.exp(-max(-40.0, min(40.0, score)))))

    def bar(self, clues: Clues, error_rate_max: float) -> float:
        """The probability a value must exceed; inf where nothing shows that the rate can be held."""
        return _bar(self, levels_of(clues), error_rate_max)


def features_of(clues: Clues) -> dict[str, float]:
    """What the regression weighs: the clues, some also by kind, and the field and its kind themselves."""
    by_kind = {f"{name}@{clues.kind}": value for name, value in clues.values.items() if name in WEIGHED_BY_KIND}
    return {**clues.values, **by_kind, f"field:{clues.field}": 1.0, f"kind:{clues.kind}": 1.0, "always": 1.0}


def levels_of(clues: Clues) -> tuple[str, str, str]:
    """Whose errors say how far the value may be believed, the closest first."""
    return f"field:{clues.field}", f"kind:{clues.kind}", ALL


@cache
def load_calibration(file: Path = FILE) -> Calibration:
    return Calibration(CalibrationData.model_validate_json(file.read_text("utf-8")))


@cache
def _bar(calibration: Calibration, names: Sequence[str], error_rate_max: float) -> float:
    """The lowest that any of ``RATES`` up to the one asked for needs: what holds a stricter rate holds this one, though
    another level may be the one to show it.
    """
    levels = calibration.data.levels
    return min((_bar_at(levels, names, rate) for rate in RATES if rate <= error_rate_max), default=math.inf)


def _bar_at(levels: Mapping[str, Level], names: Sequence[str], error_rate_max: float) -> float:
    """That of the closest level whose values show the rate; never below what those of closer levels allow."""
    own = levels.get(names[0])
    floor = 0.0
    if own is None or own.seen < FIELD_VALUES_MIN:
        floor = levels[ALL].bar(error_rate_max / STRICTER) if ALL in levels else math.inf
    for level in (levels[name] for name in names if name in levels):
        shown = level.bar(error_rate_max)
        if shown < math.inf:
            return max(floor, shown)
        floor = max(floor, level.bar_not_refuted(error_rate_max))
    return math.inf


def chance_of_at_most(wrong: int, seen: int, rate: float) -> float:
    """Chance of at most ``wrong`` errors among ``seen`` values at this rate: the binomial distribution."""
    if rate <= 0 or wrong >= seen:
        return 1.0
    if rate >= 1:
        return 0.0
    odds = rate / (1 - rate)
    term = math.exp(seen * math.log1p(-rate))
    total = term
    for k in range(1, wrong + 1):
        term *= (seen - k + 1) / k * odds
        total += term
    return min(1.0, total)
