"""One of everything, as JSON: what Python or the browser makes, the other must open."""

import uuid
from typing import Any, cast

from lotse.core.identifiers import from_text, to_text
from lotse.demo import crypto

World = dict[str, Any]


def plan() -> World:
    """What a world is made from: the same for both makers, but for fresh ids."""

    def person(password: str, strength: str) -> World:
        return {"person": _id(), "password": password, "strength": strength}

    file = {"kind": "file", "blob": _id(), "key": "a" * 43, "hash": "b" * 43, "chunks": 3}
    return {
        "people": {
            # Composed and full-width letters: NFKC makes one password of them.
            "client": person("tu\u0308r Ｈａｕｓ", "client"),
            "lead": person("correct horse", "staff"),
            "colleague": person("مرحبا بالعالم", "client"),
        },
        "centre": _id(),
        "conversation": _id(),
        "messages": [
            {"message": _id(), "content": {"kind": "text", "text": "Привет 👋 \n\u2028 سلام"}},
            {"message": _id(), "content": {"kind": "text", "text": ""}},
            {"message": _id(), "content": {"kind": "text", "text": "ä" * 300}},
            {
                "message": _id(),
                "content": {**file, "name": "a.jpg", "type": "image/jpeg", "size": 9},
            },
            {
                "message": _id(),
                "content": {**file, "name": "a.pdf", "type": "application/pdf", "size": 9}
                | {"caption": "Zeugnis", "reply": _id(), "after": [[_id(), 7], [_id(), 8]]},
            },
            {"message": _id(), "content": {"kind": "edit", "of": _id(), "text": "Привет!"}},
            {
                "message": _id(),
                "content": {"kind": "card", "title": "موعد", "text": "", "link": "/appointments/7"},
            },
        ],
        "draft": "noch nicht fertig …",
        "blob": _id(),
        "chunks": [to_text(bytes([i]) * 40) for i in range(3)],
    }


def make_world(plan: World) -> World:
    people, accounts = {}, {}
    for role, wish in plan["people"].items():
        made = crypto.create_account(wish["person"], wish["password"], wish["strength"])
        accounts[role], keys, code = made
        people[role] = {**wish, "keys": keys, "recovery_code": code}
    client = accounts["client"]
    centre = _make_centre(plan["centre"], accounts["lead"], accounts["colleague"])
    manifest = crypto.verify_manifests(plan["centre"], centre["manifests"])
    key, wire = crypto.new_conversation(client, plan["conversation"], manifest)
    messages = []
    for one in plan["messages"]:
        place = crypto.Place(plan["conversation"], one["message"], client.person)
        body = crypto.seal_message(key, place, one["content"])
        messages.append({**one, "sender": client.person, "body": body})
    draft = crypto.seal_draft(client, plan["conversation"], plan["draft"])
    return {
        "people": people,
        "centre": centre,
        "conversation": plan["conversation"],
        "keys": wire,
        "messages": messages,
        "draft": {"text": plan["draft"], "sealed": draft},
        "file": _make_file(plan),
    }


def check_world(world: World) -> None:
    conversation, centre = world["conversation"], world["centre"]
    accounts = {role: _open_person(person) for role, person in world["people"].items()}
    client_wrap, centre_wrap = world["keys"]["client_wrap"], world["keys"]["centre_wrap"]
    key = crypto.open_as_client(accounts["client"], conversation, client_wrap)
    assert to_text(key.id) == world["keys"]["key_id"]
    for role in ("lead", "colleague"):
        wraps = {1: centre["wraps"][role]}
        keys = crypto.open_centre(accounts[role], centre["centre"], centre["manifests"], wraps)
        assert crypto.open_as_member(keys, conversation, 1, centre_wrap) == key
    newest = crypto.verify_manifests(centre["centre"], centre["manifests"])
    number = crypto.centre_safety_number(centre["centre"], newest.hash)
    assert number == centre["safety_number"]
    for one in world["messages"]:
        place = crypto.Place(conversation, one["message"], one["sender"])
        assert crypto.open_message(key, place, one["body"]) == one["content"]
    draft = crypto.open_draft(accounts["client"], conversation, world["draft"]["sealed"])
    assert draft == world["draft"]["text"]
    _check_file(conversation, world["file"])


def _id() -> str:
    return str(uuid.uuid4())


def _make_centre(centre: str, lead: crypto.Account, colleague: crypto.Account) -> World:
    found = crypto.found_centre(lead, centre)
    first = signed_by(lead.person, found["manifest"])
    keys = crypto.open_centre(lead, centre, [first], {1: found["wrapped"]})
    admitted = crypto.admit(lead, keys, colleague)
    manifests = [first, signed_by(lead.person, admitted["manifest"])]
    newest = crypto.verify_manifests(centre, manifests)
    return {
        "centre": centre,
        "manifests": manifests,
        "safety_number": crypto.centre_safety_number(centre, newest.hash),
        "wraps": {"lead": found["wrapped"], "colleague": admitted["wraps"][0]["wrapped"]},
    }


def signed_by(person: str, manifest: World) -> crypto.ManifestWire:
    """As the server hands it out."""
    return cast(crypto.ManifestWire, {**manifest, "signer": person})


def _make_file(plan: World) -> World:
    file = crypto.File(crypto.new_file_key(), plan["conversation"], plan["blob"])
    collected, last = crypto.FileHash(), len(plan["chunks"]) - 1
    chunks = []
    for index, plain in enumerate(plan["chunks"]):
        sealed = file.seal_chunk(index, index == last, from_text(plain))
        collected.add(sealed)
        chunks.append(to_text(sealed))
    return {
        "blob": plan["blob"],
        "key": to_text(file.key),
        "hash": collected.digest(),
        "plain": plan["chunks"],
        "chunks": chunks,
    }


def _open_person(person: World) -> crypto.Account:
    keys, code = person["keys"], crypto.parse_recovery_code(person["recovery_code"])
    assert crypto.recovery_sign_in_key(code) == keys["recovery_sign_in_key"]
    private = keys["private_keys"]
    wrapped = keys["wrapped_by_recovery"]
    recovered = crypto.open_with_recovery(person["person"], code, wrapped, private)
    derived = crypto.derive(person["password"], keys)
    assert derived.sign_in_key == keys["sign_in_key"]
    wrapped = keys["wrapped_by_password"]
    account = crypto.open_account(person["person"], derived, wrapped, private)
    for opened in (recovered, account):
        assert to_text(opened.identity_public) == keys["identity_public"]
        assert to_text(opened.box.public) == keys["box_public"]
        assert to_text(opened.box.id) == keys["box_key_id"]
    return account


def _check_file(conversation: str, wire: World) -> None:
    file = crypto.File(from_text(wire["key"]), conversation, wire["blob"])
    collected, last = crypto.FileHash(), len(wire["chunks"]) - 1
    for index, chunk in enumerate(wire["chunks"]):
        sealed = from_text(chunk)
        collected.add(sealed)
        opened = file.open_chunk(index, index == last, sealed)
        assert to_text(opened) == wire["plain"][index]
    assert collected.digest() == wire["hash"]
