"""Where a request comes from, for limits by address: the same answer for Django and plain ASGI."""

import ipaddress
from typing import Any

from lotse import env


def address_of_scope(scope: Any) -> str:
    """See `address_of`; `scope` is that of an ASGI request."""
    lines = [value for name, value in scope["headers"] if name == b"x-forwarded-for"]
    client = scope.get("client")
    return address_of(b",".join(lines).decode("latin-1"), client[0] if client else "")


def address_of(forwarded: str, peer: str) -> str:
    """The sender's address as the outermost of our own proxies saw it; IPv6 as its /64.

    `forwarded` is X-Forwarded-For, `peer` the other end of the connection.
    """
    hops = forwarded.split(",")
    # Entries further left are the sender's own words.
    is_trusted = env.PROXIES and len(hops) >= env.PROXIES
    text = hops[-env.PROXIES] if is_trusted else peer
    try:
        address = ipaddress.ip_address(text.strip())
    except ValueError:
        return "unknown"
    if address.version == 6:
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False))
    return str(address)
