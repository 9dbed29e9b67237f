"""A centre's keys in the hands of its members."""

import uuid

import pytest
from playwright.sync_api import Page

from lotse.core.identifiers import to_text
from lotse.demo import crypto
from tests.crypto.chains import entry, somebody
from tests.crypto.world import World, signed_by

OPEN = """async ({ people, centre }) => {
  const { person, password, keys } = people.lead
  const derived = await lotse.derive(password, keys)
  const account = await lotse.openAccount(person, derived, keys)
  const wraps = [{ epoch: 1, wrapped: centre.wraps.lead }]
  window.w = { account, wire: { ...centre, wraps }, colleague: people.colleague }
  w.keys = await lotse.openCentre(account, w.wire)
}"""


@pytest.fixture(scope="module")
def lead(page: Page, world: World) -> Page:
    page.evaluate(OPEN, world)
    return page


def waiting(person: crypto.Account) -> World:
    box, public = to_text(person.box.id), to_text(person.box.public)
    statement = crypto.box_statement(person.person, person.box)
    return {
        "person": person.person,
        "identity_public": to_text(person.identity_public),
        "box_public": public,
        "box_key_id": box,
        "box_signature": to_text(person.identity.sign(statement)),
    }


@pytest.mark.parametrize("leads", [False, True])
def test_the_admitted_open_everything(lead: Page, world: World, leads: bool) -> None:
    colleague = somebody()
    wire = lead.evaluate("(m) => lotse.admit(w.account, w.keys, ...m)", [waiting(colleague), leads])
    centre = world["centre"]
    third = signed_by(world["people"]["lead"]["person"], wire["manifest"])
    wraps = {one["epoch"]: one["wrapped"] for one in wire["wraps"]}
    chain = [*centre["manifests"], third]
    opened = crypto.open_centre(colleague, centre["centre"], chain, wraps)
    assert opened.manifest.fields["members"][-1] == entry(colleague, leads)


@pytest.mark.parametrize("field", ["person", "box_public", "box_key_id", "box_signature"])
def test_a_box_that_its_owner_did_not_sign_is_not_admitted(lead: Page, field: str) -> None:
    member, other = waiting(somebody()), waiting(somebody())
    attempt = "(member) => refusal(() => lotse.admit(w.account, w.keys, member))"
    assert lead.evaluate(attempt, {**member, field: other[field]}) == "CryptoFailure"


def test_who_is_not_admitted_yet_has_no_boxes(lead: Page) -> None:
    attempt = """async () => {
      const { account } = await lotse.createAccount(crypto.randomUUID(), 'new', 'client')
      const { boxes, lead } = await lotse.openCentre(account, { ...w.wire, wraps: [] })
      return [boxes.size, lead]
    }"""
    assert lead.evaluate(attempt) == [0, False]


def test_a_seed_that_is_not_the_signed_boxs_is_refused(lead: Page, world: World) -> None:
    """Else a server could give the centre a key of its own."""
    person = world["people"]["lead"]
    account = crypto.open_account(
        person["person"],
        crypto.derive(person["password"], person["keys"]),
        person["keys"]["wrapped_by_password"],
        person["keys"]["private_keys"],
    )
    forged = crypto.found_centre(account, world["centre"]["centre"])["wrapped"]
    attempt = """(wrapped) => refusal(() =>
      lotse.openCentre(w.account, { ...w.wire, wraps: [{ epoch: 1, wrapped }] }))"""
    assert lead.evaluate(attempt, forged) == "CryptoFailure"


def test_a_centre_that_knows_me_by_another_key_is_refused(lead: Page, world: World) -> None:
    impostor = somebody()
    twin = crypto.Account(
        world["people"]["lead"]["person"], impostor.key, impostor.identity, impostor.box
    )
    centre = str(uuid.uuid4())
    first = signed_by(twin.person, crypto.found_centre(twin, centre)["manifest"])
    wire = {"centre": centre, "manifests": [first], "wraps": []}
    attempt = "(wire) => refusal(() => lotse.openCentre(w.account, wire))"
    assert lead.evaluate(attempt, wire) == "CryptoFailure"


def test_a_known_centre_is_not_founded_again(lead: Page) -> None:
    attempt = "() => refusal(() => lotse.foundCentre(w.account, w.wire.centre))"
    assert lead.evaluate(attempt) == "CentreChanged"


def test_safety_number(lead: Page) -> None:
    """Frozen: two people may compare it on different releases."""
    number = lead.evaluate("lotse.safetyNumber('person', new Uint8Array(32))")
    assert number == crypto.safety_number("person", bytes(32))
