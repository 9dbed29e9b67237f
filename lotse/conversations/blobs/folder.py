"""Sealed chunks in a folder, for installations on one machine."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import IO
from uuid import UUID

OWNER = "lotse-installation"
"""The file that says which installation owns the store."""


class FolderStore:
    """`<first two letters>/<blob>/<index>`, and `new/` for chunks that are still arriving."""

    shared = False

    def __init__(self, root: Path) -> None:
        self.root = root

    def create(self, blob: UUID, index: int) -> "FileSink":
        arriving = self.root / "new"
        arriving.mkdir(parents=True, exist_ok=True)
        return FileSink(arriving, self._folder(blob) / str(index))

    def open(self, blob: UUID, index: int) -> IO[bytes]:
        return (self._folder(blob) / str(index)).open("rb")

    def delete(self, blob: UUID) -> None:
        shutil.rmtree(self._folder(blob), ignore_errors=True)

    def chunks(self) -> Iterator[tuple[UUID, int]]:
        for file in sorted(self.root.glob("[0-9a-f][0-9a-f]/*/*")):
            yield UUID(file.parent.name), int(file.name)

    def older(self, before: datetime) -> Iterator[UUID]:
        for folder in self.root.glob("[0-9a-f][0-9a-f]/*"):
            if folder.stat().st_mtime < before.timestamp():
                yield UUID(folder.name)
        for left in self.root.glob("new/*"):
            # Left over when the server ended in the middle of an upload.
            if left.stat().st_mtime < before.timestamp():
                left.unlink(missing_ok=True)

    def claim(self, mark: str) -> None:
        owner = self.root / OWNER
        if not owner.exists():
            self.root.mkdir(exist_ok=True)
            arriving = owner.with_suffix(".new")
            arriving.write_text(mark)
            arriving.replace(owner)
        if owner.read_text() != mark:
            raise OSError(
                f"{owner} says that these files are of another database: go back to that one, or "
                "restore its backup into an empty installation."
            )

    def check(self) -> None:
        if not os.access(self.root.parent, os.W_OK):
            raise PermissionError("The data folder cannot be written: give it to this user.")

    def _folder(self, blob: UUID) -> Path:
        return self.root / str(blob)[:2] / str(blob)


class FileSink:
    def __init__(self, arriving: Path, target: Path) -> None:
        self.target = target
        self.file = tempfile.NamedTemporaryFile(dir=arriving, delete=False)  # noqa: SIM115

    def write(self, data: bytes) -> object:
        return self.file.write(data)

    def keep(self) -> None:
        self.file.flush()
        os.fsync(self.file.fileno())
        self.file.close()
        folder = self.target.parent
        is_new = not folder.exists()
        folder.mkdir(parents=True, exist_ok=True)
        Path(self.file.name).replace(self.target)
        # The names must be as durable as the bytes: sync the folder, and the parents of a new one.
        for place in (folder, *((folder.parent, folder.parent.parent) if is_new else ())):
            _sync(place)

    def drop(self) -> None:
        # Unlink first: on a full disk closing fails again, and the rest would keep the disk full.
        Path(self.file.name).unlink(missing_ok=True)
        with suppress(OSError):
            self.file.close()


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
