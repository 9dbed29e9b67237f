"""Chains of manifests to order, sound or not."""

import hashlib
import json
import uuid
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lotse.core.identifiers import to_text
from lotse.demo import crypto
from lotse.demo.crypto.forms import context

Fields = dict[str, Any]


def somebody() -> crypto.Account:
    """Without password and recovery code, which take time."""
    identity = Ed25519PrivateKey.generate()
    return crypto.Account(str(uuid.uuid4()), crypto.SecretKey.new(), identity, crypto.Box.new())


def entry(person: crypto.Account, lead: bool = False) -> Fields:
    return {"person": person.person, "identity": to_text(person.identity_public), "lead": lead}


def new_box() -> Fields:
    box = crypto.Box.new()
    return {"key_id": to_text(box.id), "box": to_text(box.public)}


class Chain:
    """Each step is the one before with changes, linked and signed."""

    def __init__(self, centre: str) -> None:
        self.wires: list[crypto.ManifestWire] = []
        self.fields: Fields = {
            "suite": 1,
            "centre": centre,
            "number": 0,
            "previous": "",
            "epoch": 1,
            **new_box(),
            "members": [],
        }

    def add(self, signer: crypto.Account, **changes: Any) -> "Chain":
        number = self.fields["number"] + 1
        self.fields = self.fields | {"number": number, "previous": self.head} | changes
        return self.add_body(signer, write(self.fields))

    def add_body(self, signer: crypto.Account, body: bytes) -> "Chain":
        number = self.fields["number"]
        statement = context("manifest", self.fields["centre"], number, digest(body))
        self.wires.append(
            {
                "number": number,
                "body": to_text(body),
                "signer": signer.person,
                "signature": to_text(signer.identity.sign(statement)),
            }
        )
        return self

    @property
    def head(self) -> str:
        return digest(write(self.fields)) if self.wires else ""


def write(fields: Fields) -> bytes:
    return json.dumps(fields, separators=(",", ":")).encode()


def digest(body: bytes) -> str:
    return to_text(hashlib.sha256(body).digest())
