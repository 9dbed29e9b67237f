"""Public pages in real Chromium: weight, policy, accessibility, room."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.ask.addresses import LANGUAGES, LAYOUTS, PAGES
from tests.ask.conftest import SIZES
from tests.support.server import ROOT, Server

pytestmark = pytest.mark.browser
WEIGHT = 14 * 1024
AXE = ROOT / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
Window = Callable[..., BrowserContext]


@pytest.mark.parametrize("name", PAGES)
def test_page_is_light_and_comes_from_here_alone(
    name: str, window: Window, stocked: Server
) -> None:
    context = window("ar")
    page = context.new_page()
    network = context.new_cdp_session(page)
    sizes: list[float] = []
    network.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    network.send("Network.enable")
    hosts = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).netloc))
    page.goto(PAGES[name], wait_until="networkidle")
    assert sum(sizes) <= WEIGHT, f"{name}: {sum(sizes)} bytes in {len(sizes)} answers"
    assert hosts == {urlsplit(stocked.url).netloc}


# Names and colours are the same in every language; only the direction changes what axe looks at.
@pytest.mark.parametrize(("language", "scheme"), [("de", "light"), ("ar", "light"), ("de", "dark")])
def test_axe_finds_nothing(language: str, scheme: str, window: Window) -> None:
    context = window(language, java_script_enabled=True, bypass_csp=True, color_scheme=scheme)
    page = context.new_page()
    found = {name: violations for name in PAGES if (violations := _axe(page, PAGES[name]))}
    assert not found


def _axe(page: Page, address: str) -> list[Any]:
    page.goto(address)
    page.evaluate(Path(AXE).read_text())
    answer = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    return [
        (violation["id"], [node["html"][:200] for node in violation["nodes"]])
        for violation in answer["violations"]
    ]


@pytest.mark.parametrize("language", LAYOUTS)
def test_pages_fit_a_phone_and_a_thumb(language: str, window: Window) -> None:
    """Nothing runs over the edge; targets have 44 px, links in sentences apart (WCAG 2.5.8)."""
    page = window(language, "phone", java_script_enabled=True).new_page()
    for name, address in PAGES.items():
        page.set_viewport_size(SIZES["phone"])
        page.goto(address)
        small = page.evaluate(_SMALL)
        assert not small, f"{name} in {language}: {small}"
        assert _too_wide(page) <= 0, f"{name} in {language} on a phone"
        page.set_viewport_size(SIZES["narrow"])
        assert _too_wide(page) <= 0, f"{name} in {language} on a narrow phone"


@pytest.mark.parametrize("language", LAYOUTS)
def test_pages_fit_a_desktop(language: str, window: Window) -> None:
    page = window(language, "desktop", java_script_enabled=True).new_page()
    for name, address in PAGES.items():
        page.goto(address)
        assert _too_wide(page) <= 0, f"{name} in {language}"


def _too_wide(page: Page) -> int:
    """Pixels beyond the edge."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))


_SMALL = """() => [...document.querySelectorAll('a, button, summary, input:not([type=hidden])')]
  .filter(e => e.checkVisibility() && !e.classList.contains('visually-hidden'))
  .filter(e => getComputedStyle(e).display != 'inline')
  .map(e => [e.outerHTML.slice(0, 120), e.getBoundingClientRect()])
  .filter(([, box]) => box.width < 43.9 || box.height < 43.9)
  .map(([html, box]) => [html, box.width, box.height])"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_says_its_language(language: str, window: Window) -> None:
    page = window(language).new_page()
    answer = page.goto("/")
    assert answer is not None
    assert answer.headers["content-language"] == language
    html = page.locator("html")
    assert html.get_attribute("lang") == language
    assert html.get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
