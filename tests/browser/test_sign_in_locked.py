"""A page that is locked, or was never unlocked, in a browser whose session goes on."""

import sqlite3
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import OpenChat
from tests.browser.talk import PASSWORD, Talk, sign_in
from tests.support import chromium
from tests.support.words import words

SAID = words("de")
STORED = """async () => {
  const held = [location.href, document.documentElement.outerHTML, document.cookie]
  held.push(JSON.stringify(localStorage), JSON.stringify(sessionStorage))
  const done = (request) => new Promise((ok) => (request.onsuccess = () => ok(request.result)))
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name))
    for (const store of database.objectStoreNames)
      held.push(JSON.stringify(await done(database.transaction(store).objectStore(store).getAll())))
    database.close()
  }
  return held.join()
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=chromium.PHONE, locale="de-DE")  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def lock(talk: Talk) -> None:
    """As if every page of the client's had been idle."""
    person = talk.client.account.person.replace("-", "")
    with sqlite3.connect(talk.house.server.data / "lotse.sqlite3", timeout=20) as database:
        database.execute(
            "DELETE FROM accounts_unlock WHERE session_id IN"
            " (SELECT id FROM accounts_session WHERE person_id = ?)",
            (person,),
        )


def ask_something(page: Page) -> None:
    """A request that no process remembers the person for."""
    page.evaluate("document.querySelector('.top button[name=language][value=en]').click()")


def test_a_locked_page_forgets_the_keys_and_keeps_the_draft(chat: OpenChat, talk: Talk) -> None:
    page = chat(talk)
    page.locator(".composer textarea").fill("Noch nicht ganz fertig")
    page.wait_for_timeout(1500)
    lock(talk)
    ask_something(page)
    password = page.locator("input[autocomplete=current-password]")
    expect(password).to_be_visible(timeout=30_000)
    expect(page).to_have_url(f"{talk.house.server.url}/chat/")
    expect(page.locator(".message")).to_have_count(0)
    assert talk.client.nickname not in page.content()
    password.fill(PASSWORD)
    page.locator("form button[type=submit]").click()
    draft = page.locator(".composer textarea")
    expect(draft).to_have_value("Noch nicht ganz fertig", timeout=30_000)


def test_each_tab_unlocks_alone(chat: OpenChat, talk: Talk) -> None:
    page = chat(talk)
    other = page.context.new_page()
    sign_in(other, talk.client)
    expect(other.locator(".talk .log")).to_be_visible(timeout=30_000)
    for number, tab in enumerate((page, other)):
        tab.locator(".composer textarea").fill(f"Aus Fenster {number}")
        tab.keyboard.press("Enter")
        for one in (page, other):
            message = one.locator(".message", has_text=f"Aus Fenster {number}")
            expect(message).to_be_visible(timeout=30_000)


@pytest.mark.parametrize("keep", [False, True])
def test_the_secret_is_nowhere_but_in_memory(page: Page, talk: Talk, keep: bool) -> None:
    page.goto(f"{talk.client.server.url}/sign-in/")
    page.locator("input[autocomplete=username]").fill(talk.client.nickname)
    page.locator("input[autocomplete=current-password]").fill(PASSWORD)
    if keep:
        page.get_by_label(SAID["keep.label"]).check()
    with page.expect_response("**/api/sign-in") as answered:
        page.locator("form button[type=submit]").click()
    secret = answered.value.json()["unlock"]
    expect(page.locator(".talk .log")).to_be_visible(timeout=30_000)
    assert secret not in page.evaluate(STORED)
    assert secret not in str(page.context.cookies())


def test_what_was_kept_for_an_ended_unlocking_asks_for_the_password(page: Page, talk: Talk) -> None:
    page.goto(f"{talk.client.server.url}/sign-in/")
    page.locator("input[autocomplete=username]").fill(talk.client.nickname)
    page.locator("input[autocomplete=current-password]").fill(PASSWORD)
    page.get_by_label(SAID["keep.label"]).check()
    page.locator("form button[type=submit]").click()
    expect(page.locator(".talk .log")).to_be_visible(timeout=30_000)
    lock(talk)
    page.reload()
    expect(page.locator("input[autocomplete=current-password]")).to_be_visible(timeout=30_000)
