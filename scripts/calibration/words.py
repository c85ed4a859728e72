"""Fits the probability that a recognized word is right (``digitize/recognition/word_confidence.json``) anew.

Over the papers that fields are calibrated on. A word is right where it stands, letter by letter, in the line of the
paper it was read in; words in the ring of a seal are not asked for. Papers that were skewed or photographed are left
out, since their lines do not lie where they were drawn. The last third of the seeds is not fitted on; on it the error
is measured and printed.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from digitize.recognition.api import RecognizedPage, Word
from digitize.recognition.word_confidence import NAMES, clues
from samples.generator.corpus import SCANS, draw, list_lines, list_specimens
from samples.generator.paper import Page, Seal
from scripts.calibration.corpus import PER_TEMPLATE, SPLIT, WORDS_FILE, ReadPaper, read_papers

SCANS_FITTED = tuple(name for name in SCANS if name not in {"skew", "photographed"})
_HELD_OUT_EVERY = 3
_RIDGE = 1.0
_STEPS = 40
_BINS = 15

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    clues: tuple[float, ...]
    confidence: float
    right: bool
    seed: int


def main() -> None:
    specimens = [one for one in list_specimens(SPLIT, PER_TEMPLATE) if one.scan in SCANS_FITTED]
    examples = [example for paper in read_papers(specimens) for example in examples_of(paper)]
    fitted_on = [one for one in examples if one.seed % _HELD_OUT_EVERY]
    held_out = [one for one in examples if not one.seed % _HELD_OUT_EVERY]
    weights = fit(fitted_on)
    before = calibration_error([one.confidence for one in held_out], [one.right for one in held_out])
    after = calibration_error(predict(weights, held_out), [one.right for one in held_out])
    print(f"{len(fitted_on)} words fitted on, {len(held_out)} held out, {_share_wrong(held_out):.2%} of these wrong")
    print(f"expected calibration error: {before:.4f} of Tesseract's confidence, {after:.4f} fitted")
    provenance = {
        "split": SPLIT,
        "per_template": PER_TEMPLATE,
        "scans": SCANS_FITTED,
        "papers": len(specimens),
        "words": len(fitted_on),
        "wrong": sum(not one.right for one in fitted_on),
        "words_held_out": len(held_out),
        "calibration_error_of_confidence": round(before, 4),
        "calibration_error": round(after, 4),
    }
    said = {"provenance": provenance, "weights": dict(zip(NAMES, np.round(weights, 3).tolist(), strict=True))}
    WORDS_FILE.write_text(json.dumps(said, indent=1) + "\n", "utf-8")


# --- what is right ----------------------------------------------------------------------------------------


def examples_of(paper: ReadPaper) -> Iterator[Example]:
    drawn = draw(paper.specimen.type_code, paper.specimen.template, paper.specimen.seed)
    for sheet, page in zip(drawn.pages, paper.pages, strict=True):
        for word, right in judge_words(sheet, page):
            height_px = (word.box[3] - word.box[1]) * page.height_px
            yield Example(clues(word, height_px), word.confidence, right, paper.specimen.seed)


def judge_words(drawn: Page, page: RecognizedPage) -> Iterator[tuple[Word, bool]]:
    """Each recognized word, and whether it stands in the line it was read in."""
    lines = list_lines(drawn)
    read: dict[int, list[Word]] = {}
    for word in (word for line in page.lines for word in line.words):
        number = _line_at(word, lines)
        if number is not None:
            read.setdefault(number, []).append(word)
        elif not _in_seal(word, drawn):
            yield word, False
    for number, words in read.items():
        words.sort(key=lambda word: word.box[0])
        truth = [bare for text in lines[number]["text"].split() if (bare := text.strip("."))]
        right = {
            block.b + step
            for block in Levenshtein.editops(truth, [w.text.strip(".") for w in words]).as_matching_blocks()
            for step in range(block.size)
        }
        yield from ((word, place in right) for place, word in enumerate(words))


def _line_at(word: Word, lines: Sequence[dict[str, object]]) -> int | None:
    x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
    within = [n for n, line in enumerate(lines) if _holds(line["box"], x, y)]
    return min(within, key=lambda n: abs(_level(lines[n]["box"]) - y)) if within else None


def _holds(box: object, x: float, y: float) -> bool:
    x0, y0, x1, y1 = _sides(box)
    return x0 <= x <= x1 and y0 <= y <= y1


def _level(box: object) -> float:
    _, y0, _, y1 = _sides(box)
    return (y0 + y1) / 2


def _sides(box: object) -> tuple[float, float, float, float]:
    if not isinstance(box, list):
        raise TypeError("a box is a list")
    x0, y0, x1, y1 = box
    return x0, y0, x1, y1


def _in_seal(word: Word, drawn: Page) -> bool:
    x, y = (word.box[0] + word.box[2]) / 2 * drawn.width, (word.box[1] + word.box[3]) / 2 * drawn.height
    seals = [item for item in drawn.items if isinstance(item, Seal)]
    return any(abs(x - seal.x) <= seal.diameter and abs(y - seal.y) <= seal.diameter for seal in seals)


# --- fitting ----------------------------------------------------------------------------------------------


def fit(examples: Sequence[Example]) -> Values:
    """Logistic regression with a ridge, by Newton's method; more confidence never makes a word less likely."""
    x = np.array([one.clues for one in examples])
    y = np.array([one.right for one in examples], np.float64)
    rising = np.array([name.startswith("confidence") for name in NAMES])
    used = np.ones(len(NAMES), np.bool_)
    while True:
        weights = np.zeros(len(NAMES))
        weights[used] = _newton(x[:, used], y)
        falling = used & rising & (weights < 0)
        if not falling.any():
            return weights
        used &= ~falling


def _newton(x: Values, y: Values) -> Values:
    weights = np.zeros(x.shape[1])
    for _ in range(_STEPS):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (y - p) - _RIDGE * weights
        hessian = (x * (p * (1 - p))[:, None]).T @ x + _RIDGE * np.eye(x.shape[1])
        weights += np.linalg.solve(hessian, gradient)
    return weights


def predict(weights: Values, examples: Sequence[Example]) -> list[float]:
    x = np.array([one.clues for one in examples])
    predicted: list[float] = (1 / (1 + np.exp(-x @ weights))).tolist()
    return predicted


def calibration_error(predicted: Sequence[float], right: Sequence[bool]) -> float:
    """Expected: mean distance between what was predicted and what was right, over bins of as many words each."""
    order = np.argsort(predicted, kind="stable")
    bins = np.array_split(order, _BINS)
    p, y = np.array(predicted), np.array(right, np.float64)
    return float(sum(len(b) * abs(p[b].mean() - y[b].mean()) for b in bins if len(b)) / len(order))


def _share_wrong(examples: Sequence[Example]) -> float:
    return sum(not one.right for one in examples) / len(examples)


if __name__ == "__main__":
    main()
