"""A form of the office in a real browser, which sends headers that no test client does."""

import pytest
from playwright.sync_api import Browser, expect

from lotse.accounts.models import Person
from lotse.accounts.session_store import SessionStore
from tests.support.inside import inside
from tests.support.server import Server


@pytest.mark.browser
def test_an_organisation_is_saved(server: Server, browser: Browser) -> None:
    with inside(server):
        person = Person.objects.create(nickname="chief", role="administrator", is_superuser=True)
        store = SessionStore()
        store.begin(person, "", False).unlock()
        session = str(store.session_key)
    context = browser.new_context(locale="de")
    context.add_cookies([{"name": "session", "value": session, "url": server.url}])
    page = context.new_page()
    page.goto(f"{server.url}/office/organisations/new/")
    page.get_by_label("Name").fill("Werk am Hafen")
    page.locator("main form button[type=submit]").last.click()
    expect(page.get_by_role("link", name="Werk am Hafen")).to_be_visible()
    context.close()
