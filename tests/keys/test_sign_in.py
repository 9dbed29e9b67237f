from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from lotse.accounts.jobs import prune_known_devices
from lotse.accounts.known_devices import AGE
from lotse.accounts.models import KnownDevice, Person
from lotse.core.digest import digest_of
from lotse.core.identifiers import from_text, to_text
from tests.accounts.people import Browser, me_in, problem, registered, told

pytestmark = pytest.mark.django_db
WRONG = to_text(bytes(32))


def test_prelogin_tells_how_to_stretch_the_password() -> None:
    amal = registered("amal")
    told_ = told(amal.post("/api/prelogin", {"nickname": "AMAL "}))
    assert told_ == {name: amal.keys[name] for name in ("salt", "memory_kib", "passes")}


def test_prelogin_for_an_unknown_nickname_is_a_steady_fake() -> None:
    amal = Browser("amal")
    first, again, other = (
        told(amal.post("/api/prelogin", {"nickname": name})) for name in ("nadia", " NADIA", "olga")
    )
    assert first == again != other
    assert len(from_text(first["salt"])) == 16
    assert (first["memory_kib"], first["passes"]) == (19456, 2)
    for impossible in ("", "x", "x" * 160, "a\x01b"):
        assert told(amal.post("/api/prelogin", {"nickname": impossible}))["passes"] == 2


def test_sign_in_and_out() -> None:
    amal = registered("amal")
    amal.client = Client()
    assert problem(amal.get("/api/me")) == "signed-out"
    answer = amal.sign_in()
    assert (answer.status_code, me_in(answer)) == (200, told(amal.get("/api/me")))
    used = amal.session
    assert amal.post("/api/sign-out").status_code == 204
    assert problem(amal.get("/api/me")) == "signed-out"
    # The cookie that was copied meanwhile is worth nothing either.
    amal.client.cookies["session"] = used
    assert problem(amal.get("/api/me")) == "signed-out"
    assert amal.post("/api/sign-out").status_code == 204


def test_signing_in_gives_a_new_session() -> None:
    amal = registered("amal")
    planted = amal.session
    amal.post("/api/sign-out")
    amal.client.cookies["session"] = planted
    amal.sign_in()
    assert amal.session != planted


def test_unknown_nickname_and_wrong_key_look_the_same() -> None:
    amal = registered("amal")
    wrong = amal.sign_in(WRONG)
    amal.nickname = "nobody"
    unknown = amal.sign_in(WRONG)
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.content == unknown.content
    assert problem(wrong) == "wrong-credentials"


def test_an_account_may_be_tried_ten_times_then_once_a_minute() -> None:
    amal = registered("amal")
    slugs = [problem(amal.sign_in(WRONG)) for _ in range(12)]
    assert slugs == ["wrong-credentials"] * 10 + ["too-many-attempts"] * 2
    locked = amal.sign_in()
    # Even with the right key: else the attacker would learn which guess was right.
    assert (locked.status_code, problem(locked)) == (429, "too-many-attempts")
    assert 0 < int(locked["Retry-After"]) <= 60
    # Another account at the same address goes on working.
    assert registered("nadia").sign_in().status_code == 200


def test_signing_in_forgets_the_wrong_tries() -> None:
    amal = registered("amal")
    for _ in range(3):
        for _ in range(9):
            amal.sign_in(WRONG)
        assert amal.sign_in().status_code == 200


def test_unknown_nicknames_are_limited_too() -> None:
    amal = Browser("nobody")
    slugs = {problem(amal.sign_in(WRONG)) for _ in range(11)}
    assert slugs == {"wrong-credentials", "too-many-attempts"}


def test_a_refusal_writes_nothing() -> None:
    amal = registered("amal")
    amal.client = Client()
    for nickname in ("amal", "nobody"):
        amal.nickname = nickname
        for _ in range(12):
            with CaptureQueriesContext(connection) as asked:
                amal.sign_in(WRONG)
            assert all(one["sql"].startswith("SELECT") for one in asked), asked.captured_queries


def test_a_known_device_is_a_digest_that_shows_no_shared_device() -> None:
    amal = registered("amal")
    token = amal.client.cookies["device"].value
    nadia = registered("nadia")
    nadia.client.cookies["device"] = token
    nadia.sign_in()
    kept = list(KnownDevice.objects.values_list("digest", flat=True))
    assert len(kept) == len(set(kept)) == 3
    assert digest_of(token) not in kept
    cookie = nadia.client.cookies["device"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")
    # Both are known there now.
    assert len(cookie.value.split(".")) == 2


def test_known_devices_are_bounded() -> None:
    amal = registered("amal")
    for _ in range(15):
        amal.client.cookies.pop("device", None)
        amal.sign_in()
    assert amal.person.known_devices.count() == 10
    amal.client.cookies["device"] = ".".join(["x" * 43] * 1000)
    assert amal.sign_in().status_code == 200
    assert len(amal.client.cookies["device"].value.split(".")) == 5


def test_a_known_device_is_forgotten_after_a_year() -> None:
    amal = registered("amal")
    old = amal.client.cookies["device"].value
    KnownDevice.objects.update(made_on=timezone.localdate() - AGE)
    amal.sign_in()
    assert amal.client.cookies["device"].value != old
    prune_known_devices.work()
    assert amal.person.known_devices.count() == 1


def test_a_revoked_person_is_refused_everywhere_at_once() -> None:
    amal = registered("amal")
    Person.objects.filter(pk=amal.id).update(is_active=False)
    assert problem(amal.get("/api/me")) == "signed-out"
    assert problem(amal.post("/api/language", {"language": "en"}, "PUT")) == "signed-out"
    assert problem(amal.sign_in()) == "wrong-credentials"


def test_language() -> None:
    amal = registered("amal")
    assert amal.post("/api/language", {"language": "ar"}, "PUT").status_code == 204
    assert told(amal.get("/api/me"))["language"] == "ar"
    assert problem(amal.post("/api/language", {"language": "tlh"}, "PUT")) == "invalid"
    amal.client = Client()
    assert problem(amal.post("/api/language", {"language": "ar"}, "PUT")) == "signed-out"


def test_free_nicknames() -> None:
    amal = registered("amal / beta")

    def look(nickname: str) -> Any:
        return amal.post("/api/nicknames/look", {"nickname": nickname})

    assert told(look("nadia")) == {"free": True}
    assert told(look("AMAL / beta")) == {"free": False}
    for impossible, why in (("x", "length"), ("a\x01b", "characters"), ("...", "characters")):
        assert problem(look(impossible)) == "invalid"
        assert told(look(impossible))["fields"][0]["what"] == f"nickname-{why}"
    assert problem(look("x" * 200)) == "invalid"
