"""What of a procedure need not be handed in, and what a form can be filled with."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends

from digitize.errors import InvalidRequestError, NotPermittedError, UnauthenticatedError, UnknownProcedureError
from digitize.sensitivity import SENSITIVE_FIELDS
from digitize.vietnam_time import VIETNAM_TIME
from service import sensitivity
from service.access import Access, may_see, permitted
from service.models import JsonAnswer
from service.prefill import Asked, ComponentAnswer, FormValue, Match, answer_component, fill_form
from service.problems import documented
from service.recent import Recent
from service.reuse_models import (
    ComponentOut,
    FormValueOut,
    HeldOut,
    PrefillAnswer,
    PrefillRequest,
    SourceOut,
    ValueSourceOut,
)
from storage.api import Client
from storage.open_catalogue import OpenCatalogue
from storage.papers_api import PaperRow

PROCEDURE_KNOWN_FOR_S = 1.0
"""An import of procedures holds for prefill so much later."""
_SHOWN_STATES = ("held", "expired")


def build_router(
    access: Access, catalogue: OpenCatalogue, expiring: frozenset[str], now: Callable[[], datetime]
) -> APIRouter:
    """``expiring``: types of papers that say until when they are valid."""
    router = APIRouter(prefix="/v1", tags=["reuse"])
    reader = permitted(access, "lookup")
    recent_procedure = Recent(catalogue.procedure, PROCEDURE_KNOWN_FOR_S)

    @router.post(
        "/prefill",
        response_model=PrefillAnswer,
        summary="What of a procedure's components the state holds already",
        description=(
            "Với một thủ tục và chủ hồ sơ: thành phần nào đã có và còn hiệu lực, đã có nhưng hết hiệu lực hoặc bị thu "
            "hồi, có nhưng chưa chắc chắn, chưa có; và dữ liệu để điền sẵn biểu mẫu kèm nguồn của từng giá trị."
        ),
        responses=documented(UnauthenticatedError, NotPermittedError, InvalidRequestError, UnknownProcedureError),
    )
    async def prefill(request: PrefillRequest, client: Annotated[Client, Depends(reader)]) -> JsonAnswer:
        await access.async_require_purpose(client, request.purpose)
        if request.procedure != request.purpose.procedure:
            raise InvalidRequestError(detail="body.purpose.procedure")
        procedure = await recent_procedure.on_loop(request.procedure)
        if procedure is None:
            raise UnknownProcedureError
        found = await catalogue.async_holdings(request.owner_id, units=client.units)
        holdings = [one for one in found if may_see(client, one.row)]
        asked = Asked(procedure.name, now().astimezone(VIETNAM_TIME).date(), expiring)
        components = [answer_component(one, holdings, asked) for one in procedure.components]
        form = fill_form(holdings, request.owner_id, asked)
        sensitive = sensitivity.may_see(client)
        if not sensitive:
            form = {name: values for name, values in form.items() if name not in SENSITIVE_FIELDS}
        answer = PrefillAnswer(
            procedure=procedure.code,
            components=[_component(one, sensitive=sensitive) for one in components],
            form={name: [_form_value(value) for value in values] for name, values in form.items()},
        )
        told = {"procedure": procedure.code, "states": {one.component.code: one.state for one in components}}
        await access.async_record_use(client, "access.prefill", _given_out(answer), request.purpose, told)
        return JsonAnswer(answer)

    return router


def _given_out(answer: PrefillAnswer) -> list[str]:
    """Documents of which something is told."""
    held = [scan.document_id for component in answer.components for one in component.documents for scan in one.sources]
    quoted = [one.document_id for values in answer.form.values() for value in values for one in value.sources]
    return sorted({*held, *quoted})


def _component(answer: ComponentAnswer, *, sensitive: bool) -> ComponentOut:
    return ComponentOut(
        code=answer.component.code,
        name=answer.component.name,
        required=answer.component.required,
        state=answer.state,
        documents=[_held(match, sensitive=sensitive) for match in answer.matches],
    )


def _held(match: Match, *, sensitive: bool) -> HeldOut:
    row = match.holding.row
    record = row.record if match.state in _SHOWN_STATES else None
    return HeldOut(
        document_id=row.document_id,
        document_type=row.type_code or "unknown",
        state=match.state,
        valid_until=match.valid_until,
        fields={
            name: one.value
            for name, one in (record.fields if record else {}).items()
            if one.state != "review" and (sensitive or name not in SENSITIVE_FIELDS)
        },
        sources=[_source(one) for one in sorted((row, *match.holding.copies), key=lambda one: one.received_at)],
    )


def _source(row: PaperRow) -> SourceOut:
    return SourceOut(document_id=row.document_id, unit=row.unit, dossier=row.dossier, received_at=row.received_at)


def _form_value(value: FormValue) -> FormValueOut:
    return FormValueOut(
        value=value.value,
        newest=value.newest,
        best_attested=value.best_attested,
        sources=[
            ValueSourceOut(
                document_id=one.holding.row.document_id,
                document_type=one.holding.row.type_code or "unknown",
                field=one.field,
                attestation=one.attestation,
                issued=one.issued,
            )
            for one in value.sources
        ],
    )
