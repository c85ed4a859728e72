"""Which templates there are of every document type: a function from a source of chance to a paper each."""

from collections.abc import Callable, Mapping
from random import Random

from samples.generator.paper import Paper
from samples.generator.templates import (
    applications,
    cards,
    civil_status,
    diplomas,
    official_letters,
    registrations,
    ruled_civil_status,
    ruled_offices,
)
from samples.generator.templates.held_out import cards as held_cards
from samples.generator.templates.held_out import civil as held_civil
from samples.generator.templates.held_out import papers as held_papers
from samples.generator.templates.held_out import registrations as held_registrations

Template = Callable[[Random], Paper]

TEMPLATES: Mapping[str, Mapping[str, Template]] = {
    "birth_certificate": {
        "A": civil_status.draw_birth_a,
        "B": civil_status.draw_birth_b,
        "C": ruled_civil_status.draw_birth_c,
    },
    "marriage_certificate": {
        "A": civil_status.draw_marriage_a,
        "B": civil_status.draw_marriage_b,
        "C": ruled_civil_status.draw_marriage_c,
    },
    "marital_status_certificate": {
        "A": civil_status.draw_single_a,
        "B": civil_status.draw_single_b,
        "C": ruled_civil_status.draw_single_c,
    },
    "death_extract": {
        "A": civil_status.draw_death_a,
        "B": civil_status.draw_death_b,
        "C": ruled_civil_status.draw_death_c,
    },
    "administrative_document": {
        "A": official_letters.draw_letter_a,
        "B": official_letters.draw_letter_b,
        "C": ruled_offices.draw_letter_c,
    },
    "application_form": {
        "A": applications.draw_application_a,
        "B": applications.draw_application_b,
        "C": ruled_offices.draw_application_c,
    },
    "diploma": {"A": diplomas.draw_diploma_a, "B": diplomas.draw_diploma_b, "C": ruled_offices.draw_diploma_c},
    "citizen_card": {"A": cards.draw_card_a, "B": cards.draw_card_b, "C": ruled_civil_status.draw_card_c},
    "driving_licence": {"A": cards.draw_licence_a, "B": cards.draw_licence_b, "C": ruled_offices.draw_licence_c},
    "land_use_certificate": {
        "A": registrations.draw_land_a,
        "B": registrations.draw_land_b,
        "C": ruled_offices.draw_land_c,
    },
    "enterprise_registration": {
        "A": registrations.draw_enterprise_a,
        "B": registrations.draw_enterprise_b,
        "C": ruled_offices.draw_enterprise_c,
    },
    "household_business_registration": {
        "A": registrations.draw_household_a,
        "B": registrations.draw_household_b,
        "C": ruled_offices.draw_household_c,
    },
}
HELD_OUT: Mapping[str, Mapping[str, Template]] = {
    "birth_certificate": {"D": held_civil.draw_birth_d},
    "marriage_certificate": {"D": held_civil.draw_marriage_d},
    "marital_status_certificate": {"D": held_civil.draw_single_d},
    "death_extract": {"D": held_civil.draw_death_d},
    "administrative_document": {"D": held_papers.draw_letter_d},
    "application_form": {"D": held_papers.draw_application_d},
    "diploma": {"D": held_papers.draw_diploma_d},
    "citizen_card": {"D": held_cards.draw_card_d},
    "driving_licence": {"D": held_cards.draw_licence_d},
    "land_use_certificate": {"D": held_registrations.draw_land_d},
    "enterprise_registration": {"D": held_registrations.draw_enterprise_d},
    "household_business_registration": {"D": held_registrations.draw_household_d},
}
"""Template D of every type, to which no confidence and no threshold is fitted."""
