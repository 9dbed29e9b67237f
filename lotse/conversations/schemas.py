"""What the API takes and returns. browser/stream/wire.ts mirrors it."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Field, Schema
from pydantic import AfterValidator, AliasChoices, StringConstraints
from pydantic_core import PydanticCustomError

from lotse.core.limits import CHUNKS, MESSAGE_BYTES, PAGE
from lotse.core.schema import Line, Strict
from lotse.keys.formats import SUITE, KeyId, Octets, SealedKey, WrappedKey

MAX_INTEGER = 2**31 - 1
"""The largest integer of a database column. A larger one would be a server error."""
SEALING_BYTES = 1 + 8 + 12 + 16
PADDING_BYTES = 256
MAX_FILES = 10
"""The most files of one message."""


def _padded(body: bytes) -> bytes:
    """Checks the form only. Only browsers can see whether it opens."""
    if (len(body) - SEALING_BYTES) % PADDING_BYTES:
        raise PydanticCustomError("message-form", "not padded")
    return body


SealedMessage = Annotated[
    bytes,
    Octets(SEALING_BYTES + PADDING_BYTES, MESSAGE_BYTES, SUITE),
    AfterValidator(_padded),
]
MessageBody = Annotated[bytes, Octets(0, MESSAGE_BYTES)]
"""Sealed; empty when withdrawn."""
AnyWrap = Annotated[bytes, Octets(0, 2048)]
Number = Annotated[int, Field(ge=0, le=MAX_INTEGER)]
Slug = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,40}$")]


class NewCaseKeys(Strict):
    epoch: Literal[1]
    key_id: KeyId
    client_wrap: SealedKey
    centre_wrap: WrappedKey
    centre_epoch: Annotated[Number, Field(ge=1)]


class FirstMessage(Strict):
    id: UUID
    body: SealedMessage


class NewCase(Strict):
    conversation: UUID
    centre: UUID
    counsellor: UUID | None
    language: Slug
    topic: Slug | None
    place: Annotated[Line, Field(max_length=120)]
    keys: NewCaseKeys
    message: FirstMessage


class NewMessage(Strict):
    id: UUID
    epoch: Number
    body: SealedMessage
    blobs: Annotated[list[UUID], Field(max_length=MAX_FILES)] = []


class Page(Strict):
    """A page of messages: the last ones, those before a number, or those after one."""

    before: Number | None = None
    after: Number | None = None
    limit: Annotated[int, Field(ge=1, le=2 * PAGE)] = PAGE


class NewReceipts(Strict):
    delivered: Number = 0
    read: Number = 0


class NewBlob(Strict):
    id: UUID
    chunks: Annotated[int, Field(ge=1, le=CHUNKS)]


class BlobOut(Schema):
    id: UUID
    arrived: list[int]


class MessageOut(Schema):
    id: UUID
    number: int
    # A model has the first name, this schema itself the second.
    sender: UUID = Field(validation_alias=AliasChoices("sender_id", "sender"))
    epoch: int
    body: MessageBody
    sent_at: datetime
    withdrawn_at: datetime | None


class ListedMessage(MessageOut):
    """The newest message of a conversation. `body` is null if it is too long for a list."""

    body: MessageBody | None  # type: ignore[assignment]


class MessagesOut(Schema):
    messages: list[MessageOut]


class Receipts(Schema):
    delivered: int
    read: int


class Wrap(Schema):
    epoch: int
    key_id: KeyId
    recipient: UUID
    recipient_epoch: int
    wrapped: AnyWrap


class Named(Schema):
    id: UUID
    name: str


class CounsellorOut(Named):
    person: UUID


class ClientOut(Schema):
    person: UUID
    nickname: str


class CaseOut(Schema):
    centre: Named
    counsellor: CounsellorOut | None
    requested: Named | None
    client: ClientOut | None
    language: str
    topic: str | None
    place: str
    state: Literal["new", "running", "closed"]
    waiting_since: datetime | None
    answer_by: datetime | None
    absent_until: date | None
    made_at: datetime


class ConversationOut(Schema):
    """`me` and `others`: receipts of this person, and of anyone on the other side."""

    id: UUID
    epoch: int
    last: int
    unread: int
    wraps: list[Wrap]
    me: Receipts
    others: Receipts
    last_message: ListedMessage | None
    case: CaseOut


class ConversationsOut(Schema):
    """`cursor`: where to begin reading the event stream."""

    cursor: int
    conversations: list[ConversationOut]
