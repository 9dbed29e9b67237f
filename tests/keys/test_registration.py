from typing import Any

import pytest

from lotse.accounts.models import Person, Session
from lotse.accounts.session_store import SessionStore
from lotse.core.digest import digest_of
from lotse.core.identifiers import from_text, new_id, to_text
from lotse.demo import crypto
from lotse.keys.models import AccountKeys
from tests.accounts.people import Browser, me_in, problem, registered, told

pytestmark = pytest.mark.django_db


def test_a_client_registers_and_is_signed_in() -> None:
    amal = Browser("أمل")
    answer = amal.post("/api/accounts", amal.new_account())
    assert answer.status_code == 201
    me = told(amal.get("/api/me"))
    assert me == me_in(answer)
    assert (me["person"], me["nickname"], me["role"]) == (str(amal.id), "أمل", "client")
    assert me["counsellor"] is None
    sent = {name: amal.keys[name] for name in me["keys"]}
    assert me["keys"] == sent


def test_what_comes_back_opens_the_account() -> None:
    amal = registered("amal")
    keys = told(amal.get("/api/me"))["keys"]
    derived = crypto.derive("kadibo-remusa", keys)
    opened = crypto.open_account(
        str(amal.id), derived, keys["wrapped_by_password"], keys["private_keys"]
    )
    assert opened.key.key == amal.account.key.key


def test_the_same_post_again_is_the_same_account() -> None:
    amal = Browser("amal")
    first = amal.post("/api/accounts", amal.new_account())
    amal.client.cookies.clear()
    again = amal.post("/api/accounts", amal.new_account())
    assert (again.status_code, me_in(again)) == (201, me_in(first))
    assert amal.get("/api/me").status_code == 200
    assert Person.objects.count() == 1


def test_nobody_takes_over_an_account_by_its_id() -> None:
    amal, thief = registered("amal"), Browser("thief")
    answer = thief.post("/api/accounts", thief.new_account(person=str(amal.id)))
    # The thief's box is signed for the thief's own id, but it does not even come to that.
    assert (answer.status_code, problem(answer)) == (409, "conflict")
    assert amal.person.nickname == "amal"
    assert amal.elsewhere().get("/api/me").status_code == 200


def test_the_right_password_alone_is_no_way_in_by_registering_again() -> None:
    """Otherwise passwords could be guessed there, where no attempt is counted."""
    amal, thief = registered("amal"), Browser("thief")
    keys = thief.keys | {"sign_in_key": amal.keys["sign_in_key"]}
    stolen = thief.new_account(person=str(amal.id), keys=keys)
    assert problem(thief.post("/api/accounts", stolen)) == "conflict"


def test_a_revoked_person_does_not_come_back_by_registering_again() -> None:
    amal = registered("amal")
    Person.objects.filter(pk=amal.id).update(is_active=False)
    assert problem(amal.post("/api/accounts", amal.new_account())) == "conflict"


@pytest.mark.parametrize("nickname", ["Amal", "AMAL", " amal ", "Ａmal"])
def test_a_nickname_that_looks_the_same_is_taken(nickname: str) -> None:
    registered("amal")
    other = Browser(nickname)
    answer = other.post("/api/accounts", other.new_account())
    assert (answer.status_code, problem(answer)) == (409, "nickname-taken")
    assert Person.objects.count() == 1
    assert not told(other.post("/api/nicknames/look", {"nickname": nickname}))["free"]


@pytest.mark.parametrize(
    "nickname",
    [
        "",
        "x",
        "x" * 41,
        "x" * 5000,
        "a\0b",
        "\ufdfa" * 10,
        "..",
        "\ud800\ud800",
        7,
        None,
    ],
)
def test_what_is_no_nickname_is_refused(nickname: Any) -> None:
    amal = Browser("amal")
    assert problem(amal.post("/api/accounts", amal.new_account(nickname=nickname))) == "invalid"
    assert not Person.objects.exists()


def changed(text: str, size: int) -> str:
    return to_text(from_text(text)[:1] + b"\0" * (size - 1))


SIZES = {
    "salt": 16,
    "sign_in_key": 32,
    "recovery_sign_in_key": 32,
    "wrapped_by_password": 77,
    "wrapped_by_recovery": 77,
    "private_keys": 109,
    "identity_public": 32,
    "box_public": 1216,
    "box_key_id": 8,
    "box_signature": 64,
}


@pytest.mark.parametrize("name", SIZES)
def test_every_key_has_its_exact_size(name: str) -> None:
    amal = Browser("amal")
    assert len(from_text(amal.keys[name])) == SIZES[name]
    for size in (0, SIZES[name] - 1, SIZES[name] + 1, 50_000):
        wrong = to_text(from_text(amal.keys[name])[:1].ljust(size, b"\1")[:size])
        answer = amal.post("/api/accounts", amal.with_keys(**{name: wrong}))
        assert problem(answer) == "invalid"
        assert told(answer)["fields"] == [
            {"at": ["body", "body", "keys", name], "what": "bytes-length"}
        ]
    for malformed in ("!" * 43, amal.keys[name] + "=", 7, None, ["a"], {"a": 1}):
        answer = amal.post("/api/accounts", amal.with_keys(**{name: malformed}))
        assert problem(answer) == "invalid"
    assert not Person.objects.exists()


@pytest.mark.parametrize("name", ["wrapped_by_password", "wrapped_by_recovery", "private_keys"])
def test_another_suite_is_refused(name: str) -> None:
    amal = Browser("amal")
    other = to_text(b"\2" + from_text(amal.keys[name])[1:])
    assert problem(amal.post("/api/accounts", amal.with_keys(**{name: other}))) == "invalid"


@pytest.mark.parametrize(
    "weak",
    [
        {"memory_kib": 19455},
        {"passes": 1},
        {"memory_kib": 262145},
        {"passes": 11},
        {"memory_kib": True},
        {"passes": "two"},
        {"memory_kib": 2**70},
    ],
)
def test_parameters_have_a_floor_and_a_ceiling(weak: dict[str, object]) -> None:
    amal = Browser("amal")
    assert problem(amal.post("/api/accounts", amal.with_keys(**weak))) == "invalid"


def test_the_box_must_be_signed_by_the_identity_for_this_person() -> None:
    amal, thief = Browser("amal"), Browser("thief")
    swapped = amal.with_keys(box_public=thief.keys["box_public"])
    assert problem(amal.post("/api/accounts", swapped)) == "invalid"
    other_person = amal.new_account(person=str(new_id()))
    assert problem(amal.post("/api/accounts", other_person)) == "invalid"
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    "change",
    [
        {"role": "administrator"},
        {"is_staff": True},
        {"language": "xx"},
        {"person": "me"},
        {"keys": 1},
    ],
)
def test_other_fields_and_values_are_refused(change: dict[str, object]) -> None:
    amal = Browser("amal")
    assert problem(amal.post("/api/accounts", amal.new_account(**change))) == "invalid"


def test_names_of_unknown_fields_are_not_echoed() -> None:
    amal = Browser("amal")
    answer = amal.post("/api/accounts", amal.new_account(**{"my secret": 1}))
    assert b"secret" not in answer.content


def test_the_database_holds_no_key_as_it_was_sent() -> None:
    amal = registered("amal")
    keys = AccountKeys.objects.get(person=amal.id)
    assert from_text(amal.keys["wrapped_by_password"]) not in bytes(keys.wrapped_by_password)
    secrets = [amal.keys[name] for name in ("sign_in_key", "recovery_sign_in_key")]
    person = amal.person
    assert all(secret not in person.password + keys.recovery_verifier for secret in secrets)
    digests = [digest_of(from_text(secret)) for secret in secrets]
    # A plain digest of the sign-in key would let passwords be guessed without the pepper.
    assert person.password not in digests
    assert keys.recovery_verifier == digests[1]


def test_a_session_holds_nothing_but_whose_it_is_and_on_what() -> None:
    amal = registered("amal")
    kept = Session.objects.get()
    assert (kept.person_id, kept.device, kept.is_kept) == (amal.id, "computer", False)
    assert set(SessionStore().decode(kept.data)) == {"_session_expiry"}


def test_registering_from_one_address_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    amal = Browser("amal")
    slugs = {problem(amal.post("/api/accounts", {})) for _ in range(5)}
    assert slugs == {"invalid"}  # what is malformed costs no token
    for _ in range(100):
        amal.post("/api/accounts", amal.with_keys(box_signature=to_text(bytes(64))))
    answer = amal.post("/api/accounts", amal.new_account())
    assert problem(answer) == "too-many-attempts"
    assert 0 < int(answer["Retry-After"]) <= 36
