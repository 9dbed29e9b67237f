"""Nicknames. Two that look the same count as the same."""

import re
import unicodedata

from lotse.core.limits import NICKNAME_MAX, NICKNAME_MIN
from lotse.core.normal_form import INVISIBLE, normal_form

FOLDED_MAX = 80
_VISIBLE = {"L", "N", "S"}
# They shape Persian letters, and join several emoji into one.
_JOINERS = "\u200c\u200d\ufe0f"
_UNWANTED = re.compile(f"(?![{_JOINERS}])[{INVISIBLE}]")


def fold_nickname(nickname: str) -> str:
    """The form in which nicknames are unique and are looked up."""
    return normal_form(normal_form(nickname).casefold())


def clean_nickname(nickname: str) -> str:
    """The nickname as shown. Raises ValueError with a stable code if it is not allowed."""
    cleaned = " ".join(unicodedata.normalize("NFC", _UNWANTED.sub("", nickname)).split())
    folded = fold_nickname(cleaned)
    # One letter may fold to eighteen letters (U+FDFA), and visible ones may fold to none.
    shortest = min(len(cleaned), len(folded))
    if shortest < NICKNAME_MIN or len(cleaned) > NICKNAME_MAX or len(folded) > FOLDED_MAX:
        raise ValueError("nickname-length")
    # Control characters draw nothing, or differ between devices. A name must also have a letter,
    # number or symbol, because nobody can be called by dots alone.
    kinds = {unicodedata.category(letter)[0] for letter in folded}
    if "C" in kinds or not kinds & _VISIBLE:
        raise ValueError("nickname-characters")
    return cleaned
