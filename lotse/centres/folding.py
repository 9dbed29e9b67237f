"""The form under which names of places are compared."""

import re
import unicodedata

_UMLAUT_WRITTEN_OUT = re.compile("(?<=[aou])e")
_NOT_A_LETTER = re.compile(r"[\W_]+")


def fold_place(name: str) -> str:
    """Lower case, no diacritics, ß as ss, ae/oe/ue as a/o/u, words parted by single spaces.

    "München", "Muenchen" and "munchen" fall together. The folding of a beginning is the beginning
    of the folding, so that prefixes can be looked up: `fold_place("Mue")` begins "munchen".
    """
    letters = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return _UMLAUT_WRITTEN_OUT.sub("", _NOT_A_LETTER.sub(" ", plain)).strip()
