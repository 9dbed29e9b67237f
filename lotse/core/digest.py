"""How a secret that somebody shows to us is kept."""

import hashlib


def digest_of(secret: bytes | str) -> str:
    """SHA-256 in hex; for random secrets of 128 bits or more, which need no slow hash."""
    data = secret.encode() if isinstance(secret, str) else secret
    return hashlib.sha256(data).hexdigest()
