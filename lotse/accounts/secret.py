"""The secret that unlocks a page: 32 bytes, `Authorization: Bearer <base64url>` on their way."""

import re

_BEARER = re.compile(r"Bearer ([A-Za-z0-9_-]{43})")


def secret_in(authorization: str) -> str:
    """Empty where there is none."""
    found = _BEARER.fullmatch(authorization)
    return found[1] if found else ""
