"""Languages that people speak, by BCP 47 code; names from CLDR through babel."""

from babel import Locale, UnknownLocaleError

RIGHT_TO_LEFT = {"ar", "ckb", "fa", "he", "ps", "ur"}


def name(code: str, into: str) -> str:
    """The name of the language `code`, in the language `into`."""
    try:
        named = Locale.parse(into, sep="-").languages.get(code)
    except (UnknownLocaleError, ValueError):
        named = None
    named = named or code
    return named[:1].upper() + named[1:]


def own_name(code: str) -> str:
    return name(code, code)


def direction(code: str) -> str:
    return "rtl" if code.partition("-")[0] in RIGHT_TO_LEFT else "ltr"
