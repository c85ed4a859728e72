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
    older_cards,
    older_civil_status,
    older_papers,
    older_registrations,
    registrations,
    ruled_civil_status,
    ruled_offices,
    varied_cards,
    varied_civil,
    varied_letters,
    varied_papers,
    varied_registrations,
)
from samples.generator.templates.held_out import cards as held_cards
from samples.generator.templates.held_out import civil as held_civil
from samples.generator.templates.held_out import land as held_land
from samples.generator.templates.held_out import letters as held_letters
from samples.generator.templates.held_out import papers as held_papers
from samples.generator.templates.held_out import registrations as held_registrations

Template = Callable[[Random], Paper]

TEMPLATES: Mapping[str, Mapping[str, Template]] = {
    "birth_certificate": {
        "A": civil_status.draw_birth_a,
        "B": civil_status.draw_birth_b,
        "C": ruled_civil_status.draw_birth_c,
        "D": older_civil_status.draw_birth_d,
    },
    "marriage_certificate": {
        "A": civil_status.draw_marriage_a,
        "B": civil_status.draw_marriage_b,
        "C": ruled_civil_status.draw_marriage_c,
        "D": older_civil_status.draw_marriage_d,
    },
    "marital_status_certificate": {
        "A": civil_status.draw_single_a,
        "B": civil_status.draw_single_b,
        "C": ruled_civil_status.draw_single_c,
        "D": older_civil_status.draw_single_d,
    },
    "death_extract": {
        "A": civil_status.draw_death_a,
        "B": civil_status.draw_death_b,
        "C": ruled_civil_status.draw_death_c,
        "D": older_civil_status.draw_death_d,
    },
    "administrative_document": {
        "A": official_letters.draw_letter_a,
        "B": official_letters.draw_letter_b,
        "C": ruled_offices.draw_letter_c,
        "D": older_papers.draw_letter_d,
    },
    "application_form": {
        "A": applications.draw_application_a,
        "B": applications.draw_application_b,
        "C": ruled_offices.draw_application_c,
        "D": older_papers.draw_application_d,
    },
    "diploma": {
        "A": diplomas.draw_diploma_a,
        "B": diplomas.draw_diploma_b,
        "C": ruled_offices.draw_diploma_c,
        "D": older_papers.draw_diploma_d,
    },
    "citizen_card": {
        "A": cards.draw_card_a,
        "B": cards.draw_card_b,
        "C": ruled_civil_status.draw_card_c,
        "D": older_cards.draw_card_d,
    },
    "driving_licence": {
        "A": cards.draw_licence_a,
        "B": cards.draw_licence_b,
        "C": ruled_offices.draw_licence_c,
        "D": older_cards.draw_licence_d,
    },
    "land_use_certificate": {
        "A": registrations.draw_land_a,
        "B": registrations.draw_land_b,
        "C": ruled_offices.draw_land_c,
        "D": older_registrations.draw_land_d,
    },
    "enterprise_registration": {
        "A": registrations.draw_enterprise_a,
        "B": registrations.draw_enterprise_b,
        "C": ruled_offices.draw_enterprise_c,
        "D": older_registrations.draw_enterprise_d,
    },
    "household_business_registration": {
        "A": registrations.draw_household_a,
        "B": registrations.draw_household_b,
        "C": ruled_offices.draw_household_c,
        "D": older_registrations.draw_household_d,
    },
}
HELD_OUT: Mapping[str, Mapping[str, Template]] = {
    "birth_certificate": {"E": varied_civil.draw_birth_e, "F": held_civil.draw_birth_f},
    "marriage_certificate": {"E": varied_civil.draw_marriage_e, "F": held_civil.draw_marriage_f},
    "marital_status_certificate": {"E": varied_civil.draw_single_e, "F": held_civil.draw_single_f},
    "death_extract": {"E": varied_civil.draw_death_e, "F": held_civil.draw_death_f},
    "administrative_document": {"E": varied_letters.draw_letter_e, "F": held_letters.draw_letter_f},
    "application_form": {"E": varied_papers.draw_application_e, "F": held_papers.draw_application_f},
    "diploma": {"E": varied_papers.draw_diploma_e, "F": held_papers.draw_diploma_f},
    "citizen_card": {"E": varied_cards.draw_card_e, "F": held_cards.draw_card_f},
    "driving_licence": {"E": varied_cards.draw_licence_e, "F": held_cards.draw_licence_f},
    "land_use_certificate": {"E": varied_registrations.draw_land_e, "F": held_land.draw_land_f},
    "enterprise_registration": {"E": varied_registrations.draw_enterprise_e, "F": held_registrations.draw_enterprise_f},
    "household_business_registration": {
        "E": varied_registrations.draw_household_e,
        "F": held_registrations.draw_household_f,
    },
}
"""Templates to which no confidence and no threshold is fitted; F was first measured before anybody tuned to it."""
