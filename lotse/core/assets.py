"""Built browser files by their plain name; browser/build.mjs writes the manifest."""

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
    """The address of an asset such as "main.js"; raises KeyError for an unknown one."""
    return f"{settings.STATIC_URL}lotse/{_manifest()[name]['file']}"


def preloads(name: str) -> list[str]:
    """Addresses of the modules that `name` imports at once, so that they load side by side."""
    return [f"{settings.STATIC_URL}lotse/{file}" for file in _manifest()[name]["imports"]]
