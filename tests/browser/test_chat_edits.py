"""Answers to one message, and words that are changed afterwards."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenChat
from tests.browser.talk import House, Talk, bubble, stored, write

BASE = "Nachricht "


def menu(page: Page, text: str, item: str) -> None:
    bubble(page, text).last.locator(".bubble").click(button="right")
    page.get_by_role("menuitem", name=item).click()


def test_an_answer_shows_what_it_answers(chat: OpenChat, talk: Talk) -> None:
    page = chat(talk)
    menu(page, "Ja, das geht", "Antworten")
    bar = page.locator(".about-bar")
    expect(bar).to_contain_text("Antwort an Amira Demo")
    expect(bar).to_contain_text("Ja, das geht")
    expect(page.locator("textarea")).to_be_focused()
    write(page, "Wie lange dauert es?")
    expect(bar).to_have_count(0)
    quote = bubble(page, "Wie lange").locator(".quote")
    expect(quote).to_contain_text("Ja, das geht")
    expect(bubble(page, "Wie lange").locator(".ticks.sent")).to_be_visible()
    content = talk.messages()[-1]["content"]
    assert content["reply"] == talk.messages()[1]["id"]
    assert "geht" not in content["text"]
    quote.click()
    expect(page.locator(".message").nth(1)).to_be_focused()


def test_withdrawn_words_vanish_from_what_answered_them(chat: OpenChat, talk: Talk) -> None:
    secret = talk.answer("Meine Nummer ist 123")
    talk.say(talk.client, {"kind": "text", "text": "Danke", "reply": secret["id"]})
    page = chat(talk)
    quote = bubble(page, "Danke").locator(".quote")
    expect(quote).to_contain_text("123")
    path = f"/api/conversations/{talk.id}/messages/{secret['id']}"
    talk.house.counsellor.ask("DELETE", path)
    expect(quote).to_contain_text("zurückgezogen")
    expect(page.locator(".log")).not_to_contain_text("123")


def test_an_answer_to_what_is_not_loaded_says_so(chat: OpenChat, talk: Talk) -> None:
    first = talk.messages()[0]["id"]
    talk.fill([f"{BASE}{number}" for number in range(200)])
    talk.say(talk.client, {"kind": "text", "text": "Dazu noch", "reply": first})
    page = chat(talk)
    expect(bubble(page, "Dazu noch").locator(".quote")).to_have_text("Nachricht nicht verfügbar")


def test_own_words_are_changed_and_said_to_be(chat: OpenChat, talk: Talk) -> None:
    page, elsewhere = chat(talk), chat(talk)
    write(page, "Ich komme Montag")
    expect(bubble(page, "Montag").locator(".ticks.sent")).to_be_visible()
    page.locator("textarea").fill("halb geschrieben")
    menu(page, "Montag", "Bearbeiten")
    expect(page.locator("textarea")).to_have_value("Ich komme Montag")
    write(page, "Ich komme Dienstag")
    for one in (page, elsewhere):
        expect(bubble(one, "Dienstag")).to_contain_text("bearbeitet")
        expect(bubble(one, "Montag")).to_have_count(0)
        expect(one.locator(".message")).to_have_count(3)
    expect(page.locator("textarea")).to_have_value("halb geschrieben")
    edit = talk.messages()[-1]["content"]
    assert (edit["kind"], edit["of"]) == ("edit", talk.messages()[2]["id"])
    # What was changed vanishes with the message.
    menu(page, "Dienstag", "Zurückziehen")
    page.get_by_role("dialog").get_by_role("button", name="Zurückziehen").click()
    for one in (page, elsewhere):
        expect(bubble(one, "Nachricht zurückgezogen")).to_have_count(1)
        expect(one.locator(".log")).not_to_contain_text("tag")
    assert [one["body"] for one in talk.messages()[2:]] == ["", ""]


def test_withdrawn_edits_leave_no_line_of_their_own(chat: OpenChat, talk: Talk) -> None:
    counsellor = talk.house.counsellor
    answers = [talk.answer(text) for text in ("Um zehn", "Um elf", "Um zwölf")]
    talk.say(talk.client, {"kind": "text", "text": "Danke"})
    edit = {"kind": "edit", "of": answers[1]["id"], "text": "Um eins"}
    edits = [talk.say(counsellor, edit) for _ in range(2)]
    open_before = chat(talk)
    for one in (answers[0], *edits, answers[1]):
        counsellor.ask("DELETE", f"/api/conversations/{talk.id}/messages/{one['id']}")
    for page in (open_before, chat(talk)):
        # One for each message that was withdrawn.
        expect(bubble(page, "Nachricht zurückgezogen")).to_have_count(2)
        expect(page.locator(".message")).to_have_count(6)
        expect(page.locator(".message").last).to_contain_text("Danke")
        expect(page.locator(".gap-line")).to_have_count(0)


def test_a_change_that_was_given_up_brings_the_draft_back(chat: OpenChat, talk: Talk) -> None:
    page = chat(talk)
    write(page, "Ich komme Montag")
    expect(bubble(page, "Montag").locator(".ticks.sent")).to_be_visible()
    page.locator("textarea").fill("halb geschrieben")
    menu(page, "Montag", "Bearbeiten")
    expect(page.locator("textarea")).to_have_value("Ich komme Montag")
    expect(page.locator("textarea")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("textarea")).to_have_value("halb geschrieben")
    expect(page.locator(".about-bar")).to_have_count(0)


def test_lists_search_and_the_unread_mark_follow_edits(chat: OpenChat, talk: Talk) -> None:
    said = talk.answer("Bitte bringen Sie das Zeugnis mit")
    talk.house.case(talk.client, "Und mein Führerschein?")
    content = {"kind": "edit", "of": said["id"], "text": "Bitte bringen Sie den Vertrag mit"}
    edit = talk.say(talk.house.counsellor, content)
    page = chat(talk, shows=".chat-list")
    row = page.locator(".thread-row", has_text="Vertrag")
    expect(row).to_be_visible()
    expect(page.locator(".chat-list")).not_to_contain_text("Zeugnis")
    row.click()
    expect(bubble(page, "Vertrag")).to_contain_text("bearbeitet")
    page.get_by_role("button", name="In diesem Gespräch suchen").click()
    page.locator("input[type=search]").fill("vertrag")
    expect(page.locator("mark")).to_have_text("Vertrag")
    page.locator("input[type=search]").fill("zeugnis")
    expect(page.locator(".search-count")).to_have_text("Nichts gefunden")
    path = f"/api/conversations/{talk.id}"
    while talk.client.ask("GET", path)["me"]["read"] < edit["number"]:
        page.wait_for_timeout(100)
    assert talk.client.ask("GET", path)["unread"] == 0


def test_a_card_leads_to_our_own_pages_only(chat: OpenChat, talk: Talk) -> None:
    card = {"kind": "card", "title": "Ihr Termin", "text": "Dienstag, 10 Uhr", "link": "/help/"}
    talk.say(talk.house.counsellor, card)
    talk.say(talk.house.counsellor, card | {"title": "Falle", "link": "//evil.example/"})
    page = chat(talk)
    link = bubble(page, "Ihr Termin").get_by_role("link", name="Öffnen")
    expect(link).to_have_attribute("href", f"{talk.house.server.url}/help/")
    expect(bubble(page, "kann hier nicht gezeigt werden")).to_be_visible()
    expect(page.locator(".log")).not_to_contain_text("Falle")


def test_what_this_device_has_seen_is_named_once(chat: OpenChat, house: House) -> None:
    talk = house.client()
    answer = talk.answer("Guten Tag!")
    page = chat(talk)
    for text in ("eins", "zwei", "drei"):
        write(page, text)
        expect(bubble(page, text).locator(".ticks.sent")).to_be_visible()
    first, _, one, two, three = talk.messages()
    others = [answer["id"], answer["number"]]
    assert one["content"]["after"] == [others]
    assert two["content"]["after"] == [[one["id"], one["number"]], others]
    assert three["content"]["after"] == [[two["id"], two["number"]], others]
    assert "after" not in first["content"]
    (seen,) = stored(page, "seen")
    assert seen["newest"] == [three["id"], three["number"]]
