"""Tells how right fields are: tables against the reach, JSON for machines, pictures of the worst cases for people."""

import json
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import fmean

from rich.console import Console
from rich.table import Table

from scripts.calibration.corpus import ReadPaper
from scripts.calibration.judged import JudgedField, JudgedPaper
from tests.benchmarks.evaluation.field_figures import (
    HEADINGS,
    Figures,
    cells_of,
    confusion,
    fields_of,
    figures_of,
    pen_of,
    slices_of,
    type_accuracy,
)
from tests.benchmarks.evaluation.real_fields import RealField
from tests.benchmarks.evaluation.report import RESULTS
from tests.benchmarks.evaluation.worst_fields import write_page

ALL, SCANS = "all that pass the gate", "scans of 200 dpi and more"


@dataclass(frozen=True, slots=True)
class Reach:
    """One figure this project lives by."""

    name: str
    value: float
    wanted: float
    at_least: bool

    @property
    def reached(self) -> bool:
        return self.value >= self.wanted if self.at_least else self.value <= self.wanted


def report_fields(judged: Sequence[JudgedPaper], refused: Sequence[ReadPaper], real: Sequence[RealField]) -> None:
    slices = {name: figures_of(fields_of(papers)) for name, papers in slices_of(judged).items()}
    fields = _by_field(judged)
    reach = _reach(judged, slices, real)
    console = Console(width=150)
    console.print(_table("fields of fictional papers", slices))
    console.print(_table("by type", {name: figures for name, figures in fields.items() if "." not in name}))
    told = _lines(judged, refused, real)
    for line in told:
        console.print(line)
    for one in reach:
        sign = "≥" if one.at_least else "≤"
        console.print(
            f"{'reached' if one.reached else 'MISSED ':7}  {one.name}: {one.value:.4g} ({sign} {one.wanted:g})"
        )
    RESULTS.mkdir(parents=True, exist_ok=True)
    data = {
        "papers": len(judged),
        "refused": [paper.specimen.name for paper in refused],
        "reach": [asdict(one) | {"reached": one.reached} for one in reach],
        "types": {
            "accuracy": type_accuracy(judged),
            "confusion": [{"is": a, "taken_for": b, "papers": n} for (a, b), n in confusion(judged).most_common()],
        },
        "written_by_pen": asdict(pen_of(fields_of(judged))),
        "slices": {name: asdict(figures) for name, figures in slices.items()},
        "fields": {name: asdict(figures) for name, figures in fields.items()},
        "real": [_tell_real(field) for field in real],
        "wrong": [_tell(field) for field in fields_of(judged) if not field.right and (field.truth or field.value)],
    }
    text = json.dumps(_without_nan(data), ensure_ascii=False, indent=1)
    (RESULTS / "fields.json").write_text(text + "\n", "utf-8")
    lines = [*reach_lines(reach), *told]
    write_page(fields_of(judged), lines, [("slices", slices), ("fields", fields)], RESULTS / "fields.html")


def reach_lines(reach: Sequence[Reach]) -> list[str]:
    return [
        f"{'reached' if one.reached else 'MISSED '}  {one.name} {one.value:.4g}, "
        f"wanted {'at least' if one.at_least else 'at most'} {one.wanted:g}"
        for one in reach
    ]


def _reach(judged: Sequence[JudgedPaper], slices: Mapping[str, Figures], real: Sequence[RealField]) -> list[Reach]:
    whole, scans = slices[ALL], slices[SCANS]
    milliseconds = [1000 * paper.cpu_s / len(paper.paper.pages) for paper in judged]
    reach = [
        Reach("type accuracy", type_accuracy(judged), 0.99, at_least=True),
        Reach("F1, scans of 200 dpi and more", scans.f1, 0.97, at_least=True),
        Reach("F1, all that pass the gate", whole.f1, 0.93, at_least=True),
        Reach("accepted that are wrong", whole.accepted_error, 0.005, at_least=False),
        Reach("printed fields accepted", whole.accepted_share, 0.8, at_least=True),
        Reach("written by pen, accepted", pen_of(fields_of(judged)).accepted, 0, at_least=False),
        Reach("extraction, CPU ms a page", fmean(milliseconds) if milliseconds else math.nan, 60, at_least=False),
    ]
    if real:
        wrong = sum(field.accepted and (field.handwritten or not field.right) for field in real)
        reach.append(Reach("real scans, accepted that are wrong or written by pen", wrong, 0, at_least=False))
    return reach


def _by_field(judged: Sequence[JudgedPaper]) -> dict[str, Figures]:
    members: dict[str, list[JudgedField]] = defaultdict(list)
    for paper in judged:
        for field in paper.fields:
            members[f"{paper.paper.truth['document_type']}.{field.name}"].append(field)
            members[paper.paper.truth["document_type"]].append(field)
    return {name: figures_of(members[name]) for name in sorted(members)}


def _table(title: str, rows: Mapping[str, Figures]) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("")
    for heading in HEADINGS:
        table.add_column(heading, justify="right")
    for name, figures in rows.items():
        table.add_row(name, *cells_of(figures))
    return table


def _lines(judged: Sequence[JudgedPaper], refused: Sequence[ReadPaper], real: Sequence[RealField]) -> list[str]:
    by_scan: dict[str, int] = defaultdict(int)
    for paper in refused:
        by_scan[paper.truth["degradation"]] += 1
    told = ", ".join(f"{scan} {count}" for scan, count in sorted(by_scan.items()))
    pen = pen_of(fields_of(judged))
    lines = [
        f"{len(judged)} papers read; {len(refused)} refused by the quality gate{': ' + told if told else ''}",
        f"{pen.written} values written by pen: {pen.offered} offered, {pen.right} right, {pen.accepted} accepted",
    ]
    lines += [f"{count} of {is_} taken for {taken}" for (is_, taken), count in confusion(judged).most_common()]
    if real:
        printed = [field for field in real if field.truth and not field.handwritten]
        lines.append(
            f"real scans: {len(printed)} printed values, {sum(f.right for f in printed)} right, "
            f"{sum(f.accepted for f in printed)} accepted; "
            f"{sum(f.accepted and not f.right for f in real)} accepted wrong"
        )
    return lines


def _tell(field: JudgedField) -> dict[str, object]:
    found = field.found
    return {
        "paper": field.paper.specimen.name,
        "field": field.name,
        "truth": field.truth,
        "value": field.value,
        "confidence": found and found.confidence,
        "state": found and found.state,
        "checks": found and found.checks,
        "handwritten": field.handwritten,
    }


def _tell_real(field: RealField) -> dict[str, object]:
    return {
        "file": field.file,
        "field": field.name,
        "right": field.right,
        "accepted": field.accepted,
        "handwritten": field.handwritten,
        "confidence": field.found and field.found.confidence,
        "checks": field.found and field.found.checks,
    }


def _without_nan(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_nan(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_without_nan(inner) for inner in value]
    return None if isinstance(value, float) and math.isnan(value) else value
