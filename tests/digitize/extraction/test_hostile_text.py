"""Text made to be slow: a separate process with a hard limit, since a runaway regex cannot be interrupted."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
LIMIT_S = 60
"""Each takes under 3 s alone; a pattern that backtracks would take years."""
MEGABYTE = 1 << 20

NORMALISE = """
import sys
from digitize.extraction.letters import fold, is_syllable, squeeze
from digitize.extraction.normalisers import NORMALISERS
from digitize.extraction.numerals import read_date
from digitize.extraction.paper import clean
text = {text}
for normalise in NORMALISERS.values():
    normalise(text)
read_date(text)
is_syllable(text)
clean(text)
squeeze(text)
"""

EXTRACT = """
from digitize.config import Extraction
from digitize.extraction.doctypes import load_document_types
from digitize.extraction.engine import extract
from digitize.recognition.api import Line, RecognizedPage, Word
words = ({text}).split(" ")
def line(n, part):
    step = 1 / (len(part) + 1)
    top = 0.002 + n * 0.9 / ROWS
    return Line(tuple(Word(w, (i * step, top, (i + 0.8) * step, top + 0.006), 0.96, None)
                      for i, w in enumerate(part) if w), n)
size = max(1, len(words) // {rows})
ROWS = len(words) // size + 1
lines = tuple(line(n, words[i:i + size]) for n, i in enumerate(range(0, len(words), size)))
motto = Line(tuple(Word(w, (0.5 + i * .05, 0, .54 + i * .05, 0.002), 0.96, None)
                   for i, w in enumerate("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM".split())), 0)
title = Line((Word("GIẤY", (.4, .1, .45, .11), .96), Word("KHAI", (.46, .1, .5, .11), .96),
              Word("SINH", (.51, .1, .55, .11), .96)), 0)
extract([RecognizedPage(1, 2480, 3508, 300, (motto, title, *lines))], load_document_types(), Extraction())
extract([RecognizedPage(1, 2480, 3508, 300, (motto, *lines))], load_document_types(), Extraction())
"""

TEXTS = {
    "one long word": f"'a' * {MEGABYTE}",
    "slashes": f"'/' * {MEGABYTE}",
    "digits": f"'1' * {MEGABYTE}",
    "numbers": f"'Số: ' * ({MEGABYTE} // 4)",
    "numbers and slashes": f"'Số: 1/ ' * ({MEGABYTE} // 7)",
    "dates": f"'ngày 1 tháng ' * ({MEGABYTE} // 13)",
    "spaces and dots": f"' .' * ({MEGABYTE} // 2)",
    "labels": f"'Họ, chữ đệm, tên: ' * ({MEGABYTE} // 18)",
    "marks": f"'a' + chr(0x301) * {MEGABYTE}",
    "capitals": f"'QUYẾT ĐỊNH ' * ({MEGABYTE} // 11)",
}


def run(program: str) -> None:
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, timeout=LIMIT_S, check=True)


@pytest.mark.parametrize("name", TEXTS)
def test_values_of_a_megabyte_end_in_time(name: str) -> None:
    run(NORMALISE.format(text=TEXTS[name]))


@pytest.mark.parametrize("name", TEXTS)
def test_pages_of_a_megabyte_end_in_time(name: str) -> None:
    run(EXTRACT.format(text=TEXTS[name], rows=300))
