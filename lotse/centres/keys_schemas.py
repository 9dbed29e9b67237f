"""What the routes of centre keys take and give."""

from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from lotse.core.limits import BODY_BYTES
from lotse.core.schema import Strict
from lotse.keys.formats import Box, Identity, KeyId, Octets, Signature, WrappedSeed

Number = Annotated[int, Field(ge=1, le=2**31 - 1)]
Body = Annotated[bytes, Octets(1, BODY_BYTES)]


class NewEpoch(Strict):
    number: Literal[1]
    key_id: KeyId
    box_public: Box


class NewManifest(Strict):
    number: Number
    body: Body
    signature: Signature


class Found(Strict):
    epoch: NewEpoch
    wrapped: WrappedSeed
    manifest: NewManifest


class Wrap(Strict):
    epoch: Number
    wrapped: WrappedSeed


class Admit(Strict):
    person: UUID
    wraps: Annotated[list[Wrap], Field(max_length=100)]
    manifest: NewManifest


class ManifestOut(Schema):
    number: int
    body: Body
    signer: UUID
    signature: Signature


class EpochOut(Schema):
    number: int
    key_id: KeyId
    box_public: Box


class CentrePublic(Schema):
    centre: UUID
    manifests: list[ManifestOut]
    epochs: list[EpochOut]


class WrapOut(Schema):
    epoch: int
    wrapped: WrappedSeed


class WaitingOut(Schema):
    person: UUID
    name: str
    identity_public: Identity
    box_public: Box
    box_key_id: KeyId
    box_signature: Signature


class CentreKeys(CentrePublic):
    wraps: list[WrapOut]
    waiting: list[WaitingOut]
    leads: list[str]
    """The names of the leads, who can admit a colleague."""
    me_lead: bool
