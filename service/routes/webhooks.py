"""Portals that want to be told (webhooks)."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends

from digitize.door_errors import WebhookHostError
from digitize.errors import InvalidRequestError, NotFoundError, NotPermittedError, UnauthenticatedError
from service.access import Access, permitted
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
from storage.notices_api import Subscription
from storage.reuse_api import OpenCatalogue


def build_router(access: Access, catalogue: OpenCatalogue, hosts: frozenset[str]) -> APIRouter:
    """``hosts``: to which the operator lets notices go."""
    router = APIRouter(prefix="/v1/webhooks", tags=["webhooks"])
    holder = permitted(access, "webhooks")
    refusals = (UnauthenticatedError, NotPermittedError)

    @router.post(
        "",
        summary="Be told of documents that are published, refused or revoked",
        description=(
            "Each notice is a POST with a JSON body that names a document by its id, and a header "
            '`Digitize-Signature: t=<Unix time>,v1=<HMAC-SHA256 of "<t>.<body>">` under the secret that is given '
            "here, once. It is sent after publication is durable, and again with growing pauses until it is answered "
            "with 2xx, twelve times at most; the same notice has the same `id`. The host must be one that the operator "
            "names in `service.webhook_hosts`."
        ),
        responses=documented(*refusals, InvalidRequestError, WebhookHostError),
    )
    def subscribe(request: SubscriptionRequest, client: Annotated[Client, Depends(holder)]) -> SubscriptionOut:
        _check_host(request.url, hosts)
        subscription, secret = catalogue.subscribe(
            client.client_id, request.url, frozenset(request.kinds), client.units
        )
        return _shown(subscription, secret)

    @router.get("", summary="The client's own subscriptions", responses=documented(*refusals))
    def subscriptions(client: Annotated[Client, Depends(holder)]) -> SubscriptionsAnswer:
        return SubscriptionsAnswer(subscriptions=[_shown(one) for one in catalogue.subscriptions(client.client_id)])

    @router.delete("/{subscription_id}", summary="Be told no more", responses=documented(*refusals, NotFoundError))
    def unsubscribe(subscription_id: str, client: Annotated[Client, Depends(holder)]) -> SubscriptionsAnswer:
        catalogue.unsubscribe(client.client_id, subscription_id)
        return subscriptions(client)

    @router.post(
        "/{subscription_id}/replay",
        summary="Have notices sent once more",
        responses=documented(*refusals, NotFoundError, InvalidRequestError),
    )
    def replay(
        subscription_id: str, request: ReplayRequest, client: Annotated[Client, Depends(holder)]
    ) -> ReplayAnswer:
        return ReplayAnswer(notices=catalogue.replay(client.client_id, subscription_id, request.since))

    @router.get(
        "/{subscription_id}/undelivered",
        summary="What has not been delivered, or was given up",
        responses=documented(*refusals, NotFoundError),
    )
    def undelivered(subscription_id: str, client: Annotated[Client, Depends(holder)]) -> UndeliveredAnswer:
        waiting = catalogue.undelivered(client.client_id, subscription_id)
        return UndeliveredAnswer(
            notices=[
                UndeliveredOut(
                    sequence=one.sequence,
                    attempts=one.attempts,
                    error=one.error,
                    next_attempt_at=one.not_before,
                    given_up=one.not_before is None,
                )
                for one in waiting
            ]
        )

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


def _shown(subscription: Subscription, secret: str | None = None) -> SubscriptionOut:
    return SubscriptionOut(
        subscription_id=subscription.subscription_id,
        url=subscription.url,
        kinds=sorted(subscription.kinds),
        created_at=subscription.created_at,
        secret=secret,
    )
