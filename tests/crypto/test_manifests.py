"""What a server or a faithless member could try with a chain of manifests."""

import copy
import uuid
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from lotse.core.identifiers import to_text
from tests.crypto.chains import Chain, entry, new_box, somebody, write

VERIFY = """([centre, manifests]) => refusal(
  async () => (await lotse.verifyManifests(centre, manifests)).number)"""
CENTRE = str(uuid.uuid4())
A, B, C = somebody(), somebody(), somebody()
TWO, THREE = [entry(A, True), entry(B)], [entry(A, True), entry(B), entry(C)]


def founded() -> Chain:
    return Chain(str(uuid.uuid4())).add(A, members=[entry(A, True)])


def three() -> Chain:
    return founded().add(A, members=TWO).add(A, members=THREE)


def verify(page: Page, chain: Chain) -> object:
    return page.evaluate(VERIFY, [chain.fields["centre"], chain.wires])


def without(chain: Chain, *indices: int) -> Chain:
    chain.wires = [wire for index, wire in enumerate(chain.wires) if index not in indices]
    return chain


def with_first(chain: Chain, **changes: object) -> Chain:
    chain.wires[0] |= changes  # type: ignore[typeddict-item]
    return chain


def repeated(chain: Chain) -> Chain:
    chain.wires *= 2
    return chain


def with_body(change: Callable[[bytes], bytes]) -> Chain:
    chain = founded()
    chain.wires.clear()
    return chain.add_body(A, change(write(chain.fields)))


SOUND: dict[str, Callable[[], Chain]] = {
    "founded": founded,
    "two-admitted": three,
    "second-lead": lambda: (
        founded()
        .add(A, members=[entry(A, True), entry(B, True)])
        .add(B, members=[entry(A, True), entry(B, True), entry(C)])
    ),
    "left-with-epoch": lambda: three().add(A, members=TWO, epoch=2, **new_box()),
}
REFUSED: dict[str, Callable[[], Chain]] = {
    "nothing": lambda: without(founded(), 0),
    "first-missing": lambda: without(three(), 0),
    "middle-missing": lambda: without(three(), 1),
    "twice": lambda: repeated(founded()),
    "begins-at-two": lambda: Chain(CENTRE).add(A, number=2, members=[entry(A, True)]),
    "begins-with-previous": lambda: Chain(CENTRE).add(A, previous="x", members=[entry(A, True)]),
    "begins-in-epoch-two": lambda: Chain(CENTRE).add(A, epoch=2, members=[entry(A, True)]),
    "founded-by-two": lambda: Chain(CENTRE).add(A, members=TWO),
    "founded-without-lead": lambda: Chain(CENTRE).add(A, members=[entry(A)]),
    "founded-by-nobody": lambda: Chain(CENTRE).add(A, members=[]),
    "number-skipped": lambda: founded().add(A, number=3, members=TWO),
    "wrong-previous": lambda: founded().add(A, previous="", members=TWO),
    "signed-by-member": lambda: founded().add(A, members=TWO).add(B, members=THREE),
    "signed-by-stranger": lambda: founded().add(C, members=TWO),
    "signed-by-new-lead": lambda: founded().add(B, members=[entry(A, True), entry(B, True)]),
    "signed-for-another": lambda: with_first(
        Chain(CENTRE).add(B, members=[entry(A, True)]), signer=A.person
    ),
    "nobody-leads": lambda: founded().add(A, members=[entry(A), entry(B)]),
    "member-twice": lambda: founded().add(A, members=[*TWO, entry(B)]),
    "identity-missing": lambda: founded().add(A, members=[entry(A, True), {"person": B.person}]),
    "lead-as-text": lambda: founded().add(A, members=[{**entry(A), "lead": "yes"}]),
    "epoch-jumps": lambda: founded().add(A, epoch=3, members=TWO, **new_box()),
    "epoch-falls": lambda: three().add(A, epoch=2, **new_box()).add(A, epoch=1, **new_box()),
    "epoch-without-box": lambda: founded().add(A, epoch=2, members=TWO),
    "box-without-epoch": lambda: founded().add(A, members=TWO, **new_box()),
    "key-id-without-epoch": lambda: founded().add(A, members=TWO, key_id=new_box()["key_id"]),
    "left-without-epoch": lambda: three().add(A, members=TWO),
    "other-suite": lambda: Chain(CENTRE).add(A, suite=2, members=[entry(A, True)]),
    "extra-field": lambda: Chain(CENTRE).add(A, members=[entry(A, True)], more=1),
    "other-number-outside": lambda: with_first(founded(), number=2),
    "other-signer": lambda: with_first(founded(), signer=B.person),
    "other-signature": lambda: with_first(founded(), signature=to_text(bytes(64))),
    "short-signature": lambda: with_first(founded(), signature=""),
    "spaces": lambda: with_body(lambda body: body.replace(b",", b", ")),
    "trailing-space": lambda: with_body(lambda body: body + b" "),
    "field-twice": lambda: with_body(lambda body: body.replace(b"{", b'{"suite":1,', 1)),
    "no-json": lambda: with_body(lambda _: b"{"),
    "no-text": lambda: with_body(lambda _: b"\xff"),
    "null": lambda: with_body(lambda _: b"null"),
}


@pytest.mark.parametrize("make", SOUND.values(), ids=SOUND)
def test_sound_chains_are_believed(page: Page, make: Callable[[], Chain]) -> None:
    chain = make()
    assert verify(page, chain) == len(chain.wires)


@pytest.mark.parametrize("make", REFUSED.values(), ids=REFUSED)
def test_other_chains_are_refused(page: Page, make: Callable[[], Chain]) -> None:
    assert verify(page, make()) == "CryptoFailure"


def test_a_chain_of_another_centre_is_refused(page: Page) -> None:
    outcome = page.evaluate(VERIFY, [str(uuid.uuid4()), founded().wires])
    assert outcome == "CryptoFailure"


def test_known_keys_may_grow(page: Page) -> None:
    chain = founded()
    assert verify(page, chain) == 1
    assert verify(page, chain.add(A, members=TWO)) == 2
    page.reload()
    page.wait_for_function("() => 'lotse' in window")
    assert verify(page, chain.add(A, members=THREE)) == 3


def test_known_keys_may_not_be_replaced_hidden_or_forked(page: Page) -> None:
    chain = founded().add(A, members=TWO)
    centre, fork = chain.fields["centre"], copy.deepcopy(chain)
    assert verify(page, chain.add(A, members=THREE)) == 3
    assert verify(page, fork) == "CentreChanged"
    assert verify(page, fork.add(A, members=[*TWO, entry(somebody())])) == "CentreChanged"
    assert verify(page, Chain(centre).add(A, members=[entry(A, True)])) == "CentreChanged"
    assert verify(page, Chain(centre).add(C, members=[entry(C, True)])) == "CentreChanged"
    assert verify(page, chain) == 3


ACCEPT = """([centre, manifests]) => lotse.verifyManifests(centre, manifests)
    .catch((change) => lotse.acceptCentre(change))"""


def test_a_person_may_accept_new_keys(page: Page) -> None:
    chain = founded()
    verify(page, chain)
    centre = chain.fields["centre"]
    other = Chain(centre).add(C, members=[entry(C, True)])
    assert verify(page, other) == "CentreChanged"
    page.evaluate(ACCEPT, [centre, other.wires])
    # Only the ones that were compared: not the old ones, and none that a server slips in.
    assert verify(page, Chain(centre).add(B, members=[entry(B, True)])) == "CentreChanged"
    assert verify(page, chain) == "CentreChanged"
    assert verify(page, other) == 1
    assert verify(page, other.add(C, members=[entry(C, True), entry(A)])) == 2


def test_keys_that_are_gone_cannot_be_accepted(page: Page) -> None:
    chain = founded()
    verify(page, chain)
    change = "new lotse.CentreChanged(centre)"
    code = f"(centre) => lotse.acceptCentre({change}).catch((error) => error.name)"
    assert page.evaluate(code, chain.fields["centre"]) == "CryptoFailure"
