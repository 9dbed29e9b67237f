"""A part of the program that fails to load comes all the same, without a new page."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import OpenChat
from tests.browser.door import visit
from tests.browser.talk import Talk, bubble, sign_in
from tests.support.server import ROOT
from tests.support.words import words

pytestmark = pytest.mark.browser
ASSETS: dict[str, dict[str, Any]] = json.loads((ROOT / "lotse/assets/manifest.json").read_text())
PICTURE = {"name": "brief.txt", "mimeType": "text/plain", "buffer": b"Sehr geehrte"}
DANGER = "Ich will mich umbringen"


class Broken:
    """Breaks requests for a part of the program, of one kind or of all, until it is mended."""

    def __init__(self, page: Page, part: str, kinds: tuple[str, ...], times: int) -> None:
        self.page, self.kinds, self.left, self.aborted = page, kinds, times, 0
        self.address = f"**/{ASSETS[part]['file']}*"
        page.route(self.address, self._route)

    def _route(self, route: Route) -> None:
        if self.left and route.request.resource_type in self.kinds:
            self.left -= 1
            self.aborted += 1
            route.abort()
        else:
            route.continue_()

    def mend(self) -> None:
        self.left = 0


def menu(page: Page) -> None:
    page.locator(".message .bubble").last.click(button="right")


def attach(page: Page) -> None:
    page.locator("input[type=file]").first.set_input_files(PICTURE)  # type: ignore[arg-type]


def send_file(page: Page) -> None:
    attach(page)
    page.get_by_role("dialog").get_by_role("button", name="Senden").click()


PARTS: dict[str, tuple[str, Callable[[Page], None], str]] = {
    "emoji": ("chat/emoji.tsx", lambda page: page.locator(".emoji-button").click(), ".emoji"),
    "recorder": (
        "chat/recorder.tsx",
        lambda page: page.get_by_role("button", name=words("de")["chat.record"]).click(),
        ".recorder",
    ),
    "menu": ("chat/message-menu.tsx", menu, ".message-menu"),
    "search": (
        "chat/search.tsx",
        lambda page: page.get_by_role("button", name=words("de")["chat.search"]).click(),
        ".talk-search",
    ),
    "files to send": ("chat/send-files.tsx", attach, ".files-to-send"),
    "attachment": ("chat/attachment.tsx", send_file, ".file-card"),
    "sealing": ("stream/upload.ts", send_file, ".file-card .file-open"),
    "danger": (
        "chat/danger.tsx",
        lambda page: page.locator(".composer textarea").fill(DANGER),
        ".danger-panel",
    ),
    "words of danger": (
        "shared/danger/de.json",
        lambda page: page.locator(".composer textarea").fill(DANGER),
        ".danger-panel",
    ),
    "emergency numbers": (
        "shared/danger/dialog.tsx",
        lambda page: page.locator(".top .help").click(),
        "dialog[open]",
    ),
}


@pytest.mark.parametrize("kind", ["fetch", "script"])
@pytest.mark.parametrize("name", PARTS)
def test_it_is_fetched_again(chat: OpenChat, talk: Talk, name: str, kind: str) -> None:
    """The second kind is the import itself, which older browsers never repeat at one address."""
    part, act, shown = PARTS[name]
    page = chat(talk)
    broken = Broken(page, part, (kind,), times=1)
    act(page)
    expect(page.locator(shown).first).to_be_visible(timeout=20_000)
    assert broken.aborted == 1


@pytest.mark.parametrize("name", ["emoji", "attachment", "menu"])
def test_words_stand_in_its_place_and_it_comes_by_itself(
    chat: OpenChat, talk: Talk, name: str
) -> None:
    part, act, shown = PARTS[name]
    page = chat(talk)
    broken = Broken(page, part, ("fetch", "script"), times=10_000)
    act(page)
    missing = page.locator(".part-missing")
    expect(missing).to_contain_text(words("de")["part.missing"], timeout=20_000)
    expect(page.locator(shown)).to_have_count(0)
    broken.mend()
    expect(page.locator(shown).first).to_be_visible(timeout=30_000)
    expect(missing).to_have_count(0)


def test_a_recorder_that_does_not_come_gives_the_composer_back(chat: OpenChat, talk: Talk) -> None:
    part, act, _ = PARTS["recorder"]
    page = chat(talk)
    Broken(page, part, ("fetch", "script"), times=10_000)
    act(page)
    missing = page.locator(".part-missing")
    missing.get_by_role("button", name=words("de")["close"]).click(timeout=20_000)
    expect(page.locator(".composer textarea")).to_be_visible(timeout=30_000)


def test_a_recorder_that_comes_late_does_not_listen(chat: OpenChat, talk: Talk) -> None:
    """The phone may be in a pocket when the network returns."""
    part, act, shown = PARTS["recorder"]
    page = chat(talk)
    page.evaluate(
        """() => {
          const devices = navigator.mediaDevices, listen = devices.getUserMedia.bind(devices)
          window.listened = 0
          devices.getUserMedia = (wish) => { window.listened++; return listen(wish) }
        }"""
    )
    broken = Broken(page, part, ("fetch", "script"), times=10_000)
    act(page)
    expect(page.locator(".part-missing")).to_be_visible(timeout=20_000)
    page.evaluate("() => { const now = Date.now(); Date.now = () => now + 60_000 }")
    broken.mend()
    expect(page.locator(".composer textarea")).to_be_visible(timeout=30_000)
    expect(page.locator(shown)).to_have_count(0)
    assert page.evaluate("window.listened") == 0
    page.evaluate("() => { const now = Date.now(); Date.now = () => now }")
    act(page)
    expect(page.locator(shown)).to_be_visible(timeout=30_000)
    page.wait_for_function("window.listened === 1")


@pytest.mark.parametrize("kind", ["fetch", "script"])
@pytest.mark.parametrize("part", ["crypto/account.ts", "chat/index.tsx"])
def test_signing_in_goes_on(chat: OpenChat, talk: Talk, part: str, kind: str) -> None:
    page = chat(talk)
    page.context.clear_cookies()
    fresh = page.context.new_page()
    broken = Broken(fresh, part, (kind,), times=1)
    sign_in(fresh, talk.client)
    expect(bubble(fresh, "Guten Tag!")).to_be_visible(timeout=30_000)
    assert broken.aborted == 1


def test_what_a_part_imports_is_fetched_again_too(chat: OpenChat, talk: Talk) -> None:
    """Older browsers keep in mind that it did not come, whatever imports it later."""
    page = chat(talk)
    page.context.clear_cookies()
    fresh = page.context.new_page()
    imported = set(ASSETS["chat/index.tsx"]["imports"]) - loaded("main.js")
    aborted: set[str] = set()

    def once(route: Route) -> None:
        name = route.request.url.rpartition("/")[2].partition("?")[0]
        if name in imported - aborted:
            aborted.add(name)
            route.abort()
        else:
            route.continue_()

    fresh.route("**/part-*.js*", once)
    sign_in(fresh, talk.client)
    expect(bubble(fresh, "Guten Tag!")).to_be_visible(timeout=30_000)
    assert aborted == imported


def loaded(name: str) -> set[str]:
    """Files of a part and of all that it imports."""
    by_file = {one["file"]: one for one in ASSETS.values()}
    found: set[str] = set()
    waiting = [ASSETS[name]["file"]]
    while waiting:
        file = waiting.pop()
        if file not in found:
            found.add(file)
            waiting += by_file[file]["imports"]
    return found


@pytest.mark.parametrize("kind", ["fetch", "script"])
def test_the_words_of_another_language_come(chat: OpenChat, talk: Talk, kind: str) -> None:
    server = talk.house.server
    page = chat(talk)
    with visit(page.context.browser, server, "/sign-in/") as visitor:  # type: ignore[arg-type]
        broken = Broken(visitor.page, "words-en.js", (kind,), times=1)
        visitor.page.locator(".top summary").click()
        visitor.page.locator(".top button[value=en]").click()
        name = words("en")["sign-in"]
        button = visitor.page.get_by_role("button", name=name, exact=True)
        expect(button).to_be_visible(timeout=20_000)
        assert broken.aborted == 1
