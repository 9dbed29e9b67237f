"""`make screens [ONLY=staff.desk]` draws pages: phone and desktop, LTR and RTL, light and dark."""

import os
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from scripts.screens import client, public, staff
from tests.support import chromium
from tests.support.server import Server

OUT = Path("build/screens")
SIZES = {"phone": chromium.PHONE, "desktop": chromium.DESKTOP}
VISITS = [
    *(public.pages, public.doors, public.first_question),
    *(client.chat, client.locked),
    *(staff.desk, staff.coordination, staff.office),
]
LOOKS = [
    *(("de", "phone", "light"), ("de", "desktop", "light"), ("de", "desktop", "dark")),
    *(("ar", "phone", "light"), ("ar", "desktop", "light"), ("ar", "phone", "dark")),
]


def main() -> None:
    if not os.environ.get("ONLY"):
        shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True, exist_ok=True)
    server = Server(Path(tempfile.mkdtemp(prefix="lotse-screens-")), LOTSE_DEMO="1")
    server.manage("migrate", "--verbosity", "0")
    server.manage("load-demo")
    server.start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=chromium.PATH, args=chromium.ARGUMENTS
            )
            for look in LOOKS:
                draw(browser, server.url, *look)
    finally:
        server.stop()
        shutil.rmtree(server.data)


def draw(browser: Browser, url: str, language: str, size: str, scheme: str) -> None:
    wanted = os.environ.get("ONLY", "")
    for visit in VISITS:
        if wanted not in f"{visit.__module__}.{visit.__name__}":
            continue
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
