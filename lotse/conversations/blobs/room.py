"""Whether there is room for one more chunk: on the disk, and among those that are arriving."""

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.conf import settings

from lotse import env
from lotse.conversations.blobs.store import store
from lotse.core.problems import Problem

MAX_ARRIVING_PER_ACCOUNT = 4
"""Chunks at the same time. A browser sends one after the other."""
MAX_ARRIVING_PER_ADDRESS = 32

_arriving: Counter[UUID | str] = Counter()


def insist_on_room() -> None:
    """Raises Problem "no-room"."""
    if not has_room():
        raise Problem("no-room", retry_after=600)


def has_room() -> bool:
    """Keeps a part of the disk for messages, so that a flood of files cannot stop them."""
    if store().shared:
        return True
    # The store makes its folder with the first chunk.
    folder = next(one for one in (settings.BLOBS, *settings.BLOBS.parents) if one.exists())
    return shutil.disk_usage(folder).free >= env.DISK_RESERVE * 2**20


@contextmanager
def arriving(person: UUID, address: str) -> Iterator[None]:
    """Counts a chunk that arrives; raises Problem "too-many-attempts". Call in the event loop."""
    if (
        _arriving[person] >= MAX_ARRIVING_PER_ACCOUNT
        or _arriving[address] >= MAX_ARRIVING_PER_ADDRESS
    ):
        raise Problem("too-many-attempts", retry_after=2)
    for one in (person, address):
        _arriving[one] += 1
    try:
        yield
    finally:
        for one in (person, address):
            _arriving[one] -= 1
            if not _arriving[one]:
                del _arriving[one]
