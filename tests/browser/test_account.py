"""One's own account in a browser: a new recovery code, and the end of everything."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from lotse.demo import crypto
from tests.browser.conftest import OpenChat
from tests.browser.desk import open_desk, say
from tests.browser.door import LANGUAGES, NARROW, Visitor, visit
from tests.browser.talk import PASSWORD, House, Someone, Talk, stored, write
from tests.support import chromium
from tests.support.words import words

pytestmark = pytest.mark.browser
DATABASES = "indexedDB.databases().then((all) => all.map((one) => one.name))"


@pytest.fixture
def desk(browser: Browser, house: House) -> Iterator[Page]:
    page, context = open_desk(browser, house.counsellor)
    yield page
    context.close()


def open_account(visitor: Visitor) -> None:
    title = visitor.said["chat.account"]
    visitor.page.locator(f"summary[aria-label='{title}']").click()
    visitor.page.get_by_role("button", name=f"{title} …").click()
    expect(visitor.page.get_by_role("dialog")).to_be_visible()


def prove(visitor: Visitor, password: str) -> None:
    field = visitor.page.locator("dialog input[autocomplete=current-password]")
    field.fill(password)
    visitor.page.locator("dialog button[type=submit]").click()


def erase(someone: Someone) -> None:
    me = someone.ask("GET", "/api/me")
    key = crypto.derive(PASSWORD, me["keys"]).sign_in_key
    someone.ask("POST", "/api/account/erasure", {"current_sign_in_key": key})


def test_a_client_deletes_everything(chat: OpenChat, talk: Talk) -> None:
    page = chat(talk)
    visitor = Visitor(page, "de")
    other = page.context.new_page()
    other.goto(f"{talk.house.server.url}/chat/")
    other.locator("input[type=password]").fill(PASSWORD)
    other.locator("form button[type=submit]").click()
    expect(other.locator(".talk .log")).to_be_visible(timeout=30_000)
    page.locator(".composer textarea").fill("Nur ein Entwurf")
    page.wait_for_function("async () => (await indexedDB.databases()).length > 0")
    page.locator(".talk-back").click()
    open_account(visitor)
    page.get_by_role("button", name=words("de")["account.delete"]).click()
    visitor.button("continue").click()
    prove(visitor, "nicht das richtige")
    visitor.sees("change.wrong")
    assert talk.texts()
    prove(visitor, PASSWORD)
    for one in (page, other):
        one.wait_for_url("**/erased/**", timeout=30_000)
        expect(one.get_by_role("heading", level=1)).to_have_text("Alles ist gelöscht")
    assert page.evaluate(DATABASES) == []
    visitor.is_well_made()
    assert talk.client.http.get("/api/me").status_code == 401
    page.goto(f"{talk.house.server.url}/sign-in/")
    visitor.sign_in(talk.client.nickname, PASSWORD)
    visitor.sees("problem.wrong-credentials")


def test_whoever_has_it_open_sees_that_it_is_gone(desk: Page, house: House) -> None:
    neighbour, talk = house.client("Eine andere Frage"), house.client("Eine Frage")
    for one in (neighbour, talk):
        one.answer("Guten Tag!")
    desk.goto(f"{house.server.url}/desk/#mine/{talk.id}")
    expect(desk.locator(f"[data-case='{talk.id}']")).to_be_visible(timeout=30_000)
    desk.locator(f"[data-case='{talk.id}']").click()
    write(desk, "Noch eine Antwort")
    desk.locator(".composer textarea").fill("Ein Entwurf")
    erase(talk.client)
    expect(desk.get_by_text(say("gone"))).to_be_visible(timeout=30_000)
    expect(desk.locator(f"[data-case='{talk.id}']")).to_have_count(0)
    assert stored(desk, "drafts") == []
    desk.locator(f"[data-case='{neighbour.id}']").click()
    expect(desk.get_by_text("Eine andere Frage").first).to_be_visible()


def test_whoever_was_offline_sees_it_afterwards(desk: Page, house: House) -> None:
    talk = house.client("Eine Frage")
    talk.answer("Guten Tag!")
    desk.locator("a[href='#mine']").click()
    desk.locator(f"[data-case='{talk.id}']").click()
    expect(desk.locator(".talk .log")).to_be_visible()
    desk.context.set_offline(True)
    erase(talk.client)
    desk.context.set_offline(False)
    expect(desk.get_by_text(say("gone"))).to_be_visible(timeout=60_000)
    expect(desk.locator(f"[data-case='{talk.id}']")).to_have_count(0)


def test_another_device_is_signed_out_from_here(
    browser: Browser, chat: OpenChat, talk: Talk
) -> None:
    visitor, other = Visitor(chat(talk), "de"), chat(talk)
    visitor.page.locator(".talk-back").click()
    open_account(visitor)
    devices = visitor.page.locator(".devices li")
    expect(devices.filter(has_text=visitor.said["account.device-here"])).to_have_count(1)
    count = devices.count()
    visitor.page.get_by_role("button", name=visitor.said["account.device-end-others"]).click()
    expect(devices).to_have_count(1)
    assert count > 1
    other.wait_for_url("**/sign-in/**", timeout=30_000)
    expect(visitor.page.get_by_role("dialog")).to_be_visible()


def new_code(visitor: Visitor) -> str:
    visitor.button("account.code-new").click()
    prove(visitor, "nicht das richtige")
    visitor.sees("change.wrong")
    prove(visitor, PASSWORD)
    # The line that says so may be that of the code before.
    with visitor.page.expect_response("**/api/recovery-code") as answered:
        code = visitor.keep_code()
    assert answered.value.ok
    expect(visitor.page.locator(".toast")).to_have_text(
        visitor.said["account.code-done"], timeout=30_000
    )
    return code


def opens(someone: Someone, code: str, door: str) -> int:
    key = crypto.recovery_sign_in_key(crypto.parse_recovery_code(code))
    body = {"door": door, "nickname": someone.nickname, "recovery_sign_in_key": key}
    return someone.http.post("/api/recovery", json=body).status_code


def test_a_client_makes_the_recovery_code_anew(chat: OpenChat, talk: Talk) -> None:
    visitor = Visitor(chat(talk), "de")
    visitor.page.locator(".talk-back").click()
    open_account(visitor)
    first = new_code(visitor)
    second = new_code(visitor)
    assert [opens(talk.client, code, "client") for code in (first, second)] == [401, 200]


def test_a_counsellor_makes_the_recovery_code_anew(desk: Page, house: House) -> None:
    visitor = Visitor(desk, "de")
    desk.evaluate("location.hash = 'account'")
    assert opens(house.counsellor, new_code(visitor), "staff") == 200
    assert desk.get_by_text(visitor.said["account.delete"]).count() == 0


def test_a_code_that_was_not_confirmed_changes_nothing(chat: OpenChat, talk: Talk) -> None:
    visitor = Visitor(chat(talk), "de")
    visitor.page.locator(".talk-back").click()
    open_account(visitor)
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    visitor.button("account.code-new").click()
    prove(visitor, PASSWORD)
    visitor.button("code.kept").wait_for(timeout=30_000)
    visitor.page.keyboard.press("Escape")
    assert not [url for url in asked if "/api/recovery-code" in url]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_window_is_well_made(
    browser: Browser, house: House, language: str, scheme: Any
) -> None:
    talk = house.client("Frage", language)
    about = {"viewport": NARROW, "color_scheme": scheme, "reduced_motion": "reduce"}
    with visit(browser, house.server, "/sign-in/", language, **about) as visitor:
        visitor.sign_in(talk.client.nickname, PASSWORD)
        visitor.page.locator(".talk-back").click()
        open_account(visitor)
        visitor.is_well_made()
        visitor.page.locator(".account-section button").last.click()
        visitor.is_well_made()
        visitor.button("continue").click()
        visitor.is_well_made()
        visitor.button("account.delete-not").click()
        visitor.button("account.code-new").click()
        visitor.is_well_made()
    with visit(browser, house.server, f"/erased/?language={language}", **about) as visitor:
        visitor.is_well_made()


def test_the_desk_shows_the_account(browser: Browser, house: House) -> None:
    page, context = open_desk(browser, house.counsellor, viewport=chromium.DESKTOP)
    page.evaluate("location.hash = 'account'")
    expect(page.locator(".account-section").first).to_be_visible()
    Visitor(page, "de").is_well_made()
    context.close()
