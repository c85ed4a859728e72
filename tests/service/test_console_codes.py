"""Nothing on the console may speak in codes: every one that the other packages write has a name."""

from typing import get_args

from digitize.extraction.api import Doubt
from digitize.extraction.checks.registry import CHECKS
from digitize.extraction.normalisers import NORMALISERS
from digitize.extraction.sources.mrz import MENDED
from digitize.model import Method
from service.console import codes
from storage.api import AttemptStage
from storage.documents import OUTCOMES

SECOND_SOURCES = ("qr", "mrz", "signature")


def test_every_code_of_a_record_has_a_name() -> None:
    compared = {f"matches_{method}" for method in SECOND_SOURCES}
    assert set(codes.CHECKS) == {*CHECKS, *compared}
    assert set(codes.UNREAD) == {f"is_{name}" for name in NORMALISERS}
    assert set(codes.DOUBTS) == set(get_args(Doubt))
    assert set(codes.METHODS) == set(get_args(Method))
    assert MENDED.removeprefix("mended:") in codes.MENDED


def test_every_code_of_an_attempt_has_a_name() -> None:
    assert set(codes.STAGES) == set(get_args(AttemptStage))
    assert set(codes.OUTCOMES) == {name for name, _ in OUTCOMES.values()}
    assert {kind for _, kind in OUTCOMES.values()} | {"joined"} <= set(codes.EVENTS)


def test_a_check_says_whether_it_held() -> None:
    assert codes.check_text("matches_words", "vi") == "✓ khớp phần ghi bằng chữ"
    assert codes.check_text("failed:valid_date", "en") == "✗ fails: real date"
    assert codes.check_text("failed:is_date", "vi") == "✗ không đọc ra ngày"
    assert codes.check_text("doubt:ink", "en").startswith("? coloured ink")
    assert codes.check_text(MENDED, "en") == "✓ mended, proved by the check digit"
    assert codes.check_text("not_known_yet", "vi") == "✓ not_known_yet"
