"""Codes of digitized papers."""

import pytest

from digitize.config import Storage, load_config
from digitize.errors import ConfigError
from digitize.model import Dossier
from tests.conformance.conftest import record
from workers.codes import code_candidates

TEMPLATE = Storage().component_code


def test_a_result_has_its_dossiers_code_and_its_own_number() -> None:
    paper = record("0" * 26).model_copy(
        update={"role": "result", "dossier": Dossier(code="H99.01-260912-0001", component="KQ2")}
    )
    candidates = code_candidates(paper, None, TEMPLATE)
    assert candidates[:3] == ["H99.01-260912-0001-KQ2", "H99.01-260912-0001-KQ1", "H99.01-260912-0001-KQ3"]


def test_a_component_has_the_code_the_office_configured() -> None:
    paper = record("0" * 26).model_copy(update={"dossier": Dossier(code="H99.01-260912-0001", component="TP01")})
    assert code_candidates(paper, "1.000894", TEMPLATE)[:2] == [
        "001090000001.1.000894.TP01.01",
        "001090000001.1.000894.TP01.02",
    ]
    doubted = paper.model_copy(update={"fields": record("0" * 26, state="review").fields})
    assert code_candidates(doubted, None, TEMPLATE)[0] == "..TP01.01"
    assert code_candidates(paper, None, "{dossier}/{document_type}/{serial}")[0] == (
        "H99.01-260912-0001/birth_certificate/1"
    )


def test_a_paper_of_no_dossier_has_none() -> None:
    assert code_candidates(record("0" * 26), None, TEMPLATE) == ()


@pytest.mark.parametrize("template", ["{owner_id}", "{name}.{serial}", "{serial", "{0}{serial}", "{serial.real.x}"])
def test_a_template_that_cannot_be_is_refused_at_the_start(template: str) -> None:
    with pytest.raises(ConfigError, match="component_code"):
        load_config(storage={"component_code": template})
