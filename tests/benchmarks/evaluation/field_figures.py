"""How right the fields of papers are, and how far their confidence can be trusted.

Precision, recall and F1 count every printed value once: found and right, found and wrong, or not found. What is
written by pen is counted apart, since it is offered only. Refused pages are in none of the figures.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from digitize.extraction.calibration import CONFIDENCE_LEVEL, chance_of_at_most
from scripts.calibration.fitting import calibration_error
from scripts.calibration.judged import JudgedField, JudgedPaper


@dataclass(frozen=True, slots=True)
class Figures:
    printed: int
    """Values printed, not written by pen."""
    found: int
    right: int
    accepted: int
    accepted_wrong: int
    precision: float
    recall: float
    f1: float
    accepted_share: float
    """Of the printed values, those accepted and right."""
    accepted_error: float
    accepted_error_bound: float
    """Upper end of the one-sided 95 % interval of Clopper and Pearson."""
    calibration_error: float


def figures_of(fields: Iterable[JudgedField]) -> Figures:
    counted = [field for field in fields if not field.handwritten]
    printed = sum(field.truth is not None for field in counted)
    found = [field for field in counted if field.value is not None]
    right = sum(field.right for field in found)
    accepted = [field for field in found if field.accepted]
    wrong = sum(not field.right for field in accepted)
    given = np.array([field.found.confidence for field in found if field.found is not None])
    return Figures(
        printed,
        len(found),
        right,
        len(accepted),
        wrong,
        _share(right, len(found)),
        _share(right, printed),
        _share(2 * right, len(found) + printed),
        _share(len(accepted) - wrong, printed),
        wrong / len(accepted) if accepted else 0.0,
        bound(wrong, len(accepted)),
        calibration_error(given, np.array([field.right for field in found], float)),
    )


HEADINGS = ("printed", "precision", "recall", "F1", "accepted", "of it wrong", "at most", "ECE")


def cells_of(figures: Figures) -> list[str]:
    """As told under the headings; nothing where there is nothing to tell."""
    shares = (figures.precision, figures.recall, figures.f1, figures.accepted_share)
    return [
        str(figures.printed),
        *(_percent(share) for share in shares),
        str(figures.accepted_wrong or ""),
        _percent(figures.accepted_error_bound) if figures.accepted else "",
        _percent(figures.calibration_error),
    ]


def _percent(share: float) -> str:
    return "" if math.isnan(share) else f"{100 * share:.1f} %"


def bound(wrong: int, seen: int) -> float:
    """The greatest rate at which so few errors are not yet less likely than 5 %."""
    low, high = 0.0, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        if chance_of_at_most(wrong, seen, middle) > 1 - CONFIDENCE_LEVEL:
            low = middle
        else:
            high = middle
    return high


@dataclass(frozen=True, slots=True)
class Pen:
    """Values written by pen."""

    written: int
    offered: int
    right: int
    accepted: int
    """On what was read alone: none may be."""


def pen_of(fields: Iterable[JudgedField]) -> Pen:
    written = [field for field in fields if field.handwritten]
    return Pen(
        len(written),
        sum(field.value is not None for field in written),
        sum(field.right for field in written),
        sum(field.accepted for field in written),
    )


def slices_of(papers: Sequence[JudgedPaper]) -> dict[str, list[JudgedPaper]]:
    """What the figures are told for, by name, in the order of the table."""
    scans = sorted({paper.paper.truth["degradation"] for paper in papers})
    chosen: dict[str, Callable[[JudgedPaper], bool]] = {
        "all that pass the gate": lambda _: True,
        "scans of 200 dpi and more": lambda p: p.paper.truth["dpi"] >= 200 and not _is_photograph(p),
        "held-out templates only": lambda p: bool(p.paper.truth["held_out"]),
        **{scan: lambda p, scan=scan: p.paper.truth["degradation"] == scan for scan in scans},
    }
    return {name: [paper for paper in papers if belongs(paper)] for name, belongs in chosen.items()}


def _is_photograph(paper: JudgedPaper) -> bool:
    return bool(paper.paper.truth["degradation"] == "photographed")


def fields_of(papers: Iterable[JudgedPaper]) -> list[JudgedField]:
    return [field for paper in papers for field in paper.fields]


def type_accuracy(papers: Sequence[JudgedPaper]) -> float:
    return _share(sum(paper.type_right for paper in papers), len(papers))


def confusion(papers: Iterable[JudgedPaper]) -> Counter[tuple[str, str]]:
    """How many papers of one type were taken for another."""
    taken = ((p.paper.truth["document_type"], p.extracted.document_type.code) for p in papers if not p.type_right)
    return Counter(taken)


def _share(part: float, whole: float) -> float:
    return part / whole if whole else math.nan
