"""Choosing a nickname and keeping the code, with any keyboard and any password manager."""

import pytest
from playwright.sync_api import Browser, expect

from lotse.core.identifiers import new_id
from tests.browser.door import Visitor, ask_path, visit
from tests.browser.talk import PASSWORD, House

QUESTION = "Darf ich mit Duldung arbeiten?"
TO_ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
FILL_BY_CHANGE = """(input, value) => {
  input.value = value
  input.dispatchEvent(new Event('change', { bubbles: true }))
}"""


def named(nickname: str) -> str:
    """Nobody else's."""
    return f"{nickname} {str(new_id())[:6]}"


def try_name(visitor: Visitor, nickname: str) -> None:
    visitor.page.locator("input[autocomplete=username]").fill(nickname)
    visitor.page.locator("input[autocomplete=username]").blur()


@pytest.mark.parametrize("language", ["de", "ar"])
def test_each_nickname_is_taken_or_explained_at_its_field(
    browser: Browser, house: House, language: str
) -> None:
    with visit(browser, house.server, ask_path(house), language) as visitor:
        visitor.write(QUESTION)
        for nickname in ("👩\u200d👧 Mama", "می\u200cنا", "\ufeffAnna", "So\u00adphie", "../.. ?"):
            try_name(visitor, named(nickname))
            visitor.sees("choose.nickname-free")
        for nickname, why in (("...", "characters"), ("😀", "length"), ("x" * 41, "length")):
            try_name(visitor, nickname)
            visitor.sees(f"choose.nickname-{why}")
        try_name(visitor, house.counsellor.nickname.upper().translate(TO_ARABIC))
        visitor.sees("choose.nickname-taken")
        visitor.is_well_made()


def test_what_was_checked_is_sent(browser: Browser, house: House) -> None:
    """With an invisible mark, filled in by a manager that fires nothing but `change`."""
    name = named("Anna")
    with visit(browser, house.server, ask_path(house)) as visitor:
        visitor.write(QUESTION)
        page = visitor.page
        page.locator("input[autocomplete=username]").evaluate(FILL_BY_CHANGE, f"\ufeff{name} ")
        page.locator("input[autocomplete=new-password]").evaluate(FILL_BY_CHANGE, f"{PASSWORD} ")
        visitor.button("continue").click()
        visitor.keep_code()
        visitor.chats(QUESTION)
    with visit(browser, house.server, "/sign-in/") as visitor:
        visitor.sign_in(name.upper().translate(TO_ARABIC), f"\u200f {PASSWORD}")
        visitor.chats(QUESTION)


@pytest.mark.parametrize("typed", ["last", "sheet"])
def test_the_code_is_read_alike_where_it_is_asked_for(
    browser: Browser, house: House, typed: str
) -> None:
    name = named("Olga")
    with visit(browser, house.server, ask_path(house)) as visitor:
        visitor.write(QUESTION)
        visitor.choose(name, PASSWORD)
        visitor.button("code.kept").wait_for(timeout=30_000)
        code = "-".join(visitor.page.locator(".code span").all_inner_texts())
        visitor.button("code.kept").click()
        paper = visitor.said["code.paper"].replace("{address}", "lotse.example/recover/")
        sheet = f"{visitor.said['code.title']}\n\n{code.translate(TO_ARABIC)}\n\n{paper}\n"
        last = code[-4:].lower().translate(TO_ARABIC)
        visitor.page.locator("input.code-input").fill(last if typed == "last" else sheet)
        visitor.button("continue").click()
        visitor.chats(QUESTION)
    with visit(browser, house.server, "/recover/") as visitor:
        visitor.page.locator("input[autocomplete=username]").fill(name)
        visitor.page.locator("textarea").fill(sheet)
        visitor.button("continue").click()
        expect(visitor.page.locator("h1")).to_have_text(visitor.said["recover.new-title"])
