"""A captive portal answers in our place: no message is lost, and nobody is signed out."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenChat, chat, house, talk
from tests.browser.talk import Talk, bubble, write
from tests.browser.test_files import choose, send
from tests.support.proxy import Between, Reply

__all__ = ["chat", "house", "talk"]


class Portal:
    """Answers everything but pages and scripts with a page of its own, while it has a status."""

    def __init__(self, only: str = "/") -> None:
        self.only, self.status = only, 0
        self.asked: list[str] = []

    def __call__(self, method: str, path: str) -> Reply | None:
        answers = path.startswith(("/live/", "/api/")) and path.startswith(self.only)
        if not self.status or not answers:
            return None
        self.asked.append(path)
        return Reply(self.status, body=b"") if self.status == 204 else Reply(self.status)

    def wait(self, page: Page, what: str, times: int) -> None:
        for _ in range(600):
            if sum(what in path for path in self.asked) >= times:
                return
            page.wait_for_timeout(100)
        raise AssertionError(f"{what} was not asked for {times} times: {self.asked}")


@pytest.fixture
def between(talk: Talk) -> Iterator[Between]:
    proxy = Between(talk.house.server.url)
    yield proxy
    proxy.shutdown()


def test_a_captive_portal_loses_no_message(chat: OpenChat, talk: Talk, between: Between) -> None:
    between.reply = portal = Portal()
    page = chat(talk, at=between.url)
    for status in (200, 401, 403, 404):
        # The stream that is open goes on until the network is lost.
        page.context.set_offline(True)
        portal.status, portal.asked = status, []
        text = f"Durch das Portal {status}."
        write(page, text)
        page.context.set_offline(False)
        # Twice each: a second refusal by our own server is the end of the session.
        for what in ("/messages", "/live/events"):
            portal.wait(page, what, 2)
        assert "/chat/" in page.url
        portal.status = 0
        expect(bubble(page, text).locator(".ticks.sent")).to_be_visible(timeout=60_000)
        assert talk.texts()[-1] == text


def test_a_file_through_a_captive_portal(
    chat: OpenChat, talk: Talk, between: Between, tmp_path: Path
) -> None:
    page = chat(talk, at=between.url)
    between.reply = portal = Portal(only="/live/blobs/")
    note = tmp_path / "bescheid.txt"
    note.write_bytes(b"Durch das Portal")
    for status in (200, 404):
        portal.status, portal.asked = status, []
        choose(page, note)
        send(page)
        portal.wait(page, "/live/blobs/", 2)
        portal.status = 0
        expect(page.locator(".message.mine.file .ticks.sent").last).to_be_visible(timeout=60_000)
        assert talk.open_file(talk.messages()[-1]["content"]) == b"Durch das Portal"


def test_an_empty_answer_costs_another_try_and_no_message(
    chat: OpenChat, talk: Talk, between: Between, tmp_path: Path
) -> None:
    """204 has no content type by which the browser could tell whose answer it is."""
    page = chat(talk, at=between.url)
    note = tmp_path / "bescheid.txt"
    note.write_bytes(b"Durch das Portal")
    for path in ("/live/conversations/", "/live/blobs/"):
        between.reply = portal = Portal(only=path)
        portal.status = 204
        if "blobs" in path:
            choose(page, note)
            send(page)
        else:
            write(page, "Durch das Portal.")
        failed = page.locator(".message.failed")
        expect(failed).to_be_visible(timeout=60_000)
        portal.status = 0
        failed.get_by_role("button", name="Noch einmal versuchen").click()
        expect(failed).to_have_count(0)
        own = page.locator(".message.mine").last
        expect(own.locator(".ticks.sent")).to_be_visible(timeout=60_000)
    said, file = (message["content"] for message in talk.messages()[-2:])
    assert said["text"] == "Durch das Portal."
    assert talk.open_file(file) == b"Durch das Portal"


def test_what_a_proxy_finds_too_large_says_so(chat: OpenChat, talk: Talk, between: Between) -> None:
    """A proxy's own bound, smaller than ours: nobody waits for ever without a word."""
    between.reply = portal = Portal()
    page = chat(talk, at=between.url)
    portal.status = 413
    write(page, "Zu lang")
    failed = page.locator(".message.failed")
    expect(failed).to_contain_text("zu groß", timeout=60_000)
    portal.status = 0
    failed.get_by_role("button", name="Noch einmal versuchen").click()
    expect(bubble(page, "Zu lang").locator(".ticks.sent")).to_be_visible(timeout=60_000)
