"""Finds built browser files by their plain name. browser/build.mjs writes the manifest."""

import functools
import json
from typing import TypedDict

from django.conf import settings


class Asset(TypedDict):
    file: str
    sha256: str
    imports: list[str]


@functools.cache
def _manifest() -> dict[str, Asset]:
    try:
        manifest: dict[str, Asset] = json.loads((settings.ASSETS / "manifest.json").read_text())
    except FileNotFoundError as error:
        raise RuntimeError("The browser files are not built: run `make assets`.") from error
    return manifest


def address(name: str) -> str:
    """The address of an asset such as "main.js"; raises KeyError for an unknown name."""
    return f"{settings.STATIC_URL}lotse/{_manifest()[name]['file']}"


@functools.cache
def preloads(name: str) -> list[str]:
    """Addresses of all modules that the module `name` imports, so that they load in parallel."""
    return [f"{settings.STATIC_URL}lotse/{file}" for file in sorted(_imported(name))]


def _imported(name: str) -> set[str]:
    by_file = {asset["file"]: asset for asset in _manifest().values()}
    found: set[str] = set()
    waiting = list(_manifest()[name]["imports"])
    while waiting:
        file = waiting.pop()
        if file not in found:
            found.add(file)
            waiting += by_file[file]["imports"]
    return found
