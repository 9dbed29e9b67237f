"""Signing in, unlocking and leaving, as people meet it."""

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.browser.door import visit
from tests.browser.talk import PASSWORD, House, Talk, make_house
from tests.support.server import Server

QUESTION = "Wird mein Diplom aus Aleppo anerkannt?"


@pytest.fixture(scope="module")
def house(server: Server) -> House:
    return make_house(server)


@pytest.fixture(scope="module")
def talk(house: House) -> Talk:
    return house.client(QUESTION)


def test_a_client_comes_to_the_own_conversation(browser: Browser, talk: Talk) -> None:
    with visit(browser, talk.house.server, "/sign-in/") as visitor:
        visitor.sign_in(talk.client.nickname, PASSWORD)
        visitor.chats(QUESTION)
        expect(visitor.page).to_have_url(f"{talk.house.server.url}/chat/")


def test_a_counsellor_comes_to_the_desk(browser: Browser, house: House) -> None:
    with visit(browser, house.server, "/sign-in/") as visitor:
        visitor.sign_in(house.counsellor.nickname, PASSWORD)
        # The clients' door knows no counsellor, and shows the way to the other one.
        visitor.sees("problem.wrong-credentials")
        visitor.page.get_by_role("link", name=visitor.said["sign-in.staff"]).click()
        expect(visitor.page.locator("h1")).to_have_text(visitor.said["sign-in.title-staff"])
        visitor.is_well_made()
        visitor.sign_in(house.counsellor.nickname, PASSWORD)
        expect(visitor.page.locator(".desk")).to_be_visible(timeout=30_000)
        expect(visitor.page).to_have_url(f"{house.server.url}/desk/")


def test_a_wrong_password_keeps_what_was_typed(browser: Browser, talk: Talk) -> None:
    with visit(browser, talk.house.server, "/sign-in/", "ru") as visitor:
        visitor.sign_in(talk.client.nickname, "nicht das richtige")
        visitor.sees("problem.wrong-credentials")
        name = visitor.page.locator("input[autocomplete=username]")
        expect(name).to_have_value(talk.client.nickname)


def test_no_network_loses_nothing(browser: Browser, talk: Talk) -> None:
    with visit(browser, talk.house.server, "/sign-in/") as visitor:
        visitor.page.locator("#app form").wait_for()
        visitor.page.context.set_offline(True)
        visitor.sign_in(talk.client.nickname, PASSWORD)
        visitor.sees("problem.offline")
        visitor.page.context.set_offline(False)
        visitor.button("sign-in").click()
        visitor.chats(QUESTION)


def test_too_many_attempts_say_how_long_to_wait(browser: Browser, house: House) -> None:
    client = house.client().client
    wrong = {"nickname": client.nickname, "sign_in_key": "A" * 43}
    # From a device that is not known.
    while httpx.post(f"{house.server.url}/api/sign-in", json=wrong).status_code == 401:
        pass
    with visit(browser, house.server, "/sign-in/") as visitor:
        visitor.sign_in(client.nickname, PASSWORD)
        alert = visitor.page.locator(".notice.danger")
        expect(alert).to_have_text(visitor.said["problem.too-many-attempts.one"], timeout=20_000)


def test_after_a_reload_the_password_alone_opens(browser: Browser, talk: Talk) -> None:
    with visit(browser, talk.house.server, "/sign-in/") as visitor:
        visitor.sign_in(talk.client.nickname, PASSWORD)
        visitor.chats(QUESTION)
        visitor.page.reload()
        password = visitor.page.locator("input[autocomplete=current-password]")
        password.fill("etwas ganz anderes")
        visitor.button("unlock").click()
        visitor.sees("unlock.wrong")
        password.fill(PASSWORD)
        visitor.button("unlock").click()
        visitor.chats(QUESTION)


def test_the_language_changes_in_place(browser: Browser, server: Server) -> None:
    with visit(browser, server, "/sign-in/") as visitor:
        page = visitor.page
        page.locator("input[autocomplete=username]").fill("Zeder")
        page.locator(".top summary").click()
        page.locator(".top button[value=ar]").click()
        expect(page.locator("html")).to_have_attribute("dir", "rtl")
        expect(page.locator("h1")).to_have_text("تسجيل الدخول")
        expect(page.locator("input[autocomplete=username]")).to_have_value("Zeder")
        expect(page.locator(".top .exit")).to_have_text("خروج")
        page.reload()
        expect(page.locator("h1")).to_have_text("تسجيل الدخول")


def test_quick_exit_ends_the_session(browser: Browser, house: House) -> None:
    talk = house.client(QUESTION)
    with visit(browser, house.server, "/sign-in/") as visitor:
        page = visitor.page
        visitor.sign_in(talk.client.nickname, PASSWORD)
        visitor.chats(QUESTION)
        page.route("https://www.dwd.de/**", lambda route: route.fulfill(body="Das Wetter"))
        page.locator(".top .exit").click()
        expect(page.locator("body")).to_have_text("Das Wetter")
        page.unroute("https://www.dwd.de/**")
        page.goto(f"{house.server.url}/chat/")
        expect(page.locator("input[autocomplete=username]")).to_be_visible()


def test_emergency_numbers_open_over_the_page(browser: Browser, server: Server) -> None:
    with visit(browser, server, "/sign-in/") as visitor:
        page = visitor.page
        page.locator("input[autocomplete=username]").fill("Zeder")
        page.locator(".top .help").click()
        expect(page.locator("dialog a[href='tel:112']")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator("dialog")).to_have_count(0)
        expect(page.locator("input[autocomplete=username]")).to_have_value("Zeder")


@pytest.mark.parametrize("language", ["de", "ar"])
def test_a_browser_that_cannot_encrypt_sends_nothing(
    browser: Browser, server: Server, language: str
) -> None:
    with visit(browser, server, "/sign-in/", language) as visitor:
        page = visitor.page
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.add_init_script("delete window.WebAssembly")
        page.reload()
        visitor.sees("stop.browser-why")
        expect(page.get_by_text("Firefox 115+")).to_be_visible()
        assert not [url for url in asked if "/api/" in url]
        visitor.is_well_made()
