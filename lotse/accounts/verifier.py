"""What the database keeps of a sign-in key.

A plain hash would let whoever steals the database, where the salts are, guess passwords. Guessing
costs the browser's Argon2id (docs/keys.md) for each try, and needs the pepper besides.
"""

import hmac
from uuid import UUID

from lotse.core.identifiers import to_text
from lotse.core.pepper import key_for


def verifier_of(person: UUID, sign_in_key: str) -> str:
    """Raises WrongPepper where there is no usable one."""
    message = person.bytes + sign_in_key.encode()
    return to_text(hmac.digest(key_for("sign-in-verifier"), message, "sha256"))


def is_verified(person: UUID, sign_in_key: str, verifier: str) -> bool:
    return hmac.compare_digest(verifier_of(person, sign_in_key).encode(), verifier.encode())
