"""Attack: somebody has the database and guesses passwords, or signs in with what it holds."""

import hashlib
import hmac
import secrets

import pytest

from lotse import env
from lotse.core.identifiers import from_text, to_text
from lotse.core.pepper import WrongPepper
from lotse.demo import crypto
from lotse.keys.models import AccountKeys
from tests.accounts.people import PASSWORD, Browser, problem, registered

pytestmark = pytest.mark.django_db


@pytest.fixture
def amal() -> Browser:
    return registered("amal")


def test_a_verifier_and_the_salt_confirm_no_guess_without_the_pepper(amal: Browser) -> None:
    """The right password is guessed at once, and the thief cannot tell."""
    keys = AccountKeys.objects.get(person=amal.id)
    kdf: crypto.account.Kdf = {
        "salt": to_text(keys.salt),
        "memory_kib": keys.memory_kib,
        "passes": keys.passes,
    }
    guessed = crypto.derive(PASSWORD, kdf).sign_in_key
    assert guessed == amal.keys["sign_in_key"]
    kept = amal.person.password
    message = amal.id.bytes + guessed.encode()
    for data in (guessed.encode(), from_text(guessed), message):
        for key in (b"", bytes(32), env.SECRET.encode(), secrets.token_bytes(32)):
            assert kept != to_text(hmac.digest(key, data, "sha256"))
        assert kept not in {
            hashlib.sha256(data).hexdigest(),
            to_text(hashlib.sha256(data).digest()),
        }


def test_another_pepper_verifies_nobody(amal: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(env, "PEPPER", to_text(secrets.token_bytes(32)))
    assert not amal.person.is_sign_in_key(amal.keys["sign_in_key"])
    monkeypatch.setattr(env, "PEPPER", "")
    with pytest.raises(WrongPepper):
        amal.person.is_sign_in_key(amal.keys["sign_in_key"])


def test_a_verifier_is_bound_to_its_person(amal: Browser) -> None:
    """Whoever can write into the database cannot give themselves a known password of another's."""
    nadia = registered("nadia")
    person = nadia.person
    person.password = amal.person.password
    person.save()
    assert problem(nadia.sign_in(amal.keys["sign_in_key"])) == "wrong-credentials"


def test_what_the_database_holds_signs_nobody_in(amal: Browser) -> None:
    keys = AccountKeys.objects.get(person=amal.id)
    assert problem(amal.sign_in(amal.person.password)) == "wrong-credentials"
    kept = to_text(bytes.fromhex(keys.recovery_verifier))
    answer = amal.post("/api/recovery", {"nickname": "amal", "recovery_sign_in_key": kept})
    assert problem(answer) == "wrong-recovery-code"


def test_a_lost_pepper_does_not_end_recovery(
    amal: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(env, "PEPPER", to_text(secrets.token_bytes(32)))
    key = crypto.recovery_sign_in_key(crypto.parse_recovery_code(amal.code))
    proof = {"nickname": "amal", "recovery_sign_in_key": key}
    assert amal.post("/api/recovery", proof).status_code == 200
    new = amal.new_password()
    assert amal.post("/api/recovery/password", proof | new).status_code == 200
    assert amal.sign_in(new["sign_in_key"]).status_code == 200
