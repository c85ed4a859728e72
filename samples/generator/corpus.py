"""Draws a corpus for measuring: ``python -m samples.generator.corpus OUT --split tuning --per-template 20``.

A paper is decided by its type, its template and its seed, so the three splits share no paper: each has its own range
of seeds, and only ``test`` draws the held-out templates E and F of every type. OUT gets, for each paper, its pages
as ``NAME-1.jpg`` ... and ``NAME.json`` with the truth.
"""

import argparse
import json
import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from samples.generator import degradations as wear
from samples.generator.fonts import MM_PER_INCH, PT_PER_INCH, measure_mm
from samples.generator.forms import encode_jpeg
from samples.generator.paper import Handwriting, Page, Paper, Seal, Text
from samples.generator.pen import measure_handwriting
from samples.generator.raster import draw_page
from samples.generator.templates.registry import HELD_OUT, TEMPLATES

FIRST_SEEDS: Mapping[str, int] = {"tuning": 0, "calibration": 1_000_000, "test": 10_000_000}


@dataclass(frozen=True, slots=True)
class Scan:
    """How a page reaches the office."""

    dpi: int = 300
    steps: tuple[wear.Degradation, ...] = ()
    quality: int = 80
    sealed_text: bool = False
    """The seal was set down upon the signer's name."""


def _hold(rng: Random) -> wear.Corners:
    """Where a phone held by hand sees the four corners of a sheet."""

    def near(x: float, y: float) -> tuple[float, float]:
        return x + rng.uniform(-0.025, 0.025), y + rng.uniform(-0.02, 0.02)

    return near(0.05, 0.04), near(0.95, 0.04), near(0.95, 0.96), near(0.05, 0.96)


SCANS: Mapping[str, Callable[[Random], Scan]] = {
    "clean-300": lambda _rng: Scan(),
    "clean-200": lambda _rng: Scan(200),
    "skew": lambda rng: Scan(rng.choice((200, 300)), (wear.skew(rng.uniform(0.4, 4.0) * rng.choice((-1, 1))),)),
    "noise": lambda rng: Scan(200, (wear.paper((250, 248, 240)), wear.noise(rng.randint(10, 22)))),
    "blur": lambda rng: Scan(300, (wear.blur(rng.uniform(1.2, 2.2)),)),
    "grey": lambda rng: Scan(rng.choice((200, 300)), (wear.grey(),)),
    "low-contrast": lambda rng: Scan(200, (wear.tone(rng.randint(60, 110), rng.randint(190, 230)),)),
    "seal-over-text": lambda rng: Scan(rng.choice((200, 300)), sealed_text=True),
    "uneven-light": lambda rng: Scan(200, (wear.paper((244, 240, 230)), wear.shade(rng.randint(70, 130)))),
    "dpi-150": lambda _rng: Scan(150),
    "jpeg-low": lambda rng: Scan(200, quality=rng.randint(22, 35)),
    "dim-corner": lambda rng: Scan(200, (wear.dim_towards((rng.choice((0, 1)), rng.choice((0, 1))), 0.6),)),
    "photographed": lambda rng: Scan(300, (wear.dim_towards((0, 1), 0.6), wear.photograph(_hold(rng))), 75),
}
"""The mix, taken in turn: every template is worn in every way as often."""


@dataclass(frozen=True, slots=True)
class Specimen:
    """One paper of a corpus, by what decides it."""

    type_code: str
    template: str
    seed: int
    scan: str

    @property
    def name(self) -> str:
        return f"{self.type_code}-{self.template}-{self.seed}-{self.scan}"


def draw(type_code: str, template: str, seed: int) -> Paper:
    """The paper, the same each time. Raises KeyError for a type or a template there is not."""
    templates = {**TEMPLATES[type_code], **HELD_OUT.get(type_code, {})}
    return templates[template](Random(f"{type_code}/{template}/{seed}"))


def list_specimens(
    split: str, per_template: int, *, types: tuple[str, ...] = (), scans: tuple[str, ...] = ()
) -> Iterator[Specimen]:
    """The corpus of a split; ``types`` and ``scans`` empty mean all."""
    mix = scans or tuple(SCANS)
    for place, type_code in enumerate(types or tuple(TEMPLATES)):
        templates = list(TEMPLATES[type_code])
        if split == "test":
            templates += HELD_OUT.get(type_code, {})
        for row, template in enumerate(templates):
            for number in range(per_template):
                turn = (number + row + place) % len(mix)
                yield Specimen(type_code, template, FIRST_SEEDS[split] + number, mix[turn])


def draw_specimen(specimen: Specimen) -> tuple[Paper, list[bytes], int]:
    """The paper, a JPEG for each page, and their dpi."""
    rng = Random(specimen.name)
    scan = SCANS[specimen.scan](rng)
    paper = draw(specimen.type_code, specimen.template, specimen.seed)
    if scan.sealed_text:
        paper = replace(paper, pages=tuple(map(_lower_seals, paper.pages)))
    pages = []
    for number, page in enumerate(paper.pages):
        image = wear.degrade(draw_page(page, scan.dpi), scan.steps, specimen.seed + number)
        pages.append(encode_jpeg(image, scan.dpi, scan.quality))
    return paper, pages, scan.dpi


def _lower_seals(page: Page) -> Page:
    """Every seal upon the line of print nearest below it."""
    items = []
    for item in page.items:
        if isinstance(item, Seal):
            below = [text.y for text in page.items if isinstance(text, Text) and text.y > item.y]
            item = replace(item, y=min(below, default=item.y) - 3.0, x=item.x + 6.0)  # noqa: PLW2901
        items.append(item)
    return replace(page, items=tuple(items))


def list_lines(page: Page) -> list[dict[str, Any]]:
    """Lines top to bottom, left to right, parted where a column ends; boxes as fractions of the page."""
    pieces = []
    for item in page.items:
        if isinstance(item, Text) and item.text.strip(". "):
            height = item.size_pt / PT_PER_INCH * MM_PER_INCH
            width = measure_mm(item.text, item.style, item.size_pt)
            pieces.append((item.x, item.y, item.x + width, height, item.text))
        elif isinstance(item, Handwriting):
            width = measure_handwriting(item.text, item.height)
            pieces.append((item.x, item.y, item.x + width, item.height * 1.3, item.text))
    rows: list[list[tuple[float, float, float, float, str]]] = []
    for piece in sorted(pieces, key=lambda piece: (piece[1], piece[0])):
        if not rows or piece[1] - rows[-1][0][1] > 1.2:
            rows.append([])
        rows[-1].append(piece)
    lines: list[list[tuple[float, float, float, float, str]]] = []
    for row in rows:
        for piece in sorted(row):
            previous = lines[-1][-1] if lines and lines[-1][-1] in row else None
            if previous is None or piece[0] - previous[2] > 2.2 * piece[3]:
                lines.append([])
            lines[-1].append(piece)
    return [
        {
            "text": " ".join(piece[4] for piece in line),
            "box": [
                round(line[0][0] / page.width, 4),
                round(min(p[1] - 0.8 * p[3] for p in line) / page.height, 4),
                round(line[-1][2] / page.width, 4),
                round(max(p[1] + 0.25 * p[3] for p in line) / page.height, 4),
            ],
        }
        for line in lines
    ]


def state_truth(specimen: Specimen, paper: Paper, dpi: int) -> dict[str, Any]:
    """What a reader should find: the JSON beside the pages."""
    return {
        "document_type": paper.document_type,
        "template": specimen.template,
        "held_out": specimen.template in HELD_OUT.get(specimen.type_code, {}),
        "seed": specimen.seed,
        "degradation": specimen.scan,
        "dpi": dpi,
        "fields": {
            name: {
                "value": value,
                "text": paper.printed.get(name, value),
                "handwritten": name in paper.handwritten,
                "page": paper.places.get(name, 1),
            }
            for name, value in paper.fields.items()
        },
        "pages": [
            {"image": f"{specimen.name}-{number}.jpg", "lines": list_lines(page)}
            for number, page in enumerate(paper.pages, start=1)
        ],
    }


def write_specimen(specimen: Specimen, folder: Path) -> None:
    paper, pages, dpi = draw_specimen(specimen)
    for number, data in enumerate(pages, start=1):
        (folder / f"{specimen.name}-{number}.jpg").write_bytes(data)
    truth = json.dumps(state_truth(specimen, paper, dpi), ensure_ascii=False, indent=1)
    (folder / f"{specimen.name}.json").write_text(truth + "\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(prog="samples.generator.corpus", description="Draw a corpus of fictional papers.")
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--split", choices=tuple(FIRST_SEEDS), required=True)
    parser.add_argument("--per-template", type=int, required=True, metavar="N")
    parser.add_argument("--types", default="", metavar="A,B", help="only these document types")
    parser.add_argument("--degradations", default="", metavar="A,B", help=f"only these: {', '.join(SCANS)}")
    arguments = parser.parse_args()
    types, scans = (tuple(filter(None, text.split(","))) for text in (arguments.types, arguments.degradations))
    for known, asked in ((TEMPLATES, types), (SCANS, scans)):
        if unknown := sorted(set(asked) - set(known)):
            parser.error(f"there is no {', '.join(unknown)}; there are {', '.join(known)}")
    arguments.out.mkdir(parents=True, exist_ok=True)
    specimens = list(list_specimens(arguments.split, arguments.per_template, types=types, scans=scans))
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for _ in pool.map(write_specimen, specimens, [arguments.out] * len(specimens), chunksize=4):
            pass
    print(f"{len(specimens)} papers in {arguments.out}")


if __name__ == "__main__":
    main()
