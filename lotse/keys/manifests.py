"""Manifests of a group's members, byte for byte as browsers write them (docs/keys.md)."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from lotse.core.identifiers import from_text, to_text
from lotse.keys.formats import context
from lotse.keys.models import AccountKeys, GroupEpoch, Manifest

SUITE = 1


@dataclass(frozen=True)
class Member:
    person: UUID
    identity: bytes
    is_lead: bool

    def written(self) -> dict[str, Any]:
        identity = to_text(self.identity)
        return {"person": str(self.person), "identity": identity, "lead": self.is_lead}


def member(keys: AccountKeys, is_lead: bool) -> Member:
    return Member(keys.person_id, bytes(keys.identity_public), is_lead)


def members_of(manifest: Manifest) -> list[Member]:
    written = json.loads(bytes(manifest.body))["members"]
    return [Member(UUID(one["person"]), from_text(one["identity"]), one["lead"]) for one in written]


def body(epoch: GroupEpoch, number: int, previous: bytes | None, members: list[Member]) -> bytes:
    """`previous` is the body of the previous manifest."""
    written = {
        "suite": SUITE,
        "centre": str(epoch.group),
        "number": number,
        "previous": "" if previous is None else _hash(previous),
        "epoch": epoch.number,
        "key_id": to_text(epoch.key_id),
        "box": to_text(epoch.box_public),
        "members": [one.written() for one in members],
    }
    return json.dumps(written, separators=(",", ":")).encode()


def signed(group: UUID, number: int, manifest_body: bytes) -> bytes:
    """The bytes that a manifest's signature covers."""
    return context("manifest", group, number, _hash(manifest_body))


def _hash(data: bytes) -> str:
    return to_text(hashlib.sha256(data).digest())
