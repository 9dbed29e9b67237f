"""Two at the same moment, against a real server on both databases."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx

from lotse.accounts.roles import Role
from lotse.demo import crypto
from tests.accounts.people import Browser
from tests.support.inside import new_centre, new_invitation
from tests.support.server import Server


class Remote(Browser):
    """A browser that talks to a server of its own process."""

    def __init__(self, server: Server, nickname: str, role: str = Role.CLIENT) -> None:
        super().__init__(nickname, role)
        self.http = httpx.Client(base_url=server.url, timeout=60)

    def send(self, path: str, body: object) -> httpx.Response:
        return self.http.post(path, json=body)

    def join(self, token: str) -> httpx.Response:
        own = {"token": token, "name": self.nickname, "languages": ["de"]}
        answer = self.send("/api/join", self.new_account(**own))
        if answer.status_code == 201:
            self.http.headers["Authorization"] = f"Bearer {answer.json()['unlock']}"
        return answer


def at_once(*calls: Callable[[], httpx.Response]) -> list[httpx.Response]:
    with ThreadPoolExecutor(len(calls)) as threads:
        return [one.result() for one in [threads.submit(call) for call in calls]]


def statuses(answers: list[httpx.Response]) -> list[int]:
    return sorted(answer.status_code for answer in answers)


def test_one_nickname_goes_to_one(any_server: Server) -> None:
    browsers = [Remote(any_server, "nadia") for _ in range(4)]
    answers = at_once(
        *(lambda one=one: one.send("/api/accounts", one.new_account()) for one in browsers)
    )
    assert statuses(answers) == [201, 409, 409, 409]


def test_the_same_registration_four_times_is_one_account(any_server: Server) -> None:
    amal = Remote(any_server, "amal")
    answers = at_once(*[lambda: amal.send("/api/accounts", amal.new_account())] * 4)
    assert statuses(answers) == [201] * 4
    assert len({answer.json()["nickname"] for answer in answers}) == 1


def test_guesses_at_once_count_each(any_server: Server) -> None:
    zoe = Remote(any_server, "zoe")
    zoe.send("/api/accounts", zoe.new_account())
    wrong = {"nickname": "zoe", "sign_in_key": "A" * 43}
    answers = at_once(*[lambda: zoe.send("/api/sign-in", wrong)] * 14)
    assert statuses(answers) == [401] * 10 + [429] * 4


def test_an_invitation_lets_one_in(any_server: Server) -> None:
    token = new_invitation(any_server, new_centre(any_server, "Haus Nord", "nord"))
    browsers = [Remote(any_server, f"join{i}", Role.COUNSELLOR) for i in range(4)]
    answers = at_once(*(lambda one=one: one.join(token) for one in browsers))
    assert statuses(answers) == [201, 410, 410, 410]


def test_one_founds_and_one_lets_in(any_server: Server) -> None:
    place = new_centre(any_server, "Haus Süd", "sued")
    team = [Remote(any_server, f"team{i}", Role.COUNSELLOR) for i in range(4)]
    for one in team:
        assert one.join(new_invitation(any_server, place)).status_code == 201
    founding = at_once(
        *(
            lambda one=one: one.send(
                "/api/centre-keys/found", crypto.found_centre(one.account, place)
            )
            for one in team[:2]
        )
    )
    assert statuses(founding) == [201, 409]
    lead = team[0] if founding[0].status_code == 201 else team[1]
    wire = lead.http.get("/api/centre-keys").json()
    wraps = {one["epoch"]: one["wrapped"] for one in wire["wraps"]}
    keys = crypto.open_centre(lead.account, place, wire["manifests"], wraps)

    def let_in(new: Remote) -> Any:
        return lead.send("/api/centre-keys/admit", crypto.admit(lead.account, keys, new.account))

    admitting = at_once(lambda: let_in(team[2]), lambda: let_in(team[3]))
    assert statuses(admitting) == [201, 409]
    slugs = {one.json().get("type") for one in admitting if one.status_code == 409}
    assert slugs == {"/problems/stale-keys"}


def test_too_much_is_refused_in_words(any_server: Server) -> None:
    amal = Remote(any_server, "too much")
    for size in (96 * 1024 + 1, 1024 * 1024):
        answer = amal.http.post("/api/prelogin", content=b" " * size)
        assert (answer.status_code, answer.json()["type"]) == (413, "/problems/too-large")
    chunks = (b" " * 1000 for _ in range(200))
    answer = amal.http.post("/api/prelogin", content=chunks)
    assert answer.status_code == 413
