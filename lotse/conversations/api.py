"""Cases, conversations, messages and files over the API. Ciphertext in, ciphertext out."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Query, Router, Status

from lotse.accounts import known_devices, sessions
from lotse.accounts.auth import needs
from lotse.accounts.models import Person
from lotse.conversations import queries
from lotse.conversations.access import member_of
from lotse.conversations.actions import cases, files, messages, receipts
from lotse.conversations.actions.erasure import erase
from lotse.conversations.schemas import (
    BlobOut,
    ConversationOut,
    ConversationsOut,
    MessageOut,
    MessagesOut,
    NewBlob,
    NewCase,
    Page,
)
from lotse.conversations.showing import show, show_one
from lotse.keys.proof import prove_again
from lotse.keys.schemas import Proof
from lotse.stream.queries import cursor

router = Router(tags=["conversations"], auth=needs("converse"))


@router.post("/cases", auth=needs("ask"), response={200: ConversationOut, 201: ConversationOut})
def open_case(request: HttpRequest, body: NewCase) -> Status[ConversationOut]:
    person = _person(request)
    case, is_new = cases.open_case(person, body)
    return Status(201 if is_new else 200, show_one(person, case.pk))


@router.get("/conversations", response=ConversationsOut)
def list_conversations(request: HttpRequest) -> ConversationsOut:
    person = _person(request)
    # Read the cursor before the state: what happens in between arrives twice instead of never.
    start = cursor(person.pk)
    return ConversationsOut(cursor=start, conversations=show(person, queries.cases_of(person)))


@router.get("/conversations/{uuid:conversation}", response=ConversationOut)
def get_conversation(request: HttpRequest, conversation: UUID) -> ConversationOut:
    person = _person(request)
    member_of(person.pk, conversation)
    return show_one(person, conversation)


@router.get("/conversations/{uuid:conversation}/messages", response=MessagesOut)
def list_messages(
    request: HttpRequest,
    conversation: UUID,
    page: Query[Page],
) -> MessagesOut:
    person = _person(request)
    member_of(person.pk, conversation)
    found = queries.messages(conversation, page)
    return MessagesOut(messages=[MessageOut.from_orm(message) for message in found])


@router.delete("/conversations/{uuid:conversation}/messages/{uuid:message}", response={204: None})
def withdraw_message(request: HttpRequest, conversation: UUID, message: UUID) -> Status[None]:
    messages.withdraw(_person(request), conversation, message)
    return Status(204, None)


@router.post("/conversations/{uuid:conversation}/typing", response={204: None})
def typing(request: HttpRequest, conversation: UUID) -> Status[None]:
    receipts.typing(_person(request), conversation)
    return Status(204, None)


@router.post("/conversations/{uuid:conversation}/blobs", response={201: BlobOut})
def begin_blob(request: HttpRequest, conversation: UUID, body: NewBlob) -> Status[BlobOut]:
    arrived = files.begin(_person(request), conversation, body.id, body.chunks)
    return Status(201, BlobOut(id=body.id, arrived=arrived))


@router.post("/account/erasure", auth=needs("ask"), response={204: None})
def erase_account(request: HttpRequest, body: Proof) -> Status[None]:
    person = _person(request)
    prove_again(request, person, body.current_sign_in_key)
    known_devices.forget(request, person)
    erase(person.pk)
    sessions.end(request)
    return Status(204, None)


def _person(request: HttpRequest) -> Person:
    return request.auth  # type: ignore[attr-defined, no-any-return]
