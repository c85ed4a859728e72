"""`make evaluate`: how right the text of pages is, beside other programs, and how right the fields of papers are.

Prints tables and writes build/evaluate/recognition.json and fields.json, and for people recognition.html and
fields.html: the worst pages and the worst fields with their pictures.
"""

import argparse
import os
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.evaluation.cases import CLASSES, REAL_STEPS, Case, draw_cases, load_real
from tests.benchmarks.evaluation.corpus_cases import PAPERS, draw_papers
from tests.benchmarks.evaluation.engines import Reading, available, read
from tests.benchmarks.evaluation.fields import evaluate_fields
from tests.benchmarks.evaluation.report import Result, report
from tests.benchmarks.evaluation.scores import order_of_places, score

_REAL = Path(__file__).parents[3].parent / "shared" / "real"


def main() -> None:
    options = _options()
    if "recognition" in options.parts:
        _evaluate_recognition(options)
    if "fields" in options.parts:
        evaluate_fields(options.real, quick=options.quick)


def _evaluate_recognition(options: argparse.Namespace) -> None:
    with TemporaryDirectory(prefix="digitize-evaluate-") as name:
        folder = Path(name)
        kinds = tuple(options.classes.split(";")) if options.classes else (*CLASSES, *PAPERS)
        cases = list(draw_cases(folder, tuple(k for k in kinds if k in CLASSES), quick=options.quick))
        cases += draw_papers(folder, kinds, quick=options.quick)
        if (options.real / "truth.json").is_file():
            real = load_real(options.real, folder, quick=options.quick)
            cases += [case for case in real if not options.classes or case.kind in kinds]
        engines = options.engines.split(",") if options.engines else available()
        work = [(engine, case) for case in cases for engine in engines]
        with ProcessPoolExecutor(os.cpu_count()) as pool:
            results = list(pool.map(_judge, work))
        report(results, [*CLASSES, *PAPERS, *REAL_STEPS])


def _judge(work: tuple[str, Case]) -> Result:
    engine, case = work
    reading: Reading = read(engine, case)
    found = score(case.truth, reading.lines, complete=case.complete)
    if case.places and reading.words:
        found = replace(found, order=order_of_places(case.places, reading.words))
    return Result(engine, case, reading, found)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make evaluate", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="two pages a class, two papers a template; under five minutes on two cores"
    )
    parser.add_argument("--parts", default="recognition,fields", help="one part only")
    parser.add_argument("--classes", help="some classes only, divided by ;")
    parser.add_argument("--engines", help="some engines only, divided by commas")
    parser.add_argument(
        "--real",
        type=Path,
        default=Path(os.environ.get("DIGITIZE_REAL_SCANS", _REAL)),
        help="folder of real scans with truth.json",
    )
    return parser.parse_args()


if __name__ == "__main__":
    main()
