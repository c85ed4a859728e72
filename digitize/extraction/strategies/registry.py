"""Every strategy by the name that type files call it."""

from collections.abc import Callable

from digitize.extraction.paper import Paper, Reading
from digitize.extraction.schema import FieldSpec
from digitize.extraction.strategies import (
    anywhere,
    authority,
    diploma,
    form,
    holder,
    land,
    official,
    owners,
    signature,
    within,
)

Strategy = Callable[[Paper, FieldSpec], Reading | None]
"""None where the paper does not print the field at all."""

STRATEGIES: dict[str, Strategy] = {
    "label": form.find_by_label,
    "label_person": within.find_person,
    "label_last_date": within.find_last_date,
    "label_amount": within.find_amount,
    "issuing_agency": official.find_issuing_agency,
    "parent_agency": official.find_parent_agency,
    "number": official.find_number,
    "head_place": official.find_place,
    "head_date": official.find_date,
    "closing_place": official.find_closing_place,
    "closing_date": official.find_closing_date,
    "kind": official.find_printed_kind,
    "subject_under_kind": official.find_subject,
    "about": official.find_about,
    "only_of_shape": anywhere.find_only_of_shape,
    "only_date": anywhere.find_only_date,
    "only_place": anywhere.find_only_place,
    "holder_name": holder.find_holder_name,
    "holder_id": holder.find_holder_id,
    "signing_agency": authority.find_signing_agency,
    "ministry": authority.find_ministry,
    "conferring_agency": diploma.find_conferring_agency,
    "land_serial": land.find_serial,
    "owner_of_land": owners.find_owner_of_land,
    "signer_position": signature.find_signer_position,
    "signer_name": signature.find_signer_name,
}
