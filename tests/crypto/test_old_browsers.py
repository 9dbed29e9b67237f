"""Browsers without X25519 and Ed25519 of their own load them, and fit everybody else."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.crypto.world import World, check_world, plan

LACKING = """(() => {
  const subtle = SubtleCrypto.prototype
  for (const name of ['generateKey', 'importKey']) {
    const native = subtle[name]
    subtle[name] = function (...all) {
      const lacks = all.some((one) => ['X25519', 'Ed25519'].includes(one?.name ?? one))
      if (lacks) return Promise.reject(new DOMException('', 'NotSupportedError'))
      return native.apply(this, all)
    }
  }
})()"""


@pytest.fixture
def old_page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context()
    context.add_init_script(LACKING)
    page = context.new_page()
    page.goto(address)
    page.wait_for_function("() => 'lotse' in window")
    yield page
    context.close()


def test_old_browser_opens_and_is_opened(old_page: Page, world: World) -> None:
    asked: list[str] = []
    old_page.on("request", lambda request: asked.append(request.url))
    old_page.evaluate("checkWorld", world)
    assert any("noble" in url for url in asked)
    check_world(old_page.evaluate("makeWorld", plan()))


def test_other_browsers_load_none_of_it(page: Page, world: World) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate("checkWorld", world)
    assert not any("noble" in url for url in asked)
