"""Identifiers and how bytes are written in JSON."""

import base64
import binascii
import uuid

new_id = uuid.uuid4
PATTERN = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
"""Of an id in an address."""


def to_text(data: bytes | memoryview) -> str:
    """Base64url without padding, as the browser writes it."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_text(text: str) -> bytes:
    """The bytes behind `to_text`; raises ValueError for anything else."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError("not base64url") from error
    if to_text(data) != text:
        raise ValueError("not canonical base64url")
    return data
