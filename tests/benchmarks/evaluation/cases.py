"""The pages that are read: samples drawn anew under every class of degradation, and real scans where there are some."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from digitize.config import Limits, Recognition
from digitize.ingestion.page_images import make_page_image, render_page
from digitize.inspection.inspect import inspect
from digitize.inspection.text_layer import read_text_layer
from samples.generator.catalogue.birth_certificates import KHUE
from samples.generator.catalogue.samples import SAMPLES
from samples.generator.degradations import (
    Degradation,
    bilevel,
    bleed_through,
    blur,
    dark_lid,
    degrade,
    dim_towards,
    grey,
    jpeg,
    noise,
    paper,
    photograph,
    punch,
    resample,
    shade,
    skew,
    stamp_over,
    tone,
    turn,
)
from samples.generator.paper import Page, Seal, Text
from samples.generator.raster import draw_page
from tests.benchmarks.evaluation.scores import Box

DPI = 200
_WARM = (255, 253, 248)
_QUICK = ("decision-seal-skewed", "birth-certificate")
_SEAL = Seal(104, 132, 36, f"ỦY BAN NHÂN DÂN XÃ {KHUE.name.split()[-1].upper()} ★ HƯ CẤU ★ ", ("MẪU",), 5)
_SAME_LINE_MM, _SAME_LINE_GAP_MM = 0.2, 14.0

_BASE: tuple[Degradation, ...] = (paper(_WARM), noise(3))
_PHONE = ((0.09, 0.07), (0.93, 0.03), (0.97, 0.95), (0.04, 0.98))
CLASSES: dict[str, tuple[Degradation, ...]] = {
    "clean": _BASE,
    "skew 0.5": (*_BASE, skew(0.5)),
    "skew 1": (*_BASE, skew(1.0)),
    "skew 2": (*_BASE, skew(-2.0)),
    "skew 3": (*_BASE, skew(3.0)),
    "skew 5": (*_BASE, skew(-5.0)),
    "skew 8": (*_BASE, skew(8.0)),
    "turned 90": (*_BASE, turn(90)),
    "turned 180": (*_BASE, turn(180)),
    "turned 270": (*_BASE, turn(270)),
    "sealed": (stamp_over(_SEAL), *_BASE),
    "shadow": (*_BASE, dim_towards((1, 1), 0.35)),
    "photo": (*_BASE, dim_towards((0, 1), 0.55), photograph(_PHONE), blur(0.6), jpeg(70)),
    "bleed-through": (bleed_through(SAMPLES[1].paper.pages[0], 0.22), *_BASE),
    "holes, lid": (punch(), shade(60), skew(0.8), dark_lid(5), noise(3)),
    "faint grey": (grey(), tone(120, 215), noise(3)),
    "noisy": (paper(_WARM), noise(28)),
    "blurred": (paper(_WARM), blur(1.7), noise(2)),
    "150 dpi": (*_BASE, resample(0.75)),
    "jpeg q30": (*_BASE, jpeg(30)),
    "bilevel": (blur(0.5), noise(14), bilevel()),
}


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    kind: str
    """Class of degradation."""
    image: Path
    dpi: int
    truth: tuple[str, ...]
    """Lines in reading order."""
    complete: bool = True
    """False: the truth is some of the page's text."""
    places: tuple[Box, ...] = ()
    """Of the truth's lines, where they are known and the page lies as it was drawn."""


def draw_cases(folder: Path, kinds: tuple[str, ...], *, quick: bool) -> Iterator[Case]:
    """The pages of fictional papers, each under each class; the same pixels every time."""
    for sample in SAMPLES:
        wanted = sample.name in _QUICK if quick else sample.ends != "rejected" and sample.name != "shop-receipt"
        for number, page in enumerate(sample.paper.pages[: 1 if wanted else 0], start=1):
            drawn = draw_page(page, DPI)
            for kind in kinds:
                yield _write(degrade(drawn, CLASSES[kind], sample.seed), f"{sample.name} {number}", kind, page, folder)


def _write(image: Image.Image, name: str, kind: str, page: Page, folder: Path) -> Case:
    dpi = round(max(image.size) / 11.69)
    path = folder / f"{name} {kind}.png".replace(" ", "_").replace(",", "")
    image.save(path, dpi=(dpi, dpi), compress_level=1)
    return Case(name, kind, path, dpi, print_lines(page))


def print_lines(page: Page) -> tuple[str, ...]:
    """What is printed, in the order in which it was set: columns of the head and of the foot one after the other."""
    lines: list[list[Text]] = []
    for item in page.items:
        if not isinstance(item, Text):
            continue
        last = lines[-1][-1] if lines else None
        if (
            last
            and abs(last.y - item.y) <= _SAME_LINE_MM
            and item.x - last.x > 0
            and _gap(last, item) < _SAME_LINE_GAP_MM
        ):
            lines[-1].append(item)
        else:
            lines.append([item])
    return tuple(" ".join(item.text for item in line) for line in lines)


def _gap(left: Text, right: Text) -> float:
    return right.x - left.x - len(left.text) * left.size_pt * 0.16


REAL_STEPS: dict[str, tuple[Degradation, ...]] = {
    "real": (),
    "real, skew 1.5": (skew(1.5),),
    "real, skew 3": (skew(-3.0),),
    "real, turned 180": (turn(180),),
}


def load_real(real: Path, folder: Path, *, quick: bool) -> Iterator[Case]:
    """Pages of the real scans named in ``truth.json``, each with the printed field values that stand on its first or
    signed page, and the two born-digital papers drawn as scans, with all of their text."""
    limits = Limits()
    for truth in json.loads((real / "truth.json").read_text("utf-8")).values():
        if truth["media_type"] != "application/pdf" or (quick and truth["file"] in {"report.pdf", "submission.pdf"}):
            continue
        inspected = inspect(real / truth["file"], limits, Recognition())
        for plan in inspected.pages:
            name = f"{truth['file'].removesuffix('.pdf')} {plan.number}"
            target = folder / name.replace(" ", "_")
            target.mkdir()
            if plan.source == "text":
                page = read_text_layer(inspected.path, plan, limits)
                path = render_page(inspected.path, plan.number, DPI, target, limits)
                lines = tuple(line.text for line in page.lines)
                yield from _real_cases(name, path, DPI, lines, complete=True, quick=quick)
                continue
            values = _values(truth, plan.number)
            if values:
                image = make_page_image(inspected, plan, target, limits)
                yield from _real_cases(name, image.path, image.dpi, values, complete=False, quick=quick)


def _values(truth: dict[str, object], page: int) -> tuple[str, ...]:
    """Values printed on this page; those written by pen are left out."""
    fields, handwritten, signed = truth["fields"], truth["handwritten"], truth["signature_page"]
    assert isinstance(fields, dict)
    assert isinstance(handwritten, list)
    on_signed = ("signer_name", "signer_position")
    names = [name for name in fields if name not in handwritten and (name in on_signed) == (page == signed)]
    if page == 1 == signed:
        names = [name for name in fields if name not in handwritten]
    elif page not in (1, signed):
        names = []
    first = [str(fields[n]) for n in names if fields[n] and n not in {"issue_date", "document_number"}]
    return tuple(v for v in first if v != "CÔNG VĂN")


def _real_cases(
    name: str, path: Path, dpi: int, truth: tuple[str, ...], *, complete: bool, quick: bool
) -> Iterator[Case]:
    with Image.open(path) as opened:
        page = opened.convert("L" if opened.mode in {"1", "L"} else "RGB")
    for kind, steps in REAL_STEPS.items():
        if quick and steps:
            continue
        target = path.with_name(f"{len(kind)}{kind[-1]}.png")
        degrade(page, steps, 1).save(target, dpi=(dpi, dpi), compress_level=1)
        yield Case(name, kind, target, dpi, truth, complete)
