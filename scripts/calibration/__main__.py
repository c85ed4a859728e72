"""`make calibrate`: fits confidence anew on the calibration split and writes digitize/extraction/calibration.json."""

import argparse
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from digitize.config import Extraction
from digitize.extraction.calibration import FILE, CalibrationData, Level, Provenance
from digitize.extraction.doctypes import load_document_types
from samples.generator.corpus import FIRST_SEEDS, list_specimens
from scripts.calibration.corpus import (
    PER_TEMPLATE,
    SPLIT,
    code_digest,
    generator_digest,
    read_papers,
    recognition_digest,
)
from scripts.calibration.fitting import Example, Fit, fit
from scripts.calibration.judged import JudgedPaper, judge_papers

EXTRACTION_CODE = ("digitize/extraction", "digitize/doctypes")


def main() -> None:
    options = _options()
    types = load_document_types()
    drawn = (specimen for specimen in list_specimens(SPLIT, options.per_template) if specimen.type_code in types)
    papers = list(read_papers(drawn))
    judged = judge_papers(papers, types, Extraction())
    examples = list(examples_of(judged))
    fitted = fit(examples)
    provenance = Provenance(
        fitted_on=datetime.now(UTC).date().isoformat(),
        split=SPLIT,
        first_seed=FIRST_SEEDS[SPLIT],
        per_template=options.per_template,
        types=tuple(types),
        specimens=len(papers),
        refused=len(papers) - len(judged),
        values=len(examples),
        wrong=sum(not example.right for example in examples),
        extraction_digest=code_digest(*EXTRACTION_CODE, without=FILE),
        recognition_digest=recognition_digest(),
        generator_digest=generator_digest(),
        brier_score=fitted.brier_score,
        calibration_error=fitted.calibration_error,
    )
    data = CalibrationData(provenance=provenance, weights=fitted.weights, levels=fitted.levels)
    write(data, options.out)
    _tell(fitted, data)


def examples_of(judged: Sequence[JudgedPaper]) -> Iterator[Example]:
    """Every value whose confidence is fitted, whatever type the paper was taken for."""
    for paper in judged:
        for field in paper.fields:
            if field.clues is not None and field.value is not None:
                yield Example(field.clues, field.right, paper.paper.specimen.template)


def write(data: CalibrationData, file: Path) -> None:
    """Nothing where all but the day stands there already: the same papers give the same bytes."""
    said = data.model_dump(mode="json")
    if file.exists():
        before = json.loads(file.read_text("utf-8"))
        fitted_on = before["provenance"]["fitted_on"]
        if before == said | {"provenance": said["provenance"] | {"fitted_on": fitted_on}}:
            return
    lines = ["{", f' "provenance": {json.dumps(said["provenance"], indent=1)},']
    for name in ("weights", "levels"):
        lines += [f' "{name}": {{']
        lines += ",\n".join(f"  {json.dumps(key)}: {json.dumps(value)}" for key, value in said[name].items()).split(
            "\n"
        )
        lines += [" }," if name == "weights" else " }"]
    file.write_text("\n".join([*lines, "}"]) + "\n", "utf-8")


def _tell(fitted: Fit, data: CalibrationData) -> None:
    rate = Extraction().accepted_error_rate_max
    table = Table(title=f"bars at an error rate of {100 * rate:g} %", title_justify="left")
    for heading in ("level", "values", "wrong", "bar"):
        table.add_column(heading, justify="left" if heading == "level" else "right")
    levels: list[tuple[str, Level]] = [(n, v) for n, v in fitted.levels.items() if not n.startswith("field:")]
    for name, level in levels:
        table.add_row(name, str(level.seen), str(level.wrong), f"{level.bar(rate):.4f}")
    console = Console(width=120)
    console.print(table)
    said = data.provenance
    console.print(
        f"{said.specimens} papers, {said.refused} refused; {said.values} values, {said.wrong} wrong; "
        f"Brier score {said.brier_score:.4f}, calibration error {100 * said.calibration_error:.2f} %"
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make calibrate", description=__doc__)
    parser.add_argument("--per-template", type=int, default=PER_TEMPLATE, metavar="N")
    parser.add_argument("--out", type=Path, default=FILE)
    return parser.parse_args()


if __name__ == "__main__":
    main()
