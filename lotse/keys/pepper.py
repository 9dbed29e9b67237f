"""Seals `wrapped_by_password` with the pepper, which is kept outside the database.

Without the pepper, a thief of the database cannot try passwords on that column.
"""

import functools
import secrets
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from lotse.core.pepper import WrongPepper, key_for
from lotse.keys.formats import context

_SUITE = b"\x01"
_NONCE = 12


def seal(person: UUID, opened: bytes) -> bytes:
    """Bound to the person, so that a value that was copied to another row does not open."""
    nonce = secrets.token_bytes(_NONCE)
    sealed = _cipher(key_for("pepper-at-rest")).encrypt(nonce, opened, context("pepper", person))
    return _SUITE + nonce + sealed


def unseal(person: UUID, sealed: bytes | memoryview) -> bytes:
    data = bytes(sealed)
    suite, nonce, rest = data[:1], data[1 : 1 + _NONCE], data[1 + _NONCE :]
    try:
        if suite != _SUITE:
            raise InvalidTag
        return _cipher(key_for("pepper-at-rest")).decrypt(nonce, rest, context("pepper", person))
    except InvalidTag as error:
        raise WrongPepper("a wrap does not open with this LOTSE_PEPPER") from error


@functools.lru_cache(maxsize=2)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)
