"""Portals that want to be told (webhooks)."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends
from starlette.responses import Response

from digitize.door_errors import WebhookHostError
from digitize.errors import CursorError, InvalidRequestError, NotFoundError, NotPermittedError, UnauthenticatedError
from service.access import Access, permitted
from service.idempotency import KEY_REFUSALS, Once, once
from service.models import Cursor, Limit
from service.problems import documented
from service.webhook_models import (
    ReplayAnswer,
    ReplayRequest,
    SubscriptionOut,
    SubscriptionRequest,
    SubscriptionsAnswer,
    UndeliveredAnswer,
    UndeliveredOut,
)
from storage.api import Client
from storage.notices_api import Subscription, Undelivered
from storage.open_catalogue import OpenCatalogue
from storage.pages import ROWS_MAX, Window


def build_router(access: Access, catalogue: OpenCatalogue, hosts: frozenset[str]) -> APIRouter:
    """``hosts``: to which the operator lets notices go."""
    router = APIRouter(prefix="/v1/webhooks", tags=["webhooks"])
    holder = permitted(access, "webhooks")
    keyed = once(access, catalogue, holder)
    refusals = (UnauthenticatedError, NotPermittedError)

    @router.post(
        "",
        response_model=SubscriptionOut,
        summary="Be told of documents that are published, refused or revoked",
        description=(
            "Each notice is a POST with a JSON body that names a document by its id, and a header "
            '`Digitize-Signature: t=<Unix time>,v1=<HMAC-SHA256 of "<t>.<body>">` under the secret that is given '
            "here, once. It is sent after publication is durable, and again with growing pauses until it is answered "
            "with 2xx, twelve times at most; the same notice has the same `id`. The host must be one that the operator "
            "names in `service.webhook_hosts`."
        ),
        responses=documented(*refusals, WebhookHostError, *KEY_REFUSALS),
    )
    def subscribe(
        request: SubscriptionRequest,
        client: Annotated[Client, Depends(holder)],
        only_once: Annotated[Once, Depends(keyed)],
    ) -> Response:
        _check_host(request.url, hosts)
        kinds = frozenset(request.kinds)
        return only_once(
            lambda identity: _shown(*catalogue.subscribe(client.client_id, request.url, kinds, client.units, identity))
        )

    @router.get("", summary="The client's own subscriptions", responses=documented(*refusals))
    def subscriptions(client: Annotated[Client, Depends(holder)]) -> SubscriptionsAnswer:
        return SubscriptionsAnswer(subscriptions=[_shown(one) for one in catalogue.subscriptions(client.client_id)])

    @router.delete("/{subscription_id}", summary="Be told no more", responses=documented(*refusals, NotFoundError))
    def unsubscribe(subscription_id: str, client: Annotated[Client, Depends(holder)]) -> SubscriptionsAnswer:
        catalogue.unsubscribe(client.client_id, subscription_id)
        return subscriptions(client)

    @router.post(
        "/{subscription_id}/replay",
        response_model=ReplayAnswer,
        summary="Have notices sent once more",
        responses=documented(*refusals, NotFoundError, *KEY_REFUSALS),
    )
    def replay(
        subscription_id: str,
        request: ReplayRequest,
        client: Annotated[Client, Depends(holder)],
        only_once: Annotated[Once, Depends(keyed)],
    ) -> Response:
        return only_once(
            lambda _: ReplayAnswer(notices=catalogue.replay(client.client_id, subscription_id, request.since))
        )

    @router.get(
        "/{subscription_id}/undelivered",
        summary="What has not been delivered, or was given up",
        responses=documented(*refusals, NotFoundError, InvalidRequestError, CursorError),
    )
    def undelivered(
        subscription_id: str, client: Annotated[Client, Depends(holder)], limit: Limit = ROWS_MAX, cursor: Cursor = None
    ) -> UndeliveredAnswer:
        page = catalogue.undelivered(subscription_id, Window(client.client_id, limit, cursor))
        return UndeliveredAnswer(notices=[_told(one) for one in page.rows], cursor=page.cursor)

    return router


def _check_host(untrusted_url: str, hosts: frozenset[str]) -> None:
    """Raises InvalidRequestError for what is no plain URL, WebhookHostError for a host that the operator named not."""
    try:
        url = urlsplit(untrusted_url)
    except ValueError:
        raise InvalidRequestError(detail="body.url") from None
    if url.username is not None or url.fragment:
        raise InvalidRequestError(detail="body.url")
    if url.hostname not in hosts:
        raise WebhookHostError


def _told(notice: Undelivered) -> UndeliveredOut:
    return UndeliveredOut(
        sequence=notice.sequence,
        attempts=notice.attempts,
        error=notice.error,
        next_attempt_at=notice.not_before,
        given_up=notice.not_before is None,
    )


def _shown(subscription: Subscription, secret: str | None = None) -> SubscriptionOut:
    return SubscriptionOut(
        subscription_id=subscription.subscription_id,
        url=subscription.url,
        kinds=sorted(subscription.kinds),
        created_at=subscription.created_at,
        secret=secret,
    )
