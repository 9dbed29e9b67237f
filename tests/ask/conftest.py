from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ViewportSize

from tests.ask.stock import stock
from tests.support.chromium import DESKTOP, PHONE
from tests.support.inside import inside
from tests.support.server import Server

SIZES: dict[str, ViewportSize] = {
    "narrow": {"width": 320, "height": 640},
    "phone": {"width": PHONE["width"], "height": PHONE["height"]},
    "desktop": {"width": DESKTOP["width"], "height": DESKTOP["height"]},
}


@pytest.fixture(scope="session")
def stocked(new_server: Callable[..., Server]) -> Server:
    server = new_server(LOTSE_OPERATOR="Musterverband e. V.")
    with inside(server):
        stock()
    return server


@pytest.fixture
def window(browser: Browser, stocked: Server) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browser windows; without script unless told otherwise, as the pages need none."""
    made: list[BrowserContext] = []

    def make(language: str = "de", size: str = "phone", **options: Any) -> BrowserContext:
        wishes: dict[str, Any] = {"java_script_enabled": False, "locale": language}
        context = browser.new_context(
            base_url=stocked.url,
            viewport=SIZES[size],
            is_mobile=size != "desktop",
            **wishes | options,
        )
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()
