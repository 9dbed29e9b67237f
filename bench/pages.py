"""Measures the size of pages, and their times on slow 3G and a slow phone."""

import statistics
from urllib.parse import urlsplit

from playwright.sync_api import Browser, CDPSession, Page, Request

from lotse.demo.environment import PASSWORD
from tests.support import chromium

# 400 ms and 400 kbit/s, which DevTools calls "Slow 3G".
SLOW_3G = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 50_000,
    "uploadThroughput": 50_000,
}
VISITS = 5
# Milliseconds since the navigation began. Measured in the page, because Playwright adds a delay.
WATCH = """
const seen = (window.seen = {})
const looks = { field: 'input[autocomplete=current-password]', bubble: '.bubble' }
const look = () => {
  for (const [name, selector] of Object.entries(looks)) {
    if (document.querySelector(selector)) seen[name] ??= performance.now()
  }
}
new MutationObserver(() => requestAnimationFrame(look)).observe(document, {
  childList: true,
  subtree: true,
})
addEventListener('submit', () => (seen.pressed = performance.now()), true)
"""
# Nobody types a passphrase faster. Meanwhile, the page loads what it needs next.
TYPING = 3


def measure(browser: Browser, url: str) -> list[tuple[str, str, str]]:
    opening, unlocking = zip(*(_reopen(browser, url) for _ in range(VISITS)), strict=True)
    _, at_once = zip(*(_reopen(browser, url, typing=0) for _ in range(VISITS)), strict=True)
    return [
        ("start page, all bytes", _weight(browser, f"{url}/", "h1"), "≤ 14 KiB"),
        ("sign-in, all bytes", _weight(browser, f"{url}/sign-in/", "form"), "≤ 40 KiB"),
        ("sign-in and first chat: pages, styles, scripts", _chat_weight(browser, url), "≤ 60 KiB"),
        (
            "chat page usable, slow 3G, 4x CPU, first visit",
            f"{statistics.median(opening):.1f} s",
            "≤ 2.5 s",
        ),
        (
            f"unlock and show the chat, password typed in {TYPING} s",
            f"{statistics.median(unlocking):.1f} s",
            "≤ 1 s",
        ),
        ("the same, password filled in at once", f"{statistics.median(at_once):.1f} s", ""),
    ]


class Scale:
    """Counts the transferred bytes of pages and their files, without API and streams."""

    def __init__(self, page: Page) -> None:
        self.bytes = 0
        page.context.on("requestfinished", self._add)

    def _add(self, request: Request) -> None:
        if urlsplit(request.url).path.startswith(("/api/", "/live/")):
            return
        sizes = request.sizes()
        self.bytes += sizes["responseHeadersSize"] + sizes["responseBodySize"]

    def __str__(self) -> str:
        return f"{self.bytes / 1024:.1f} KiB"


def _weight(browser: Browser, address: str, shown: str) -> str:
    page = browser.new_page()
    scale = Scale(page)
    page.goto(address)
    page.locator(shown).first.wait_for()
    page.wait_for_timeout(1000)
    page.context.close()
    return str(scale)


def _chat_weight(browser: Browser, url: str) -> str:
    # The account's language, so that the words of no second language are loaded.
    page = browser.new_page(locale="ar")
    scale = Scale(page)
    _sign_in(page, url)
    # Playwright does not report what a worker loads, so load its script here.
    page.evaluate("fetch(app.dataset.worker, {cache: 'no-store'}).then((it) => it.arrayBuffer())")
    page.wait_for_timeout(1000)
    page.context.close()
    return str(scale)


def _reopen(browser: Browser, url: str, typing: float = TYPING) -> tuple[float, float]:
    """Seconds until the locked chat accepts input, and from unlocking to the messages."""
    context = browser.new_context(viewport=chromium.PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    _sign_in(page, url)
    slow = context.new_page()
    slow.add_init_script(WATCH)
    _slow_down(context.new_cdp_session(slow))
    slow.goto(f"{url}/chat/", wait_until="commit")
    slow.locator("input[autocomplete=current-password]").fill(PASSWORD)
    slow.wait_for_timeout(typing * 1000)
    slow.locator("form button[type=submit]").click()
    slow.locator(".bubble").first.wait_for()
    usable, pressed, shown = slow.evaluate("[seen.field, seen.pressed, seen.bubble]")
    context.close()
    return usable / 1000, (shown - pressed) / 1000


def _slow_down(session: CDPSession) -> None:
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.send("Network.emulateNetworkConditions", SLOW_3G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})


def _sign_in(page: Page, url: str) -> None:
    page.goto(f"{url}/sign-in/")
    page.locator("input[autocomplete=username]").fill("demo-gast-hamburg")
    page.locator("input[autocomplete=current-password]").fill(PASSWORD)
    page.locator("form button[type=submit]").click()
    page.locator(".bubble").first.wait_for()
