"""The desk for everybody: axe, both directions, a narrow phone, and the keyboard alone."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.desk import colleague, coordinator, open_desk, say
from tests.browser.talk import House, Someone, make_house
from tests.support.chromium import DESKTOP, PHONE
from tests.support.server import Server

pytestmark = pytest.mark.browser
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = "tags => axe.run(document, {runOnly: tags})"


@pytest.fixture(scope="module")
def house(server: Server) -> House:
    house = make_house(server)
    house.client("Wie finde ich einen Sprachkurs?").answer("Hier ist eine Liste.")
    house.client("كيف أعادل شهادتي؟", "ar")
    house.client("Ich brauche Hilfe mit dem Jobcenter.")
    return house


@pytest.fixture(scope="module")
def waiting(house: House) -> Someone:
    return colleague(house, "Mira Probst")


@pytest.fixture(params=["de", "ar"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=["desktop", "phone-dark"])
def screen(request: pytest.FixtureRequest) -> dict[str, Any]:
    if request.param == "desktop":
        return {"viewport": DESKTOP}
    return {"viewport": PHONE, "color_scheme": "dark"}


def violations(page: Page) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(RUN, TAGS)["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


def check(page: Page) -> None:
    assert violations(page) == []
    too_wide = "document.documentElement.scrollWidth > innerWidth"
    assert not page.evaluate(too_wide), "scrolls sideways"


def test_axe_finds_nothing(
    browser: Browser,
    house: House,
    waiting: Someone,
    language: str,
    screen: dict[str, Any],
) -> None:
    page, context = open_desk(browser, house.counsellor, language, **screen)
    expect(page.locator(".admission .fingerprint")).to_contain_text(" ")
    expect(page.locator(".row-text").first).not_to_have_class("skeleton")
    check(page)
    page.locator(".row a").first.click()
    expect(page.locator(".take button")).to_be_visible()
    check(page)
    for name in ("mine", "closed", "profile", "absences", "account"):
        page.evaluate("name => { location.hash = name }", name)
        expect(page.get_by_role("heading", level=1)).to_have_text(say(name, language))
        expect(page.locator(".desk-wait")).to_have_count(0)
        check(page)
    context.close()


def test_axe_finds_nothing_while_waiting_and_inviting(
    browser: Browser, house: House, waiting: Someone, language: str
) -> None:
    page, context = open_desk(browser, waiting, language)
    expect(page.locator(".gate .fingerprint")).to_contain_text(" ")
    check(page)
    context.close()
    page, context = open_desk(browser, coordinator(house), language)
    page.get_by_role("button", name=say("make-link", language)).click()
    expect(page.locator(".new-link")).to_be_visible()
    check(page)
    context.close()


@pytest.fixture
def desk(browser: Browser, house: House) -> Iterator[Page]:
    page, context = open_desk(browser, house.counsellor)
    yield page
    context.close()


def test_the_keyboard_alone_is_enough(house: House, desk: Page) -> None:
    names = desk.locator(".row-name").all_inner_texts()
    desk.locator(".row a").first.focus()
    focused = desk.locator(".row a:focus .row-name")
    desk.keyboard.press("j")
    expect(focused).to_have_text(names[1])
    desk.keyboard.press("ArrowUp")
    expect(focused).to_have_text(names[0])
    desk.keyboard.press("End")
    expect(focused).to_have_text(names[-1])
    # One stop for the tab key, however long the queue is.
    assert desk.locator(".row a[tabindex='0']").count() == 1
    desk.keyboard.press("Enter")
    expect(desk.locator(".case-title h2")).to_have_text(names[-1])
    expect(desk.locator(".case-title h2")).to_be_focused()
    desk.keyboard.press("Escape")
    expect(focused).to_have_text(names[-1])


def test_a_phone_shows_the_list_or_the_case(browser: Browser, house: House) -> None:
    page, context = open_desk(browser, house.counsellor, "ar", viewport=PHONE)
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.locator(".row a").first.click()
    expect(page.locator(".take button")).to_be_visible()
    expect(page.locator(".desk-queue")).to_be_hidden()
    expect(page.locator(".desk-rail")).to_be_hidden()
    page.go_back()
    expect(page.locator(".desk-queue")).to_be_visible()
    expect(page.locator(".talk")).to_have_count(0)
    context.close()


def test_without_a_network_the_desk_stays(desk: Page) -> None:
    expect(desk.locator(".row")).not_to_have_count(0)
    desk.context.set_offline(True)
    expect(desk.locator(".connection")).to_have_text(say("offline"))
    expect(desk.locator(".row")).not_to_have_count(0)
    desk.locator("a[href='#closed']").click()
    expect(desk.get_by_role("alert")).to_contain_text(say("load-failed"))
    desk.context.set_offline(False)
    # What was missing comes by itself.
    title = desk.locator(".desk-list .desk-empty-title")
    expect(title).to_have_text(say("empty-closed"), timeout=20_000)
    expect(desk.locator(".connection")).to_be_hidden()
