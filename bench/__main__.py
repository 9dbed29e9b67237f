"""Measures pages, start and memory, and writes the results."""

import os
import tempfile
from pathlib import Path

import django
from playwright.sync_api import sync_playwright

from tests.support import environment  # noqa: F401 - secrets, before the settings are read

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lotse.settings")
# Playwright's loop runs in this thread, so Django would refuse to use the database in it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
django.setup()

from bench import memory, pages, report, server, slow_phone, wear  # noqa: E402
from tests.browser.talk import make_house  # noqa: E402
from tests.support import chromium  # noqa: E402
from tests.support.server import Server  # noqa: E402


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="lotse-bench-") as folder:
        _measure(Server(Path(folder), LOTSE_DEMO="1"))


def _measure(lotse: Server) -> None:
    lotse.manage("migrate", "--verbosity", "0")
    lotse.manage("load-demo")
    rows = server.measure(lotse)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.PATH, args=chromium.ARGUMENTS)
        rows += pages.measure(browser, lotse.url)
        house = make_house(lotse)
        rows += slow_phone.measure(browser, house) + memory.measure(browser, house)
        rows += wear.measure(house)
    lotse.stop()
    table = [{"what": what, "value": value, "target": target} for what, value, target in rows]
    report.save({"chromium": browser.version, "rows": table})


if __name__ == "__main__":
    main()
