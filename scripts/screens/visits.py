"""Ways through the demo. Each yields a name whenever there is something to draw."""

from collections.abc import Callable, Iterator

from playwright.sync_api import Page

from lotse.demo.environment import PASSWORD
from tests.support.words import words

Visit = Callable[[Page, str], Iterator[str]]
PUBLIC = {
    "start": "/",
    "ask-language": "/ask/",
    "ask-topic": "/ask/?language=ar",
    "ask-place": "/ask/?language=ar&topic=recognition",
    "help": "/help/",
    "privacy": "/privacy/",
    "not-found": "/nothing-here/",
}


def public(page: Page, _language: str) -> Iterator[str]:
    for name, address in PUBLIC.items():
        page.goto(address)
        yield name


def sign_in(page: Page, nickname: str) -> None:
    page.locator("input[autocomplete=username]").fill(nickname)
    page.locator("input[autocomplete=current-password]").fill(PASSWORD)
    page.locator("button[type=submit]").click()


def door(page: Page, _language: str) -> Iterator[str]:
    page.goto("/sign-in/")
    page.locator("button[type=submit]").wait_for()
    yield "sign-in"
    page.goto("/recover/")
    page.locator("button[type=submit]").wait_for()
    yield "recover"


def question(page: Page, language: str) -> Iterator[str]:
    said = words(language)
    page.goto("/c/amira-demo/")
    yield "own-link"
    page.locator("a[href^='/chat/']").first.click()
    page.locator("textarea").fill(said["ask.placeholder"])
    yield "question"
    page.get_by_role("button", name=said["continue"]).click()
    page.locator("input[autocomplete=username]").wait_for()
    yield "account"


def chat(page: Page, language: str) -> Iterator[str]:
    page.goto("/sign-in/")
    sign_in(page, "demo-gast-hamburg")
    page.locator("[data-message]").last.wait_for()
    page.wait_for_timeout(600)
    yield "chat"


def desk(page: Page, language: str) -> Iterator[str]:
    page.goto("/sign-in/")
    sign_in(page, "demo-lena")
    page.wait_for_url("**/desk/**")
    page.wait_for_timeout(1500)
    yield "desk"


ALL: list[Visit] = [public, door, question, chat, desk]
