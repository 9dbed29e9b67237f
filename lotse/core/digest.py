"""The form in which the database keeps a secret that a client will show again."""

import hashlib


def digest_of(secret: bytes | str) -> str:
    """SHA-256 in hex. Only for random secrets of at least 128 bits, which need no slow hash."""
    data = secret.encode() if isinstance(secret, str) else secret
    return hashlib.sha256(data).hexdigest()
