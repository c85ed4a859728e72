"""Papers of the corpus's templates whose chance content happens to lie in the invented province altogether."""

from random import Random

from samples.generator.paper import Paper
from samples.generator.templates.registry import TEMPLATES


def _draw(type_code: str, template: str, number: int) -> Paper:
    """No paper of a corpus: those are drawn from other words."""
    return TEMPLATES[type_code][template](Random(f"sample/{type_code}/{number}"))


MARRIAGE = _draw("marriage_certificate", "A", 3921)
SINGLE = _draw("marital_status_certificate", "A", 623)
DEATH = _draw("death_extract", "A", 195)
CITIZEN_CARD = _draw("citizen_card", "A", 923)
LICENCE = _draw("driving_licence", "A", 307)
LAND = _draw("land_use_certificate", "A", 212)
ENTERPRISE = _draw("enterprise_registration", "B", 4954)
HOUSEHOLD = _draw("household_business_registration", "A", 58)
DIPLOMA = _draw("diploma", "B", 33)
APPLICATION = _draw("application_form", "B", 314)
