"""Nothing on the console may speak in codes: every one that the other packages write has a name."""

from typing import get_args

from digitize.errors import _QUALITY_PROBLEMS
from digitize.extraction.checks.registry import CHECKS
from digitize.model import Method
from service.console import codes
from storage.api import ResumeStage
from storage.documents import _OUTCOMES


def test_every_check_method_stage_outcome_and_problem_has_a_name() -> None:
    assert set(codes.CHECKS) >= set(CHECKS)
    assert set(codes.METHODS) == set(get_args(Method))
    assert set(codes.STAGES) == set(get_args(ResumeStage))
    assert {(name in codes.OUTCOMES, kind in codes.EVENTS) for name, kind in _OUTCOMES.values()} == {(True, True)}
    assert set(codes.PROBLEMS) >= set(_QUALITY_PROBLEMS)


def test_a_check_says_whether_it_held() -> None:
    assert codes.check_text("matches_words", "vi") == "✓ khớp phần ghi bằng chữ"
    assert codes.check_text("failed:valid_date", "en") == "✗ real date"
    assert codes.check_text("doubt:ink", "en").startswith("? coloured ink")
    assert codes.check_text("not_known_yet", "vi") == "✓ not_known_yet"
