"""Measures the memory of tab and server while the tab sends a file of 10 MiB."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.talk import House, open_chat
from tests.support import chromium
from tests.support.words import words

SIZE = 10 * 2**20
EVERY = 0.02


class Peak:
    """The most private memory that one of several processes gained since the start, in MB."""

    def __init__(self, processes: list[int]) -> None:
        self.start = {process: private(process) for process in processes}
        self.above = 0.0

    def look(self) -> None:
        for process, start in self.start.items():
            self.above = max(self.above, private(process) - start)


def measure(browser: Browser, house: House) -> list[tuple[str, str, str]]:
    tab, server = _send(browser, house)
    return [
        ("10 MiB file sent: tab's memory above idle, at most", f"{tab:.0f} MB", "≤ 60 MB"),
        ("the same: server's memory above idle, at most", f"{server:.0f} MB", "no file in memory"),
    ]


def _send(browser: Browser, house: House) -> tuple[float, float]:
    talk = house.client()
    talk.answer("Schicken Sie mir die Urkunde gern.")
    page, context = open_chat(browser, talk, viewport=chromium.PHONE)
    path = house.server.data / "zeugnis.pdf"
    path.write_bytes(bytes(SIZE))
    page.locator(".attach input[type=file]").last.set_input_files(path)
    page.wait_for_timeout(1000)
    tab, server = Peak(_renderers(browser)), Peak([_pid(house)])
    with sampled(tab, server):
        send = page.get_by_role("dialog").get_by_role("button", name=words("de")["chat.send"])
        send.click()
        sent = page.locator(".message", has_text="zeugnis.pdf").locator(".ticks.sent")
        sent.wait_for(timeout=60_000)
        page.wait_for_timeout(500)
    context.close()
    return tab.above, server.above


def _pid(house: House) -> int:
    assert house.server.process is not None
    return house.server.process.pid


def _renderers(browser: Browser) -> list[int]:
    found = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
    return [one["id"] for one in found["processInfo"] if one["type"] == "renderer"]


@contextmanager
def sampled(*peaks: Peak) -> Iterator[None]:
    stop = threading.Event()

    def watch() -> None:
        while not stop.wait(EVERY):
            for peak in peaks:
                peak.look()

    thread = threading.Thread(target=watch)
    thread.start()
    yield
    stop.set()
    thread.join()


def private(process: int) -> float:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    kib = [int(line.split()[1]) for line in lines if line.startswith("Private_")]
    return sum(kib) / 1024
