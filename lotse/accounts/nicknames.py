"""Nicknames: two that look the same are the same."""

import re
import unicodedata

from lotse.core.limits import NICKNAME_MAX, NICKNAME_MIN
from lotse.core.normal_form import INVISIBLE, normal_form

FOLDED_MAX = 80
_VISIBLE = {"L", "N", "S"}
# They shape letters of Persian, and join emoji into one.
_JOINERS = "\u200c\u200d\ufe0f"
_UNWANTED = re.compile(f"(?![{_JOINERS}])[{INVISIBLE}]")


def fold_nickname(nickname: str) -> str:
    """The form under which a nickname is unique, and by which it is found."""
    return normal_form(normal_form(nickname).casefold())


def clean_nickname(nickname: str) -> str:
    """The nickname as shown; raises ValueError with a stable word where it cannot be one."""
    cleaned = " ".join(unicodedata.normalize("NFC", _UNWANTED.sub("", nickname)).split())
    folded = fold_nickname(cleaned)
    # A single letter may fold to eighteen (U+FDFA), and what is shown may fold to nothing.
    if len(cleaned) > NICKNAME_MAX or not NICKNAME_MIN <= len(folded) <= FOLDED_MAX:
        raise ValueError("nickname-length")
    # Control characters draw nothing, or differently on each device. A name of dots alone is
    # nothing that somebody could be called by.
    kinds = {unicodedata.category(letter)[0] for letter in folded}
    if "C" in kinds or not kinds & _VISIBLE:
        raise ValueError("nickname-characters")
    return cleaned
