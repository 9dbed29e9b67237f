"""A conversation as the client sees it."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenChat
from tests.browser.talk import Talk, bubble, sign_in, stored, write
from tests.support import chromium


def state(page: Page, text: str) -> Locator:
    return bubble(page, text).locator(".ticks")


def test_message_goes_from_sent_to_delivered_to_read(chat: OpenChat, talk: Talk) -> None:
    page = chat(talk)
    write(page, "Danke für die Antwort")
    expect(state(page, "Danke für")).to_have_attribute("aria-label", "Gesendet")
    number = talk.messages()[-1]["number"]
    marks = f"/live/conversations/{talk.id}/receipts"
    talk.house.counsellor.ask("POST", marks, {"delivered": number})
    expect(state(page, "Danke für")).to_have_attribute("aria-label", "Zugestellt")
    talk.house.counsellor.ask("POST", marks, {"read": number})
    expect(state(page, "Danke für")).to_have_attribute("aria-label", "Gelesen")


def test_what_is_seen_is_marked_read(chat: OpenChat, talk: Talk) -> None:
    page = chat(talk)
    last = talk.answer("Noch eine Frage dazu?")
    expect(bubble(page, "Noch eine Frage")).to_be_visible()
    page.wait_for_timeout(2000)
    seen = talk.house.counsellor.ask("GET", f"/api/conversations/{talk.id}")["others"]
    assert seen == {"delivered": last["number"], "read": last["number"]}


def test_typing_is_shown_and_told(chat: OpenChat, talk: Talk) -> None:
    page = chat(talk)
    talk.house.counsellor.ask("POST", f"/api/conversations/{talk.id}/typing")
    expect(page.locator(".talk-title")).to_contain_text("schreibt")
    with page.expect_request("**/typing"):
        page.locator("textarea").press_sequentially("Hallo")


def test_links_are_safe_and_nothing_else_is_a_link(chat: OpenChat, talk: Talk) -> None:
    talk.answer("Siehe https://example.org/a?b=1. Nicht javascript:alert(1) <b>fett</b>")
    page = chat(talk)
    link = bubble(page, "Siehe").locator("a")
    expect(link).to_have_count(1)
    expect(link).to_have_attribute("href", "https://example.org/a?b=1")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(bubble(page, "<b>fett</b>")).to_be_visible()


def test_directions_days_emoji_and_long_texts(chat: OpenChat, talk: Talk) -> None:
    talk.answer("שלום")
    talk.add("👍")
    talk.add("Zeile " * 400)
    talk.spread(3)
    page = chat(talk)
    assert page.locator(".day-line").count() >= 2
    assert (
        bubble(page, "שלום").locator(".said").evaluate("e => getComputedStyle(e).direction")
        == "rtl"
    )
    expect(bubble(page, "👍")).to_have_class(re.compile(r"\bbig\b"))
    long = bubble(page, "Zeile")
    before = long.inner_text()
    long.get_by_role("button", name="Mehr lesen").click()
    assert len(long.inner_text()) > len(before) + 1000


def test_unread_messages_have_a_line_and_the_newest_is_one_step_away(
    chat: OpenChat, talk: Talk
) -> None:
    for index in range(12):
        talk.answer(f"Antwort {index}: " + "Bitte beachten Sie das. " * 8)
    page = chat(talk)
    expect(page.locator(".unread-line")).to_be_visible()
    page.get_by_role("button", name="Zur neuesten Nachricht").click()
    expect(bubble(page, "Antwort 11:")).to_be_in_viewport()
    expect(page.locator(".to-end")).to_have_count(0)


def test_own_message_is_withdrawn_everywhere(chat: OpenChat, talk: Talk) -> None:
    page, elsewhere = chat(talk), chat(talk)
    write(page, "Das war falsch")
    expect(bubble(elsewhere, "Das war falsch")).to_be_visible()
    bubble(page, "Das war falsch").locator(".bubble").click(button="right")
    page.get_by_role("menuitem", name="Zurückziehen").click()
    page.get_by_role("dialog").get_by_role("button", name="Zurückziehen").click()
    for one in (page, elsewhere):
        expect(bubble(one, "Das war falsch")).to_have_count(0)
        expect(bubble(one, "Nachricht zurückgezogen")).to_be_visible()
    assert talk.messages()[-1]["body"] == ""


def test_others_messages_cannot_be_withdrawn(chat: OpenChat, talk: Talk) -> None:
    page = chat(talk)
    bubble(page, "Ja, das geht").locator(".bubble").click(button="right")
    expect(page.get_by_role("menuitem", name="Text kopieren")).to_be_visible()
    expect(page.get_by_role("menuitem", name="Zurückziehen")).to_have_count(0)


def test_keyboard_alone_opens_the_menu_of_a_message(chat: OpenChat, talk: Talk) -> None:
    page = chat(talk, viewport=chromium.DESKTOP)
    page.locator(".log").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem", name="Info")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.get_by_role("menuitem", name="Info")).to_have_count(0)
    expect(bubble(page, "Wird mein Diplom")).to_be_focused()


def test_draft_is_kept_sealed_and_comes_back(chat: OpenChat, talk: Talk) -> None:
    page = chat(talk)
    page.locator("textarea").fill("noch nicht fertig")
    page.wait_for_timeout(1000)
    (draft,) = stored(page, "drafts")
    assert "fertig" not in draft
    sign_in(page, talk.client)
    expect(page.locator("textarea")).to_have_value("noch nicht fertig", timeout=30_000)


def test_new_messages_are_announced(chat: OpenChat, talk: Talk) -> None:
    page = chat(talk)
    talk.answer("Haben Sie das Zeugnis?")
    expect(page.locator(".talk [role=log]")).to_contain_text("Haben Sie das Zeugnis?")


def test_a_new_case_says_who_has_it_and_until_when(chat: OpenChat, talk: Talk) -> None:
    page = chat(talk.house.client("Wie geht das?"))
    standing = page.locator(".standing")
    expect(standing).to_contain_text("hat Ihre Frage bekommen")
    expect(standing).to_contain_text("Antwort bis")


def test_several_cases_are_a_list_and_back_leads_to_it(chat: OpenChat, talk: Talk) -> None:
    other = talk.house.case(talk.client, "Und mein Führerschein?")
    page = chat(talk, shows=".chat-list")
    rows = page.locator(".thread-row")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("Und mein Führerschein?")
    expect(rows.nth(1)).to_contain_text("Ja, das geht.")
    rows.nth(0).click()
    expect(bubble(page, "Und mein Führerschein?")).to_be_visible()
    expect(rows.nth(0)).to_be_hidden()
    page.go_back()
    expect(rows.nth(0)).to_be_visible()
    other.answer("Das hängt vom Land ab.")
    expect(rows.nth(0)).to_contain_text("Das hängt vom Land ab.")
    expect(rows.nth(0).locator(".badge")).to_have_text("1")


def test_absence_is_told_in_the_clients_language(chat: OpenChat, talk: Talk) -> None:
    today = datetime.now(UTC).date()
    away = {"first_day": str(today), "last_day": str(today + timedelta(days=3))}
    counsellor = talk.house.counsellor
    made = counsellor.ask("POST", "/api/desk/absences", away)
    page = chat(talk)
    expect(page.locator(".standing")).to_contain_text("Amira Demo ist bis")
    page.locator("header .menu summary").first.click()
    page.locator(".top button[value=ar]").click()
    expect(page.locator(".standing")).to_contain_text("غير موجود")
    counsellor.ask("DELETE", f"/api/desk/absences/{made['id']}")


def test_language_changes_without_losing_what_was_typed(chat: OpenChat, talk: Talk) -> None:
    page = chat(talk)
    page.locator("textarea").fill("Noch nicht fertig")
    page.locator("header .menu summary").first.click()
    page.locator(".top button[value=ru]").click()
    expect(page.get_by_role("button", name="Отправить")).to_be_visible()
    expect(page.locator("textarea")).to_have_value("Noch nicht fertig")
    expect(page.locator(".day-line").first).to_have_text("Сегодня")


def test_words_of_danger_bring_numbers_and_block_nothing(chat: OpenChat, talk: Talk) -> None:
    page = chat(talk)
    page.locator("textarea").fill("Ich will nicht mehr leben")
    panel = page.locator(".danger-panel")
    expect(panel).to_contain_text("112", timeout=15_000)
    page.locator(".composer .send-button").click()
    expect(bubble(page, "Ich will nicht mehr leben").locator(".ticks.sent")).to_be_visible()
    expect(panel).to_contain_text("112")
    panel.get_by_role("button", name="Schließen").click()
    expect(panel.locator(".notice")).to_have_count(0)
