"""The normal form of text that people type from memory, on different keyboards.

`browser/crypto/normal-form.ts` does the same in the browser, and `tests/crypto/normal-form.json`
tests both. The tables are written out here, because a password must not stop working when a browser
or Python has another version of Unicode.
"""

import re
import unicodedata

# Category Cf, other characters that draw nothing (default ignorable), and the empty Braille cell.
INVISIBLE = (
    "\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
# Arabic vowel signs, hamza as a separate mark, and tatweel.
_MARKS = (
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u0674\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8"
    "\u06ea-\u06ed\u0897-\u089f\u08ca-\u08e1\u08e3-\u08ff"
)
_DROPPED = re.compile(f"[{INVISIBLE}{_MARKS}]")
_SPACES = re.compile("[\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")

_VARIANTS = {
    "\u0627": "\u0622\u0623\u0625\u0671\u0672\u0673",  # alef
    "\u0648": "\u0624",  # waw
    "\u064a": "\u0626\u0649\u06cc",  # yeh
    "\u0643": "\u06a9\u06aa",  # kaf
    "\u0647": "\u0629\u06be\u06c0\u06c1\u06c2\u06c3\u06d5",  # heh
}
# The zero of each script's digits (category Nd of Unicode 17; NFKC has converted the others).
# Ethiopic has no zero. The character before its digit one must not change.
_ZEROS = (
    "660 6f0 7c0 966 9e6 a66 ae6 b66 be6 c66 ce6 d66 de6 e50 ed0 f20 1040 1090 17e0 1810 1946 19d0 "
    "1a80 1a90 1b50 1bb0 1c40 1c50 a620 a8d0 a900 a9d0 a9f0 aa50 abf0 104a0 10d30 10d40 11066 "
    "110f0 11136 111d0 112f0 11450 114d0 11650 116c0 116d0 116da 11730 118e0 11950 11bf0 11c50 "
    "11d50 11da0 11de0 11f50 16130 16a60 16ac0 16b50 16d70 1e140 1e2f0 1e4f0 1e5f1 1e950"
)
_ETHIOPIC_ONE = 0x1369
_LETTERS = (
    {ord(variant): letter for letter, variants in _VARIANTS.items() for variant in variants}
    | {int(zero, 16) + digit: str(digit) for zero in _ZEROS.split() for digit in range(10)}
    | {_ETHIOPIC_ONE + digit - 1: str(digit) for digit in range(1, 10)}
)


def normal_form(text: str) -> str:
    """Keeps case and Latin accents. A second call changes nothing."""
    letters = _DROPPED.sub("", unicodedata.normalize("NFKC", text)).translate(_LETTERS)
    # An invisible character may have separated a letter from its accent, so compose again.
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", letters)).strip(" ")
