"""The form in which names of places are compared."""

import re
import unicodedata

_UMLAUT_WRITTEN_OUT = re.compile("(?<=[aou])e")
_NOT_A_LETTER = re.compile(r"[\W_]+")
# Arabic and Persian keyboards differ; Arabic has no letter for g; and Ukrainian and Russian readers
# spell the same town with і or и, and with э, є or е.
_SCRIPTS = str.maketrans(
    "ٱةىیکغجگپڤіґєэ",
    "اهييككككبفигее",
    "ءـьъ\u200c\u200d",
)


def fold_place(name: str) -> str:
    """Lower case, no diacritics, ß as ss, ae/oe/ue as a/o/u, words separated by single spaces.

    "München", "Muenchen" and "munchen" become equal; so do هامبورغ, هامبورج and هامبورگ, or Кёльн
    and Кельн. A folded prefix is a prefix of the folded name, so that prefixes can be looked up:
    `fold_place("Mue")` is a prefix of "munchen".
    """
    letters = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    words = _NOT_A_LETTER.sub(" ", plain.translate(_SCRIPTS))
    return _UMLAUT_WRITTEN_OUT.sub("", words).strip()
