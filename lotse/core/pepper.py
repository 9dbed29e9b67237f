"""Derives a key for each purpose from the secret that is kept outside the database."""

import functools

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from lotse import env
from lotse.core.identifiers import from_text


class WrongPepper(RuntimeError):
    """LOTSE_PEPPER is missing, malformed, or not the pepper that this database was sealed with."""


def is_usable(text: str) -> bool:
    try:
        return len(from_text(text)) == 32
    except ValueError:
        return False


def key_for(purpose: str) -> bytes:
    """32 bytes that reveal nothing about the keys for other purposes; raises WrongPepper."""
    return _derived(env.PEPPER, purpose)


@functools.lru_cache(maxsize=32)
def _derived(pepper: str, purpose: str) -> bytes:
    if not is_usable(pepper):
        raise WrongPepper("LOTSE_PEPPER is not 32 bytes of base64url")
    info = f"lotse/1\n{purpose}\n".encode()
    return HKDF(SHA256(), 32, salt=None, info=info).derive(from_text(pepper))
