"""Identifiers, and bytes as text in JSON."""

import functools
import secrets
import uuid

import pybase64

new_id = uuid.uuid4
to_id = functools.lru_cache(2**16)(uuid.UUID)
"""Cached, because the same ids recur."""
PATTERN = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
"""A regular expression for an id in an address."""


def new_key() -> int:
    """A key for use inside the database: half as long as an id."""
    return secrets.randbits(63)


def to_text(data: bytes | memoryview) -> str:
    """Base64url without padding, as the browser writes it."""
    return pybase64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_text(text: str) -> bytes:
    """Reverses `to_text`; raises ValueError for any other text."""
    data = pybase64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if to_text(data) != text:
        raise ValueError("not canonical base64url")
    return data
