"""Reads languages and topics as people write them into a spreadsheet."""

import re

from django.conf import settings

from lotse.centres.models import Language, Topic
from lotse.core import languages

_SEPARATORS = re.compile(r"[,;/|]+")


class Offers:
    """What exists in the office, by code, by slug, and by name in each interface language."""

    def __init__(self) -> None:
        self._languages: dict[str, str] = {}
        self._topics: dict[str, str] = {}
        for code in Language.objects.values_list("code", flat=True):
            names = [languages.name(code, into) for into, _ in settings.LANGUAGES]
            for name in (code, languages.own_name(code), *names):
                self._languages[name.casefold()] = code
        for slug, topic_names in Topic.objects.values_list("slug", "names"):
            for name in (slug, *topic_names.values()):
                self._topics[name.casefold()] = slug

    def languages(self, text: str) -> list[str]:
        return _known(text, self._languages, "language")

    def topics(self, text: str) -> list[str]:
        return _known(text, self._topics, "topic")


def _known(text: str, names: dict[str, str], kind: str) -> list[str]:
    """Each item once, in the given order. Raises ValueError, which names what is unknown."""
    words = [word.strip() for word in _SEPARATORS.split(text) if word.strip()]
    unknown = [word for word in words if word.casefold() not in names]
    if unknown:
        raise ValueError(f"Unknown {kind}: {', '.join(unknown)}.")
    return list(dict.fromkeys(names[word.casefold()] for word in words))
