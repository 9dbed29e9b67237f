"""Leaving and speaking another language, on pages that have no script."""

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.server import Server

WEATHER = "Das Wetter"


class Weather(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        self.wfile.write(WEATHER.encode())


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    """A page of another origin."""
    with HTTPServer(("127.0.0.1", 0), Weather) as weather:
        Thread(target=weather.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{weather.server_port}/"
        weather.shutdown()


@pytest.fixture
def page(browser: Browser, new_server: Callable[..., Server], elsewhere: str) -> Iterator[Page]:
    server = new_server(LOTSE_QUICK_EXIT=elsewhere)
    context = browser.new_context(
        base_url=server.url,
        viewport={"width": 390, "height": 800},
        java_script_enabled=False,
        locale="de",
    )
    yield context.new_page()
    context.close()
    server.stop()


def test_both_work_without_script(page: Page, elsewhere: str) -> None:
    page.goto("/help/?a=1")
    page.locator(".top summary").click()
    page.locator(".top button[value=ar]").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert page.url.endswith("/help/?a=1")
    page.goto("/")
    page.locator(".tongues button[value=ru]").click()
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    page.locator(".top .exit").click()
    expect(page.locator("body")).to_have_text(WEATHER)
    assert page.url == elsewhere
