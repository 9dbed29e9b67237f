"""What one side makes the other opens; and what was frozen once opens for ever, on both."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.crypto.world import World, check_world, make_world, plan

FROZEN = Path(__file__).parent / "vectors.json"


@pytest.fixture(scope="module", params=["browser", "python"])
def frozen(request: pytest.FixtureRequest) -> World:
    """By whom it was made."""
    world: World = json.loads(FROZEN.read_text())[request.param]
    return world


def test_python_opens_what_the_browser_made(page: Page) -> None:
    check_world(page.evaluate("makeWorld", plan()))


def test_browser_opens_what_python_made(page: Page) -> None:
    page.evaluate("checkWorld", make_world(plan()))


def test_browser_opens_what_it_made(page: Page) -> None:
    page.evaluate("async (plan) => checkWorld(await makeWorld(plan))", plan())


def test_frozen_vectors_open_in_python(frozen: World) -> None:
    check_world(frozen)


def test_frozen_vectors_open_in_the_browser(page: Page, frozen: World) -> None:
    page.evaluate("checkWorld", frozen)
