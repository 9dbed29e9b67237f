"""The lock that is kept outside the database.

Whoever steals the database alone cannot try passwords on `wrapped_by_password`.
"""

import functools
import secrets
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from lotse import env
from lotse.core.identifiers import from_text
from lotse.keys.formats import context

_SUITE = b"\x01"
_NONCE = 12


class WrongPepper(RuntimeError):
    """LOTSE_PEPPER is missing, malformed, or not the one that the database was sealed with."""


def is_usable(text: str) -> bool:
    try:
        return len(from_text(text)) == 32
    except ValueError:
        return False


def seal(person: UUID, opened: bytes) -> bytes:
    """Bound to the person: another row's value would not open."""
    nonce = secrets.token_bytes(_NONCE)
    sealed = _cipher(env.PEPPER).encrypt(nonce, opened, context("pepper", person))
    return _SUITE + nonce + sealed


def unseal(person: UUID, sealed: bytes | memoryview) -> bytes:
    data = bytes(sealed)
    suite, nonce, rest = data[:1], data[1 : 1 + _NONCE], data[1 + _NONCE :]
    try:
        if suite != _SUITE:
            raise InvalidTag
        return _cipher(env.PEPPER).decrypt(nonce, rest, context("pepper", person))
    except InvalidTag as error:
        raise WrongPepper("a wrap does not open with this LOTSE_PEPPER") from error


@functools.lru_cache(maxsize=2)
def _cipher(pepper: str) -> AESGCM:
    return AESGCM(_derived(pepper, "pepper-at-rest"))


def _derived(pepper: str, purpose: str) -> bytes:
    if not is_usable(pepper):
        raise WrongPepper("LOTSE_PEPPER is not 32 bytes of base64url")
    return HKDF(SHA256(), 32, salt=None, info=context(purpose)).derive(from_text(pepper))
