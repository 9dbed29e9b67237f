"""Builds browser bundles and message catalogues, which are never committed."""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from scripts import npm

LOCALE = Path("lotse/locale")


def catalogues() -> None:
    for source in LOCALE.glob("*/LC_MESSAGES/django.po"):
        with source.open("rb") as po, source.with_suffix(".mo").open("wb") as mo:
            write_mo(mo, read_po(po))


if __name__ == "__main__":
    catalogues()
    sys.exit(npm.run("run", "--silent", "build"))
