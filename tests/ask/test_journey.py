"""From the start page to the chat's door, without script and by keyboard alone."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page, expect

pytestmark = pytest.mark.browser
Window = Callable[..., BrowserContext]


def test_without_script(window: Window) -> None:
    page = window("de").new_page()
    page.goto("/")
    page.get_by_role("link", name="Frage stellen").click()
    page.get_by_role("link", name="العربية").click()
    page.get_by_role("link", name="Arbeit und Beruf").click()
    page.get_by_label("Postleitzahl oder Ort").fill("Neustadt")
    page.get_by_role("button", name="Weiter").click()
    page.get_by_role("link", name="Neustadt an der Weinstraße").click()
    page.get_by_role("link", name="Ja").click()
    page.get_by_role("link", name="Nein", exact=True).click()
    expect(page.get_by_role("link", name="jmd4you.de")).to_have_attribute(
        "rel", "noreferrer external"
    )
    page.get_by_role("link", name="Trotzdem hier fragen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("können Ihnen helfen")
    chat = page.get_by_role("link", name="Amira schreiben").get_attribute("href") or ""
    assert urlsplit(chat).path == "/chat/"
    asked = {name: values[0] for name, values in parse_qs(urlsplit(chat).query).items()}
    assert asked.pop("counsellor")
    assert asked == {
        "language": "ar",
        "topic": "work",
        "place": "Neustadt an der Weinstraße",
    }


def test_by_keyboard_alone(window: Window) -> None:
    page = window("en", "desktop").new_page()
    page.goto("/")
    for name in ("Ask a question", "Türkçe Turkish", "Housing"):
        _press(page, name)
    expect(page.get_by_role("heading", level=1)).to_have_text("Where do you live?")
    _focus(page, lambda: page.locator(":focus").get_attribute("name") == "q")
    page.keyboard.type("10115")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Are you younger than 27?")
    for name in ("No", "No"):
        _press(page, name)
    expect(page.get_by_role("heading", level=1)).to_have_text("These counsellors can help you")
    _focus(page, lambda: "Write to Amira" in page.locator(":focus").inner_text())


def _press(page: Page, name: str) -> None:
    _focus(page, lambda: " ".join(page.locator(":focus").inner_text().split()) == name)
    before = page.url
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: address != before)


def _focus(page: Page, there: Callable[[], bool]) -> None:
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator(":focus").count() and there():
            return
    raise AssertionError("The keyboard does not reach it.")


def test_back_leads_to_the_question_before(window: Window) -> None:
    page = window("en").new_page()
    page.goto("/ask/?language=ar&topic=work&place=unsaid&age=no&asylum=no")
    titles = []
    for _ in range(5):
        page.get_by_role("link", name="Back").click()
        titles.append(page.get_by_role("heading", level=1).inner_text().split("?")[0])
    assert titles == [
        "Are you waiting for a decision on asylum",
        "Are you younger than 27",
        "Where do you live",
        "What is your question about",
        "Which language do you want to write in",
    ]


def test_gender_can_be_wished(window: Window) -> None:
    page = window("en").new_page()
    page.goto("/ask/?language=ar&topic=work&place=unsaid&age=no&asylum=no")
    expect(page.get_by_role("heading", name="The next free counsellor")).to_be_visible()
    page.get_by_role("link", name="Women").click()
    expect(page.get_by_role("heading", name="Amira")).to_be_visible()
    expect(page.get_by_role("heading", name="Yusuf")).to_have_count(0)
    page.get_by_role("link", name="All", exact=True).click()
    expect(page.get_by_role("heading", name="Yusuf")).to_be_visible()


def test_language_is_switched_anywhere_and_kept(window: Window) -> None:
    page = window("de").new_page()
    page.goto("/ask/?language=ar&topic=work")
    page.locator("summary").click()
    page.get_by_role("button", name="العربية").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    assert "topic=work" in page.url
    page.goto("/help/")
    expect(page.locator("html")).to_have_attribute("lang", "ar")


def test_whose_language_nobody_speaks_is_not_left_alone(window: Window) -> None:
    page = window("en").new_page()
    page.goto("/ask/?language=so&topic=work&place=unsaid&age=no&asylum=no")
    expect(page.get_by_role("link", name="0431 000000")).to_have_attribute("href", "tel:0431000000")
    page.get_by_role("link", name="Deutsch", exact=True).click()
    expect(page.get_by_role("heading", name="Amira")).to_be_visible()
