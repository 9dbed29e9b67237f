import secrets

import pytest

from lotse import env
from lotse.core.identifiers import new_id, to_text
from lotse.core.pepper import WrongPepper, is_usable
from lotse.keys import pepper

OPENED = secrets.token_bytes(77)


def test_sealed_opens_for_the_same_person_only() -> None:
    person = new_id()
    sealed = pepper.seal(person, OPENED)
    assert OPENED not in sealed
    assert pepper.seal(person, OPENED) != sealed
    assert pepper.unseal(person, memoryview(sealed)) == OPENED
    with pytest.raises(WrongPepper):
        pepper.unseal(new_id(), sealed)


@pytest.mark.parametrize("at", [0, 1, 12, 13, -1])
def test_every_changed_byte_is_noticed(at: int) -> None:
    person = new_id()
    sealed = bytearray(pepper.seal(person, OPENED))
    sealed[at] ^= 1
    with pytest.raises(WrongPepper):
        pepper.unseal(person, bytes(sealed))


def test_another_pepper_does_not_open(monkeypatch: pytest.MonkeyPatch) -> None:
    person = new_id()
    sealed = pepper.seal(person, OPENED)
    monkeypatch.setattr(env, "PEPPER", to_text(secrets.token_bytes(32)))
    with pytest.raises(WrongPepper):
        pepper.unseal(person, sealed)


@pytest.mark.parametrize("text", ["", "short", "!" * 43, to_text(bytes(31)), to_text(bytes(33))])
def test_without_a_proper_pepper_nothing_is_sealed(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not is_usable(text)
    monkeypatch.setattr(env, "PEPPER", text)
    with pytest.raises(WrongPepper):
        pepper.seal(new_id(), OPENED)
