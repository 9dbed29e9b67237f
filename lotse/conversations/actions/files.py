"""Sealed files: begun, arriving in chunks, attached to a message, deleted."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError
from django.db.models import QuerySet, Sum
from django.utils import timezone

from lotse.accounts.models import Person
from lotse.conversations.access import member_of
from lotse.conversations.blobs import owner
from lotse.conversations.blobs.room import insist_on_room
from lotse.conversations.blobs.store import store
from lotse.conversations.models import Blob, Chunk, Message
from lotse.core.conflicts import is_taken
from lotse.core.database import atomic, on_commit
from lotse.core.problems import Problem

MAX_PENDING_FILES = 40
"""Files of one person that wait for their message. Bounds what abandoned uploads can fill."""
MAX_DAILY_CHUNKS = 512
"""Chunks of one person in 24 hours. Nobody needs so many, and a flood would fill the disk."""


def begin(sender: Person, conversation: UUID, blob_id: UUID, chunks: int) -> list[int]:
    """The indexes of chunks that have arrived: some if an interrupted upload continues."""
    member_of(sender.id, conversation)
    insist_on_room()
    expected = {"conversation_id": conversation, "sender_id": sender.id, "chunks": chunks}
    try:
        with atomic():
            blob = _begun(sender, blob_id, expected)
    except IntegrityError as error:
        if is_taken(error, (Blob, "id")):
            raise Problem("conflict") from error
        raise
    return sorted(blob.parts.filter(is_kept=True).values_list("index", flat=True))


def _begun(sender: Person, blob_id: UUID, expected: dict[str, Any]) -> Blob:
    # One request at a time: otherwise many at once would all pass.
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
        # An upload that continues does not count as abandoned for another day.
        Blob.objects.filter(id=blob_id, message=None).update(made_at=timezone.now())
    return blob


def claim(blob_id: UUID, index: int, size: int, digest: bytes) -> None:
    """Fixes the digest of the chunk before its bytes are stored.

    Raises Problem "conflict" if the chunk has another digest, or if the file's message was posted:
    nobody may exchange what others may have read.
    """
    with atomic():
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
    """Records that the bytes are stored; raises Problem "not-found" if the file was deleted."""
    if not Chunk.objects.filter(blob=blob_id, index=index).update(is_kept=True):
        store().delete(blob_id)
        raise Problem("not-found")


def attach(message: Message, ids: Sequence[UUID]) -> None:
    """Binds files to their message; raises Problem "conflict" if one is not complete."""
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
    """Deletes the message's files; their bytes after the commit."""
    _delete(list(message.blobs.values_list("id", flat=True)))


def prune(before: datetime) -> int:
    """Deletes older files without a message, and stored bytes without a row; how many."""
    with atomic():
        abandoned = Blob.objects.select_for_update().filter(message=None, made_at__lt=before)
        ids = list(abandoned.values_list("id", flat=True))
        _delete(ids)
    # Claim the store first: to us, another installation's files would all look like strays.
    owner.claim()
    strays = [blob for blob in store().older(before) if not Blob.objects.filter(id=blob).exists()]
    for blob in strays:
        store().delete(blob)
    return len(ids) + len(strays)


def _delete(ids: list[UUID]) -> None:
    Blob.objects.filter(id__in=ids).delete()
    on_commit(lambda: clear(ids), robust=True)


def clear(ids: Sequence[UUID]) -> None:
    """Deletes the bytes of files that have no row any more. prune() finds what remains."""
    for blob in ids:
        store().delete(blob)
