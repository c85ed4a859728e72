"""Nothing on the console may speak in codes: every one that the other packages write has a name."""

from typing import get_args

from digitize.extraction.api import Doubt
from digitize.extraction.checks.registry import CHECKS
from digitize.extraction.normalisers import NORMALISERS
from digitize.extraction.records import SAYS_NONE
from digitize.extraction.sources.mrz import MENDED
from digitize.model import Method
from service.console import codes
from service.console.corrections import REVIEWED
from service.console.event_details import told
from storage.api import AttemptStage
from storage.documents import OUTCOMES
from storage.event_kinds import EventKind

SECOND_SOURCES = ("qr", "mrz", "signature")


def test_every_code_of_a_record_has_a_name() -> None:
    compared = {f"matches_{method}" for method in SECOND_SOURCES}
    assert set(codes.CHECKS) == {*CHECKS, *compared, REVIEWED, SAYS_NONE}
    assert set(codes.UNREAD) == {f"is_{name}" for name in NORMALISERS}
    assert set(codes.DOUBTS) == set(get_args(Doubt))
    assert set(codes.METHODS) == set(get_args(Method))
    assert MENDED.removeprefix("mended:") in codes.MENDED


def test_every_code_of_an_attempt_has_a_name() -> None:
    assert set(codes.STAGES) == set(get_args(AttemptStage))
    assert set(codes.OUTCOMES) == {name for name, _ in OUTCOMES.values()}


def test_every_kind_of_entry_in_the_log_has_a_name_in_both_languages() -> None:
    assert set(codes.EVENTS) == set(get_args(EventKind))
    assert all(vi not in (en, kind) for kind, (vi, en) in codes.EVENTS.items())


def test_details_are_words_and_no_python() -> None:
    used = {"count": 1, "documents": ["k" * 26], "purpose": {"dossier": "H99.01-1", "procedure": "1.000894"}}
    assert told(used, "vi") == [("hồ sơ", "H99.01-1"), ("thủ tục", "1.000894")]
    assert told({"purpose": {"task": "review"}, "pages": [1, 2]}, "vi") == [
        ("trang", "1, 2"),
        ("mục đích", "đối chiếu"),
    ]
    corrected = {"fields": {"sex": "accepted"}, "left": [], "superseded_by": None}
    assert told(corrected, "vi") == [("trường", "Giới tính (Chấp nhận)")]
    assert told({"at": "2026-09-12T02:00:00+00:00"}, "en") == [("from", "12/09/2026 09:00:00")]
    assert told({"stage": "extract", "step": 0, "unknown": 1}, "en") == [("stage", "extract"), ("signature", "1")]


def test_a_check_says_whether_it_held() -> None:
    assert codes.check_text("matches_words", "vi") == "✓ khớp phần ghi bằng chữ"
    assert codes.check_text("failed:valid_date", "en") == "✗ fails: real date"
    assert codes.check_text("failed:is_date", "vi") == "✗ không đọc ra ngày"
    assert codes.check_text("doubt:ink", "en").startswith("? coloured ink")
    assert codes.check_text(MENDED, "en") == "✓ mended, proved by the check digit"
    assert codes.check_text("not_known_yet", "vi") == "✓ not_known_yet"
