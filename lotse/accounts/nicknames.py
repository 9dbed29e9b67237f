"""Nicknames: two that look the same are the same."""

import unicodedata

from lotse.core.limits import NICKNAME_MAX, NICKNAME_MIN

FOLDED_MAX = 80
_SHOWN = {"L", "N", "S"}


def fold_nickname(nickname: str) -> str:
    """The form under which a nickname is unique: NFKC, case-folded, spaces joined."""
    # Case folding may take letters apart again (RFC 8265), hence twice.
    folded = unicodedata.normalize("NFKC", nickname).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())


def clean_nickname(nickname: str) -> str:
    """The nickname as shown; raises ValueError with a stable word where it cannot be one."""
    cleaned = " ".join(unicodedata.normalize("NFC", nickname).split())
    # A single letter may fold to eighteen (U+FDFA).
    if not NICKNAME_MIN <= len(cleaned) <= NICKNAME_MAX or len(fold_nickname(cleaned)) > FOLDED_MAX:
        raise ValueError("nickname-length")
    kinds = {unicodedata.category(letter)[0] for letter in cleaned}
    # Control and bidirectional override characters make one name look like another; a name of
    # dots alone would not survive in an address.
    if "C" in kinds or not kinds & _SHOWN:
        raise ValueError("nickname-characters")
    return cleaned
