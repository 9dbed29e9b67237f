"""The browser's words: the same keys in every language, and every key that the source asks for."""

import re

import pytest

from tests.browser.door import LANGUAGES
from tests.support.server import ROOT
from tests.support.words import words

PLURALS = {
    "de": {"one", "other"},
    "en": {"one", "other"},
    "ar": {"zero", "one", "two", "few", "many", "other"},
    "ru": {"one", "few", "many", "other"},
}
CATEGORIES = PLURALS["ar"]
ASKED = re.compile(r"\bt\(\s*'([^']+)'")


def bare(language: str) -> dict[str, set[str]]:
    """Keys without their plural category, and the categories there are."""
    found: dict[str, set[str]] = {}
    for key in words(language):
        stem, _, last = key.rpartition(".")
        plural = last in CATEGORIES and f"{stem}.other" in words(language)
        found.setdefault(stem if plural else key, set()).update({last} if plural else ())
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_languages_say_the_same_things(language: str) -> None:
    assert bare(language).keys() == bare("de").keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_plurals_are_complete(language: str) -> None:
    for key, found in bare(language).items():
        # "zero" may be left to "other".
        assert found | {"zero"} in ({"zero"}, PLURALS[language] | {"zero"}), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_values_are_filled_in(language: str) -> None:
    def gaps(said: dict[str, str], stem: str) -> set[str]:
        texts = [text for key, text in said.items() if key == stem or key.startswith(f"{stem}.")]
        return set(re.findall(r"\{(\w+)\}", " ".join(texts)))

    for key in bare("de"):
        assert gaps(words(language), key) == gaps(words("de"), key), key


def test_every_word_that_is_asked_for_exists() -> None:
    known = bare("de").keys()
    for source in (ROOT / "browser").rglob("*.ts*"):
        for key in ASKED.findall(source.read_text(encoding="utf-8")):
            assert key in known, (key, source.name)
