"""Every error tells a person what happened and what to do, in both languages, and a machine a stable code."""

import pickle
import string

import pytest

from digitize.errors import DigitizeError, UnreadablePagesError
from scripts.write_docs import error_types


def fill(error: type[DigitizeError]) -> DigitizeError:
    if error is UnreadablePagesError:
        return UnreadablePagesError(pages=[1, 3], causes=["blurred", "noisy"])
    names = {name for text in (error.vi, error.en) for _, name, _, _ in string.Formatter().parse(text) if name}
    return error(**dict.fromkeys(names, 1))


def test_codes_are_unique() -> None:
    codes = [error.code for error in error_types()]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("error", error_types())
def test_a_message_is_a_sentence_in_each_language(error: type[DigitizeError]) -> None:
    problem = fill(error).problem()
    assert problem.vi.endswith(".")
    assert problem.en.endswith(".")
    assert problem.vi != problem.en
    assert "{" not in problem.vi + problem.en


@pytest.mark.parametrize("error", error_types())
def test_an_error_crosses_from_one_process_to_another(error: type[DigitizeError]) -> None:
    sent = fill(error)
    received = pickle.loads(pickle.dumps(sent))
    assert type(received) is error
    assert received.problem() == sent.problem()


def test_unreadable_pages_are_named_with_what_is_wrong() -> None:
    problem = UnreadablePagesError(pages=[2, 5], causes=["blurred", "blurred", "noisy"]).problem()
    assert problem.causes == ("blurred", "noisy")
    assert "2, 5" in problem.vi
    assert problem.en.startswith("Pages 2, 5 cannot")
    assert UnreadablePagesError(pages=[2], causes=["noisy"]).problem().en.startswith("Page 2 cannot")
    assert "ảnh mờ nhòe, ảnh nhiễu" in problem.vi
    assert "blurred, noise" in problem.en
