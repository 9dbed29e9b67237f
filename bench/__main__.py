"""Runs every measurement and writes bench/results.json and docs/performance.md."""

import json
import platform
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench import memory, pages, server, slow_phone
from tests.browser.talk import make_house
from tests.support import chromium
from tests.support.server import Server

RESULTS = Path("bench/results.json")
REPORT = Path("docs/performance.md")


def main() -> None:
    lotse = Server(Path(tempfile.mkdtemp(prefix="lotse-bench-")), LOTSE_DEMO="1")
    lotse.manage("migrate", "--verbosity", "0")
    lotse.manage("load-demo")
    rows = server.measure(lotse)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.PATH, args=chromium.ARGUMENTS)
        rows += pages.measure(browser, lotse.url)
        house = make_house(lotse)
        rows += slow_phone.measure(browser, house) + memory.measure(browser, house)
    lotse.stop()
    machine = {"python": platform.python_version(), "cpu": _cpu(), "chromium": browser.version}
    table = [{"what": what, "value": value, "target": target} for what, value, target in rows]
    RESULTS.write_text(json.dumps({"machine": machine, "rows": table}, indent=1) + "\n")
    REPORT.write_text(_report(machine, rows))


def _cpu() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.split(": ")[1] for line in lines if line.startswith("model name")), "?")


def _report(machine: dict[str, str], rows: list[tuple[str, str, str]]) -> str:
    lines = [f"| {what} | {value} | {target} |" for what, value, target in rows]
    return "\n".join(
        [
            "# Performance",
            "",
            f"Written by `make bench`. CPU: {machine['cpu']}, Python {machine['python']}, "
            f"Chromium {machine['chromium']}. Browser times are medians of five visits.",
            "",
            "| what | measured | target |",
            "|---|---|---|",
            *lines,
            "",
        ]
    )


if __name__ == "__main__":
    main()
