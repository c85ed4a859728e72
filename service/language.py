"""Which of the two languages a person reads, by the locale of their terminal."""

import locale
import os
from typing import Literal

from digitize.model import Problem

Language = Literal["vi", "en"]


def terminal_language() -> Language:
    """Vietnamese where the message locale is, English elsewhere (POSIX: LC_ALL, then LC_MESSAGES, then LANG)."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable)
        if value:
            return "vi" if locale.normalize(value).lower().startswith("vi") else "en"
    return "en"


def say(*, vi: str, en: str) -> str:
    """The sentence in the terminal's language."""
    return vi if terminal_language() == "vi" else en


def say_problem(problem: Problem) -> str:
    return say(vi=problem.vi, en=problem.en)
