"""Attack: the passwords that most people choose are tried first."""

import pytest
from playwright.sync_api import Browser, Locator, Route, expect

from tests.browser.door import Visitor, ask_path, visit
from tests.browser.talk import PASSWORD, House, make_house
from tests.support.server import Server

COMMON = [
    "Password123",
    "qwertzuiop",
    "ЙЦУКЕНГШЩЗ",
    "ضصثقفغعهخح",
    "password١٢٣",
    " pass\u200bword123 ",
]


@pytest.fixture(scope="module")
def house(server: Server) -> House:
    return make_house(server)


def are_refused(visitor: Visitor, field: Locator, submit: Locator) -> None:
    sent: list[str] = []
    visitor.page.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
    for password in COMMON:
        field.fill(password)
        submit.click()
        visitor.sees("choose.common")
        expect(field).to_have_attribute("aria-invalid", "true")
    paths = ("/api/accounts", "/api/join", "/api/password", "/api/recovery/password")
    assert not [one for one in sent if one.endswith(paths)]


@pytest.mark.parametrize("language", ["de", "ar"])
def test_when_somebody_registers(browser: Browser, house: House, language: str) -> None:
    with visit(browser, house.server, ask_path(house), language) as visitor:
        visitor.write("Darf ich arbeiten?")
        visitor.page.locator("input[autocomplete=username]").fill(f"neu {language}")
        field = visitor.page.locator("input[autocomplete=new-password]")
        are_refused(visitor, field, visitor.button("continue"))
        visitor.is_well_made()
        field.fill("drei graue katzen im schnee")
        visitor.button("continue").click()
        visitor.button("code.kept").wait_for(timeout=30_000)


def test_when_somebody_changes_the_password(browser: Browser, house: House) -> None:
    with visit(browser, house.server, "/desk/") as visitor:
        visitor.sign_in(house.counsellor.nickname, PASSWORD)
        expect(visitor.page.locator(".desk")).to_be_visible(timeout=30_000)
        visitor.page.evaluate("location.hash = 'account'")
        visitor.button("change.do").click()
        visitor.page.locator("dialog input[autocomplete=current-password]").fill(PASSWORD)
        field = visitor.page.locator("dialog input[autocomplete=new-password]")
        are_refused(visitor, field, visitor.page.locator("dialog button[type=submit]"))


def without_list(route: Route) -> None:
    """Only the list is missing; everything else that signing up needs is there."""
    answer = route.fetch()
    if COMMON[1] in answer.text():
        route.abort()
    else:
        route.fulfill(response=answer)


def test_nothing_is_taken_unchecked(browser: Browser, house: House) -> None:
    """Without the list no password is taken, and nothing is lost."""
    with visit(browser, house.server, ask_path(house)) as visitor:
        page = visitor.page
        page.locator("textarea").wait_for()
        page.route("**/static/**/part-*.js", without_list)
        visitor.write("Darf ich arbeiten?")
        visitor.choose("ohne liste", "drei graue katzen im schnee")
        visitor.sees("problem.offline")
        expect(page.locator("input[autocomplete=username]")).to_have_value("ohne liste")
