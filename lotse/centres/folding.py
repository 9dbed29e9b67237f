"""The form under which names of places are compared."""

import re
import unicodedata

_UMLAUT_WRITTEN_OUT = re.compile("(?<=[aou])e")
_NOT_A_LETTER = re.compile(r"[\W_]+")
# Arabic and Persian keyboards differ, no Arabic letter is a g, and Ukrainian and Russian readers
# write one town with і or и, э, є or е.
_SCRIPTS = str.maketrans(
    "ٱةىیکغجگپڤіґєэ",
    "اهييككككبفигее",
    "ءـьъ\u200c\u200d",
)


def fold_place(name: str) -> str:
    """Lower case, no diacritics, ß as ss, ae/oe/ue as a/o/u, words parted by single spaces.

    "München", "Muenchen" and "munchen" fall together; so do هامبورغ, هامبورج and هامبورگ, or Кёльн
    and Кельн. The folding of a beginning is the beginning of the folding, so that prefixes can be
    looked up: `fold_place("Mue")` begins "munchen".
    """
    letters = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    words = _NOT_A_LETTER.sub(" ", plain.translate(_SCRIPTS))
    return _UMLAUT_WRITTEN_OUT.sub("", words).strip()
