"""Links that skip the questions, and their codes."""

import re
from collections.abc import Callable

import httpx
import pytest
from django.conf import settings
from playwright.sync_api import BrowserContext, expect

from tests.support.server import Server

Window = Callable[..., BrowserContext]


@pytest.mark.parametrize("address", ["/c/amira/qr.svg", "/centre/haus-berlin/qr.svg"])
def test_code_is_a_picture(address: str, stocked: Server) -> None:
    answer = httpx.get(stocked.url + address)
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.text.startswith("<svg")
    assert len(answer.content) < 4096


@pytest.mark.browser
def test_the_camera_reads_the_own_link(window: Window, stocked: Server) -> None:
    page = window("de").new_page()
    page.goto("/c/amira/print/")
    expect(page.get_by_text(f"{stocked.url}/c/amira/")).to_be_visible()
    for language, _name in settings.LANGUAGES:
        expect(page.locator(f"main [lang={language}]")).to_be_visible()
    assert page.locator("main img").evaluate("image => image.naturalWidth") > 100


@pytest.mark.browser
def test_counsellor_who_is_away(window: Window) -> None:
    page = window("en").new_page()
    page.goto("/c/selam/")
    expect(page.get_by_text("Away until")).to_be_visible()
    expect(page.get_by_text("Answer by")).to_be_visible()
    expect(page.get_by_role("link", name="Write to Selam")).to_have_attribute(
        "href", re.compile(r"^/chat/\?counsellor=[0-9a-f-]{36}$")
    )


@pytest.mark.browser
def test_closed_centre_points_onward(window: Window) -> None:
    page = window("en").new_page()
    page.goto("/centre/haus-zu/")
    expect(page.get_by_role("link", name="Write to this centre")).to_have_count(0)
    expect(page.get_by_role("link", name="Look for another counsellor")).to_be_visible()
