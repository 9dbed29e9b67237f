"""Keeping the account open on one's own device."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import OpenChat
from tests.browser.desk import open_desk
from tests.browser.talk import PASSWORD, House, Talk, sign_in
from tests.support import chromium
from tests.support.words import words

SAID = words("de")
STORED = """async () => (await indexedDB.databases()).some(({ name }) => name === 'lotse-device')"""
READ_OUT = """() => new Promise((resolve, reject) => {
  const asked = indexedDB.open('lotse-device')
  asked.onsuccess = () => {
    const all = asked.result.transaction('keys').objectStore('keys').getAll()
    all.onsuccess = async () => {
      const [{ wrappingKey }] = all.result
      const reading = crypto.subtle.exportKey('raw', wrappingKey)
      reading.then(() => resolve('read'), ({ name }) => resolve(name))
    }
  }
})"""


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=chromium.PHONE, locale="de-DE")  # type: ignore[arg-type]
    page = context.new_page()
    yield page
    context.close()


def come_in(page: Page, talk: Talk, *, keep: bool) -> None:
    page.goto(f"{talk.client.server.url}/sign-in/")
    page.locator("input[autocomplete=username]").fill(talk.client.nickname)
    page.locator("input[autocomplete=current-password]").fill(PASSWORD)
    if keep:
        page.get_by_label(SAID["keep.label"]).check()
    page.locator("form button[type=submit]").click()
    expect(page.locator(".talk .log")).to_be_visible(timeout=30_000)


def test_who_asked_for_it_comes_back_without_the_password(phone: Page, talk: Talk) -> None:
    come_in(phone, talk, keep=True)
    phone.reload()
    expect(phone.locator(".talk .log")).to_be_visible(timeout=30_000)
    assert phone.evaluate(READ_OUT) == "InvalidAccessError"


def test_nobody_is_kept_unasked(phone: Page, talk: Talk) -> None:
    come_in(phone, talk, keep=False)
    phone.reload()
    expect(phone.locator("input[autocomplete=current-password]")).to_be_visible()


@pytest.mark.parametrize("way", ["sign-out", "quick-exit"])
def test_nothing_stays_behind(phone: Page, talk: Talk, way: str) -> None:
    come_in(phone, talk, keep=True)
    assert phone.evaluate(STORED)
    if way == "sign-out":
        phone.get_by_label(SAID["chat.back"]).click()
        phone.get_by_label(SAID["chat.account"]).click()
        phone.get_by_role("button", name=SAID["chat.sign-out"]).click()
        phone.wait_for_url(f"{talk.client.server.url}/")
    else:
        phone.route("https://www.dwd.de/**", lambda route: route.fulfill(body="Das Wetter"))
        phone.locator(".top .exit").first.click()
        expect(phone.locator("body")).to_have_text("Das Wetter")
        phone.goto(f"{talk.client.server.url}/help/")
    phone.wait_for_function(f"async () => !(await ({STORED})())")
    sign_in(phone, talk.client)
    expect(phone.locator(".talk .log")).to_be_visible(timeout=30_000)


def test_keys_of_an_ended_session_are_no_way_in(phone: Page, talk: Talk) -> None:
    come_in(phone, talk, keep=True)
    phone.context.clear_cookies()
    phone.goto(f"{talk.client.server.url}/chat/")
    expect(phone.locator("input[autocomplete=username]")).to_be_visible()


@pytest.mark.parametrize("way", ["Abmelden", "Verlassen"])
def test_every_tab_leaves_with_the_one_that_is_left(chat: OpenChat, talk: Talk, way: str) -> None:
    """Also one that sleeps or has no network, and hears of no ended session."""
    page = chat(talk, viewport=chromium.DESKTOP)
    page.context.route("https://www.dwd.de/**", lambda route: route.fulfill(body="anywhere else"))
    other = page.context.new_page()
    sign_in(other, talk.client)
    expect(other.locator(".talk .log")).to_be_visible(timeout=30_000)
    for path in ("**/live/**", "**/api/**"):
        other.route(path, lambda route: route.abort())
    with other.expect_navigation(wait_until="commit"):
        if way == "Abmelden":
            page.locator("summary[aria-label='Mein Konto']").click()
            page.get_by_role("button", name=way).click()
        else:
            page.get_by_role("button", name=way).click()
    expect(other.locator(".message")).to_have_count(0)
    other.unroute_all()
    other.goto(f"{talk.house.server.url}/sign-in/")
    expect(other.locator("input[autocomplete=username]")).to_be_visible(timeout=30_000)


@pytest.mark.parametrize("way", ["sign in", "sign out"])
def test_a_page_of_staff_leaves_for_the_door_of_staff(
    browser: Browser, house: House, talk: Talk, way: str
) -> None:
    desk, context = open_desk(browser, house.counsellor)
    other = context.new_page()
    if way == "sign in":
        sign_in(other, talk.client)
    else:
        sign_in(other, house.counsellor)
        expect(other.locator(".desk")).to_be_visible(timeout=30_000)
        other.evaluate("location.hash = 'account'")
        other.get_by_role("button", name=SAID["desk.sign-out"], exact=True).click()
    expect(desk.locator("input[autocomplete=username]")).to_be_visible(timeout=30_000)
    expect(desk.locator("h1")).to_have_text(SAID["sign-in.title-staff"])
    expect(desk).to_have_url(f"{house.server.url}/desk/")
    context.close()


def test_a_browser_that_stores_nothing_ends_the_session(phone: Page, talk: Talk) -> None:
    """Otherwise nobody would hold the secret of a session that never locks."""
    phone.add_init_script(
        """const open = indexedDB.open.bind(indexedDB)
        indexedDB.open = (name, ...rest) => {
          if (name === 'lotse-device') throw new DOMException('private', 'InvalidStateError')
          return open(name, ...rest)
        }"""
    )
    come_in(phone, talk, keep=True)
    (cookie,) = [one for one in phone.context.cookies() if one["name"] == "session"]
    assert cookie["expires"] == -1
