"""The worst cases with their pictures: the page around the value, what is printed, what was read and how surely."""

import base64
import html
import io
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from PIL import Image

from digitize.model import Box
from samples.generator.corpus import Specimen, draw_specimen
from scripts.calibration.judged import JudgedField
from tests.benchmarks.evaluation.field_figures import HEADINGS, Figures, cells_of

CASES_MAX = 60
AROUND = (0.12, 0.018)
"""Shares of width and height shown on each side of the value."""
WIDTH_PX = 720
_STYLE = """
body{font:15px/1.45 sans-serif;margin:2em;max-width:1200px}table{border-collapse:collapse;width:100%}
td{border-top:1px solid #ccc;padding:.7em .9em;vertical-align:top}img{max-width:720px;border:1px solid #ddd}
.figures{width:auto}.figures td,.figures th{padding:.15em .8em;text-align:right}.figures td:first-child{text-align:left}
summary{cursor:pointer;font-weight:bold;margin:.5em 0}.wrong{color:#a40000;font-weight:bold}small{color:#555}
"""


def write_page(
    fields: Iterable[JudgedField],
    summary: Sequence[str],
    tables: Sequence[tuple[str, Mapping[str, Figures]]],
    file: Path,
) -> None:
    cases = sorted((field for field in fields if _badness(field)), key=lambda field: (-_badness(field), _name(field)))
    parts = ["<!doctype html><html lang=en><meta charset=utf-8><title>Worst fields</title>"]
    parts.append(f"<style>{_STYLE}</style><h1>Fields of fictional papers</h1><ul>")
    parts += [f"<li>{html.escape(line)}" for line in summary]
    parts.append("</ul>")
    for title, rows in tables:
        parts.append(f"<details><summary>{title}</summary><table class=figures><tr><th>")
        parts += [f"<th>{heading}" for heading in HEADINGS]
        for name, figures in rows.items():
            parts.append(f"<tr><td>{html.escape(name)}" + "".join(f"<td>{cell}" for cell in cells_of(figures)))
        parts.append("</table></details>")
    parts.append(f"<h2>The worst {min(CASES_MAX, len(cases))} of {len(cases)} cases</h2><table>")
    # A page is drawn anew for its picture, so cases of one page are told one after the other.
    shown = sorted(cases[:CASES_MAX], key=lambda field: (-int(_badness(field)), _name(field)))
    parts += [_row(field) for field in shown]
    file.write_text("\n".join([*parts, "</table>"]), "utf-8")


def _badness(field: JudgedField) -> float:
    """Accepted and wrong, or written by pen and accepted: above 2; read wrong: above 1, by how surely; not found: 1."""
    confidence = field.found.confidence if field.found is not None else 0.0
    if field.accepted and (field.handwritten or not field.right):
        return 2 + confidence
    if field.handwritten or field.right or (field.truth is None and field.value is None):
        return 0
    return 1 + (confidence if field.value is not None else 0)


def _name(field: JudgedField) -> str:
    return f"{field.paper.specimen.name} {field.name}"


def _row(field: JudgedField) -> str:
    found = field.found
    box, page = _place(field)
    picture = _crop(field.paper.specimen, page, box) if box else "<i>no place known</i>"
    told = [
        f"<b>{html.escape(field.name)}</b> <small>{html.escape(field.paper.specimen.name)}, page {page}</small>",
        f"printed: {html.escape(str(field.truth))}" + (" <small>(by pen)</small>" if field.handwritten else ""),
        f"read: <span class=wrong>{html.escape(str(field.value))}</span>",
    ]
    if found is not None:
        told.append(f"confidence {found.confidence:.4f}, {found.state}, {found.method}")
        told.append(f"<small>{html.escape(', '.join(found.checks))}</small>")
    return f"<tr><td>{picture}<td>{'<br>'.join(told)}"


def _place(field: JudgedField) -> tuple[Box | None, int]:
    """Where it was read; else where it is printed on the flat sheet."""
    found = field.found
    if found is not None and found.box is not None and found.page is not None:
        return found.box, found.page
    printed = field.paper.truth["fields"].get(field.name)
    if printed is None or not isinstance(printed["text"], str):
        return None, 1
    lines = field.paper.truth["pages"][printed["page"] - 1]["lines"]
    line = next((line for line in lines if printed["text"][:20] in line["text"]), None)
    return (tuple(line["box"]) if line else None), printed["page"]


@lru_cache(maxsize=4)
def _pages(specimen: Specimen) -> tuple[bytes, ...]:
    return tuple(draw_specimen(specimen)[1])


def _crop(specimen: Specimen, page: int, box: Box) -> str:
    with Image.open(io.BytesIO(_pages(specimen)[page - 1])) as opened:
        image = opened.convert("RGB")
    width, height = image.size
    left, top = max(0.0, box[0] - AROUND[0]) * width, max(0.0, box[1] - AROUND[1]) * height
    right, bottom = min(1.0, box[2] + AROUND[0]) * width, min(1.0, box[3] + AROUND[1]) * height
    cut = image.crop((round(left), round(top), max(round(right), round(left) + 1), max(round(bottom), round(top) + 1)))
    if cut.width > WIDTH_PX:
        cut = cut.resize((WIDTH_PX, max(1, round(cut.height * WIDTH_PX / cut.width))), Image.Resampling.LANCZOS)
    packed = io.BytesIO()
    cut.save(packed, "JPEG", quality=75)
    data = base64.b64encode(packed.getvalue()).decode()
    return f"<img alt='the page around the value' src='data:image/jpeg;base64,{data}'>"
