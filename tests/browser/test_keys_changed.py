"""A backup is restored after a colleague was admitted: all go on once they have checked."""

import dataclasses
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pyrage
import pytest
from playwright.sync_api import Browser, Page, Request, expect

from lotse.demo import crypto
from tests.browser.desk import admit, colleague, open_desk
from tests.browser.door import Visitor, ask_path
from tests.browser.talk import PASSWORD, House, bubble, make_house, open_chat, sign_in, write
from tests.support.installation import command
from tests.support.server import Server
from tests.support.words import words

SAID = words("de")
NEW = "Und wie lange dauert das?"


@pytest.fixture
def house(new_server: Callable[..., Server]) -> House:
    """On a server of its own, which this test replaces."""
    return make_house(new_server())


@pytest.fixture
def restored(tmp_path: Path) -> Iterator[Callable[[House, Path], None]]:
    """Puts the backup in the place of the house's server, at the same address."""
    made: list[Server] = []

    def replace(house: House, file: Path) -> None:
        old = house.server
        old.stop()
        new = Server(tmp_path)
        new.port, new.url = old.port, old.url
        new.environment["LOTSE_ORIGIN"] = old.url
        command(new, "restore", file, "--identity", file.with_suffix(".key"))
        house.server = new.start()
        made.append(new)

    yield replace
    for server in made:
        server.stop()


def backup(server: Server, folder: Path) -> Path:
    identity = pyrage.x25519.Identity.generate()
    file = folder / "lotse.age"
    file.with_suffix(".key").write_text(str(identity))
    command(server, "backup", file, "--recipient", identity.to_public())
    return file


def number(house: House) -> str:
    """Of the keys that the server shows, computed by Python."""
    wire = httpx.get(f"{house.server.url}/api/centres/{house.centre}/keys").json()
    manifest = crypto.verify_manifests(house.centre, wire["manifests"])
    return crypto.centre_safety_number(house.centre, manifest.hash)


def shown(page: Page) -> str:
    digits = page.locator(".safety-number .digits")
    expect(digits).to_be_visible(timeout=30_000)
    expect(page.locator(".safety-number svg.qr path")).to_have_count(1)
    return " ".join(re.findall(r"\d{5}", digits.inner_text()))


def press(page: Page, word: str) -> None:
    page.get_by_role("button", name=SAID[word], exact=True).click()


def test_a_restore_locks_nobody_out(
    browser: Browser,
    house: House,
    restored: Callable[[House, Path], None],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    talk = house.client()
    file = backup(house.server, tmp_path_factory.mktemp("backup"))
    admit(house, colleague(house, "Mira Probst"))
    later = number(house)
    chat, client = open_chat(browser, talk)
    press(chat, "chat.safety-number")
    assert shown(chat) == later
    press(chat, "close")
    desk, counsellor = open_desk(browser, house.counsellor)
    desk.goto(f"{house.server.url}/desk/#account")
    assert shown(desk) == later
    client.set_offline(True)
    write(chat, "Noch vor der Sicherung")
    expect(bubble(chat, "Noch vor der Sicherung")).to_be_visible()

    restored(house, file)
    assert number(house) != later
    client.set_offline(False)
    # The restore has ended the session.
    chat.wait_for_url("**/sign-in/**", timeout=60_000)
    sign_in_again(chat, talk.client, house)
    # The outbox has outlived the session, and the browser goes on from the restored state.
    expect(bubble(chat, "Noch vor").locator(".ticks.sent")).to_be_visible(timeout=60_000)
    client_goes_on(chat, house)
    desk_goes_on(desk, house)
    client.close()
    counsellor.close()


def sign_in_again(page: Page, someone: Any, house: House) -> None:
    sign_in(page, dataclasses.replace(someone, server=house.server))


def client_goes_on(page: Page, house: House) -> None:
    sent = requests(page, "/api/cases")
    page.goto(house.server.url + ask_path(house))
    visitor = Visitor(page, "de")
    visitor.write(NEW)
    page.locator("input[autocomplete=current-password]").fill(PASSWORD)
    visitor.button("unlock").click()
    compared_by(page, house)
    # A first question goes only now.
    assert sent == []
    press(page, "keys.accept")
    visitor.chats(NEW)
    assert len(sent) == 1


def requests(page: Page, path: str) -> list[str]:
    """Those that begin from now on."""
    begun: list[str] = []

    def note(request: Request) -> None:
        if request.url.endswith(path):
            begun.append(request.url)

    page.on("request", note)
    return begun


def desk_goes_on(page: Page, house: House) -> None:
    sign_in_again(page, house.counsellor, house)
    compared_by(page, house)
    expect(page.locator(".row")).to_have_count(0)
    press(page, "keys.accept")
    row = page.locator(".row", has_text=NEW)
    expect(row).to_be_visible(timeout=30_000)


def compared_by(page: Page, house: House) -> None:
    """All steps but the last one."""
    heading = page.locator(".keys-changed h1")
    expect(heading).to_have_text(SAID["keys.changed"], timeout=60_000)
    expect(page.locator(".keys-changed")).to_contain_text("Beratungsstelle am Hafen")
    assert shown(page) == number(house)
    press(page, "keys.later")
    expect(heading).to_have_text(SAID["keys.closed"])
    press(page, "keys.check")
    press(page, "keys.compared")
    expect(heading).to_have_text(SAID["keys.sure"])
    press(page, "keys.back")
    press(page, "keys.compared")
    assert shown(page) == number(house)
