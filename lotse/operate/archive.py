"""A backup: one tar of database and sealed files, encrypted with age (age-encryption.org).

The database is taken at one moment while the server goes on; files are never changed, only added
and deleted. One that is deleted while the backup runs is left out, as its sender wished.
"""

import json
import os
import tarfile
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pyrage
from django.conf import settings
from django.db import connection

from lotse import __version__
from lotse.operate import database

ABOUT, DATABASE, BLOBS = "about.json", "database", "blobs"


class Refused(Exception):
    """In words for whoever asked."""


def backup(path: Path, recipient: str) -> int:
    """Writes the file whole or not at all; its size. Raises Refused."""
    try:
        to = pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError as error:
        raise Refused(f"Not an age recipient: {error}") from error
    arriving = path.with_name(path.name + ".part")
    try:
        with arriving.open("xb") as file, _packing() as packed:
            pyrage.encrypt_io(packed, file, [to])
            file.flush()
            os.fsync(file.fileno())
        arriving.replace(path)
    finally:
        arriving.unlink(missing_ok=True)
    return path.stat().st_size


@contextmanager
def _packing() -> Iterator[BinaryIO]:
    """The tar as it is made, in another thread: nothing lies about unencrypted but the snapshot."""
    reading, writing = os.pipe()
    failures: list[Exception] = []

    def pack() -> None:
        try:
            with os.fdopen(writing, "wb") as pipe, tarfile.open(fileobj=pipe, mode="w|") as tar:
                _fill(tar)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=pack)
    thread.start()
    try:
        with os.fdopen(reading, "rb") as pipe:
            yield pipe
    finally:
        thread.join()
    if failures:
        raise failures[0]


def _fill(tar: tarfile.TarFile) -> None:
    # On the disk of the data, not in a temporary folder that may be in memory.
    with tempfile.TemporaryDirectory(dir=settings.BLOBS.parent, prefix="backup-") as folder:
        about, snapshot = Path(folder) / ABOUT, Path(folder) / DATABASE
        about.write_text(json.dumps({"lotse": __version__, "database": connection.vendor}))
        database.dump(snapshot)
        tar.add(about, ABOUT)
        tar.add(snapshot, DATABASE)
    for file in sorted(settings.BLOBS.glob("[0-9a-f][0-9a-f]/*/*")):
        try:
            tar.add(file, f"{BLOBS}/{file.relative_to(settings.BLOBS)}")
        except FileNotFoundError:
            continue


def restore(path: Path, identity: str) -> None:
    """Into an installation that holds nothing yet; raises Refused."""
    if database.is_used() or any(settings.BLOBS.glob("*/*")):
        raise Refused("There is something here already: restore into an empty installation.")
    try:
        by = pyrage.x25519.Identity.from_str(identity.strip())
    except pyrage.IdentityError as error:
        raise Refused(f"Not an age identity: {error}") from error
    with tempfile.TemporaryDirectory(dir=settings.BLOBS.parent, prefix="restore-") as folder:
        packed = Path(folder) / "packed.tar"
        try:
            pyrage.decrypt_file(str(path), str(packed), [by])
            with tarfile.open(packed) as tar:
                tar.extractall(folder, filter="data")
        except (pyrage.DecryptError, tarfile.TarError, OSError) as error:
            raise Refused(f"The file cannot be read: {error}") from error
        _put(Path(folder))


def _put(folder: Path) -> None:
    about = json.loads((folder / ABOUT).read_text())
    if about["database"] != connection.vendor:
        raise Refused(f"The backup is of {about['database']}, this is {connection.vendor}.")
    if (folder / BLOBS).exists():
        settings.BLOBS.mkdir(exist_ok=True)
        for part in (folder / BLOBS).iterdir():
            part.rename(settings.BLOBS / part.name)
    # Last: until the database is there, restoring can be begun again.
    database.load(folder / DATABASE)
