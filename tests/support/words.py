"""The browser's words, so that tests look for the texts that people read."""

import json
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "browser" / "words"


def words(language: str) -> dict[str, str]:
    found: dict[str, str] = json.loads((FOLDER / f"{language}.json").read_text(encoding="utf-8"))
    return found
