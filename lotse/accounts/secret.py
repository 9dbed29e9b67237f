"""The secret of an unlocked page: 32 bytes, sent as `Authorization: Bearer <base64url>`."""

import re

_BEARER = re.compile(r"Bearer ([A-Za-z0-9_-]{43})")


def secret_in(authorization: str) -> str:
    """The secret as base64url, or empty."""
    found = _BEARER.fullmatch(authorization)
    return found[1] if found else ""
