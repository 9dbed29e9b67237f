"""Changing a password, and getting back in with the recovery code."""

from typing import Any

import pytest
from django.test import Client

from lotse.accounts.models import Person
from lotse.accounts.roles import Role
from lotse.core.identifiers import to_text
from lotse.demo import crypto
from tests.accounts.people import Browser, me_in, problem, registered, told

pytestmark = pytest.mark.django_db
WRONG = to_text(bytes(32))


def change(amal: Browser, **changed: object) -> tuple[Any, dict[str, Any]]:
    new = amal.new_password()
    body = {"current_sign_in_key": amal.keys["sign_in_key"]} | new | changed
    return amal.post("/api/password", body), new


def code(amal: Browser, **changed: object) -> dict[str, Any]:
    key = crypto.recovery_sign_in_key(crypto.parse_recovery_code(amal.code))
    return amal.at_door(recovery_sign_in_key=key) | changed


def test_a_password_change_ends_the_other_sessions_only() -> None:
    amal = registered("amal")
    phone, before = amal.elsewhere(), amal.session
    answer, new = change(amal)
    assert answer.status_code == 204
    assert told(amal.get("/api/me"))["keys"]["salt"] == new["salt"]
    assert problem(phone.get("/api/me")) == "signed-out"
    assert amal.session != before
    amal.client.cookies["session"] = before
    assert problem(amal.get("/api/me")) == "signed-out"
    assert problem(amal.sign_in()) == "wrong-credentials"
    assert amal.sign_in(new["sign_in_key"]).status_code == 200


def test_what_comes_back_after_a_change_opens_the_account() -> None:
    amal = registered("amal")
    change(amal)
    keys = told(amal.get("/api/me"))["keys"]
    derived = crypto.derive("another-one", keys)
    crypto.open_account(str(amal.id), derived, keys["wrapped_by_password"], keys["private_keys"])


def test_a_password_change_needs_the_present_password() -> None:
    amal = registered("amal")
    slugs = [problem(change(amal, current_sign_in_key=WRONG)[0]) for _ in range(11)]
    assert slugs == ["wrong-credentials"] * 10 + ["too-many-attempts"]
    assert told(amal.get("/api/me"))["keys"]["salt"] == amal.keys["salt"]


def test_nobody_changes_a_password_without_a_session() -> None:
    amal = registered("amal")
    amal.client = Client()
    assert problem(change(amal)[0]) == "signed-out"


def test_staff_keep_their_stronger_parameters() -> None:
    bert = registered("bert", Role.COORDINATOR)
    answer, _ = change(bert, memory_kib=19456, passes=2)
    assert problem(answer) == "invalid"
    assert {field["at"][0] for field in told(answer)["fields"]} == {"memory_kib", "passes"}
    weak = {**code(bert), **bert.new_password(), "memory_kib": 65535}
    assert problem(bert.post("/api/recovery/password", weak)) == "invalid"
    assert change(bert)[0].status_code == 204


def test_the_recovery_code_opens_the_account_and_sets_a_new_password() -> None:
    amal = registered("amal")
    lost, amal.client = amal.elsewhere(), Client()
    answer = amal.post("/api/recovery", code(amal))
    assert answer.status_code == 200
    wire = told(answer)
    assert (wire["person"], wire["role"]) == (str(amal.id), "client")
    opened = crypto.open_with_recovery(
        wire["person"],
        crypto.parse_recovery_code(amal.code),
        wire["wrapped_by_recovery"],
        wire["private_keys"],
    )
    assert opened.key.key == amal.account.key.key
    assert problem(amal.get("/api/me")) == "signed-out"  # the code alone is no session
    new = amal.new_password()
    set_ = amal.post("/api/recovery/password", code(amal) | new)
    assert (set_.status_code, me_in(set_)) == (200, told(amal.get("/api/me")))
    assert problem(lost.get("/api/me")) == "signed-out"
    assert problem(lost.sign_in()) == "wrong-credentials"
    assert lost.sign_in(new["sign_in_key"]).status_code == 200
    assert amal.post("/api/recovery", code(amal)).status_code == 200  # the code stays valid


def test_recovery_is_refused_alike_for_unknown_wrong_and_revoked() -> None:
    amal = registered("amal")
    wrong = amal.post("/api/recovery", code(amal, recovery_sign_in_key=WRONG))
    unknown = amal.post("/api/recovery", code(amal, nickname="nobody"))
    Person.objects.filter(pk=amal.id).update(is_active=False)
    revoked = amal.post("/api/recovery", code(amal))
    setting = amal.post("/api/recovery/password", code(amal) | amal.new_password())
    assert problem(wrong) == "wrong-recovery-code"
    assert wrong.content == unknown.content == revoked.content == setting.content
    assert wrong.status_code == 401


def test_recovery_is_limited_apart_from_sign_in() -> None:
    amal = registered("amal")
    for _ in range(11):
        amal.sign_in(WRONG)
    slugs = [
        problem(amal.post("/api/recovery", code(amal, recovery_sign_in_key=WRONG)))
        for _ in range(11)
    ]
    assert slugs == ["wrong-recovery-code"] * 10 + ["too-many-attempts"]
    both = code(amal) | amal.new_password()
    assert problem(amal.post("/api/recovery/password", both)) == "too-many-attempts"


def test_the_sign_in_key_is_no_recovery_key() -> None:
    amal = registered("amal")
    answer = amal.post("/api/recovery", code(amal, recovery_sign_in_key=amal.keys["sign_in_key"]))
    assert problem(answer) == "wrong-recovery-code"
