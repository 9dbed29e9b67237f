from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.support.chromium import DESKTOP, PHONE
from tests.support.server import Server

NARROW = {"width": 320, "height": 640}
SIZES = {"phone": PHONE, "desktop": DESKTOP, "narrow": NARROW}


@pytest.fixture(scope="session")
def stocked(new_server: Callable[..., Server]) -> Server:
    server = new_server(LOTSE_OPERATOR="Musterverband e. V.")
    server.manage("shell", "-v0", "-c", "from tests.ask.stock import stock; stock()")
    return server


@pytest.fixture
def window(browser: Browser, stocked: Server) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browser windows; without script unless told otherwise, as the pages need none."""
    made: list[BrowserContext] = []

    def make(language: str = "de", size: str = "phone", **options: object) -> BrowserContext:
        wishes = {"java_script_enabled": False, "locale": language} | options
        context = browser.new_context(
            base_url=stocked.url,
            viewport=SIZES[size],
            is_mobile=size != "desktop",
            **wishes,
        )
        made.append(context)
        return context

    yield make
    for context in made:
        context.close()
