"""Profile and absence: what a counsellor enters is what clients see."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.desk import open_desk, say
from tests.browser.talk import House, make_house, open_chat
from tests.support.server import Server
from tests.support.words import words

pytestmark = pytest.mark.browser
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture(scope="module")
def house(server: Server) -> House:
    return make_house(server)


@pytest.fixture
def desk(browser: Browser, house: House) -> Iterator[Page]:
    page, context = open_desk(browser, house.counsellor)
    page.locator("a[href='#profile']").click()
    yield page
    context.close()


def test_profile_is_saved_and_shown(house: House, desk: Page) -> None:
    desk.get_by_label(say("name"), exact=True).fill("Amira Demo-Klein")
    desk.get_by_label(say("about"), exact=True).fill("أهلاً وسهلاً")
    desk.get_by_label("Russisch").check()
    desk.get_by_label(say("gender"), exact=True).select_option("female")
    desk.get_by_label(say("capacity")).fill("12")
    friday = desk.get_by_role("group", name="Freitag")
    friday.get_by_role("checkbox").uncheck()
    monday = desk.get_by_role("group", name="Montag")
    monday.get_by_label(say("to")).fill("12:00")
    expect(desk.locator(".preview-name")).to_have_text("Amira Demo-Klein")
    expect(desk.locator(".preview")).to_contain_text("Russisch")
    desk.get_by_role("button", name=say("save")).click()
    expect(desk.locator(".save-bar")).to_contain_text(say("saved"))

    card = house.counsellor.http.get(f"/api/counsellors/{house.counsellor_id}").json()
    assert card["name"] == "Amira Demo-Klein"
    assert card["about"] == "أهلاً وسهلاً"
    assert set(card["languages"]) == {"ar", "de", "ru"}
    profile = house.counsellor.ask("GET", "/api/desk/profile")
    assert profile["capacity"] == 12
    assert profile["hours"]["1"] == [["09:00", "12:00"]]
    assert "5" not in profile["hours"]


def test_hours_that_cannot_be_are_not_saved(desk: Page) -> None:
    monday = desk.get_by_role("group", name="Montag")
    monday.get_by_label(say("from")).fill("13:00")
    monday.get_by_label(say("to")).fill("09:00")
    desk.get_by_role("button", name=say("save")).click()
    expect(desk.get_by_role("alert")).to_have_text(say("hours-wrong"))


def test_own_link_has_a_code_that_loads(house: House, desk: Page) -> None:
    image = desk.get_by_role("img", name=say("qr"))
    expect(image).to_be_visible()
    expect(image).to_have_js_property("complete", True)
    assert image.evaluate("image => image.naturalWidth > 0")
    profile = house.counsellor.ask("GET", "/api/desk/profile")
    assert house.counsellor.http.get(profile["link"]).status_code == 200
    sheet = desk.get_by_role("link", name=say("print")).get_attribute("href")
    assert sheet
    assert house.counsellor.http.get(sheet).status_code == 200


def test_absence_tells_the_client_in_their_language(
    browser: Browser, house: House, desk: Page
) -> None:
    talk = house.client("متى أحصل على إجابة؟", "ar")
    talk.answer("قريبًا")
    until = datetime.now(BERLIN).date() + timedelta(days=9)
    desk.get_by_role("link", name=say("absences")).click()
    desk.get_by_label(say("last-day")).fill(until.isoformat())
    desk.get_by_role("button", name=say("absence-add")).click()
    listed = desk.locator(".absence-list li")
    expect(listed).to_have_count(1)
    expect(listed).to_contain_text(say("away-now"))

    client, context = open_chat(browser, talk, locale="ar")
    standing = client.locator(".standing")
    notice = words("ar")["chat.absent"].split("{date}")[0].split("{name}")
    for part in notice:
        expect(standing).to_contain_text(part.strip())
    expect(standing).to_contain_text("Amira Demo")
    context.close()

    listed.get_by_role("button").click()
    expect(listed).to_have_count(0)
    assert house.counsellor.ask("GET", "/api/desk/absences")["absences"] == []
