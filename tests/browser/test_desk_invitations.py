"""Coordinators invite; the link is shown once and lets one person join."""

import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.desk import coordinator, open_desk, say
from tests.browser.talk import House, make_house
from tests.support.server import Server
from tests.support.words import words

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def house(server: Server) -> House:
    return make_house(server)


def test_invite_a_counsellor(browser: Browser, house: House) -> None:
    page, context = open_desk(browser, coordinator(house))
    page.get_by_label(say("centre-of")).select_option(label="Beratungsstelle am Hafen")
    page.get_by_label(say("note")).fill("für Tarek")
    page.get_by_role("button", name=say("make-link")).click()
    link = page.get_by_label(say("link"), exact=True).input_value()
    assert link.startswith(f"{house.server.url}/join/#")
    expect(page.locator(".invitation").filter(has_text="für Tarek")).to_contain_text("gilt bis")

    token = link.partition("#")[2]
    offer = house.counsellor.ask("POST", "/api/invitations/look", {"token": token})
    assert (offer["role"], offer["centre"]["id"]) == ("counsellor", house.centre)
    # Shown once: whoever comes back does not find it again.
    page.locator("a[href='#account']").click()
    page.locator("a[href='#invitations']").click()
    expect(page.locator(".invitation")).not_to_have_count(0)
    expect(page.locator(".new-link")).to_have_count(0)
    context.close()


def test_an_invitation_ends_with_its_makers_right(browser: Browser, house: House) -> None:
    maker = coordinator(house)
    new = {"role": "counsellor", "centre": house.centre, "note": "für Salma"}
    maker.ask("POST", "/api/desk/invitations", new)
    person = maker.account.person.replace("-", "")
    with closing(sqlite3.connect(house.server.data / "lotse.sqlite3", timeout=20)) as database:
        database.execute("DELETE FROM centres_coordinator WHERE person_id = ?", (person,))
        database.commit()
    page, context = open_desk(browser, coordinator(house))
    shown = page.locator(".invitation").filter(has_text="für Salma")
    expect(shown).to_contain_text(say("invitation-ended"))
    context.close()


def test_coordinators_see_no_cases(browser: Browser, house: House) -> None:
    talk = house.client("Eine vertrauliche Frage")
    someone = coordinator(house)
    page, context = open_desk(browser, someone)
    expect(page.locator("a[href='#new']")).to_have_count(0)
    page.evaluate("location.hash = '#new'")
    expect(page.get_by_role("heading", level=1)).to_have_text(say("invitations"))
    assert someone.http.get(f"/api/conversations/{talk.id}").status_code in {403, 404}
    assert someone.http.get("/api/desk/cases?state=new").status_code == 403
    context.close()


def test_password_and_sign_out_are_in_the_account(browser: Browser, house: House) -> None:
    page, context = open_desk(browser, coordinator(house))
    page.locator("a[href='#account']").click()
    page.get_by_role("button", name=words("de")["change.do"]).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name=say("sign-out"), exact=True).click()
    page.wait_for_url(f"{house.server.url}/")
    assert page.request.get(f"{house.server.url}/api/me").status == 401
    context.close()
