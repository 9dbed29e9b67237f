"""The verifier of a sign-in key, which the database keeps instead of the key.

With a plain hash, a thief of the database, which has the salts, could guess passwords. As it is,
each guess costs the browser's Argon2id (docs/keys.md), and the thief also needs the pepper.
"""

import hmac
from uuid import UUID

from lotse.core.identifiers import to_text
from lotse.core.pepper import key_for


def verifier_of(person: UUID, sign_in_key: str) -> str:
    """Raises WrongPepper if there is no usable pepper."""
    message = person.bytes + sign_in_key.encode()
    return to_text(hmac.digest(key_for("sign-in-verifier"), message, "sha256"))


def is_verified(person: UUID, sign_in_key: str, verifier: str) -> bool:
    return hmac.compare_digest(verifier_of(person, sign_in_key).encode(), verifier.encode())
