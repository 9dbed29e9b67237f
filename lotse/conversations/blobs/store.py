"""The store of sealed chunks: its interface, and which store this installation uses."""

from collections.abc import Iterator
from datetime import datetime
from functools import cache
from typing import IO, Protocol
from uuid import UUID

from django.conf import settings

from lotse import env
from lotse.conversations.blobs.folder import FolderStore


class Sink(Protocol):
    def write(self, data: bytes) -> object: ...
    def keep(self) -> None:
        """The chunk is durable when this returns. It can replace an earlier one only by the same
        bytes, because actions/files.py fixes the digest first."""

    def drop(self) -> None:
        """Discards what was written; does nothing after `keep`."""


class Store(Protocol):
    """Methods raise OSError, with words that say what to do."""

    shared: bool
    """Whether all hosts use the same store: if it is away, it is away for all."""

    def create(self, blob: UUID, index: int) -> Sink: ...
    def open(self, blob: UUID, index: int) -> IO[bytes]:
        """Raises FileNotFoundError."""

    def delete(self, blob: UUID) -> None:
        """Deletes all chunks; does nothing if there are none."""

    def chunks(self) -> Iterator[tuple[UUID, int]]:
        """Blob and index of every stored chunk."""

    def older(self, before: datetime) -> Iterator[UUID]:
        """Blobs whose last chunk arrived earlier."""

    def claim(self, mark: str) -> None:
        """Gives the store to the installation with this mark; raises OSError if it is taken."""

    def check(self) -> None:
        """Checks whether the store answers, without changing anything."""


class Away(OSError):
    """The store does not answer. This may pass."""


def store() -> Store:
    # With incomplete settings, files must not go to the folder, where no other host finds them.
    return _s3() if any(_given()) else FolderStore(settings.BLOBS)


def _given() -> tuple[str, str, str, str]:
    return env.S3_ENDPOINT, env.S3_BUCKET, env.S3_KEY, env.S3_SECRET


@cache
def _s3() -> Store:
    # Imported only here: it takes 12 MiB of memory, which a folder does not need.
    from lotse.conversations.blobs.s3 import S3Store  # noqa: PLC0415

    return S3Store(*_given(), env.S3_REGION)
