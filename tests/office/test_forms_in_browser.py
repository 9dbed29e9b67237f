"""A form of the office in a real browser, which sends headers that no test client does."""

import pytest
from playwright.sync_api import Browser, expect

from tests.support.server import Server

SIGN_IN = """
from lotse.accounts.models import Person
from lotse.accounts.session_store import SessionStore
store = SessionStore()
person = Person.objects.create(nickname="chief", role="administrator", is_superuser=True)
store.begin(person, "", False).unlock()
print("session:" + store.session_key)
"""


@pytest.mark.browser
def test_an_organisation_is_saved(server: Server, browser: Browser) -> None:
    session = server.manage("shell", "-v", "0", "-c", SIGN_IN).partition("session:")[2].split()[0]
    context = browser.new_context(locale="de")
    context.add_cookies([{"name": "session", "value": session, "url": server.url}])
    page = context.new_page()
    page.goto(f"{server.url}/office/organisations/new/")
    page.get_by_label("Name").fill("Werk am Hafen")
    page.locator("main form button[type=submit]").last.click()
    expect(page.get_by_role("link", name="Werk am Hafen")).to_be_visible()
    context.close()
