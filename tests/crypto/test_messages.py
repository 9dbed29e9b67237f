"""What a message shows of itself, and what the other side's browser may say."""

import uuid

import pytest
from playwright.sync_api import Page

from lotse.core.identifiers import from_text, to_text
from lotse.demo import crypto
from tests.crypto.world import World

OPEN = """async ({ conversation, people, keys }) => {
  const { person, password, keys: own } = people.client
  const account = await lotse.openAccount(person, await lotse.derive(password, own), own)
  const wrap = { epoch: 1, recipient: person, recipient_epoch: 1, wrapped: keys.client_wrap }
  const opened = await lotse.openConversation(conversation, [wrap], account)
  window.w = { opened, place: { conversation, message: crypto.randomUUID(), sender: person } }
}"""
FILE = {
    "kind": "file",
    "blob": "00000000-0000-4000-8000-000000000000",
    "key": to_text(bytes(32)),
    "hash": to_text(bytes(32)),
    "chunks": 1,
    "name": "a.jpg",
    "type": "image/jpeg",
    "size": 9,
}
ID = "00000000-0000-4000-8000-00000000000a"
OPTIONAL = {"width": 4, "height": 3, "preview": "AAAA", "seconds": 1.5, "caption": "Zeugnis"}
TEXT = {"kind": "text", "text": "<b>\u202e"}
EDIT = {"kind": "edit", "of": ID, "text": "besser"}
CARD = {"kind": "card", "title": "Termin", "text": "Dienstag", "link": "/termin/7?a=b#c"}


FOREIGN: list[object] = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "/\t/evil.example/",
    "javascript:alert(1)",
    "a/b",
    "",
    None,
]


@pytest.fixture(scope="module")
def client(page: Page, world: World) -> Page:
    page.evaluate(OPEN, world)
    return page


def size_of(client: Page, text: str) -> int:
    seal = "(text) => lotse.sealMessage(w.opened.get(1), w.place, { kind: 'text', text })"
    return len(from_text(client.evaluate(seal, text)))


def test_lengths_say_only_how_many_blocks(client: Page) -> None:
    around = len('{"kind":"text","text":""}')
    overhead = 1 + 8 + 12 + 16
    assert size_of(client, "") == size_of(client, "no") == 256 + overhead
    assert size_of(client, "x" * (256 - around)) == 256 + overhead
    assert size_of(client, "x" * (257 - around)) == 512 + overhead


def open_from_python(client: Page, world: World, content: object) -> object:
    place = crypto.Place(world["conversation"], str(uuid.uuid4()), "someone")
    account = crypto.open_account(
        world["people"]["client"]["person"],
        crypto.derive(world["people"]["client"]["password"], world["people"]["client"]["keys"]),
        world["people"]["client"]["keys"]["wrapped_by_password"],
        world["people"]["client"]["keys"]["private_keys"],
    )
    wrapped = world["keys"]["client_wrap"]
    key = crypto.open_as_client(account, world["conversation"], wrapped)
    body = crypto.seal_message(key, place, content)  # type: ignore[arg-type]
    where = {"conversation": place.conversation, "message": place.message, "sender": "someone"}
    attempt = "([place, body]) => refusal(() => lotse.openMessage(w.opened, place, body))"
    return client.evaluate(attempt, [{**where, "epoch": 1}, body])


@pytest.mark.parametrize(
    "content",
    [
        TEXT,
        FILE,
        FILE | OPTIONAL,
        EDIT,
        CARD,
        *(one | {"reply": ID} for one in (TEXT, FILE, CARD)),
        *(one | {"after": [[ID, 7], [ID, 8]]} for one in (TEXT, FILE, EDIT, CARD)),
    ],
    ids=str,
)
def test_known_kinds(client: Page, world: World, content: World) -> None:
    assert open_from_python(client, world, content) == content


@pytest.mark.parametrize(
    "content",
    [
        {"kind": "poll"},
        {"kind": "text"},
        {"kind": "text", "text": 1},
        FILE | {"chunks": "1"},
        FILE | {"chunks": -1},
        FILE | {"size": 0.5},
        FILE | {"name": None},
        FILE | {"blob": ["a"]},
        EDIT | {"of": "a"},
        EDIT | {"text": None},
        CARD | {"title": 1},
        *(CARD | {"link": link} for link in FOREIGN),
        {"kind": "constructor"},
        {"kind": ["text"], "text": "a"},
        {},
        [],
        None,
        7,
    ],
    ids=str,
)
def test_what_is_not_understood_is_unknown(client: Page, world: World, content: object) -> None:
    assert open_from_python(client, world, content) == {"kind": "unknown"}


def test_fields_that_are_not_understood_are_left_out(client: Page, world: World) -> None:
    odd = {"width": "wide", "height": -1, "seconds": None, "preview": 5, "onload": "alert()"}
    assert open_from_python(client, world, FILE | odd) == FILE
    assert open_from_python(client, world, TEXT | {"more": 1, "reply": "x", "caption": 1}) == TEXT
    assert open_from_python(client, world, EDIT | {"reply": ID}) == EDIT


def test_names_that_are_none_are_left_out(client: Page, world: World) -> None:
    named = [[ID, 7], ["x", 1], [ID, -1], [ID], ID, None, [ID, 1.5]]
    assert open_from_python(client, world, TEXT | {"after": named}) == TEXT | {"after": [[ID, 7]]}
    assert open_from_python(client, world, TEXT | {"after": "x"}) == TEXT
    many = open_from_python(client, world, TEXT | {"after": [[ID, 7]] * 100})
    assert many == TEXT | {"after": [[ID, 7]] * 32}
    unknown = {"kind": "poll", "after": [[ID, 7]]}
    assert open_from_python(client, world, unknown) == {"kind": "unknown", "after": [[ID, 7]]}
