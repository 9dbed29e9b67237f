"""Sealed files: begun, arriving in chunks, attached to a message, deleted."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet, Sum
from django.utils import timezone

from lotse.accounts.models import Person
from lotse.conversations.access import member_of
from lotse.conversations.blobs import owner
from lotse.conversations.blobs.room import insist_on_room
from lotse.conversations.blobs.store import store
from lotse.conversations.models import Blob, Chunk, Message
from lotse.core.conflicts import is_taken
from lotse.core.problems import Problem

MAX_PENDING_FILES = 40
"""Files of one person that wait for their message: bounds what an abandoned upload can fill."""
MAX_DAILY_CHUNKS = 512
"""Chunks of one person in 24 hours: nobody needs so many, and a flood would fill the disk."""


def begin(sender: Person, conversation: UUID, blob_id: UUID, chunks: int) -> list[int]:
    """The chunks that have arrived: none, or those of an upload that goes on."""
    member_of(sender.id, conversation)
    insist_on_room()
    expected = {"conversation_id": conversation, "sender_id": sender.id, "chunks": chunks}
    try:
        with transaction.atomic():
            blob = _begun(sender, blob_id, expected)
    except IntegrityError as error:
        if is_taken(error, (Blob, "id")):
            raise Problem("conflict") from error
        raise
    return sorted(blob.parts.filter(is_kept=True).values_list("index", flat=True))


def _begun(sender: Person, blob_id: UUID, expected: dict[str, Any]) -> Blob:
    # One after the other, or many at once would all find room.
    Person.objects.select_for_update(no_key=True).get(pk=sender.pk)
    others = Blob.objects.filter(sender=sender).exclude(id=blob_id)
    today = others.filter(made_at__gt=timezone.now() - timedelta(days=1))
    sent = today.aggregate(chunks=Sum("chunks", default=0))["chunks"]
    if (
        others.filter(message=None).count() >= MAX_PENDING_FILES
        or sent + expected["chunks"] > MAX_DAILY_CHUNKS
    ):
        raise Problem("too-many-attempts", retry_after=3600)
    blob, is_new = Blob.objects.get_or_create(id=blob_id, defaults=expected)
    if any(getattr(blob, field) != value for field, value in expected.items()):
        raise Problem("conflict")
    if not is_new:
        # An upload that goes on is a day away from being taken for abandoned.
        Blob.objects.filter(id=blob_id, message=None).update(made_at=timezone.now())
    return blob


def claim(blob_id: UUID, index: int, size: int, digest: bytes) -> None:
    """Settles which bytes the chunk has, before they are kept.

    Raises Problem "conflict" where it has others, or where the file's message was posted: what
    others may have read must not be exchanged.
    """
    with transaction.atomic():
        blob = Blob.objects.select_for_update().filter(id=blob_id).first()
        if blob is None:
            raise Problem("not-found")
        if blob.message_id:
            raise Problem("conflict")
        settled = {"size": size, "digest": digest}
        chunk, _ = Chunk.objects.get_or_create(blob=blob, index=index, defaults=settled)
        if bytes(chunk.digest) != digest:
            raise Problem("conflict")


def arrive(blob_id: UUID, index: int) -> None:
    """The claimed bytes are in the store; raises Problem "not-found" when the file was deleted."""
    if not Chunk.objects.filter(blob=blob_id, index=index).update(is_kept=True):
        store().delete(blob_id)
        raise Problem("not-found")


def attach(message: Message, ids: Sequence[UUID]) -> None:
    """Binds files to their message; raises Problem "conflict" where one has not arrived whole."""
    if not ids:
        return
    locked = Blob.objects.select_for_update()
    _insist_on_whole(locked, ids, message.sender_id, message.conversation.id)
    if Blob.objects.filter(id__in=ids).update(message=message) != len(set(ids)):
        raise Problem("conflict")


def check_whole(ids: Sequence[UUID], sender: UUID, conversation: UUID) -> None:
    """Raises Problem "conflict" like `attach`, but only reads."""
    if ids:
        _insist_on_whole(Blob.objects.all(), ids, sender, conversation)


def _insist_on_whole(
    blobs: QuerySet[Blob], ids: Sequence[UUID], sender: UUID, conversation: UUID
) -> None:
    free = blobs.filter(id__in=ids, conversation=conversation, sender=sender, message=None)
    whole = {
        blob.id
        for blob in free.prefetch_related("parts")
        if sum(part.is_kept for part in blob.parts.all()) == blob.chunks
    }
    if whole != set(ids):
        raise Problem("conflict")


def detach(message: Message) -> None:
    """Deletes the message's files, from the disk once that is certain."""
    _delete(list(message.blobs.values_list("id", flat=True)))


def prune(before: datetime) -> int:
    """Deletes older files without a message, and strays on the disk; how many."""
    with transaction.atomic():
        abandoned = Blob.objects.select_for_update().filter(message=None, made_at__lt=before)
        ids = list(abandoned.values_list("id", flat=True))
        _delete(ids)
    # The start may not have reached it: another's files would all be strays.
    owner.claim()
    strays = [blob for blob in store().older(before) if not Blob.objects.filter(id=blob).exists()]
    for blob in strays:
        store().delete(blob)
    return len(ids) + len(strays)


def _delete(ids: list[UUID]) -> None:
    Blob.objects.filter(id__in=ids).delete()
    transaction.on_commit(lambda: clear(ids), robust=True)


def clear(ids: Sequence[UUID]) -> None:
    """Deletes the bytes of files that no row names any more; prune() finds what is left over."""
    for blob in ids:
        store().delete(blob)
