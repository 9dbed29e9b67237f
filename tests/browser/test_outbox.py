"""What is written without a network, and what becomes of it."""

from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import OpenChat
from tests.browser.talk import Talk, bubble, sign_in, stored, write
from tests.support import chromium


def answer_posts(page: Page, status: int, slug: str, **headers: str) -> list[str]:
    """Every message that is posted gets this problem; returns the bodies that were posted."""
    posted: list[str] = []

    def handle(route: Route) -> None:
        if route.request.method == "POST":
            posted.append(route.request.post_data or "")
            body = f'{{"type": "/problems/{slug}", "status": {status}}}'
            about = {"Content-Type": "application/problem+json"} | headers
            route.fulfill(status=status, body=body, headers=about)
        else:
            route.continue_()

    page.route("**/messages", handle)
    return posted


def test_messages_wait_sealed_through_offline_and_a_closed_tab(chat: OpenChat, talk: Talk) -> None:
    page = chat(talk)
    page.context.set_offline(True)
    for text in ("eins im Tunnel", "zwei im Tunnel", "drei im Tunnel"):
        write(page, text)
    expect(page.locator(".message.sending")).to_have_count(3)
    kept: list[dict[str, Any]] = stored(page, "outbox")
    assert len(kept) == 3
    assert "Tunnel" not in str(kept)
    page.close(run_before_unload=True)
    assert "eins im Tunnel" not in talk.texts()


def test_outbox_is_sent_after_the_next_unlock(chat: OpenChat, talk: Talk) -> None:
    page = chat(talk)
    posted = answer_posts(page, 503, "unavailable")
    for text in ("eins später", "zwei später", "drei später"):
        write(page, text)
    expect(page.locator(".message.sending")).to_have_count(3)
    page.wait_for_timeout(500)
    assert posted
    page.unroute("**/messages")
    sign_in(page, talk.client)
    expect(bubble(page, "drei später").locator(".ticks.sent")).to_be_visible(timeout=30_000)
    assert talk.texts()[-3:] == ["eins später", "zwei später", "drei später"]
    assert stored(page, "outbox") == []


def test_retry_after_is_honoured(chat: OpenChat, talk: Talk) -> None:
    page = chat(talk)
    posted = answer_posts(page, 503, "unavailable", **{"Retry-After": "4"})
    write(page, "Bitte warten")
    page.wait_for_timeout(3000)
    assert len(posted) == 1
    page.unroute("**/messages")
    expect(bubble(page, "Bitte warten").locator(".ticks.sent")).to_be_visible(timeout=15_000)


def test_an_answer_that_was_lost_doubles_nothing(chat: OpenChat, talk: Talk) -> None:
    page = chat(talk)
    lost: list[int] = []

    def lose_the_first_answer(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)
            route.abort()
        else:
            route.continue_()

    page.route("**/messages", lose_the_first_answer)
    write(page, "Nur einmal")
    expect(bubble(page, "Nur einmal").locator(".ticks.sent")).to_be_visible(timeout=15_000)
    page.wait_for_timeout(2500)
    assert lost == [201]
    assert talk.texts().count("Nur einmal") == 1
    expect(bubble(page, "Nur einmal")).to_have_count(1)


def test_refused_messages_can_be_tried_again_or_deleted(chat: OpenChat, talk: Talk) -> None:
    page = chat(talk)
    answer_posts(page, 409, "conflict")
    write(page, "Geht nicht")
    write(page, "Geht auch nicht")
    expect(page.locator(".message.failed")).to_have_count(2)
    page.unroute("**/messages")
    first, second = page.locator(".message.failed").all()
    second.get_by_role("button", name="Löschen").click()
    expect(bubble(page, "Geht auch nicht")).to_have_count(0)
    first.get_by_role("button", name="Noch einmal versuchen").click()
    expect(bubble(page, "Geht nicht").locator(".ticks.sent")).to_be_visible()
    assert talk.texts()[-1] == "Geht nicht"


def test_two_tabs_send_each_message_once(chat: OpenChat, talk: Talk) -> None:
    page = chat(talk)
    other = page.context.new_page()
    sign_in(other, talk.client)
    expect(other.locator(".talk .log")).to_be_visible(timeout=30_000)
    page.context.set_offline(True)
    for number in range(4):
        write(page, f"A{number} aus dem Tunnel")
        write(other, f"B{number} aus dem Tunnel")
    page.context.set_offline(False)
    for tab in (page, other):
        expect(tab.locator(".message.sending")).to_have_count(0, timeout=30_000)
        expect(bubble(tab, "aus dem Tunnel")).to_have_count(8)
    sent = [text for text in talk.texts() if "Tunnel" in text]
    assert len(sent) == len(set(sent)) == 8
    assert [text for text in sent if text.startswith("A")] == sorted(
        text for text in sent if text.startswith("A")
    )


def test_what_a_closed_tab_has_written_is_sent_by_the_one_that_is_open(
    chat: OpenChat, talk: Talk
) -> None:
    page = chat(talk)
    other = page.context.new_page()
    sign_in(other, talk.client)
    expect(other.locator(".talk .log")).to_be_visible(timeout=30_000)
    page.context.set_offline(True)
    write(page, "Gleich bin ich weg")
    expect(bubble(other, "Gleich bin ich weg")).to_be_visible()
    page.close()
    other.context.set_offline(False)
    expect(bubble(other, "Gleich bin ich weg").locator(".ticks.sent")).to_be_visible(timeout=30_000)
    assert talk.texts()[-1] == "Gleich bin ich weg"


DATABASES = """
const open = indexedDB.open.bind(indexedDB)
window.databases = []
indexedDB.open = (...given) => {
  const request = open(...given)
  request.addEventListener('success', () => databases.push(request.result))
  return request
}
"""


def test_a_phone_that_closes_the_databases_of_a_sleeping_page(chat: OpenChat, talk: Talk) -> None:
    page = chat(talk)
    page.add_init_script(DATABASES)
    sign_in(page, talk.client)
    expect(page.locator(".talk .log")).to_be_visible(timeout=30_000)
    page.context.set_offline(True)
    write(page, "Vor dem Schlaf")
    expect(page.locator(".message.sending")).to_have_count(1)
    assert page.evaluate("databases.map((one) => one.close()).length") > 1
    page.context.set_offline(False)
    write(page, "Nach dem Schlaf")
    for text in ("Vor dem Schlaf", "Nach dem Schlaf"):
        expect(bubble(page, text).locator(".ticks.sent")).to_be_visible(timeout=30_000)
    assert talk.texts()[-2:] == ["Vor dem Schlaf", "Nach dem Schlaf"]
    page.locator(".composer textarea").fill("Ein Entwurf danach")
    page.wait_for_timeout(1000)
    assert len(stored(page, "drafts")) == 1


def test_signing_out_says_what_is_not_sent_yet(chat: OpenChat, talk: Talk) -> None:
    page = chat(talk, viewport=chromium.DESKTOP)
    page.context.set_offline(True)
    write(page, "Noch nicht angekommen")
    expect(page.locator(".message.sending")).to_have_count(1)
    menu = page.locator("summary[aria-label='Mein Konto']")
    menu.click()
    page.get_by_role("button", name="Abmelden").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Eine Nachricht ist noch nicht gesendet")
    dialog.get_by_role("button", name="Warten").click()
    page.context.set_offline(False)
    sent = bubble(page, "Noch nicht angekommen").locator(".ticks.sent")
    expect(sent).to_be_visible(timeout=30_000)
    menu.click()
    page.get_by_role("button", name="Abmelden").click()
    page.wait_for_url(lambda address: "/chat/" not in address)
