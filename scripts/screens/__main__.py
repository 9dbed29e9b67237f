"""`make screens`: every main page in light and dark, LTR and RTL, phone and desktop."""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from scripts.screens import visits
from tests.support import chromium
from tests.support.server import Server

OUT = Path("build/screens")
SIZES = {"phone": chromium.PHONE, "desktop": chromium.DESKTOP}


def main() -> None:
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    server = Server(Path(tempfile.mkdtemp(prefix="lotse-screens-")), LOTSE_DEMO="1")
    server.manage("migrate", "--verbosity", "0")
    server.manage("load-demo")
    server.start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium.PATH, args=chromium.ARGUMENTS
            )
            for language in ("de", "ar"):
                for size in SIZES:
                    for scheme in ("light", "dark"):
                        draw(browser, server.url, language, size, scheme)
    finally:
        server.stop()
        shutil.rmtree(server.data)


def draw(browser: Browser, url: str, language: str, size: str, scheme: str) -> None:
    for visit in visits.ALL:
        context = browser.new_context(
            base_url=url,
            locale=language,
            viewport=SIZES[size],  # type: ignore[arg-type]
            color_scheme=scheme,  # type: ignore[arg-type]
            reduced_motion="reduce",
        )
        page = context.new_page()
        for name in visit(page, language):
            page.screenshot(path=OUT / f"{name}-{language}-{size}-{scheme}.png")
        context.close()


if __name__ == "__main__":
    main()
