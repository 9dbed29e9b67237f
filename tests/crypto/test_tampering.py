"""Whoever writes the database can move, cut and turn bits. Nothing of that may open."""

import pytest
from playwright.sync_api import Page

from tests.crypto.world import World

OPEN = """async (world) => {
  const open = async ({ person, password, keys }) =>
    lotse.openAccount(person, await lotse.derive(password, keys), keys)
  const { client, lead, colleague } = world.people
  const w = { ...world, client: await open(client), lead: await open(lead) }
  w.wire = { ...world.centre, wraps: [{ epoch: 1, wrapped: world.centre.wraps.lead }] }
  w.house = { account: w.lead, centre: await lotse.openCentre(w.lead, w.wire) }
  w.other = crypto.randomUUID()
  w.mine = { epoch: 1, recipient: client.person, recipient_epoch: 1, wrapped: w.keys.client_wrap }
  w.ours = { ...w.mine, recipient: world.centre.centre, wrapped: w.keys.centre_wrap }
  w.opened = await lotse.openConversation(world.conversation, [w.mine], w.client)
  const { message, sender, body } = world.messages[0]
  w.place = { conversation: world.conversation, message, sender, epoch: 1 }
  w.body = body
  w.derived = await lotse.derive(client.password, client.keys)
  w.blob = { conversation: world.conversation, blob: world.file.blob }
  w.fileKey = lotse.fromBase64url(world.file.key)
  w.chunk = (index) => lotse.fromBase64url(world.file.chunks[index])
  window.w = w
}"""

UNTOUCHED = {
    "message": "lotse.openMessage(w.opened, w.place, w.body)",
    "draft": "lotse.openDraft(w.client, w.conversation, w.draft.sealed)",
    "client": "lotse.openConversation(w.conversation, [w.mine], w.client)",
    "centre": "lotse.openConversation(w.conversation, [w.ours], w.house)",
    "seed": "lotse.openCentre(w.lead, w.wire)",
    "account": "lotse.openAccount(w.client.person, w.derived, w.people.client.keys)",
    "chunk": "lotse.openChunk(w.fileKey, w.blob, 1, false, w.chunk(1))",
}

MESSAGE = {
    "other-conversation": "{ ...w.place, conversation: w.other }, w.body",
    "other-message": "{ ...w.place, message: w.other }, w.body",
    "other-sender": "{ ...w.place, sender: w.lead.person }, w.body",
    "unknown-epoch": "{ ...w.place, epoch: 2 }, w.body",
    "suite": "w.place, turned(w.body, 0)",
    "key-id": "w.place, turned(w.body, 1)",
    "nonce": "w.place, turned(w.body, 9)",
    "text": "w.place, turned(w.body, 21)",
    "tag": "w.place, turned(w.body, -1)",
    "cut": "w.place, w.body.slice(0, 40)",
    "empty": "w.place, ''",
    "not-bytes": "w.place, 'ä'",
    "line-break": "{ ...w.place, message: w.place.message + '\\n' }, w.body",
}
CONVERSATION = {
    "client-other-conversation": "w.other, [w.mine], w.client",
    "client-other-person": "w.conversation, [{ ...w.mine, recipient: w.lead.person }], w.lead",
    "client-bit": "w.conversation, [{ ...w.mine, wrapped: turned(w.mine.wrapped, 30) }], w.client",
    "client-wrapped-by-server": "w.conversation, [{ ...w.mine, wrapped: w.forged }], w.client",
    "centre-other-conversation": "w.other, [w.ours], w.house",
    "centre-other-recipient": "w.conversation, [{ ...w.ours, recipient: w.other }], w.house",
    "centre-other-epoch": "w.conversation, [{ ...w.ours, recipient_epoch: 2 }], w.house",
    "centre-key-id": "w.conversation, [{ ...w.ours, wrapped: turned(w.ours.wrapped, 1) }], w.house",
    "centre-kem": "w.conversation, [{ ...w.ours, wrapped: turned(w.ours.wrapped, 20) }], w.house",
    "centre-dh": "w.conversation, [{ ...w.ours, wrapped: turned(w.ours.wrapped, 1120) }], w.house",
    "centre-bit": "w.conversation, [{ ...w.ours, wrapped: turned(w.ours.wrapped, -1) }], w.house",
    "later-epoch": "w.conversation, [{ ...w.mine, epoch: 2 }], w.client",
    "nothing": "w.conversation, [], w.client",
}
SEED = {
    "of-colleague": "wraps: [{ epoch: 1, wrapped: w.centre.wraps.colleague }]",
    "other-epoch": "wraps: [{ epoch: 2, wrapped: w.centre.wraps.lead }]",
    "bit": "wraps: [{ epoch: 1, wrapped: turned(w.centre.wraps.lead, -1) }]",
}
ACCOUNT = {
    "other-person": "w.other, w.derived, w.people.client.keys",
    "other-keys": "w.client.person, w.derived, w.people.lead.keys",
    "recovery-as-password": "w.client.person, w.derived, { ...w.people.client.keys, "
    "wrapped_by_password: w.people.client.keys.wrapped_by_recovery }",
    "private-keys-of-other": "w.client.person, w.derived, { ...w.people.client.keys, "
    "private_keys: w.people.lead.keys.private_keys }",
}
CHUNK = {
    "reordered": "w.fileKey, w.blob, 0, false, w.chunk(1)",
    "truncated": "w.fileKey, w.blob, 1, true, w.chunk(1)",
    "continued": "w.fileKey, w.blob, 2, false, w.chunk(2)",
    "other-blob": "w.fileKey, { ...w.blob, blob: w.other }, 1, false, w.chunk(1)",
    "other-conversation": "w.fileKey, { ...w.blob, conversation: w.other }, 1, false, w.chunk(1)",
    "other-key": "lotse.newFileKey(), w.blob, 1, false, w.chunk(1)",
    "short-key": "w.fileKey.slice(0, 16), w.blob, 1, false, w.chunk(1)",
    "cut": "w.fileKey, w.blob, 1, false, w.chunk(1).slice(0, -1)",
}
DRAFT = {
    "other-conversation": "w.client, w.other, w.draft.sealed",
    "other-person": "w.lead, w.conversation, w.draft.sealed",
}
ATTACKS = [
    *((f"openMessage(w.opened, {arguments})", name) for name, arguments in MESSAGE.items()),
    *((f"openConversation({arguments})", name) for name, arguments in CONVERSATION.items()),
    *((f"openCentre(w.lead, {{ ...w.wire, {wraps} }})", name) for name, wraps in SEED.items()),
    *((f"openAccount({arguments})", name) for name, arguments in ACCOUNT.items()),
    *((f"openChunk({arguments})", name) for name, arguments in CHUNK.items()),
    *((f"openDraft({arguments})", name) for name, arguments in DRAFT.items()),
]


@pytest.fixture(scope="module")
def opened(page: Page, world: World) -> Page:
    page.evaluate(OPEN, world)
    # What a server could do: put the form that it can make in the place of the one it cannot.
    page.evaluate("w.forged = w.keys.centre_wrap")
    return page


@pytest.mark.parametrize("attempt", UNTOUCHED.values(), ids=UNTOUCHED)
def test_untouched_opens(opened: Page, attempt: str) -> None:
    assert opened.evaluate(f"async () => typeof await refusal(() => {attempt})") != "undefined"
    assert opened.evaluate(f"() => refusal(() => {attempt})") != "CryptoFailure"


@pytest.mark.parametrize(("attempt", "name"), ATTACKS, ids=[f"{n}-{a[:9]}" for a, n in ATTACKS])
def test_tampering_is_refused(opened: Page, attempt: str, name: str) -> None:
    assert opened.evaluate(f"() => refusal(() => lotse.{attempt})") == "CryptoFailure", name


def test_a_conversations_key_cannot_be_replaced(opened: Page) -> None:
    """Anyone can wrap to the centre; the key that this browser saw first stays the one."""
    replaced = """async () => {
      const { manifest } = w.house.centre
      const { wire } = await lotse.newConversation(w.client, w.conversation, manifest)
      const wrap = { ...w.ours, wrapped: wire.centre_wrap }
      return refusal(() => lotse.openConversation(w.conversation, [wrap], w.house))
    }"""
    opened.evaluate("() => lotse.openConversation(w.conversation, [w.ours], w.house)")
    assert opened.evaluate(replaced) == "CryptoFailure"


def test_a_missing_part_gives_no_hash(opened: Page) -> None:
    missing = """() => refusal(async () => {
      const hash = new lotse.FileHash()
      await hash.add(1, w.chunk(1))
      return hash.digest(2)
    })"""
    assert opened.evaluate(missing) == "CryptoFailure"


def test_the_hash_takes_parts_in_any_order(opened: Page) -> None:
    shuffled = """async () => {
      const hash = new lotse.FileHash()
      for (const index of [2, 0, 1]) await hash.add(index, w.chunk(index))
      return hash.digest(3)
    }"""
    assert opened.evaluate(shuffled) == opened.evaluate("w.file.hash")
