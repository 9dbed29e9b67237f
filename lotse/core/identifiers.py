"""Identifiers and how bytes are written in JSON."""

import functools
import secrets
import uuid

import pybase64

new_id = uuid.uuid4
to_id = functools.lru_cache(2**16)(uuid.UUID)
"""For ids that come again and again."""
PATTERN = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
"""Of an id in an address."""


def new_key() -> int:
    """For the database alone: half as long as an id."""
    return secrets.randbits(63)


def to_text(data: bytes | memoryview) -> str:
    """Base64url without padding, as the browser writes it."""
    return pybase64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_text(text: str) -> bytes:
    """The bytes behind `to_text`; raises ValueError for anything else."""
    data = pybase64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if to_text(data) != text:
        raise ValueError("not canonical base64url")
    return data
