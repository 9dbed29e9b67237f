"""The address of a request's sender, for limits by address, the same for Django and plain ASGI."""

import ipaddress
from typing import Any

from lotse import env

UNKNOWN = "unknown"
"""All senders whose address cannot be read share this one, and so one limit: that fails closed."""


def address_of_scope(scope: Any) -> str:
    """Like `address_of`, for the `scope` of an ASGI request."""
    lines = [value for name, value in scope["headers"] if name == b"x-forwarded-for"]
    client = scope.get("client")
    return address_of(b",".join(lines).decode("latin-1"), client[0] if client else "")


def address_of(forwarded: str, peer: str) -> str:
    """The sender's address as the outermost of our own proxies saw it; IPv6 as its /64.

    `forwarded` is the X-Forwarded-For header, `peer` the other end of the connection.
    """
    return addresses_of(forwarded, peer)[0]


def addresses_of(forwarded: str, peer: str) -> tuple[str, ...]:
    """Like `address_of`, and for IPv6 also the /56 around the /64.

    One device has a /64 to itself, but a household or a rented server may have a whole /56. Without
    a limit for the /56, an attacker could use each of its 256 networks in turn.
    """
    hops = forwarded.split(",")
    # The sender can invent the entries further left.
    is_trusted = env.PROXIES and len(hops) >= env.PROXIES
    text = hops[-env.PROXIES] if is_trusted else peer
    try:
        address = ipaddress.ip_address(_without_port(text.strip()))
    except ValueError:
        return (UNKNOWN,)
    if isinstance(address, ipaddress.IPv4Address):
        return (str(address),)
    if address.ipv4_mapped:
        return (str(address.ipv4_mapped),)
    return tuple(
        str(ipaddress.ip_network((int(address), prefix), strict=False)) for prefix in (64, 56)
    )


def _without_port(text: str) -> str:
    """Some proxies write "192.0.2.1:5678", "[2001:db8::1]:443" or "[2001:db8::1]"."""
    if text.startswith("["):
        return text[1:].partition("]")[0]
    host, _, port = text.partition(":")
    return host if "." in host and port.isdecimal() else text
