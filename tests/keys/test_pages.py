"""Chat and desk bring along who is signed in."""

import html
import json
import re
from typing import Any

import pytest

from lotse.accounts.models import Person
from tests.accounts.people import Browser, registered, told

pytestmark = pytest.mark.django_db


def brought(browser: Browser, path: str = "/chat/", **headers: str) -> tuple[str, Any]:
    """The page's language and what it says of the person."""
    answer = browser.client.get(path, headers={"accept-language": "de", **headers})
    page = answer.content.decode()
    language = re.search(r'<html lang="(\w+)"', page)
    me = re.search(r'data-me="([^"]*)"', page)
    assert answer.headers["Cache-Control"] == "no-store"
    assert language
    assert me
    return language[1], json.loads(html.unescape(me[1]))


@pytest.mark.parametrize("path", ["/chat/", "/desk/"])
def test_the_page_says_what_the_api_says(path: str) -> None:
    amal = registered("amal")
    assert brought(amal, path)[1] == told(amal.get("/api/me"))


def test_nobody_is_signed_in() -> None:
    assert brought(Browser("amal")) == ("de", None)


def test_a_revoked_person_is_nobody() -> None:
    amal = registered("amal")
    Person.objects.update(is_active=False)
    assert brought(amal)[1] is None


def test_the_page_speaks_the_person_s_language_unless_another_was_chosen() -> None:
    amal = registered("amal")
    Person.objects.update(language="ar")
    assert brought(amal)[0] == "ar"
    amal.client.cookies["language"] = "ru"
    assert brought(amal)[0] == "ru"
