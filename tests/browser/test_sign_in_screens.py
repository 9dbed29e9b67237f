"""Every screen before the chat: axe finds nothing, nothing is wider than 320 pixels."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from lotse.core.identifiers import new_id
from tests.browser.door import LAYOUTS, NARROW, ask_path, visit
from tests.browser.talk import PASSWORD, House, make_house
from tests.support.server import Server

TWICE = {"width": 640, "height": 1280}
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen" * 3


@pytest.fixture(scope="module")
def house(server: Server) -> House:
    return make_house(server, "Beratungsstelle " + LONG[:150])


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LAYOUTS)
def test_the_first_question(browser: Browser, house: House, language: str, scheme: Any) -> None:
    about = {"viewport": NARROW, "color_scheme": scheme, "reduced_motion": "reduce"}
    with visit(
        browser, house.server, f"/chat/?centre={house.centre}", language, **about
    ) as visitor:
        visitor.page.locator("textarea").wait_for()
        visitor.button("continue").click()
        visitor.sees("ask.empty")
        visitor.is_well_made()
        visitor.write(LONG)
        visitor.sees("ask.account")
        visitor.choose("x", "kurz")
        visitor.sees("choose.nickname-length")
        visitor.button("choose.offer").click()
        visitor.is_well_made()
        visitor.page.locator("input[autocomplete=username]").fill(f"u{str(new_id())[:7]}")
        visitor.button("continue").click()
        visitor.button("code.kept").wait_for(timeout=30_000)
        visitor.is_well_made()
        visitor.button("code.kept").click()
        visitor.page.locator("input.code-input").fill("????")
        visitor.button("continue").click()
        visitor.sees("code.wrong")
        visitor.is_well_made()


@pytest.mark.parametrize("path", ["/sign-in/", "/desk/", "/recover/", "/recover/?staff"])
@pytest.mark.parametrize("language", LAYOUTS)
def test_doors(browser: Browser, server: Server, language: str, path: str) -> None:
    with visit(browser, server, path, language, viewport=NARROW) as visitor:
        visitor.page.locator("#app form").wait_for()
        visitor.is_well_made()
        visitor.page.locator(".top .help").click()
        expect(visitor.page.locator("dialog")).to_be_visible()
        visitor.is_well_made()


def test_text_of_twice_the_size_fits(browser: Browser, house: House) -> None:
    with visit(browser, house.server, ask_path(house), viewport=TWICE) as visitor:
        visitor.page.locator("textarea").wait_for()
        visitor.page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert _overflow(visitor.page) <= 0


def test_unlocking(browser: Browser, house: House) -> None:
    client = house.client().client
    with visit(browser, house.server, "/sign-in/", viewport=NARROW) as visitor:
        visitor.sign_in(client.nickname, PASSWORD)
        visitor.chats("Wird mein Diplom anerkannt?")
        visitor.page.reload()
        visitor.button("unlock").wait_for()
        visitor.is_well_made()


def _overflow(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
