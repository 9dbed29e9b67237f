"""The pages before the chat, and the pages to sign in."""

import secrets
from collections.abc import Iterator

from playwright.sync_api import Page

from scripts.screens.people import GUEST, fill_in, sign_in
from tests.support.words import words

ASKED = "/ask/?language=ar&topic=recognition"
PAGES = {
    "start": "/",
    "ask-language": "/ask/",
    "ask-topic": "/ask/?language=ar",
    "ask-place": ASKED,
    "ask-places": f"{ASKED}&q=Neustadt",
    "ask-no-place": f"{ASKED}&q=xyzxyz",
    "ask-age": f"{ASKED}&place=20095+Hamburg",
    "ask-youth": f"{ASKED}&place=20095+Hamburg&age=yes",
    "ask-asylum": f"{ASKED}&place=20095+Hamburg&age=no",
    "ask-counsellors": f"{ASKED}&place=20095+Hamburg&age=no&asylum=no",
    "own-link": "/c/amira-demo/",
    "own-link-print": "/c/amira-demo/print/",
    "help": "/help/",
    "answer-time": "/answer-time/",
    "privacy": "/privacy/",
    "not-found": "/nothing-here/",
}


def pages(page: Page, _language: str) -> Iterator[str]:
    for name, address in PAGES.items():
        page.goto(address)
        yield name


def doors(page: Page, _language: str) -> Iterator[str]:
    page.goto("/sign-in/")
    page.locator("form button[type=submit]").wait_for()
    yield "sign-in"
    sign_in(page, GUEST, "nicht das richtige")
    page.get_by_role("alert").first.wait_for()
    yield "sign-in-refused"
    page.goto("/recover/")
    page.locator("form button[type=submit]").wait_for()
    yield "recover"


def first_question(page: Page, language: str) -> Iterator[str]:
    said = words(language)
    page.goto("/c/amira-demo/")
    page.locator("a[href^='/chat/']").first.click()
    page.locator("textarea").wait_for()
    yield "question-empty"
    page.get_by_role("button", name=said["continue"]).click()
    yield "question-missing"
    page.locator("textarea").fill(fill_in(language))
    yield "question"
    page.get_by_role("button", name=said["continue"]).click()
    page.locator("input[autocomplete=username]").wait_for()
    yield "account"
    page.locator("input[autocomplete=username]").fill(f"wolke-{secrets.token_hex(3)}")
    page.locator("input[autocomplete=new-password]").fill("drei wolken über dem see")
    page.get_by_role("button", name=said["continue"]).click()
    page.locator("p.code span").first.wait_for(timeout=30_000)
    yield "recovery-code"
    last = page.locator("p.code span").all_inner_texts()[-1]
    page.get_by_role("button", name=said["code.kept"]).click()
    yield "recovery-code-again"
    page.locator("input.code-input").fill(last)
    page.get_by_role("button", name=said["continue"]).click()
    page.locator(".talk .log .message").first.wait_for(timeout=30_000)
    page.wait_for_timeout(800)
    yield "asked"
