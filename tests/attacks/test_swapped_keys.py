"""A server that swaps a centre's keys gets nothing until a person has compared the number."""

import json

import pytest
from playwright.sync_api import Browser, Route, expect

from lotse.core.identifiers import new_id
from lotse.demo import crypto
from tests.browser.door import ask_path, visit
from tests.browser.talk import PASSWORD, House, make_house
from tests.browser.test_keys_changed import requests
from tests.support.server import Server
from tests.support.words import words

SAID = words("de")
QUESTION = "Wer liest das?"


@pytest.fixture(scope="module")
def house(server: Server) -> House:
    return make_house(server)


def foreign_keys(house: House) -> str:
    """A sound chain of somebody else's for the same centre, as the server would show it."""
    account, _, _ = crypto.create_account(str(new_id()), PASSWORD, "staff")
    manifest = crypto.found_centre(account, house.centre)["manifest"]
    return json.dumps({"manifests": [manifest | {"signer": account.person}]})


def test_swapped_keys_get_nothing_until_they_are_checked(browser: Browser, house: House) -> None:
    talk = house.client()
    with visit(browser, house.server, "/sign-in/") as visitor:
        page = visitor.page
        visitor.sign_in(talk.client.nickname, PASSWORD)
        visitor.chats("Wird mein Diplom anerkannt?")
        # This browser has seen the true keys.
        visitor.button("chat.safety-number").click()
        expect(page.locator(".safety-number")).to_be_visible()
        sent = requests(page, "/api/cases")
        swapped = foreign_keys(house)

        def swap(route: Route) -> None:
            route.fulfill(body=swapped, content_type="application/json")

        page.route(f"**/api/centres/{house.centre}/keys", swap)
        page.goto(house.server.url + ask_path(house))
        visitor.write(QUESTION)
        page.locator("input[autocomplete=current-password]").fill(PASSWORD)
        visitor.button("unlock").click()
        heading = page.locator(".keys-changed h1")
        expect(heading).to_have_text(SAID["keys.changed"], timeout=30_000)
        visitor.button("keys.later").click()
        expect(heading).to_have_text(SAID["keys.closed"])
        assert sent == []

        # Not even a yes believes other keys than those that were compared.
        visitor.button("keys.check").click()
        visitor.button("keys.compared").click()
        swapped = foreign_keys(house)
        visitor.button("keys.accept").click()
        expect(heading).to_have_text(SAID["keys.changed"], timeout=30_000)
        assert sent == []
