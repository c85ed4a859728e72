"""Disasters befall the same office as in the tests of the workers."""

from tests.workers.conftest import office, opened_tools, paper

__all__ = ["office", "opened_tools", "paper"]
