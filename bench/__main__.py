"""Measures pages, start and memory, and writes down what it found."""

import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench import memory, pages, report, server, slow_phone
from tests.browser.talk import make_house
from tests.support import chromium
from tests.support.server import Server


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
    lotse.stop()
    table = [{"what": what, "value": value, "target": target} for what, value, target in rows]
    report.save({"chromium": browser.version, "rows": table})


if __name__ == "__main__":
    main()
