"""A backup is a tar of database and sealed files, encrypted with age (age-encryption.org).

The database is copied as of one moment while the server goes on. Files never change: they are only
added and deleted. The backup leaves out files that are deleted while it runs, as their senders
wish. A backup of a folder can be restored into an S3-compatible store, and the other way round.
"""

import io
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import SubprocessError
from typing import IO, Any, BinaryIO
from uuid import UUID

import pyrage
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from lotse import __version__, env
from lotse.conversations.blobs.store import store
from lotse.core.restoring import end_what_opens
from lotse.operate import database, version
from lotse.operate.readiness import RESTORING

ABOUT, DATABASE, BLOBS = "about.json", "database", "blobs"
WORKING = "unencrypted-"
"""The prefix of the temporary folder in which a command works."""


class Refused(Exception):
    """The reason, in words for the operator."""


FAILURES = (Refused, OSError, DatabaseError, sqlite3.Error, SubprocessError, pyrage.EncryptError)
"""What backup() and restore() may raise."""


def backup(path: Path, recipient: str) -> int:
    """Writes the complete file or none; returns its bytes. Raises Refused."""
    if not database.is_used():
        # Otherwise nightly backups could be empty, and nobody would notice until one is needed.
        raise Refused(f"There is no database of Lotse: is LOTSE_DATA ({env.DATA}) the server's?")
    try:
        to = pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError as error:
        raise Refused(f"Not an age recipient: {error}") from error
    # A unique name, because another backup to the same path may be running.
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f"{path.name}.", delete=False) as file:
        arriving = Path(file.name)
        try:
            with _packing() as packed:
                pyrage.encrypt_io(packed, file, [to])
            file.flush()
            os.fsync(file.fileno())
            arriving.replace(path)
        finally:
            arriving.unlink(missing_ok=True)
    return path.stat().st_size


@contextmanager
def _packing() -> Iterator[BinaryIO]:
    """Streams the tar from another thread, so that only the snapshot is unencrypted on the disk."""
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
    # On the disk of the data, because a system's temporary folder may be in memory.
    with tempfile.TemporaryDirectory(dir=env.DATA, prefix=WORKING) as folder:
        about, snapshot = Path(folder) / ABOUT, Path(folder) / DATABASE
        about.write_text(json.dumps(_about()))
        database.dump(snapshot)
        tar.add(about, ABOUT)
        tar.add(snapshot, DATABASE)
    for blob, index in store().chunks():
        try:
            with store().open(blob, index) as file:
                sealed = file.read()
        except FileNotFoundError:
            continue
        entry = tarfile.TarInfo(f"{BLOBS}/{blob}/{index}")
        entry.size = len(sealed)
        tar.addfile(entry, io.BytesIO(sealed))


def _about() -> dict[str, Any]:
    return {
        "lotse": version.last() or __version__,
        "database": connection.vendor,
        "migrations": version.applied(MigrationLoader(connection)),
    }


def restore(path: Path, identity: str) -> None:
    """Restores into an empty installation; raises Refused."""
    if database.is_used():
        raise Refused("There is data here already: restore into an empty installation.")
    try:
        by = pyrage.x25519.Identity.from_str(identity.strip())
    except pyrage.IdentityError as error:
        raise Refused(f"Not an age identity: {error}") from error
    with tempfile.TemporaryDirectory(dir=env.DATA, prefix=WORKING) as folder:
        packed = Path(folder) / "packed.tar"
        try:
            pyrage.decrypt_file(str(path), str(packed), [by])
            tar = tarfile.open(packed)  # noqa: SIM115 - closed below
        except (pyrage.DecryptError, tarfile.TarError, OSError) as error:
            raise Refused(f"The file cannot be read: {error}") from error
        with tar:
            _put(tar, Path(folder))


def _put(tar: tarfile.TarFile, folder: Path) -> None:
    members = {member.name: member for member in tar}
    if not {ABOUT, DATABASE} <= members.keys():
        raise Refused("The file is not a backup of Lotse.")
    about = json.loads(_read(tar, members[ABOUT]))
    if about["database"] != connection.vendor:
        raise Refused(f"The backup is from {about['database']}, this is {connection.vendor}.")
    migrations = ((app, name) for app, name in about["migrations"])
    if found := version.newer(migrations, about["lotse"]):
        raise Refused(f"The backup is newer than this program. {found}")
    _put_files(tar, [one for name, one in members.items() if name.startswith(f"{BLOBS}/")])
    # Not `extract`: Debian 12's Python has no filter that makes it safe with malicious archives.
    with _opened(tar, members[DATABASE]) as packed, (folder / DATABASE).open("wb") as file:
        shutil.copyfileobj(packed, file)
    # The database comes last: until it exists, the restore can be repeated.
    RESTORING.touch()
    database.load(folder / DATABASE)
    # end_what_opens() needs the tables of this version.
    call_command("migrate", verbosity=0, interactive=False)
    end_what_opens()
    RESTORING.unlink()


def _put_files(tar: tarfile.TarFile, members: list[tarfile.TarInfo]) -> None:
    sealed = {_place(member.name): member for member in members}
    # An earlier attempt may have left the same chunks. A prune would delete any other files.
    if set(store().chunks()) - sealed.keys():
        raise Refused("There are files here already: restore into an empty folder or bucket.")
    for (blob, index), member in sealed.items():
        sink = store().create(blob, index)
        try:
            sink.write(_read(tar, member))
            sink.keep()
        finally:
            sink.drop()


def _place(name: str) -> tuple[UUID, int]:
    *_, blob, index = name.split("/")
    return UUID(blob), int(index)


def _read(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    with _opened(tar, member) as file:
        return file.read()


def _opened(tar: tarfile.TarFile, member: tarfile.TarInfo) -> IO[bytes]:
    file = tar.extractfile(member)
    if file is None:
        raise Refused(f"{member.name} in the backup is not a file.")
    return file
