"""A backup: one tar of database and sealed files, encrypted with age (age-encryption.org).

The database is taken at one moment while the server goes on; files are never changed, only added
and deleted. One that is deleted while the backup runs is left out, as its sender wished. What was
backed up from a folder may be restored into an S3-compatible store, and the other way round.
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
"""How the folder begins in which a command works."""


class Refused(Exception):
    """In words for whoever asked."""


FAILURES = (Refused, OSError, DatabaseError, sqlite3.Error, SubprocessError, pyrage.EncryptError)
"""Of backup() and restore()."""


def backup(path: Path, recipient: str) -> int:
    """Writes the file whole or not at all; its size. Raises Refused."""
    if not database.is_used():
        # An empty backup, night after night, would be noticed when it is needed.
        raise Refused(f"There is no database of Lotse: is LOTSE_DATA ({env.DATA}) the server's?")
    try:
        to = pyrage.x25519.Recipient.from_str(recipient)
    except pyrage.RecipientError as error:
        raise Refused(f"Not an age recipient: {error}") from error
    # A name of its own: another backup to the same path may be running.
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
    """Into an installation that holds nothing yet; raises Refused."""
    if database.is_used():
        raise Refused("There is something here already: restore into an empty installation.")
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
        raise Refused("The file is no backup of Lotse.")
    about = json.loads(_read(tar, members[ABOUT]))
    if about["database"] != connection.vendor:
        raise Refused(f"The backup is of {about['database']}, this is {connection.vendor}.")
    migrations = ((app, name) for app, name in about["migrations"])
    if found := version.newer(migrations, about["lotse"]):
        raise Refused(f"The backup is newer than this program. {found}")
    _put_files(tar, [one for name, one in members.items() if name.startswith(f"{BLOBS}/")])
    # Not `extract`: its filter against what an archive may do came after Debian 12's Python.
    with _opened(tar, members[DATABASE]) as packed, (folder / DATABASE).open("wb") as file:
        shutil.copyfileobj(packed, file)
    # Last: until the database is there, restoring can be begun again.
    RESTORING.touch()
    database.load(folder / DATABASE)
    # What ends the sessions knows the tables of this version.
    call_command("migrate", verbosity=0, interactive=False)
    end_what_opens()
    RESTORING.unlink()


def _put_files(tar: tarfile.TarFile, members: list[tarfile.TarInfo]) -> None:
    sealed = {_place(member.name): member for member in members}
    # What an earlier try has left is the same; a prune would delete what is somebody else's.
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
        raise Refused(f"{member.name} in the backup is no file.")
    return file
