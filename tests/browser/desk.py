"""The desk in a browser: colleagues, their queue, and what their screens say."""

from typing import Any

import httpx
from playwright.sync_api import Browser, BrowserContext, Page, expect

from lotse.core.identifiers import new_id
from lotse.demo import crypto
from tests.browser.talk import PASSWORD, House, Someone, sign_in
from tests.support.inside import new_invitation
from tests.support.server import Server
from tests.support.words import words

LOCALES = {"de": "de-DE", "en": "en-GB", "ar": "ar", "ru": "ru-RU"}


def colleague(house: House, name: str) -> Someone:
    """Joins the centre and waits for its key."""
    return joined(house.server, house.centre, "counsellor", name)


def coordinator(house: House) -> Someone:
    return joined(house.server, house.centre, "coordinator", "")


def joined(server: Server, centre: str, role: str, name: str) -> Someone:
    token = new_invitation(server, centre, role)
    person, nickname = str(new_id()), f"{role[:5]}-{str(new_id())[:8]}"
    account, keys, _ = crypto.create_account(person, PASSWORD, "staff")
    http = httpx.Client(base_url=server.url, timeout=30)
    someone = Someone(server, nickname, account, http, "/desk/")
    body = {"person": person, "nickname": nickname, "language": "de", "keys": keys}
    body |= {"token": token, "name": name, "languages": ["de", "ar"]}
    someone.ask("POST", "/api/join", body)
    return someone


def admit(house: House, newcomer: Someone) -> None:
    """By the lead, without a browser."""
    lead = house.counsellor
    wire = lead.ask("GET", "/api/centre-keys")
    wraps = {one["epoch"]: one["wrapped"] for one in wire["wraps"]}
    opened = crypto.open_centre(lead.account, house.centre, wire["manifests"], wraps)
    admitted = crypto.admit(lead.account, opened, newcomer.account)
    lead.ask("POST", "/api/centre-keys/admit", admitted)


def open_desk(
    browser: Browser, someone: Someone, language: str = "de", **context: Any
) -> tuple[Page, BrowserContext]:
    """A new browser in which a colleague has signed in and sees the desk."""
    about = {"locale": LOCALES[language], "timezone_id": "Europe/Berlin"}
    opened = browser.new_context(**about | {"viewport": {"width": 1280, "height": 800}} | context)
    someone.ask("PUT", "/api/language", {"language": language})
    page = opened.new_page()
    sign_in(page, someone)
    expect(page.locator(".desk")).to_be_visible(timeout=30_000)
    return page, opened


def say(key: str, language: str = "de", **values: str | int) -> str:
    text = words(language)[f"desk.{key}"]
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text
