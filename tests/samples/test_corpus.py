"""The corpus: the same paper each time, truth that stands on the paper, splits that share nothing."""

import json
import subprocess
import sys
import unicodedata
from pathlib import Path
from random import Random

import pytest

from samples.generator.corpus import FIRST_SEEDS, SCANS, draw, draw_specimen, list_lines, list_specimens, state_truth
from samples.generator.fonts import measure_mm
from samples.generator.letters import outline
from samples.generator.paper import Barcode, Handwriting, Paper, Text
from samples.generator.pen import measure_handwriting
from samples.generator.stock.names import draw_name
from samples.generator.stock.people import draw_personal_id, draw_tax_code
from samples.generator.templates.registry import HELD_OUT, TEMPLATES

EVERY = [
    (type_code, template)
    for type_code, templates in TEMPLATES.items()
    for template in (*templates, *HELD_OUT.get(type_code, {}))
]
each_template = pytest.mark.parametrize(("type_code", "template"), EVERY)
SEEDS = range(12)


def letters(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFC", text) if letter.isalnum())


def shown(paper: Paper) -> str:
    readable = Text | Handwriting | Barcode
    return "".join(letters(item.text) for page in paper.pages for item in page.items if isinstance(item, readable))


@each_template
def test_a_paper_is_the_same_each_time_and_another_for_another_seed(type_code: str, template: str) -> None:
    assert draw(type_code, template, 3) == draw(type_code, template, 3)
    assert draw(type_code, template, 3) != draw(type_code, template, 4)


@each_template
def test_every_value_stands_on_the_paper(type_code: str, template: str) -> None:
    for seed in SEEDS:
        paper = draw(type_code, template, seed)
        text = shown(paper)
        # The card of nine digits stands among the citizen's cards, which it is none of.
        assert paper.document_type in {type_code, "unknown"}
        for name, value in paper.fields.items():
            printed = paper.printed.get(name, value)
            # The owner of two is listed from two columns, a kind that no letter prints is named all the same.
            if isinstance(value, list) or (name == "document_kind" and value == "CÔNG VĂN"):
                continue
            assert letters(printed) in text, (seed, name, printed)
            assert value == unicodedata.normalize("NFC", " ".join(value.split()))


@each_template
def test_nothing_runs_off_the_sheet(type_code: str, template: str) -> None:
    for seed in SEEDS:
        for page in draw(type_code, template, seed).pages:
            for item in page.items:
                if isinstance(item, Text | Handwriting):
                    if isinstance(item, Text):
                        end = item.x + measure_mm(item.text, item.style, item.size_pt)
                    else:
                        end = item.x + measure_handwriting(item.text, item.height)
                    assert item.x > 0.5, (seed, item.text)
                    assert end < page.width - 0.5, (seed, item.text)
                    assert 1 < item.y < page.height - 1, (seed, item.text)


def test_splits_share_no_seed_and_only_the_test_holds_templates_out() -> None:
    drawn = {split: list(list_specimens(split, 30)) for split in FIRST_SEEDS}
    seeds = [{specimen.seed for specimen in specimens} for specimens in drawn.values()]
    assert sum(map(len, seeds)) == len(set().union(*seeds))
    for split, specimens in drawn.items():
        held = {s.template for s in specimens if s.template in HELD_OUT.get(s.type_code, {})}
        assert bool(held) == (split == "test")


def test_every_type_holds_out_a_template_of_its_own() -> None:
    assert HELD_OUT.keys() == TEMPLATES.keys()
    for type_code, held in HELD_OUT.items():
        assert held
        assert not held.keys() & TEMPLATES[type_code].keys()
        assert not set(held.values()) & set(TEMPLATES[type_code].values())


def test_every_template_is_worn_in_every_way() -> None:
    specimens = list(list_specimens("tuning", len(SCANS)))
    assert {(s.type_code, s.template, s.scan) for s in specimens} == {
        (type_code, template, scan)
        for type_code, templates in TEMPLATES.items()
        for template in templates
        for scan in SCANS
    }


def test_a_specimen_is_drawn_to_the_same_bytes() -> None:
    specimen = next(list_specimens("tuning", 1, types=("death_extract",), scans=("seal-over-text",)))
    paper, pages, dpi = draw_specimen(specimen)
    assert draw_specimen(specimen)[1] == pages
    assert state_truth(specimen, paper, dpi)["fields"]["full_name"]["page"] == 1


def test_lines_part_where_a_column_ends() -> None:
    texts = [line["text"] for line in list_lines(draw("death_extract", "A", 0).pages[0])]
    assert "Độc lập - Tự do - Hạnh phúc" in texts
    assert texts.index("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") < texts.index("TRÍCH LỤC KHAI TỬ")


def test_command_writes_pages_with_their_truth(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "samples.generator.corpus", str(tmp_path), "--split", "calibration"]
    asked = ["--per-template", "1", "--types", "death_extract", "--degradations", "dpi-150"]
    subprocess.run([*command, *asked], check=True, cwd=Path(__file__).parents[2], capture_output=True, timeout=60)
    truths = sorted(tmp_path.glob("*.json"))
    assert len(truths) == len(TEMPLATES["death_extract"])
    for truth in truths:
        told = json.loads(truth.read_text("utf-8"))
        assert told["dpi"] == 150
        for page in told["pages"]:
            assert (tmp_path / page["image"]).is_file()


def test_stock_bears_numbers_that_belong_to_nobody_and_check() -> None:
    rng = Random(1)
    for _ in range(200):
        number = draw_personal_id(rng, 1994, female=True)
        assert number[3:6] == "194"
        assert int(number[6:]) >= 990_000
        code = draw_tax_code(rng)
        weights = (31, 29, 23, 19, 17, 13, 7, 5, 3)
        assert int(code[9]) == 10 - sum(int(d) * w for d, w in zip(code, weights, strict=False)) % 11
        assert code.startswith("99")


def test_the_pen_can_write_every_name() -> None:
    rng = Random(2)
    for _ in range(500):
        name = draw_name(rng, female=rng.random() < 0.5)
        for letter in f"{name} {name.upper()}".replace(" ", ""):
            assert outline(letter), letter


@each_template
def test_days_of_a_paper_follow_each_other(type_code: str, template: str) -> None:
    order = [
        ("date_of_birth", "issue_date"),
        ("date_of_birth", "date_of_death"),
        ("date_of_death", "issue_date"),
        ("issue_date", "expiry_date"),
        ("wife_date_of_birth", "issue_date"),
        ("first_registered", "issue_date"),
    ]
    for seed in range(60):
        fields = draw(type_code, template, seed).fields
        for earlier, later in order:
            if earlier in fields and later in fields:
                assert fields[earlier] <= fields[later], (seed, earlier, later)
