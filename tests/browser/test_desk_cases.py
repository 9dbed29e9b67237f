"""A new question is read, taken, answered and closed; colleagues see it happen."""

import os
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from lotse.core.identifiers import to_text
from tests.browser.desk import admit, colleague, open_desk, say
from tests.browser.talk import PASSWORD, House, Someone, make_house
from tests.support.server import Server

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def house(server: Server) -> House:
    return make_house(server)


@pytest.fixture(scope="module")
def mira(house: House) -> Someone:
    someone = colleague(house, "Mira Probst")
    admit(house, someone)
    return someone


@pytest.fixture
def lead(browser: Browser, house: House) -> Iterator[Page]:
    page, context = open_desk(browser, house.counsellor)
    yield page
    context.close()


def go(page: Page, view: str) -> None:
    page.locator(f".desk-rail a[href='#{view}']").click()
    expect(page.locator(f".desk-rail a[href='#{view}']")).to_have_attribute("aria-current", "page")


def open_case(page: Page, nickname: str) -> None:
    page.locator(".row a", has_text=nickname).click()
    expect(page.locator(".case-title h2")).to_have_text(nickname)


def test_take_answer_and_close(house: House, lead: Page) -> None:
    talk = house.client("Wie lange dauert die Anerkennung?")
    nickname = talk.client.nickname
    go(lead, "new")
    # It came while the page was open, and its words were opened here.
    row = lead.locator(".row", has_text=nickname)
    expect(row.locator(".row-text")).to_have_text("Wie lange dauert die Anerkennung?")
    expect(row).to_contain_text("Deutsch")
    open_case(lead, nickname)
    expect(lead.locator(".talk .log")).to_contain_text("Wie lange dauert die Anerkennung?")
    expect(lead.locator(".case-facts")).to_contain_text("Köln")
    expect(lead.get_by_role("textbox", name="Nachricht")).to_have_count(0)

    lead.get_by_role("button", name=say("take")).click()
    expect(lead.locator(".toast")).to_have_text(say("taken"))
    expect(lead.locator(".desk-rail a[href='#mine']")).to_have_attribute("aria-current", "page")
    lead.locator(".composer textarea").fill("Etwa drei Monate.")
    lead.locator(".composer textarea").press("Enter")
    expect(lead.locator(".row", has_text=nickname)).to_contain_text("Etwa drei Monate.")
    assert talk.texts()[-1] == "Etwa drei Monate."

    lead.get_by_role("button", name=say("close"), exact=True).click()
    lead.get_by_role("dialog").get_by_role("button", name=say("close-yes")).click()
    expect(lead.locator(".row", has_text=nickname)).to_have_count(0)
    go(lead, "closed")
    expect(lead.locator(".row", has_text=nickname)).to_be_visible()


def test_an_answer_opens_a_closed_case_again(house: House, lead: Page) -> None:
    talk = house.client("Eine Frage")
    talk.answer("Eine Antwort")
    house.counsellor.ask("POST", f"/api/desk/cases/{talk.id}/close")
    go(lead, "mine")
    expect(lead.locator(".row", has_text=talk.client.nickname)).to_have_count(0)
    talk.add("Noch etwas")
    row = lead.locator(".row", has_text=talk.client.nickname)
    expect(row.locator(".row-text")).to_have_text("Noch etwas")
    expect(row.locator(".desk-count")).to_be_visible()


def test_who_waits_longest_comes_first(house: House, lead: Page) -> None:
    first = house.client("Ich war zuerst da").client.nickname
    second = house.client("Ich kam danach").client.nickname
    go(lead, "new")
    names = lead.locator(".row-name")
    expect(names.filter(has_text=second)).to_be_visible()
    shown = names.all_inner_texts()
    assert shown.index(first) < shown.index(second)


def test_the_faster_colleague_is_named(
    browser: Browser, house: House, mira: Someone, lead: Page
) -> None:
    talk = house.client("Wer antwortet mir?")
    other, context = open_desk(browser, mira)
    for page in (lead, other):
        go(page, "new")
        open_case(page, talk.client.nickname)
    # Both have pressed before either has heard of it; the slower one's is on its way.
    held: list[Route] = []
    # Playwright wants a function that it can mark.
    lead.route("**/take", lambda route: held.append(route))  # noqa: PLW0108
    with lead.expect_request("**/take"):
        lead.get_by_role("button", name=say("take")).click()
    other.get_by_role("button", name=say("take")).click()
    expect(other.locator(".toast")).to_have_text(say("taken"))
    held[0].continue_()
    expect(lead.locator(".toast")).to_have_text(say("faster", name="Mira Probst"))
    expect(lead.locator(".stand-in h3")).to_have_text(say("colleagues-case", name="Mira Probst"))
    context.close()


def test_standing_in_is_said_first(browser: Browser, house: House, mira: Someone) -> None:
    talk = house.client("Wann öffnet das Amt?")
    talk.answer("Um neun.")
    page, context = open_desk(browser, mira)
    go(page, "centre")
    row = page.locator(".row", has_text=talk.client.nickname)
    expect(row).to_contain_text("Amira Demo")
    expect(row).not_to_contain_text("Um neun.")
    open_case(page, talk.client.nickname)
    expect(page.locator(".stand-in")).to_contain_text(talk.client.nickname)
    expect(page.locator(".talk .log")).to_have_count(0)
    page.get_by_role("button", name=say("stand-in")).click()
    expect(page.locator(".talk .log")).to_contain_text("Um neun.")
    expect(page.locator(".case-note")).to_contain_text("Amira Demo")
    page.locator(".composer textarea").fill("Ich vertrete heute.")
    with page.expect_response("**/messages"):
        page.locator(".composer textarea").press("Enter")
    expect(page.locator(".talk .log")).to_contain_text("Ich vertrete heute.")
    context.close()
    assert talk.texts()[-1] == "Ich vertrete heute."


def test_who_only_looked_is_not_made_a_stand_in_by_the_browser(
    house: House, mira: Someone, lead: Page
) -> None:
    talk = house.client("Wer nimmt diese Frage?")
    opened: list[str] = []
    held: list[Route] = []
    taken: list[bool] = []

    def hold_what_follows(route: Route) -> None:
        """Opening tells her own devices of the case, and they ask how it is now."""
        if opened and not taken:
            held.append(route)
            return
        if route.request.url.endswith("/join"):
            opened.append(route.request.url)
        route.continue_()

    lead.route(re.compile(rf"/api/desk/cases/{talk.id}(/join)?$"), hold_what_follows)
    go(lead, "new")
    open_case(lead, talk.client.nickname)
    expect(lead.locator(".talk .log")).to_contain_text("Wer nimmt diese Frage?")
    lead.wait_for_timeout(1000)
    assert held
    mira.ask("POST", f"/api/desk/cases/{talk.id}/take")
    taken.append(True)
    for route in held:
        route.continue_()
    expect(lead.locator(".stand-in h3")).to_have_text(say("colleagues-case", name="Mira Probst"))
    lead.wait_for_timeout(1000)
    mine = house.counsellor.ask("GET", "/api/conversations")["conversations"]
    assert talk.id not in [one["id"] for one in mine]


def test_a_case_that_could_not_be_loaded_is_asked_for_again(house: House, lead: Page) -> None:
    go(lead, "new")
    failed: list[str] = []

    def fail_once(route: Route) -> None:
        if failed:
            return route.continue_()
        failed.append(route.request.url)
        return route.fulfill(status=503, body="{}", content_type="application/problem+json")

    lead.route(re.compile(r"/api/desk/cases/[0-9a-f-]+$"), fail_once)
    talk = house.client("Geht diese Frage unter?")
    expect(lead.locator(".row", has_text=talk.client.nickname)).to_be_visible(timeout=20_000)
    assert failed


def test_a_conversation_that_nobody_can_open_stops_no_other(house: House, lead: Page) -> None:
    """Its client has sealed its key for nobody; each event of it would be asked for again."""
    good = house.client("Ich warte auf Antwort")
    good.answer("Gleich")
    bad = house.client("Unlesbar", centre_wrap=to_text(b"\x01" + os.urandom(1184)))
    go(lead, "new")
    lead.locator(".row a", has_text=bad.client.nickname).click()
    expect(lead.locator(".talk-problem, .talk .notice, .talk").first).to_be_visible()
    go(lead, "mine")
    open_case(lead, good.client.nickname)
    asked: list[str] = []
    lead.on("request", lambda request: asked.append(request.url))
    bad.add("Noch etwas")
    good.add("Und jetzt?")
    expect(lead.locator(".talk .log")).to_contain_text("Und jetzt?", timeout=20_000)
    lead.wait_for_timeout(5000)
    assert sum("/live/events" in one for one in asked) < 3


def test_whoever_unlocks_the_desk_finds_the_open_case(lead: Page, house: House) -> None:
    talk = house.client("Darf ich schon arbeiten?")
    go(lead, "new")
    lead.locator(f"[data-case='{talk.id}']").click()
    expect(lead.locator(".talk .log")).to_contain_text("Darf ich schon arbeiten?")
    lead.reload()
    lead.locator("input[type=password]").fill(PASSWORD)
    lead.locator("form button[type=submit]").click()
    expect(lead.locator(".talk .log")).to_contain_text("Darf ich schon arbeiten?", timeout=30_000)
