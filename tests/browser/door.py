"""The pages before the chat in a browser: who opens them, and what they must always be."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.talk import House
from tests.support import chromium
from tests.support.server import ROOT, Server
from tests.support.words import words

AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LANGUAGES = ["de", "en", "ar", "ru"]
LAYOUTS = ["de", "ar", "ru"]
"""Long words, right to left, another script: what fits in these fits in all."""
NARROW = {"width": 320, "height": 640}

# Argon2 on a machine that has other things to do takes its time.
expect.set_options(timeout=20_000)


class Visitor:
    """Somebody with a browser of their own, and the words that they read."""

    def __init__(self, page: Page, language: str) -> None:
        self.page = page
        self.said = words(language)

    def button(self, key: str) -> Locator:
        return self.page.get_by_role("button", name=self.said[key], exact=True)

    def sees(self, key: str) -> None:
        expect(self.page.get_by_text(self.said[key], exact=True).first).to_be_visible()

    def write(self, question: str) -> None:
        self.page.locator("textarea").fill(question)
        self.button("continue").click()

    def choose(self, nickname: str, password: str) -> None:
        self.page.locator("input[autocomplete=username]").fill(nickname)
        self.page.locator("input[autocomplete=new-password]").fill(password)
        self.button("continue").click()

    def keep_code(self) -> str:
        """Reads the recovery code and proves it; the code."""
        self.button("code.kept").wait_for(timeout=30_000)
        groups = self.page.locator(".code span").all_inner_texts()
        self.button("code.kept").click()
        self.page.locator("input.code-input").fill(groups[-1])
        self.button("continue").click()
        return "-".join(groups)

    def sign_in(self, nickname: str, password: str) -> None:
        self.page.locator("input[autocomplete=username]").fill(nickname)
        self.page.locator("input[autocomplete=current-password]").fill(password)
        self.button("sign-in").click()

    def chats(self, text: str) -> None:
        expect(self.page.locator(".bubble", has_text=text).first).to_be_visible(timeout=30_000)

    def is_well_made(self) -> None:
        """Nothing that axe finds, nothing wider than the screen."""
        # A button that is still fading in has no contrast yet.
        self.page.evaluate("Promise.all(document.getAnimations().map(one => one.finished))")
        self.page.evaluate(AXE)
        found = self.page.evaluate(
            "rules => axe.run({runOnly: rules}).then(r => r.violations.map("
            "v => [v.id, v.nodes.map(n => n.html.slice(0, 200))]))",
            RULES,
        )
        assert found == [], found
        width = self.page.evaluate("document.documentElement.scrollWidth")
        assert width <= self.page.evaluate("innerWidth")


@contextmanager
def visit(
    browser: Browser, server: Server, path: str, language: str = "de", **context: Any
) -> Iterator[Visitor]:
    about = {"viewport": chromium.PHONE, "locale": "de-DE", "timezone_id": "Europe/Berlin"}
    opened = browser.new_context(**about | context)
    opened.add_cookies([{"name": "language", "value": language, "url": server.url}])
    page = opened.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.goto(server.url + path)
    yield Visitor(page, language)
    assert broken == [], broken
    opened.close()


def ask_path(house: House) -> str:
    return f"/chat/?counsellor={house.counsellor_id}&language=de&topic=&place=unsaid"
