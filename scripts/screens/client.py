"""The chat of a client who has got an answer."""

from collections.abc import Iterator

from playwright.sync_api import Page

from scripts.screens.people import GUEST, fill_in, sign_in
from tests.support.words import words


def chat(page: Page, language: str) -> Iterator[str]:
    sign_in(page, GUEST)
    page.locator(".talk .log .message").last.wait_for()
    # The chat uses the account's language.
    said = words(page.locator("html").get_attribute("lang") or language)
    page.wait_for_timeout(800)
    yield "chat"
    page.locator(".message .bubble").first.click(button="right")
    # The first menu loads its code. Until then, Escape would close nothing.
    page.locator("dialog.message-menu").wait_for()
    yield "chat-menu"
    page.keyboard.press("Escape")
    page.get_by_label(said["chat.attach"]).click()
    page.wait_for_timeout(200)
    yield "chat-attach"
    page.keyboard.press("Escape")
    page.get_by_label(said["chat.emoji"]).first.click()
    page.wait_for_timeout(400)
    yield "chat-emoji"
    page.keyboard.press("Escape")
    page.get_by_label(said["chat.search"]).first.click()
    page.locator("input[type=search]").fill("a")
    page.wait_for_timeout(600)
    yield "chat-search"
    page.keyboard.press("Escape")
    page.get_by_role("button", name=said["chat.record"]).click()
    page.wait_for_timeout(1500)
    yield "chat-recording"
    page.get_by_role("button", name=said["chat.discard-voice"]).click()
    page.locator(".composer textarea").fill(fill_in(language))
    page.wait_for_timeout(200)
    yield "chat-writing"
    page.context.set_offline(True)
    page.wait_for_timeout(800)
    yield "chat-offline"
    page.context.set_offline(False)


def locked(page: Page, _language: str) -> Iterator[str]:
    sign_in(page, GUEST)
    page.locator(".talk .log .message").last.wait_for()
    page.goto("/chat/")
    page.locator("input[autocomplete=current-password]").wait_for()
    yield "chat-locked"
