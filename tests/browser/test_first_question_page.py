"""The first question on its one page: what is written stays, is sent once, and stays secret."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from lotse.conversations.models import Case, Message
from lotse.core.identifiers import new_id
from tests.browser.door import Visitor, ask_path, visit
from tests.browser.talk import PASSWORD, House, make_house, registered
from tests.support.inside import inside, new_centre
from tests.support.server import Server

QUESTION = "Ich bin Krankenpfleger aus Homs. Wird mein Diplom anerkannt?"


@pytest.fixture(scope="module")
def house(server: Server) -> House:
    return make_house(server)


def nickname() -> str:
    return f"linde-{str(new_id())[:8]}"


def cases(house: House) -> int:
    with inside(house.server):
        count = Case.objects.count()
        assert Message.objects.count() == count, "one message to each case"
    return count


def test_from_question_to_chat(browser: Browser, house: House) -> None:
    name = nickname()
    with visit(browser, house.server, ask_path(house)) as visitor:
        expect(visitor.page.get_by_text("Amira Demo")).to_be_visible()
        visitor.write(QUESTION)
        visitor.choose(name, PASSWORD)
        visitor.keep_code()
        visitor.chats(QUESTION)
        expect(visitor.page).to_have_url(f"{house.server.url}/chat/")
    with visit(browser, house.server, "/sign-in/") as visitor:
        visitor.sign_in(name, PASSWORD)
        visitor.chats(QUESTION)


def test_the_question_survives_steps_and_languages(browser: Browser, house: House) -> None:
    with visit(browser, house.server, ask_path(house)) as visitor:
        page = visitor.page
        visitor.write(QUESTION)
        page.locator("input[autocomplete=username]").fill("Zeder")
        page.locator(".top summary").click()
        page.locator(".top button[value=ru]").click()
        expect(page.locator("input[autocomplete=username]")).to_have_value("Zeder")
        page.go_back()
        expect(page.locator("textarea")).to_have_value(QUESTION)
        page.go_forward()
        expect(page.locator("input[autocomplete=username]")).to_have_value("Zeder")


def test_keys_alone_suffice(browser: Browser, house: House) -> None:
    """Tab, letters and Enter; the focus follows every step."""
    with visit(browser, house.server, ask_path(house)) as visitor:
        page = visitor.page
        press = page.keyboard.press
        type_ = page.keyboard.type
        tab_to(page, "textarea")
        type_(QUESTION)
        press("Tab")
        press("Enter")
        expect(page.locator("h1")).to_have_text(visitor.said["ask.account"])
        expect(page.locator("h1")).to_be_focused()
        tab_to(page, "input[autocomplete=username]")
        type_(nickname())
        tab_to(page, "input[autocomplete=new-password]")
        type_(PASSWORD)
        press("Enter")
        visitor.button("code.kept").wait_for(timeout=30_000)
        last = page.locator(".code span").last.inner_text()
        tab_to(page, "button.big")
        press("Enter")
        tab_to(page, "input.code-input")
        type_(last)
        press("Enter")
        visitor.chats(QUESTION)


LATE = """() => {
  window.late = []
  let known = document.querySelector('h1')
  new MutationObserver(() => {
    const now = document.querySelector('h1')
    if (now && now !== known && document.activeElement !== now) late.push(now.textContent)
    known = now
  }).observe(document, { childList: true, subtree: true })
}"""


def test_the_focus_is_there_before_anything_can_be_typed(browser: Browser, house: House) -> None:
    """Or it would take away the field in which somebody has begun."""
    with visit(browser, house.server, ask_path(house)) as visitor:
        visitor.page.evaluate(LATE)
        visitor.write(QUESTION)
        expect(visitor.page.locator("h1")).to_have_text(visitor.said["ask.account"])
        assert visitor.page.evaluate("late") == []


def tab_to(page: Page, selector: str) -> None:
    page.locator(selector).first.wait_for()
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached by the keyboard")


def test_a_suggested_password_can_be_read_and_copied(browser: Browser, house: House) -> None:
    rights: dict[str, Any] = {"permissions": ["clipboard-read", "clipboard-write"]}
    with visit(browser, house.server, ask_path(house), **rights) as visitor:
        page = visitor.page
        visitor.write(QUESTION)
        visitor.button("choose.offer").click()
        offered = page.locator("input[autocomplete=new-password]").input_value()
        assert len(offered) >= 20
        expect(page.locator("input[autocomplete=new-password]")).to_have_attribute("type", "text")
        visitor.button("copy").click()
        expect(page.locator(".toast")).to_have_text(visitor.said["copied"])
        assert page.evaluate("navigator.clipboard.readText()") == offered


def test_weak_passwords_and_taken_names_are_told_kindly(browser: Browser, house: House) -> None:
    taken = house.client().client.nickname
    with visit(browser, house.server, ask_path(house)) as visitor:
        visitor.write(QUESTION)
        visitor.choose(taken, "kurz")
        visitor.sees("choose.nickname-taken")
        expect(visitor.page.get_by_text("Es fehlen 6 Zeichen")).to_be_visible()
        visitor.choose(nickname(), "1111111111")
        visitor.sees("choose.simple")
        visitor.choose(nickname(), PASSWORD)
        expect(visitor.button("code.kept")).to_be_visible(timeout=30_000)


def test_a_name_taken_meanwhile_costs_only_another_name(browser: Browser, house: House) -> None:
    name = nickname()
    with visit(browser, house.server, ask_path(house)) as visitor:
        visitor.write(QUESTION)
        visitor.choose(name, PASSWORD)
        visitor.button("code.kept").wait_for(timeout=30_000)
        registered(house.server, name, "de")
        visitor.keep_code()
        visitor.sees("choose.nickname-taken")
        visitor.page.locator("input[autocomplete=username]").fill(nickname())
        visitor.button("continue").click()
        visitor.chats(QUESTION)


def test_a_code_that_was_not_kept_can_be_seen_again(browser: Browser, house: House) -> None:
    with visit(browser, house.server, ask_path(house)) as visitor:
        visitor.write(QUESTION)
        visitor.choose(nickname(), PASSWORD)
        visitor.button("code.kept").click(timeout=30_000)
        visitor.page.locator("input.code-input").fill("????")
        visitor.button("continue").click()
        visitor.sees("code.wrong")
        visitor.button("code.again").click()
        with visitor.page.expect_download() as download:
            visitor.button("code.save").click()
        code = "-".join(visitor.page.locator(".code span").all_inner_texts())
        assert code in download.value.path().read_text(encoding="utf-8")
        visitor.keep_code()
        visitor.chats(QUESTION)


def lost_answer(route: Route) -> None:
    """The server has done it, but the person does not hear of it."""
    route.fetch()
    route.abort("connectionreset")


def dead_network(route: Route) -> None:
    route.abort("internetdisconnected")


@pytest.mark.parametrize("fault", [dead_network, lost_answer])
@pytest.mark.parametrize("path", ["**/api/accounts", "**/api/cases"])
def test_a_broken_connection_loses_and_doubles_nothing(
    browser: Browser, house: House, path: str, fault: Callable[[Route], None]
) -> None:
    before = cases(house)
    with visit(browser, house.server, ask_path(house)) as visitor:
        visitor.page.route(path, fault)
        visitor.write(QUESTION)
        visitor.choose(nickname(), PASSWORD)
        visitor.keep_code()
        expect(visitor.page.locator(".notice.danger")).to_contain_text(
            visitor.said["problem.offline"], timeout=20_000
        )
        visitor.page.unroute(path)
        visitor.button("again").click()
        visitor.chats(QUESTION)
    assert cases(house) == before + 1


def test_a_second_question_needs_the_password_only(browser: Browser, house: House) -> None:
    talk = house.client()
    with visit(browser, house.server, "/sign-in/") as visitor:
        visitor.sign_in(talk.client.nickname, PASSWORD)
        visitor.chats("Wird mein Diplom anerkannt?")
        visitor.page.goto(house.server.url + ask_path(house))
        visitor.write("Noch etwas: Wie lange dauert das?")
        _unlock(visitor)
        visitor.chats("Noch etwas: Wie lange dauert das?")


def _unlock(visitor: Visitor) -> None:
    visitor.page.locator("input[autocomplete=current-password]").fill(PASSWORD)
    visitor.button("unlock").click()


def test_an_account_on_another_device_is_used_again(browser: Browser, house: House) -> None:
    talk = house.client()
    with visit(browser, house.server, ask_path(house)) as visitor:
        visitor.write("Und meine Frau?")
        visitor.button("ask.have-one").click()
        visitor.sign_in(talk.client.nickname, PASSWORD)
        visitor.chats("Und meine Frau?")


def test_staff_cannot_ask_and_lose_nothing(browser: Browser, house: House) -> None:
    with visit(browser, house.server, ask_path(house)) as visitor:
        visitor.write(QUESTION)
        visitor.button("ask.have-one").click()
        visitor.sign_in(house.counsellor.nickname, PASSWORD)
        # At the clients' door a counsellor is nobody.
        visitor.sees("problem.wrong-credentials")
        visitor.page.go_back()
        expect(visitor.page.locator("textarea")).to_have_value(QUESTION)


def test_a_centre_without_keys_is_said_kindly(browser: Browser, house: House) -> None:
    centre = new_centre(house.server, "Haus ohne Schlüssel", nickname())
    with visit(browser, house.server, f"/chat/?centre={centre}") as visitor:
        visitor.sees("ask.not-yet")
        expect(visitor.page.locator("#app a[href='/ask/']")).to_be_visible()


@pytest.mark.parametrize("wrong", ["", "x", "../../etc", "00000000-0000-4000-8000-000000000000"])
def test_a_link_that_leads_nowhere(browser: Browser, house: House, wrong: str) -> None:
    with visit(browser, house.server, f"/chat/?counsellor={wrong}&centre=") as visitor:
        visitor.sees("ask.gone")
