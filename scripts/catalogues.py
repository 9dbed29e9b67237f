"""Fails if a text is missing, wrong or no longer used in one of the interface's languages.

Compares Django's catalogues with the messages that `makemessages` finds in the source (this needs
gettext), and the browser's words with each other. To add new messages: `cd lotse &&
django-admin makemessages -l de -l ar -l ru --no-location --no-obsolete --no-wrap`.
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from babel import Locale
from babel.messages.pofile import read_po

ROOM = Path("lotse")
WORDS = Path("browser/words")
LANGUAGES = ("de", "en", "ar", "ru")
TRANSLATED = ("de", "ar", "ru")
_PLURAL = re.compile(r"(.+)\.(?:zero|one|two|few|many|other)")
_PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")


def main() -> int:
    problems = [*django(), *words()]
    for problem in problems:
        print(problem)
    return 1 if problems else 0


def django() -> Iterator[str]:
    if shutil.which("xgettext") is None:
        yield "gettext is not installed (Debian: apt-get install gettext)."
        return
    needed = _messages_in_source()
    for language in TRANSLATED:
        have = _catalogue(ROOM / f"locale/{language}/LC_MESSAGES/django.po")
        for text in needed.keys() - have.keys():
            yield f"django {language}: missing: {text}"
        for text in have.keys() - needed.keys():
            yield f"django {language}: no longer used: {text}"
        for text, translation in have.items():
            if not translation:
                yield f"django {language}: not translated: {text}"
            elif _placeholders(text) != _placeholders(translation):
                yield f"django {language}: other placeholders: {text}"


def _messages_in_source() -> dict[str, str]:
    """Runs makemessages on a copy, so that the checkout does not change."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "lotse"
        left_out = shutil.ignore_patterns("assets", "data", "locale", "migrations", "__pycache__")
        shutil.copytree(ROOM, copy, ignore=left_out)
        (copy / "locale").mkdir()
        arguments = ["makemessages", "-l", "de", "--no-location", "-v0"]
        subprocess.run([sys.executable, "-m", "django", *arguments], cwd=copy, check=True)
        return _catalogue(copy / "locale/de/LC_MESSAGES/django.po")


def _catalogue(path: Path) -> dict[str, str]:
    """Translations by message. Fuzzy ones count as not translated."""
    with path.open("rb") as file:
        return {
            f"{message.context or ''}\x04{message.id}".lstrip("\x04"): ""
            if message.fuzzy
            else str(message.string or "")
            for message in read_po(file)
            if message.id
        }


def words() -> Iterator[str]:
    tables: dict[str, dict[str, str]] = {
        language: json.loads((WORDS / f"{language}.json").read_text(encoding="utf-8"))
        for language in LANGUAGES
    }
    counted = {
        key.removesuffix(".other")
        for key in tables["en"]
        if key.endswith(".other") and f"{key.removesuffix('.other')}.one" in tables["en"]
    }
    everything = {_base(key, counted) for table in tables.values() for key in table}
    for language, table in tables.items():
        needed = everything - counted
        needed |= {f"{base}.{form}" for base in counted for form in _plural_forms(language)}
        for key in sorted(needed - table.keys()):
            yield f"words {language}: missing: {key}"
        for key, text in table.items():
            if not text.strip():
                yield f"words {language}: empty: {key}"
            original = tables["en"].get(key, text)
            # Only plurals may leave out a placeholder: "one file" needs no number.
            if _base(key, counted) == key and _placeholders(text) != _placeholders(original):
                yield f"words {language}: other placeholders: {key}"


def _base(key: str, counted: set[str]) -> str:
    plural = _PLURAL.fullmatch(key)
    return plural[1] if plural and plural[1] in counted else key


def _plural_forms(language: str) -> set[str]:
    """Leaves out "zero": most texts are never shown for none, and `other` may replace it."""
    return {*Locale(language).plural_form.tags, "other"} - {"zero"}


def _placeholders(text: str) -> list[str]:
    return sorted(_PLACEHOLDER.findall(text))


if __name__ == "__main__":
    sys.exit(main())
