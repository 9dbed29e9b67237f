"""A forgotten password, and a changed one: the history stays, other devices do not."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.door import Visitor, ask_path, visit
from tests.browser.talk import PASSWORD, House, make_house
from tests.support.server import Server

QUESTION = "Darf ich mit Duldung arbeiten?"
NEW = "neuer mond neben dem hafen"


@pytest.fixture(scope="module")
def house(server: Server) -> House:
    return make_house(server)


@pytest.fixture(scope="module")
def code(browser: Browser, house: House) -> str:
    with visit(browser, house.server, ask_path(house)) as visitor:
        visitor.write(QUESTION)
        visitor.choose("pinie", PASSWORD)
        kept = visitor.keep_code()
        visitor.chats(QUESTION)
        return kept


def test_a_mistyped_code_is_noticed_before_it_is_sent(
    browser: Browser, house: House, code: str
) -> None:
    with visit(browser, house.server, "/recover/", "ar") as visitor:
        asked: list[str] = []
        visitor.page.on("request", lambda request: asked.append(request.url))
        visitor.page.locator("input[autocomplete=username]").fill("pinie")
        other = "7" if code[0] != "7" else "8"
        visitor.page.locator("textarea").fill(other + code[1:])
        visitor.button("continue").click()
        visitor.sees("recover.mistyped")
        assert not [url for url in asked if "/api/recovery" in url]


def test_somebody_elses_code_opens_nothing(browser: Browser, house: House, code: str) -> None:
    other = house.client().client.nickname
    with visit(browser, house.server, "/recover/", "ru") as visitor:
        visitor.page.locator("input[autocomplete=username]").fill(other)
        visitor.page.locator("textarea").fill(code)
        visitor.button("continue").click()
        visitor.sees("problem.wrong-recovery-code")


def test_the_code_sets_a_new_password(browser: Browser, house: House, code: str) -> None:
    with visit(browser, house.server, "/recover/") as visitor:
        visitor.page.locator("input[autocomplete=username]").fill("pinie")
        visitor.page.locator("textarea").fill(code.lower().replace("-", " ").replace("0", "o"))
        visitor.button("continue").click()
        expect(visitor.page.locator("h1")).to_have_text(visitor.said["recover.new-title"])
        visitor.is_well_made()
        visitor.page.locator("input[autocomplete=new-password]").fill(NEW)
        visitor.button("recover.set").click()
        visitor.chats(QUESTION)
    with visit(browser, house.server, "/sign-in/") as visitor:
        visitor.sign_in("pinie", PASSWORD)
        visitor.sees("problem.wrong-credentials")
        visitor.sign_in("pinie", NEW)
        visitor.chats(QUESTION)


def test_a_changed_password_ends_other_sessions(browser: Browser, house: House) -> None:
    nickname = house.counsellor.nickname
    with (
        visit(browser, house.server, "/desk/") as other,
        visit(browser, house.server, "/desk/") as visitor,
    ):
        for one in (other, visitor):
            one.sign_in(nickname, PASSWORD)
            expect(one.page.locator(".desk")).to_be_visible(timeout=30_000)
        change(visitor, "nicht das richtige", NEW)
        visitor.sees("change.wrong")
        visitor.page.keyboard.press("Escape")
        change(visitor, PASSWORD, NEW)
        expect(visitor.page.locator(".toast")).to_have_text(
            visitor.said["change.done"], timeout=30_000
        )
        for one, field in ((other, "username"), (visitor, "current-password")):
            one.page.reload()
            expect(one.page.locator(f"input[autocomplete={field}]").first).to_be_attached()
            assert one.page.locator("input[name=username]").is_visible() == (one is other)


def change(visitor: Visitor, current: str, new: str) -> None:
    visitor.page.evaluate("location.hash = 'account'")
    visitor.button("change.do").click()
    visitor.page.locator("dialog input[autocomplete=current-password]").fill(current)
    visitor.page.locator("dialog input[autocomplete=new-password]").fill(new)
    visitor.page.locator("dialog button[type=submit]").click()
