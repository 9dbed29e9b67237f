"""Colleagues join by a one-time link; the first one's browser makes the centre's key."""

import httpx
import pytest
from playwright.sync_api import Browser, expect

from lotse.core.identifiers import new_id
from tests.browser.door import LAYOUTS, Visitor, visit
from tests.browser.talk import PASSWORD
from tests.support.inside import new_centre, new_invitation
from tests.support.server import Server


@pytest.fixture(scope="module")
def centre(server: Server) -> str:
    return new_centre(server, "Haus der Ersten", "erste")


def link(server: Server, centre: str) -> str:
    return f"/join/#{new_invitation(server, centre)}"


def fill(visitor: Visitor, nickname: str) -> None:
    page = visitor.page
    page.locator("input[autocomplete=name]").fill("Samira Haddad")
    page.locator("label.choice input").first.check()
    visitor.choose(nickname, PASSWORD)


def test_the_first_one_founds_the_key(browser: Browser, server: Server, centre: str) -> None:
    with visit(browser, server, link(server, centre)) as visitor:
        visitor.sees("join.as-counsellor")
        expect(visitor.page.get_by_text("Haus der Ersten")).to_be_visible()
        fill(visitor, "samira")
        visitor.keep_code()
        expect(visitor.page.locator(".desk")).to_be_visible(timeout=30_000)
        expect(visitor.page).to_have_url(f"{server.url}/desk/")
    keys = httpx.get(f"{server.url}/api/centres/{centre}/keys").json()
    assert [one["number"] for one in keys["manifests"]] == [1]


def test_the_second_one_waits_to_be_admitted(browser: Browser, server: Server, centre: str) -> None:
    with visit(browser, server, link(server, centre)) as visitor:
        fill(visitor, "yusuf")
        visitor.keep_code()
        expect(visitor.page.locator(".desk")).to_be_visible(timeout=30_000)
    keys = httpx.get(f"{server.url}/api/centres/{centre}/keys").json()
    assert len(keys["manifests"]) == 1


def test_what_is_missing_is_said(browser: Browser, server: Server, centre: str) -> None:
    with visit(browser, server, link(server, centre), "en") as visitor:
        visitor.page.locator("input[autocomplete=name]").fill("Nur ein Name")
        visitor.choose(f"n{str(new_id())[:6]}", PASSWORD)
        visitor.sees("join.languages-missing")


@pytest.mark.parametrize("token", ["", "x", "A" * 43])
def test_a_link_that_no_longer_works(browser: Browser, server: Server, token: str) -> None:
    with visit(browser, server, f"/join/#{token}") as visitor:
        visitor.sees("join.gone")
        expect(visitor.page.locator("#app a[href='/desk/']")).to_be_visible()


@pytest.mark.parametrize("language", LAYOUTS)
def test_the_form_is_well_made(
    browser: Browser, server: Server, centre: str, language: str
) -> None:
    with visit(browser, server, link(server, centre), language) as visitor:
        visitor.sees("join.title")
        visitor.is_well_made()
