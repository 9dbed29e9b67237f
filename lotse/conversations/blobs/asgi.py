"""PUT and GET /live/blobs/…: sealed chunks between browser and store, in small pieces."""

import asyncio
import hashlib
import logging
import re
from dataclasses import dataclass
from uuid import UUID

from django.db import DatabaseError
from django.db.models import Q

from lotse.accounts.asgi import person_of
from lotse.conversations.access import member_of
from lotse.conversations.actions.files import MAX_DAILY_CHUNKS, arrive, claim
from lotse.conversations.blobs.room import arriving, insist_on_room
from lotse.conversations.blobs.store import Sink, store
from lotse.conversations.daily import DailyBytes
from lotse.conversations.models import Blob, Chunk
from lotse.core.addresses import address_of_scope
from lotse.core.asgi_helpers import (
    Gone,
    Message,
    Receive,
    Scope,
    Send,
    finish,
    header,
    in_store,
    in_thread,
    refuse,
    refuse_foreign,
    start,
)
from lotse.core.identifiers import PATTERN
from lotse.core.limits import CHUNK_BYTES, TAG_BYTES
from lotse.core.logs import about
from lotse.core.problems import Problem

SEALED_BYTES = CHUNK_BYTES + TAG_BYTES
PIECE = 64 * 1024
UPLOAD_IDLE_TIMEOUT = 60
"""Seconds without a byte after which an upload is given up."""
MAX_DAILY_BYTES = MAX_DAILY_CHUNKS * SEALED_BYTES
"""Bytes of one person's uploads, also of those that were repeated or refused."""
MAX_DAILY_BYTES_PER_ADDRESS = 8 * MAX_DAILY_BYTES
"""A whole shelter may share an address."""
_ADDRESS = re.compile(f"/live/blobs/({PATTERN})/({PATTERN})/([0-9]{{1,2}})")
ROUTE = "/live/blobs/<conversation>/<blob>/<index>"
"""The route's name in log lines."""

log = logging.getLogger(__name__)
_sent = DailyBytes()


@dataclass(frozen=True)
class Place:
    person: UUID
    conversation: UUID
    blob: UUID
    index: int


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    try:
        await _answer(scope, receive, send)
    except Problem as problem:
        await refuse(send, problem)
    except (OSError, DatabaseError):
        # The disk is full or the store is away: the browser keeps the chunk and retries.
        log.exception("a chunk could not be stored or read", extra=about(scope, ROUTE, 503))
        await refuse(send, Problem("unavailable", retry_after=10))
    except Gone:
        return


async def _answer(scope: Scope, receive: Receive, send: Send) -> None:
    refuse_foreign(scope)
    if scope["method"] not in {"GET", "PUT"}:
        raise Problem("method-not-allowed")
    person = await person_of(scope)
    if person is None:
        raise Problem("signed-out")
    address = _ADDRESS.fullmatch(scope["path"])
    if address is None:
        raise Problem("not-found")
    conversation, blob, index = address.groups()
    place = Place(person.id, UUID(conversation), UUID(blob), int(index))
    if scope["method"] == "GET":
        await _send_chunk(place, send)
    else:
        insist_on_room()
        origin = address_of_scope(scope)
        with arriving(place.person, origin):
            await _take_chunk(place, origin, scope, receive)
        await start(send, 204, {"Cache-Control": "no-store"})
        await finish(send)


async def _take_chunk(place: Place, origin: str, scope: Scope, receive: Receive) -> None:
    declared = _declared(scope)
    if declared is not None and declared > SEALED_BYTES:
        raise Problem("too-large")
    sizes = await in_thread(_sizes, place)
    sink = await in_store(store().create, place.blob, place.index)
    try:
        size, digest = await _pour(receive, sink, place.person, origin)
        if size not in sizes or declared not in {None, size}:
            raise Problem("invalid", detail="The chunk does not have the expected size.")
        await in_thread(claim, place.blob, place.index, size, digest)
        # A second upload writes the same bytes again; other bytes were refused above.
        await in_store(sink.keep)
        await in_thread(arrive, place.blob, place.index)
    finally:
        sink.drop()


def _declared(scope: Scope) -> int | None:
    text = header(scope, b"content-length")
    if text is not None and not (text.isascii() and text.isdigit()):
        raise Problem("malformed")
    # Python refuses to read numbers of thousands of digits.
    return None if text is None else int(text[:18])


def _sizes(place: Place) -> range:
    """The sizes that the chunk may have; raises a Problem if no chunk is expected."""
    member_of(place.person, place.conversation)
    blob = Blob.objects.filter(
        id=place.blob, conversation_id=place.conversation, sender_id=place.person
    ).first()
    if blob is None or place.index >= blob.chunks:
        raise Problem("not-found")
    if blob.message_id:
        raise Problem("conflict")
    is_last = place.index == blob.chunks - 1
    return range(TAG_BYTES if is_last else SEALED_BYTES, SEALED_BYTES + 1)


async def _pour(receive: Receive, sink: Sink, person: UUID, origin: str) -> tuple[int, bytes]:
    """Size and SHA-256 of the received bytes."""
    size, more, digest = 0, True, hashlib.sha256()
    while more:
        message = await _next(receive)
        piece = message.get("body", b"")
        size += len(piece)
        _sent.spend(person.int, len(piece), MAX_DAILY_BYTES)
        _sent.spend(origin, len(piece), MAX_DAILY_BYTES_PER_ADDRESS)
        if size > SEALED_BYTES:
            raise Problem("too-large")
        digest.update(piece)
        await in_store(sink.write, piece)
        more = message.get("more_body", False)
    return size, digest.digest()


async def _next(receive: Receive) -> Message:
    try:
        async with asyncio.timeout(UPLOAD_IDLE_TIMEOUT):
            message = await receive()
    except TimeoutError as silence:
        raise Gone from silence
    if message["type"] == "http.disconnect":
        raise Gone
    return message


async def _send_chunk(place: Place, send: Send) -> None:
    size = await in_thread(_size, place)
    with await in_store(store().open, place.blob, place.index) as file:
        headers = {
            "Content-Type": "application/octet-stream",
            "Content-Length": str(size),
            "Cache-Control": "private, max-age=31536000, immutable",
        }
        await start(send, 200, headers)
        while piece := await in_store(file.read, PIECE):
            await send({"type": "http.response.body", "body": piece, "more_body": True})
    await finish(send)


def _size(place: Place) -> int:
    """The size of a chunk that this person may read; raises Problem "not-found"."""
    member_of(place.person, place.conversation)
    # Before its message is posted, only its sender may read a file.
    shared = Q(message__isnull=False) | Q(sender_id=place.person)
    blob = Blob.objects.filter(shared, id=place.blob, conversation_id=place.conversation)
    part = Chunk.objects.filter(blob__in=blob, index=place.index, is_kept=True).first()
    if part is None:
        raise Problem("not-found")
    return part.size
