"""Who may change which words: their writer, for fifteen minutes by the server's clock."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

from playwright.sync_api import expect

from tests.browser.conftest import OpenChat
from tests.browser.desk import open_desk
from tests.browser.talk import Someone, Talk, bubble

PLACEHOLDER = "Diese Nachricht kann hier nicht gezeigt werden"
TRUE, FALSE = "Zahlen Sie nichts", "Zahlen Sie 500 Euro"


def edit(talk: Talk, sender: Someone, message: dict[str, Any]) -> dict[str, Any]:
    return talk.say(sender, {"kind": "edit", "of": message["id"], "text": FALSE})


def sent(talk: Talk, message: dict[str, Any], ago: timedelta) -> None:
    at = (datetime.now(UTC) - ago).strftime("%Y-%m-%d %H:%M:%S")
    with closing(sqlite3.connect(talk.house.server.data / "lotse.sqlite3", timeout=20)) as database:
        database.execute(
            "UPDATE conversations_message SET sent_at=? WHERE id=?",
            (at, message["id"].replace("-", "")),
        )
        database.commit()


def test_an_edit_by_somebody_else_is_ignored(chat: OpenChat, talk: Talk) -> None:
    edit(talk, talk.client, talk.answer(TRUE))
    page = chat(talk)
    expect(bubble(page, PLACEHOLDER)).to_be_visible()
    expect(bubble(page, TRUE)).to_be_visible()
    expect(page.locator(".log")).not_to_contain_text(FALSE)
    expect(page.locator(".log")).not_to_contain_text("bearbeitet")


def test_an_edit_after_fifteen_minutes_is_ignored(chat: OpenChat, talk: Talk) -> None:
    early, late = talk.answer(TRUE), talk.answer("Bleiben Sie ruhig")
    for message in (early, late):
        edit(talk, talk.house.counsellor, message)
    sent(talk, early, timedelta(minutes=14, seconds=30))
    sent(talk, late, timedelta(minutes=15, seconds=30))
    page = chat(talk)
    expect(bubble(page, FALSE)).to_have_count(1)
    expect(bubble(page, FALSE)).to_contain_text("bearbeitet")
    expect(bubble(page, "Bleiben Sie ruhig")).to_be_visible()
    expect(bubble(page, PLACEHOLDER)).to_have_count(1)


def test_an_edit_that_comes_before_its_message_or_of_no_text_is_ignored(
    chat: OpenChat, talk: Talk
) -> None:
    file = talk.file(talk.house.counsellor, b"x", name="brief.txt", type="text/plain")
    edit(talk, talk.house.counsellor, file)
    edit(talk, talk.house.counsellor, {"id": "00000000-0000-4000-8000-000000000000"})
    page = chat(talk)
    expect(bubble(page, "brief.txt")).to_be_visible()
    expect(bubble(page, PLACEHOLDER)).to_have_count(2)
    expect(page.locator(".log")).not_to_contain_text(FALSE)


def test_the_queue_shows_no_edit_that_is_none(talk: Talk, browser: Any) -> None:
    answer = talk.answer(TRUE)
    edit(talk, talk.client, answer)
    desk, context = open_desk(browser, talk.house.counsellor)
    row = desk.locator(f'[data-case="{talk.id}"]')
    expect(row).to_contain_text(TRUE)
    talk.say(talk.house.counsellor, {"kind": "edit", "of": answer["id"], "text": "Zahlen Sie bar"})
    expect(row).to_contain_text("Zahlen Sie bar")
    context.close()
