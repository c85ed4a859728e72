"""Tells the results: a table, JSON for machines, and the worst pages with their pictures for people."""

import base64
import html
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean

from PIL import Image
from rich.console import Console
from rich.table import Table

from tests.benchmarks.evaluation.cases import Case
from tests.benchmarks.evaluation.engines import Reading
from tests.benchmarks.evaluation.scores import Score

RESULTS = Path(__file__).parents[3] / "build" / "evaluate"
_WORSE_BY = 0.005
"""Difference of CER that counts: less comes and goes with a speck of noise."""
_WORST_PAGES = 12
_PICTURE_PX = 620


@dataclass(frozen=True, slots=True)
class Result:
    engine: str
    case: Case
    reading: Reading
    score: Score


def report(results: Sequence[Result], kinds: Iterable[str]) -> None:
    engines = list(dict.fromkeys(result.engine for result in results))
    table = Table(title="recognition, mean over the pages of each class", title_justify="left")
    for heading in ("class", "pages", "CER", "of it marks", "words", "order", "refused", "CPU s"):
        table.add_column(heading, justify="left" if heading == "class" else "right")
    others = [engine for engine in engines if engine != "ours"]
    for engine in others:
        table.add_column(f"CER {engine}", justify="right")
        table.add_column("order", justify="right")
        table.add_column("CPU s", justify="right")
    summary = []
    for kind in kinds:
        chosen = {e: [r for r in results if r.case.kind == kind and r.engine == e] for e in engines}
        if not any(chosen.values()):
            continue
        figures = {engine: _figures(of) for engine, of in chosen.items()}
        summary.append({"class": kind, "pages": len(chosen[engines[0]]), **figures})
        table.add_row(kind, str(len(chosen[engines[0]])), *_row(figures, others))
    Console(width=150).print(table)
    RESULTS.mkdir(parents=True, exist_ok=True)
    pages = [
        {
            "engine": r.engine, "page": r.case.name, "class": r.case.kind, **asdict(r.score), "cpu_s": r.reading.cpu_s,
            "problems": r.reading.problems, "confidence": r.reading.confidence,
        }
        for r in results
    ]  # fmt: skip
    data = {"classes": summary, "pages": pages}
    (RESULTS / "recognition.json").write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")
    _write_worst(results)


def _figures(results: Sequence[Result]) -> dict[str, float]:
    whole = [r.score.cer_text for r in results if r.score.cer_text is not None]
    return {
        "cer": fmean(r.score.cer for r in results),
        "cer_letters": fmean(r.score.cer_letters for r in results),
        "cer_text": fmean(whole) if whole else 0.0,
        "words": fmean(r.score.words for r in results),
        "order": fmean(r.score.order for r in results),
        "refused": sum(bool(r.reading.problems) for r in results),
        "cpu_s": fmean(r.reading.cpu_s for r in results),
    }


def _row(figures: dict[str, dict[str, float]], others: Sequence[str]) -> list[str]:
    mine = figures.get("ours")
    cells = ["", "", "", "", "", ""]
    if mine:
        marks = mine["cer"] - mine["cer_letters"]
        cells = [_percent(mine["cer"]), _percent(marks), _percent(mine["words"]), f"{mine['order']:.2f}"]
        cells += [str(mine["refused"] or ""), f"{mine['cpu_s']:.2f}"]
    for engine in others:
        theirs = figures[engine]
        worse = bool(mine) and mine["cer"] > theirs["cer"] + _WORSE_BY if mine else False
        cells += [_percent(theirs["cer"]) + (" !" if worse else ""), f"{theirs['order']:.2f}", f"{theirs['cpu_s']:.2f}"]
    return cells


def _percent(share: float) -> str:
    return f"{100 * share:.2f} %"


def _write_worst(results: Sequence[Result]) -> None:
    mine = sorted((r for r in results if r.engine == "ours"), key=lambda r: -r.score.cer)[:_WORST_PAGES]
    parts = ["<!doctype html><meta charset=utf-8><title>Worst pages</title>"]
    parts.append("<style>td{vertical-align:top;padding:1em}pre{white-space:pre-wrap;max-width:34em}</style><table>")
    for result in mine:
        case = result.case
        with Image.open(case.image) as image:
            small = image.convert("RGB")
            small.thumbnail((_PICTURE_PX, _PICTURE_PX * 2))
        packed = io.BytesIO()
        small.save(packed, "JPEG", quality=60)
        picture = base64.b64encode(packed.getvalue()).decode()
        title = html.escape(
            f"{case.name}, {case.kind}: CER {_percent(result.score.cer)}, order {result.score.order:.2f}"
        )
        texts = "".join(f"<td><pre>{html.escape(chr(10).join(t))}</pre>" for t in (result.reading.lines, case.truth))
        parts.append(f"<tr><td colspan=3><h2>{title}</h2><tr><td><img src='data:image/jpeg;base64,{picture}'>{texts}")
    (RESULTS / "recognition.html").write_text("\n".join(parts), "utf-8")
