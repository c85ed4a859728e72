"""Which templates there are of every document type: a function from a source of chance to a paper each."""

from collections.abc import Callable, Mapping
from random import Random

from samples.generator.paper import Paper
from samples.generator.templates import civil_status

Template = Callable[[Random], Paper]

TEMPLATES: Mapping[str, Mapping[str, Template]] = {
    "birth_certificate": {"A": civil_status.draw_birth_a, "B": civil_status.draw_birth_b},
    "marriage_certificate": {"A": civil_status.draw_marriage_a, "B": civil_status.draw_marriage_b},
    "marital_status_certificate": {"A": civil_status.draw_single_a, "B": civil_status.draw_single_b},
    "death_extract": {"A": civil_status.draw_death_a, "B": civil_status.draw_death_b},
}
HELD_OUT: Mapping[str, Mapping[str, Template]] = {}
"""Template C of every type: see ``held_out``."""
