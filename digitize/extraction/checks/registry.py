"""Every check by the name that type files call it."""

from digitize.extraction.checks import (
    amounts,
    dates,
    identifiers,
    land,
    offices,
    people,
    places,
    registrations,
    studies,
)
from digitize.extraction.checks.api import Check

CHECKS: dict[str, Check] = {
    "valid_date": dates.valid_date,
    "expiry_date": dates.expiry_date,
    "expires_on_birthday": dates.expires_on_birthday,
    "matches_words": dates.matches_words,
    "numeral_words": dates.numeral_words,
    "number_matches_date": dates.number_matches_date,
    "age_fits": dates.age_fits,
    "parent_age": dates.parent_age,
    "not_before": dates.not_before,
    "area_in_words": amounts.area_in_words,
    "money_in_words": amounts.money_in_words,
    "matches_personal_id": identifiers.matches_personal_id,
    "valid_personal_id": identifiers.valid_personal_id,
    "id_is_female": identifiers.id_is_female,
    "id_is_male": identifiers.id_is_male,
    "licence_number": identifiers.licence_number,
    "licence_class": identifiers.licence_class,
    "tax_code": identifiers.tax_code,
    "matches_number": identifiers.matches_number,
    "phone": identifiers.phone,
    "land_serial": identifiers.land_serial,
    "number_symbol_known": offices.number_symbol_known,
    "number_matches_agency": offices.number_matches_agency,
    "register_number": offices.register_number,
    "matches_agency": offices.matches_agency,
    "agency_words": offices.agency_words,
    "known_capacity": offices.known_capacity,
    "known_place": places.known_place,
    "whole_place": places.whole_place,
    "enterprise_name": registrations.enterprise_name,
    "household_code": registrations.household_code,
    "map_number": land.map_number,
    "land_register": land.land_register,
    "known_land_use": land.known_land_use,
    "known_term": land.known_term,
    "known_classification": studies.known_classification,
    "diploma_number": studies.diploma_number,
    "diploma_register": studies.diploma_register,
    "year_of": studies.year_of,
    "person_name": people.person_name,
    "known_ethnicity": people.known_ethnicity,
    "known_nationality": people.known_nationality,
    "known_marital_status": people.known_marital_status,
}

CHECK_ARGUMENTS = {
    "matches_words": 1, "matches_personal_id": 1, "number_symbol_known": 1, "matches_agency": 1,
    "parent_age": 1, "not_before": 1, "expires_on_birthday": 1, "number_matches_date": 1, "age_fits": 1,
    "matches_number": 1, "number_matches_agency": 1, "year_of": 1,
}  # fmt: skip
"""How many other fields a check must name; others name none or, as valid_personal_id, any number."""

SUPPORT = {
    "matches_words": 0.2, "valid_personal_id": 0.5, "matches_personal_id": 0.4, "number_symbol_known": 0.25,
    "matches_agency": 0.3, "known_ethnicity": 0.2, "known_nationality": 0.2, "known_capacity": 0.3,
    "numeral_words": 0.3, "area_in_words": 0.1, "money_in_words": 0.1, "tax_code": 0.1, "matches_number": 0.1,
    "expires_on_birthday": 0.1, "licence_class": 0.4, "matches_qr": 0.05, "matches_mrz": 0.5,
}  # fmt: skip
"""By how much a check that holds shrinks the doubt left in a value; a check not named here shrinks nothing.

Numbers with a symbol are in no dictionary, so Tesseract gives right ones anything from 0.3 to 0.95. A check digit lets
one wrong code in eleven pass, a birthday one wrong date in a thousand. A zone of
capitals without marks (``matches_mrz``) confirms the letters of a name, not its marks."""
