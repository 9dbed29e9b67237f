"""One centre a module, and pages that end with their test."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.talk import House, Talk, make_house, open_chat
from tests.support import chromium
from tests.support.server import Server

OpenChat = Callable[..., Page]


@pytest.fixture(scope="module")
def house(server: Server) -> House:
    return make_house(server)


@pytest.fixture
def talk(house: House) -> Talk:
    """A new client whose question was answered once."""
    talk = house.client()
    talk.answer("Guten Tag! Ja, das geht.")
    return talk


@pytest.fixture
def chat(browser: Browser) -> Iterator[OpenChat]:
    """Opens a conversation in a new browser, on a phone unless told otherwise."""
    contexts = []

    def opened(talk: Talk, **options: Any) -> Page:
        page, context = open_chat(browser, talk, **{"viewport": chromium.PHONE} | options)
        contexts.append(context)
        return page

    yield opened
    for context in contexts:
        context.close()
