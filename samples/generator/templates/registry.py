"""Which templates there are of every document type: a function from a source of chance to a paper each."""

from collections.abc import Callable, Mapping
from random import Random

from samples.generator.paper import Paper
from samples.generator.templates import applications, cards, civil_status, diplomas, official_letters, registrations
from samples.generator.templates.held_out import civil, offices

Template = Callable[[Random], Paper]

TEMPLATES: Mapping[str, Mapping[str, Template]] = {
    "birth_certificate": {"A": civil_status.draw_birth_a, "B": civil_status.draw_birth_b},
    "marriage_certificate": {"A": civil_status.draw_marriage_a, "B": civil_status.draw_marriage_b},
    "marital_status_certificate": {"A": civil_status.draw_single_a, "B": civil_status.draw_single_b},
    "death_extract": {"A": civil_status.draw_death_a, "B": civil_status.draw_death_b},
    "administrative_document": {"A": official_letters.draw_letter_a, "B": official_letters.draw_letter_b},
    "application_form": {"A": applications.draw_application_a, "B": applications.draw_application_b},
    "diploma": {"A": diplomas.draw_diploma_a, "B": diplomas.draw_diploma_b},
    "citizen_card": {"A": cards.draw_card_a, "B": cards.draw_card_b},
    "driving_licence": {"A": cards.draw_licence_a, "B": cards.draw_licence_b},
    "land_use_certificate": {"A": registrations.draw_land_a, "B": registrations.draw_land_b},
    "enterprise_registration": {"A": registrations.draw_enterprise_a, "B": registrations.draw_enterprise_b},
    "household_business_registration": {"A": registrations.draw_household_a, "B": registrations.draw_household_b},
}
HELD_OUT: Mapping[str, Mapping[str, Template]] = {
    "birth_certificate": {"C": civil.draw_birth_c},
    "marriage_certificate": {"C": civil.draw_marriage_c},
    "marital_status_certificate": {"C": civil.draw_single_c},
    "death_extract": {"C": civil.draw_death_c},
    "administrative_document": {"C": offices.draw_letter_c},
    "application_form": {"C": offices.draw_application_c},
    "diploma": {"C": offices.draw_diploma_c},
    "citizen_card": {"C": civil.draw_card_c},
    "driving_licence": {"C": offices.draw_licence_c},
    "land_use_certificate": {"C": offices.draw_land_c},
    "enterprise_registration": {"C": offices.draw_enterprise_c},
    "household_business_registration": {"C": offices.draw_household_c},
}
"""Template C of every type: see ``held_out``."""
