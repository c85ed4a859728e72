"""The field part of `make evaluate`: papers of the test split, templates E and F included, and real scans."""

from pathlib import Path

from digitize.config import Extraction
from digitize.extraction.doctypes import load_document_types
from samples.generator.corpus import list_specimens
from scripts.calibration.corpus import read_papers
from scripts.calibration.judged import judge_papers
from tests.benchmarks.evaluation.fields_report import report_fields
from tests.benchmarks.evaluation.real_fields import judge_real

SPLIT = "test"
PER_TEMPLATE = 13
"""Every way to wear a page once."""
QUICK_PER_TEMPLATE = 2


def evaluate_fields(real: Path, *, quick: bool) -> None:
    papers = list(read_papers(list_specimens(SPLIT, QUICK_PER_TEMPLATE if quick else PER_TEMPLATE)))
    judged = judge_papers(papers, load_document_types(), Extraction())
    refused = [paper for paper in papers if paper.refused]
    report_fields(judged, refused, list(judge_real(real, quick=quick)) if (real / "truth.json").is_file() else [])
