"""A server that drops, moves or has lost messages: the devices that saw them tell."""

import sqlite3
from contextlib import closing
from typing import Any

from playwright.sync_api import APIResponse, Browser, Page, Route, expect

from lotse.core.identifiers import new_id
from tests.browser.conftest import OpenChat
from tests.browser.desk import open_desk
from tests.browser.talk import Talk, bubble, sign_in, stored, write

GAP = "Hier fehlt etwas"


def execute(talk: Talk, command: str, *values: object) -> None:
    """As whoever runs the server can."""
    with closing(sqlite3.connect(talk.house.server.data / "lotse.sqlite3", timeout=20)) as database:
        database.execute(command, [str(value).replace("-", "") for value in values])
        database.commit()


def drop(talk: Talk, message: dict[str, Any]) -> None:
    execute(talk, "DELETE FROM conversations_message WHERE id=?", message["id"])


def forget_after(talk: Talk, number: int) -> None:
    """A backup of that moment was restored."""
    here = "(SELECT key FROM conversations_conversation WHERE id=?)"
    delete = f"DELETE FROM conversations_message WHERE conversation_id={here}"  # noqa: S608
    execute(talk, f"{delete} AND number>{number}", talk.id)
    set_last = f"UPDATE conversations_conversation SET last={number}, changes=changes+1"  # noqa: S608
    execute(talk, f"{set_last} WHERE id=?", talk.id)


def name(message: dict[str, Any]) -> list[Any]:
    return [message["id"], message["number"]]


def gap_before(page: Page, text: str) -> None:
    """Between what came before and that message, once."""
    expect(page.locator(".gap-line")).to_have_count(1)
    expect(page.locator(".gap-line + .message, .gap-line + .day-line + .message")).to_contain_text(
        text
    )


def test_nothing_is_missing_where_all_is_there(chat: OpenChat, talk: Talk) -> None:
    page = chat(talk)
    write(page, "Danke")
    expect(bubble(page, "Danke").locator(".ticks.sent")).to_be_visible()
    withdrawn = talk.answer("Das war falsch")
    after = [name(withdrawn), [str(new_id()), 0]]
    talk.say(talk.house.counsellor, {"kind": "text", "text": "Gern", "after": after})
    path = f"/api/conversations/{talk.id}/messages/{withdrawn['id']}"
    talk.house.counsellor.ask("DELETE", path)
    expect(page.locator(".log")).to_contain_text("zurückgezogen")
    sign_in(page, talk.client)
    expect(bubble(page, "Gern")).to_be_visible(timeout=30_000)
    expect(page.locator(".gap-line")).to_have_count(0)


def test_nothing_is_missing_that_another_tab_saw_a_moment_before(
    chat: OpenChat, talk: Talk
) -> None:
    page = chat(talk)
    late = page.context.new_page()
    held: list[tuple[Route, APIResponse]] = []
    # The answer that the late tab has asked for ahead is older than what the first one shows.
    late.route("**/messages?*", lambda route: held.append((route, route.fetch())), times=1)
    sign_in(late, talk.client)
    while not held:
        late.wait_for_timeout(50)
    talk.answer("Gerade eben")
    expect(bubble(page, "Gerade eben")).to_be_visible()
    while not any("newest" in seen and seen["newest"][1] == 3 for seen in stored(page, "seen")):
        page.wait_for_timeout(50)
    route, answer = held[0]
    route.fulfill(response=answer)
    expect(bubble(late, "Gerade eben")).to_be_visible(timeout=30_000)
    expect(late.locator(".gap-line")).to_have_count(0)
    assert all(not seen["lost"] for seen in stored(page, "seen"))


def test_a_dropped_message_is_noticed(chat: OpenChat, talk: Talk) -> None:
    dropped = talk.answer("Gehen Sie nicht hin.")
    content = {"kind": "text", "text": "Bis bald", "after": [name(dropped)]}
    talk.say(talk.house.counsellor, content)
    # Named again by an unknown kind, and told once.
    talk.say(talk.house.counsellor, {"kind": "poll", "after": [name(dropped)]})
    drop(talk, dropped)
    page = chat(talk)
    gap_before(page, "Bis bald")
    gap = page.locator(".gap-line")
    expect(gap).to_contain_text(GAP)
    gap.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(gap).to_contain_text("Fragen Sie am besten nach")


def test_what_is_older_than_what_is_loaded_is_not_judged(chat: OpenChat, talk: Talk) -> None:
    dropped = talk.answer("Gehen Sie nicht hin.")
    talk.fill([f"Nachricht {number}" for number in range(200)])
    content = {"kind": "text", "text": "Bis bald", "after": [name(dropped)]}
    talk.say(talk.house.counsellor, content)
    drop(talk, dropped)
    page = chat(talk)
    expect(bubble(page, "Bis bald")).to_be_visible()
    expect(page.locator(".gap-line")).to_have_count(0)
    # By then its place is among what is loaded.
    while page.locator(".safe").count() == 0:
        page.locator(".log").evaluate("log => (log.scrollTop = 0)")
        page.wait_for_timeout(100)
    expect(page.locator(".gap-line")).to_have_count(1)


def test_a_reordered_message_is_noticed(chat: OpenChat, talk: Talk) -> None:
    first = talk.answer("Unterschreiben Sie")
    content = {"kind": "text", "text": "Nein, doch nicht!", "after": [name(first)]}
    second = talk.say(talk.house.counsellor, content)
    move = "UPDATE conversations_message SET number=? WHERE id=?"
    for message, number in ((first, 1000), (second, first["number"]), (first, second["number"])):
        execute(talk, move, number, message["id"])
    page = chat(talk)
    gap_before(page, "Nein, doch nicht!")


def test_a_restore_that_lost_the_newest_message_is_noticed(
    chat: OpenChat, talk: Talk, browser: Browser
) -> None:
    page = chat(talk)
    lost = talk.answer("Der Termin ist am Montag um 9 Uhr.")
    expect(bubble(page, "Montag um 9")).to_be_visible()
    write(page, "Danke, ich komme")
    expect(bubble(page, "Danke, ich komme").locator(".ticks.sent")).to_be_visible()
    forget_after(talk, lost["number"] - 1)
    sign_in(page, talk.client)
    expect(bubble(page, "Ja, das geht")).to_be_visible(timeout=30_000)
    expect(page.locator(".talk-rows > :last-child")).to_contain_text(GAP)
    # It stays where it was when the conversation goes on, and the other side learns of it.
    write(page, "Wann war der Termin?")
    expect(bubble(page, "Wann war").locator(".ticks.sent")).to_be_visible()
    gap_before(page, "Wann war")
    desk, context = open_desk(browser, talk.house.counsellor)
    desk.locator(f'[data-case="{talk.id}"]').click()
    gap_before(desk, "Wann war")
    context.close()
