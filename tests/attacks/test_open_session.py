"""Attack: somebody else sits at a browser where the session is open, and has no password."""

import pytest

from lotse.accounts.models import Person
from lotse.accounts.roles import Role, door_of
from lotse.demo import crypto
from tests.accounts.people import Browser, problem, registered, told

pytestmark = pytest.mark.django_db(transaction=True)

WRONG = "A" * 43


def new_code(person: Browser, **changed: object) -> tuple[dict[str, object], str]:
    """Body of POST /api/recovery-code, and the code."""
    keys, code = crypto.new_recovery(person.account)
    proof = {"current_sign_in_key": person.keys["sign_in_key"]}
    return dict(keys) | proof | changed, code


def recovery(person: Browser, code: str) -> dict[str, str]:
    key = crypto.recovery_sign_in_key(crypto.parse_recovery_code(code))
    door = door_of(person.role)
    return {"door": door, "nickname": person.nickname, "recovery_sign_in_key": key}


@pytest.mark.parametrize("role", [Role.CLIENT, Role.COUNSELLOR])
def test_it_cannot_replace_the_recovery_code(role: str) -> None:
    amal = registered("amal", role)
    stolen, code = new_code(amal, current_sign_in_key=WRONG)
    slugs = [problem(amal.post("/api/recovery-code", stolen)) for _ in range(11)]
    assert slugs == ["wrong-credentials"] * 10 + ["too-many-attempts"]
    assert problem(amal.post("/api/recovery", recovery(amal, code))) == "wrong-recovery-code"
    assert amal.post("/api/recovery", recovery(amal, amal.code)).status_code == 200


def test_it_cannot_erase_the_account() -> None:
    amal = registered("amal")
    assert problem(amal.post("/api/account/erasure", {})) == "invalid"
    proof = {"current_sign_in_key": WRONG}
    slugs = {problem(amal.post("/api/account/erasure", proof)) for _ in range(11)}
    assert slugs == {"wrong-credentials", "too-many-attempts"}
    assert Person.objects.filter(pk=amal.id).exists()


def test_an_old_recovery_code_opens_nothing() -> None:
    amal = registered("amal")
    new, code = new_code(amal)
    assert amal.post("/api/recovery-code", new).status_code == 204
    assert problem(amal.post("/api/recovery", recovery(amal, amal.code))) == "wrong-recovery-code"
    wire = told(amal.post("/api/recovery", recovery(amal, code)))
    opened = crypto.open_with_recovery(
        wire["person"],
        crypto.parse_recovery_code(code),
        wire["wrapped_by_recovery"],
        wire["private_keys"],
    )
    assert opened.key.key == amal.account.key.key
