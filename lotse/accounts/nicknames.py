"""Nicknames: two that look the same are the same."""

import unicodedata

from lotse.core.limits import NICKNAME_MAX, NICKNAME_MIN


def fold_nickname(nickname: str) -> str:
    """The form under which a nickname is unique: NFKC, case-folded, spaces joined."""
    return " ".join(unicodedata.normalize("NFKC", nickname).casefold().split())


def clean_nickname(nickname: str) -> str:
    """The nickname as shown; raises ValueError with a stable word where it cannot be one."""
    cleaned = " ".join(unicodedata.normalize("NFC", nickname).split())
    if not NICKNAME_MIN <= len(cleaned) <= NICKNAME_MAX:
        raise ValueError("nickname-length")
    if any(unicodedata.category(letter)[0] == "C" for letter in cleaned):
        # Control and bidirectional override characters make one name look like another.
        raise ValueError("nickname-characters")
    return cleaned
