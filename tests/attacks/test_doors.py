"""Attack: somebody looks for staff among nicknames, or weakens what staff's passwords cost."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from lotse.accounts.roles import Role
from lotse.core.identifiers import to_text
from tests.accounts.people import Answer, Browser, problem, registered, told

pytestmark = pytest.mark.django_db
WRONG = to_text(bytes(32))
STRENGTHS = {"client": (19456, 2), "staff": (65536, 3)}


@pytest.fixture
def amal() -> Browser:
    return registered("amal")


@pytest.fixture
def bert() -> Browser:
    return registered("bert", Role.COUNSELLOR)


def ask(path: str, door: str, nickname: str, **proof: str) -> Answer:
    body = {"door": door, "nickname": nickname} | proof
    return Client().post(f"/api/{path}", body, "application/json")


@pytest.mark.parametrize("door", ["client", "staff"])
def test_a_door_has_one_strength_for_everybody(amal: Browser, bert: Browser, door: str) -> None:
    for nickname in ("amal", "bert", "nobody", "x", ""):
        answers = [told(ask("prelogin", door, nickname)) for _ in range(2)]
        assert answers[0] == answers[1]
        assert (answers[0]["memory_kib"], answers[0]["passes"]) == STRENGTHS[door]


def test_the_parameters_of_the_other_door_are_invented(amal: Browser, bert: Browser) -> None:
    salts = {
        (door, nickname): told(ask("prelogin", door, nickname))["salt"]
        for door in STRENGTHS
        for nickname in ("amal", "bert", "nobody")
    }
    assert len(set(salts.values())) == 6
    assert salts["client", "amal"] == amal.keys["salt"]
    assert salts["staff", "bert"] == bert.keys["salt"]


@pytest.mark.parametrize(("own", "other"), [("client", "staff"), ("staff", "client")])
def test_the_right_secrets_at_the_other_door_are_those_of_nobody(
    amal: Browser, bert: Browser, own: str, other: str
) -> None:
    person = {"client": amal, "staff": bert}[own]
    for path, secret in (
        ("sign-in", {"sign_in_key": person.keys["sign_in_key"]}),
        ("recovery", {"recovery_sign_in_key": person.keys["recovery_sign_in_key"]}),
    ):
        there = [ask(path, other, person.nickname, **secret) for _ in range(11)]
        nobody = [ask(path, other, "nobody", **secret) for _ in range(11)]
        assert [one.content for one in there] == [one.content for one in nobody]
        assert problem(there[0]) in {"wrong-credentials", "wrong-recovery-code"}
        assert problem(there[10]) == "too-many-attempts"
        # It does not use up the attempts at the right door either.
        assert ask(path, own, person.nickname, **secret).status_code == 200


@pytest.mark.parametrize("door", ["client", "staff"])
@pytest.mark.parametrize("path", ["prelogin", "sign-in", "recovery"])
def test_the_database_is_asked_as_often_for_everybody(
    amal: Browser, bert: Browser, path: str, door: str
) -> None:
    """So that the time of an answer says nothing."""
    proof = {"prelogin": {}, "sign-in": {"sign_in_key": WRONG}}
    counts = []
    for nickname in ("amal", "bert", "nobody"):
        with CaptureQueriesContext(connection) as asked:
            ask(path, door, nickname, **proof.get(path, {"recovery_sign_in_key": WRONG}))
        counts.append(len(asked))
    assert len(set(counts)) == 1, counts
    assert counts[0] > 0
