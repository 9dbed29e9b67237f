"""Law: whichever door somebody leaves by, no tab of that session is told anything more."""

from collections.abc import Iterator

import pytest
from django.test import Client

from lotse.accounts.roles import Role
from tests.accounts.people import Browser
from tests.conversations.world import make_person
from tests.stream.line import Line
from tests.support.streams import unconnected
from tests.support.visitor import let_in

pytestmark = pytest.mark.usefixtures("any_database")


@pytest.fixture
def line() -> Iterator[Line]:
    with unconnected() as line:
        yield line


def show(line: Line, client: Client) -> None:
    line.cookie = client.cookies.output(header="").strip()
    line.authorization = client.defaults.pop("HTTP_AUTHORIZATION")


def test_another_persons_session_ends_the_first_ones_streams(line: Line) -> None:
    newcomer = Browser("gast")
    let_in(newcomer.client, make_person())
    show(line, newcomer.client)
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
    let_in(tab, make_person(Role.COUNSELLOR))
    show(line, tab)
    line.connect()
    line.wait(lambda line: line.status == 200)
    assert getattr(tab, method)(path).status_code in {204, 302}
    line.wait(lambda line: line.ended)
    line.connect()
    line.wait(lambda line: line.ended)
    assert line.status == 401
