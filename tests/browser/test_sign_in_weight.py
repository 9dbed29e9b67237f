"""What signing in costs on prepaid data: 40 KiB, all in all, up to the derived key."""

import gzip

import pytest
from playwright.sync_api import Browser, Request, expect

from tests.browser.door import LANGUAGES, visit
from tests.support.server import Server

LIMIT = 40 * 1024


@pytest.mark.parametrize("language", LANGUAGES)
def test_signing_in_weighs_little(browser: Browser, server: Server, language: str) -> None:
    sizes: dict[str, int] = {}

    def weigh(request: Request) -> None:
        response = request.response()
        assert response
        path = request.url.removeprefix(server.url)
        if path.startswith("/api/"):
            return
        compressed = request.sizes()["responseBodySize"]
        encoded = "content-encoding" in response.headers
        sizes[path] = (
            compressed if encoded else min(compressed, len(gzip.compress(response.body())))
        )

    with visit(browser, server, "/imprint/", language) as visitor:
        page = visitor.page
        page.on("requestfinished", weigh)
        page.goto(f"{server.url}/sign-in/")
        page.locator("#app form").wait_for()
        worker = page.locator("#app").get_attribute("data-worker")
        page.evaluate("address => fetch(address).then(answer => answer.arrayBuffer())", worker)
        expect(visitor.button("sign-in")).to_be_visible()
        page.wait_for_timeout(500)
    assert any("argon2" in path for path in sizes)
    assert sum(sizes.values()) <= LIMIT, sizes
