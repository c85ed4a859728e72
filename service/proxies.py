"""What is believed of a proxy before the service, and of whom it is believed.

The address of who connects is the connection's own. The server's way of taking it from ``X-Forwarded-For`` is switched
off: a program on this host could pose as a proxy with it, and with the proxy as anybody whose certificate it knows.
"""

from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network, ip_address

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

Networks = Sequence[IPv4Network | IPv6Network]


def comes_from(scope: Scope, networks: Networks, *, or_loopback: bool = False) -> bool:
    peer = scope.get("client")
    try:
        address = ip_address(peer[0]) if peer else None
    except ValueError:
        return False
    if address is None:
        return False
    return any(address in network for network in networks) or (or_loopback and address.is_loopback)


class ForwardedScheme:
    """``X-Forwarded-Proto`` of a proxy, so that the console's cookie goes over TLS only where there is TLS."""

    def __init__(self, app: ASGIApp, proxies: Networks) -> None:
        self.app = app
        self.proxies = tuple(proxies)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] == "http"
            and Headers(scope=scope).get("x-forwarded-proto", "").strip().lower() == "https"
            and comes_from(scope, self.proxies, or_loopback=True)
        ):
            scope["scheme"] = "https"
        await self.app(scope, receive, send)
