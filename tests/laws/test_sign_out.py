"""Law: whichever door somebody leaves by, no tab of that session is told anything more."""

from collections.abc import Iterator

import pytest
from django.test import Client

from lotse.accounts.roles import Role
from tests.accounts.people import Browser
from tests.conversations.world import make_person
from tests.stream.line import Line
from tests.support.streams import unconnected

pytestmark = pytest.mark.usefixtures("any_database")


@pytest.fixture
def line() -> Iterator[Line]:
    with unconnected() as line:
        yield line


def test_another_persons_session_ends_the_first_ones_streams(line: Line) -> None:
    newcomer = Browser("gast")
    newcomer.client.force_login(make_person())
    line.cookie = newcomer.client.cookies.output(header="").strip()
    line.connect()
    line.wait(lambda line: line.status == 200)
    assert newcomer.post("/api/accounts", newcomer.new_account()).status_code == 201
    line.wait(lambda line: line.ended)


@pytest.mark.parametrize(
    ("method", "path"),
    [("post", "/leave/"), ("post", "/office/logout/"), ("post", "/api/sign-out")],
)
def test_the_other_tabs_stream_ends(line: Line, method: str, path: str) -> None:
    tab = Client()
    tab.force_login(make_person(Role.COUNSELLOR))
    line.cookie = tab.cookies.output(header="").strip()
    line.connect()
    line.wait(lambda line: line.status == 200)
    assert getattr(tab, method)(path).status_code in {204, 302}
    line.wait(lambda line: line.ended)
    line.connect()
    line.wait(lambda line: line.ended)
    assert line.status == 401
