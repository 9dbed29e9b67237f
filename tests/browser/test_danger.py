"""Words of acute danger bring up the numbers, in every language that has a list; others do not."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.door import ask_path, visit
from tests.browser.talk import PASSWORD, House, make_house
from tests.support.server import Server

DANGER = [
    "Mein Mann SCHLÄGT mich jeden Tag.",
    "Ich möchte nicht mehr leben",
    "he said he will kill me, what about my visa?",
    "I don’t want to live",
    "زوجي بيضربني كل يوم",
    "وسيقتلني إذا عرف",
    "أُرِيدُ أنْ أمُوت",
    "bidi mout",
    "Муж избивает меня и детей",
    "я больше не хочу жить",
    "ne hochu zhit",
    "Чоловік б’є мене",
    "Eşim beni dövüyor ve tehdit ediyor",
    "KENDİMİ ÖLDÜRMEK istiyorum",
    "شوهرم مرا می‌زند",
    "به خودکشی فکر می کنم",
    "Mon mari me frappe",
    "Je n'ai plus envie de vivre",
]
CALM = [
    "Wird mein Diplom als Krankenpfleger anerkannt?",
    "How do I register my address? I have a small flat.",
    "أريد معادلة شهادتي في التمريض. كم يستغرق ذلك؟",
    "Как подтвердить диплом врача?",
    "Diplomamı nasıl tanıtabilirim?",
    "چطور مدرکم را تأیید کنم؟",
    "Comment faire reconnaître mon diplôme ?",
    "Як підтвердити мій диплом?",
]


@pytest.fixture(scope="module")
def house(server: Server) -> House:
    return make_house(server)


def shows(page: Page, text: str, visible: bool) -> None:
    page.locator("textarea").fill(text)
    page.wait_for_timeout(500)
    expect(page.locator(".numbers"), text).to_have_count(1 if visible else 0)


def test_danger_in_eight_languages(browser: Browser, house: House) -> None:
    with visit(browser, house.server, ask_path(house)) as visitor:
        for text in DANGER:
            shows(visitor.page, text, True)
            shows(visitor.page, "", False)
        for text in CALM:
            shows(visitor.page, text, False)


def test_it_blocks_nothing_and_tells_nobody(browser: Browser, house: House) -> None:
    with visit(browser, house.server, ask_path(house), "ar") as visitor:
        page = visitor.page
        sent: list[str] = []
        page.on("request", lambda request: sent.append(request.url + (request.post_data or "")))
        shows(page, DANGER[4], True)
        expect(page.locator(".numbers a[href='tel:112']")).to_be_visible()
        visitor.is_well_made()
        visitor.button("continue").click()
        visitor.choose(f"zeder-{len(sent)}", PASSWORD)
        visitor.keep_code()
        visitor.chats(DANGER[4])
        assert not [one for one in sent if "danger" in one.lower() or DANGER[4] in one]
