"""Long conversations: older pages, search, speed."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import OpenChat
from tests.browser.talk import House, Talk, bubble, sign_in

# At once: between two calls from outside, older messages may come in above.
TO_THE_TOP = """log => {
  log.scrollTop = 0
  return log.querySelector('.message .said').textContent.match(/Nachricht \\d+ /)[0]
}"""
FIRST = "Ganz am Anfang ging es um die Straße in Köln"


@pytest.fixture(scope="module")
def long_talk(house: House) -> Talk:
    """1,002 messages, and a second, newer conversation."""
    talk = house.client(FIRST)
    talk.answer("Guten Tag!")
    talk.fill([f"Nachricht {number} über Arbeit und Wohnung" for number in range(1000)])
    house.case(talk.client, "Und noch etwas anderes?")
    return talk


def in_long_talk(chat: OpenChat, talk: Talk) -> Page:
    page = chat(talk, shows=".chat-list")
    page.locator(".thread-row").nth(1).click()
    expect(bubble(page, "Nachricht 999 ")).to_be_visible()
    return page


def test_older_messages_come_while_one_scrolls_up_and_nothing_jumps(
    chat: OpenChat, long_talk: Talk
) -> None:
    page = in_long_talk(chat, long_talk)
    rows = page.locator(".message")
    expect(rows.nth(39)).to_be_attached()
    # To the very top, where only the day's line is above the oldest message.
    text = page.locator(".log").evaluate(TO_THE_TOP)
    expect(rows.nth(70)).to_be_attached()
    page.wait_for_timeout(500)
    expect(rows.filter(has_text=text)).to_be_in_viewport()
    assert rows.count() <= 150


def test_search_finds_the_first_of_a_thousand(chat: OpenChat, long_talk: Talk) -> None:
    page = in_long_talk(chat, long_talk)
    page.get_by_role("button", name="In diesem Gespräch suchen").click()
    # Without umlauts and capitals, as phones write it.
    page.locator("input[type=search]").fill("strasse in koln")
    hit = page.locator("mark")
    expect(hit).to_have_text("Straße in Köln", timeout=60_000)
    expect(hit).to_be_in_viewport()
    expect(page.locator(".search-count")).to_have_text("1 von 1")


def test_search_walks_from_hit_to_hit(chat: OpenChat, long_talk: Talk) -> None:
    page = in_long_talk(chat, long_talk)
    page.get_by_role("button", name="In diesem Gespräch suchen").click()
    page.locator("input[type=search]").fill("nachricht 99")
    expect(page.locator(".search-count")).to_have_text("1 von 11", timeout=60_000)
    page.get_by_role("button", name="Nächster älterer Treffer").click()
    expect(page.locator(".search-count")).to_have_text("2 von 11")
    expect(bubble(page, "Nachricht 998 ")).to_be_in_viewport()
    page.get_by_role("button", name="Nächster neuerer Treffer").click()
    expect(bubble(page, "Nachricht 999 ")).to_be_in_viewport()


def test_what_is_withdrawn_while_a_page_is_on_its_way_is_not_shown(
    chat: OpenChat, talk: Talk
) -> None:
    secret = talk.answer("Das war für jemand anderen")
    held: list[Route] = []

    def hold(route: Route) -> None:
        route.answer = route.fetch()  # type: ignore[attr-defined]
        held.append(route)

    page = chat(talk)
    page.route("**/messages?*", hold)
    sign_in(page, talk.client)
    while not held:
        page.wait_for_timeout(50)
    path = f"/api/conversations/{talk.id}/messages/{secret['id']}"
    talk.house.counsellor.ask("DELETE", path)
    page.wait_for_timeout(3000)
    for route in held:
        route.fulfill(response=route.answer)  # type: ignore[attr-defined]
    page.unroute("**/messages?*")
    expect(page.locator(".talk .log")).to_contain_text("zurückgezogen", timeout=30_000)
    expect(page.locator(".talk .log")).not_to_contain_text("Das war für jemand anderen")
