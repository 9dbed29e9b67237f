"""How long the browser waits before it comes back, and what it does about a broken event."""

import threading
import time
from collections.abc import Iterator
from email.utils import formatdate

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenChat
from tests.browser.talk import Talk, bubble
from tests.support.proxy import Between, Reply

EVENTS = "text/event-stream; charset=utf-8"


class Counted:
    """Answers the stream's requests with one reply, until `enough` have come."""

    def __init__(self, enough: int, reply: Reply) -> None:
        self.enough, self.reply = enough, reply
        self.at: list[float] = []
        self.loaded = 0
        self.done = threading.Event()

    def __call__(self, method: str, path: str) -> Reply | None:
        self.loaded += path == "/api/conversations"
        if not path.startswith("/live/events") or self.done.is_set():
            return None
        self.at.append(time.monotonic())
        if len(self.at) == self.enough:
            self.done.set()
        return self.reply

    @property
    def pauses(self) -> list[float]:
        return [after - before for before, after in zip(self.at, self.at[1:], strict=False)]


@pytest.fixture
def between(talk: Talk) -> Iterator[Between]:
    proxy = Between(talk.house.server.url)
    yield proxy
    proxy.shutdown()


def listen(chat: OpenChat, talk: Talk, between: Between, answers: Counted) -> Page:
    between.reply = answers
    page = chat(talk, at=between.url)
    for _ in range(600):
        if answers.done.is_set():
            return page
        page.wait_for_timeout(100)
    raise AssertionError(answers.pauses)


def test_a_stream_that_ends_at_once_is_asked_for_ever_more_rarely(
    chat: OpenChat, talk: Talk, between: Between
) -> None:
    answers = Counted(5, Reply(type=EVENTS, body=b": here\n\n"))
    page = listen(chat, talk, between, answers)
    # Half to whole of 1, 2, 4 and 8 seconds.
    for pause, least in zip(answers.pauses, (0.4, 0.9, 1.9, 3.9), strict=True):
        assert pause > least, answers.pauses
    talk.answer("Nach allen Pausen")
    expect(bubble(page, "Nach allen Pausen")).to_have_count(1, timeout=60_000)


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_the_stream_waits_as_long_as_it_is_told(
    chat: OpenChat, talk: Talk, between: Between, form: str
) -> None:
    # A date is meant by the clock of whoever says it: this one is years behind.
    then = 1_000_000_000
    said = {"seconds": "5", "date": formatdate(then + 5, usegmt=True)}[form]
    headers = {"Retry-After": said, "Date": formatdate(then, usegmt=True)}
    answers = Counted(2, Reply(503, headers=headers))
    listen(chat, talk, between, answers)
    (pause,) = answers.pauses
    assert pause >= 5


def test_an_event_that_cannot_be_applied_is_skipped(
    chat: OpenChat, talk: Talk, between: Between
) -> None:
    broken = b"id: 9999999999\nevent: message\ndata: {broken\n\n"
    answers = Counted(3, Reply(type=EVENTS, body=broken))
    page = listen(chat, talk, between, answers)
    # Everything is loaded anew after the third time, and the stream goes on from there.
    talk.answer("Nach dem Fehler")
    expect(bubble(page, "Nach dem Fehler")).to_have_count(1, timeout=60_000)
    assert answers.loaded == 2
