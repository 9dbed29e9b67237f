"""People of the demo, and the texts that they write."""

from playwright.sync_api import Page

from lotse.demo.environment import PASSWORD

GUEST = "demo-gast-hamburg"
QUESTIONS = {
    "ar": "أنا ممرضة وعندي شهادة من سوريا. كيف أعادل شهادتي هنا؟",
    "de": "Ich bin Krankenpflegerin und habe ein Diplom aus Syrien. Wie wird es anerkannt?",
}


def fill_in(language: str) -> str:
    return QUESTIONS[language]


def sign_in(page: Page, nickname: str, password: str = PASSWORD, door: str = "/sign-in/") -> None:
    page.goto(door)
    page.locator("input[autocomplete=username]").fill(nickname)
    page.locator("input[autocomplete=current-password]").fill(password)
    page.locator("form button[type=submit]").click()
