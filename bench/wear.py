"""Measures the server's memory after an hour's pages, sign-ins, messages and files."""

from concurrent.futures import ThreadPoolExecutor

import httpx

from lotse.core.identifiers import to_text
from tests.browser.talk import House

PAGES, SIGN_INS, MESSAGES, FILES = 2000, 200, 500, 50
AT_ONCE = 8
LANGUAGES = ("de", "en", "ar", "ru")
PATHS = (
    "/",
    "/ask/",
    "/ask/?language=ar",
    "/ask/?language=ar&topic=housing",
    "/ask/?language=ru&topic=work&place=K%C3%B6ln",
    "/help/",
    "/privacy/",
    "/imprint/",
    "/answer-time/",
    "/sign-in/",
    "/recover/",
    "/join/",
    "/chat/",
    "/desk/",
    "/office/",
    "/nowhere/",
)
FILE_BYTES = 2 * 2**20


def measure(house: House) -> list[tuple[str, str, str]]:
    """The resident memory before and after. The server must be running."""
    before = house.server.resident() / 1024
    with ThreadPoolExecutor(AT_ONCE) as threads:
        list(threads.map(lambda number: _page(house, number), range(PAGES)))
        list(threads.map(lambda number: _sign_in(house, number), range(SIGN_INS)))
    talk = house.client()
    for number in range(MESSAGES):
        talk.add(f"Nachricht {number}")
    for _ in range(FILES):
        talk.file(talk.client, bytes(FILE_BYTES), name="urkunde.pdf", type="application/pdf")
    after = house.server.resident() / 1024
    what = f"{PAGES} pages, {SIGN_INS} sign-ins, {MESSAGES} messages, {FILES} files"
    return [(f"resident after {what} (before: {before:.0f})", f"{after:.0f} MB", "≤ 250 MB")]


def _page(house: House, number: int) -> None:
    # Every page in every language.
    language = LANGUAGES[number // len(PATHS) % len(LANGUAGES)]
    headers = {"Accept-Language": language}
    httpx.get(f"{house.server.url}{PATHS[number % len(PATHS)]}", headers=headers, timeout=60)


def _sign_in(house: House, number: int) -> None:
    body = {"nickname": f"wind-{number}", "door": "client"}
    httpx.post(f"{house.server.url}/api/prelogin", json=body, timeout=60)
    body["sign_in_key"] = to_text(bytes(32))
    httpx.post(f"{house.server.url}/api/sign-in", json=body, timeout=60)
