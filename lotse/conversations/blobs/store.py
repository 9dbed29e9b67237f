"""Where sealed chunks lie: the interface, and which of the stores this installation uses."""

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
        """Durable when this returns. A chunk that was there is replaced: only ever by the same
        bytes, as actions/files.py settles which ones a chunk has before they are kept."""

    def drop(self) -> None:
        """Forgets what was written; harmless after `keep`."""


class Store(Protocol):
    """Raises OSError, in words that say what to do, where it does not work."""

    shared: bool
    """Whether all hosts use the same one: where it is away, it is away for all."""

    def create(self, blob: UUID, index: int) -> Sink: ...
    def open(self, blob: UUID, index: int) -> IO[bytes]:
        """Raises FileNotFoundError."""

    def delete(self, blob: UUID) -> None:
        """All chunks; harmless where there are none."""

    def chunks(self) -> Iterator[tuple[UUID, int]]:
        """Blob and index of all that are there."""

    def older(self, before: datetime) -> Iterator[UUID]:
        """Blobs whose last chunk came earlier."""

    def claim(self, mark: str) -> None:
        """Makes it the installation's with this mark; raises OSError where it is another's."""

    def check(self) -> None:
        """Looks whether it answers, and changes nothing."""


class Away(OSError):
    """The store does not answer: this may pass."""


def store() -> Store:
    # Half a setting must not send files to the folder, where no other host finds them.
    return _s3() if any(_given()) else FolderStore(settings.BLOBS)


def _given() -> tuple[str, str, str, str]:
    return env.S3_ENDPOINT, env.S3_BUCKET, env.S3_KEY, env.S3_SECRET


@cache
def _s3() -> Store:
    # Only here: 12 MiB of memory that a folder does not need.
    from lotse.conversations.blobs.s3 import S3Store  # noqa: PLC0415

    return S3Store(*_given(), env.S3_REGION)
