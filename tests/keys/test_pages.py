"""Pages of islands say nothing about who may be signed in."""

import pytest
from django.conf import settings
from django.test import Client

from tests.accounts.people import Browser, registered

pytestmark = pytest.mark.django_db
PAGES = ["/chat/", "/desk/", "/sign-in/", "/recover/", "/join/"]


def page(client: Client, path: str) -> str:
    answer = client.get(path, headers={"accept-language": "de"})
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_says_only_whether_there_is_a_cookie(path: str) -> None:
    amal = registered("amal")
    stranger = Client()
    stranger.cookies[settings.SESSION_COOKIE_NAME] = "invented"
    mine = page(amal.client, path)
    assert "data-session" in mine
    assert mine == page(stranger, path)
    assert mine.replace(" data-session", "") == page(Browser("nobody").client, path)
