"""Times of a phone six times slower than this machine: a key, and a long conversation."""

import statistics

from playwright.sync_api import Browser, Page

from tests.browser.talk import House, Talk, bubble, open_chat
from tests.support import chromium

RATE = 6
RUNS = 5
MESSAGES = 1000
# Runs the worker's script in the page, because Chromium can slow down only the page's thread.
DERIVE = """async ({ memory, passes }) => {
  const derive = () => {
    const job = { password: new Uint8Array(20), salt: new Uint8Array(16), memory, passes }
    const began = performance.now()
    return self.onmessage({ data: job }).then(() => performance.now() - began)
  }
  await derive()
  return derive()
}"""
OPEN = """(row) => new Promise((resolve) => {
  const began = performance.now()
  row.click()
  const look = () => {
    const text = document.querySelector('.log .message:last-child')?.textContent ?? ''
    if (text.includes('Nachricht')) setTimeout(() => resolve(performance.now() - began))
    else requestAnimationFrame(look)
  }
  look()
})"""


def measure(browser: Browser, house: House) -> list[tuple[str, str, str]]:
    derived = statistics.median(_derive(browser, house) for _ in range(RUNS))
    opened = statistics.median(_open(browser, _long(house)) for _ in range(RUNS))
    return [
        ("sign-in key by Argon2id (19 MiB, t = 2), 6x CPU", f"{derived / 1000:.2f} s", "≤ 1 s"),
        (f"conversation of {MESSAGES} messages shown, 6x CPU", f"{opened:.0f} ms", "≤ 500 ms"),
    ]


def _derive(browser: Browser, house: House) -> float:
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(f"{house.server.url}/sign-in/")
    script = page.locator("#app").get_attribute("data-worker")
    page.add_script_tag(url=script)
    slow_down(page)
    took: float = page.evaluate(DERIVE, {"memory": 19456, "passes": 2})
    context.close()
    return took


def _long(house: House) -> Talk:
    talk = house.client()
    talk.answer("Guten Tag!")
    talk.fill([f"Nachricht {number} über Arbeit und Wohnung" for number in range(MESSAGES)])
    house.case(talk.client, "Und noch etwas anderes?")
    return talk


def _open(browser: Browser, talk: Talk) -> float:
    page, context = open_chat(browser, talk, ".chat-list", viewport=chromium.PHONE)
    row = page.locator(".thread-row").nth(1)
    row.wait_for()
    # Let the list finish its own work, which is not measured.
    page.wait_for_timeout(1500)
    slow_down(page)
    took: float = row.evaluate(OPEN)
    bubble(page, f"Nachricht {MESSAGES - 1} ").wait_for()
    context.close()
    return took


def slow_down(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": RATE})
