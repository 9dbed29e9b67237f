"""Founds a centre's keys, verifies them, opens them for members, and admits colleagues."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any, TypedDict

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from lotse.core.identifiers import from_text, to_text
from lotse.demo.crypto.account import Account
from lotse.demo.crypto.forms import Box, CryptoFailure, PublicBox, context, unwrap, wrap


class ManifestWire(TypedDict):
    number: int
    body: str
    signer: str
    signature: str


@dataclass(frozen=True)
class Manifest:
    """The newest manifest of a verified chain; `boxes` has every epoch of the chain."""

    fields: dict[str, Any]
    hash: str
    boxes: dict[int, PublicBox]

    @property
    def centre(self) -> str:
        return str(self.fields["centre"])

    @property
    def epoch(self) -> int:
        return int(self.fields["epoch"])

    @property
    def box(self) -> PublicBox:
        return self.boxes[self.epoch]


@dataclass(frozen=True)
class CentreKeys:
    manifest: Manifest
    boxes: dict[int, Box]


def found_centre(account: Account, centre: str) -> dict[str, Any]:
    """Body of POST /api/centre-keys/found."""
    box = Box.new()
    key_id, public = to_text(box.id), to_text(box.public)
    fields = {
        "suite": 1,
        "centre": centre,
        "number": 1,
        "previous": "",
        "epoch": 1,
        "key_id": key_id,
        "box": public,
        "members": [_entry(account.person, account.identity_public, lead=True)],
    }
    return {
        "epoch": {"number": 1, "key_id": key_id, "box_public": public},
        "wrapped": _wrap_seed(account.box, box.seed, centre, 1, account.person),
        "manifest": sign_manifest(account, fields),
    }


def admit(
    account: Account, keys: CentreKeys, member: Account, *, lead: bool = False
) -> dict[str, Any]:
    """Body of POST /api/centre-keys/admit."""
    old, person = keys.manifest, member.person
    members = [*old.fields["members"], _entry(person, member.identity_public, lead=lead)]
    fields = old.fields | {
        "number": old.fields["number"] + 1,
        "previous": old.hash,
        "members": members,
    }
    wraps = [
        {"epoch": epoch, "wrapped": _wrap_seed(member.box, own.seed, old.centre, epoch, person)}
        for epoch, own in keys.boxes.items()
    ]
    return {"person": person, "wraps": wraps, "manifest": sign_manifest(account, fields)}


def verify_manifests(centre: str, manifests: list[ManifestWire]) -> Manifest:
    """Checks links and signatures. Only the browser checks the rules of membership."""
    previous, leads = "", dict[str, str]()
    boxes: dict[int, PublicBox] = {}
    if not manifests:
        raise CryptoFailure("no manifest")
    for number, wire in enumerate(manifests, 1):
        body = from_text(wire["body"])
        fields: dict[str, Any] = json.loads(body)
        if (fields["centre"], fields["number"], fields["previous"]) != (centre, number, previous):
            raise CryptoFailure("broken chain")
        members: list[dict[str, Any]] = fields["members"]
        named = {one["person"]: one["identity"] for one in members if one["lead"]}
        signer = (leads or named).get(wire["signer"])
        _verify(signer, wire, _statement(centre, number, body))
        previous = to_text(hashlib.sha256(body).digest())
        boxes[fields["epoch"]] = PublicBox(from_text(fields["key_id"]), from_text(fields["box"]))
        leads = named
    return Manifest(fields, previous, boxes)


def open_centre(
    account: Account, centre: str, manifests: list[ManifestWire], wraps: dict[int, str]
) -> CentreKeys:
    """`wraps` are by epoch."""
    manifest = verify_manifests(centre, manifests)
    boxes = {}
    for epoch, wrapped in wraps.items():
        place = context("centre-key", centre, epoch, account.person)
        seed = unwrap(account.box, from_text(wrapped), place)
        boxes[epoch] = Box.of(seed, manifest.boxes[epoch].id)
        if boxes[epoch].public != manifest.boxes[epoch].public:
            raise CryptoFailure("not the seed of the signed box")
    return CentreKeys(manifest, boxes)


def _entry(person: str, identity: bytes, *, lead: bool) -> dict[str, Any]:
    return {"person": person, "identity": to_text(identity), "lead": lead}


def _wrap_seed(to: PublicBox, seed: bytes, centre: str, epoch: int, person: str) -> str:
    return to_text(wrap(to, seed, context("centre-key", centre, epoch, person)))


def sign_manifest(account: Account, fields: dict[str, Any]) -> dict[str, Any]:
    body = json.dumps(fields, separators=(",", ":"), ensure_ascii=False).encode()
    signature = account.identity.sign(_statement(fields["centre"], fields["number"], body))
    return {
        "number": fields["number"],
        "body": to_text(body),
        "signature": to_text(signature),
    }


def _statement(centre: str, number: int, body: bytes) -> bytes:
    return context("manifest", centre, number, to_text(hashlib.sha256(body).digest()))


def _verify(identity: str | None, wire: ManifestWire, statement: bytes) -> None:
    if identity is None:
        raise CryptoFailure("not signed by a lead")
    try:
        key = Ed25519PublicKey.from_public_bytes(from_text(identity))
        key.verify(from_text(wire["signature"]), statement)
    except InvalidSignature:
        raise CryptoFailure("wrong signature") from None
