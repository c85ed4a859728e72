"""The purpose of a GET stands in its query: a dossier's code is no personal data."""

from typing import Annotated

from fastapi import Depends, Query

from service.models import Code, Purpose


def _purpose(
    dossier: Annotated[Code, Query(description="dossier the paper is needed for", examples=["H99.01-260912-0001"])],
    procedure: Annotated[Code, Query(description="procedure it is needed for", examples=["1.000894"])],
) -> Purpose:
    return Purpose(dossier=dossier, procedure=procedure)


NamedPurpose = Annotated[Purpose, Depends(_purpose)]
