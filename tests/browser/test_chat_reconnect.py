"""The event stream through everything that cuts it."""

import signal
import sqlite3
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenChat
from tests.browser.talk import House, Talk, bubble, make_house, sign_in, write
from tests.support.proxy import HoldingBack
from tests.support.server import Server


@pytest.fixture(scope="module")
def house(new_server: Callable[..., Server]) -> House:
    """On a server of its own, which these tests kill."""
    return make_house(new_server())


def test_killed_server_loses_and_doubles_nothing(chat: OpenChat, talk: Talk) -> None:
    page = chat(talk)
    server = talk.house.server
    server.stop(signal.SIGKILL)
    write(page, "Erste, ohne Server")
    write(page, "Zweite, ohne Server")
    expect(bubble(page, "Zweite").locator(".ticks")).to_have_class("ticks sending")
    expect(page.locator(".link-bar")).to_contain_text("Nichts geht verloren", timeout=15_000)
    server.start()
    talk.answer("Vom neuen Server")
    expect(bubble(page, "Vom neuen Server")).to_have_count(1, timeout=60_000)
    expect(bubble(page, "Zweite").locator(".ticks.sending")).to_have_count(0, timeout=60_000)
    expect(page.locator(".link-bar p")).to_have_count(0)
    sent = [text for text in talk.texts() if "ohne Server" in text]
    assert sent == ["Erste, ohne Server", "Zweite, ohne Server"]
    expect(bubble(page, "ohne Server")).to_have_count(2)


def test_what_came_while_offline_comes_once_and_in_order(chat: OpenChat, talk: Talk) -> None:
    page = chat(talk)
    page.context.set_offline(True)
    expect(page.locator(".link-bar")).to_contain_text("Kein Netz")
    for number in range(60):
        talk.answer(f"Nachricht {number}.")
    page.context.set_offline(False)
    expect(bubble(page, "Nachricht 59.")).to_have_count(1, timeout=60_000)
    shown = page.locator(".message.theirs .said").all_inner_texts()
    numbers = [int(text.split()[1][:-1]) for text in shown if text.startswith("Nachricht ")]
    assert numbers == sorted(set(numbers))
    assert numbers[-1] == 59


def test_a_proxy_that_holds_answers_back_costs_no_message(chat: OpenChat, talk: Talk) -> None:
    """It passes an answer on when it is whole, which a stream never is."""
    proxy = HoldingBack(talk.house.server.url)
    page = chat(talk)
    with page.expect_request("**/live/events?*&once", timeout=60_000):
        sign_in(page, talk.client, proxy.url)
    for said in ("Durch den Proxy", "Und gleich noch eine"):
        with page.expect_request("**/live/events?*", timeout=60_000) as asked:
            talk.answer(said)
            expect(bubble(page, said)).to_have_count(1, timeout=60_000)
        # It does not try again, message by message, whether anybody holds back.
        assert asked.value.url.endswith("&once")
    expect(page.locator(".link-bar p")).to_have_count(0)
    proxy.shutdown()


def test_a_cursor_that_is_too_old_loads_everything_anew(chat: OpenChat, talk: Talk) -> None:
    page = chat(talk)
    page.context.set_offline(True)
    talk.answer("Während der Lücke")
    forget_events(talk.house.server)
    page.context.set_offline(False)
    expect(bubble(page, "Während der Lücke")).to_have_count(1, timeout=60_000)
    talk.answer("Nach der Lücke")
    expect(bubble(page, "Nach der Lücke")).to_have_count(1, timeout=60_000)


def forget_events(server: Server) -> None:
    with sqlite3.connect(server.data / "lotse.sqlite3", timeout=20) as database:
        database.execute("UPDATE stream_mailbox SET pruned_to = last")
        database.execute("DELETE FROM stream_event")


def test_an_ended_session_leads_to_the_door(chat: OpenChat, talk: Talk) -> None:
    page = chat(talk)
    page.context.clear_cookies()
    # Typing alone may lead to the door already, before there is anything to click.
    page.locator("textarea").fill("Noch schnell etwas")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in/**", timeout=30_000)
