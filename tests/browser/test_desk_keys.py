"""A new colleague waits, a lead admits her, and she reads what was said before."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.desk import colleague, joined, open_desk, say
from tests.browser.talk import House, make_house
from tests.support.inside import new_centre
from tests.support.server import Server

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def house(server: Server) -> House:
    return make_house(server)


def test_admitted_by_a_click_and_reads_old_cases(browser: Browser, house: House) -> None:
    talk = house.client("Das war vor ihrer Zeit")
    newcomer = colleague(house, "Mira Probst")
    hers, her_context = open_desk(browser, newcomer)
    expect(hers.locator(".gate h1")).to_have_text(say("gate-title"))
    expect(hers.locator(".gate-who")).to_have_text("Amira Demo")
    expect(hers.locator(".gate .fingerprint")).to_contain_text(" ")
    number = hers.locator(".gate .fingerprint").inner_text()

    leads, lead_context = open_desk(browser, house.counsellor)
    banner = leads.locator(".admission")
    expect(banner).to_contain_text(say("waits-for-key", name="Mira Probst"))
    # Both compare the same number.
    expect(banner.locator(".fingerprint")).to_contain_text(" ")
    assert banner.locator(".fingerprint").inner_text() == number
    expect(banner.get_by_label(say("admit-lead"))).to_be_checked()
    banner.get_by_role("button", name=say("admit")).click()
    expect(leads.locator(".toast")).to_have_text(say("admitted", name="Mira Probst"))
    expect(banner).to_have_count(0)

    # Her page opens by itself with the new cases, and she can read what was sealed before she came.
    expect(hers.locator("a[href='#new']")).to_have_attribute("aria-current", "page")
    row = hers.locator(".row", has_text=talk.client.nickname)
    expect(row.locator(".row-text")).to_have_text("Das war vor ihrer Zeit")
    her_context.close()
    lead_context.close()


def test_a_centre_without_a_key_is_founded_at_the_desk(browser: Browser, server: Server) -> None:
    centre = new_centre(server, "Ohne Schlüssel", "ohne-schluessel")
    first = joined(server, centre, "counsellor", "Zoe Erste")
    page, context = open_desk(browser, first)
    expect(page.locator(".desk-empty-title").first).to_have_text(say("empty-mine"))
    keys = first.ask("GET", "/api/centre-keys")
    assert len(keys["manifests"]) == len(keys["wraps"]) == 1
    context.close()
