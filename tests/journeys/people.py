"""A client and a counsellor, each at their own browser, doing what people do."""

import contextlib
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, Response, expect

from tests.support import chromium
from tests.support.words import words


class Somebody:
    """One browser. `heard` is every body that the server sent to it."""

    def __init__(self, browser: Browser, url: str, language: str, phone: bool = False) -> None:
        self.said = words(language)
        self.context: BrowserContext = browser.new_context(
            base_url=url,
            locale=language,
            viewport=chromium.PHONE if phone else chromium.DESKTOP,  # type: ignore[arg-type]
            has_touch=phone,
            is_mobile=phone,
            permissions=["microphone"],
            accept_downloads=True,
        )
        self.page: Page = self.context.new_page()
        self.heard: list[bytes] = []
        self.page.on("response", self._hear)
        self.problems: list[str] = []
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))

    def _hear(self, response: Response) -> None:
        if "/live/events" in response.url or "/static/" in response.url:
            return
        # Redirects and beacons have no body.
        with contextlib.suppress(Error):
            self.heard.append(response.body())

    def button(self, key: str) -> Locator:
        return self.page.get_by_role("button", name=self.said[key], exact=True)

    def sign_in(self, nickname: str, password: str, door: str = "/sign-in/") -> None:
        self.page.goto(door)
        self.page.locator("input[autocomplete=username]").fill(nickname)
        self.page.locator("input[autocomplete=current-password]").fill(password)
        self.page.locator("form button[type=submit]").click()

    def say(self, text: str) -> None:
        self.page.get_by_role("textbox", name=self.said["chat.write"]).fill(text)
        self.button("chat.send").click()

    def attach(self, *files: Path) -> None:
        inputs = self.page.locator(".attach input[type=file]")
        inputs.last.set_input_files(list(files))
        self.page.get_by_role("dialog").get_by_role("button", name=self.said["chat.send"]).click()

    def speak(self, seconds: float) -> None:
        self.button("chat.record").click()
        self.page.get_by_role("timer").wait_for()
        self.page.wait_for_timeout(seconds * 1000)
        self.button("chat.send").click()

    def sees(self, text: str) -> None:
        expect(self.page.locator(".bubble", has_text=text).first).to_be_visible(timeout=20_000)

    def leave(self) -> None:
        assert not self.problems, self.problems
        self.context.close()


class Client(Somebody):
    code = ""

    def find_counsellor(self, name: str) -> None:
        """From the start page to the card of the counsellor, by links and one form."""
        page = self.page
        page.goto("/")
        page.locator("a.button[href^='/ask/']").first.click()
        page.locator("a.choice[href*='language=ar']").click()
        page.locator("a.choice[href*='topic=recognition']").click()
        page.locator("#q").fill("20095")
        page.locator(".search button").click()
        page.locator("a.choice[href*='place=20095']").first.click()
        page.locator("a.choice[href*='age=no']").click()
        page.locator("a.choice[href*='asylum=no']").click()
        card = page.locator("article", has=page.get_by_role("heading", name=name, exact=True))
        card.locator("a[href^='/chat/']").click()

    def ask(self, question: str, nickname: str, password: str) -> None:
        page = self.page
        page.locator("textarea").fill(question)
        self.button("continue").click()
        page.locator("input[autocomplete=username]").fill(nickname)
        page.locator("input[autocomplete=new-password]").fill(password)
        self.button("continue").click()
        self.keep_code()
        self.sees(question)

    def keep_code(self) -> None:
        shown = self.page.locator("p.code span")
        shown.first.wait_for(timeout=30_000)
        groups = shown.all_inner_texts()
        self.code = "-".join(groups)
        self.button("code.kept").click()
        self.page.locator("input.code-input").fill(groups[-1])
        self.button("continue").click()

    def recover(self, nickname: str, password: str) -> None:
        page = self.page
        page.goto("/recover/")
        page.locator("input[autocomplete=username]").fill(nickname)
        page.locator("textarea.code-input").fill(self.code.lower().replace("-", " "))
        self.button("continue").click()
        page.locator("input[autocomplete=new-password]").fill(password)
        self.button("recover.set").click()


class Counsellor(Somebody):
    def take(self, nickname: str) -> None:
        row = self.page.locator("li.row", has_text=nickname)
        row.first.click(timeout=20_000)
        self.button("desk.take").first.click()
        expect(self.page.get_by_role("textbox", name=self.said["chat.write"])).to_be_visible()
